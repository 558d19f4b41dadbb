"""The information rules on one payment: is it in scope, what must it say, does it say it? Pure, and never raises.

The order is that of the law: which law (date), who we are (role), does the law speak of it (scope, exemptions), what
is required (amount, chain, batch), then each item. Steps tell the reasoning, findings what is wrong.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from schemas.assessment import Assessment, InformationStatus, RequiredSet, Step
from schemas.finding import REASONS, Family, Finding, Item, Kind, Reason, precedence
from schemas.information.amounts import amount_findings, euros_of
from schemas.information.exemptions import exemption_of
from schemas.information.frame_findings import date_findings, frame_findings, frame_steps
from schemas.information.items import (
    Case,
    judge_payee_account,
    judge_payee_name,
    judge_payer_account,
    judge_payer_lei,
    judge_payer_name,
    judge_third_element,
)
from schemas.information.law import LAWS, law_on
from schemas.information.lexicon import normalise
from schemas.information.required import ITEMS, STRICTEST_FIRST, header_stands_in, required_set
from schemas.information.risk import deadline_of, indicators_of, verification_required
from schemas.information.scope import frame_of
from schemas.payment import Role

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from schemas.context import Context
    from schemas.information.items import Failure, Told
    from schemas.information.law import Law
    from schemas.information.policy import InformationPolicy
    from schemas.information.scope import Frame
    from schemas.payment import Payment

_HEADER = (Item.PAYER_NAME, Item.PAYER_ACCOUNT, Item.PAYER_THIRD_ELEMENT, Item.PAYER_LEI)
_BATCHES = frozenset({RequiredSet.BATCH_6_1, RequiredSet.ART4_BATCH})
Wanted = dict[Item, str]  # each required item with the article that asks for it


def check(payment: Payment, context: Context, policy: InformationPolicy) -> Assessment:
    """Judge one payment by the law of its own business date. Same payment, context and policy: same assessment."""
    law, day = _law_of(payment, context)
    frame = frame_of(payment, context, policy, day)
    euros = euros_of(payment, context, policy)
    steps = frame_steps(payment, frame, law, euros)
    findings = [*date_findings(payment, context, law), *frame_findings(payment, frame), *amount_findings(payment)]
    outside = _out_of_scope(context, frame, steps, law)
    if outside:
        required, status, verify = RequiredSet.NONE, InformationStatus.NOT_APPLICABLE, False
    else:
        rail = context.rail if context.rail is not None else payment.rail
        case = Case(payment, context, policy, law, rail, day, _allowed(policy.allowed_names))
        sets = [(role, *required_set(role, frame, euros, context, policy)) for role in frame.roles]
        required = min((one for _, one, _ in sets), key=STRICTEST_FIRST.index)
        findings += _judge(case, required, _wanted(sets, context), steps)
        status = _status(findings)
        verify = any(verification_required(role, one, euros, context) for role, one, _ in sets)
    asks = status not in {InformationStatus.COMPLETE, InformationStatus.NOT_APPLICABLE}
    return Assessment(
        roles=frame.roles,
        direction=frame.direction,
        rail=context.rail if context.rail is not None else payment.rail,
        in_scope=not outside,
        scope_reason=outside or "an institution that moves the payment is in the Union, or may be",
        profile=law.key,
        required_set=required,
        status=status,
        findings=tuple(sorted(findings, key=precedence)) if len(findings) > 1 else tuple(findings),
        indicators=indicators_of(frame, euros, context, policy),
        verification_required=verify,
        deadline_working_days=deadline_of(frame, policy) if asks else None,
        steps=tuple(steps),
    )


def _law_of(payment: Payment, context: Context) -> tuple[Law, date]:
    """The law of the business date, else of the day we received the message, else the latest."""
    day = payment.business_date
    if day is None and context.received_at is not None:
        day = context.received_at.date()
    law = None if day is None else law_on(day)
    if day is None or law is None:
        return LAWS[-1], LAWS[-1].first_day
    return law, day


def _out_of_scope(context: Context, frame: Frame, steps: list[Step], law: Law) -> str:
    """Why the law does not speak of this payment, "" where it does."""
    if not frame.in_scope:
        steps.append(Step("scope", "no institution in the Union", "", "out of scope", f"{law.title} Art. 2(1)"))
        return "no institution of the chain is in the Union (Art. 2(1))"
    claim = exemption_of(context, frame)
    if claim is None:
        return ""
    conclusion = "exempt" if claim.granted else "not proved: the law applies in full"
    steps.append(Step("exemption", claim.because, "", conclusion, f"{law.title} {claim.article}"))
    return f"exempt ({claim.article}): {claim.because}" if claim.granted else ""


def _wanted(sets: list[tuple[Role, RequiredSet, str]], context: Context) -> Wanted:
    """What each role asks for. A batch whose header does not stand in must carry the payer's data in each transfer."""
    wanted: Wanted = {}
    for role, required, article in sets:
        items = ITEMS[required]
        if role is Role.PAYER and required is RequiredSet.ART4:
            items = (*items, Item.PAYER_LEI)
        if required in _BATCHES and not header_stands_in(role, context):
            items = (*items, *_HEADER) if role is Role.PAYER else (*items, *_HEADER[:-1])
        for item in items:
            wanted.setdefault(item, _article(article, item, outgoing=role is Role.PAYER))
    return wanted


