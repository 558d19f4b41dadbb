"""From bytes to decisions: decode, check, screen, decide. All in one in-process call, a batch at a time.

The result for one message never depends on the batch it came in. This module holds the product's one broad `except`:
whatever fails for one message suspends that message with the reason `internal-error`, and no other.
"""

from __future__ import annotations

import hashlib
import traceback
from collections import Counter
from dataclasses import fields, replace
from operator import attrgetter
from typing import TYPE_CHECKING, ParamSpec, TypeVar

import orjson

from lists.facts import Known
from lists.screen import screen, screen_bytes
from schemas.context import Context
from schemas.decision import Decision, Decisions, Outcome
from schemas.finding import Family, Finding, Reason, precedence
from schemas.formats.detect import decode
from schemas.information.check import check
from schemas.information.items import transaction_identifier
from schemas.payment import Message, Payment
from streams import ENGINE
from streams.decide import FAIL_CLOSED, decide

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

    from lists.index import Index
    from streams.policy import Policy

P = ParamSpec("P")
T = TypeVar("T")
Question = tuple[bytes, Context]
Listed = tuple[Finding, ...]
_HARMLESS = frozenset({Family.NOTICE, Family.RECORD})


def filter_message(raw: bytes, context: Context, index: Index, policy: Policy) -> Decisions:
    """Decide every payment in one message. Same bytes, context, lists and policy: same decisions."""
    return filter_batch([(raw, context)], index, policy)[0]


def filter_batch(
    questions: Sequence[Question],
    index: Index,
    policy: Policy,
    mark: Callable[[str], None] = lambda _stage: None,
    as_of: date | None = None,
) -> list[Decisions]:
    """Decide many messages at once, which makes screening far cheaper than one by one.

    `mark` is called with the name of each stage as it ends (decode, screen, decide), so that the caller's clock can
    measure them. `as_of` asks what would be decided were every payment of that day: for studies, never for the stream.
    """
    messages = [_guarded(decode, raw, policy.decoding, context.format) for raw, context in questions]
    if as_of is not None:
        messages = [_dated(message, as_of) for message in messages]
    mark("decode")
    listed = _screened(questions, messages, index, policy)
    mark("screen")
    answers = [
        _answer(question, message, found, index, policy)
        for question, message, found in zip(questions, messages, listed, strict=True)
    ]
    mark("decide")
    return answers


