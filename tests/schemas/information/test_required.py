from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from schemas.assessment import RequiredSet
from schemas.context import Batch, Context
from schemas.finding import Item
from schemas.information.amounts import euros_of
from schemas.information.duties import duties_of
from schemas.information.policy import InformationPolicy, Readings
from schemas.information.required import ITEMS, header_stands_in, required_set
from schemas.information.scope import frame_of
from schemas.payment import Payment, Role
from tests.information_builders import INCOMING, INTRA_UNION, NEW_LAW, OUTGOING, POLICY, TRANSIT, institution

BATCH = Batch(single_payer=True, header_complete=True, header_verified=True)
SMALL = Context(amount_eur=Decimal("1000.00"))
LARGE = Context(amount_eur=Decimal("1000.01"))
LINKED = Context(amount_eur=Decimal(600), linked_total_eur=Decimal(1200))
US_CORRESPONDENT = replace(INTRA_UNION, intermediaries=(institution("AAAAUS33"),))
FROM_DE = replace(INCOMING, payer_institution=institution("AAAADEFF"))
FROM_GB = replace(INCOMING, payer_institution=institution("AAAAGB2L"))
DE_TO_FR = replace(TRANSIT, payer_institution=institution("AAAADEFF"), payee_institution=institution("AAAAFRPP"))
DE_TO_US = replace(DE_TO_FR, payee_institution=institution("AAAAUS33"))
US_TO_DE = replace(TRANSIT, payee_institution=institution("AAAADEFF"))


def asked(
    role: Role, payment: Payment, context: Context, policy: InformationPolicy = POLICY
) -> tuple[RequiredSet, str]:
    frame = frame_of(payment, context, policy, NEW_LAW)
    return required_set(role, frame, euros_of(payment, context, policy, NEW_LAW), context, policy)


@pytest.mark.requirement("PAY-10", "PAY-19", "PAY-20", "DET-03", "DET-04", "DET-05", "INT-06", "INT-07", "INT-08")
@pytest.mark.parametrize(
    ("role", "payment", "context", "expected"),
    [
        # PAY-10, PAY-20, PAY-19
        (Role.PAYER, INTRA_UNION, LARGE, (RequiredSet.ART5_1, "Art. 5(1)")),
        (Role.PAYER, US_CORRESPONDENT, SMALL, (RequiredSet.ART4, "Art. 4")),
        (Role.PAYER, OUTGOING, SMALL, (RequiredSet.ART6_2, "Art. 6(2)")),
        (Role.PAYER, OUTGOING, LARGE, (RequiredSet.ART4, "Art. 4")),
        (Role.PAYER, OUTGOING, LINKED, (RequiredSet.ART4, "Art. 4")),
        (Role.PAYER, OUTGOING, Context(batch=BATCH), (RequiredSet.BATCH_6_1, "Art. 6(1)")),
        (Role.PAYER, OUTGOING, Context(batch=Batch()), (RequiredSet.ART4, "Art. 4")),  # several payers
        (Role.PAYER, INTRA_UNION, Context(batch=BATCH), (RequiredSet.ART5_1, "Art. 5(1)")),
        # DET-03, DET-04, DET-05
        (Role.PAYEE, FROM_DE, LARGE, (RequiredSet.ART5_1, "Art. 7(2)(a), 5(1)")),
        (Role.PAYEE, FROM_GB, SMALL, (RequiredSet.ART4, "Art. 7(2)(b)")),  # no relief inbound
        (Role.PAYEE, FROM_GB, Context(batch=BATCH), (RequiredSet.ART4_BATCH, "Art. 7(2)(c)")),
        # INT-06, INT-07, INT-08
        (Role.INTERMEDIARY, DE_TO_FR, LARGE, (RequiredSet.ART5_1, "Art. 11(2)(a), 5(1)")),
        (Role.INTERMEDIARY, DE_TO_US, SMALL, (RequiredSet.ART6_2, "Art. 11(2)(b), 6(2)")),
        (Role.INTERMEDIARY, DE_TO_US, LARGE, (RequiredSet.ART4, "Art. 11(2)(b)")),
        (Role.INTERMEDIARY, US_TO_DE, SMALL, (RequiredSet.ART4, "Art. 11(2)(b)")),
        (Role.INTERMEDIARY, US_TO_DE, Context(batch=BATCH), (RequiredSet.ART4_BATCH, "Art. 11(2)(c)")),
    ],
)
def test_each_row_of_the_law(role: Role, payment: Payment, context: Context, expected: tuple[RequiredSet, str]) -> None:
    assert asked(role, payment, context) == expected


