"""A list of the bank's own, as a table a spreadsheet program writes.

The first line names the columns (own.py says which); cells are parted by commas or semicolons, several values in one
cell by "|". UTF-8, or Windows-1252 as older spreadsheet programs write. The name of the file is the name of the list:
own-frauds.csv is OWN_FRAUDS.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lists.entry import ListRefused
from lists.formats.own import OPTIONAL, REQUIRED, entries_of, own_id, unknown_columns
from lists.formats.parts import MAIN, one_file
from lists.formats.reading import decoded, header_of, records, rows

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lists.entry import Entry
    from lists.formats.parts import Parts

NAME = "own_csv"

# So few of the columns make a file an own list: one whose others are misspelt is then refused, not passed over.
_MARKS = frozenset({"reference", "name", "purpose", "owner", "reason", "expires", "action"})
_ENOUGH = 4
_SEVERAL = frozenset(("name", *OPTIONAL)) - {"listed_on", "remarks"}


def matches(raw: bytes, filename: str) -> bool:
    """Whether this is an own list, by most of its columns."""
    if not filename.lower().endswith(".csv"):
        return False
    return any(len(_MARKS & set(header_of(raw, mark))) >= _ENOUGH for mark in ",;")


part = one_file


def source(_raw: bytes, filename: str) -> str:
    """The name of the file."""
    return own_id(filename.rpartition(".")[0])


def published(_parts: Parts) -> str:
    """The table carries no date."""
    return ""


def parse(parts: Parts, source_id: str) -> Iterator[Entry]:
    """One entry per row. Raises ListRefused naming the line that is wrong."""
    raw = parts[MAIN]
    text = decoded(raw, windows=True)
    delimiter = max(",;", key=lambda mark: len(_MARKS & set(header_of(raw, mark))))
    table = list(rows(text, delimiter))
    if problem := unknown_columns(table[0][1]):
        raise ListRefused(f"line 1: column {problem}: correct the header, it must name {', '.join(REQUIRED)}")
    lines = [
        (
            f"line {line}",
            {name: [value.strip() for value in _values(name, cell) if value.strip()] for name, cell in row.items()},
        )
        for line, row in records(iter(table), REQUIRED)
    ]
    yield from entries_of(lines, source_id)


def _values(name: str, cell: str) -> list[str]:
    return cell.split("|") if name in _SEVERAL else [cell]
