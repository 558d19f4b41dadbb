"""A worker with the real transport and next to no work: what the transport promises is shown apart from the rules.

The outcome follows from the bytes. Two words in a message make trouble: `slow` takes WORK_SECONDS, `break` raises.
"""

from __future__ import annotations

import os
import sys
import time
import zlib
from typing import TYPE_CHECKING

from streams.config import load_settings
from streams.edge.records import Answer
from streams.edge.state import EngineState
from streams.edge.worker import run_worker
from streams.publish import Inbound, Outgoing

if TYPE_CHECKING:
    from collections.abc import Sequence

    from streams.metrics import Metrics

WORK_SECONDS = float(os.environ.get("WORK_SECONDS", "3"))
OUTCOMES = ("execute", "execute", "execute", "suspend", "reject")


class TrivialEngine:
    """Decides by a checksum."""

    def __init__(self, metrics: Metrics) -> None:
        metrics.set("payment_filter_ready", 1)

    def ready(self) -> bool:
        return True

    def problems(self) -> list[str]:
        return []

    def state(self) -> EngineState:
        return EngineState()

    def close(self) -> None:
        pass

    def decide(self, batch: Sequence[Inbound]) -> Answer:
        return Answer([_answer(record) for record in batch])


def _answer(record: Inbound) -> list[Outgoing]:
    if record.value.startswith(b"slow"):
        time.sleep(WORK_SECONDS)
    if record.value.startswith(b"break"):
        raise RuntimeError("asked to break")
    source = (("payment-filter-source", record.source.encode()),)
    outcome = OUTCOMES[zlib.crc32(record.value) % len(OUTCOMES)]
    return [
        Outgoing(outcome, record.key, record.value, record.headers + source),
        Outgoing("decisions", record.key, b'{"outcome":"%s"}' % outcome.encode(), source),
    ]


if __name__ == "__main__":
    sys.exit(run_worker(load_settings(), TrivialEngine))
