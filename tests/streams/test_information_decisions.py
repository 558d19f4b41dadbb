"""What the information rules lead to, decided with the product's own example policy."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from itertools import product
from typing import TYPE_CHECKING

import pytest

from lists.fields import fields_of
from schemas.context import Context, PriorStage
from schemas.decision import Decisions, EditionUsed, InformationRequest, Initiation, Outcome
from schemas.finding import Finding, Item, Kind, Reason
from schemas.information.check import check
from schemas.payment import Amount, Identification, Party, Payment, PaymentKind, Rail, Role, Value
from schemas.wire import decision_record
from streams.decide import decide
from streams.matrix import Facts, _status, first_match
from streams.publish import alert_kind
from tests.information_builders import (
    INCOMING,
    INTRA_UNION,
    NO_CONTEXT,
    OUTGOING,
    PAYEE,
    PAYER,
    POLICY,
    SHIPPED,
    TRANSIT,
    institution,
)

if TYPE_CHECKING:
    from schemas.decision import Decision

LISTED = Finding(Reason.LISTED_NAME, "/payee/name", "Vasiliy Drumov")
OURS = replace(SHIPPED, information=replace(SHIPPED.information, own_bics=POLICY.own_bics))


def decided(payment: Payment, *listed: Finding, context: Context = NO_CONTEXT) -> Decision:
    return decide(payment, check(payment, context, OURS.information), listed, context, OURS)


def payer_named(payment: Payment, text: str) -> Payment:
    return replace(payment, payer=replace(PAYER, name=Value(text, "/payer/name")))


@pytest.mark.requirement("EXM-09", "INT-12")
@pytest.mark.parametrize("kind", [PaymentKind.INSTITUTION_CREDIT_TRANSFER, PaymentKind.RETURN])
def test_an_exempt_payment_is_screened_all_the_same(kind: PaymentKind) -> None:
    exempt = replace(OUTGOING, kind=kind)
    assert decided(exempt).outcome is Outcome.EXECUTE
    assert decided(exempt, LISTED).outcome is Outcome.SUSPEND
    assert ("name", "Urs Keller") in {(field.method.value, field.text) for field in fields_of(exempt)}


@pytest.mark.requirement("INT-12")
def test_a_listed_party_is_held_between_institutions_too() -> None:
    assert decided(TRANSIT).outcome is Outcome.EXECUTE
    held = decided(TRANSIT, LISTED)
    assert (held.outcome, held.row) == (Outcome.SUSPEND, "M01")


@pytest.mark.requirement("INT-05", "DET-12", "DET-14")
@pytest.mark.parametrize("name", ["XXXXX", "ABCDEFG", "autre", "mon client", "Unbekannt"])
def test_what_means_nothing_is_missing_in_every_role(name: str) -> None:
    for payment in (OUTGOING, INCOMING, TRANSIT):
        meaningless, missing = decided(payer_named(payment, name)), decided(payer_named(payment, ""))
        assert (meaningless.outcome, meaningless.row) == (missing.outcome, missing.row)
        assert [one.reason for one in meaningless.findings] == [Reason.PAYER_NAME_MEANINGLESS]
        assert [one.reason for one in missing.findings] == [Reason.PAYER_NAME_MISSING]


@pytest.mark.requirement("DET-15")
def test_meaning_is_judged_whatever_the_characters() -> None:
    (finding,) = decided(payer_named(replace(INCOMING, rail=Rail.SWIFT_MT), "XXX_XXX")).findings
    assert finding.reason is Reason.PAYER_NAME_MEANINGLESS
    assert "one character repeated" in finding.detail
    assert "U+005F" in finding.detail


@pytest.mark.requirement("EXM-04")
def test_who_only_clears_or_carries_messages_is_no_institution_of_the_chain() -> None:
    clearing = institution("EBAPFRPAXXX")
    through = replace(TRANSIT, intermediaries=(clearing, *TRANSIT.intermediaries), sender=clearing, payer_account=None)
    assert check(through, NO_CONTEXT, POLICY).deadline_working_days == 5
    outside = replace(INTRA_UNION, intermediaries=(institution("CHIPUS33"),))
    assert check(outside, NO_CONTEXT, POLICY).required_set == "ART4"
    known = replace(POLICY, not_institutions=("CHIPUS33XXX",))
    assert check(outside, NO_CONTEXT, known).required_set == "ART5_1"


@pytest.mark.requirement("SCP-07")
def test_an_initiating_party_is_screened_and_never_the_payers_institution() -> None:
    initiated = replace(OUTGOING, initiating_party=Party("/initg", name=Value("Pay Initiation Ltd", "/initg/name")))
    assert check(initiated, NO_CONTEXT, POLICY) == check(OUTGOING, NO_CONTEXT, POLICY)
    assert "Pay Initiation Ltd" in {field.text for field in fields_of(initiated)}


@pytest.mark.requirement("SCP-07")
def test_how_an_order_came_is_carried_into_records_and_alerts() -> None:
    pisp = Party(
        "/initg",
        name=Value("Pay Initiation Ltd", "/initg/name"),
        identifications=(Identification(Value("PSDLU-CSSF-4471", "/initg/id"), "", organisation=True),),
    )
    context = Context(initiation_channel="pisp", initiation_provider="PSDLU-CSSF-4471")
    initiated = replace(payer_named(INCOMING, ""), initiating_party=pisp)
    decision = decided(initiated, context=context)
    expected = Initiation("pisp", "PSDLU-CSSF-4471", "Pay Initiation Ltd", "PSDLU-CSSF-4471", "/initg")
    assert decision.initiation == expected
    assert decided(INCOMING).initiation is None
    assert decided(INCOMING, context=Context(initiation_channel="branch")).initiation == Initiation(
        "branch", "", "", "", ""
    )
    assert replace(decision, initiation=None) == replace(decided(payer_named(INCOMING, "")), initiation=None)
    message = Decisions("d", "m", "f", (decision,), OURS.used, EditionUsed("e"), "test")
    assert decision_record(message).payments[0].initiation == expected


@pytest.mark.requirement("INT-12")
def test_indicators_of_risk_hold_on_what_only_passes_through() -> None:
    risky = replace(TRANSIT, payer_institution=institution("AAAAIRTH"))
    large = replace(TRANSIT, amount=Amount(Decimal(20000), "EUR", "/amount"))
    for payment, name in ((risky, "HIGH_RISK_COUNTRY"), (large, "VALUE_ABOVE_THRESHOLD")):
        found = check(payment, NO_CONTEXT, OURS.information)
        assert found.roles == (Role.INTERMEDIARY,)
        assert name in found.indicators
    lacking = decided(replace(risky, payer=Party("/payer", name=Value("Reza Amini", "/payer/name"))))
    assert (lacking.outcome, lacking.row) == (Outcome.SUSPEND, "M13")
    message = Decisions("d", "m", "f", (lacking,), OURS.used, EditionUsed("e"), "test")
    assert alert_kind(message) == "information"


@pytest.mark.requirement("DET-20", "SUS-01")
def test_a_missing_name_raises_an_alert_that_carries_the_defect() -> None:
    for payment in (payer_named(INCOMING, ""), replace(INCOMING, payee=replace(PAYEE, name=None))):
        decision = decided(payment)
        message = Decisions("d", "m", "f", (decision,), OURS.used, EditionUsed("e"), "test")
        assert alert_kind(message) == "information"
        assert decision.findings[0].facts.kind is Kind.MISSING


@pytest.mark.requirement("DET-17")
def test_detection_waits_for_nobody() -> None:
    """The same thousand payments are judged while every one of them is held for a person to look at."""
    held = [decided(payer_named(INCOMING, "XXXXX")) for _ in range(1_000)]
    assert {one.outcome for one in held} == {Outcome.SUSPEND}
    assert decided(INCOMING).outcome is Outcome.EXECUTE


@pytest.mark.requirement("MNG-01", "INT-10")
def test_every_combination_has_exactly_one_action_in_every_role() -> None:
    stages, rails, indicators = tuple(PriorStage), tuple(Rail), (False, True)
    for role, item, kind, stage, rail, indicator in product(Role, Item, Kind, stages, rails, indicators):
        facts = Facts(
            roles=(role,),
            status=_status(kind),
            prior_psp_stage=stage,
            rail=rail,
            defects=((item, kind),),
            indicator=indicator,
        )
        row = first_match(SHIPPED.matrix, facts)
        assert [one.id for one in SHIPPED.matrix].count(row.id) == 1
        if role is not Role.PAYER:  # the two others meet the same rows
            other = Role.PAYEE if role is Role.INTERMEDIARY else Role.INTERMEDIARY
            assert first_match(SHIPPED.matrix, replace(facts, roles=(other,))) is row


@pytest.mark.requirement("MNG-07")
def test_what_was_outside_the_characters_is_asked_for_again_within_them() -> None:
    decision = decided(payer_named(INCOMING, "René Weber"))
    assert decision.outcome is Outcome.SUSPEND
    assert decision.requests == (InformationRequest("payer.name", "RQFI/FWTR/DTOR/RQNM", "admissible_characters"),)
    missing = decided(payer_named(INCOMING, ""))
    assert missing.requests == (InformationRequest("payer.name", "RQFI/FWTR/DTOR/RQNM"),)