_ITEM_ARTICLES = {
    Item.PAYER_NAME: "4(1)(a)",
    Item.PAYER_ACCOUNT: "4(1)(b)",
    Item.PAYER_THIRD_ELEMENT: "4(1)(c)",
    Item.PAYER_LEI: "4(1)(d)",
    Item.PAYEE_NAME: "4(2)(a)",
    Item.PAYEE_ACCOUNT: "4(2)(b)",
}


@lru_cache(maxsize=256)
def _article(of_set: str, item: Item, *, outgoing: bool) -> str:
    """The article of the set, that of the item, and Art. 4(6) for our own orders: never executed when incomplete."""
    article = f"Art. {_ITEM_ARTICLES[item]}" if of_set == "Art. 4" else f"{of_set}, {_ITEM_ARTICLES[item]}"
    return f"{article}, 4(6)" if outgoing else article


def _judge(case: Case, required: RequiredSet, wanted: Wanted, steps: list[Step]) -> list[Finding]:
    """Every required item, and the names even where they are not required: a person may want to know."""
    findings: list[Finding] = []
    for item, judge in _JUDGES.items():
        failure, told = judge(case)
        article = wanted.get(item)
        if article is not None:
            source = f"{case.law.title} {article}"
            steps.append(_step(item, failure, told, source))
            if failure is not None:
                findings.append(_defect(failure, source))
        elif failure is not None:
            findings += _notices(item, failure, required)
        if told is not None:
            findings.append(Finding(Reason.MEANINGLESS_LIKELY, told.path, told.seen, told.detail))
    for item, rule in _ONLY_IF_REQUIRED.items():
        if item in wanted:
            failure = rule(case)
            source = f"{case.law.title} {wanted[item]}"
            steps.append(_step(item, failure, None, source))
            if failure is not None:
                findings.append(_defect(failure, source))
    return findings


_JUDGES: dict[Item, Callable[[Case], tuple[Failure | None, Told | None]]] = {
    Item.PAYER_NAME: judge_payer_name,
    Item.PAYEE_NAME: judge_payee_name,
}
_ONLY_IF_REQUIRED: dict[Item, Callable[[Case], Failure | None]] = {
    Item.PAYER_ACCOUNT: judge_payer_account,
    Item.PAYEE_ACCOUNT: judge_payee_account,
    Item.PAYER_THIRD_ELEMENT: judge_third_element,
    Item.PAYER_LEI: judge_payer_lei,
}


def _step(item: Item, failure: Failure | None, told: Told | None, source: str) -> Step:
    if failure is not None:
        conclusion = f"{failure.kind}: {failure.detail}" if failure.detail else failure.kind.value
        return Step(item.value, failure.seen, failure.path, conclusion, source)
    return Step(item.value, "", "", "there" if told is None else f"there, but {told.detail}", source)


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


def _notices(item: Item, failure: Failure, required: RequiredSet) -> list[Finding]:
    """A name the law does not ask for here: told when it means nothing, or when the payer's is not there."""
    notices = []
    if failure.kind is Kind.MEANINGLESS:
        notices.append(Finding(Reason.MEANINGLESS_NON_REQUIRED, failure.path, failure.seen, failure.detail))
    absent = failure.kind in {Kind.MISSING, Kind.MEANINGLESS}
    if absent and item is Item.PAYER_NAME and required is RequiredSet.ART5_1:
        notices.append(Finding(Reason.NAME_ABSENT_INTRA_UNION, failure.path, failure.seen))
    return notices


_WORST_FIRST = (
    ({Kind.MISSING, Kind.MEANINGLESS}, InformationStatus.MISSING),
    ({Kind.INCOMPLETE}, InformationStatus.INCOMPLETE),
    ({Kind.INADMISSIBLE}, InformationStatus.INADMISSIBLE),
)


def _status(findings: list[Finding]) -> InformationStatus:
    """The worst of the defects: what means nothing is missing."""
    kinds = {finding.facts.kind for finding in findings if finding.facts.family is Family.DEFECT}
    if not kinds:
        return InformationStatus.COMPLETE
    return next(status for wanted, status in _WORST_FIRST if not kinds.isdisjoint(wanted))


@lru_cache(maxsize=16)
def _allowed(names: tuple[str, ...]) -> frozenset[str]:
    return frozenset(map(normalise, names))
