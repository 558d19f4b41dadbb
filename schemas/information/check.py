"""The information rules on one payment: is it in scope, what must it say, does it say it? Pure, and never raises.

The order is that of the law: which law (date), who we are (role), does the law speak of it (scope, exemptions), what
is required (amount, chain, batch), then each item. Steps tell the reasoning, findings what is wrong. The same function
judges in real time and afterwards. Requirements: SCP-04, PAY-12, DET-02, DET-12, DET-17, INT-05, SUS-02.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from schemas.assessment import Assessment, InformationStatus, RequiredSet, Step
from schemas.finding import REASONS, Finding, Item, Kind, Reason, precedence
from schemas.information.amounts import amount_findings, euros_of
from schemas.information.consistency import inconsistencies
from schemas.information.duties import duties_of
from schemas.information.exemptions import exemption_of
from schemas.information.formats import format_findings
from schemas.information.frame_findings import ABSURD_YEAR, date_findings, frame_findings, frame_steps
from schemas.information.items import Case, Failure
from schemas.information.law import LAWS, law_on
from schemas.information.lexicon import normalise
from schemas.information.profiles import profiles_on
from schemas.information.required import STRICTEST_FIRST, header_stands_in, required_set, required_step
from schemas.information.risk import deadline_of, indicators_of, monitoring_step, verification_required
from schemas.information.scope import frame_of

if TYPE_CHECKING:
    from datetime import date

    from schemas.context import Context
    from schemas.information.duties import Duty
    from schemas.information.law import Law
    from schemas.information.policy import InformationPolicy
    from schemas.information.scope import Frame
    from schemas.payment import Payment


# A look at a member goes through its class (a quarter of a microsecond in Python 3.11): the hot ones have own names.
_COMPLETE = InformationStatus.COMPLETE
_NOTHING_ASKED = frozenset({_COMPLETE, InformationStatus.NOT_APPLICABLE})


def check(payment: Payment, context: Context, policy: InformationPolicy) -> Assessment:
    """Judge one payment by the law of its own business date. Same payment, context and policy: same assessment."""
    law, day = _law_of(payment, context)
    frame = frame_of(payment, context, policy, day)
    rail = context.rail if context.rail is not None else payment.rail
    euros = euros_of(payment, context, policy, day)
    profiles, dated = profiles_on(day, rail, policy.country)
    indicators = indicators_of(frame, euros, context, policy)
    steps = frame_steps(payment, frame, law, euros)
    steps += [dated, monitoring_step(frame, rail, context, policy)]
    outside = _out_of_scope(payment, context, frame, steps, law)
    findings = [*date_findings(payment, context, law), *amount_findings(payment)]
    findings += frame_findings(payment, frame, exempt=bool(outside))
    if outside:
        required, status, verify = RequiredSet.NONE, InformationStatus.NOT_APPLICABLE, False
    else:
        case = Case(payment, context, policy, law, rail, day, _allowed(policy.allowed_names), profiles)
        sets = tuple([(role, *required_set(role, frame, euros, context, policy)) for role in frame.duties])
        required = sets[0][1] if len(sets) == 1 else min((one for _, one, _ in sets), key=STRICTEST_FIRST.index)
        steps.append(required_step(law.title, sets))
        duties = duties_of(law.title, sets, tuple([header_stands_in(role, context) for role in frame.duties]))
        findings += _judge(case, required, duties, steps)
        findings += format_findings(payment, rail, profiles)
        status = _status(findings)
        verify = any(verification_required(role, one, euros, context) for role, one, _ in sets)
    asks = status not in _NOTHING_ASKED
    return Assessment(
        roles=frame.roles,
        duties=frame.duties,
        direction=frame.direction,
        rail=rail,
        in_scope=not outside,
        scope_reason=outside or "an institution that moves the payment is in the Union, or may be",
        profile=law.key,
        required_set=required,
        status=status,
        findings=tuple(sorted(findings, key=precedence)) if len(findings) > 1 else tuple(findings),
        indicators=indicators,
        verification_required=verify,
        deadline_working_days=deadline_of(frame, policy) if asks else None,
        steps=tuple(steps),
        prior_country=frame.prior_country,
    )


def _law_of(payment: Payment, context: Context) -> tuple[Law, date]:
    """The law of the business date, else of the day we received the message, else the latest."""
    day = payment.business_date
    if day is None and context.received_at is not None:
        day = context.received_at.date()
    law = None if day is None else law_on(day)
    if day is None or law is None or day.year >= ABSURD_YEAR:
        return LAWS[-1], LAWS[-1].first_day
    return law, day


def _out_of_scope(payment: Payment, context: Context, frame: Frame, steps: list[Step], law: Law) -> str:
    """Why the law does not speak of this payment, "" where it does."""
    if not frame.in_scope:
        steps.append(Step("scope", "no institution in the Union", "", "out of scope", f"{law.title} Art. 2(1)"))
        return "no institution of the chain is in the Union (Art. 2(1))"
    claim = exemption_of(payment, context, frame)
    if claim is None:
        return ""
    conclusion = "exempt" if claim.granted else "not proved: the law applies in full"
    steps.append(Step("exemption", claim.because, "", conclusion, f"{law.title} {claim.article}"))
    return f"exempt ({claim.article}): {claim.because}" if claim.granted else ""


def _judge(case: Case, required: RequiredSet, duties: tuple[Duty, ...], steps: list[Step]) -> list[Finding]:
    odd = inconsistencies(case.payment, case.policy.consistency)
    findings = [Finding(Reason.INFORMATION_INCONSISTENT, one.value.path, one.value.text, one.detail) for one in odd]
    counts = {one.item: one for one in reversed(odd) if one.weight == "missing"} if odd else {}
    for duty in duties:
        failure, told = duty.judge(case)
        if failure is None and duty.item in counts:
            one = counts[duty.item]
            said = f"inconsistent: {one.detail}"
            failure = Failure(duty.item, Kind.MEANINGLESS, one.value.path, one.value.text, said)
        if told is not None:
            findings.append(Finding(Reason.MEANINGLESS_LIKELY, told.path, told.seen, told.detail))
        if failure is None:
            if duty.source:
                steps.append(duty.passed)
        elif duty.source:
            findings.append(_defect(failure, duty.source))
            steps.append(_step(failure, duty.source))
        else:
            findings += _notices(failure, required)
    return findings


def _step(failure: Failure, source: str) -> Step:
    conclusion = f"{failure.kind}: {failure.detail}" if failure.detail else failure.kind.value
    return Step(failure.item.value, failure.seen, failure.path, conclusion, source)


def _defect(failure: Failure, source: str) -> Finding:
    return Finding(
        _REASONS[failure.item, failure.kind],
        failure.path,
        failure.seen,
        failure.detail,
        source,
        wanted=failure.wanted,
    )


_REASONS = {(facts.item, facts.kind): reason for reason, facts in REASONS.items() if facts.item is not None}


def _notices(failure: Failure, required: RequiredSet) -> list[Finding]:
    """A name the law does not ask for here: told when it means nothing, or when the payer's is not there."""
    notices = []
    if failure.kind is Kind.MEANINGLESS:
        notices.append(Finding(Reason.MEANINGLESS_NON_REQUIRED, failure.path, failure.seen, failure.detail))
    absent = failure.kind in {Kind.MISSING, Kind.MEANINGLESS}
    if absent and failure.item is Item.PAYER_NAME and required is RequiredSet.ART5_1:
        notices.append(Finding(Reason.NAME_ABSENT_INTRA_UNION, failure.path, failure.seen))
    return notices


def _status(findings: list[Finding]) -> InformationStatus:
    """The worst of the defects: what means nothing is missing."""
    if not findings:
        return _COMPLETE
    kinds = [finding.facts.kind for finding in findings]
    if Kind.MISSING in kinds or Kind.MEANINGLESS in kinds:
        return InformationStatus.MISSING
    if Kind.INCOMPLETE in kinds:
        return InformationStatus.INCOMPLETE
    return InformationStatus.INADMISSIBLE if Kind.INADMISSIBLE in kinds else _COMPLETE


@lru_cache(maxsize=16)
def _allowed(names: tuple[str, ...]) -> frozenset[str]:
    return frozenset(map(normalise, names))
