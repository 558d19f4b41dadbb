"""The decision on one payment: one immutable record, the same bytes for the same message, lists, policy and date."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import IntEnum
from typing import TYPE_CHECKING

from schemas.assessment import Assessment
from schemas.finding import Finding
from schemas.payment import Amount, PaymentIds
from schemas.quick import quick

if TYPE_CHECKING:
    from collections.abc import Iterable


class Outcome(IntEnum):
    """Where the message goes. The order is the precedence: a batch takes the highest of its payments' outcomes.

    A payment that lacks information and may involve a listed party must not be sent back, so suspend outranks reject.
    """

    EXECUTE = 0
    REJECT = 1
    SUSPEND = 2

    @property
    def label(self) -> str:
        """The regulation's verb, as published."""
        return self.name.lower()


@dataclass(frozen=True, slots=True)
class ListUsed:
    """One list of the edition that decided: who published it, when, and the hash of what was loaded."""

    id: str
    published: str
    sha256: str
    entries: int


@dataclass(frozen=True, slots=True)
class EditionUsed:
    """One immutable version of all lists."""

    id: str
    lists: tuple[ListUsed, ...] = ()


@dataclass(frozen=True, slots=True)
class PolicyUsed:
    """Which policy decided, down to the hash of its canonical text."""

    id: str
    version: str
    sha256: str


@dataclass(frozen=True, slots=True)
class InformationRequest:
    """One piece of information to ask for, in ISO 20022 terms (camt.110: type/sub-type/reason/reason sub-type).

    `variant` is "admissible_characters" where it came, but outside the conventions of the rail (MNG-07).
    """

    item: str
    code: str
    variant: str = ""


@dataclass(frozen=True, slots=True)
class Initiation:
    """How an order came, and who gave it in the payer's stead: a payment initiation service, an agent, a parent firm.

    `channel` and `provider` are the hub's words; `name` and `number` stand in the message at `path`. Whoever that is,
    it is screened, carried into records and alerts, and never taken for the payer's institution (SCP-07).
    """

    channel: str
    provider: str
    name: str
    number: str
    path: str


@quick
@dataclass(frozen=True, slots=True)
class Decision:
    """Outcome, reasons and evidence for one payment.

    `row` is the id of the decision-matrix row that decided. `follow_up` means: executed, and information is asked for
    afterwards. `status_codes` are ISO external status reason codes, neutral where a reason would tip off.
    """

    position: int
    path: str
    ids: PaymentIds | None
    amount: Amount | None
    business_date: date | None
    outcome: Outcome
    row: str
    queue: str
    follow_up: bool
    findings: tuple[Finding, ...]
    assessment: Assessment | None
    requests: tuple[InformationRequest, ...]
    status_codes: tuple[str, ...]
    initiation: Initiation | None = None


@quick
@dataclass(frozen=True, slots=True)
class Decisions:
    """All decisions on one message, in the order the payments stand, and everything needed to reach them again.

    `decision_id` is a hash of message, context, policy, edition and engine: the same question has the same id.
    """

    decision_id: str
    message_sha256: str
    format: str
    decisions: tuple[Decision, ...]
    policy: PolicyUsed
    edition: EditionUsed
    engine: str

    @property
    def outcome(self) -> Outcome:
        """The strictest outcome: the bytes are forwarded whole."""
        return strictest([decision.outcome for decision in self.decisions])

    @property
    def deciding(self) -> Decision:
        """The first decision with the message's outcome."""
        if len(self.decisions) == 1:
            return self.decisions[0]
        outcome = self.outcome
        return next(decision for decision in self.decisions if decision.outcome is outcome)


def strictest(outcomes: Iterable[Outcome]) -> Outcome:
    """The highest of the given outcomes; suspend where there is none (fail closed)."""
    return max(outcomes, default=Outcome.SUSPEND)
