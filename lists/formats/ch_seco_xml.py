"""The Swiss sanctions list, XML, as the State Secretariat for Economic Affairs (SECO) publishes it.

Publisher: https://www.seco.admin.ch/seco/en/home/Aussenwirtschaftspolitik_Wirtschaftliche_Zusammenarbeit/
Wirtschaftsbeziehungen/exportkontrollen-und-sanktionen/sanktionen-embargos.html, schema "swiss-sanctions-list".
Programmes and places stand beside the targets and are referred to by number. A target may have several identities, a
part of a name its spelling variants. Targets that were de-listed stay in the file: their last modification says so.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import islice, product
from typing import TYPE_CHECKING

from lists.entry import Entry, EntryKind, ListedNumber, ListRefused, Strength
from lists.formats.facts import cut_date, unique
from lists.formats.mentions import numbers_in
from lists.formats.naming import listed_names
from lists.formats.parts import MAIN, one_file
from lists.formats.xml import begins_with, elements, found, head, local_name, text, whole

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from lxml import etree

    from lists.formats.parts import Parts

NAME = "ch_seco_xml"

_ROOT = "swiss-sanctions-list"
_DATE = re.compile(rb"<swiss-sanctions-list[^>]*\sdate=[\"'](\d{4}-\d{2}-\d{2})")
_KINDS = {"individual": EntryKind.PERSON, "entity": EntryKind.ORGANISATION, "object": EntryKind.VESSEL}
# What a payment's name has: titles and what follows a name ("Jr.") are no part of it.
_NO_NAME_PARTS = frozenset({"title", "suffix"})
# As a payment carries it: given names, then the father's, then the family's.
_PART_ORDER = {"given-name": 0, "further-given-name": 1, "father-name": 2, "grand-father-name": 3, "tribal-name": 4}
_FAMILY = 5
_MOST_VARIANTS = 24
_TAGS = ("sanctions-program", "place", "target")


@dataclass(slots=True)
class _Reference:
    """What stands beside the targets. `programmes` and `measures` by sanctions set, `places` as one text by number."""

    programmes: dict[str, str] = field(default_factory=dict)
    measures: dict[str, str] = field(default_factory=dict)
    places: dict[str, tuple[str, str]] = field(default_factory=dict)


def matches(raw: bytes, _filename: str) -> bool:
    """Whether this is the Swiss list, by its root."""
    return begins_with(raw, _ROOT)


part = one_file


def source(_raw: bytes, _filename: str) -> str:
    """The layout has one list."""
    return "CH"


def published(parts: Parts) -> str:
    """The root's `date`."""
    date = _DATE.search(head(parts[MAIN]))
    return date.group(1).decode() if date else ""


def parse(parts: Parts, source_id: str) -> Iterator[Entry]:
    """One entry per `target` that is not de-listed on the day of the file. Places may stand after the targets."""
    beside = _Reference()
    for element in _topmost(parts):
        if local_name(element) == "sanctions-program":
            _read_programme(element, beside)
        elif local_name(element) == "place":
            beside.places[element.get("ssid", "")] = (_place(element), _country_code(element))
    day = published(parts)
    for element in _topmost(parts):
        if local_name(element) == "target" and not _is_delisted(element, day):
            yield _entry(element, beside, source_id)


def _topmost(parts: Parts) -> Iterator[etree._Element]:
    """What stands directly under the root: modifications repeat whole targets as they were."""
    for element in elements(parts[MAIN], _ROOT, _TAGS):
        parent = element.getparent()
        if parent is not None and parent.getparent() is None:
            yield element


def _read_programme(element: etree._Element, beside: _Reference) -> None:
    name = _in_english(element, "program-key") or _in_english(element, "program-name")
    for one in found(element, "sanctions-set"):
        number = one.get("ssid", "")
        beside.programmes[number] = name
        if one.get("lang", "eng") == "eng" or number not in beside.measures:
            beside.measures[number] = whole(one)


def _in_english(element: etree._Element, child: str) -> str:
    texts = {one.get("lang", "eng"): whole(one) for one in found(element, child)}
    return texts.get("eng") or next(iter(texts.values()), "")


def _place(element: etree._Element) -> str:
    values = (text(element, name) for name in ("location", "area", "country"))
    return ", ".join(value for value in values if value)


def _country_code(element: etree._Element) -> str:
    return next((one.get("iso-code", "").upper() for one in found(element, "country")), "")


def _is_delisted(element: etree._Element, day: str) -> bool:
    """Whether the last thing in force on this day is the de-listing; on one day with a listing, the listing counts."""
    last = {"listed": "", "de-listed": ""}
    for one in found(element, "modification"):
        date = one.get("effective-date") or one.get("publication-date") or one.get("enactment-date") or ""
        kind = one.get("modification-type", "")
        if kind in last and (not day or date <= day):
            last[kind] = max(last[kind], date or "0")
    return last["de-listed"] > last["listed"]


