"""What we publish, as typed records; JSON Schemas are generated from them (`payment-filter schemas`).

A decision record tells everything about one message: its outcome, every finding with its evidence, and for each
payment the frame it was judged in. An alert is what a person must look at. Amounts are strings, so that no digit is
lost; dates are ISO 8601; enumerations are the words of the README.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from operator import attrgetter
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

import orjson
from pydantic import TypeAdapter

from schemas.assessment import InformationStatus, RequiredSet
from schemas.context import Direction
from schemas.decision import EditionUsed, InformationRequest, Initiation, PolicyUsed
from schemas.finding import Family, Item, Kind, Match, Reason
from schemas.list_records import EditionRecord, RefusalRecord, WorkerRecord
from schemas.payment import Rail, Role
from schemas.quick import quick

if TYPE_CHECKING:
    from schemas.decision import Decision, Decisions
    from schemas.finding import Finding
    from schemas.payment import PaymentIds

OutcomeLabel = Literal["execute", "reject", "suspend"]
Severity = Literal["critical", "high", "medium", "low", "info"]
AlertKind = Literal["sanctions", "fraud", "information", "technical", "follow_up", "notice"]


@quick
@dataclass(frozen=True, slots=True)
class Identifiers:
    """Every identifier a counterparty may quote back, verbatim."""

    message: str | None = None
    instruction: str | None = None
    end_to_end: str | None = None
    transaction: str | None = None
    uetr: str | None = None
    clearing: str | None = None


@quick
@dataclass(frozen=True, slots=True)
class FindingRecord:
    """One reason at one place of one payment (`payment` counts from 1), with its legal source and evidence."""

    payment: int
    reason: Reason
    family: Family
    item: Item | None
    kind: Kind | None
    sentence: str
    source: str
    path: str
    seen: str
    detail: str
    match: Match | None


@quick
@dataclass(frozen=True, slots=True)
class PaymentRecord:
    """How one payment was judged: the frame, the required set, the row of the matrix, and what follows from it."""

    payment: int
    path: str
    identifiers: Identifiers
    amount: str | None
    currency: str | None
    business_date: str | None
    outcome: OutcomeLabel
    row: str
    queue: str
    follow_up: bool
    roles: tuple[Role, ...]
    direction: Direction | None
    rail: Rail | None
    in_scope: bool | None
    scope_reason: str
    profile: str
    required_set: RequiredSet | None
    status: InformationStatus | None
    verification_required: bool
    indicators: tuple[str, ...]
    deadline_working_days: int | None
    requests: tuple[InformationRequest, ...]
    status_codes: tuple[str, ...]
    initiation: Initiation | None = None


@quick
@dataclass(frozen=True, slots=True)
class DecisionRecord:
    """The full record of one message. `decided_by` is the payment whose outcome is the message's."""

    decision_id: str
    message_sha256: str
    format: str
    outcome: OutcomeLabel
    reasons: tuple[Reason, ...]
    decided_by: int
    findings: tuple[FindingRecord, ...]
    payments: tuple[PaymentRecord, ...]
    policy: PolicyUsed
    edition: EditionUsed
    engine: str


@quick
@dataclass(frozen=True, slots=True)
class AlertRecord:
    """What a person must look at: `asked` says what is expected of them; `case_id` ties later updates together."""

    alert_id: str
    case_id: str
    kind: AlertKind
    severity: Severity
    outcome: OutcomeLabel
    asked: str
    decision_id: str
    message_sha256: str
    format: str
    source: str
    payments: tuple[PaymentRecord, ...]
    findings: tuple[FindingRecord, ...]
    policy: PolicyUsed
    edition: EditionUsed


ADAPTERS: dict[str, TypeAdapter[Any]] = {
    "decision": TypeAdapter(DecisionRecord),
    "alert": TypeAdapter(AlertRecord),
    "edition": TypeAdapter(EditionRecord),
    "list-refusal": TypeAdapter(RefusalRecord),
    "worker": TypeAdapter(WorkerRecord),
}

Record: TypeAlias = DecisionRecord | AlertRecord | EditionRecord | RefusalRecord | WorkerRecord

VERSIONS: dict[str, int] = {
    "decision": 1,
    "alert": 1,
    "edition": 1,
    "list-refusal": 1,
    "worker": 1,
    "payment": 1,
    "context": 1,
}
"""Major version of each record's schema: a change that breaks a reader raises it (tests/schemas/test_compatible.py)."""


