"""Published bytes, read safely: text in a known encoding, tables with a known header, JSON; anything else is refused.

Every refusal is one sentence that says what the file is instead, where in it, and what to do.
"""

from __future__ import annotations

import csv
import re
from io import StringIO
from typing import TYPE_CHECKING

import orjson

from lists.entry import ListRefused

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

_HTML = re.compile(rb"\s*(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE | re.DOTALL)
_SNIFFED_BYTES = 4096
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_OTHER_MARKS = (b"\xff\xfe", b"\xfe\xff")
_UTF8_CHARACTER = re.compile(rb"[\xc2-\xf4][\x80-\xbf]+")


def refuse_no_list(raw: bytes) -> None:
    """Raise ListRefused for what a failed download leaves: nothing, or a page for people."""
    if not raw.strip():
        raise ListRefused("the file is empty: fetch it again")
    if _HTML.match(raw[:_SNIFFED_BYTES].removeprefix(_BYTE_ORDER_MARK)):
        raise ListRefused(
            "the file is an HTML page (an error or sign-in page) and no list: check the address, then fetch it again"
        )


def refuse_no_text(raw: bytes) -> None:
    """Raise ListRefused also for UTF-16, which a program writes that a list was opened and saved with."""
    refuse_no_list(raw)
    if raw.startswith(_OTHER_MARKS):
        raise ListRefused("the file is UTF-16 where UTF-8 is published: fetch it again, do not save it from a program")


def decoded(raw: bytes, *, windows: bool = False) -> str:
    """The text of a file in UTF-8, or in Windows-1252 where the publisher writes that (`windows`).

    A byte that is no UTF-8 in a text that otherwise is: damage, which must not turn names into others.
    """
    refuse_no_text(raw)
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        if not windows or _UTF8_CHARACTER.search(raw):
            raise ListRefused(f"byte {error.start} is no UTF-8: the file is damaged, fetch it again") from error
        text = _windows(raw)
    if "\x00" in text:
        raise ListRefused("the file holds null bytes: it is damaged, fetch it again")
    return text


def _windows(raw: bytes) -> str:
    try:
        return raw.decode("cp1252")
    except UnicodeDecodeError as error:
        raise ListRefused(
            f"byte {error.start} is neither UTF-8 nor Windows-1252: the file is damaged, fetch it again"
        ) from error


def rows(text: str, delimiter: str = ",") -> Iterator[tuple[int, list[str]]]:
    """(line, cells) of each row that is not empty, cells stripped. Raises ListRefused where quoting does not close."""
    reader = csv.reader(StringIO(text, newline=""), strict=True, delimiter=delimiter)
    try:
        for row in reader:
            if any(row):
                yield reader.line_num, [cell.strip() for cell in row]
    except csv.Error as error:
        raise ListRefused(
            f"line {reader.line_num}: {error}: the file is damaged or cut short, fetch it again"
        ) from error


def records(table: Iterator[tuple[int, list[str]]], needed: Sequence[str]) -> Iterator[tuple[int, Mapping[str, str]]]:
    """(line, column -> cell) under the first row as header; a header that is repeated is left out.

    Of columns with the same name the first counts.
    Raises ListRefused for a header without the `needed` columns and for a row of another length.
    """
    _line, header = next(table, (0, []))
    if absent := [name for name in needed if name not in header]:
        raise ListRefused(
            f"the header has no column {absent[0]!r} ({len(header)} columns): it is another list, or its layout has"
            " changed; check the address, then fetch it again"
        )
    for line, row in table:
        if len(row) != len(header):
            raise ListRefused(
                f"line {line}: {len(row)} columns beginning {row[0][:20]!r} where {len(header)} are published: the file"
                " is damaged or cut short, fetch it again"
            )
        if row != header:
            yield line, dict(zip(reversed(header), reversed(row), strict=True))


def header_of(raw: bytes, delimiter: str = ",") -> list[str]:
    """The cells of the first row, for recognising a file; [] where there is none."""
    head = raw[:_SNIFFED_BYTES].removeprefix(_BYTE_ORDER_MARK).decode(errors="replace").lstrip()
    try:
        return [cell.strip() for cell in next(csv.reader(StringIO(head), delimiter=delimiter), [])]
    except csv.Error:
        return []


def json_value(raw: bytes | str, where: str = "") -> object:
    """What a JSON text holds. Raises ListRefused, with `where` in front, for anything else."""
    try:
        value: object = orjson.loads(raw)
    except orjson.JSONDecodeError as error:
        raise ListRefused(f"{where}no JSON ({error}): the file is damaged or cut short, fetch it again") from error
    return value


def mapping(value: object) -> Mapping[str, object]:
    """A JSON object; an empty one for anything else."""
    return value if isinstance(value, dict) else {}


def sequence(value: object) -> Sequence[object]:
    """A JSON array; one element for a single value, none for null."""
    if value is None:
        return ()
    return value if isinstance(value, list) else (value,)


def words(value: object) -> str:
    """A JSON text or number, white space tidied; "" for anything else."""
    return " ".join(str(value).split()) if isinstance(value, str | int) and not isinstance(value, bool) else ""
