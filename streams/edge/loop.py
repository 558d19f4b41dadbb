"""The exactly-once hot path: one thread that reads a batch, has it decided, and has it committed in one transaction.

Outputs, decisions, alerts and the consumed offsets become visible together or not at all. Whatever goes wrong before
the commit, the batch is given up and read again from the committed offsets; nothing is ever skipped. While a batch is
being committed (streams/edge/committing.py) the next one is read and decided. The traps this code avoids are numbered
in DESIGN §7 and quoted where they are met.
"""

from __future__ import annotations

import threading
import time
from typing import TYPE_CHECKING, Literal

import structlog
from confluent_kafka import Consumer, KafkaException, Message, TopicPartition

from streams.edge.clients import make_consumer
from streams.edge.committing import CALL_SECONDS, PATIENCE_SECONDS, Committer, DecidedBatch
from streams.edge.records import (
    TransportFailed,
    error_of,
    inbound_of,
    insist_on_one_outcome_each,
    parts_of,
    passing_error,
    starting_at,
)
from streams.topics import full_name

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from streams.config import Settings
    from streams.edge.records import Answer
    from streams.metrics import Metrics
    from streams.publish import Inbound

    DecideBatch = Callable[[Sequence[Inbound]], Answer]

POLL_SECONDS = 0.5
AT_ONCE_SECONDS = 0.001  # a record that comes faster was fetched before it was asked for
SLOW_SECONDS = 15.0  # well below max.poll.interval.ms: then the consumer must be polled again

DropCause = Literal["rebalance", "not_ready", "aborted", "slow"]

log = structlog.get_logger()


