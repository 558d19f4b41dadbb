from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lists.entry import Entry, EntryKind, ListedName, ListedNumber
from lists.numbers import Family, NumberIndex, family_of_kind, family_of_scheme, normal

WALLET = "12VeLLaBXqqqqqqqqqqqqqqqqqqqqqqqqq"

LISTED = {
    "person": [
        ListedNumber("Passport", "A0198761", "IR"),
        ListedNumber("National ID No.", "486298"),
        ListedNumber("Passport", "OA 454044"),
        ListedNumber("Passport", "Vallish passport number SE 012820"),
        ListedNumber("Tax ID No.", "7744001497"),
        ListedNumber("passport", "B1112223 or C4445556 (two names)"),
        ListedNumber("Email Address", "boss@example.com"),
    ],
    "bank": [
        ListedNumber("SWIFT/BIC", "VELLGB2L"),
        ListedNumber("Legal Entity Number", "253400WSS48YWMBUA688"),
        ListedNumber("SWIFT/BIC", "not one"),
        ListedNumber("Registration Number", "0000000"),
        ListedNumber("Company Number", "A12"),
    ],
    "ship": [
        ListedNumber("Vessel Registration Identification", "IMO 7406784"),
        ListedNumber("MMSI", "422998001"),
    ],
    "plane": [ListedNumber("Aircraft Tail Number", "XQ-GOM"), ListedNumber("Aircraft Tail Number", "XQ-A")],
    "thief": [ListedNumber("Digital Currency Address - XBT", WALLET)],
}


def entry(reference: str) -> Entry:
    name = ListedName(reference.upper())
    return Entry("LIST", reference, EntryKind.ORGANISATION, (name,), numbers=tuple(LISTED[reference]))


@pytest.fixture(scope="module")
def index() -> NumberIndex:
    return NumberIndex.build([*map(entry, LISTED)])


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("REF-A0198761 INV", ["person A0198761"]),
        ("passport a0198761", ["person a0198761"]),
        ("A0198762", []),
        ("invoice 486298", []),
        ("national id no. 486298", ["person 486298"]),
        ("pass oa 454044", ["person oa 454044"]),
        ("No.SE012820", ["person SE012820"]),
        ("B1112223/C4445556", ["person B1112223"]),
        ("INN7744001497", ["person INN7744001497"]),
        ("tax 7744001497 paid", ["person 7744001497"]),
        ("INV 77440014", []),
        ("write to BOSS@example.com.", ["person BOSS@example.com."]),
        ("pay vellgb2lxxx now", ["bank vellgb2lxxx"]),
        ("VELLGB2L", ["bank VELLGB2L"]),
        ("VELLGB", []),
        ("LEI 253400WSS48YWMBUA688", ["bank 253400WSS48YWMBUA688"]),
        ("registration 0000000", ["bank 0000000"]),
        ("order 0000000", []),
        ("company a12", []),
        ("IMO 7406784 cargo", ["ship 7406784"]),
        ("IMO7406784", ["ship IMO7406784"]),
        ("bl 55 for mv diva 7406784", ["ship 7406784"]),
        ("invoice 7406784", []),
        ("MMSI 422998001", ["ship 422998001"]),
        ("lease of XQ-GOM", ["plane XQ-GOM"]),
        ("XQGOM", []),
        ("aircraft XQGOM", ["plane XQGOM"]),
        ("to " + WALLET.upper(), ["thief " + WALLET.upper()]),
        ("", []),
        ("; ,", []),
    ],
)
def test_a_listed_number_in_a_text(index: NumberIndex, text: str, found: list[str]) -> None:
    assert [f"{hit.entry.reference} {hit.span}" for hit in index.text(text)] == found


@pytest.mark.parametrize(
    ("value", "family", "found"),
    [
        ("A-0198761", Family.OTHER, True),
        ("486298", Family.NATIONAL, True),
        ("486298", Family.PASSPORT, False),
        ("486298", Family.OTHER, False),
        ("IMO 7406784", Family.IMO, True),
        ("7406784", Family.IMO, True),
        ("7406784", Family.OTHER, False),
        ("253400wss48ywmbua688", Family.LEI, True),
        ("422998001", Family.OTHER, True),
        ("", Family.OTHER, False),
    ],
)
def test_a_listed_number_in_a_field(index: NumberIndex, value: str, family: Family, *, found: bool) -> None:
    assert bool(index.field(value, family)) is found


def test_a_bic_counts_by_its_first_eight_characters(index: NumberIndex) -> None:
    assert [hit.entry.reference for hit in index.bic("VELL GB2L 123")] == ["bank"]
    assert index.bic("VELLGB2LX") == []
    assert index.bic("VELLGB2X") == []


def test_one_number_of_two_entries_gives_both() -> None:
    twice = NumberIndex.build([entry("bank"), Entry("OTHER", "9", EntryKind.PERSON, (), numbers=tuple(LISTED["bank"]))])
    assert [(hit.entry.list, hit.entry.reference) for hit in twice.bic("VELLGB2L")] == [
        ("LIST", "bank"),
        ("OTHER", "9"),
    ]


def test_its_length_counts_what_can_be_found() -> None:
    assert len(NumberIndex.build([entry("plane")])) == 1
    assert len(NumberIndex.build([])) == 0


@pytest.mark.parametrize(
    ("kind", "family"),
    [
        ("SWIFT/BIC", Family.BIC),
        ("BIK (RU)", Family.OTHER),
        ("Digital Currency Address - XBT", Family.WALLET),
        ("Diplomatic Passport", Family.PASSPORT),
        ("Numéro de passeport", Family.PASSPORT),
        ("R.F.C.", Family.TAX),
        ("fiscalcode", Family.TAX),
        ("National Identification Number", Family.NATIONAL),
        ("id", Family.NATIONAL),
        ("regnumber", Family.REGISTRATION),
        ("Unified Social Credit Code (USCC)", Family.NATIONAL),
        ("Public Registration Number", Family.REGISTRATION),
        ("Permit Number", Family.OTHER),
        ("Passport" + " of a kind that no publisher writes" * 9, Family.PASSPORT),
    ],
)
def test_the_publishers_words_say_what_a_number_is(kind: str, family: Family) -> None:
    assert family_of_kind(kind) is family


def test_the_messages_schemes_say_what_a_number_is() -> None:
    assert family_of_scheme("ccpt") is Family.PASSPORT
    assert family_of_scheme("TXID") is Family.TAX
    assert family_of_scheme("CUST") is Family.OTHER
    assert family_of_scheme("passport number") is Family.PASSPORT


@given(st.text(max_size=200))
def test_no_text_breaks_the_search(text: str) -> None:
    made = NumberIndex.build([*map(entry, LISTED)])
    for hit in made.text(text):
        assert hit.span
    made.field(text)
    made.bic(text)
    assert normal(text) == normal(normal(text))
