"""OFAC's enhanced XML: SDN_ENHANCED.XML and CONS_ENHANCED.XML, as they are or in the publisher's zip.

Publisher: https://ofac.treasury.gov/sanctions-list-service, schema ENHANCED_XML.xsd beside the files. Every name comes
in all its scripts; what the legacy files write as "IDs" stands partly under documents, partly under features.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lists.entry import Entry, EntryKind, ListedNumber, ListRefused, Strength
from lists.formats.facts import country_code, iso_date, period, unique
from lists.formats.naming import listed_names
from lists.formats.ofac import ADDRESS_ORDER, COUNTRY_FEATURES, KINDS, is_number_kind
from lists.formats.parts import MAIN, one_file
from lists.formats.xml import begins_with, below, elements, found, head, local_name, text, whole

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml import etree

    from lists.formats.parts import Parts

NAME = "ofac_enhanced_xml"

_ROOT = "sanctionsData"
_ENTRY = "entity"
_DATE = re.compile(rb"<dataAsOf>\s*(\d{4}-\d{2}-\d{2})")
_FILTERS = re.compile(rb"<filters>.*?</filters>", re.DOTALL)
_FORMER = "F.K.A."
_LISTS_OF_LISTS = frozenset({"Consolidated List"})


def matches(raw: bytes, _filename: str) -> bool:
    """Whether this is OFAC's enhanced XML, plain or zipped."""
    return begins_with(raw, _ROOT)


part = one_file


def source(raw: bytes, _filename: str) -> str:
    """What the file is filtered by tells which of the two lists it is."""
    filters = _FILTERS.search(head(raw))
    return "OFAC_NON_SDN" if filters and b">Consolidated List<" in filters.group() else "OFAC_SDN"


def published(parts: Parts) -> str:
    """The day of `dataAsOf`."""
    date = _DATE.search(head(parts[MAIN]))
    return date.group(1).decode() if date else ""


def parse(parts: Parts, source_id: str) -> Iterator[Entry]:
    """One entry per `entity`."""
    for element in elements(parts[MAIN], _ROOT, ("entities", _ENTRY)):
        if local_name(element) == _ENTRY:
            yield _entry(element, source_id)


def _entry(element: etree._Element, source_id: str) -> Entry:
    reference = element.get("id", "")
    if not reference:
        raise ListRefused(f"line {element.sourceline}: an entity without id: the file is damaged, fetch it again")
    general = next(found(element, "generalInfo"), element)
    features = [(text(one, "type"), one) for one in below(element, "features", "feature")]
    lists = list(below(element, "sanctionsLists", "sanctionsList"))
    return Entry(
        list=source_id,
        reference=reference,
        kind=KINDS.get(text(general, "entityType").lower(), EntryKind.ORGANISATION),
        names=listed_names(_names(element, former=False), _names(element, former=True)),
        birth_dates=unique(_birth_date(one) for kind, one in features if kind == "Birthdate"),
        birth_places=unique(text(one, "value") for kind, one in features if kind == "Place of Birth"),
        countries=unique(country_code(text(one, "value")) for kind, one in features if kind in COUNTRY_FEATURES),
        addresses=unique(_address(one) for one in below(element, "addresses", "address")),
        numbers=tuple(dict.fromkeys((*_documents(element), *_feature_numbers(features)))),
        programmes=unique(map(whole, below(element, "sanctionsPrograms", "sanctionsProgram"))),
        listed_on=min(filter(None, (one.get("datePublished", "") for one in lists)), default=""),
        remarks=text(general, "remarks"),
        measures=unique(
            (*map(whole, below(element, "sanctionsTypes", "sanctionsType")), *_list_names(map(whole, lists)))
        ),
    )


def _list_names(names: Iterator[str]) -> list[str]:
    """The lists an entry stands on: which says what is forbidden. The list of lists says nothing."""
    return [name for name in names if name not in _LISTS_OF_LISTS]


def _names(element: etree._Element, *, former: bool) -> Iterator[tuple[str, Strength]]:
    for name in below(element, "names", "name"):
        if (text(name, "aliasType") == _FORMER) is former:
            strength = _strength(name)
            for one in below(name, "translations", "translation"):
                yield _full_name(one), strength


def _strength(name: etree._Element) -> Strength:
    if text(name, "isPrimary") == "true":
        return Strength.PRIMARY
    return Strength.WEAK if text(name, "isLowQuality") == "true" else Strength.STRONG


def _full_name(one: etree._Element) -> str:
    """First name before last, as a payment carries it."""
    return f"{text(one, 'formattedFirstName')} {text(one, 'formattedLastName')}".strip() or text(
        one, "formattedFullName"
    )


def _birth_date(one: etree._Element) -> str:
    """The day or interval as such; as written where none is given apart."""
    date = next(found(one, "valueDate"), None)
    if date is None:
        return iso_date(text(one, "value"))
    span = period(text(date, "fromDateBegin"), text(date, "toDateEnd"))
    return f"{span}~" if text(date, "isApproximate") == "true" and "/" not in span else span


def _address(one: etree._Element) -> str:
    """In Latin letters, where there are such; the country last."""
    translations = list(below(one, "translations", "translation"))
    best = next((each for each in translations if text(each, "isPrimary") == "true"), None)
    parts = (
        {text(each, "type"): text(each, "value") for each in below(best, "addressParts", "addressPart")}
        if best is not None
        else {}
    )
    values = [parts[kind] for kind in ADDRESS_ORDER if parts.get(kind)]
    return ", ".join(value for value in (*values, text(one, "country")) if value)


def _documents(element: etree._Element) -> Iterator[ListedNumber]:
    for one in below(element, "identityDocuments", "identityDocument"):
        if value := text(one, "documentNumber"):
            yield ListedNumber(text(one, "type").rstrip(":"), value, country_code(text(one, "issuingCountry")))


def _feature_numbers(features: list[tuple[str, etree._Element]]) -> Iterator[ListedNumber]:
    for kind, one in features:
        if kind not in COUNTRY_FEATURES and is_number_kind(kind) and (value := text(one, "value")):
            yield ListedNumber(kind.rstrip(":"), value)
