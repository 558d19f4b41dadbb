"""OFAC's enhanced and advanced XML: the same entries as the legacy XML of the same list, and what they alone have."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from lists.entry import EntryKind, ListedName, ListRefused, Strength
from lists.formats import ofac_advanced_xml, ofac_enhanced_xml, ofac_xml, recognise
from tests.lists.official import OFAC_XML
from tests.lists.official_ofac import ADVANCED, ENHANCED, zipped

if TYPE_CHECKING:
    from lists.entry import Entry
    from lists.formats.parts import ListFormat

CYRILLIC = ListedName("Дмитрий Октябрьский", Strength.PRIMARY, "cyrl")
NEWER = [(ofac_enhanced_xml, ENHANCED), (ofac_advanced_xml, ADVANCED)]


def comparable(entry: Entry) -> Entry:
    """What legacy and newer files both say, numbers in one order."""
    names = tuple(name for name in entry.names if name != CYRILLIC)
    numbers = tuple(sorted(entry.numbers, key=lambda number: number.value))
    return replace(entry, names=names, numbers=numbers, measures=(), listed_on="")


@pytest.mark.parametrize(("known", "raw"), NEWER)
def test_they_give_the_entries_of_the_legacy_xml(known: ListFormat, raw: bytes) -> None:
    legacy = list(map(comparable, ofac_xml.parse({"main": OFAC_XML}, "OFAC_SDN")))
    assert list(map(comparable, known.parse({"main": raw}, "OFAC_SDN"))) == legacy
    assert list(map(comparable, known.parse({"main": zipped(raw)}, "OFAC_SDN"))) == legacy
    assert list(map(comparable, ofac_xml.parse({"main": zipped(OFAC_XML)}, "OFAC_SDN"))) == legacy


@pytest.mark.parametrize(("known", "raw"), NEWER)
def test_former_names_measures_and_days_are_kept(known: ListFormat, raw: bytes) -> None:
    company, _person, vessel = known.parse({"main": raw}, "OFAC_SDN")
    assert company.measures == ("Block", "SDN List")
    assert company.listed_on == "2003-07-08"
    assert [(name.text, name.former) for name in vessel.names] == [("BLUE HERON", False), ("GREY HERON", True)]


def test_names_come_in_all_their_scripts() -> None:
    assert CYRILLIC in list(ofac_enhanced_xml.parse({"main": ENHANCED}, "X"))[1].names


@pytest.mark.parametrize(("known", "raw"), NEWER)
def test_they_are_known_by_their_roots_zipped_or_not(known: ListFormat, raw: bytes) -> None:
    assert recognise(raw, "x") is known
    assert recognise(zipped(raw), "x.zip") is known
    assert known.part(raw, "x.xml") == ("x.xml", "main")
    assert known.published({"main": raw}) == known.published({"main": zipped(raw)}) == "2025-03-28"
    assert not known.published({"main": b"<x/>"})


def test_which_of_the_two_lists_it_is() -> None:
    consolidated = ENHANCED.replace(b">SDN List<", b">Consolidated List<")
    assert ofac_enhanced_xml.source(ENHANCED, "x") == "OFAC_SDN"
    assert ofac_enhanced_xml.source(zipped(consolidated), "x.zip") == "OFAC_NON_SDN"
    assert ofac_advanced_xml.source(ADVANCED, "sdn_advanced.xml") == "OFAC_SDN"
    assert ofac_advanced_xml.source(ADVANCED, "cons_advanced.xml") == "OFAC_NON_SDN"
    assert ofac_advanced_xml.source(ADVANCED.replace(b'ListID="1550"', b'ListID="91512"'), "x") == "OFAC_NON_SDN"
    assert ofac_advanced_xml.source(b"<Sanctions/>", "x") == "OFAC_SDN"
    assert ofac_xml.source(zipped(OFAC_XML.replace(b">CUBA<", b">NS-PLC<")), "x.zip") == "OFAC_NON_SDN"


def test_a_date_only_in_words_and_a_name_only_as_a_whole() -> None:
    raw = ENHANCED.replace(b"valueDate>", b"gone>").replace(b"formattedLastName>VSC<", b"formattedFullName>VSC<")
    raw = raw.replace(b"VSC</formattedLastName>", b"VSC</formattedFullName>")
    company, person, _vessel = ofac_enhanced_xml.parse({"main": raw}, "X")
    assert person.birth_dates == ("1954-10-07", "1955~")
    assert company.names[-1] == ListedName("VSC", Strength.WEAK)


def test_an_interval_is_no_guess() -> None:
    raw = ENHANCED.replace(b"<toDateEnd>1955-12-31<", b"<toDateEnd>1957-12-31<")
    assert list(ofac_enhanced_xml.parse({"main": raw}, "X"))[1].birth_dates[-1] == "1955/1957"


def test_an_unknown_kind_of_party_is_an_organisation() -> None:
    raw = ADVANCED.replace(b'PartySubTypeID="4"', b'PartySubTypeID="77"')
    assert list(ofac_advanced_xml.parse({"main": raw}, "X"))[1].kind is EntryKind.ORGANISATION


@pytest.mark.parametrize(
    ("known", "raw", "says"),
    [
        (ofac_enhanced_xml, ENHANCED.replace(b' id="103"', b""), "an entity without id"),
        (ofac_enhanced_xml, ENHANCED[:-60], "no well-formed XML"),
        (ofac_enhanced_xml, zipped(ENHANCED)[:-60], "no sound zip archive"),
        (ofac_advanced_xml, ADVANCED.replace(b'<Profile ID="103"', b"<Profile"), "DistinctParty without profile"),
        (ofac_advanced_xml, ADVANCED.replace(b"Profile", b"Other"), "DistinctParty without profile"),
        (ofac_advanced_xml, ADVANCED.replace(b'ProfileID="102"', b'ProfileID="999"'), "DistinctParty without profile"),
        (
            ofac_advanced_xml,
            ADVANCED.replace(b"</SanctionsEntries>", b'<SanctionsEntry ProfileID="7"/></SanctionsEntries>'),
            r"1 sanctions entries \(7 for one\) belong to no party",
        ),
    ],
)
def test_a_damaged_list_is_refused(known: ListFormat, raw: bytes, says: str) -> None:
    with pytest.raises(ListRefused, match=says):
        list(known.parse({"main": raw}, "X"))
