"""OpenSanctions' table of targets, targets.simple.csv.

Publisher: https://www.opensanctions.org/docs/bulk/csv/. One target a row; several values in a cell are themselves a csv
row with semicolons. Weak and former names are not told apart, numbers do not say what they are: where it matters, use
the entities (opensanctions_json.py). The publisher makes no delta files for this table.
"""

from __future__ import annotations

import csv
import re
from typing import TYPE_CHECKING

from lists.entry import Entry, ListedNumber, ListRefused, Strength
from lists.formats.facts import unique
from lists.formats.ftm import DATE, kind_of
from lists.formats.naming import listed_names
from lists.formats.parts import MAIN, one_file
from lists.formats.reading import decoded, header_of, records, rows

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from lists.formats.parts import Parts

NAME = "opensanctions_csv"

_NEEDED = (
    "id",
    "schema",
    "name",
    "aliases",
    "birth_date",
    "countries",
    "addresses",
    "identifiers",
    "sanctions",
    "dataset",
)
_SEEN = re.compile(rb'"?(\d{4}-\d{2}-\d{2})T\d\d:\d\d:\d\d"?,"?(\d{4}-\d{2}-\d{2})T')
_HEAD_BYTES = 262_144
# What the form of a number tells where the table does not.
_FORMS = (
    ("IMO number", re.compile(r"IMO\s?\d{7}")),
    ("E-mail", re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")),
    ("LEI", re.compile(r"[A-Z0-9]{18}\d\d")),
    ("Wallet", re.compile(r"bc1[a-z0-9]{25,60}|0x[0-9a-fA-F]{40}")),
)


def matches(raw: bytes, filename: str) -> bool:
    """Whether this is the table of targets, by its columns."""
    return filename.lower().endswith(".csv") and set(_NEEDED) <= set(header_of(raw))


part = one_file


def source(_raw: bytes, _filename: str) -> str:
    """One source for all its collections; a lists.toml may tell them apart."""
    return "OPENSANCTIONS"


def published(parts: Parts) -> str:
    """The last day any of the first targets was seen: the day the file was made."""
    return max((last.decode() for _first, last in _SEEN.findall(parts[MAIN][:_HEAD_BYTES])), default="")


def parse(parts: Parts, source_id: str) -> Iterator[Entry]:
    """One entry per row."""
    for line, row in records(rows(decoded(parts[MAIN])), _NEEDED):
        if not row["id"] or not row["name"]:
            raise ListRefused(f"line {line}: a target without id or name: the file is damaged, fetch it again")
        yield _entry(row, source_id)


def _entry(row: Mapping[str, str], source_id: str) -> Entry:
    sanctions = _values(row["sanctions"])
    return Entry(
        list=source_id,
        reference=row["id"],
        kind=kind_of(row["schema"]),
        names=listed_names(
            [(row["name"], Strength.PRIMARY), *((name, Strength.STRONG) for name in _values(row["aliases"]))]
        ),
        birth_dates=tuple(date for date in _values(row["birth_date"]) if DATE.fullmatch(date)),
        countries=tuple(code.upper() for code in _values(row["countries"])),
        addresses=_values(row["addresses"]),
        numbers=tuple(dict.fromkeys(_numbers(row))),
        programmes=unique((*_values(row.get("program_ids", "")), *_values(row["dataset"]))),
        listed_on=row.get("first_seen", "")[:10],
        remarks=" ".join(sanctions),
    )


def _values(cell: str) -> tuple[str, ...]:
    """The values of a cell; a text whose quotes do not close is one value."""
    try:
        return unique(value.strip() for row in csv.reader([cell], delimiter=";", strict=True) for value in row)
    except csv.Error:
        return unique([cell])


def _numbers(row: Mapping[str, str]) -> Iterator[ListedNumber]:
    for value in _values(row["identifiers"]):
        kind = next((kind for kind, form in _FORMS if form.fullmatch(value)), "identifier")
        yield ListedNumber(kind, value)
    yield from (ListedNumber("E-mail", value) for value in _values(row.get("emails", "")))
