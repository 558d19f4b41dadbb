"""Whole messages of a shape that was read before: where each part stands need not be looked for again.

Most messages are an envelope, a header and one payment. Where the parser has read one so, and nothing stands around
these three, the next message with the very same markup is taken apart without it (see `xml_markup`): everything but
the texts is the same, so it is as well-formed as the first one was, and no text may stand elsewhere.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from schemas.formats.xml_markup import markup, texts
from schemas.formats.xml_parts import Parts, Standing, local_name, own_leaves, parts
from schemas.formats.xml_shapes import LONGEST, Plan, Written, keep, leaf_texts, plan_of, planned

if TYPE_CHECKING:
    from schemas.formats.limits import Limits

_Shape: TypeAlias = tuple[bytes, "Limits"]


class Known(NamedTuple):
    """A message taken apart.

    The local name of its body, its name, the paths of body and payment, and the parts of the application header (None
    where there is none), of the group header and of the payment.
    """

    body: str
    name: str
    body_path: str
    payment_path: str
    header: Parts | None
    group: Parts
    payment: Parts


class _Message(NamedTuple):
    """The plan of a message, which of its texts are leaves (1, else 0), and what all messages of its shape share."""

    plan: Plan
    leaves: bytes
    body: str
    name: str
    body_path: str
    payment_path: str


LARGEST_KNOWN = 160_000
"""Bytes of a message, blanks between its elements among them; it costs too much to look for a larger one in vain."""
_MESSAGES: dict[_Shape, _Message] = {}
# What the bytes are read as must not depend on more than the bytes: UTF-8, which XML is in where it says nothing.
_DECLARATION = re.compile(
    r"""\?xml\s+version=["']1\.0["'](?:\s+encoding=["'](?i:UTF-8)["'])?(?:\s+standalone=["'](?:yes|no)["'])?\s*\?"""
)


def known_message(raw: bytes, limits: Limits) -> Known | None:
    """The message taken apart, if one of its markup was read under these limits and its texts are plain ones."""
    seen = markup(raw) if len(raw) <= LARGEST_KNOWN else None
    message = None if seen is None else _MESSAGES.get((seen[0], limits))
    if seen is None or message is None:
        return None
    told = texts(raw, seen[1], message.leaves, limits.max_text)
    if told is None:
        return None
    *headers, group, payment = planned(message.plan, "", told)
    header = headers[0] if headers else None
    return Known(message.body, message.name, message.body_path, message.payment_path, header, group, payment)


def remember(  # noqa: PLR0913, PLR0917 - what is known once a message is read
    raw: bytes, name: str, body: Standing, headers: list[Standing], found: list[Standing], limits: Limits
) -> None:
    """Keep how a message came apart, which the walk has read under that name: `found` are its header and its payment.

    Not where anything else stands in it, or where the parts stand in an unusual order.
    """
    wrappers = [*body.element.iterancestors(), body.element]
    pieces = [*headers, *found]
    elements = [one.element for one in pieces]
    inside = [child for wrapper in wrappers for child in wrapper if child not in wrappers]
    root = body.element.getroottree().getroot()
    if len(headers) > 1 or len(inside) != len(elements) or [one for one in root.iter() if one in inside] != elements:
        return
    if any(own_leaves(wrapper, body.path, limits) for wrapper in wrappers):
        return
    seen = markup(raw) if len(raw) <= LARGEST_KNOWN else None
    if seen is None or len(seen[0]) > LONGEST or not _is_plain(tags := seen[0].decode("utf-8", "replace").split("<")):
        return
    leaves = _leaves(tags)
    told = texts(raw, seen[1], leaves, limits.max_text)
    if told is None:
        return
    apart = [(one.element, parts(one.element, one.path, limits)) for one in pieces]
    plan = plan_of(apart, Written("<".join(tags), told), "")
    if plan is not None:
        message = _Message(plan, leaves, local_name(body.element), name, body.path, found[-1].path)
        keep(_MESSAGES, (seen[0], limits), message)


def _is_plain(tags: list[str]) -> bool:
    """Elements only, after a declaration of UTF-8 or none: no comments, instructions or CDATA sections."""
    declared = tags[0].startswith("?")
    if declared and _DECLARATION.fullmatch(tags[0]) is None:
        return False
    return not any(tag.startswith(("?", "!")) for tag in tags[declared:])


def _leaves(tags: list[str]) -> bytes:
    """Of each text whether it is a leaf's: one more than there are tags, the first stands before the first tag."""
    told = bytearray(len(tags) + 1)
    for number in leaf_texts(tags):
        told[number] = 1
    return bytes(told)
