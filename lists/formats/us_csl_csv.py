"""The Consolidated Screening List of the United States, csv.

Publisher: International Trade Administration, https://www.trade.gov/consolidated-screening-list. It joins the lists of
Commerce (Entity List, Denied Persons, ...), State and Treasury; several values in one cell are separated by "; ". A
party on two of them has a row for each under one _id: one entry with both lists as measures. Only Treasury says what
kind of party it is; the others count as organisations.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lists.entry import Entry, EntryKind, ListedNumber, ListRefused, Strength
from lists.formats.facts import country_code, iso_date, unique
from lists.formats.naming import listed_names, natural_order
from lists.formats.ofac import COUNTRY_FEATURES, KINDS, is_number_kind
from lists.formats.parts import MAIN, one_file
from lists.formats.reading import decoded, header_of, records, rows

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from lists.formats.parts import Parts

NAME = "us_csl_csv"

_NEEDED = ("_id", "source", "type", "programs", "name", "addresses", "alt_names", "ids")
# "97380018185, MX, 2012-05-01": number, country and day of issue.
_COUNTRY = re.compile(r"(.+?), ([A-Z]{2})(?:, .*)?")
_DATE = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?")


def matches(raw: bytes, filename: str) -> bool:
    """Whether this is the screening list, by its columns."""
    return filename.lower().endswith(".csv") and set(_NEEDED) <= set(header_of(raw))


part = one_file


def source(_raw: bytes, _filename: str) -> str:
    """The layout has one list."""
    return "US_CSL"


def published(_parts: Parts) -> str:
    """The csv carries no date."""
    return ""


def parse(parts: Parts, source_id: str) -> Iterator[Entry]:
    """One entry per _id, in the order of their first rows."""
    groups: dict[str, list[Mapping[str, str]]] = {}
    for line, row in records(rows(decoded(parts[MAIN])), _NEEDED):
        if not row["_id"] or not row["name"]:
            raise ListRefused(f"line {line}: no _id or no name: the file is damaged, fetch it again")
        groups.setdefault(row["_id"], []).append(row)
    for reference, group in groups.items():
        yield _entry(reference, group, source_id)


def _entry(reference: str, group: Sequence[Mapping[str, str]], source_id: str) -> Entry:
    def column(*names: str) -> tuple[str, ...]:
        cells = (row.get(name, "") for name in names for row in group)
        return unique(value.strip() for cell in cells for value in cell.split("; "))

    kind = KINDS.get(group[0]["type"].lower(), EntryKind.ORGANISATION)
    order = natural_order if kind is EntryKind.PERSON else str
    ids = [(word.strip(), value) for word, _comma, value in (one.partition(", ") for one in column("ids"))]
    registered = (value for word, value in ids if word in COUNTRY_FEATURES)
    calls = (ListedNumber("Call Sign", sign) for sign in column("call_sign"))
    return Entry(
        list=source_id,
        reference=reference,
        kind=kind,
        names=listed_names(
            [
                *((order(row["name"]), Strength.PRIMARY) for row in group),
                *((order(name), Strength.STRONG) for name in column("alt_names")),
            ]
        ),
        birth_dates=unique(date if _DATE.fullmatch(date) else iso_date(date) for date in column("dates_of_birth")),
        birth_places=column("places_of_birth"),
        countries=unique(map(country_code, (*column("nationalities", "citizenships", "vessel_flag"), *registered))),
        addresses=column("addresses"),
        numbers=tuple(dict.fromkeys((*_numbers(ids), *calls))),
        programmes=column("programs"),
        listed_on=min(column("start_date"), default=""),
        remarks=" ".join(unique(row.get(name, "") for name in ("title", "remarks") for row in group)),
        measures=unique(row["source"] for row in group),
    )


def _numbers(ids: list[tuple[str, str]]) -> Iterator[ListedNumber]:
    """The numbers among "Passport, 97380018185, MX; Gender, Male"."""
    for word, value in ids:
        if value and word not in COUNTRY_FEATURES and is_number_kind(word):
            issued = _COUNTRY.fullmatch(value)
            number, country = issued.groups() if issued else (value, "")
            yield ListedNumber(word.rstrip(":"), number, country)
