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
        ("''", []),
        ("- ; X", []),
        ("-", []),
        ("", []),
    ],
)
def test_the_names_in_one_field(field: str, names: list[str]) -> None:
    found = [f"{name.text}{' weak' if name.strength is WEAK else ''}" for name in listed_names([(field, GOOD)])]
    assert found == names


def test_a_name_given_twice_keeps_the_better_strength() -> None:
    names = listed_names([("Vell", WEAK), ("VELL", GOOD), ("vell", WEAK), ("Well", Strength.PRIMARY)])
    assert [(name.text, name.strength) for name in names] == [("Well", Strength.PRIMARY), ("VELL", GOOD)]


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
