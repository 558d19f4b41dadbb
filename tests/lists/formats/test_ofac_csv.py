from __future__ import annotations

import pytest

from lists.entry import EntryKind, ListedName, ListedNumber, ListRefused, Strength
from lists.formats import ofac_csv, recognise
from tests.lists.official import ADD, ALT, COMMENTS, SDN

ALL = {"sdn": SDN, "alt": ALT, "add": ADD, "comments": COMMENTS}


def test_the_four_files_make_one_list() -> None:
    company, person, vessel = ofac_csv.parse(ALL, "OFAC_SDN")

    assert (company.list, company.reference, company.kind) == ("OFAC_SDN", "101", EntryKind.ORGANISATION)
    assert company.names == (
        ListedName("VELLAMO SHIPPING CO., LTD.", Strength.PRIMARY),
        ListedName("VELLAMO LINES", Strength.STRONG),
        ListedName("VSC", Strength.WEAK),
    )
    assert company.addresses == ("Havana, Cuba", "Ibis House, London EC3N 1DY, United Kingdom")
    assert company.numbers == (ListedNumber("SWIFT/BIC", "VELLGB2L"),)
    assert company.programmes == ("CUBA",)

    assert person.kind is EntryKind.PERSON
    assert [name.text for name in person.names] == ["Dmitri Pavlovich OKTABRSKI", "Dima OKTABRSKY"]
    assert person.birth_dates == ("1954-10-07", "1955~")
    assert person.birth_places == ("Vallin, Norland",)
    assert person.countries == ("RU",)
    assert person.programmes == ("SDGT", "IRAN-EO13902")
    assert person.numbers == (
        ListedNumber("Passport", "A0198761", "IR"),
        ListedNumber("Passport", "OA 454044"),
        ListedNumber("Tax ID No.", "7744001497", "RU"),
    )

    assert vessel.kind is EntryKind.VESSEL
    assert [name.text for name in vessel.names] == ["BLUE HERON", "GREY HERON"]
    assert vessel.countries == ("CY",)
    assert vessel.numbers == (
        ListedNumber("Vessel Registration Identification", "IMO 7406784"),
        ListedNumber("Call Sign", "P3QG3"),
    )


def test_the_main_file_alone_is_a_list() -> None:
    assert [len(entry.names) for entry in ofac_csv.parse({"sdn": SDN}, "X")] == [2, 1, 2]


def test_remarks_go_on_in_the_comments_file_where_they_were_cut() -> None:
    cut = {"sdn": SDN.replace(b"Seen", b""), "comments": b'101,"; Company Number 01074897 (United Kingdom)."\r\n'}
    assert next(ofac_csv.parse(cut, "X")).numbers[-1] == ListedNumber("Company Number", "01074897", "GB")


def test_an_entry_without_programme_has_none() -> None:
    bare = b'7,"NOBODY",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- \r\n'
    assert next(ofac_csv.parse({"sdn": bare}, "X")).programmes == ()


@pytest.mark.parametrize(
    ("raw", "name", "part"),
    [
        (SDN, "sdn.csv", ("", "sdn")),
        (SDN, "SDN.CSV", ("", "sdn")),
        (ALT, "alt.csv", ("", "alt")),
        (ADD, "cons_add.csv", ("cons", "add")),
        (COMMENTS, "sdn_comments.csv", ("", "comments")),
        (SDN, "cons_prim.csv", ("cons", "sdn")),
        (b"ent_num,add_num,address,city,country,add_remarks\r\n" + ADD, "add.csv", ("", "add")),
        (b"\xef\xbb\xbf" + SDN, "sdn_2026.csv", ("2026", "sdn")),
    ],
)
def test_each_file_is_known_as_its_part(raw: bytes, name: str, part: tuple[str, str]) -> None:
    assert recognise(raw, name) is ofac_csv
    assert ofac_csv.part(raw, name) == part


def test_a_header_is_no_entry() -> None:
    header = b"ent_num,SDN_name,SDN_type,Program,Title,Call_Sign,Vess_type,Tonnage,GRT,Vess_flag,Vess_owner,Remarks\r\n"
    assert len(list(ofac_csv.parse({"sdn": header + SDN}, "X"))) == 3


def test_its_name_tells_which_list_it_is() -> None:
    assert ofac_csv.source(SDN, "cons_prim.csv") == "OFAC_NON_SDN"
    assert ofac_csv.source(SDN, "sdn.csv") == "OFAC_SDN"
    assert not ofac_csv.published(ALL)


@pytest.mark.parametrize(
    ("raw", "name"),
    [
        (SDN, "sdn.txt"),
        (b"", "sdn.csv"),
        (b"\r\n\r\n", "sdn.csv"),
        (b"name,kind\r\nX,person\r\n", "sdn.csv"),
        (b"1,2,3\r\n", "sdn.csv"),
        (b"<html><body>404</body></html>", "sdn.csv"),
        (b"1,one\rtwo,three\r\n", "sdn.csv"),
    ],
)
def test_other_files_are_not_taken_for_it(raw: bytes, name: str) -> None:
    assert not ofac_csv.matches(raw, name)
    assert ofac_csv.part(raw, name)[1] in {"", "sdn"}


@pytest.mark.parametrize(
    ("parts", "says"),
    [
        ({"alt": ALT}, "alt without the main file"),
        ({"sdn": SDN[:250]}, "cut short"),
        ({"sdn": b"104,too,few\r\n" + SDN}, "part sdn, line 1: 3 columns"),
        ({"sdn": b'x,"A",,,,,,,,,,\r\n' + SDN}, "beginning 'x'"),
        ({"sdn": SDN + b'104,"caf\xe9",,,,,,,,,,\r\n'}, "no UTF-8"),
        ({"sdn": SDN, "alt": b'999,1,"aka","GHOST",-0- \r\n' + ALT}, "1 of 3 rows of part alt"),
        ({"sdn": SDN, "add": ALT}, "part add, line 1: 5 columns"),
    ],
)
def test_a_damaged_list_is_refused_with_the_place_and_the_way_out(parts: dict[str, bytes], says: str) -> None:
    with pytest.raises(ListRefused, match=says) as refused:
        list(ofac_csv.parse(parts, "OFAC_SDN"))
    assert "\n" not in str(refused.value)
    assert any(way in str(refused.value) for way in ("fetch", "put sdn.csv"))


def test_an_overlong_cell_is_refused() -> None:
    with pytest.raises(ListRefused, match="field larger than field limit"):
        list(ofac_csv.parse({"sdn": b'1,"' + b"x" * 200_000 + b'"\r\n'}, "X"))


def test_an_empty_part_adds_nothing() -> None:
    assert len(list(ofac_csv.parse({"sdn": SDN, "alt": b"\x1a"}, "X"))) == 3
