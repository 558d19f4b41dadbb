from __future__ import annotations

from dataclasses import replace

import pytest

from schemas.finding import Reason
from schemas.information.characters import convention_of, extended_by, inadmissible
from schemas.information.check import check
from schemas.information.policy import Extension
from schemas.payment import Party, Payment, Rail, Value
from tests.information_builders import INCOMING, NEW_LAW, NO_CONTEXT, OLD_LAW, OUTGOING, PAYER, POLICY, TRANSIT, number

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


@pytest.mark.requirement("DET-01")
def test_a_letter_of_another_script_in_a_latin_word_is_outside_every_rail() -> None:
    free = convention_of(Rail.DOMESTIC, "payment_json", extended=True)
    said = inadmissible("\u0410LPHA Trading", free)
    assert said == "U+0410 (CYRILLIC CAPITAL LETTER A) at 1 looks like a Latin letter beside one"
    assert "at 3" in inadmissible("Cl\u0430ire", free)
    assert inadmissible("\u0418\u0432\u0430\u043d Smith", free) == ""  # two scripts, but not in one word
    swift = EXTENDED["SWIFT X"]
    assert inadmissible("\u0410LPHA", swift).endswith("is outside SWIFT X, which looks like a Latin letter")
    assert inadmissible("\u0410", swift).endswith("is outside SWIFT X")


@pytest.mark.requirement("DET-01")
@pytest.mark.parametrize("character", ["\u061c", "\u115f", "\u180e", "\u2028", "\u3164", "\ufe0f", "\U000e0041"])
def test_characters_nobody_can_see_are_outside_every_rail(character: str) -> None:
    assert inadmissible(f"Jean{character}Martin", convention_of(Rail.DOMESTIC, "json", extended=True))


@pytest.mark.requirement("DET-01")
def test_a_number_under_the_sepa_schemes_has_no_slash_at_an_end() -> None:
    plain = convention_of(Rail.SCT, "pacs.008.001.08", extended=False)
    for text in ("/REF", "REF/", "A//B"):
        assert "slash" in inadmissible(text, plain)
        assert inadmissible(text, EXTENDED["EPC"]) == ""
    assert inadmissible("A/B", plain) == ""


AGREED = Extension("AAAACHZZ", "\u00fc\u00e9", "AOS-7", NEW_LAW)


@pytest.mark.requirement("DET-01", "INT-04")
@pytest.mark.parametrize(
    ("agreed", "status"),
    [
        (AGREED, "complete"),
        (replace(AGREED, expires=OLD_LAW), "inadmissible"),
        (replace(AGREED, counterparty="ZZZZCHZZ"), "inadmissible"),
        (replace(AGREED, characters="\u00f6"), "inadmissible"),
    ],
)
def test_a_contract_adds_characters_until_its_day(agreed: Extension, status: str) -> None:
    payment = replace(OUTGOING, payer=replace(PAYER, name=Value("Ren\u00e9 M\u00fcller", "/n")))
    policy = replace(POLICY, character_extensions=(agreed,))
    assert check(payment, NO_CONTEXT, policy).status == status


def test_where_a_rail_agrees_on_no_set_there_is_nothing_to_add() -> None:
    free = convention_of(Rail.DOMESTIC, "json", extended=True)
    assert extended_by(free, "x", "contract") is free
    assert extended_by(EXTENDED["EPC"], "", "contract") is EXTENDED["EPC"]
    assert extended_by(EXTENDED["EPC"], "\u00fc", "AOS-7").name == "EPC basic Latin with AOS-7"


@pytest.mark.requirement("DET-01", "INT-03")
@pytest.mark.parametrize("payment", [OUTGOING, INCOMING, TRANSIT])
def test_characters_are_judged_in_every_role(payment: Payment) -> None:
    odd = replace(payment, payer=replace(PAYER, name=Value("Ren\u00e9 Weber", "/n")))
    (finding,) = check(odd, NO_CONTEXT, POLICY).findings
    assert finding.reason is Reason.PAYER_NAME_INADMISSIBLE
    assert "U+00E9" in finding.detail
    assert "CBPR+ extended FIN-X" in finding.detail


@pytest.mark.requirement("DET-01")
def test_a_document_number_keeps_to_the_narrower_set() -> None:
    numbered = Party("/payer", name=PAYER.name, identifications=(number("AB_1234", "CCPT"),))
    old = replace(OUTGOING, payer=numbered, business_date=OLD_LAW)
    assert check(old, NO_CONTEXT, POLICY).status == "inadmissible"
