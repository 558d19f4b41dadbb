"""What only the hub knows about a message: the optional inbound headers, validated, as one immutable value."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from schemas.finding import Finding
from schemas.payment import Rail, Role
from schemas.quick import quick


class Direction(StrEnum):
    """Which way a payment goes, seen from our institution."""

    OUTGOING = "outgoing"
    INCOMING = "incoming"
    TRANSIT = "transit"
    INTERNAL = "internal"


class PriorStage(StrEnum):
    """How far the bank's measures against the prior institution have gone (Art. 8(2), 12(2))."""

    NONE = "none"
    WATCH = "watch"
    WARNED = "warned"
    REJECT_ALL = "reject_all"
    RESTRICTED = "restricted"
    TERMINATED = "terminated"


@dataclass(frozen=True, slots=True)
class Batch:
    """A batch file from one payer (Art. 6(1)): what the hub knows of its header."""

    single_payer: bool = False
    header_complete: bool = False
    header_verified: bool = False


@quick
@dataclass(frozen=True, slots=True)
class Context:
    """All defaults mean: the hub did not say, derive it from the message.

    `role` is never read from a header; the labelled cases of a bank's acceptance file give it. `received_at` is the
    record's own timestamp where the hub sets none, so that a replay sees the same value. Amounts are in EUR.
    `initiation_provider` is the authorisation number of a payment initiation service; `identifier_reused` says that
    the unique transaction identifier was used before.
    """

    direction: Direction | None = None
    rail: Rail | None = None
    format: str | None = None
    received_at: datetime | None = None
    role: Role | None = None
    payer_account_based: bool | None = None
    payee_account_based: bool | None = None
    payer_lei_given: bool | None = None
    amount_eur: Decimal | None = None
    linked_total_eur: Decimal | None = None
    funding: str | None = None
    payout: str | None = None
    suspicion: bool = False
    batch: Batch | None = None
    instrument_kind: str | None = None
    instrument_facts: tuple[tuple[str, str], ...] = ()
    indicators: tuple[str, ...] = ()
    prior_stage: PriorStage = PriorStage.NONE
    request_expired: bool = False
    fraud_hold: bool = False
    open_hit: bool = False
    payer_verified_birth_date: str | None = None
    payer_verified_nationality: str | None = None
    initiation_channel: str | None = None
    initiation_provider: str | None = None
    identifier_reused: bool = False
    problems: tuple[Finding, ...] = ()
