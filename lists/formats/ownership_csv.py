"""Who owns whom, supplied by the bank or its data vendor: a table with one line for each owner of each company.

Columns: `entity` (the company's key in the file), `name`, `owner` (keys of one owner, several by "|": `EU:EU.27.28` for
reference EU.27.28 of list EU, or the key of another company of the file), `percent` (0 to 100; empty where only control
is told), and optionally `control` (yes or no), `aliases`, `country`, `numbers` ("LEI=...|Tax=..."), `source`. A company
with several owners stands on several lines; names, country and numbers count from its first. Cells are parted by commas
or semicolons. It is no list by itself: `lists.ownership` makes entries of the companies that listed parties own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lists.entry import Entry, EntryKind, Holding, ListedNumber, ListRefused, Strength
from lists.formats.facts import country_code
from lists.formats.naming import listed_names
from lists.formats.parts import MAIN, one_file
from lists.formats.reading import decoded, header_of, records, rows

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from lists.formats.parts import Parts

NAME = "ownership_csv"
SOURCE = "OWNERSHIP"
REQUIRED = ("entity", "name", "owner", "percent")
_MARKS = frozenset(REQUIRED)
_WORDS = {"": False, "no": False, "yes": True}
_HUNDRED = 100.0
Row = tuple[int, "Mapping[str, str]"]


def matches(raw: bytes, filename: str) -> bool:
    """Whether the columns are those of an ownership file."""
    return filename.lower().endswith(".csv") and bool(_delimiter(raw))


def _delimiter(raw: bytes) -> str:
    return next((mark for mark in ",;" if set(header_of(raw, mark)) >= _MARKS), "")


part = one_file


def source(_raw: bytes, _filename: str) -> str:
    """Always the same."""
    return SOURCE


def published(_parts: Parts) -> str:
    """The table carries no date."""
    return ""


def parse(parts: Parts, source_id: str) -> Iterator[Entry]:
    """One entry for each company, with its owners. Raises ListRefused naming the line that is wrong."""
    raw = parts[MAIN]
    by_company: dict[str, list[Row]] = {}
    for line, row in records(rows(decoded(raw, windows=True), _delimiter(raw) or ","), REQUIRED):
        if not row["entity"] or not row["name"] or not row["owner"]:
            raise ListRefused(f"line {line}: entity, name and owner must all be there: correct the file")
        by_company.setdefault(row["entity"], []).append((line, row))
    if not by_company:
        raise ListRefused("the ownership file names no company: fill it in, or take it away")
    for reference, lines in by_company.items():
        yield _company(reference, lines, source_id)


def _company(reference: str, lines: Sequence[Row], source_id: str) -> Entry:
    _, first = lines[0]
    country = first.get("country", "")
    names = [(first["name"], Strength.PRIMARY), *((alias, Strength.STRONG) for alias in _several(first, "aliases"))]
    return Entry(
        list=source_id,
        reference=reference,
        kind=EntryKind.ORGANISATION,
        names=listed_names(names),
        countries=(country_code(country),) if country else (),
        numbers=tuple(_number(text) for text in _several(first, "numbers")),
        owners=tuple(_holding(line, row) for line, row in lines),
    )


def _several(row: Mapping[str, str], column: str) -> list[str]:
    return [text.strip() for text in row.get(column, "").split("|") if text.strip()]


def _number(text: str) -> ListedNumber:
    kind, _, value = text.rpartition("=")
    return ListedNumber(kind.strip() or "Registration Number", value.strip())


def _holding(line: int, row: Mapping[str, str]) -> Holding:
    told = row["percent"].rstrip("% ").replace(",", ".")
    try:
        percent = float(told or "0")
    except ValueError:
        percent = -1.0
    if not 0 <= percent <= _HUNDRED:
        raise ListRefused(f"line {line}: percent {row['percent']!r} is no number from 0 to 100: correct the file")
    word = row.get("control", "").lower()
    if word not in _WORDS:
        raise ListRefused(f"line {line}: control {word!r} is neither yes nor no: correct the file")
    if not percent and not _WORDS[word]:
        raise ListRefused(f"line {line}: neither a percentage nor control is told: correct the file")
    return Holding(tuple(_several(row, "owner")), percent / _HUNDRED, _WORDS[word], row.get("source", ""))
