"""The US screening list and OpenSanctions' files: what each says is kept, deltas are applied, damage is refused."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from lists.entry import EntryKind, ListedName, ListedNumber, ListRefused, Strength
from lists.formats import opensanctions_csv, opensanctions_json, recognise, us_csl_csv
from tests.lists.official_others import CSL, DELTA, FTM, NESTED, SIMPLE

if TYPE_CHECKING:
    from lists.formats.parts import ListFormat

PERSON, COMPANY, VESSEL, AIRCRAFT = EntryKind.PERSON, EntryKind.ORGANISATION, EntryKind.VESSEL, EntryKind.AIRCRAFT
PRIMARY, GOOD, WEAK = Strength.PRIMARY, Strength.STRONG, Strength.WEAK


def test_a_party_on_two_lists_of_the_us_is_one_entry() -> None:
    person, vessel, company = us_csl_csv.parse({"main": CSL}, "US_CSL")
    assert (person.reference, person.kind) == ("102", PERSON)
    assert person.names == (
        ListedName("Dmitri OKTABRSKI", PRIMARY),
        ListedName("Dima OKTABRSKY", GOOD),
        ListedName("HERON", GOOD),
    )
    assert person.measures == (
        "Specially Designated Nationals (SDN) - Treasury Department",
        "Palestinian Legislative Council List (PLC) - Treasury Department",
    )
    assert person.birth_dates == ("1954-10-07", "1955~")
    assert (person.birth_places, person.countries) == (("Vallin, Norland",), ("RU", "IR"))
    assert person.addresses == ("1 Quay, Vallin, NO", "2 Quay, Vallin, NO")
    assert person.numbers == (
        ListedNumber("Passport", "A0198761", "IR"),
        ListedNumber("C.U.R.P.", "AIMM67125HCHRRG06", "MX"),
        ListedNumber("Website", "x.example"),
    )
    assert (person.programmes, person.listed_on, person.remarks) == (("SDGT", "NOR"), "2003-07-08", "General Seen.")
    assert (vessel.kind, vessel.countries) == (VESSEL, ("CY", "Norland"))
    assert vessel.numbers == (
        ListedNumber("Vessel Registration Identification", "IMO 7406784"),
        ListedNumber("Call Sign", "P3QG3"),
    )
    assert (company.kind, company.name) == (COMPANY, "Vellamo Lines, Inc.")


def test_entities_with_what_stands_beside_them() -> None:
    person, company, vessel = opensanctions_json.parse({"main": FTM}, "OPENSANCTIONS")
    assert (person.reference, person.kind, person.remarks) == ("NK-1", PERSON, "General")
    assert person.names == (
        ListedName("Mirza Oktabri", PRIMARY),
        ListedName("Oktabri Mirza", GOOD),
        ListedName("Мирза Октабри", GOOD, "cyrl"),
        ListedName("Mirza Vell", GOOD, "latn", former=True),
        ListedName("Heron", WEAK),
    )
    assert (person.birth_dates, person.birth_places, person.countries) == (("1976-10",), ("Vallin",), ("RU", "IR"))
    assert person.addresses == ("1 Quay", "2 Quay, Vallin")
    assert person.numbers == (
        ListedNumber("Passport", "D0009925"),
        ListedNumber("E-mail", "m@example.com"),
        ListedNumber("Passport", "P77", "IR"),
        ListedNumber("tazkira", "T-1"),
    )
    assert person.programmes == ("NOR-1", "Norland", "nor_list")
    assert (person.measures, person.listed_on) == (("Asset freeze",), "2020-01-02")
    assert (company.kind, company.name) == (COMPANY, "Mirza Oktabri")
    assert company.addresses == ("3 Quay, Vallin",)
    assert company.numbers == (ListedNumber("Registration number", "808000714"), ListedNumber("Wallet", "0xabc"))
    assert (vessel.kind, vessel.name, vessel.countries) == (VESSEL, "BLUE HERON", ("CY",))


def test_what_is_nested_counts_as_if_it_stood_beside() -> None:
    [person] = opensanctions_json.parse({"main": NESTED}, "OPENSANCTIONS")
    assert (person.addresses, person.programmes) == (("2 Quay, Vallin",), ("Norland", "nor_list"))
    assert person.numbers == (ListedNumber("Passport", "P77"),)


def test_deltas_are_applied_in_the_order_of_their_versions() -> None:
    later = (
        b'{"op": "ADD", "entity": ' + json.dumps({"id": "NK-3", "schema": "Vessel", "caption": "EGRET"}).encode() + b"}"
    )
    names = ["20260501000000-abc.entities.delta.json", "20260502000000-abc.entities.delta.json", "entities.ftm.json"]
    raws = [DELTA, later, FTM]
    parts = [opensanctions_json.part(raw, name) for raw, name in zip(raws, names, strict=True)]
    assert {group for group, _part in parts} == {"entities"}
    entries = opensanctions_json.parse(
        {part: raw for (_group, part), raw in zip(reversed(parts), reversed(raws), strict=True)}, "OPENSANCTIONS"
    )
    assert [(entry.reference, entry.name) for entry in entries] == [
        ("NK-1", "Mirza Oktabri"),
        ("NK-2", "Vellamo Lines"),
        ("NK-9", "Vell Fund"),
        ("NK-3", "EGRET"),
    ]
    assert opensanctions_json.part(DELTA, "entities.delta.json") == ("entities", "delta entities.delta.json")
    assert opensanctions_json.published({"main": b"", "delta": DELTA}) == "2026-05-01"


def test_the_table_of_targets() -> None:
    person, plane = opensanctions_csv.parse({"main": SIMPLE}, "OPENSANCTIONS")
    assert (person.reference, person.kind, person.listed_on) == ("NK-1", PERSON, "2025-10-06")
    assert [(name.text, name.strength) for name in person.names] == [
        ("Mirza Oktabri", PRIMARY),
        ("Мирза Октабри", GOOD),
        ("The Heron", GOOD),
    ]
    assert (person.birth_dates, person.countries, person.addresses) == (
        ("1976-10-20",),
        ("RU", "IR"),
        ('"1 Quay',),  # a quotation mark that does not close
    )
    assert person.numbers == (
        ListedNumber("identifier", "7744001497"),
        ListedNumber("IMO number", "IMO7406784"),
        ListedNumber("LEI", "253400WSS48YWMBUA688"),
        ListedNumber("E-mail", "m@example.com"),
        ListedNumber("E-mail", "x@example.com"),
    )
    assert (person.programmes, person.remarks) == (("NOR-1", "Norland list"), "Reason; with a semicolon")
    assert (plane.kind, plane.numbers) == (AIRCRAFT, ())


@pytest.mark.parametrize(
    ("known", "raw", "name", "source", "published"),
    [
        (us_csl_csv, CSL, "consolidated.csv", "US_CSL", ""),
        (opensanctions_json, FTM, "entities.ftm.json", "OPENSANCTIONS", "2026-05-01"),
        (opensanctions_json, NESTED, "targets.nested.json", "OPENSANCTIONS", "2026-05-01"),
        (opensanctions_csv, SIMPLE, "targets.simple.csv", "OPENSANCTIONS", "2026-05-01"),
    ],
)
def test_each_is_known_by_its_content(known: ListFormat, raw: bytes, name: str, source: str, published: str) -> None:
    assert recognise(raw, name) is known
    assert not known.matches(b"a,b,c", name)
    assert not known.matches(raw, "x.pdf")
    assert known.part(raw, name)[1] == "main"
    assert known.source(raw, name) == source
    assert known.published({"main": raw}) == published
    assert not known.published({"main": b"x"})


@pytest.mark.parametrize(
    ("known", "parts", "says"),
    [
        (us_csl_csv, {"main": CSL[:-100]}, "unexpected end of data"),
        (us_csl_csv, {"main": CSL.replace(b'"BLUE HERON"', b'""')}, "line 5: no _id or no name"),
        (us_csl_csv, {"main": b"_id,source\n"}, "no column 'type'"),
        (opensanctions_json, {"main": FTM[:-50]}, "line 10: no JSON"),
        (opensanctions_json, {"main": FTM + FTM}, "line 12: entity NK-1 stands in it twice"),
        (opensanctions_json, {"main": b'{"id": "x"}'}, "line 1: an entity without id or schema"),
        (opensanctions_json, {"main": b"[1]\n"}, "line 1: an entity without id or schema"),
        (opensanctions_json, {"main": b"\n \n"}, "is empty"),
        (opensanctions_json, {"delta 1": DELTA}, "a delta file alone is no list"),
        (opensanctions_json, {"main": NESTED, "delta 1": DELTA}, "delta 1, line 2: MOD of entity NK-2, which is not"),
        (opensanctions_json, {"main": FTM, "delta 1": DELTA + b"\n{}"}, "delta 1, line 4: no change"),
        (
            opensanctions_json,
            {"main": FTM, "delta 1": b'{"op": "NEW", "entity": {"id": "x"}}'},
            r"no change \(op 'NEW'\)",
        ),
        (opensanctions_csv, {"main": SIMPLE.replace(b'"NK-2"', b'""')}, "line 3: a target without id or name"),
        (opensanctions_csv, {"main": SIMPLE.replace(b'"EP-VLL",', b"")}, "line 3: 15 columns"),
    ],
)
def test_a_damaged_list_is_refused(known: ListFormat, parts: dict[str, bytes], says: str) -> None:
    with pytest.raises(ListRefused, match=says) as refused:
        list(known.parse(parts, "X"))
    assert "\n" not in str(refused.value)
