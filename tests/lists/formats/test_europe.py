"""The lists of the EU (csv), the United Kingdom, France and Switzerland: what each says is kept, damage is refused."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from lists.entry import EntryKind, ListedName, ListedNumber, ListRefused, Strength
from lists.formats import ch_seco_xml, eu_fsf_csv, eu_fsf_xml, fr_gels_json, recognise, uk_fcdo_xml, uk_ofsi_csv
from tests.lists.official import EU_XML
from tests.lists.official_europe import CH_XML, EU_CSV, EU_CSV_OLD, FR_JSON, UK_OFSI, UK_XML

if TYPE_CHECKING:
    from lists.formats.parts import ListFormat

PERSON, COMPANY, VESSEL, AIRCRAFT = EntryKind.PERSON, EntryKind.ORGANISATION, EntryKind.VESSEL, EntryKind.AIRCRAFT
PRIMARY, GOOD, WEAK = Strength.PRIMARY, Strength.STRONG, Strength.WEAK


def test_csv_and_xml_of_the_eu_give_the_same_entries_but_for_weak_names() -> None:
    from_xml = list(eu_fsf_xml.parse({"main": EU_XML}, "EU"))
    from_csv = list(eu_fsf_csv.parse({"main": EU_CSV}, "EU"))
    assert {name.text for name in from_csv[0].names} == {name.text for name in from_xml[0].names}
    assert [replace(entry, names=()) for entry in from_csv] == [replace(entry, names=()) for entry in from_xml]
    assert from_csv[0].names[-1] == ListedName("Mirsad Okta", WEAK)


def test_the_eus_csv_as_it_was_before_2019() -> None:
    [entry] = eu_fsf_csv.parse({"main": EU_CSV_OLD}, "EU")
    assert (entry.reference, entry.kind, entry.name) == ("EU.36.64", PERSON, "Rénée Oktabri")
    assert entry.birth_dates == ("1924-02-21",)
    assert entry.birth_places == ("al-Vell, near Vallin, NOR",)
    assert entry.addresses == ("1 Quay, Vallin, NOR",)
    assert entry.countries == ("IQ",)
    assert entry.numbers == (ListedNumber("passport", "AD001"), ListedNumber("website", "www.example.com"))
    assert (entry.programmes, entry.listed_on, entry.remarks) == (("NOR",), "2002-09-13", "(Seen in Vallin)")


def test_the_uk_sanctions_list() -> None:
    person, ship, company = uk_fcdo_xml.parse({"main": UK_XML}, "UK")
    assert (person.reference, person.kind) == ("NOR0001", PERSON)
    assert person.names == (
        ListedName("Mirza Bek OKTABRI", PRIMARY),
        ListedName("OKTABRY", GOOD),
        ListedName("Mirsa", GOOD),
        ListedName("Мирза Октабри", GOOD, "cyrl"),
        ListedName("Heron", WEAK),
    )
    assert person.birth_dates == ("1945", "1969-06-04")
    assert person.birth_places == ("Vallin, Norland",)
    assert person.countries == ("IR", "RU")
    assert person.addresses == ("1 Quay, Vallin, 0001, Norland",)
    assert person.numbers == (
        ListedNumber("Passport", "D0009925", "AF"),
        ListedNumber("National identification number", "545167"),
        ListedNumber("E-mail", "m@example.com"),
        ListedNumber("Website", "www.example.com"),
        ListedNumber("Wallet", "0x52908400098527886E0F7030069857D2E4169EE7"),
        ListedNumber("SWIFT/BIC", "VELLGB2L"),
    )
    assert person.measures == ("Asset freeze", "Travel Ban")
    assert person.programmes == ("The Norland (Sanctions) Regulations 2020",)
    assert person.listed_on == "2012-06-29"
    assert (ship.kind, ship.countries, ship.numbers) == (
        VESSEL,
        ("CY", "LR"),
        (ListedNumber("IMO number", "IMO7406784"),),
    )
    assert (company.kind, company.numbers) == (
        COMPANY,
        (ListedNumber("Business registration number", "7704 (Norland)"),),
    )


def test_the_former_list_of_ofsi() -> None:
    person, old_vessel, vessel, company = uk_ofsi_csv.parse({"main": UK_OFSI}, "UK_OFSI")
    assert (person.reference, person.kind, person.listed_on) == ("13349", PERSON, "2016-04-01")
    assert person.names == (
        ListedName("Mirza Bek OKTABRI", PRIMARY),
        ListedName("Мирза Октабри", GOOD, "cyrl"),
        ListedName("Mirza OLDNAME", GOOD, "latn", former=True),
        ListedName("Mirza OKTABRY", WEAK),
    )
    assert person.birth_dates == ("1980", "1979-08-01")
    assert person.birth_places == ("Vallin, Norland", "Vallin", "Oxel", "Norland", "Iran")
    assert person.countries == ("SA", "QA", "IR")
    assert person.addresses == ("Afghanistan (since 2009)", "1 Quay, Vallin, 0001, Norland")
    assert person.numbers == (
        ListedNumber("Passport", "592667", "QA"),
        ListedNumber("Passport", "191609", "TN"),
        ListedNumber("Passport", "04643632", "TN"),
        ListedNumber("National identification number", "3603251708570001"),
    )
    assert (old_vessel.kind, vessel.kind, company.kind) == (VESSEL, VESSEL, COMPANY)
    assert old_vessel.numbers == (ListedNumber("IMO number", "7406784"), ListedNumber("MMSI", "445539000"))


def test_the_french_register() -> None:
    person, company, ship, other_ship = fr_gels_json.parse({"main": FR_JSON}, "FR")
    assert (person.reference, person.kind, person.remarks) == ("4240", PERSON, "Général")
    assert person.names == (
        ListedName("Mirza Bek OKTABRI", PRIMARY),
        ListedName("Mirsa OKTABRI", PRIMARY),
        ListedName("Мирза ОКТАБРИ", GOOD, "cyrl"),
        ListedName("Vell", GOOD, "latn", former=True),
        ListedName("Nor", WEAK),
    )
    assert person.birth_dates == ("1976-10-20", "1977")
    assert person.birth_places == ("Vallin, NORLANDE",)
    assert person.countries == ("RU", "KP")
    assert person.addresses == ("1, quai de Vallin",)
    assert person.numbers == (
        ListedNumber("Passeport", "D0009925"),
        ListedNumber("Passeport", "/"),
        ListedNumber("E-mail", "m@example.com"),
    )
    assert (person.programmes, person.measures) == (("(UE) 2020/1",), ("Gel des avoirs",))
    assert (company.kind, company.addresses) == (COMPANY, ("Vallin, NORLANDE",))
    assert company.numbers == (
        ListedNumber("Numéro d\u2019enregistrement", "1023202741781"),
        ListedNumber("Numéro d'identification fiscale", "7325081527"),
        ListedNumber("Identification", "205939411"),
        ListedNumber("Wallet", "0x52908400098527886E0F7030069857D2E4169EE7"),
    )
    assert (ship.kind, ship.name, ship.numbers) == (VESSEL, "BLUE HERON", (ListedNumber("IMO", "7406784"),))
    assert (other_ship.kind, other_ship.name) == (VESSEL, "GREY HERON")


def test_the_swiss_list() -> None:
    person, vessel, aircraft, fund = ch_seco_xml.parse({"main": CH_XML}, "CH")
    assert (person.reference, person.kind) == ("5142", PERSON)
    assert person.names == (
        ListedName("Mirza Oktabri", PRIMARY),
        ListedName("Мирза Октабри", PRIMARY, "cyrl"),
        ListedName("Mirza Oktabry", PRIMARY),
        ListedName("Ali Vell", GOOD),
        ListedName("Mirza Vell", GOOD, "latn", former=True),
        ListedName("Heron", WEAK),
    )
    assert person.birth_dates == ("1980-03-23", "1981~", "1982/1984")
    assert person.birth_places == ("Vallin, Norland",)
    assert person.countries == ("IQ",)
    assert person.addresses == ("Sports Club, 0001, Afghanistan",)
    assert person.numbers == (
        ListedNumber("passport", "D0009925", "AF"),
        ListedNumber("document", "4711", "IR"),
        ListedNumber("id-card", "4712"),
    )
    assert (person.programmes, person.measures) == (("Norland", "Verordnung"), ("Financial measures", "Voyages"))
    assert (person.listed_on, person.remarks) == ("2015-11-18", "Seen.")
    assert (vessel.kind, vessel.numbers) == (VESSEL, (ListedNumber("IMO number", "7406784"),))
    assert (aircraft.kind, fund.kind) == (AIRCRAFT, COMPANY)


@pytest.mark.parametrize(
    ("known", "raw", "name", "source", "published"),
    [
        (eu_fsf_csv, EU_CSV, "x.csv", "EU", "2026-04-22"),
        (eu_fsf_csv, EU_CSV_OLD, "x.csv", "EU", "2018-07-04"),
        (uk_fcdo_xml, UK_XML, "x.xml", "UK", "2026-09-02"),
        (uk_ofsi_csv, UK_OFSI, "ConList.csv", "UK_OFSI", "2018-04-13"),
        (fr_gels_json, FR_JSON, "x.json", "FR", "2026-05-31"),
        (ch_seco_xml, CH_XML, "x.xml", "CH", "2026-08-27"),
    ],
)
def test_each_is_known_by_its_content(known: ListFormat, raw: bytes, name: str, source: str, published: str) -> None:
    assert recognise(raw, name) is known
    assert not known.matches(b"a;b;c", name)
    assert not known.matches(raw, "x.pdf") or name.endswith(".xml")
    assert known.part(raw, name) == (name, "main")
    assert known.source(raw, name) == source
    assert known.published({"main": raw}) == published
    assert not known.published({"main": b"x"})


@pytest.mark.parametrize(
    ("known", "raw", "says"),
    [
        (eu_fsf_csv, EU_CSV.replace(b";14;", b";x;"), r"line 15: Entity_LogicalId 'x' is no number"),
        (eu_fsf_csv, EU_CSV[:-40], "line 16: "),
        (eu_fsf_csv, EU_CSV + b'"cut', "unexpected end of data"),
        (eu_fsf_csv, b"a;b\n1;2\n", "no column 'Entity_LogicalId'"),
        (uk_fcdo_xml, UK_XML.replace(b"<UniqueID>NOR0002</UniqueID>", b""), "a Designation without UniqueID"),
        (uk_fcdo_xml, UK_XML[:-30], "no well-formed XML"),
        (uk_ofsi_csv, UK_OFSI.replace(b",13556", b",x"), "Group ID 'x' is no number"),
        (uk_ofsi_csv, b"Name 6,Name 1\n", "does not begin with 'Last Updated'"),
        (uk_ofsi_csv, b"Last Updated,1\n", "no column 'Name 6'"),
        (uk_ofsi_csv, UK_OFSI.replace(b"\xd0", b"\xff"), "is no UTF-8"),
        (fr_gels_json, FR_JSON[:-3], "no JSON"),
        (fr_gels_json, b'{"PublicationDetail": []}', "no Publications/PublicationDetail"),
        (fr_gels_json, FR_JSON.replace(b'"OKTABRI"', b"null"), "entry 1 has no IdRegistre or no Nom"),
        (fr_gels_json, b"<!DOCTYPE html><html>", "an HTML page"),
        (ch_seco_xml, CH_XML.replace(b'<target ssid="34462"', b"<target"), "a target without number or subject"),
        (ch_seco_xml, CH_XML[:-30], "no well-formed XML"),
    ],
)
def test_a_damaged_list_is_refused(known: ListFormat, raw: bytes, says: str) -> None:
    with pytest.raises(ListRefused, match=says) as refused:
        list(known.parse({"main": raw}, "X"))
    assert "\n" not in str(refused.value)


def test_a_register_without_details_has_names_alone() -> None:
    raw = json.dumps({"Publications": {"PublicationDetail": [{"IdRegistre": 1, "Nom": "VELL"}]}}).encode()
    [entry] = fr_gels_json.parse({"main": raw}, "FR")
    assert (entry.kind, entry.name, entry.numbers) == (COMPANY, "VELL", ())
