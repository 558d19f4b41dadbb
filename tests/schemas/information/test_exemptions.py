from __future__ import annotations

from dataclasses import replace

import pytest

from schemas.context import Context
from schemas.information.exemptions import exemption_of
from schemas.information.scope import frame_of
from tests.information_builders import INTRA_UNION, NEW_LAW, NO_CONTEXT, OURS, OUTGOING, POLICY, institution

DOMESTIC = frame_of(replace(INTRA_UNION, payee_institution=institution(OURS)), NO_CONTEXT, POLICY, NEW_LAW)
ABROAD = frame_of(INTRA_UNION, NO_CONTEXT, POLICY, NEW_LAW)


def claim(kind: str, **facts: str) -> Context:
    return Context(instrument_kind=kind, instrument_facts=tuple(facts.items()))


@pytest.mark.requirement("EXM-01", "EXM-02", "EXM-03", "EXM-05", "EXM-06", "EXM-07", "EXM-08", "EXM-09")
@pytest.mark.parametrize(
    ("context", "granted", "article"),
    [
        # EXM-01, EXM-02: both conditions, and the number in the message
        (claim("card", goods_or_services="true", number_present="true"), True, "Art. 2(3)"),
        (claim("card", goods_or_services="true", pan="4111111111111111"), True, "Art. 2(3)"),
        (claim("CARD", GOODS="Yes", Number="yes"), True, "Art. 2(3)"),
        (claim("e_money", goods_or_services="true"), False, "Art. 2(3)"),
        (claim("phone", number="+352691000000"), False, "Art. 2(3)"),
        (claim("card", goods_or_services="true", number_present="false"), False, "Art. 2(3)"),
        # EXM-03: between persons it is back in scope
        (claim("card", goods_or_services="true", pan="1", person_to_person="true"), False, "Art. 2(3)"),
        # EXM-05
        (claim("cash_withdrawal", own_account="true"), True, "Art. 2(4)(a)"),
        (claim("cash_withdrawal"), False, "Art. 2(4)(a)"),
        # EXM-06: within one Member State only
        (claim("public_levy", authority_country="LU"), True, "Art. 2(4)(b)"),
        (claim("public_levy", authority_country="FR"), False, "Art. 2(4)(b)"),
        (claim("public_levy"), False, "Art. 2(4)(b)"),
        # EXM-07: the cover of a customer's transfer is in scope
        (claim("psp_own_account", cover_of_customer_transfer="false"), True, "Art. 2(4)(c)"),
        (claim("psp_own_account", cover_of_customer_transfer="true"), False, "Art. 2(4)(c)"),
        (claim("psp_own_account"), False, "Art. 2(4)(c)"),
        # EXM-08
        (claim("cheque_image"), True, "Art. 2(4)(d)"),
        # EXM-09: what is not known is not exempt
        (claim("magic"), False, "Art. 2(3)-(4)"),
    ],
)
def test_an_exemption_needs_its_proof(context: Context, *, granted: bool, article: str) -> None:
    found = exemption_of(OUTGOING, context, DOMESTIC)
    assert found is not None
    assert (found.granted, found.article) == (granted, article)
    assert found.because


@pytest.mark.requirement("EXM-06")
def test_a_levy_paid_to_an_institution_abroad_is_not_within_one_state() -> None:
    found = exemption_of(OUTGOING, claim("public_levy", authority_country="LU"), ABROAD)
    assert found is not None
    assert not found.granted
    assert "FR" in found.because


def test_no_claim_no_exemption() -> None:
    assert exemption_of(OUTGOING, NO_CONTEXT, DOMESTIC) is None
