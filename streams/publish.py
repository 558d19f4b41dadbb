"""What leaves the filter: decisions turned into Kafka records. Pure; the transport sends them as they are.

The original bytes and key go out untouched, with every inbound header except those that bear one of our names: nobody
upstream can pretend a decision. Records we author carry CloudEvents attributes in binary mode.
Requirements: INT-01, INT-02, SUS-01, SUS-02.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime

from schemas.decision import Decisions, Outcome
from schemas.finding import REASONS, Family, Reason
from schemas.quick import quick
from schemas.wire import (
    VERSIONS,
    AlertKind,
    AlertRecord,
    DecisionRecord,
    Severity,
    decision_record,
    encode,
)

OUR_HEADERS = (
    "payment-filter-decision-id",
    "payment-filter-outcome",
    "payment-filter-reasons",
    "payment-filter-edition",
    "payment-filter-policy",
    "payment-filter-source",
)

CLOUD_EVENT_HEADERS = ("ce_id", "ce_source", "ce_type", "ce_specversion", "ce_time", "content-type")
"""On records we author: CloudEvents 1.0, Kafka binding, binary mode."""

_EVENT_TYPES = {kind: f"payment-filter.{kind}.v{VERSIONS[kind]}".encode() for kind in ("decision", "alert")}

# What is expected of the person who reads an alert, by its kind.
ASKED: dict[AlertKind, str] = {
    "sanctions": "Decide whether this is the listed party: release if it is not, keep suspended and report if it is.",
    "fraud": "Call the customer back on the number on file before anything is released.",
    "technical": "Find out why the payment could not be checked, then have it decided again.",
    "information": "Ask the prior institution for the missing information; decide on its answer or at the deadline.",
    "follow_up": "The payment was executed; ask the prior institution for the missing information.",
    "notice": "No action needed on this payment; watch for a pattern.",
}
_FRAUD = frozenset({Reason.FRAUD_HOLD})
_SEVERITY: dict[AlertKind, Severity] = {
    "sanctions": "critical",
    "fraud": "high",
    "technical": "high",
    "information": "medium",
    "follow_up": "low",
    "notice": "info",
}


@quick
@dataclass(frozen=True, slots=True)
class Inbound:
    """One record of the inbound topic, as read. `timestamp_ms` is the record's own, milliseconds since 1970 UTC."""

    value: bytes
    key: bytes | None
    headers: tuple[tuple[str, bytes], ...]
    topic: str
    partition: int
    offset: int
    timestamp_ms: int

    @property
    def source(self) -> str:
        """Where the record stands, as quoted in headers and alerts: topic/partition/offset."""
        return f"{self.topic}/{self.partition}/{self.offset}"


@quick
@dataclass(frozen=True, slots=True)
class Outgoing:
    """One record to publish. `topic` is a logical name (streams/topics.py); the transport adds the prefix."""

    topic: str
    key: bytes | None
    value: bytes
    headers: tuple[tuple[str, bytes], ...]


def outputs(inbound: Inbound, decisions: Decisions) -> list[Outgoing]:
    """Everything one decided message leads to: the message itself, its decision record, an alert where one is due."""
    record = decision_record(decisions)
    ours = _our_headers(inbound, record)
    passed_on = tuple([header for header in inbound.headers if header[0].lower() not in OUR_HEADERS])
    at = _time_of(inbound)
    leaving = [
        Outgoing(record.outcome, inbound.key, inbound.value, passed_on + ours),
        Outgoing("decisions", inbound.key, encode(record), ours + _cloud_event(record.decision_id, "decision", at)),
    ]
    alert = alert_of(inbound, decisions, record)
    if alert is not None:
        event = _cloud_event(alert.alert_id, "alert", at)
        leaving.append(Outgoing("alerts", alert.case_id.encode(), encode(alert), ours + event))
    return leaving


def _our_headers(inbound: Inbound, record: DecisionRecord) -> tuple[tuple[str, bytes], ...]:
    policy = record.policy
    values = (
        record.decision_id,
        record.outcome,
        ",".join(record.reasons),
        record.edition.id,
        f"{policy.id}/{policy.version}/{policy.sha256}",
        inbound.source,
    )
    return tuple(zip(OUR_HEADERS, map(str.encode, values), strict=True))


def _time_of(inbound: Inbound) -> bytes:
    """The inbound record's own time: a replay repeats it."""
    return datetime.fromtimestamp(max(inbound.timestamp_ms, 0) / 1000, UTC).isoformat().encode()


def _cloud_event(event_id: str, kind: str, at: bytes) -> tuple[tuple[str, bytes], ...]:
    """CloudEvents 1.0, Kafka binding, binary mode."""
    values = (event_id.encode(), b"/payment-filter", _EVENT_TYPES[kind], b"1.0", at, b"application/json")
    return tuple(zip(CLOUD_EVENT_HEADERS, values, strict=True))


def alert_of(inbound: Inbound, decisions: Decisions, record: DecisionRecord) -> AlertRecord | None:
    """The alert this message deserves, None where nobody needs to look.

    Id and case id are hashes: the same message decided again by the same lists and policy is the same alert, and every
    later word on the message carries the same case id.
    """
    kind = alert_kind(decisions)
    if kind is None:
        return None
    case_id = hashlib.sha256(f"case\n{record.message_sha256}".encode()).hexdigest()[:32]
    return AlertRecord(
        alert_id=hashlib.sha256(f"alert\n{kind}\n{record.decision_id}".encode()).hexdigest()[:32],
        case_id=case_id,
        kind=kind,
        severity=_SEVERITY[kind],
        outcome=record.outcome,
        asked=ASKED[kind],
        decision_id=record.decision_id,
        message_sha256=record.message_sha256,
        format=record.format,
        source=inbound.source,
        payments=record.payments,
        findings=record.findings,
        policy=record.policy,
        edition=record.edition,
    )


def alert_kind(decisions: Decisions) -> AlertKind | None:
    """The most serious thing in the message that a person must look at."""
    reasons = {finding.reason for decision in decisions.decisions for finding in decision.findings}
    families = {REASONS[reason].family for reason in reasons - _FRAUD}
    if Family.LISTED in families:
        return "sanctions"
    if reasons >= _FRAUD:
        return "fraud"
    if Family.FAILURE in families:
        return "technical"
    if decisions.outcome is Outcome.SUSPEND:
        return "information"
    if any(decision.follow_up for decision in decisions.decisions):
        return "follow_up"
    return "notice" if Family.NOTICE in families else None
