"""The former consolidated list of the UK's Office of Financial Sanctions Implementation, ConList.csv.

Published until 28 January 2026 (https://www.gov.uk/government/publications/financial-sanctions-consolidated-list-of
-targets); banks still hold it for periods to be screened again. The first line tells the day, the second the columns,
of which later editions have more. One row per name and date of birth; rows of one Group ID are one entry.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lists.entry import Entry, EntryKind, ListedNumber, ListRefused, Strength
from lists.formats.facts import countries_in, day_first, issuing_country, items, unique
from lists.formats.mentions import numbers_in
from lists.formats.naming import listed_names
from lists.formats.parts import MAIN, one_file
from lists.formats.reading import decoded, header_of, records, rows

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from lists.formats.parts import Parts

NAME = "uk_ofsi_csv"

_FIRST = "Last Updated"
_DATE = re.compile(rb"Last Updated\W+(\d{2})/(\d{2})/(\d{4})")
_NEEDED = ("Name 6", "Name 1", "DOB", "Nationality", "Group Type", "Alias Type", "Regime", "Group ID")
_NAME_FIELDS = ("Name 1", "Name 2", "Name 3", "Name 4", "Name 5", "Name 6")
_ADDRESS_FIELDS = (*(f"Address {place}" for place in range(1, 7)), "Post/Zip Code", "Country")
_KINDS = {"individual": EntryKind.PERSON, "ship": EntryKind.VESSEL}
# A vessel is an "Entity" in older editions; what its other information begins with tells.
_VESSEL = re.compile(r"\W*IMO\b", re.IGNORECASE)
_NUMBER = re.compile(r"(?<![\w/])(?=[^\s,;]*\d[^\s,;]*\d[^\s,;]*\d)[A-Za-z0-9][\w/.-]*[\w]")
# Dates of issue and expiry are no numbers of the document.
_WHEN = re.compile(
    r"\(?\b(?:issued|expir\w+|valid|date of issue|issue date|since|as at|revoked|cancelled)\b[^;(]*", re.IGNORECASE
)


def matches(raw: bytes, filename: str) -> bool:
    """Whether this is ConList.csv, by the first cell."""
    return filename.lower().endswith(".csv") and header_of(raw)[:1] == [_FIRST]


part = one_file


def source(_raw: bytes, _filename: str) -> str:
    """The layout has one list."""
    return "UK_OFSI"


def published(parts: Parts) -> str:
    """The day in the first line."""
    date = _DATE.search(parts[MAIN][:100])
    return "-".join(date.group(place).decode() for place in (3, 2, 1)) if date else ""


def parse(parts: Parts, source_id: str) -> Iterator[Entry]:
    """One entry per Group ID, in the order of their first rows."""
    groups: dict[str, list[Mapping[str, str]]] = {}
    table = rows(decoded(parts[MAIN], windows=True))
    _line, first = next(table, (0, [""]))
    if first[0] != _FIRST:
        raise ListRefused(f"the first line does not begin with {_FIRST!r}: it is another list, fetch it again")
    for line, row in records(table, _NEEDED):
        if not row["Group ID"].isdecimal():
            raise ListRefused(
                f"line {line}: Group ID {row['Group ID'][:20]!r} is no number: the file is damaged, fetch it again"
            )
        groups.setdefault(row["Group ID"], []).append(row)
    for reference, group in groups.items():
        yield _entry(reference, group, source_id)


def _entry(reference: str, group: Sequence[Mapping[str, str]], source_id: str) -> Entry:
    def column(name: str) -> list[str]:
        return list(unique(row.get(name, "") for row in group))

    other = column("Other Information")
    return Entry(
        list=source_id,
        reference=reference,
        kind=_kind(column("Group Type"), other),
        names=listed_names(_names(group, former=False), _names(group, former=True)),
        birth_dates=unique(map(day_first, column("DOB"))),
        birth_places=unique(_birth_places(group)),
        countries=unique(
            code for name in ("Nationality", "Flag of Vessel") for text in column(name) for code in countries_in(text)
        ),
        addresses=unique(", ".join(cell for field in _ADDRESS_FIELDS if (cell := row.get(field, ""))) for row in group),
        numbers=tuple(dict.fromkeys(_numbers(group, other))),
        programmes=unique(column("Regime")),
        listed_on=min(filter(None, map(day_first, column("Listed On"))), default=""),
        remarks=" ".join(other),
        measures=("Asset freeze",),  # what the consolidated list is of: the targets of financial sanctions
    )


def _kind(types: list[str], other: list[str]) -> EntryKind:
    known = _KINDS.get(types[0].lower() if types else "", EntryKind.ORGANISATION)
    return EntryKind.VESSEL if known is EntryKind.ORGANISATION and any(map(_VESSEL.match, other)) else known


def _names(group: Sequence[Mapping[str, str]], *, former: bool) -> Iterator[tuple[str, Strength]]:
    for row in group:
        kind = row["Alias Type"].lower()
        if (kind == "fka") is former:
            name = " ".join(value for field in _NAME_FIELDS if (value := row.get(field, "")))
            yield name, _strength(kind, row.get("Alias Quality", ""))
            yield row.get("Name Non-Latin Script", ""), Strength.STRONG


def _strength(kind: str, quality: str) -> Strength:
    if kind in {"prime alias", "primary name"}:
        return Strength.PRIMARY
    return Strength.WEAK if quality.lower().startswith("low") else Strength.STRONG


def _birth_places(group: Sequence[Mapping[str, str]]) -> Iterator[str]:
    """Towns and countries stand in two columns, each with its own count: "(1) Tunis (2)-(3) -"."""
    for row in group:
        towns, countries = row.get("Town of Birth", ""), row.get("Country of Birth", "")
        if len(items(towns)) > 1 or len(items(countries)) > 1:
            yield from (*items(towns), *items(countries))
        else:
            yield ", ".join(cell for cell in (towns, countries) if cell)


def _numbers(group: Sequence[Mapping[str, str]], other: list[str]) -> Iterator[ListedNumber]:
    for column, kind in (
        ("Passport Details", "Passport"),
        ("Passport Number", "Passport"),
        ("NI Number", "National identification number"),
        ("National Identification Number", "National identification number"),
        ("Business Registration Number", "Business registration number"),
    ):
        for text in unique(row.get(column, "") for row in group):
            for item in items(text):
                yield from (ListedNumber(kind, value, issuing_country(_about(item))) for value in _values(item))
    for text in other:
        yield from numbers_in(text)
    for column, kind in (("IMO Number", "IMO number"), ("Email Address", "E-mail"), ("Website", "Website")):
        yield from (ListedNumber(kind, text) for text in unique(row.get(column, "") for row in group))


def _values(item: str) -> list[str]:
    """The numbers in "Passport No: 592667 (Qatari passport issued on 3 May 2007)."."""
    return _NUMBER.findall(_WHEN.sub(" ", item))


def _about(item: str) -> str:
    """What is said of a number, to find a country in: "(Qatari passport ...)", "Georgian passport no. ..."."""
    _number, bracket, inside = item.partition("(")
    return inside if bracket else item