def _entry(element: etree._Element, beside: _Reference, source_id: str) -> Entry:
    reference = element.get("ssid", "")
    subject = next((one for one in element.iterchildren("{*}*") if local_name(one) in _KINDS), None)
    if not reference or subject is None:
        raise ListRefused(
            f"line {element.sourceline}: a target without number or subject: the file is damaged, fetch it again"
        )
    identities = list(found(subject, "identity"))
    sets = [whole(one) for one in found(element, "sanctions-set-id")]
    other = [whole(one) for one in found(subject, "other-information")]
    return Entry(
        list=source_id,
        reference=reference,
        kind=_kind(subject),
        names=listed_names(_names(identities, former=False), _names(identities, former=True)),
        birth_dates=unique(_birth_date(one) for identity in identities for one in found(identity, "day-month-year")),
        birth_places=unique(
            beside.places.get(one.get("place-id", ""), ("", ""))[0]
            for identity in identities
            for one in found(identity, "place-of-birth")
        ),
        countries=unique(_country_code(one) for identity in identities for one in found(identity, "nationality")),
        addresses=unique(_address(one, beside.places) for identity in identities for one in found(identity, "address")),
        numbers=tuple(dict.fromkeys(_numbers(identities, other, beside.places))),
        programmes=unique(beside.programmes.get(one, "") for one in sets),
        listed_on=_listed_on(element),
        remarks=" ".join((*other, *(whole(one) for one in found(subject, "justification")))),
        measures=unique(beside.measures.get(one, "") for one in sets),
    )


def _kind(subject: etree._Element) -> EntryKind:
    if local_name(subject) == "object" and subject.get("object-type") not in {"vessel", None}:
        return EntryKind.AIRCRAFT if subject.get("object-type") == "aircraft" else EntryKind.ORGANISATION
    return _KINDS[local_name(subject)]


def _listed_on(element: etree._Element) -> str:
    dates = [
        one.get("effective-date", "")
        for one in found(element, "modification")
        if one.get("modification-type") == "listed"
    ]
    return min(filter(None, dates), default="")


def _names(identities: list[etree._Element], *, former: bool) -> Iterator[tuple[str, Strength]]:
    for identity in identities:
        for name in found(identity, "name"):
            kind = name.get("name-type", "")
            if ("former" in kind) is former:
                strength = _strength(kind, name.get("quality", ""), main=identity.get("main") == "true")
                yield from ((spelled, strength) for spelled in _spellings(name))


def _strength(kind: str, quality: str, *, main: bool) -> Strength:
    if quality == "low":
        return Strength.WEAK
    return Strength.PRIMARY if kind == "primary-name" and main else Strength.STRONG


def _spellings(name: etree._Element) -> Iterator[str]:
    """The name, and the name in each other spelling: variants of one language and script belong together."""
    parts = sorted(
        (one for one in found(name, "name-part") if one.get("name-part-type") not in _NO_NAME_PARTS),
        key=lambda one: (_PART_ORDER.get(one.get("name-part-type", ""), _FAMILY), _number(one.get("order"))),
    )
    plain = [text(one, "value") for one in parts]
    yield " ".join(plain)
    variants = [_variants(one) for one in parts]
    for key in dict.fromkeys(key for of_part in variants for key in of_part):
        choices = [of_part.get(key, [value]) for of_part, value in zip(variants, plain, strict=True)]
        yield from (" ".join(spelled) for spelled in islice(product(*choices), _MOST_VARIANTS))


def _variants(part_of_name: etree._Element) -> Mapping[tuple[str, str], list[str]]:
    found_by: dict[tuple[str, str], list[str]] = {}
    for one in found(part_of_name, "spelling-variant"):
        if spelled := whole(one):
            found_by.setdefault((one.get("lang", ""), one.get("script", "")), []).append(spelled)
    return found_by


def _number(written: str | None) -> int:
    return int(written) if written and re.fullmatch(r"\d{1,6}", written, re.ASCII) else 0


def _birth_date(one: etree._Element) -> str:
    first = cut_date(*(one.get(name, "") for name in ("year", "month", "day")))
    last = cut_date(*(one.get(name, "") for name in ("to-year", "to-month", "to-day")))
    if first and last and first != last:
        return f"{first}/{last}"
    return f"{first}~" if first and one.get("quality") == "low" else first


def _address(one: etree._Element, places: Mapping[str, tuple[str, str]]) -> str:
    values = (text(one, name) for name in ("c-o", "address-details", "p-o-box", "zip-code"))
    place = places.get(one.get("place-id", ""), ("", ""))[0]
    return ", ".join(value for value in (*values, place) if value)


def _numbers(
    identities: list[etree._Element], other: list[str], places: Mapping[str, tuple[str, str]]
) -> Iterator[ListedNumber]:
    for identity in identities:
        for one in found(identity, "identification-document"):
            issuer = next(found(one, "issuer"), None)
            country = places.get(issuer.get("place-id", ""), ("", ""))[1] if issuer is not None else ""
            country = country or (_country_code(issuer) if issuer is not None else "") or _country_code(one)
            if value := text(one, "number"):
                yield ListedNumber(one.get("document-type", "") or "document", value, country)
    for remark in other:
        yield from numbers_in(remark)
