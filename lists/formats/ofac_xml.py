"""OFAC's legacy XML: SDN.XML and CONSOLIDATED.XML.

Publisher's schema: https://ofac.treasury.gov/media/4806/download ("sdn.xsd"); the namespace has changed over the years
and is not relied upon. `Record_Count` says how many entries the file must hold.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lists.entry import Entry, EntryKind, ListedNumber, ListRefused, Strength
from lists.formats.facts import country_code, iso_date, unique
from lists.formats.naming import listed_names
from lists.formats.ofac import KINDS, REGION, is_number_kind
from lists.formats.packed import unpacked
from lists.formats.parts import MAIN, one_file
from lists.formats.xml import begins_with, elements, found, head, local_name, text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml import etree

    from lists.formats.parts import Parts

NAME = "ofac_xml"

_ROOT = "sdnList"
_DATE = re.compile(rb"<Publish_Date>\s*(\d{2})/(\d{2})/(\d{4})\s*</Publish_Date>")
_ADDRESS_FIELDS = ("address1", "address2", "address3", "city", "stateOrProvince", "postalCode", "country")
_FORMER = "f.k.a."
# Members of the Palestinian Legislative Council: every sixth entry of the consolidated list, hardly any SDN.
_NON_SDN_PROGRAMME = b">NS-PLC<"
_NON_SDN_SHARE = 50


def matches(raw: bytes, _filename: str) -> bool:
    """Whether this is OFAC's legacy XML."""
    return begins_with(raw, _ROOT)


part = one_file


def source(raw: bytes, filename: str) -> str:
    """Both lists have the same layout: the name tells, else the programme most of one is under."""
    if "cons" in filename.lower():
        return "OFAC_NON_SDN"
    content = unpacked(raw)
    mostly = content.count(_NON_SDN_PROGRAMME) * _NON_SDN_SHARE > content.count(b"<sdnEntry>")
    return "OFAC_NON_SDN" if mostly else "OFAC_SDN"


def published(parts: Parts) -> str:
    """The `Publish_Date` near the top, as an ISO date."""
    date = _DATE.search(head(parts[MAIN]))
    return "-".join(date.group(place).decode() for place in (3, 1, 2)) if date else ""


def parse(parts: Parts, source_id: str) -> Iterator[Entry]:
    """One entry per `sdnEntry`; refused where there are fewer or more than `Record_Count` says."""
    said, count = "", 0
    for element in elements(parts[MAIN], _ROOT, ("publshInformation", "sdnEntry")):
        name = local_name(element)
        if name == "publshInformation":
            said = text(element, "Record_Count")
        elif name == "sdnEntry":
            count += 1
            yield _entry(element, source_id)
    if said.isdigit() and int(said) != count:
        raise ListRefused(f"the file says it holds {int(said):,} entries and holds {count:,}: fetch it again")


def _entry(element: etree._Element, source_id: str) -> Entry:
    reference = text(element, "uid")
    if not reference:
        raise ListRefused(f"line {element.sourceline}: an sdnEntry without uid: the file is damaged, fetch it again")
    ids = [
        (text(item, "idType"), text(item, "idNumber"), text(item, "idCountry")) for item in _items(element, "idList")
    ]
    return Entry(
        list=source_id,
        reference=reference,
        kind=KINDS.get(text(element, "sdnType").lower(), EntryKind.ORGANISATION),
        names=listed_names(
            [(_full_name(element), Strength.PRIMARY), *_aliases(element, former=False)],
            _aliases(element, former=True),
        ),
        birth_dates=unique(iso_date(text(item, "dateOfBirth")) for item in _items(element, "dateOfBirthList")),
        birth_places=unique(text(item, "placeOfBirth") for item in _items(element, "placeOfBirthList")),
        countries=_countries(element, ids),
        addresses=unique(_address(item) for item in _items(element, "addressList")),
        numbers=_numbers(element, ids),
        programmes=unique(" ".join((item.text or "").split()) for item in _items(element, "programList")),
        remarks=text(element, "remarks"),
    )


def _items(element: etree._Element, list_name: str) -> Iterator[etree._Element]:
    for listed in found(element, list_name):
        yield from listed.iterchildren("{*}*")


def _full_name(element: etree._Element) -> str:
    """First name before last, as a payment carries it."""
    return f"{text(element, 'firstName')} {text(element, 'lastName')}".strip()


def _aliases(element: etree._Element, *, former: bool) -> Iterator[tuple[str, Strength]]:
    for item in _items(element, "akaList"):
        if (text(item, "type").lower() == _FORMER) is former:
            weak = text(item, "category").lower() == "weak"
            yield _full_name(item), Strength.WEAK if weak else Strength.STRONG


def _countries(element: etree._Element, ids: list[tuple[str, str, str]]) -> tuple[str, ...]:
    names = [
        text(item, "country") for place in ("nationalityList", "citizenshipList") for item in _items(element, place)
    ]
    names += [text(vessel, "vesselFlag") for vessel in found(element, "vesselInfo")]
    names += [value for kind, value, _country in ids if kind == "Nationality of Registration"]
    return unique(country_code(name) for name in names)


def _address(item: etree._Element) -> str:
    values = (text(item, field).removeprefix(REGION) for field in _ADDRESS_FIELDS)
    return ", ".join(value for value in values if value)


def _numbers(element: etree._Element, ids: list[tuple[str, str, str]]) -> tuple[ListedNumber, ...]:
    listed = [
        ListedNumber(kind.rstrip(":"), value, country_code(country))
        for kind, value, country in ids
        if value and kind != "Nationality of Registration" and is_number_kind(kind)
    ]
    signs = (text(vessel, "callSign") for vessel in found(element, "vesselInfo"))
    return (*listed, *(ListedNumber("Call Sign", sign) for sign in signs if sign))
