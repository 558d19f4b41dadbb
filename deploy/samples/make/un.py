"""Writes the consolidated list of the United Nations Security Council in its XML layout."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lxml import etree

from deploy.samples.make.dice import Dice
from deploy.samples.make.words import COUNTRIES, year

if TYPE_CHECKING:
    from collections.abc import Iterable

    from deploy.samples.make.listed import Listed

_REGIMES = {"TERR": "Al-Qaida", "YEM": "Yemen", "IRN": "Iran", "PRK": "DPRK", "COD": "DRC", "SOM": "Somalia"}
_REGIMES["SYR"] = "Iraq"  # the United Nations have no list for Syria
_PREFIXES = {"TERR": "QD", "YEM": "YE", "IRN": "IR", "PRK": "KP", "COD": "CD", "SOM": "SO", "SYR": "IQ"}
_FIRST_NUMBER = 9_900_001


def xml_file(entries: Iterable[Listed], generated: str) -> bytes:
    """The whole list; `generated` as an XML dateTime. Individuals and entities are numbered apart, as published."""
    root = etree.Element("CONSOLIDATED_LIST", dateGenerated=generated)
    individuals, entities = etree.SubElement(root, "INDIVIDUALS"), etree.SubElement(root, "ENTITIES")
    for number, one in enumerate(entries):
        if one.kind == "person":
            _individual(etree.SubElement(individuals, "INDIVIDUAL"), one, number)
        else:
            _entity(etree.SubElement(entities, "ENTITY"), one, number)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True, pretty_print=True)


def _head(node: etree._Element, one: Listed, number: int, names: list[str]) -> None:
    dice = Dice(f"un/{one.key}")
    _text(node, "DATAID", str(_FIRST_NUMBER + number))
    _text(node, "VERSIONNUM", "1")
    for place, name in zip(("FIRST_NAME", "SECOND_NAME", "THIRD_NAME", "FOURTH_NAME"), names, strict=False):
        _text(node, place, name.upper())
    _text(node, "UN_LIST_TYPE", _REGIMES[one.programme])
    _text(node, "REFERENCE_NUMBER", f"{_PREFIXES[one.programme]}{'i' if one.kind == 'person' else 'e'}.{900 + number}")
    _text(node, "LISTED_ON", f"{dice.number(2006, 2025)}-{dice.number(1, 12):02d}-{dice.number(1, 28):02d}")
    if one.original:
        _text(node, "NAME_ORIGINAL_SCRIPT", one.original)
    numbers = "" if one.kind == "person" else "; ".join(f"{kind} {value}" for kind, value, _ in one.numbers)
    _text(node, "COMMENTS1", numbers)


def _individual(node: etree._Element, one: Listed, number: int) -> None:
    given = one.name.split(maxsplit=1)
    _head(node, one, number, [*given, one.family])
    _value(node, "NATIONALITY", COUNTRIES[one.country])
    _value(node, "LIST_TYPE", "UN List")
    graded = [("Good", alias) for alias in one.aliases] + [("Low", alias) for alias in one.weak]
    for quality, alias in graded or [("", "")]:
        _group(node, "INDIVIDUAL_ALIAS", QUALITY=quality, ALIAS_NAME=alias)
    for street, town, land in one.addresses or (("", "", one.country),):
        _group(node, "INDIVIDUAL_ADDRESS", STREET=street, CITY=town, COUNTRY=COUNTRIES[land])
    if one.born.startswith("circa"):
        _group(node, "INDIVIDUAL_DATE_OF_BIRTH", TYPE_OF_DATE="APPROXIMATELY", YEAR=year(one.born))
    elif len(one.born) > len("1961"):
        _group(node, "INDIVIDUAL_DATE_OF_BIRTH", TYPE_OF_DATE="EXACT", DATE=one.born)
    else:
        _group(node, "INDIVIDUAL_DATE_OF_BIRTH", TYPE_OF_DATE="EXACT", YEAR=one.born)
    town, land = one.born_at or ("", one.country)
    _group(node, "INDIVIDUAL_PLACE_OF_BIRTH", CITY=town, COUNTRY=COUNTRIES[land])
    _documents(node, one)
    _tail(node)


def _documents(node: etree._Element, one: Listed) -> None:
    kinds = {"Passport": "Passport", "National ID No.": "National Identification Number"}
    documents = [(kinds[kind], value, land) for kind, value, land in one.numbers if kind in kinds]
    for kind, value, land in documents:
        _group(node, "INDIVIDUAL_DOCUMENT", TYPE_OF_DOCUMENT=kind, NUMBER=value, ISSUING_COUNTRY=COUNTRIES[land])
    if not documents:
        etree.SubElement(node, "INDIVIDUAL_DOCUMENT")


def _entity(node: etree._Element, one: Listed, number: int) -> None:
    _head(node, one, number, [one.name])
    _value(node, "LIST_TYPE", "UN List")
    graded = [("a.k.a.", alias) for alias in one.aliases] + [("Low", alias) for alias in one.weak]
    for quality, alias in graded or [("", "")]:
        _group(node, "ENTITY_ALIAS", QUALITY=quality, ALIAS_NAME=alias)
    for street, town, land in one.addresses or (("", "", one.country or one.flag),):
        _group(node, "ENTITY_ADDRESS", STREET=street, CITY=town, COUNTRY=COUNTRIES[land])
    _tail(node)


def _tail(node: etree._Element) -> None:
    etree.SubElement(node, "SORT_KEY")
    etree.SubElement(node, "SORT_KEY_LAST_MOD")


def _group(node: etree._Element, name: str, **children: str) -> None:
    """A group of elements; the two of an alias stay even when they are empty, as the publisher leaves them."""
    group = etree.SubElement(node, name)
    for child, value in children.items():
        if value or child in {"QUALITY", "ALIAS_NAME"}:
            _text(group, child, value)


def _value(node: etree._Element, name: str, value: str) -> None:
    _text(etree.SubElement(node, name), "VALUE", value)


def _text(node: etree._Element, name: str, value: str) -> None:
    etree.SubElement(node, name).text = value or None
