"""The European Union's consolidated financial sanctions list, XML (FSF) version 1.1.

Publisher: https://data.europa.eu/data/datasets/consolidated-list-of-persons-groups-and-entities-subject-to-eu-financial
-sanctions, schema xmlFullSanctionsList_1_1.xsd. All facts are attributes; a name alias is weak where strong="false".
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lists.entry import Entry, EntryKind, ListedNumber, ListRefused, Strength
from lists.formats.facts import unique
from lists.formats.mentions import numbers_in
from lists.formats.naming import listed_names
from lists.formats.parts import MAIN, one_file
from lists.formats.xml import begins_with, elements, found, head, local_name, text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml import etree

    from lists.formats.parts import Parts

NAME = "eu_fsf_xml"

_ROOT = "export"
_NAMESPACE = b"http://eu.europa.ec/fpi/fsd/export"
_ENTITY = "sanctionEntity"
_DATE = re.compile(rb"generationDate=[\"'](\d{4}-\d{2}-\d{2})")
_UNKNOWN_COUNTRY = "00"
_ADDRESS_FIELDS = ("street", "poBox", "zipCode", "city", "place", "region", "countryDescription")
_PLACE_FIELDS = ("city", "place", "region", "countryDescription")
_CONTACT_NUMBERS = frozenset({"EMAIL", "SWIFT", "BIC", "IMO", "WEB"})


def matches(raw: bytes, _filename: str) -> bool:
    """Whether this is the EU's XML, by its root and namespace."""
    return begins_with(raw, _ROOT) and _NAMESPACE in head(raw)


part = one_file


def source(_raw: bytes, _filename: str) -> str:
    """The layout has one list."""
    return "EU"


def published(parts: Parts) -> str:
    """The day of `generationDate`."""
    date = _DATE.search(head(parts[MAIN]))
    return date.group(1).decode() if date else ""


def parse(parts: Parts, source_id: str) -> Iterator[Entry]:
    """One entry per `sanctionEntity`."""
    for element in elements(parts[MAIN], _ROOT, (_ENTITY,)):
        if local_name(element) == _ENTITY:
            yield _entry(element, source_id)


def _entry(element: etree._Element, source_id: str) -> Entry:
    reference = element.get("euReferenceNumber") or element.get("logicalId") or ""
    if not reference:
        raise ListRefused(f"line {element.sourceline}: a {_ENTITY} without number: the file is damaged, fetch it again")
    remark = text(element, "remark")
    regulations = list(found(element, "regulation"))
    dates = [date for item in regulations if (date := item.get("publicationDate", ""))]
    return Entry(
        list=source_id,
        reference=reference,
        kind=_kind(element),
        names=listed_names(_names(element)),
        birth_dates=unique(map(_birth_date, found(element, "birthdate"))),
        birth_places=unique(_joined(item, _PLACE_FIELDS) for item in found(element, "birthdate")),
        countries=unique(map(_country, found(element, "citizenship"))),
        addresses=unique(_joined(item, _ADDRESS_FIELDS) for item in found(element, "address")),
        numbers=tuple(dict.fromkeys((*_identifications(element), *_contacts(element), *numbers_in(remark)))),
        programmes=unique(item.get("programme", "") for item in regulations),
        listed_on=element.get("designationDate") or min(dates, default=""),
        remarks=remark,
    )


def _kind(element: etree._Element) -> EntryKind:
    subject = next(found(element, "subjectType"), None)
    if subject is not None and "P" in {subject.get("classificationCode"), subject.get("code", "")[:1].upper()}:
        return EntryKind.PERSON
    return EntryKind.ORGANISATION


def _names(element: etree._Element) -> Iterator[tuple[str, Strength]]:
    best = Strength.PRIMARY
    for alias in found(element, "nameAlias"):
        parts = (alias.get(field, "") for field in ("firstName", "middleName", "lastName"))
        name = alias.get("wholeName") or " ".join(part for part in parts if part)
        weak = alias.get("strong", "true").lower() == "false"
        yield name, Strength.WEAK if weak else best
        if not weak:
            best = Strength.STRONG
    for document in found(element, "identification"):
        yield document.get("nameOnDocument", ""), Strength.WEAK


def _birth_date(item: etree._Element) -> str:
    if first := item.get("yearRangeFrom"):
        return f"{first}/{item.get('yearRangeTo') or first}"
    year, month, day = (item.get(field, "") for field in ("year", "monthOfYear", "dayOfMonth"))
    cut = "-".join((year, *(f"{int(value):02d}" for value in (month, day) if value.isdigit()))) if year else ""
    date = item.get("birthdate") or cut
    return f"{date}~" if date and item.get("circa") == "true" else date


def _identifications(element: etree._Element) -> Iterator[ListedNumber]:
    for item in found(element, "identification"):
        value = item.get("number") or item.get("latinNumber") or ""
        if value:
            kind = item.get("identificationTypeCode") or item.get("identificationTypeDescription") or "other"
            yield ListedNumber(kind, value, _country(item))


def _contacts(element: etree._Element) -> Iterator[ListedNumber]:
    for address in found(element, "address"):
        for contact in found(address, "contactInfo"):
            key = contact.get("key", "").upper()
            if key in _CONTACT_NUMBERS:
                yield ListedNumber("website" if key == "WEB" else key.lower(), contact.get("value", ""))


def _country(item: etree._Element) -> str:
    code = item.get("countryIso2Code", "").upper()
    return "" if code == _UNKNOWN_COUNTRY else code


def _joined(item: etree._Element, fields: tuple[str, ...]) -> str:
    values = (" ".join((item.get(field) or "").split()) for field in fields)
    return ", ".join(value for value in values if value and value != "UNKNOWN")
