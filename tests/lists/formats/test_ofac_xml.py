from __future__ import annotations

from dataclasses import replace

import pytest

from lists.entry import ListRefused
from lists.formats import ofac_csv, ofac_xml, recognise
from tests.lists.official import ADD, ALT, COMMENTS, OFAC_XML, SDN


def test_xml_and_csv_of_one_list_give_the_same_entries() -> None:
    from_xml = list(ofac_xml.parse({"main": OFAC_XML}, "OFAC_SDN"))
    parts = {"sdn": SDN, "alt": ALT, "add": ADD, "comments": COMMENTS}
    from_csv = [replace(entry, remarks="") for entry in ofac_csv.parse(parts, "OFAC_SDN")]
    assert [replace(entry, remarks="", countries=()) for entry in from_xml] == [
        replace(entry, countries=()) for entry in from_csv
    ]
    assert [entry.countries for entry in from_xml] == [("CU",), ("RU",), ("CY",)]
    assert from_xml[1].remarks == "Seen in Vallin."


def test_it_is_known_by_its_root() -> None:
    assert recognise(OFAC_XML, "anything") is ofac_xml
    assert recognise(b"\xef\xbb\xbf" + OFAC_XML, "sdn.xml") is ofac_xml
    assert ofac_xml.part(OFAC_XML, "sdn.xml") == ("sdn.xml", "main")
    assert not ofac_xml.matches(b"<sanctions/>", "sdn.xml")
    assert not ofac_xml.matches(b"about <sdnList>", "sdn.xml")


def test_its_day_of_publication() -> None:
    assert ofac_xml.published({"main": OFAC_XML}) == "2025-03-28"
    assert not ofac_xml.published({"main": b"<sdnList/>"})


def test_which_of_the_two_lists_it_is() -> None:
    assert ofac_xml.source(OFAC_XML, "sdn.xml") == "OFAC_SDN"
    assert ofac_xml.source(OFAC_XML, "CONSOLIDATED.XML") == "OFAC_NON_SDN"
    assert ofac_xml.source(OFAC_XML.replace(b">CUBA<", b">NS-PLC<"), "list.xml") == "OFAC_NON_SDN"


@pytest.mark.parametrize(
    ("raw", "says"),
    [
        (
            OFAC_XML.replace(b"<Record_Count>3<", b"<Record_Count>1,204<").replace(b"1,204", b"1204"),
            "1,204 entries and holds 3",
        ),
        (OFAC_XML[: len(OFAC_XML) // 2], "no well-formed XML"),
        (OFAC_XML.replace(b"<uid>103</uid>", b""), "an sdnEntry without uid"),
        (b"", "the file is empty"),
    ],
)
def test_a_damaged_list_is_refused(raw: bytes, says: str) -> None:
    with pytest.raises(ListRefused, match=says):
        list(ofac_xml.parse({"main": raw}, "OFAC_SDN"))


def test_a_file_that_does_not_say_how_many_entries_it_holds_is_read() -> None:
    assert len(list(ofac_xml.parse({"main": OFAC_XML.replace(b"<Record_Count>3</Record_Count>", b"")}, "X"))) == 3