class TransactionalLoop:
    """Reads `payments.inbound`, hands each batch to `decide`, publishes the answer exactly once.

    `gate` says whether payments may be decided now; while it says no, the worker leaves the group, so that a healthy
    one can take over. `run` is for one thread; `stop` may be called from any.
    """

    def __init__(
        self,
        settings: Settings,
        decide: DecideBatch,
        metrics: Metrics,
        *,
        gate: Callable[[], bool] = lambda: True,
    ) -> None:
        self._settings = settings
        self._decide = decide
        self._gate = gate
        self._metrics = metrics
        self._source = full_name("inbound", settings.topic_prefix)
        self._committer = Committer(settings, metrics)
        self._stopping = threading.Event()
        self._subscribed = False
        self._epoch = self._counted_in = 0
        self._lag_due = 0.0
        self.last_turn = time.monotonic()

    def run(self) -> None:
        """Until `stop` is called; the batch in hand is finished. Raises TransportFailed, or what `decide` raised."""
        self._consumer: Consumer = make_consumer(self._settings)
        self._committer.open(self._consumer)
        try:
            while not self._stopping.is_set():
                self._turn()
            self._settle()
        finally:
            self._committer.close()
        self._consumer.close()  # leaves the group at once; after a failure the process ends, and nothing is waited for

    def stop(self) -> None:
        """Ask the loop to end after the batch in hand."""
        self._stopping.set()

    @property
    def stopping(self) -> bool:
        """Whether the loop was asked to end."""
        return self._stopping.is_set()

    @property
    def call_seconds(self) -> float:
        """How long the present call of the transaction protocol has lasted; 0 where there is none."""
        return self._committer.call_seconds

    @property
    def opened(self) -> bool:
        """Whether the producers are there: from then on the loop turns."""
        return self._committer.opened

    def _turn(self) -> None:
        self.last_turn = time.monotonic()
        self._metrics.set("payment_filter_last_turn_timestamp_seconds", time.time())
        if not self._gate():
            if self._settle():
                self._leave()
            return
        self._join()
        # Kafka also rebalances when the inbound topic has grown, and the outputs before it.
        if self._epoch != self._counted_in and self._committer.count_partitions_again():
            self._counted_in = self._epoch
        # Taken before the first record is read: it names the generation the batch belongs to (trap 1).
        epoch, group = self._epoch, self._consumer.consumer_group_metadata()
        messages = self._read()
        if self._epoch != epoch:
            # Part of the batch may belong to another worker by now: read again what is still ours (trap 1).
            self._drop("rebalance", messages)
        elif messages and not self._gate():
            self._drop("not_ready", messages)
        elif messages:
            self._process_parts(messages, group)
        elif self._committer.ended:
            self._settle()
        self._report_lag()

    def _join(self) -> None:
        if not self._subscribed:
            count = self._count_rebalance
            self._consumer.subscribe([self._source], on_assign=count, on_revoke=self._give_up, on_lost=count)
            self._subscribed = True

    def _leave(self) -> None:
        if self._subscribed:
            self._consumer.unsubscribe()
            self._subscribed = False
            log.warning("stopped_taking_payments")
        # Serves the revocation: without it the group would wait for us. A record that still comes is not committed,
        # so it is read again by whoever takes the partition.
        self._consumer.consume(1, POLL_SECONDS)

    def _count_rebalance(self, _consumer: Consumer, partitions: list[TopicPartition]) -> None:
        self._epoch += 1
        self._metrics.forget("payment_filter_consumer_lag_messages")
        log.info("rebalance", partitions=sorted(p.partition for p in partitions), epoch=self._epoch)

    def _give_up(self, consumer: Consumer, partitions: list[TopicPartition]) -> None:
        # What is being committed is still ours until this returns; the next owner then need not decide it again.
        self._committer.wait()
        self._count_rebalance(consumer, partitions)

    def _read(self) -> list[Message]:
        """A batch: the first record there is, and what follows within the batch wait.

        A record that was there at once had waited for the batch before it: then only what is there already is taken,
        because waiting for more would add to the latency of all of them.
        """
        asked = time.perf_counter()
        found = self._consumer.consume(1, POLL_SECONDS)
        self._read_at = time.perf_counter()
        room = self._settings.batch_messages - 1
        if found and room:
            behind = self._read_at - asked < AT_ONCE_SECONDS
            found += self._consumer.consume(room, 0 if behind else self._settings.batch_wait_ms / 1000)
        return [message for message in found if not passing_error(message)]

    def _process_parts(self, messages: list[Message], group: object) -> None:
        """Decide the batch and begin to commit it, in parts where its messages are large.

        A part is what must be decided in time, and large messages take long. No rebalance is noticed in between, so the
        parts belong to one generation; if it is over, the next commit fails and the rest is read again.
        """
        parts = list(parts_of(messages))
        for number, part in enumerate(parts):
            if number and (self.stopping or time.perf_counter() - self._read_at > SLOW_SECONDS):
                self._drop("slow", [message for rest in parts[number:] for message in rest])
                return
            if not self._process(part, group):
                return

    def _process(self, messages: list[Message], group: object) -> bool:
        """Decide while the batch before is committed; then begin the commit. False when both were given up."""
        inbound = [inbound_of(message) for message in messages]
        answer = self._decide(inbound)
        insist_on_one_outcome_each(inbound, answer.outputs)
        if not self._settle(messages):
            return False
        self._committer.begin(DecidedBatch(messages, inbound, answer, group, self._read_at))
        return True

    def _settle(self, behind: Sequence[Message] = ()) -> bool:
        """Wait for the commit under way. False when it was aborted; what was read behind it is then given up too."""
        if self._committer.settle():
            return True
        self._drop("aborted", behind)
        # A batch that aborts again and again must not burn the machine.
        self._stopping.wait(min(0.05 * 2**self._committer.aborts_in_a_row, POLL_SECONDS))
        return False

    def _drop(self, cause: DropCause, messages: Sequence[Message]) -> None:
        """Give up what was read and not committed, and read again from the committed offsets."""
        self._committer.settle()  # where it ended decides what is read again; ended badly, it is read again as well
        log.info("batch_dropped", cause=cause, messages=len(messages))
        self._metrics.count("payment_filter_batches_dropped_total", cause)
        deadline = time.monotonic() + PATIENCE_SECONDS
        while not self._stopping.is_set():
            ours = self._consumer.assignment()
            try:
                committed = self._consumer.committed(ours, CALL_SECONDS) if ours else []
            except KafkaException as failure:
                if time.monotonic() > deadline:
                    raise TransportFailed(f"committed offsets not available: {error_of(failure).str()}") from failure
            else:
                if committed:
                    self._consumer.assign([starting_at(partition) for partition in committed])
                return

    def _report_lag(self) -> None:
        if time.monotonic() < self._lag_due:
            return
        self._lag_due = time.monotonic() + 1.0
        for place in self._consumer.position(self._consumer.assignment()):
            known = self._consumer.get_watermark_offsets(place, cached=True)
            if known is not None and place.offset >= 0:
                lag = max(0, known[1] - place.offset)
                self._metrics.set("payment_filter_consumer_lag_messages", lag, str(place.partition))
