"""The UK Sanctions List, XML, as the Foreign, Commonwealth and Development Office publishes it.

Publisher: https://www.gov.uk/government/publications/the-uk-sanctions-list; since 28 January 2026 the only list of the
United Kingdom. A name has up to six parts, the sixth being the family name or the whole name of an entity; unknown
parts of dates are written "dd" and "mm"; measures are separated by "|".
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lists.entry import Entry, EntryKind, ListedNumber, ListRefused, Strength
from lists.formats.facts import country_code, day_first, issuing_country, unique
from lists.formats.mentions import numbers_in
from lists.formats.naming import listed_names
from lists.formats.parts import MAIN, one_file
from lists.formats.xml import begins_with, below, elements, head, local_name, text, whole

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml import etree

    from lists.formats.parts import Parts

NAME = "uk_fcdo_xml"

_ROOT = "Designations"
_ENTRY = "Designation"
_DATE = re.compile(rb"<DateGenerated>\s*(\d{2})/(\d{2})/(\d{4})")
_KINDS = {"individual": EntryKind.PERSON, "entity": EntryKind.ORGANISATION, "ship": EntryKind.VESSEL}
_NAME_FIELDS = tuple(f"Name{place}" for place in range(1, 7))
_ADDRESS_FIELDS = (*(f"AddressLine{place}" for place in range(1, 7)), "AddressPostalCode", "AddressCountry")
_PERSON = ("IndividualDetails", "Individual")
_SHIP = ("ShipDetails", "Ship")
# Where numbers stand -> what kind of number it is.
_NUMBERS = (
    (("ShipDetails", "Ship", "IMONumbers", "IMONumber"), "IMO number"),
    (("ShipDetails", "Ship", "HullIdentificationNumbers", "HullIdentificationNumber"), "Hull identification number"),
    (
        ("EntityDetails", "Entity", "BusinessRegistrationNumbers", "BusinessRegistrationNumber"),
        "Business registration number",
    ),
    (("EmailAddresses", "EmailAddress"), "E-mail"),
    (("Websites", "Website"), "Website"),
)


def matches(raw: bytes, _filename: str) -> bool:
    """Whether this is the UK Sanctions List, by its root."""
    return begins_with(raw, _ROOT)


part = one_file


def source(_raw: bytes, _filename: str) -> str:
    """The layout has one list."""
    return "UK"


def published(parts: Parts) -> str:
    """The day of `DateGenerated`."""
    date = _DATE.search(head(parts[MAIN]))
    return "-".join(date.group(place).decode() for place in (3, 2, 1)) if date else ""


def parse(parts: Parts, source_id: str) -> Iterator[Entry]:
    """One entry per `Designation`."""
    for element in elements(parts[MAIN], _ROOT, (_ENTRY,)):
        if local_name(element) == _ENTRY:
            yield _entry(element, source_id)


def _entry(element: etree._Element, source_id: str) -> Entry:
    reference = text(element, "UniqueID")
    if not reference:
        raise ListRefused(
            f"line {element.sourceline}: a {_ENTRY} without UniqueID: the file is damaged, fetch it again"
        )
    other = text(element, "OtherInformation")
    return Entry(
        list=source_id,
        reference=reference,
        kind=_KINDS.get(text(element, "IndividualEntityShip").lower(), EntryKind.ORGANISATION),
        names=listed_names(_names(element)),
        birth_dates=unique(day_first(whole(item)) for item in below(element, *_PERSON, "DOBs", "DOB")),
        birth_places=unique(
            _joined(item, ("TownOfBirth", "CountryOfBirth"))
            for item in below(element, *_PERSON, "BirthDetails", "Location")
        ),
        countries=unique(map(country_code, _countries(element))),
        addresses=unique(_joined(item, _ADDRESS_FIELDS) for item in below(element, "Addresses", "Address")),
        numbers=tuple(dict.fromkeys((*_numbers(element), *numbers_in(other)))),
        programmes=unique([text(element, "RegimeName")]),
        listed_on=day_first(text(element, "DateDesignated")),
        remarks=other,
        measures=unique(measure.strip() for measure in text(element, "SanctionsImposed").split("|")),
    )


def _names(element: etree._Element) -> Iterator[tuple[str, Strength]]:
    """Primary names first; variations of it are as good as it; aliases as their strength says."""
    for item in below(element, "Names", "Name"):
        name = " ".join(value for field in _NAME_FIELDS if (value := text(item, field)))
        kind = text(item, "NameType").lower()
        if kind == "primary name":
            yield name, Strength.PRIMARY
        else:
            yield name, Strength.WEAK if "low" in text(item, "AliasStrength").lower() else Strength.STRONG
    for item in below(element, "NonLatinNames", "NonLatinName"):
        yield text(item, "NameNonLatinScript"), Strength.STRONG


def _countries(element: etree._Element) -> Iterator[str]:
    for path in (
        (*_PERSON, "Nationalities", "Nationality"),
        (*_SHIP, "CurrentBelievedFlagOfShips", "CurrentBelievedFlagOfShip"),
        (*_SHIP, "PreviousFlags", "PreviousFlag"),
    ):
        yield from map(whole, below(element, *path))


def _numbers(element: etree._Element) -> Iterator[ListedNumber]:
    for kind, group, one in (
        ("Passport", "PassportDetails", "Passport"),
        ("National identification number", "NationalIdentifierDetails", "NationalIdentifier"),
    ):
        for item in below(element, *_PERSON, group, one):
            value, about = text(item, f"{one}Number"), text(item, f"{one}AdditionalInformation")
            if value:
                yield ListedNumber(kind, value, issuing_country(about))
    for path, kind in _NUMBERS:
        for item in below(element, *path):
            if value := whole(item):
                yield ListedNumber(kind, value)


def _joined(item: etree._Element, fields: tuple[str, ...]) -> str:
    return ", ".join(value for field in fields if (value := text(item, field)))
