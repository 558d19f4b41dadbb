"""Writes the two layouts of OFAC: sdn.csv / alt.csv / add.csv as its dataspec describes them, and the legacy XML."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lxml import etree

from deploy.samples.make.dice import Dice
from deploy.samples.make.words import COUNTRIES, PROGRAMMES, ascii_only, day

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from deploy.samples.make.listed import Listed

_NULL = "-0- "
_FIRST_NUMBER = 90_001  # far above those of the real list
_NAMESPACE = "https://sanctionslistservice.ofac.treas.gov/api/PublicationPreview/exports/XML"


def csv_files(entries: Iterable[Listed]) -> dict[str, bytes]:
    """The three files, joined by entry number; each ends with the control-Z the publisher's files end with."""
    main, aliases, addresses = [], [], []
    for number, one in enumerate(entries, start=_FIRST_NUMBER):
        main.append(_row(number, *_main_columns(one)))
        aliases += [_row(number, None, "aka", _turned(one, alias), "") for alias in one.aliases]
        addresses += [_row(number, None, street, town, COUNTRIES[land], "") for street, town, land in one.addresses]
    files = {"sdn.csv": main, "alt.csv": _numbered(aliases), "add.csv": _numbered(addresses)}
    return {name: ("".join(f"{row}\r\n" for row in rows) + "\x1a").encode("ascii") for name, rows in files.items()}


def _numbered(rows: list[str]) -> list[str]:
    return [row.replace("\0", str(number), 1) for number, row in enumerate(rows, start=_FIRST_NUMBER)]


def _row(number: int, *columns: str | None) -> str:
    """None stands for the record number that is known when all rows are there."""
    texts = ["\0" if one is None else f'"{ascii_only(one)}"' if one else _NULL for one in columns]
    return ",".join([str(number), *texts])


def _turned(one: Listed, alias: str) -> str:
    """People are published family first: `OSTROGRADINE, Victor`."""
    given, _, family = alias.rpartition(" ")
    return f"{family.upper()}, {given}" if one.kind == "person" and given else alias.upper()


def _main_columns(one: Listed) -> Iterator[str]:
    yield f"{one.family.upper()}, {one.name}" if one.kind == "person" else one.name.upper()
    yield {"person": "individual", "organisation": ""}.get(one.kind, one.kind)
    yield PROGRAMMES[one.programme]
    yield ""
    yield ""
    yield one.type if one.kind == "vessel" else ""
    yield ""
    yield ""
    yield COUNTRIES[one.flag] if one.kind == "vessel" else ""
    yield one.owner if one.kind == "vessel" else ""
    yield f"{'; '.join(_remarks(one))}."


def _remarks(one: Listed) -> Iterator[str]:
    if one.born:
        yield f"DOB {day(one.born)}"
    if one.born_at:
        yield f"POB {one.born_at[0]}, {COUNTRIES[one.born_at[1]]}"
    if one.kind == "person":
        yield f"nationality {COUNTRIES[one.country]}"
    if one.kind == "aircraft":
        yield f"Aircraft Model {one.type}"
    for kind, value, country in one.numbers:
        yield _number_remark(one, kind, value, country)
    yield from (f"a.k.a. '{alias.upper()}'" for alias in one.weak)
    if one.owner:
        yield f"Linked To: {one.owner.upper()}"
    if one.kind == "organisation":
        yield f"Organization Established Date {Dice(one.key).number(1995, 2021)}"


def _number_remark(one: Listed, kind: str, value: str, country: str) -> str:
    if kind == "IMO":
        return f"Vessel Registration Identification IMO {value}"
    label = f"Aircraft {kind}" if one.kind == "aircraft" else kind
    # BIC, web and wallet numbers stand without a country in the publisher's remarks
    return f"{label} {value}" + (f" ({COUNTRIES[country]})" if country and kind != "SWIFT/BIC" else "")


def legacy_xml(entries: Iterable[Listed], published: str) -> bytes:
    """The consolidated (non-SDN) list in OFAC's XML; `published` as MM/DD/YYYY."""
    known = list(entries)
    nsmap: Any = {"xsi": "http://www.w3.org/2001/XMLSchema-instance", None: _NAMESPACE}
    # Any: lxml-stubs do not know the default namespace
    root = etree.Element("sdnList", nsmap=nsmap)
    head = etree.SubElement(root, "publshInformation")
    _text(head, "Publish_Date", published)
    _text(head, "Record_Count", str(len(known)))
    for number, one in enumerate(known, start=_FIRST_NUMBER):
        _xml_entry(etree.SubElement(root, "sdnEntry"), one, number)
    return etree.tostring(root, xml_declaration=True, encoding="utf-8", standalone=True, pretty_print=True)


def _xml_entry(node: etree._Element, one: Listed, number: int) -> None:
    _text(node, "uid", str(number))
    if one.kind == "person":
        _text(node, "firstName", one.name)
    _text(node, "lastName", one.family.upper() or one.name.upper())
    _text(node, "sdnType", {"person": "Individual", "organisation": "Entity"}.get(one.kind, one.kind.capitalize()))
    _text(etree.SubElement(node, "programList"), "program", PROGRAMMES[one.programme])
    ids = [
        {"uid": str(number * 10), "idType": kind, "idNumber": value, "idCountry": COUNTRIES.get(country, "")}
        for kind, value, country in one.numbers
    ]
    _items(node, "idList", "id", ids)
    graded = [(alias, "strong") for alias in one.aliases] + [(alias, "weak") for alias in one.weak]
    _items(node, "akaList", "aka", [_aka(one, number, alias, grade) for alias, grade in graded])
    places = [
        {"uid": str(number * 10), "address1": street, "city": town, "country": COUNTRIES[land]}
        for street, town, land in one.addresses
    ]
    _items(node, "addressList", "address", places)
    if one.kind == "person":
        _personal(node, one, number)


def _personal(node: etree._Element, one: Listed, number: int) -> None:
    uid = {"uid": str(number * 10)}
    _items(node, "nationalityList", "nationality", [{**uid, "country": COUNTRIES[one.country], "mainEntry": "true"}])
    _items(node, "dateOfBirthList", "dateOfBirthItem", [{**uid, "dateOfBirth": day(one.born), "mainEntry": "true"}])
    if one.born_at:
        place = f"{one.born_at[0]}, {COUNTRIES[one.born_at[1]]}"
        _items(node, "placeOfBirthList", "placeOfBirthItem", [{**uid, "placeOfBirth": place, "mainEntry": "true"}])


def _aka(one: Listed, number: int, alias: str, grade: str) -> dict[str, str]:
    given, _, family = alias.rpartition(" ")
    head = {"uid": str(number * 10), "type": "a.k.a.", "category": grade}
    if one.kind == "person" and given:
        return head | {"lastName": family.upper(), "firstName": given}
    return head | {"lastName": alias.upper()}


def _items(node: etree._Element, many: str, each: str, items: list[dict[str, str]]) -> None:
    if not items:
        return
    parent = etree.SubElement(node, many)
    for item in items:
        child = etree.SubElement(parent, each)
        for name, value in item.items():
            if value:
                _text(child, name, value)


def _text(node: etree._Element, name: str, value: str) -> None:
    etree.SubElement(node, name).text = value