def encode(record: Record) -> bytes:
    """The record as JSON, keys in the order of the fields: the same record is the same bytes on every machine."""
    if isinstance(record, DecisionRecord):
        parts = dict(zip(_DECISION_FIELDS, _decision_fields(record), strict=True))
        parts["edition"] = _prepared(record.edition)
        return orjson.dumps(parts)
    return orjson.dumps(record)


_DECISION_FIELDS = tuple([one.name for one in fields(DecisionRecord)])
_decision_fields = attrgetter(*_DECISION_FIELDS)
_EDITIONS: dict[int, tuple[EditionUsed, orjson.Fragment]] = {}
_EDITIONS_KEPT = 8


def _prepared(edition: EditionUsed) -> orjson.Fragment:
    """An edition as JSON, made once: it is the longest part of nearly every record, and the same in all of them.

    Known by its identity, which nothing else can have while it is kept here: comparing it would cost what is saved.
    """
    if id(edition) not in _EDITIONS:
        if len(_EDITIONS) == _EDITIONS_KEPT:
            _EDITIONS.clear()
        _EDITIONS[id(edition)] = edition, orjson.Fragment(orjson.dumps(edition))
    return _EDITIONS[id(edition)][1]


def decision_record(decisions: Decisions) -> DecisionRecord:
    """The record of one message."""
    findings = [record for decision in decisions.decisions for record in _findings(decision)]
    deciding = decisions.deciding
    return DecisionRecord(
        decision_id=decisions.decision_id,
        message_sha256=decisions.message_sha256,
        format=decisions.format,
        outcome=_label(deciding),
        reasons=reasons_of(decisions),
        decided_by=deciding.position,
        findings=tuple(findings),
        payments=tuple([payment_record(decision) for decision in decisions.decisions]),
        policy=decisions.policy,
        edition=decisions.edition,
        engine=decisions.engine,
    )


_PLACES = {reason: place for place, reason in enumerate(Reason)}


def reasons_of(decisions: Decisions) -> tuple[Reason, ...]:
    """Every reason found anywhere in the message, once, in order of precedence."""
    found = {finding.reason for decision in decisions.decisions for finding in decision.findings}
    return tuple(sorted(found, key=_PLACES.__getitem__))


_LABELS: dict[int, OutcomeLabel] = {0: "execute", 1: "reject", 2: "suspend"}


def _label(decision: Decision) -> OutcomeLabel:
    return _LABELS[decision.outcome]


def _findings(decision: Decision) -> list[FindingRecord]:
    return [finding_record(finding, decision.position) for finding in decision.findings]


def finding_record(finding: Finding, payment: int) -> FindingRecord:
    """One finding with the sentence and source of its reason spelled out."""
    facts = finding.facts
    return FindingRecord(
        payment=payment,
        reason=finding.reason,
        family=facts.family,
        item=facts.item,
        kind=facts.kind,
        sentence=facts.sentence,
        source=finding.article,
        path=finding.path,
        seen=finding.seen,
        detail=finding.detail,
        match=finding.match,
    )


def payment_record(decision: Decision) -> PaymentRecord:
    """One payment's frame and what follows from it."""
    frame = decision.assessment
    return PaymentRecord(
        payment=decision.position,
        path=decision.path,
        identifiers=_identifiers(decision.ids),
        amount=str(decision.amount.value) if decision.amount else None,
        currency=decision.amount.currency if decision.amount else None,
        business_date=decision.business_date.isoformat() if decision.business_date else None,
        outcome=_label(decision),
        row=decision.row,
        queue=decision.queue,
        follow_up=decision.follow_up,
        roles=frame.roles if frame else (),
        direction=frame.direction if frame else None,
        rail=frame.rail if frame else None,
        in_scope=frame.in_scope if frame else None,
        scope_reason=frame.scope_reason if frame else "",
        profile=frame.profile if frame else "",
        required_set=frame.required_set if frame else None,
        status=frame.status if frame else None,
        verification_required=frame.verification_required if frame else False,
        indicators=frame.indicators if frame else (),
        deadline_working_days=frame.deadline_working_days if frame else None,
        requests=decision.requests,
        status_codes=decision.status_codes,
        initiation=decision.initiation,
    )


def _identifiers(ids: PaymentIds | None) -> Identifiers:
    if ids is None:
        return Identifiers()
    values = (ids.message, ids.instruction, ids.end_to_end, ids.transaction, ids.uetr, ids.clearing)
    return Identifiers(*[value.text if value is not None else None for value in values])
