"""What the information rules say of one payment: the frame (role, scope, law), the required set, and the findings."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from schemas.context import Direction
from schemas.finding import Finding
from schemas.payment import Rail, Role
from schemas.quick import quick


class RequiredSet(StrEnum):
    """Which information must be there (keys of the acceptance cases)."""

    ART5_1 = "ART5_1"
    ART4 = "ART4"
    ART6_2 = "ART6_2"
    BATCH_6_1 = "BATCH_6_1"
    ART4_BATCH = "ART4_BATCH"
    NONE = "NONE"


class InformationStatus(StrEnum):
    """Whether the required information is there, worst first after complete."""

    COMPLETE = "complete"
    MISSING = "missing"
    INCOMPLETE = "incomplete"
    INADMISSIBLE = "inadmissible"
    NOT_APPLICABLE = "not_applicable"


@quick
@dataclass(frozen=True, slots=True)
class Step:
    """One thing a rule looked at, for `payment-filter explain`: which rule, what it saw, where, what it concluded."""

    rule: str
    saw: str
    path: str
    conclusion: str
    source: str


@quick
@dataclass(frozen=True, slots=True)
class Assessment:
    """The answer of `schemas.information.check`.

    `roles` holds two where payer's and payee's institution are both ours. `duties` are the roles whose duties we have:
    in a direct debit the two ends change places; empty means the same as `roles`. `profile` is the law applied
    (`tof.eu_2015_847` / `tof.eu_2023_1113`). `indicators` are the high-risk indicators that hold.
    `deadline_working_days` is that of a request for information, None where nothing is asked for. `steps` tell the
    reasoning in order. `prior_country` is that of the BIC we had the payment from, None where unknown.
    """

    roles: tuple[Role, ...]
    direction: Direction
    rail: Rail
    in_scope: bool
    scope_reason: str
    profile: str
    required_set: RequiredSet
    status: InformationStatus
    findings: tuple[Finding, ...] = ()
    indicators: tuple[str, ...] = ()
    verification_required: bool = False
    deadline_working_days: int | None = None
    steps: tuple[Step, ...] = ()
    duties: tuple[Role, ...] = ()
    prior_country: str | None = None
