from __future__ import annotations

import pytest

from lists.entry import EntryKind, ListedName, ListedNumber, ListRefused, Strength
from lists.formats import recognise, un_xml
from tests.lists.official import OFAC_XML, UN_XML


def test_persons_and_entities() -> None:
    person, committee = un_xml.parse({"main": UN_XML}, "UN")

    assert (person.list, person.reference, person.kind) == ("UN", "NLi.001", EntryKind.PERSON)
    assert person.names == (
        ListedName("DARIUSZ OKTABRSKI", Strength.PRIMARY),
        ListedName("Дариуш Октябрьский", Strength.STRONG, "cyrl"),
        ListedName("Darius Oktabri", Strength.STRONG),
        ListedName("Darjusch Oktabri", Strength.STRONG),
        ListedName("Abu Nor", Strength.WEAK),
        ListedName("Дядя Лев", Strength.WEAK, "cyrl"),
    )
    assert person.birth_dates == ("1961-05-03", "1962~", "1960/1963", "1959/1959")
    assert person.birth_places == ("Vallin, Norland",)
    assert person.countries == ("IR", "RU")
    assert person.addresses == ("Vallin, Norland",)
    assert person.numbers == (
        ListedNumber("Passport", "OB 0243318", "IR"),
        ListedNumber("Vallish identification card number 545167", "Vallish identification card number 545167"),
        ListedNumber("document", "99 88"),
    )
    assert (person.programmes, person.listed_on, person.remarks) == (("Norland",), "2012-12-31", "Seen in Vallin.")

    assert (committee.reference, committee.kind) == ("NLe.001", EntryKind.ORGANISATION)
    assert [(name.text, name.strength) for name in committee.names] == [
        ("VALLISH SUPPORT COMMITTEE (VSC)", Strength.PRIMARY),
        ("VALLISH SUPPORT COMMITTEE", Strength.PRIMARY),
        ("Committee of Vallin", Strength.STRONG),
        ("VSC", Strength.WEAK),
    ]
    assert committee.addresses == ("1 Quay, Vallin, Norland",)


def test_it_is_known_by_its_root() -> None:
    assert recognise(UN_XML, "x") is un_xml
    assert not un_xml.matches(OFAC_XML, "consolidated.xml")
    assert un_xml.part(UN_XML, "x.xml") == ("x.xml", "main")
    assert un_xml.source(UN_XML, "x.xml") == "UN"
    assert un_xml.published({"main": UN_XML}) == "2026-02-27"
    assert not un_xml.published({"main": b"<CONSOLIDATED_LIST/>"})


@pytest.mark.parametrize(
    ("raw", "says"),
    [
        (
            UN_XML.replace(b"<REFERENCE_NUMBER>NLi.001</REFERENCE_NUMBER>", b""),
            "an INDIVIDUAL without REFERENCE_NUMBER",
        ),
        (UN_XML[:-30], "no well-formed XML"),
        (OFAC_XML, "does not begin with <CONSOLIDATED_LIST>"),
    ],
)
def test_a_damaged_list_is_refused(raw: bytes, says: str) -> None:
    with pytest.raises(ListRefused, match=says):
        list(un_xml.parse({"main": raw}, "UN"))
