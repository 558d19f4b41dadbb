"""Dated rules beside the law: several at once, each from its own day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from schemas.finding import Finding, Kind, Reason
from schemas.information.check import check
from schemas.information.formats import unstructured
from schemas.information.profiles import PROFILES, profiles_on
from schemas.payment import Address, Amount, Party, Payment, PaymentKind, Rail, Value
from tests.information_builders import INTRA_UNION, NO_CONTEXT, OUTGOING, PAYEE, PAYER, POLICY, address, value

LAST, FIRST_CBPR, FIRST_SEPA = date(2026, 11, 13), date(2026, 11, 14), date(2026, 11, 15)
LINES = replace(PAYER, address=address("5 avenue de la Gare", "L-1611 Luxembourg", "LU"))


def keys(day: date, rail: Rail, home: str = "LU") -> set[str]:
    return {one.key for one in profiles_on(day, rail, home)[0]}


def found(payment: Payment, reason: Reason) -> list[Finding]:
    return [one for one in check(payment, NO_CONTEXT, POLICY).findings if one.reason is reason]


@pytest.mark.requirement("SCP-04")
def test_several_profiles_hold_at_once() -> None:
    assert keys(FIRST_SEPA, Rail.SCT_INST) == {
        *("rm.eu_gl_2024_14_15", "rail.sct_inst_ipr", "fmt.hybrid_address_sepa", "fmt.no_unstructured_sepa")
    }
    assert keys(date(2025, 12, 29), Rail.CBPR) == {"rm.eu_base", "fmt.hybrid_address_cbpr"}
    assert keys(date(2010, 1, 1), Rail.CBPR) == set()


@pytest.mark.parametrize(
    ("key", "rail", "home", "day"),
    [
        ("fmt.no_unstructured_cbpr", Rail.CBPR, "LU", FIRST_CBPR),
        ("fmt.no_unstructured_sepa", Rail.SCT, "LU", FIRST_SEPA),
        ("lists.uk_single", Rail.UNKNOWN, "GB", date(2026, 1, 28)),
        ("rm.eu_gl_2024_14_15", Rail.UNKNOWN, "LU", date(2025, 12, 30)),
        ("rail.sct_inst_ipr", Rail.SCT_INST, "LU", date(2025, 1, 9)),
        ("aml.amlr", Rail.UNKNOWN, "LU", date(2027, 7, 10)),
    ],
)
def test_each_begins_on_its_day(key: str, rail: Rail, home: str, day: date) -> None:
    assert key in keys(day, rail, home)
    assert key not in keys(date.fromordinal(day.toordinal() - 1), rail, home)


def test_the_single_list_of_the_united_kingdom_is_for_institutions_there() -> None:
    assert "lists.uk_single" not in keys(date(2026, 3, 1), Rail.CBPR, "LU")


def test_every_profile_names_its_source() -> None:
    assert all(one.source for one in PROFILES)
    steps = {step.rule: step for step in check(OUTGOING, NO_CONTEXT, POLICY).steps}
    assert "rm.eu_gl_2024_14_15" in steps["profiles"].conclusion
    assert "EBA/GL/2024/15" in steps["profiles"].source


@pytest.mark.requirement("SCP-04")
@pytest.mark.parametrize(
    ("rail", "day", "told"),
    [
        (Rail.CBPR, LAST, False),
        (Rail.CBPR, FIRST_CBPR, True),
        (Rail.SCT, FIRST_CBPR, False),
        (Rail.SCT, FIRST_SEPA, True),
        (Rail.SWIFT_MT, FIRST_SEPA, False),
    ],
)
def test_unstructured_addresses_end_on_a_day_of_their_own(rail: Rail, day: date, *, told: bool) -> None:
    payment = replace(INTRA_UNION, payer=LINES, rail=rail, business_date=day)
    assert bool(found(payment, Reason.ADDRESS_UNSTRUCTURED)) is told


def test_ultimate_parties_are_judged_alike() -> None:
    payment = replace(INTRA_UNION, ultimate_payee=LINES, rail=Rail.SCT, business_date=FIRST_SEPA)
    (finding,) = found(payment, Reason.ADDRESS_UNSTRUCTURED)
    assert finding.detail == "lines without a structured town and country"


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (address(town="Luxembourg", country="LU"), ""),
        (address("5 avenue de la Gare", town="Luxembourg", country="LU"), ""),
        (address("5 avenue de la Gare", "L-1611 Luxembourg"), "without a structured"),
        (address("5 avenue de la Gare", town="Luxembourg"), "without a structured"),
        (address("a street", town="Luxembourg", country="XX"), "without a structured"),
        (address("a", "b", "c", town="Luxembourg", country="LU"), "more than 2 lines"),
        (address("a" * 71, town="Luxembourg", country="LU"), "more than 2 lines"),
        (address("LUXEMBOURG", town="Luxembourg", country="LU"), "repeated"),
        (address("...", town="...", country="LU"), ""),
    ],
)
def test_which_address_is_structured_or_hybrid(given: Address, said: str) -> None:
    assert (said in unstructured(given)) if said else unstructured(given) == ""


def test_a_bank_may_refuse_an_address_its_scheme_no_longer_takes() -> None:
    lacking = Party("/payer", name=PAYER.name, address=LINES.address, identifications=())
    readings = replace(POLICY.readings, third_element_2023="any_one_with_country")
    told = replace(POLICY, readings=readings)
    refused = replace(told, unstructured_address="inadmissible")
    payment = replace(OUTGOING, payer=lacking, business_date=FIRST_CBPR)
    assert check(payment, NO_CONTEXT, told).status == "complete"
    assert check(payment, NO_CONTEXT, refused).status == "inadmissible"
    assert check(replace(payment, business_date=LAST), NO_CONTEXT, refused).status == "complete"


@pytest.mark.requirement("PAY-11")
@pytest.mark.parametrize(
    ("payment", "detail"),
    [
        (replace(INTRA_UNION, payer=replace(PAYER, name=None)), "payer's name"),
        (replace(INTRA_UNION, payer=None), "payer's name"),
        (replace(INTRA_UNION, payer=replace(PAYER, name=value(" "))), "payer's name"),
        (replace(INTRA_UNION, payee_account=None), "payee's IBAN"),
        (replace(INTRA_UNION, payer_account=replace(INTRA_UNION.payer_account, iban=None)), "payer's IBAN"),  # type: ignore[type-var] # it has an account
        (replace(INTRA_UNION, amount=Amount(OUTGOING.amount.value, "CHF", "/a")), "amount in euro"),  # type: ignore[union-attr] # it has an amount
        (replace(INTRA_UNION, kind=PaymentKind.DIRECT_DEBIT, payee=replace(PAYEE, name=None)), "payee's name"),
    ],
)
def test_the_sepa_data_set_is_another_family(payment: Payment, detail: str) -> None:
    (finding,) = found(replace(payment, rail=Rail.SCT), Reason.SEPA_DATA_MISSING)
    assert finding.detail == f"not there: {detail}"
    assert "260/2012" in finding.article
    assert not found(payment, Reason.SEPA_DATA_MISSING)  # another rail


@pytest.mark.requirement("PAY-11", "PAY-12")
def test_a_sepa_transfer_without_payer_name_is_complete_in_law() -> None:
    nameless = check(replace(INTRA_UNION, payer=None, rail=Rail.SCT), NO_CONTEXT, POLICY)
    assert nameless.status == "complete"
    assert {one.reason for one in nameless.findings} == {Reason.NAME_ABSENT_INTRA_UNION, Reason.SEPA_DATA_MISSING}
    assert all(one.facts.kind not in set(Kind) for one in nameless.findings)


def test_a_complete_sepa_transfer_says_nothing() -> None:
    hybrid = replace(PAYER, address=address("5 avenue de la Gare", town="Luxembourg", country="LU"))
    located = replace(INTRA_UNION, rail=Rail.SCT, payer=hybrid, business_date=FIRST_SEPA)
    assert check(located, NO_CONTEXT, POLICY).findings == ()
    assert check(replace(INTRA_UNION, rail=Rail.SCT), NO_CONTEXT, POLICY).findings == ()
    payee_only = replace(INTRA_UNION, rail=Rail.SCT, payee=replace(PAYEE, name=Value("", "/n")))
    assert not found(payee_only, Reason.SEPA_DATA_MISSING)
