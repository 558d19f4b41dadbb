from __future__ import annotations

import pytest

from schemas.information.characters import convention_of, inadmissible
from schemas.payment import Rail

EXTENDED = {
    "SWIFT X": convention_of(Rail.SWIFT_MT, "MT103", extended=True),
    "EPC": convention_of(Rail.SCT, "pacs.008", extended=True),
    "FIN-X": convention_of(Rail.CBPR, "pacs.008", extended=False),
    "FIN-X plus": convention_of(Rail.CBPR, "pacs.008", extended=True),
}


@pytest.mark.parametrize(
    ("text", "outside"),
    [
        ("JEAN DUPONT", ""),
        ("Jean Dupont", ""),
        ("SMITH & SONS", "SWIFT X, EPC, FIN-X"),
        ("MÜLLER", "SWIFT X, EPC, FIN-X, FIN-X plus"),
        ("info@example.lu", "SWIFT X, EPC, FIN-X"),
        ("A_B", "SWIFT X, EPC, FIN-X"),
        ("A=B", "SWIFT X, EPC, FIN-X"),
        ("{X", "SWIFT X, EPC, FIN-X"),
        ("X}", "SWIFT X, EPC, FIN-X"),
        (r"A\B [C] `D` |E| ~F", "SWIFT X, EPC, FIN-X"),
        ("10 €", "SWIFT X, EPC, FIN-X, FIN-X plus"),
        ("O\u2019NEIL", "SWIFT X, EPC, FIN-X, FIN-X plus"),
        ("ИВАН", "SWIFT X, EPC, FIN-X, FIN-X plus"),
        ("\u0410LPHA", "SWIFT X, EPC, FIN-X, FIN-X plus"),  # a Cyrillic A
        ("A\u00a0B", "SWIFT X, EPC, FIN-X, FIN-X plus"),
        ("A\u200bB", "SWIFT X, EPC, FIN-X, FIN-X plus"),
        ("A\tB", "SWIFT X, EPC, FIN-X, FIN-X plus"),
    ],
)
def test_sets_of_the_rails(text: str, outside: str) -> None:
    assert ", ".join(name for name, convention in EXTENDED.items() if inadmissible(text, convention)) == outside


def test_the_offending_code_point_is_named_with_its_place() -> None:
    said = inadmissible("SMITH & SONS", EXTENDED["SWIFT X"])
    assert said == "U+0026 (AMPERSAND) at 7 is outside SWIFT X"


def test_a_name_has_a_longest_length() -> None:
    assert inadmissible("A" * 70, EXTENDED["EPC"]) == ""
    assert "71 characters" in inadmissible("A" * 71, EXTENDED["EPC"])
    assert inadmissible("A" * 200, EXTENDED["SWIFT X"]) == ""


@pytest.mark.parametrize("rail", [Rail.DOMESTIC, Rail.REMITTANCE, Rail.UNKNOWN])
def test_where_a_rail_agrees_on_no_set_only_the_invisible_is_outside(rail: Rail) -> None:
    convention = convention_of(rail, "payment_json", extended=True)
    assert inadmissible("Jürg Müller & Søn, Иван, 李", convention) == ""
    assert "U+200B" in inadmissible("Jürg\u200bMüller", convention)
    assert "control character" in inadmissible("A\x00", convention)


def test_an_mt_keeps_to_swift_x_whatever_rail_nobody_named() -> None:
    assert convention_of(Rail.UNKNOWN, "MT103", extended=True).name == "SWIFT X"