def _guarded(step: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T | Finding:
    """The one broad except: a surprise becomes a finding that suspends, and says where it happened."""
    try:
        return step(*args, **kwargs)
    except Exception as error:  # noqa: BLE001 - fails closed: nothing that was not fully checked is ever executed
        frame = traceback.extract_tb(error.__traceback__)[-1]
        where = f"{frame.filename.rsplit('/', 1)[-1]}:{frame.lineno} {frame.name}"
        return Finding(Reason.INTERNAL_ERROR, "", "", f"{type(error).__name__} at {where}")


def _dated(message: Message | Finding, day: date) -> Message | Finding:
    if isinstance(message, Finding):
        return message
    return replace(message, payments=tuple([replace(one, business_date=day) for one in message.payments]))


def _screened(
    questions: Sequence[Question], messages: Sequence[Message | Finding], index: Index, policy: Policy
) -> list[list[Listed] | Finding]:
    """What the lists say of each payment of each message: one call for the whole batch, one by one if that fails."""
    readable = [message for message in messages if isinstance(message, Message)]
    payments = [payment for message in readable for payment in message.payments]
    known = [
        fact
        for (_, context), message in zip(questions, messages, strict=True)
        if isinstance(message, Message)
        for fact in [_known(context)] * len(message.payments)
    ]
    together = _guarded(screen, payments, index, policy.screening, known)
    if isinstance(together, Finding) and len(messages) > 1:
        return [
            _screened([question], [message], index, policy)[0]
            for question, message in zip(questions, messages, strict=True)
        ]
    if isinstance(together, Finding) and readable:
        return [together]
    results = iter([] if isinstance(together, Finding) else together)
    return [
        [next(results) for _ in message.payments]
        if isinstance(message, Message)
        else _as_list(_guarded(screen_bytes, raw, index, policy.screening))
        for (raw, _), message in zip(questions, messages, strict=True)
    ]


def _known(context: Context) -> Known:
    """What the screening uses of the hub's own knowledge."""
    return Known(
        rail=context.rail,
        on=context.received_at.date() if context.received_at else None,
        payer_birth_date=context.payer_verified_birth_date or "",
        payer_nationality=context.payer_verified_nationality or "",
    )


def _as_list(found: Listed | Finding) -> list[Listed] | Finding:
    return found if isinstance(found, Finding) else [found]


def _answer(
    question: Question, message: Message | Finding, listed: list[Listed] | Finding, index: Index, policy: Policy
) -> Decisions:
    raw, context = question
    if isinstance(message, Finding):
        found = [message, *([listed] if isinstance(listed, Finding) else listed[0])]
        decisions: tuple[Decision, ...] = (_unjudged(None, found, policy),)
    else:
        per_payment: list[Listed | Finding] = (
            [listed] * len(message.payments) if isinstance(listed, Finding) else [*listed]
        )
        known = _contexts(message, context)
        decisions = tuple(
            [
                _decision(payment, found, one, policy)
                for payment, found, one in zip(message.payments, per_payment, known, strict=True)
            ]
        )
    digest = hashlib.sha256(raw).hexdigest()
    return Decisions(
        decision_id=_decision_id(digest, context, index, policy),
        message_sha256=digest,
        format=message.format if isinstance(message, Message) else "unreadable",
        decisions=decisions,
        policy=policy.used,
        edition=index.edition,
        engine=ENGINE,
    )


def _contexts(message: Message, context: Context) -> list[Context]:
    """What is known of each payment: an identifier that two of one message bear identifies neither (PAY-07)."""
    if len(message.payments) == 1:
        return [context]
    found = [transaction_identifier(payment.ids) for payment in message.payments]
    counts, reused = Counter(found), replace(context, identifier_reused=True)
    return [reused if one and counts[one] > 1 else context for one in found]


def _decision(payment: Payment, listed: Listed | Finding, context: Context, policy: Policy) -> Decision:
    if isinstance(listed, Finding):
        return _unjudged(payment, [listed], policy)
    decided = _guarded(_checked, payment, listed, context, policy)
    return _unjudged(payment, [decided, *listed], policy) if isinstance(decided, Finding) else decided


def _checked(payment: Payment, listed: Listed, context: Context, policy: Policy) -> Decision:
    return decide(payment, check(payment, context, policy.information), listed, context, policy)


def _unjudged(payment: Payment | None, findings: list[Finding], policy: Policy) -> Decision:
    """A payment no rule could judge. Sent back only where that is the policy, and nobody listed may be in it."""
    failed = {finding.reason for finding in findings if finding.facts.family not in _HARMLESS}
    returned = policy.routing.unreadable == "reject" and failed == {Reason.MESSAGE_UNREADABLE}
    return Decision(
        position=payment.position if payment else 1,
        path=payment.path if payment else "",
        ids=payment.ids if payment else None,
        amount=payment.amount if payment else None,
        business_date=payment.business_date if payment else None,
        outcome=Outcome.REJECT if returned else Outcome.SUSPEND,
        row=FAIL_CLOSED.id,
        queue="" if returned else FAIL_CLOSED.queue,
        follow_up=False,
        findings=tuple(sorted(findings, key=precedence)),
        assessment=None,
        requests=(),
        status_codes=(),
    )


_SAID = tuple([one.name for one in fields(Context)])
_said = attrgetter(*_SAID)


def _decision_id(digest: str, context: Context, index: Index, policy: Policy) -> str:
    """A hash of everything the decision depends on; of the time of receipt only the date counts."""
    on = context.received_at.date() if context.received_at else None
    said = dict(zip(_SAID, _said(context), strict=True))  # in the order of the fields, which the hash depends on
    said["received_at"] = None
    parts = [digest, index.edition.id, policy.used.sha256, ENGINE, str(on), orjson.dumps(said, default=str).decode()]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:32]
