from __future__ import annotations

import pytest

from lists.entry import EntryKind, ListedName, ListedNumber, ListRefused, Strength
from lists.formats import eu_fsf_xml, recognise
from tests.lists.official import EU_XML, UN_XML


def test_persons_and_enterprises() -> None:
    person, lines, sons = eu_fsf_xml.parse({"main": EU_XML}, "EU")

    assert (person.list, person.reference, person.kind) == ("EU", "EU.1.11", EntryKind.PERSON)
    assert person.names == (
        ListedName("Mirza Oktabri", Strength.PRIMARY),
        ListedName("Mirsa Oktabri", Strength.STRONG),
        ListedName("Мирза Октабри", Strength.STRONG, "cyrl"),
        ListedName("The Heron", Strength.WEAK),
        ListedName("Mirsad Okta", Strength.WEAK),
    )
    assert person.birth_dates == ("1937-04-28", "1938-04~", "1935/1939", "1934/1934")
    assert person.birth_places == ("Vallin",)
    assert person.countries == ("IR",)
    assert person.addresses == ("1 Quay, Vallin, NORLAND",)
    assert person.numbers == (
        ListedNumber("passport", "A555 123", "IR"),
        ListedNumber("Old card", "77-88-99"),
        ListedNumber("other", "123456"),
        ListedNumber("email", "heron@example.com"),
    )
    assert (person.programmes, person.listed_on, person.remarks) == (("NOR",), "2003-07-08", "Seen in Vallin")

    assert (lines.reference, lines.kind, lines.listed_on) == ("14", EntryKind.ORGANISATION, "2014-05-01")
    assert lines.names == (ListedName("Vellamo Lines", Strength.WEAK),)
    assert (sons.reference, sons.kind, sons.listed_on) == ("15", EntryKind.ORGANISATION, "")
    assert sons.names == (ListedName("Heron & Sons", Strength.PRIMARY),)


def test_it_is_known_by_its_root_and_namespace() -> None:
    assert recognise(EU_XML, "x") is eu_fsf_xml
    assert not eu_fsf_xml.matches(b"<export/>", "x.xml")
    assert not eu_fsf_xml.matches(UN_XML, "x.xml")
    assert eu_fsf_xml.part(EU_XML, "x.xml") == ("x.xml", "main")
    assert eu_fsf_xml.source(EU_XML, "x.xml") == "EU"
    assert eu_fsf_xml.published({"main": EU_XML}) == "2026-04-22"
    assert not eu_fsf_xml.published({"main": b"<export/>"})


@pytest.mark.parametrize(
    ("raw", "says"),
    [
        (EU_XML.replace(b'logicalId="15"', b""), "a sanctionEntity without number"),
        (EU_XML[:900], "no well-formed XML"),
        (UN_XML, "does not begin with <export>"),
    ],
)
def test_a_damaged_list_is_refused(raw: bytes, says: str) -> None:
    with pytest.raises(ListRefused, match=says):
        list(eu_fsf_xml.parse({"main": raw}, "EU"))
