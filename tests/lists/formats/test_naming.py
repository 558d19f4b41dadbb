from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lists.entry import Strength
from lists.formats.naming import listed_names, natural_order, script_of, tidy

GOOD, WEAK = Strength.STRONG, Strength.WEAK


@pytest.mark.parametrize(
    ("field", "names"),
    [
        ("  Dmitri \n OKTABRSKI ;", ["Dmitri OKTABRSKI"]),
        ("Husain Vell; Hosain Vell;", ["Husain Vell", "Hosain Vell"]),
        ("a) Abdul Vell b) Abdul Well", ["Abdul Vell", "Abdul Well"]),
        ("Abubakar (original script: Абубакар)", ["Abubakar", "Абубакар"]),
        ("Akrin Vell (أقرين صالح)", ["Akrin Vell", "أقرين صالح"]),
        ("حسن غول (Hassan Vell; Hasan Vell)", ["حسن غول", "Hassan Vell", "Hasan Vell"]),
        ("ፍትዊ ዓብዱረዛቕ (Tigrinya)", ["ፍትዊ ዓብዱረዛቕ"]),
        ("El Vell (combat name)", ["El Vell"]),
        ("Ezat Vell (previously listed as)", ["Ezat Vell"]),
        ("Safia Vell, born 1 Jan. 1953 (Norland passport no.03825239)", ["Safia Vell"]),
        ("Born Vellson", ["Born Vellson"]),
        ("(Sheikh) Musa Vell", ["(Sheikh) Musa Vell"]),
        (
            "VALLISH SUPPORT COMMITTEE (VSC)",
            ["VALLISH SUPPORT COMMITTEE (VSC)", "VALLISH SUPPORT COMMITTEE", "VSC weak"],
        ),
        ("VELL FOUNDATION (NORLAND)", ["VELL FOUNDATION (NORLAND)"]),
        ("VELL FOUNDATION (VX)", ["VELL FOUNDATION (VX)"]),
        ("VELL FOUNDATION (Vf)", ["VELL FOUNDATION (Vf)"]),
        ("Vell (Молния) Sons (Гром)", ["Vell Sons", "Молния", "Гром"]),
        ("Vell (-)", ["Vell (-)"]),
        ("''AHMED THE VELL''", ["AHMED THE VELL"]),
        ('Umar "Abdallah Ba"', ['Umar "Abdallah Ba"']),
        ("Vell (f.k.a. Old Vell Ltd)", ["Vell", "Old Vell Ltd former"]),
        ("X LTD (formerly: Y LTD)", ["X LTD", "Y LTD former"]),
        ("Vell Shipping LLC (ex. Starfish Llc)", ["Vell Shipping LLC", "Starfish Llc former"]),
        ("f.k.a.: Vell Sons", ["Vell Sons former"]),
        ("Vell; f.k.a. Old Vell", ["Vell", "Old Vell former"]),
        ("Western Vell F.k.a.", ["Western Vell"]),
        ("Vell Holdings a.k.a Vell Astra", ["Vell Holdings", "Vell Astra"]),
        ("Also known as: Daesh", ["Daesh"]),
        ("CJSC Vell alias BelVell alias BNV", ["CJSC Vell", "BelVell", "BNV"]),
        ("ALIAS LLC", ["ALIAS LLC"]),
        ("AKA VELL, S. DE R.L.", ["AKA VELL, S. DE R.L."]),
        ("Autres dénominations: RNPK, ou RORC, ou Vell Refinery", ["RNPK", "RORC", "Vell Refinery"]),
        ("anciennement connue sous le nom d\u2019Entreprise Vell", ["Entreprise Vell former"]),
        ("korábbi elnevezése: Vell Avia", ["Vell Avia former"]),
        (
            "En arabe: مونلايت autrement connue sous le nom de Avebury FZ ou افيبوري",
            ["مونلايت", "Avebury FZ", "افيبوري"],
        ),
        ("Nangiali (pseudonyme peu fiable)", ["Nangiali weak"]),
        ("Vell (text of image)", ["Vell"]),
        ("Mirza Vell/Мирза Велл", ["Mirza Vell", "Мирза Велл"]),
        ("Vell/Sons", ["Vell/Sons"]),
        ("Vell (Мирза/X)", ["Vell", "Мирза/X"]),
        ("Дядя Лев (Филин", ["Дядя Лев Филин"]),
        (") Abdel Vell", ["Abdel Vell"]),
        (
            "Islamic State in Norland and Seland (ISNS, ISIL-Norland)",
            [
                "Islamic State in Norland and Seland (ISNS, ISIL-Norland)",
                "Islamic State in Norland and Seland",
                "ISNS weak",
            ],
        ),
        (
            "Vell Prison (prison de Vell)",
            ["Vell Prison (prison de Vell)", "Vell Prison", "prison de Vell weak"],
        ),
        ("PFLP:n keskuskomento", ["PFLP:n keskuskomento"]),
        ("????????? Fatah", []),
        ("Organiza?ia Vell", ["Organiza?ia Vell"]),
        ("''", []),
        ("- ; X", []),
        ("-", []),
        ("", []),
    ],
)
def test_the_names_in_one_field(field: str, names: list[str]) -> None:
    found = [
        f"{name.text}{' weak' if name.strength is WEAK else ''}{' former' if name.former else ''}"
        for name in listed_names([(field, GOOD)])
    ]
    assert found == names


def test_a_name_given_twice_keeps_the_better_strength() -> None:
    names = listed_names([("Vell", WEAK), ("VELL", GOOD), ("vell", WEAK), ("Well", Strength.PRIMARY)])
    assert [(name.text, name.strength) for name in names] == [("Well", Strength.PRIMARY), ("VELL", GOOD)]


def test_a_name_after_a_mark_is_not_the_first_name() -> None:
    names = listed_names([("Vell a.k.a. Well (f.k.a. Old Vell)", Strength.PRIMARY)])
    assert [name.strength for name in names] == [Strength.PRIMARY, GOOD, GOOD]


def test_former_names_are_told_unless_they_are_borne_as_well() -> None:
    names = listed_names([("Vell", GOOD), ("f.k.a. Well", GOOD)], [("Vell", GOOD), ("Well", GOOD), ("Old", WEAK)])
    assert [(name.text, name.former) for name in names] == [("Vell", False), ("Well", True), ("Old", True)]
    assert not listed_names([("f.k.a. Vell", GOOD), ("Vell", GOOD)])[0].former


@pytest.mark.parametrize(
    ("text", "script"),
    [
        ("Vell", "latn"),
        ("Véll", "latn"),
        ("Дядя", "cyrl"),
        ("أقرين", "arab"),
        ("金铁三", "hani"),
        ("Дядя X", "cyrl"),
        ("…", "latn"),
        ("ᚠ", "zyyy"),
    ],
)
def test_the_script_most_letters_are_in(text: str, script: str) -> None:
    assert script_of(text) == script


def test_a_persons_name_as_a_payment_carries_it() -> None:
    assert natural_order("OKTABRSKI, Dmitri") == "Dmitri OKTABRSKI"
    assert natural_order("DELOS VELLES, Feliciano, Jr.") == "Feliciano, Jr. DELOS VELLES"
    assert natural_order("SANTOSO") == "SANTOSO"
    assert natural_order("SANTOSO,") == "SANTOSO,"


@given(st.text(max_size=80))
def test_any_field_gives_tidy_names(field: str) -> None:
    for name in listed_names([(field, GOOD)]):
        assert name.text == tidy(name.text)
        assert any(map(str.isalnum, name.text))