def test_the_bank_may_read_article_11_without_the_relief_of_article_6() -> None:
    strict = replace(POLICY, readings=Readings(intermediary_accepts_art6_2=False))
    assert asked(Role.INTERMEDIARY, DE_TO_US, SMALL, strict)[0] is RequiredSet.ART4


def test_a_policy_may_lower_the_threshold_and_never_raise_it() -> None:
    lower = replace(POLICY, readings=Readings(threshold_eur=Decimal(500)))
    higher = replace(POLICY, readings=Readings(threshold_eur=Decimal(10_000)))
    assert asked(Role.PAYER, OUTGOING, SMALL, lower)[0] is RequiredSet.ART4
    assert asked(Role.PAYER, OUTGOING, LARGE, higher)[0] is RequiredSet.ART4


@pytest.mark.requirement("PAY-19", "DET-05", "INT-08")
@pytest.mark.parametrize(
    ("role", "batch", "stands"),
    [
        (Role.PAYER, BATCH, True),
        (Role.PAYER, replace(BATCH, header_verified=False), False),
        (Role.PAYEE, replace(BATCH, header_verified=False), True),
        (Role.PAYEE, replace(BATCH, header_complete=False), False),
        (Role.PAYEE, None, False),
    ],
)
def test_when_a_header_stands_in(role: Role, batch: Batch | None, *, stands: bool) -> None:
    assert header_stands_in(role, Context(batch=batch)) is stands


def asked_items(role: Role, required: RequiredSet, *, stands_in: bool = True) -> set[str]:
    duties = duties_of("Law", ((role, required, "Art. 4"),), (stands_in,))
    return {duty.passed.rule for duty in duties if duty.source}


def test_every_set_has_its_items() -> None:
    assert set(ITEMS) == set(RequiredSet)


def test_the_lei_is_asked_of_the_payers_institution_only() -> None:
    assert Item.PAYER_LEI in asked_items(Role.PAYER, RequiredSet.ART4)
    assert Item.PAYER_LEI not in asked_items(Role.PAYEE, RequiredSet.ART4)
    assert Item.PAYER_LEI not in asked_items(Role.INTERMEDIARY, RequiredSet.ART4)
    assert Item.PAYER_LEI not in asked_items(Role.PAYER, RequiredSet.ART6_2)


@pytest.mark.requirement("PAY-19", "DET-05")
def test_a_batch_whose_header_does_not_stand_in_carries_the_payer_in_each_transfer() -> None:
    assert Item.PAYER_NAME not in asked_items(Role.PAYEE, RequiredSet.ART4_BATCH)
    full = asked_items(Role.PAYEE, RequiredSet.ART4_BATCH, stands_in=False)
    assert {Item.PAYER_NAME, Item.PAYER_ACCOUNT, Item.PAYER_THIRD_ELEMENT} <= full


def test_two_roles_ask_for_both_and_each_item_once() -> None:
    sets = ((Role.PAYER, RequiredSet.ART5_1, "Art. 5(1)"), (Role.PAYEE, RequiredSet.ART4, "Art. 7(2)(b)"))
    duties = duties_of("Law", sets, (False, False))
    sources = {duty.passed.rule: duty.source for duty in duties}
    assert sources["payer.account"] == "Law Art. 5(1), 4(1)(b), 4(6)"
    assert sources["payer.third_element"] == "Law Art. 7(2)(b), 4(1)(c)"
    assert len(sources) == len(duties)
