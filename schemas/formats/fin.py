"""SWIFT FIN: the blocks of a message and the fields of its text block, with the line each stands on.

Sources: SWIFT User Handbook, FIN System Messages (blocks 1 to 5) and Standards MT General Information (field formats).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from schemas.compiled import MODULE
from schemas.formats.unreadable import UnreadableError
from schemas.quick import quick

if TYPE_CHECKING:
    from schemas.formats.limits import Limits

_TAGS = re.compile(r"^:(\d{2,3}[A-Z]?):", re.ASCII | re.MULTILINE)
_SERVICES = frozenset({"F01", ""})  # FIN application, financial message; "" where only the text block is there
_BASIC_LENGTH = 25
_USER_TAG = re.compile(r"\{(\d{3}):([^{}]*)\}", re.ASCII)
_AROUND_BLOCK = len("{1:}")
_AROUND_TAG = len("{108:}")


@quick
@dataclass(frozen=True, slots=True)
class Field:
    """One field: `tag` (`50K`), `path` (`:50K:`, `:71F[2]:` for the second), its lines verbatim.

    `text` is all lines as they stand, joined by line feeds.
    """

    tag: str
    path: str
    lines: tuple[str, ...]
    text: str

    def at(self, line: int) -> str:
        """The path of a line, counted from 0: `:50K:2` is line 1."""
        return f"{self.path}{line + 1}"


@dataclass(slots=True)
class FinMessage:
    """The blocks of one FIN message; `type` is the message type (`103`), "" where there is no block 2.

    `astray` is all that stands before block 4, where there is more of it than blocks 1 to 3 with each tag once.
    """

    type: str
    outgoing: bool
    sender: str
    receiver: str
    user: dict[str, str]
    fields: list[Field]
    trailer: str
    astray: str = ""


def parse(raw: bytes, limits: Limits) -> FinMessage:
    """Take a FIN message apart."""
    if len(raw) > limits.max_fin_bytes:
        raise UnreadableError("byte 0", f"has {len(raw)} bytes; a FIN message has {limits.max_fin_bytes} at most")
    basic, application, user, body, trailer = _blocks(_characters(raw))
    if basic[:3] not in _SERVICES:
        raise UnreadableError("block 1", f"is a service message ({basic[:3]}), an acknowledgement perhaps, no payment")
    outgoing = application[:1] == "I"
    # A shorter block 1 than the standard's 25 characters has no branch to trust: its bank is all that is told.
    own = _bic(basic[3:15]) if len(basic) == _BASIC_LENGTH else basic[3:11]
    other = _bic(application[4:16] if outgoing else application[14:26])
    tags = dict(_USER_TAG.findall(user))
    return FinMessage(
        type=application[1:4],
        outgoing=outgoing,
        sender=own if outgoing else other,
        receiver=other if outgoing else own,
        user=tags,
        fields=_fields(body, limits),
        trailer=trailer,
        astray="" if len(user) - user.count("\n") == _told(user, basic, application, tags) else user,
    )


def _told(head: str, basic: str, application: str, tags: dict[str, str]) -> int:
    """How long all before block 4 is that was understood: `{1:…}{2:…}{3:{tag:…}…}`, without line ends."""
    around = (bool(basic) + bool(application) + ("{3:" in head)) * _AROUND_BLOCK + len(tags) * _AROUND_TAG
    return around + len(basic) + len(application) + sum(map(len, tags.values()))


def _characters(raw: bytes) -> str:
    try:
        text = raw.decode()
    except UnicodeDecodeError as error:
        raise UnreadableError(f"byte {error.start}", f"0x{raw[error.start]:02X} is not UTF-8 text") from None
    if "\\n" in text and "\n" not in text.strip():
        # Some systems hand over the message as one line with written-out line ends.
        text = text.replace("\\r\\n", "\n").replace("\\n", "\n")
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def _blocks(text: str) -> tuple[str, str, str, str, str]:
    start = text.find("{4:")
    if start < 0:
        if text.startswith("{"):
            raise UnreadableError("block 4", "the message has no text block {4:")
        return "", "", "", text.removesuffix("-"), ""
    head = text[:start]
    end = text.find("\n-}", start)
    closing = 3
    if end < 0:
        end, closing = text.find("-}", start), 2
    if end < 0:
        raise UnreadableError("block 4", "the text block is not closed by -}: the message seems to be cut off")
    body, trailer = text[start + 3 : end], text[end + closing :]
    if "{1:" in trailer or "{4:" in trailer or "{4:" in body:
        raise UnreadableError("block 5", "another message follows; send each in a record of its own")
    return _block(head, "{1:"), _block(head, "{2:"), head, body, trailer


def _block(head: str, opening: str) -> str:
    start = head.find(opening)
    if start < 0:
        return ""
    end = head.find("}", start)
    if end < 0:
        raise UnreadableError(f"block {opening[1]}", "the block is not closed by }")
    return head[start + 3 : end]


def _bic(address: str) -> str:
    """A BIC from a logical terminal address: bank, then terminal letter, then branch (`AAAALULLAXXX`)."""
    return address[:8] + address[9:12]


def _fields(body: str, limits: Limits) -> list[Field]:
    start, fields = _found(body, Field)
    if len(body) > min(limits.max_text, limits.max_values) or body[:start].strip():
        _refuse(body, limits)
    return fields


def fields_in_python(body: str, make: type[Field]) -> tuple[int, list[Field]]:
    """The fields in order, and where the first begins. Lines lose the blanks at their end, fields the empty lines.

    The reference; compiled/fin.h does the same.
    """
    before, *found = _TAGS.split(body)
    counts: dict[str, int] = {}
    made = []
    for tag, text in zip(found[::2], found[1::2], strict=True):
        lines = [line.rstrip() for line in text.removesuffix("\n").split("\n")]
        while len(lines) > 1 and not lines[-1]:
            lines.pop()
        count = counts[tag] = counts.get(tag, 0) + 1
        path = f":{tag}:" if count == 1 else f":{tag}[{count}]:"
        made.append(make(tag, path, tuple(lines), "\n".join(lines)))
    return len(before), made


_found = fields_in_python if MODULE is None else MODULE.fields


def _refuse(body: str, limits: Limits) -> None:
    """Refuse the first line that is none of a field, is too long, or one field too many; none may be."""
    fields = 0
    for number, line in enumerate(body.split("\n"), start=1):
        fields += _TAGS.match(line) is not None
        if not fields and line.strip():
            raise UnreadableError(f"block 4 line {number}", "is not a field; a field begins with :tag:", line)
        if len(line) > limits.max_text or fields > limits.max_values:
            raise UnreadableError(f"block 4 line {number}", "holds more than is allowed")
