"""Review afterwards: recorded messages are judged again, those the policy targets and a random sample of all.

The same functions judge as in real time, so the same message gives the same findings (DET-02). Whether a message is
drawn depends on its bytes, the share and the seed alone: anybody who knows these draws the same sample, in any order
and from any part of the archive. Sources: Art. 7(2), 11(2); EBA/GL/2024/11 (targeted review and random sample).
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from schemas.finding import Family
from schemas.information.risk import AFTERWARDS
from schemas.wire import reasons_of
from streams.outcomes import outcome_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from schemas.decision import Decisions

_HASHES = 2**64


@dataclass(frozen=True, slots=True)
class Recorded:
    """What was decided in real time about the message with this hash."""

    outcome: str
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Reviewed:
    """One message judged again: why it was chosen, what it lacks, and how that differs from what was decided then."""

    message: str
    message_sha256: str
    chosen: tuple[str, ...]
    outcome: str
    defects: tuple[str, ...]
    differs: tuple[str, ...]


def drawn(message_sha256: str, share: float, seed: str) -> bool:
    """Whether this message is in the random sample: `share` 0 to 1 of all messages, chosen by the seed."""
    number = int.from_bytes(hashlib.sha256(f"{seed}\n{message_sha256}".encode()).digest()[:8], "big")
    return number < share * _HASHES


def reviewed(
    name: str, decisions: Decisions, share: float, seed: str, recorded: Mapping[str, Recorded]
) -> Reviewed | None:
    """The review of one message; None where it is neither drawn nor targeted."""
    chosen = (*(["drawn"] if drawn(decisions.message_sha256, share, seed) else []), *_targeted(decisions))
    if not chosen:
        return None
    findings = [finding for one in decisions.decisions for finding in one.findings]
    defects = dict.fromkeys(one.reason.value for one in findings if one.facts.family in {Family.DEFECT, Family.FAILURE})
    differs = _differences(decisions, recorded.get(decisions.message_sha256))
    return Reviewed(name, decisions.message_sha256, chosen, outcome_of(decisions), tuple(defects), differs)


def _targeted(decisions: Decisions) -> list[str]:
    """The rules of the policy that want a second look, each by its reason."""
    steps = [step for one in decisions.decisions if one.assessment for step in one.assessment.steps]
    return list(dict.fromkeys(f"targeted: {step.saw}" for step in steps if step.conclusion == AFTERWARDS))


def _differences(decisions: Decisions, then: Recorded | None) -> tuple[str, ...]:
    """Another outcome, or reasons that only one of the two knows: lists, policy or law were others then."""
    if then is None:
        return ()
    now = [reason.value for reason in reasons_of(decisions)]
    label = decisions.outcome.label
    told = [] if label == then.outcome else [f"{then.outcome} then, {label} now"]
    told += [f"no longer {reason}" for reason in then.reasons if reason not in now]
    told += [f"now {reason}" for reason in now if reason not in then.reasons]
    return tuple(told)
