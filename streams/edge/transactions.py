"""Kafka for Faust agents that decide payments: exactly once, which Faust's own topics are not under kills.

`PaymentTopic` is a Faust channel: an agent iterates it and gets batches. Underneath, one thread per process reads
Kafka and commits each batch in one transaction (streams/edge/loop.py). Agents on anything of low consequence use
ordinary Faust topics.
"""

from __future__ import annotations

import asyncio
import os
import sys
import threading
import time
import traceback
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as NotYet
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import TYPE_CHECKING, Any, Protocol

import structlog
from faust.channels import Channel
from mode.utils.queues import FlowControlEvent, ThrowableQueue

from streams.edge.errors import EXIT_RESTART
from streams.edge.loop import TransactionalLoop
from streams.edge.records import Answer, TransportFailed
from streams.publish import Inbound

if TYPE_CHECKING:
    from collections.abc import Sequence

    from streams.config import Settings
    from streams.edge.loop import DecideBatch
    from streams.edge.state import EngineState
    from streams.metrics import Metrics

DECIDE_SECONDS = 45.0  # below max.poll.interval.ms: a batch that takes longer would lose its partitions anyway
DECIDE_SECONDS_WHEN_STOPPING = 15.0
LOOK_SECONDS = 0.25
STOP_SECONDS = 25.0
STUCK_SECONDS = 10.0  # twice what one call of the transaction protocol was given
STUCK_SECONDS_AT_START = 30.0  # a broker that has just started first makes its own topics for groups and transactions

log = structlog.get_logger()


class Engine(Protocol):
    """What decides. `decide` gives the records to publish for each message; exactly one of them is its outcome."""

    def decide(self, batch: Sequence[Inbound]) -> Answer:
        """Decide a batch; called from one thread at a time, never from the event loop.

        It must change nothing that lasts: the batch may be given up and decided again. What is to last is done in the
        answer's `when_committed`, which another thread calls.
        """

    def ready(self) -> bool:
        """Whether payments may be decided now. Called often: it must be cheap."""


class WatchedEngine(Engine, Protocol):
    """An engine that can say in words why it is not ready."""

    def problems(self) -> list[str]:
        """Why no payment may be decided now, one sentence each; empty when ready."""

    def state(self) -> EngineState:
        """What decides at this moment; for the page."""

    def close(self) -> None:
        """End what the engine runs beside deciding."""


@dataclass(frozen=True, slots=True)
class Batch:
    """What an agent gets: the records, and where to put what is to be published for each of them."""

    records: tuple[Inbound, ...]
    answer: Future[Answer] = field(default_factory=Future)


class PaymentTopic(Channel[Batch]):
    """The channel between the hot path's thread and a Faust agent: `async for batch in ...`."""

    @property
    def queue(self) -> ThrowableQueue[Any]:
        """This channel's own queue with its own flow control.

        Faust's default is emptied whenever any of its consumers rebalances: the batch would vanish and the thread
        would wait for it in vain (DESIGN §7, trap 2).
        """
        if self._queue is None:
            self._queue = ThrowableQueue(maxsize=1, flow_control=FlowControlEvent(initially_suspended=False))
        return self._queue

    async def deliver_batch(self, batch: Batch) -> None:
        """Give the batch to the agent as a plain value.

        As a Faust event (`send`) it would be skipped in silence whenever Faust's own consumer has another generation
        by the time the agent looks, or its flow is stopped: the same hang by another way.
        """
        for subscriber in list(self._subscribers):
            await subscriber.queue.put(batch)

    async def decide(self, batch: Batch, decide: DecideBatch, executor: ThreadPoolExecutor) -> None:
        """Answer a batch off the event loop; what `decide` raises reaches the hot path, which publishes nothing."""
        deciding = asyncio.get_running_loop().run_in_executor(executor, decide, batch.records)
        await asyncio.wait([deciding])
        failure = deciding.exception()
        if failure is not None:
            batch.answer.set_exception(failure)
        else:
            batch.answer.set_result(deciding.result())


class HotPath:
    """The thread that reads Kafka and feeds a PaymentTopic. Started and joined from the event loop of the app."""

    def __init__(self, settings: Settings, topic: PaymentTopic, engine: Engine, metrics: Metrics) -> None:
        self._topic = topic
        self._loop: asyncio.AbstractEventLoop | None = None
        self.transactions = TransactionalLoop(settings, self._hand_over, metrics, gate=engine.ready)
        self._thread = threading.Thread(target=self.transactions.run, name="hot-path", daemon=True)

    async def start(self) -> None:
        """Start reading. From now on an error in any thread ends the process: half a worker is worse than none."""
        # Faust tells nobody that an agent has begun to listen, and a batch sent before would be lost.
        while not self._topic.subscriber_count:  # noqa: ASYNC110 - so there is no event to wait for
            await asyncio.sleep(0.01)
        threading.excepthook = _end_process
        self._loop = asyncio.get_running_loop()
        self._thread.start()
        threading.Thread(target=self._watch, name="watch", daemon=True).start()

    @property
    def running(self) -> bool:
        """Whether the thread is there."""
        return self._thread.is_alive()

    async def finish(self) -> None:
        """Let the batch in hand be decided and committed, leave the group, end the thread."""
        self.transactions.stop()
        if self._thread.is_alive():
            await asyncio.get_running_loop().run_in_executor(None, self._thread.join, STOP_SECONDS)
        log.info("hot_path_finished", clean=not self._thread.is_alive())

    def _watch(self) -> None:
        """End the process when librdkafka does not come back from a call.

        Its send_offsets_to_transaction does not keep its own time limit, and waits for ever when the broker that
        coordinates the group went away at the wrong moment (librdkafka issues 5456 and 5511; seen here with 2.16.1
        after a broker was killed). A new process reads on from the committed offsets.
        """
        while self._thread.is_alive():
            limit = STUCK_SECONDS if self.transactions.opened else STUCK_SECONDS_AT_START
            if self.transactions.call_seconds > limit:
                raise TransportFailed(f"a call to Kafka did not come back within {limit:.0f} s")
            time.sleep(LOOK_SECONDS)

    def _hand_over(self, records: Sequence[Inbound]) -> Answer:
        """Give the batch to the agent and wait for its answer, never without a limit (trap 2)."""
        assert self._loop is not None
        batch = Batch(tuple(records))
        sent = asyncio.run_coroutine_threadsafe(self._topic.deliver_batch(batch), self._loop)
        began = time.monotonic()
        while True:
            try:
                return batch.answer.result(LOOK_SECONDS)
            except NotYet:
                if sent.done():
                    sent.result()  # raises what kept the batch from the agent
                limit = DECIDE_SECONDS_WHEN_STOPPING if self.transactions.stopping else DECIDE_SECONDS
                if time.monotonic() - began > limit:
                    raise TransportFailed(f"a batch was not decided within {limit:.0f} s") from None


def _end_process(failure: threading.ExceptHookArgs) -> None:
    """Say what happened, without data, and leave at once: nothing is committed that was not whole."""
    frame = traceback.extract_tb(failure.exc_traceback)[-1] if failure.exc_traceback else None
    log.critical(
        "worker_failed",
        error=failure.exc_type.__name__,
        text=str(failure.exc_value) if isinstance(failure.exc_value, TransportFailed) else "",
        at=f"{PurePath(frame.filename).name}:{frame.lineno}" if frame else "",
    )
    sys.stderr.flush()
    os._exit(EXIT_RESTART)
