"""The United Nations Security Council consolidated list, XML.

Publisher's schema: https://www.un.org/sc/resources/sc-sanctions.xsd. Names come in up to four parts, with "na" for
none; aliases have a quality (Good, Low; a.k.a., f.k.a. for entities).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lists.entry import Entry, EntryKind, ListedNumber, ListRefused, Strength
from lists.formats.facts import country_code, unique
from lists.formats.mentions import numbers_in
from lists.formats.naming import listed_names
from lists.formats.parts import MAIN, one_file
from lists.formats.xml import begins_with, elements, found, head, local_name, text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml import etree

    from lists.formats.parts import Parts

NAME = "un_xml"

_ROOT = "CONSOLIDATED_LIST"
_KINDS = {"INDIVIDUAL": EntryKind.PERSON, "ENTITY": EntryKind.ORGANISATION}
_FORMER = "f.k.a"
_NAME_FIELDS = ("FIRST_NAME", "SECOND_NAME", "THIRD_NAME", "FOURTH_NAME")
_ADDRESS_FIELDS = ("STREET", "CITY", "STATE_PROVINCE", "ZIP_CODE", "COUNTRY")
_DATE = re.compile(rb"dateGenerated=[\"'](\d{4}-\d{2}-\d{2})")


def matches(raw: bytes, _filename: str) -> bool:
    """Whether this is the UN list."""
    return begins_with(raw, _ROOT)


part = one_file


def source(_raw: bytes, _filename: str) -> str:
    """The layout has one list."""
    return "UN"


def published(parts: Parts) -> str:
    """The day of `dateGenerated`."""
    date = _DATE.search(head(parts[MAIN]))
    return date.group(1).decode() if date else ""


def parse(parts: Parts, source_id: str) -> Iterator[Entry]:
    """One entry per INDIVIDUAL and ENTITY."""
    for element in elements(parts[MAIN], _ROOT, tuple(_KINDS)):
        if local_name(element) in _KINDS:
            yield _entry(element, source_id)


def _entry(element: etree._Element, source_id: str) -> Entry:
    kind = local_name(element)
    reference = text(element, "REFERENCE_NUMBER")
    if not reference:
        raise ListRefused(f"line {element.sourceline}: an {kind} without REFERENCE_NUMBER: fetch the file again")
    comments = text(element, "COMMENTS1")
    return Entry(
        list=source_id,
        reference=reference,
        kind=_KINDS[kind],
        names=listed_names(_names(element, kind), _former_names(element, kind)),
        birth_dates=unique(map(_birth_date, found(element, "INDIVIDUAL_DATE_OF_BIRTH"))),
        birth_places=unique(_joined(item, _ADDRESS_FIELDS) for item in found(element, "INDIVIDUAL_PLACE_OF_BIRTH")),
        countries=unique(map(country_code, _nationalities(element))),
        addresses=unique(_joined(item, _ADDRESS_FIELDS) for item in found(element, f"{kind}_ADDRESS")),
        numbers=tuple(dict.fromkeys((*_numbers(element), *numbers_in(comments)))),
        programmes=unique([text(element, "UN_LIST_TYPE")]),
        listed_on=text(element, "LISTED_ON")[:10],
        remarks=comments,
    )


def _names(element: etree._Element, kind: str) -> Iterator[tuple[str, Strength]]:
    parts = (text(element, field) for field in _NAME_FIELDS)
    yield " ".join(part for part in parts if part.lower() != "na"), Strength.PRIMARY
    yield text(element, "NAME_ORIGINAL_SCRIPT"), Strength.STRONG
    for alias in found(element, f"{kind}_ALIAS"):
        quality = text(alias, "QUALITY").lower()
        if not quality.startswith(_FORMER):
            yield text(alias, "ALIAS_NAME"), Strength.WEAK if quality.startswith("low") else Strength.STRONG


def _former_names(element: etree._Element, kind: str) -> Iterator[tuple[str, Strength]]:
    for alias in found(element, f"{kind}_ALIAS"):
        if text(alias, "QUALITY").lower().startswith(_FORMER):
            yield text(alias, "ALIAS_NAME"), Strength.STRONG


def _birth_date(item: etree._Element) -> str:
    if first := text(item, "FROM_YEAR"):
        return f"{first}/{text(item, 'TO_YEAR') or first}"
    date = text(item, "DATE")[:10] or text(item, "YEAR")
    return f"{date}~" if date and text(item, "TYPE_OF_DATE").upper().startswith("APPROX") else date


def _numbers(element: etree._Element) -> Iterator[ListedNumber]:
    return filter(None, map(_number, found(element, "INDIVIDUAL_DOCUMENT")))


def _number(item: etree._Element) -> ListedNumber | None:
    """A document; its number stands at times in the second type ("... (tazkira) number 545167")."""
    kind, second, value = (text(item, field) for field in ("TYPE_OF_DOCUMENT", "TYPE_OF_DOCUMENT2", "NUMBER"))
    country = text(item, "ISSUING_COUNTRY") or text(item, "COUNTRY_OF_ISSUE")
    if not value and any(map(str.isdigit, second)):
        value = second
    return ListedNumber(kind or second or "document", value, country_code(country)) if value else None


def _joined(item: etree._Element, fields: tuple[str, ...]) -> str:
    return ", ".join(value for field in fields if (value := text(item, field)))


def _nationalities(element: etree._Element) -> Iterator[str]:
    for item in found(element, "NATIONALITY"):
        yield from (" ".join((value.text or "").split()) for value in found(item, "VALUE"))
