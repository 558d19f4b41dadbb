"""What becomes of recorded messages under each law: the same bytes, decided as if paid on a day of each.

Only the date differs, and both days lie before the schemes' own dates (address formats of November 2026), so what
differs is the law. Requirements: SCP-04.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from schemas.finding import Family, Reason
from streams.case_reading import DAYS
from streams.pipeline import filter_batch

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from lists.index import Index
    from schemas.decision import Decisions
    from schemas.finding import Finding
    from streams.pipeline import Question
    from streams.policy import Policy

LAWS = {"eu_2015_847": DAYS["r2015"], "eu_2023_1113": DAYS["r2023"]}
OUTCOMES = ("execute", "execute_followup", "reject", "suspend")
_TYPE = re.compile(r"MT[0-9]{3}(COV)?|[a-z]{4}\.[0-9]{3}(\.[0-9]{3}\.[0-9]{2})?")


@dataclass(frozen=True, slots=True)
class UnderLaw:
    """One message under one law. Values of several payments stand once each, in the order of the payments.

    `because`: what moved it, in order of precedence; `told`: notices, which move nothing.
    """

    outcome: str
    roles: tuple[str, ...]
    scope: tuple[str, ...]
    required: tuple[str, ...]
    rows: tuple[str, ...]
    because: tuple[str, ...]
    told: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Outcomes:
    """One message under every law. `type` is that of the message, also where it is one this filter does not decide."""

    message: str
    type: str
    payments: int
    laws: dict[str, UnderLaw]


def outcomes_of(names: Sequence[str], questions: Sequence[Question], index: Index, policy: Policy) -> list[Outcomes]:
    """Each message under each law, in the order given."""
    by_law = {law: filter_batch(questions, index, policy, as_of=day) for law, day in LAWS.items()}
    return [
        Outcomes(
            message=name,
            type=_type(answers[0]),
            payments=len(answers[0].decisions),
            laws={law: _under(decisions) for law, decisions in zip(by_law, answers, strict=True)},
        )
        for name, *answers in zip(names, *by_law.values(), strict=True)
    ]


def counted(found: Iterable[Outcomes]) -> dict[str, dict[str, dict[str, int]]]:
    """How many messages of each type met which outcome, for each law; types in alphabetical order."""
    counts = Counter((one.type, law, under.outcome) for one in found for law, under in one.laws.items())
    types = sorted({kind for kind, _, _ in counts})
    return {
        kind: {law: {outcome: counts[kind, law, outcome] for outcome in OUTCOMES} for law in LAWS} for kind in types
    }


def _type(decisions: Decisions) -> str:
    """The message's type; of one that is not decided, the type its finding saw."""
    first = decisions.decisions[0].findings
    if decisions.format == "unreadable" and first and _TYPE.fullmatch(first[0].seen):
        return first[0].seen
    return decisions.format


def _under(decisions: Decisions) -> UnderLaw:
    frames = [one.assessment for one in decisions.decisions if one.assessment is not None]
    findings = [finding for one in decisions.decisions for finding in one.findings]
    return UnderLaw(
        outcome=outcome_of(decisions),
        roles=_once(role for frame in frames for role in frame.roles),
        scope=_once("in" if frame.in_scope else "out" for frame in frames),
        required=_once(frame.required_set for frame in frames),
        rows=_once(one.row for one in decisions.decisions),
        because=_said(findings, notices=False),
        told=_said(findings, notices=True),
    )


def outcome_of(decisions: Decisions) -> str:
    """The message's outcome; execute_followup where it is executed and something is asked for afterwards."""
    asks = decisions.outcome.label == "execute" and any(one.follow_up for one in decisions.decisions)
    return "execute_followup" if asks else decisions.outcome.label


def _once(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(map(str, values)))


_PLACES = {reason: place for place, reason in enumerate(Reason)}


def _said(findings: list[Finding], *, notices: bool) -> tuple[str, ...]:
    """Each reason once; a check that could not run says why."""
    of_family = [one for one in findings if (one.facts.family is Family.NOTICE) is notices]
    ordered = sorted(of_family, key=lambda one: _PLACES[one.reason])
    return _once(
        f"{one.reason}: {one.detail}" if one.facts.family is Family.FAILURE and one.detail else one.reason
        for one in ordered
    )
