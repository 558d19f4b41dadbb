"""OFAC's advanced XML: SDN_ADVANCED.XML and CONS_ADVANCED.XML, in the Advanced Sanctions Data Standard.

Publisher: https://ofac.treasury.gov/sanctions-list-service, standard of the UN 1267/1988 Committee's working group,
schema sdn_advanced.xsd. Almost everything is a number that stands for a word in the ReferenceValueSets, and an entry's
facts stand in four places: parties, documents, locations, sanctions entries. These come last: the file is read twice.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from lists.entry import Entry, EntryKind, ListedNumber, ListRefused, Strength
from lists.formats.facts import country_code, cut_date, period, unique
from lists.formats.naming import listed_names
from lists.formats.ofac import ADDRESS_ORDER, COUNTRY_FEATURES, KINDS, is_number_kind
from lists.formats.packed import unpacked
from lists.formats.parts import MAIN, one_file
from lists.formats.xml import begins_with, below, elements, found, head, local_name, text, whole

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml import etree

    from lists.formats.parts import Parts

NAME = "ofac_advanced_xml"

_ROOT = "Sanctions"
_NAMESPACE = b"http://www.un.org/sanctions/"
_DATE = re.compile(
    rb"<DateOfIssue[^>]*>\s*<Year>(\d{4})</Year>\s*<Month>(\d{1,2})</Month>\s*<Day>(\d{1,2})</Day>", re.DOTALL
)
_LIST_VALUE = re.compile(rb'ID="(\d+)"[^>]*>Consolidated List<')
_NO_COUNTRY = "undetermined"
# One word for each number, by the kind of thing it stands for.
_WORDS = frozenset(
    [
        *("AliasType", "AreaCode", "Country", "DetailReference", "FeatureType", "IDRegDocType", "List"),
        *("LocPartType", "NamePartType", "PartySubType", "PartyType", "SanctionsType"),
    ]
)
_BESIDE = ("ReferenceValueSets", "Location", "IDRegDocument", "SanctionsEntry")
_FORMER = "F.K.A."
_ADDRESS_FEATURE = "Location"
_GIVEN_FIRST = {"First Name": 0, "Middle Name": 1, "Maiden Name": 2, "Patronymic": 3, "Matronymic": 3, "Last Name": 4}
_PROGRAMME = "Program"
_LISTS_OF_LISTS = frozenset({"Consolidated List"})


@dataclass(slots=True)
class _Beside:
    """What stands beside the parties, by the numbers they refer to it with."""

    words: dict[tuple[str, str], str] = field(default_factory=dict)
    subtypes: dict[str, str] = field(default_factory=dict)
    locations: dict[str, tuple[str, str]] = field(default_factory=dict)
    documents: dict[str, list[ListedNumber]] = field(default_factory=dict)
    programmes: dict[str, list[str]] = field(default_factory=dict)
    measures: dict[str, list[str]] = field(default_factory=dict)
    dates: dict[str, list[str]] = field(default_factory=dict)

    def word(self, kind: str, number: str | None) -> str:
        return self.words.get((kind, number or ""), "")


def matches(raw: bytes, _filename: str) -> bool:
    """Whether this is the advanced standard, by root and namespace."""
    return begins_with(raw, _ROOT) and _NAMESPACE in head(raw)


part = one_file


def source(raw: bytes, filename: str) -> str:
    """The name tells; else whether most parties stand on the consolidated list."""
    if "cons" in filename.lower():
        return "OFAC_NON_SDN"
    content = unpacked(raw)
    number = _LIST_VALUE.search(content)
    on_it = content.count(b'ListID="%s"' % number.group(1)) if number else 0
    return "OFAC_NON_SDN" if on_it * 2 > content.count(b"<DistinctParty") else "OFAC_SDN"


def published(parts: Parts) -> str:
    """The day of `DateOfIssue`."""
    date = _DATE.search(head(parts[MAIN]))
    return cut_date(*(value.decode() for value in date.groups())) if date else ""


def parse(parts: Parts, source_id: str) -> Iterator[Entry]:
    """One entry per `DistinctParty`. Refused where a sanctions entry belongs to no party, or a party to none."""
    beside = _Beside()
    for element in elements(parts[MAIN], _ROOT, (*_BESIDE, "DistinctParty")):
        _READERS.get(local_name(element), _nothing)(element, beside)
    awaited = set(beside.dates)
    for element in elements(parts[MAIN], _ROOT, (*_BESIDE, "DistinctParty")):
        if local_name(element) == "DistinctParty":
            entry = _entry(element, beside, source_id)
            awaited.discard(entry.reference)
            yield entry
    if awaited:
        raise ListRefused(
            f"{len(awaited):,} sanctions entries ({min(awaited)} for one) belong to no party in the file: it is cut"
            " short, fetch it again"
        )


def _nothing(_element: etree._Element, _beside: _Beside) -> None:
    """Parties are read once all else is known."""


def _read_words(element: etree._Element, beside: _Beside) -> None:
    for group in element.iterchildren("{*}*"):
        for one in group.iterchildren("{*}*"):
            kind, number = local_name(one), one.get("ID", "")
            if kind in _WORDS:
                beside.words[kind, number] = one.get("Description") or whole(one)
            if kind == "PartySubType":
                beside.subtypes[number] = one.get("PartyTypeID", "")


def _read_location(element: etree._Element, beside: _Beside) -> None:
    parts = {
        beside.word("LocPartType", one.get("LocPartTypeID")): " ".join(
            text(value, "Value") for value in found(one, "LocationPartValue") if value.get("Primary") != "false"
        )
        for one in found(element, "LocationPart")
    }
    countries = (
        *(beside.word("Country", one.get("CountryID")) for one in found(element, "LocationCountry")),
        *(beside.word("AreaCode", one.get("AreaCodeID")) for one in found(element, "LocationAreaCode")),
    )
    country = next((name for name in countries if name and name != _NO_COUNTRY), "")
    order = (*ADDRESS_ORDER, *(kind for kind in parts if kind not in ADDRESS_ORDER))
    values = [parts[kind] for kind in order if parts.get(kind)]
    whole_address = ", ".join(value for value in (*values, country) if value)
    beside.locations[element.get("ID", "")] = (whole_address, country)


def _read_document(element: etree._Element, beside: _Beside) -> None:
    kind = beside.word("IDRegDocType", element.get("IDRegDocTypeID"))
    country = country_code(beside.word("Country", element.get("IssuedBy-CountryID")))
    if value := text(element, "IDRegistrationNo"):
        number = ListedNumber(kind.rstrip(":") or "document", value, country)
        beside.documents.setdefault(element.get("IdentityID", ""), []).append(number)


def _read_sanctions(element: etree._Element, beside: _Beside) -> None:
    profile = element.get("ProfileID", "")
    on_list = beside.word("List", element.get("ListID"))
    measures = beside.measures.setdefault(profile, [])
    for one in found(element, "SanctionsMeasure"):
        kind = beside.word("SanctionsType", one.get("SanctionsTypeID"))
        if kind == _PROGRAMME:
            beside.programmes.setdefault(profile, []).append(text(one, "Comment"))
        else:
            measures.append(kind)
    if on_list not in _LISTS_OF_LISTS:
        measures.append(on_list)
    beside.dates.setdefault(profile, []).extend(_date(one) for one in below(element, "EntryEvent", "Date"))


_READERS = {
    "ReferenceValueSets": _read_words,
    "Location": _read_location,
    "IDRegDocument": _read_document,
    "SanctionsEntry": _read_sanctions,
}


def _entry(element: etree._Element, beside: _Beside, source_id: str) -> Entry:
    profile = next(found(element, "Profile"), None)
    reference = profile.get("ID", "") if profile is not None else ""
    if profile is None or not reference or reference not in beside.dates:
        raise ListRefused(
            f"line {element.sourceline}: a DistinctParty without profile or sanctions entry: the file is damaged or cut"
            " short, fetch it again"
        )
    identities = list(found(profile, "Identity"))
    features = [(beside.word("FeatureType", one.get("FeatureTypeID")), one) for one in found(profile, "Feature")]
    return Entry(
        list=source_id,
        reference=reference,
        kind=_kind(profile, beside),
        names=listed_names(_names(identities, beside, former=False), _names(identities, beside, former=True)),
        birth_dates=unique(
            date for one in _versions(features, {"Birthdate"}) for date in map(_span, found(one, "DatePeriod"))
        ),
        birth_places=unique(_value(one, beside) for one in _versions(features, {"Place of Birth"})),
        countries=unique(_country(one, beside) for one in _versions(features, COUNTRY_FEATURES)),
        addresses=unique(_value(one, beside) for one in _versions(features, {_ADDRESS_FEATURE})),
        numbers=tuple(dict.fromkeys((*_documents(identities, beside), *_feature_numbers(features, beside)))),
        programmes=unique(beside.programmes.get(reference, ())),
        listed_on=min(filter(None, beside.dates[reference]), default=""),
        remarks=text(element, "Comment"),
        measures=unique(beside.measures[reference]),
    )


def _kind(profile: etree._Element, beside: _Beside) -> EntryKind:
    """Vessel and Aircraft are subtypes; persons and entities have none of a name, their type tells."""
    number = profile.get("PartySubTypeID", "")
    subtype = beside.word("PartySubType", number).lower()
    kind = beside.word("PartyType", beside.subtypes.get(number)).lower()
    return KINDS.get(subtype) or KINDS.get(kind, EntryKind.ORGANISATION)


def _names(identities: list[etree._Element], beside: _Beside, *, former: bool) -> Iterator[tuple[str, Strength]]:
    for identity in identities:
        types = {
            one.get("ID", ""): beside.word("NamePartType", one.get("NamePartTypeID"))
            for one in below(identity, "NamePartGroups", "MasterNamePartGroup", "NamePartGroup")
        }
        for alias in found(identity, "Alias"):
            if (beside.word("AliasType", alias.get("AliasTypeID")) == _FORMER) is former:
                strength = _strength(alias)
                yield from ((_full_name(one, types), strength) for one in found(alias, "DocumentedName"))


def _strength(alias: etree._Element) -> Strength:
    if alias.get("Primary") == "true":
        return Strength.PRIMARY
    return Strength.WEAK if alias.get("LowQuality") == "true" else Strength.STRONG


def _full_name(name: etree._Element, types: dict[str, str]) -> str:
    """Given names first, as a payment carries them; names of one kind in the order they stand."""
    values = list(below(name, "DocumentedNamePart", "NamePartValue"))
    values.sort(key=lambda one: _GIVEN_FIRST.get(types.get(one.get("NamePartGroupID", ""), ""), len(_GIVEN_FIRST)))
    return " ".join(filter(None, map(whole, values)))


def _versions(features: list[tuple[str, etree._Element]], kinds: set[str] | frozenset[str]) -> Iterator[etree._Element]:
    for kind, feature in features:
        if kind in kinds:
            yield from found(feature, "FeatureVersion")


def _value(version: etree._Element, beside: _Beside) -> str:
    """A text, a word of the reference values, or a place."""
    for one in found(version, "VersionDetail"):
        if value := whole(one) or beside.word("DetailReference", one.get("DetailReferenceID")):
            return value
    places = (beside.locations.get(one.get("LocationID", ""), ("", ""))[0] for one in found(version, "VersionLocation"))
    return next(places, "")


def _country(version: etree._Element, beside: _Beside) -> str:
    """A place without a country of its own has the country's name as its only part."""
    places = (beside.locations.get(one.get("LocationID", ""), ("", ""))[1] for one in found(version, "VersionLocation"))
    return country_code(next(places, "") or _value(version, beside))


def _date(one: etree._Element) -> str:
    return cut_date(text(one, "Year"), text(one, "Month"), text(one, "Day"))


def _span(one: etree._Element) -> str:
    """From the first day of the start to the last of the end; about, where the publisher says so."""
    first = next(map(_date, below(one, "Start", "From")), "")
    last = next(map(_date, below(one, "End", "To")), "")
    about = any(limit.get("Approximate") == "true" for limit in found(one, "Start"))
    span = period(first, last)
    return f"{span}~" if about and span and "/" not in span else span


def _documents(identities: list[etree._Element], beside: _Beside) -> Iterator[ListedNumber]:
    for identity in identities:
        yield from beside.documents.get(identity.get("ID", ""), ())


def _feature_numbers(features: list[tuple[str, etree._Element]], beside: _Beside) -> Iterator[ListedNumber]:
    for kind, feature in features:
        if kind not in COUNTRY_FEATURES and kind != _ADDRESS_FEATURE and is_number_kind(kind):
            for version in found(feature, "FeatureVersion"):
                if value := _value(version, beside):
                    yield ListedNumber(kind.rstrip(":"), value)
