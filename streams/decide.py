"""Findings + policy -> decision. No clock, no randomness: the same facts always meet the same row."""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemas.decision import Decision, Initiation, Outcome
from schemas.finding import Family, Finding, Reason, precedence
from schemas.information.codes import requests, status_codes
from streams.matrix import Action, Facts, Row, first_match

if TYPE_CHECKING:
    from collections.abc import Sequence

    from schemas.assessment import Assessment
    from schemas.context import Context
    from schemas.payment import Payment
    from streams.policy import Policy

CONTEXT_PATH = "header:payment-filter-context"

# Not the bank's to choose: a check that did not run never lets money go.
FAIL_CLOSED = Row(id="F00", action=Action.SUSPEND, queue="operations")


def decide(
    payment: Payment, assessment: Assessment, listed: Sequence[Finding], context: Context, policy: Policy
) -> Decision:
    """What happens to one payment, given what the information rules and the screening found."""
    found = [*payment.problems, *context.problems, *_reported(context), *assessment.findings, *listed]
    findings = tuple(sorted(found, key=precedence))
    row = row_for(findings, assessment, context, policy)
    outcome = row.action.outcome
    follow_up = row.action is Action.EXECUTE_FOLLOWUP
    asking = outcome is Outcome.SUSPEND or follow_up
    return Decision(
        position=payment.position,
        path=payment.path,
        ids=payment.ids,
        amount=payment.amount,
        business_date=payment.business_date,
        outcome=outcome,
        row=row.id,
        queue=row.queue,
        follow_up=follow_up,
        findings=findings,
        assessment=assessment,
        requests=requests(findings) if asking else (),
        status_codes=status_codes(findings, outcome, assessment.rail),
        initiation=_initiation(payment, context),
    )


def _initiation(payment: Payment, context: Context) -> Initiation | None:
    """How the order came, where hub or message say anything of it."""
    party = payment.initiating_party
    if party is None and context.initiation_channel is None and context.initiation_provider is None:
        return None
    numbers = [] if party is None else [party.lei, party.bic, *[one.value for one in party.identifications]]
    return Initiation(
        channel=context.initiation_channel or "",
        provider=context.initiation_provider or "",
        name=party.name.text if party is not None and party.name is not None else "",
        number=next((one.text for one in numbers if one is not None), ""),
        path="" if party is None else party.path,
    )


def row_for(findings: Sequence[Finding], assessment: Assessment, context: Context, policy: Policy) -> Row:
    """The row that decides: fail closed first, then the bank's matrix."""
    if any(finding.facts.family is Family.FAILURE for finding in findings):
        return FAIL_CLOSED
    return first_match(policy.matrix, facts_of(findings, assessment, context))


def facts_of(findings: Sequence[Finding], assessment: Assessment, context: Context) -> Facts:
    """A payment in the matrix's own terms."""
    listed = any(f.facts.family is Family.LISTED and f.reason is not Reason.FRAUD_HOLD for f in findings)
    defects = [(f.facts.item, f.facts.kind) for f in findings if f.facts.family is Family.DEFECT]
    return Facts(
        scope="in" if assessment.in_scope else "out",
        sanctions="open_hit" if listed else "none",
        fraud_hold=context.fraud_hold,
        roles=assessment.duties or assessment.roles,
        status=assessment.status,
        prior_psp_stage=context.prior_stage,
        rail=assessment.rail,
        rfi="expired" if context.request_expired else "none",
        defects=tuple((item, kind) for item, kind in defects if item is not None and kind is not None),
        indicator=bool(assessment.indicators),
    )


def _reported(context: Context) -> list[Finding]:
    """What the hub itself reports about this payment."""
    said = {Reason.OPEN_HIT: context.open_hit, Reason.FRAUD_HOLD: context.fraud_hold}
    return [
        Finding(reason, CONTEXT_PATH, reason.value, "reported by the hub") for reason, holds in said.items() if holds
    ]
