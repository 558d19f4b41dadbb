"""Whether what leaves fits its topic. A record no topic takes would stop every payment behind it in the partition."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from schemas.decision import Outcome
from schemas.finding import Finding, Reason
from streams.decide import FAIL_CLOSED
from streams.topics import MAX_OUTPUT_BYTES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from schemas.decision import Decisions
    from streams.publish import Outgoing

# What is left for key, headers and the frame of a Kafka record.
LARGEST_VALUE_BYTES = MAX_OUTPUT_BYTES - 256 * 1024


def too_large(leaving: Sequence[Outgoing]) -> bool:
    """Whether any record is larger than a topic of ours takes."""
    return any(len(outgoing.value) > LARGEST_VALUE_BYTES for outgoing in leaving)


def without_detail(decisions: Decisions) -> Decisions:
    """The message suspended as a whole, with one finding in place of all: it has too much to say to be published.

    Fails closed, as everything that keeps a payment from being fully told (a batch of 10,000 listed payments did it).
    """
    detail = f"the decision record of {len(decisions.decisions)} payments is too large to publish: split the batch"
    told = replace(
        decisions.decisions[0],
        outcome=Outcome.SUSPEND,
        row=FAIL_CLOSED.id,
        queue=FAIL_CLOSED.queue,
        follow_up=False,
        findings=(Finding(Reason.INTERNAL_ERROR, "", "", detail),),
        assessment=None,
        requests=(),
        status_codes=(),
    )
    return replace(decisions, decisions=(told,))
