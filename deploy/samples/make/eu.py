"""Writes the consolidated financial sanctions list of the European Union in its XML layout 1.1."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lxml import etree

from deploy.samples.make.dice import Dice
from deploy.samples.make.words import COUNTRIES, year

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from deploy.samples.make.listed import Listed

_NAMESPACE = "http://eu.europa.ec/fpi/fsd/export"
_FIRST_NUMBER = 990_001
_ACT = "9999/2024 (OJ L9999)"
_LANGUAGES = {"RU": "RU", "BY": "BE", "UA": "UK", "SY": "AR", "IQ": "AR", "YE": "AR", "IR": "FA", "CN": "ZH"}
_NUMBER_CODES = {
    "Passport": "passport",
    "National ID No.": "id",
    "Tax ID No.": "fiscalcode",
    "SWIFT/BIC": "swiftbic",
    "IMO": "imo",
    "Registration Number": "regnumber",
    "Company Number": "regnumber",
}


def xml_file(entries: Iterable[Listed], generated: str) -> bytes:
    """The whole list; `generated` as an XML dateTime."""
    nsmap: Any = {None: _NAMESPACE}
    # Any: lxml-stubs do not know the default namespace
    root = etree.Element("export", nsmap=nsmap, generationDate=generated, globalFileId="999001")
    for number, one in enumerate(entries, start=_FIRST_NUMBER):
        _entity(root, one, number)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True, pretty_print=True)


def _entity(root: etree._Element, one: Listed, number: int) -> None:
    listed_on = f"{Dice(f'eu/{one.key}').number(2012, 2025)}-03-15"
    node = etree.SubElement(
        root,
        "sanctionEntity",
        designationDate=listed_on,
        designationDetails="",
        unitedNationId="",
        euReferenceNumber=f"EU.{number}.{number % 97:02d}",
        logicalId=str(number),
    )
    if one.owner:
        etree.SubElement(node, "remark").text = f"Owner: {one.owner}"
    _regulation(node, one, number, listed_on)
    person = one.kind == "person"
    subject = ("person", "P") if person else ("enterprise", "E")
    etree.SubElement(node, "subjectType", code=subject[0], classificationCode=subject[1])
    for name, language, strong in _names(one):
        whole = name == one.whole_name and person
        parts = {"firstName": one.name if whole else "", "middleName": "", "lastName": one.family if whole else ""}
        words = {"wholeName": name, "function": "", "title": "", "nameLanguage": language, "strong": strong}
        _detail(node, "nameAlias", number, parts | words)
    if person:
        _personal(node, one, number)
    for street, town, land in one.addresses:
        place = {"city": town, "street": street, "poBox": "", "zipCode": "", "region": "", "place": ""}
        _detail(node, "address", number, place | _country(land))
    for kind, value, land in one.numbers:
        code = _NUMBER_CODES.get(kind, "other")
        flags = {"diplomatic": "false", "knownExpired": "false", "knownFalse": "false", "number": value}
        words = {"identificationTypeCode": code, "identificationTypeDescription": kind, "region": ""}
        _detail(node, "identification", number, flags | words | _country(land))


def _regulation(node: etree._Element, one: Listed, number: int, listed_on: str) -> None:
    regulation = etree.SubElement(
        node,
        "regulation",
        regulationType="regulation",
        organisationType="council",
        publicationDate=listed_on,
        entryIntoForceDate=listed_on,
        numberTitle=_ACT,
        programme=one.programme,
        logicalId=str(number),
    )
    etree.SubElement(regulation, "publicationUrl").text = "http://eur-lex.europa.eu/legal-content/EN/TXT/?uri=invented"


def _names(one: Listed) -> Iterator[tuple[str, str, str]]:
    """Name, language, strong: the first name is published in Latin, then in its own script, then the others."""
    yield one.whole_name, "", "true"
    if one.original:
        yield one.original, _LANGUAGES.get(one.country, ""), "true"
    yield from ((alias, "", "true") for alias in one.aliases)
    yield from ((alias, "", "false") for alias in one.weak)


def _personal(node: etree._Element, one: Listed, number: int) -> None:
    _detail(node, "citizenship", number, {"region": ""} | _country(one.country))
    town, land = one.born_at or ("", one.country)
    circa = str(one.born.startswith("circa")).lower()
    dated = {"circa": circa, "calendarType": "GREGORIAN", "city": town, "year": year(one.born)}
    if one.born[:4].isdigit() and len(one.born) > len("1961"):
        dated |= {"birthdate": one.born, "dayOfMonth": str(int(one.born[8:])), "monthOfYear": str(int(one.born[5:7]))}
    _detail(node, "birthdate", number, dated | {"region": "", "place": ""} | _country(land))


def _country(code: str) -> dict[str, str]:
    return {"countryIso2Code": code or "00", "countryDescription": COUNTRIES.get(code, "UNKNOWN").upper()}


def _detail(node: etree._Element, element: str, number: int, attributes: dict[str, str]) -> None:
    """One detail of an entity: each carries the act that put it there, and a number of its own."""
    own = {"regulationLanguage": "en", "logicalId": str(number * 100 + len(node))}
    detail = etree.SubElement(node, element, attributes | own)
    act = {"regulationType": "regulation", "publicationDate": "2024-03-15", "numberTitle": _ACT}
    etree.SubElement(detail, "regulationSummary", act)
