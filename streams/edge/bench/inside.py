"""What the worker itself counts: its batches and the time of each stage, read from its metrics address."""

from __future__ import annotations

from dataclasses import dataclass
from http.client import HTTPConnection
from typing import TYPE_CHECKING, Final

from prometheus_client.parser import text_string_to_metric_families

if TYPE_CHECKING:
    from collections.abc import Mapping

HOST: Final = "127.0.0.1"
STAGES: Final = ("decode", "screen", "decide", "publish", "commit")
_DECIDING: Final = STAGES[:-1]
_ANSWER_SECONDS: Final = 10.0
_STAGE: Final = "payment_filter_stage_seconds_sum"
_BATCHES: Final = "payment_filter_batch_messages"


@dataclass(frozen=True, slots=True)
class Inside:
    """Between two readings: messages in a batch on average, milliseconds to decide one, microseconds per message."""

    batch_messages: float
    batch_decided_ms: float
    stages_us: dict[str, int]


def read(port: int) -> dict[str, float]:
    """The sums and counts of the worker's metrics at this moment, by name and stage."""
    connection = HTTPConnection(HOST, port, timeout=_ANSWER_SECONDS)
    try:
        connection.request("GET", "/metrics")
        text = connection.getresponse().read().decode()
    finally:
        connection.close()
    samples = (sample for family in text_string_to_metric_families(text) for sample in family.samples)
    return {
        f"{sample.name} {sample.labels.get('stage', '')}".strip(): sample.value
        for sample in samples
        if sample.name in {_STAGE, f"{_BATCHES}_sum", f"{_BATCHES}_count"}
    }


def between(before: Mapping[str, float], after: Mapping[str, float]) -> Inside | None:
    """What happened meanwhile; None where no batch was decided."""
    change = {name: value - before.get(name, 0.0) for name, value in after.items()}
    messages, batches = change.get(f"{_BATCHES}_sum", 0.0), change.get(f"{_BATCHES}_count", 0.0)
    if not messages or not batches:
        return None
    spent = {stage: change.get(f"{_STAGE} {stage}", 0.0) for stage in STAGES}
    return Inside(
        batch_messages=round(messages / batches, 1),
        batch_decided_ms=round(1e3 * sum(spent[stage] for stage in _DECIDING) / batches, 1),
        stages_us={stage: round(1e6 * seconds / messages) for stage, seconds in spent.items()},
    )
