"""What kind of payment a message asks for decides which duties we have, and whether the law speaks of it at all."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from schemas.assessment import InformationStatus, RequiredSet
from schemas.context import Context, Direction
from schemas.decision import Outcome
from schemas.finding import Item, Reason
from schemas.information.check import check
from schemas.payment import Amount, Payment, PaymentIds, PaymentKind, Role
from streams.decide import decide
from tests.information_builders import (
    INCOMING,
    INTRA_UNION,
    NO_CONTEXT,
    OURS,
    OUTGOING,
    PAYER,
    POLICY,
    SHIPPED,
    account,
    institution,
)

DEBIT = PaymentKind.DIRECT_DEBIT
ORDER = PaymentKind.INITIATION
PAID_BY_OURS = replace(INTRA_UNION, kind=DEBIT)
"""A French creditor collects from our customer."""
COLLECTED_BY_OURS = replace(
    PAID_BY_OURS,
    payer_institution=PAID_BY_OURS.payee_institution,
    payee_institution=PAID_BY_OURS.payer_institution,
    payer_account=PAID_BY_OURS.payee_account,
    payee_account=PAID_BY_OURS.payer_account,
)
"""Our customer collects from a French debtor."""


@pytest.mark.requirement("SCP-08")
@pytest.mark.parametrize(
    ("payment", "roles", "duties", "direction"),
    [
        (PAID_BY_OURS, (Role.PAYER,), (Role.PAYEE,), Direction.INCOMING),
        (COLLECTED_BY_OURS, (Role.PAYEE,), (Role.PAYER,), Direction.OUTGOING),
        (INTRA_UNION, (Role.PAYER,), (Role.PAYER,), Direction.OUTGOING),
    ],
)
def test_a_direct_debit_inverts_the_duties_not_the_roles(
    payment: Payment, roles: tuple[Role, ...], duties: tuple[Role, ...], direction: Direction
) -> None:
    found = check(payment, NO_CONTEXT, POLICY)
    assert (found.roles, found.duties, found.direction) == (roles, duties, direction)
    assert (found.required_set, found.status) == (RequiredSet.ART5_1, InformationStatus.COMPLETE)


@pytest.mark.requirement("SCP-08")
@pytest.mark.parametrize("direction", [Direction.OUTGOING, Direction.INCOMING])
def test_the_direction_of_a_direct_debit_is_that_of_the_message(direction: Direction) -> None:
    stranger = replace(PAID_BY_OURS, payer_institution=None, payee_institution=None)
    found = check(stranger, Context(direction=direction), POLICY)
    assert found.direction is direction
    assert found.roles == ((Role.PAYEE,) if direction is Direction.OUTGOING else (Role.PAYER,))


@pytest.mark.requirement("SCP-08", "PAY-09")
def test_a_collection_of_our_customer_never_leaves_incomplete() -> None:
    lacking = replace(COLLECTED_BY_OURS, payer_account=None)
    decision = decide(lacking, check(lacking, NO_CONTEXT, POLICY), (), NO_CONTEXT, SHIPPED)
    assert decision.outcome is Outcome.REJECT
    assert decision.row == "M04"


@pytest.mark.requirement("SCP-08")
def test_a_collection_from_outside_needs_the_full_set_whatever_the_amount() -> None:
    small = Amount(Decimal(10), "EUR", "/amount")
    foreign = replace(PAID_BY_OURS, payee_institution=institution("AAAAUS33"), amount=small)
    assert check(foreign, NO_CONTEXT, POLICY).required_set is RequiredSet.ART4
    going = replace(COLLECTED_BY_OURS, payer_institution=institution("AAAAUS33"), amount=small)
    assert check(going, NO_CONTEXT, POLICY).required_set is RequiredSet.ART6_2


@pytest.mark.requirement("SCP-08")
def test_the_one_to_ask_about_a_direct_debit_is_on_the_side_of_the_payee() -> None:
    chain = (institution("AAAAFRP1"), institution(OURS), institution("AAAAGB2L"))
    between = replace(PAID_BY_OURS, payer_institution=institution("AAAADEFF"), intermediaries=chain, payer_account=None)
    found = check(between, NO_CONTEXT, POLICY)
    assert found.roles == (Role.INTERMEDIARY,)
    assert found.deadline_working_days == 5  # asked is the British one, not the French


@pytest.mark.requirement("EXM-07")
@pytest.mark.parametrize(
    ("kind", "in_scope"),
    [
        (PaymentKind.INSTITUTION_CREDIT_TRANSFER, False),
        (PaymentKind.COVER, True),
        (PaymentKind.CUSTOMER_CREDIT_TRANSFER, True),
        (PaymentKind.RETURN, False),
        (PaymentKind.CANCELLATION_REQUEST, False),
    ],
)
def test_which_kinds_the_law_speaks_of(kind: PaymentKind, *, in_scope: bool) -> None:
    nameless = replace(OUTGOING, kind=kind, payer=None, payee=None)
    found = check(nameless, NO_CONTEXT, POLICY)
    assert found.in_scope is in_scope
    assert (found.status is InformationStatus.NOT_APPLICABLE) is not in_scope
    if not in_scope:
        assert found.findings == ()
        assert any(step.rule == "exemption" and step.conclusion == "exempt" for step in found.steps)


@pytest.mark.requirement("EXM-07", "EXM-09")
def test_what_the_hub_knows_outweighs_the_type_only_where_it_is_stricter() -> None:
    hidden = Context(instrument_kind="psp_own_account", instrument_facts=(("cover_of_customer_transfer", "true"),))
    own = replace(OUTGOING, kind=PaymentKind.INSTITUTION_CREDIT_TRANSFER)
    assert check(own, hidden, POLICY).in_scope
    claimed = replace(hidden, instrument_facts=(("cover_of_customer_transfer", "false"),))
    assert check(replace(OUTGOING, kind=PaymentKind.COVER), claimed, POLICY).in_scope


def test_a_request_to_cancel_needs_no_amount_and_no_institutions() -> None:
    request = Payment("camt.056.001.08", 0, "/p", PaymentIds(), kind=PaymentKind.CANCELLATION_REQUEST)
    found = check(request, NO_CONTEXT, POLICY)
    assert {one.reason for one in found.findings} <= {Reason.DATE_IMPLAUSIBLE}
    assert not found.in_scope


@pytest.mark.requirement("EXM-07", "SCP-03")
def test_a_transfer_between_institutions_is_not_held_for_a_role_that_decides_nothing() -> None:
    nowhere = replace(OUTGOING, payer_institution=institution(None), payee_institution=institution(None))
    own = check(replace(nowhere, kind=PaymentKind.INSTITUTION_CREDIT_TRANSFER), NO_CONTEXT, POLICY)
    assert {one.reason for one in own.findings} == {Reason.INSTITUTION_NOT_LOCATED}
    for kind in (PaymentKind.COVER, PaymentKind.CUSTOMER_CREDIT_TRANSFER):
        found = check(replace(nowhere, kind=kind), NO_CONTEXT, POLICY)
        assert Reason.FIELD_UNREADABLE in {one.reason for one in found.findings}


@pytest.mark.requirement("SCP-03", "PAY-09")
def test_an_order_comes_to_the_customers_own_institution() -> None:
    order = replace(INTRA_UNION, kind=ORDER, payer_institution=None, payer=replace(PAYER, name=None))
    found = check(order, NO_CONTEXT, POLICY)
    assert found.roles == (Role.PAYER,)
    assert Reason.FIELD_UNREADABLE not in {one.reason for one in found.findings}


@pytest.mark.requirement("PAY-10")
@pytest.mark.parametrize(
    ("number", "expected"),
    [("FR1420041010050500013M02606", RequiredSet.ART5_1), ("CH9300762011623852957", RequiredSet.ART4)],
)
def test_an_order_without_a_bic_goes_where_its_iban_is_numbered(number: str, expected: RequiredSet) -> None:
    order = replace(INTRA_UNION, kind=ORDER, payee_institution=None, payee_account=account(number))
    assert check(order, NO_CONTEXT, POLICY).required_set is expected
    transfer = replace(order, kind=PaymentKind.CUSTOMER_CREDIT_TRANSFER)
    assert check(transfer, NO_CONTEXT, POLICY).required_set is RequiredSet.ART4


def test_an_order_whose_institution_has_another_code_is_not_located_by_its_iban() -> None:
    cleared = replace(institution(None), clearing_id=PAYER.name)
    order = replace(INTRA_UNION, kind=ORDER, payee_institution=cleared)
    assert check(order, NO_CONTEXT, POLICY).required_set is RequiredSet.ART4


def test_the_payees_institution_has_no_duty_to_carry_the_payers_lei() -> None:
    found = check(INCOMING, Context(payer_lei_given=True), POLICY)
    assert Item.PAYER_LEI not in {one.facts.item for one in found.findings}
