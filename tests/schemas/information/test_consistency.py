"""What does not fit together is told, and counts as missing where the bank's policy says so (EBA/GL/2024/11)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from schemas.finding import Finding, Reason
from schemas.information.check import check
from schemas.information.policy import Consistency
from schemas.payment import Party, Payment, Value
from tests.information_builders import (
    INTRA_UNION,
    LEI,
    NO_CONTEXT,
    OUTGOING,
    PAYEE,
    PAYER,
    POLICY,
    address,
    institution,
    number,
)

STRICT = replace(POLICY, consistency=Consistency("missing", "missing", "missing", "missing"))
BANK = replace(institution("AAAALULL"), name=Value("Banque Exemple S.A.", "/bank"))
QUOTED = replace(BANK, name=Value("«Banque» Exemple S.A.", "/bank"))
COMPANY = number("B123456", "COID", organisation=True)


def named(party: Party, text: str) -> Party:
    return replace(party, name=Value(text, "/name"))


def told(payment: Payment) -> list[Finding]:
    findings = check(payment, NO_CONTEXT, POLICY).findings
    return [one for one in findings if one.reason is Reason.INFORMATION_INCONSISTENT]


@pytest.mark.parametrize(
    ("payment", "detail"),
    [
        (
            replace(OUTGOING, payer=replace(PAYER, address=address(town="Cairo", country="EG"))),
            "an address in EG, account and institution in LU",
        ),
        (
            replace(OUTGOING, payee=replace(PAYEE, address=address(town="Cairo", country="EG"))),
            "an address in EG, account and institution in CH",
        ),
        (
            replace(OUTGOING, payer=named(PAYER, "BANQUE EXEMPLE SA"), payer_institution=BANK),
            "the name of an institution of the payment",
        ),
        (replace(OUTGOING, payer=named(PAYER, "BANQUE EXEMPLE SA"), receiver=BANK), "the name of an institution"),
        (replace(OUTGOING, payer=named(PAYER, "BANQUE EXEMPLE SA"), receiver=QUOTED), "the name of an institution"),
        (replace(OUTGOING, payer=named(PAYER, "'Banque' Exemple S.A."), receiver=BANK), "the name of an institution"),
        (replace(OUTGOING, payer=named(PAYER, "Weber Holding GmbH")), "a company's name beside a person's data"),
        (
            replace(OUTGOING, payee=replace(named(PAYEE, "Weber Ltd."), identifications=(number("K1234", "CCPT"),))),
            "a company's name beside a person's data",
        ),
        (
            replace(OUTGOING, payee=replace(named(PAYEE, "Mr Urs Keller"), identifications=(COMPANY,))),
            "a person's title beside a company's number",
        ),
        (
            replace(OUTGOING, payee=replace(named(PAYEE, "Mrs Urs Keller"), lei=Value(LEI, "/lei"))),
            "a person's title beside a company's number",
        ),
        (replace(OUTGOING, payer=replace(PAYER, birth_date=Value("1970-01-01", "/d"))), "systems write for 'none'"),
    ],
)
def test_two_facts_that_do_not_go_together(payment: Payment, detail: str) -> None:
    (finding,) = told(payment)
    assert detail in finding.detail
    assert finding.seen
    assert check(payment, NO_CONTEXT, POLICY).status == "complete"


@pytest.mark.parametrize(
    "payment",
    [
        OUTGOING,
        replace(OUTGOING, payer=replace(PAYER, address=address(town="Mersch", country="LU"))),
        replace(OUTGOING, payer=replace(PAYER, address=address(town="Mersch", country="QQ"))),
        replace(INTRA_UNION, payee=replace(PAYEE, address=address(town="Paris", country="FR"))),
        # an account at an institution in another country: either place will do
        replace(OUTGOING, payer_institution=institution("AAAAFRPP"),
                payer=replace(PAYER, address=address(town="Paris", country="FR"))),
        replace(OUTGOING, payee_account=None, payee_institution=None,
                payee=replace(PAYEE, address=address(town="Cairo", country="EG"))),
        replace(OUTGOING, payer=named(PAYER, "Claire Weber"), payer_institution=BANK),
        replace(OUTGOING, payer=named(PAYER, "..."), payer_institution=BANK),
        replace(OUTGOING, payer=named(PAYER, "GmbH")),
        replace(OUTGOING, payee=replace(named(PAYEE, "Mr Wash Cleaning Ltd"), identifications=(COMPANY,))),
        replace(OUTGOING, payee=replace(PAYEE, name=None, bic=Value("AAAACHZZ", "/b"), identifications=(COMPANY,))),
    ],
)  # fmt: skip
def test_what_goes_together_says_nothing(payment: Payment) -> None:
    assert told(payment) == []


def test_the_policy_may_count_it_as_missing() -> None:
    odd = replace(OUTGOING, payer=named(PAYER, "Weber Holding GmbH"))
    found = check(odd, NO_CONTEXT, STRICT)
    assert found.status == "missing"
    assert {one.reason for one in found.findings} == {
        Reason.PAYER_NAME_MEANINGLESS, Reason.INFORMATION_INCONSISTENT,
    }  # fmt: skip
    abroad = replace(OUTGOING, payer=replace(PAYER, address=address(town="Cairo", country="EG")))
    assert Reason.PAYER_THIRD_ELEMENT_MEANINGLESS in {one.reason for one in check(abroad, NO_CONTEXT, STRICT).findings}


def test_what_is_not_required_never_counts() -> None:
    odd = replace(INTRA_UNION, payer=named(PAYER, "Weber Holding GmbH"))
    assert check(odd, NO_CONTEXT, STRICT).status == "complete"


def test_the_policy_may_leave_a_check_aside() -> None:
    odd = replace(OUTGOING, payer=named(PAYER, "Weber Holding GmbH"))
    assert check(odd, NO_CONTEXT, replace(POLICY, consistency=Consistency(kind="off"))).findings == ()
