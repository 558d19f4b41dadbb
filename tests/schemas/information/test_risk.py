from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from schemas.assessment import RequiredSet
from schemas.context import Context, PriorStage
from schemas.information.amounts import euros_of
from schemas.information.risk import deadline_of, indicators_of, verification_required
from schemas.information.scope import frame_of
from schemas.payment import Payment, Role
from tests.information_builders import INCOMING, INTRA_UNION, NEW_LAW, NO_CONTEXT, POLICY, TRANSIT, institution

if TYPE_CHECKING:
    from schemas.information.policy import InformationPolicy

ART4, ART5, ART6 = RequiredSet.ART4, RequiredSet.ART5_1, RequiredSet.ART6_2
SMALL, LARGE = Decimal(300), Decimal(1500)


def indicators(payment: Payment, context: Context, policy: InformationPolicy = POLICY) -> tuple[str, ...]:
    return indicators_of(
        frame_of(payment, context, policy, NEW_LAW), euros_of(payment, context, policy, NEW_LAW), context, policy
    )


@pytest.mark.requirement("DET-20")
@pytest.mark.parametrize(
    ("stage", "holds"),
    [
        (PriorStage.NONE, False),
        (PriorStage.WATCH, False),
        (PriorStage.WARNED, True),
        (PriorStage.REJECT_ALL, True),
        (PriorStage.RESTRICTED, True),
        (PriorStage.TERMINATED, True),
    ],
)
def test_a_prior_institution_that_fails_repeatedly(stage: PriorStage, *, holds: bool) -> None:
    assert indicators(INCOMING, Context(prior_stage=stage)) == (("REPEATEDLY_FAILING_PSP",) if holds else ())


@pytest.mark.requirement("DET-20")
def test_a_high_risk_country_at_an_end_or_before_us() -> None:
    policy = replace(POLICY, high_risk_countries=("MM", "US"))
    assert indicators(INCOMING, NO_CONTEXT, policy) == ("HIGH_RISK_COUNTRY",)
    assert indicators(INTRA_UNION, NO_CONTEXT, policy) == ()
    before = replace(TRANSIT, payer_institution=institution("AAAACHZZ"), sender=institution("AAAAMMMY"))
    assert indicators(before, NO_CONTEXT, policy) == ("HIGH_RISK_COUNTRY",)


@pytest.mark.requirement("DET-20")
def test_a_value_above_the_banks_own_threshold() -> None:
    assert indicators(INCOMING, Context(amount_eur=Decimal(15000))) == ()
    assert indicators(INCOMING, Context(amount_eur=Decimal("15000.01"))) == ("VALUE_ABOVE_THRESHOLD",)
    assert indicators(replace(INCOMING, amount=None), NO_CONTEXT) == ()


@pytest.mark.requirement("DET-19", "DET-20")
def test_what_the_hub_reports_comes_first_and_once() -> None:
    context = Context(indicators=("BAD_AML_RECORD", "VALUE_ABOVE_THRESHOLD"), amount_eur=Decimal(99999))
    assert indicators(INCOMING, context) == ("BAD_AML_RECORD", "VALUE_ABOVE_THRESHOLD")


@pytest.mark.requirement("PAY-18", "PAY-21", "DET-07")
@pytest.mark.parametrize(
    ("role", "required", "context", "needed"),
    [
        # PAY-18, PAY-21: the payer's side
        (Role.PAYER, ART5, Context(amount_eur=SMALL), False),
        (Role.PAYER, ART5, Context(amount_eur=LARGE), True),
        (Role.PAYER, ART5, Context(amount_eur=SMALL, linked_total_eur=LARGE), True),
        (Role.PAYER, ART5, Context(amount_eur=SMALL, funding="cash"), True),
        (Role.PAYER, ART5, Context(amount_eur=SMALL, funding="anonymous_e_money"), True),
        (Role.PAYER, ART5, Context(amount_eur=SMALL, funding="account", payout="cash"), False),
        (Role.PAYER, ART6, Context(amount_eur=SMALL), False),
        (Role.PAYER, ART6, Context(amount_eur=Decimal(50), suspicion=True), True),
        (Role.PAYER, ART4, Context(amount_eur=SMALL), True),
        (Role.PAYER, RequiredSet.BATCH_6_1, Context(amount_eur=SMALL), True),
        # DET-07: the payee's side
        (Role.PAYEE, ART4, Context(amount_eur=SMALL), False),
        (Role.PAYEE, ART4, Context(amount_eur=SMALL, payout="cash"), True),
        (Role.PAYEE, ART4, Context(amount_eur=SMALL, funding="cash"), False),
        (Role.PAYEE, ART5, Context(amount_eur=LARGE), True),
        (Role.PAYEE, ART5, Context(amount_eur=SMALL, suspicion=True), True),
        # nothing of ours to verify in between
        (Role.INTERMEDIARY, ART4, Context(amount_eur=LARGE, suspicion=True), False),
    ],
)
def test_verification(role: Role, required: RequiredSet, context: Context, *, needed: bool) -> None:
    assert verification_required(role, required, euros_of(INCOMING, context, POLICY, NEW_LAW), context) is needed


@pytest.mark.parametrize(
    ("payment", "days"),
    [
        (INTRA_UNION, 3),
        (INCOMING, 5),
        (replace(INCOMING, payer_institution=institution("AAAADEFF")), 3),
        (replace(INCOMING, payer_institution=institution("AAAADEFF"), sender=institution("AAAAUS33")), 5),
        (replace(INTRA_UNION, payee_institution=institution("AAAACHZZ")), 5),
    ],
)
def test_time_to_answer(payment: Payment, days: int) -> None:
    assert deadline_of(frame_of(payment, NO_CONTEXT, POLICY, NEW_LAW), POLICY) == days
