"""The exactly-once hot path: one thread that reads a batch, has it decided, and commits everything in one transaction.

Outputs, decisions, alerts and the consumed offsets become visible together or not at all. Whatever goes wrong before
the commit, the batch is given up and read again from the committed offsets; nothing is ever skipped. The traps this
code avoids are numbered in DESIGN §7 and quoted where they are met.
"""

from __future__ import annotations

import threading
import time
from itertools import cycle
from typing import TYPE_CHECKING, Literal

import structlog
from confluent_kafka import Consumer, KafkaError, KafkaException, Message, Producer, TopicPartition

from streams.edge.clients import make_consumer, make_producers
from streams.edge.records import (
    TransportFailed,
    error_of,
    inbound_of,
    insist_on_one_outcome_each,
    last_offsets,
    parts_of,
    passing_error,
    starting_at,
)
from streams.topics import OUTCOMES, OUTPUTS, full_name

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from streams.config import Settings
    from streams.metrics import Metrics
    from streams.publish import Inbound, Outgoing

    DecideBatch = Callable[[Sequence[Inbound]], list[list[Outgoing]]]

POLL_SECONDS = 0.5
CALL_SECONDS = 5.0  # one call of the transaction protocol
PATIENCE_SECONDS = 60.0  # how long one step is tried again while Kafka is away, before the process gives up
ABORTS_IN_A_ROW = 10
PARTITION_BY_KEY = -1

AT_ONCE_SECONDS = 0.001  # a record that comes faster was fetched before it was asked for
SLOW_SECONDS = 15.0  # well below max.poll.interval.ms: then the consumer must be polled again

DropCause = Literal["rebalance", "not_ready", "aborted", "slow"]

log = structlog.get_logger()


class TransactionalLoop:
    """Reads `payments.inbound`, hands each batch to `decide`, publishes the answer exactly once.

    `gate` says whether payments may be decided now; while it says no, the worker leaves the group, so that a healthy
    one can take over. `committed` is called when the batch decided last is committed. `run` is for one thread; `stop`
    may be called from any.
    """

    def __init__(
        self,
        settings: Settings,
        decide: DecideBatch,
        metrics: Metrics,
        *,
        gate: Callable[[], bool] = lambda: True,
        committed: Callable[[], None] = lambda: None,
    ) -> None:
        self._settings = settings
        self._committed = committed
        self._decide = decide
        self._gate = gate
        self._metrics = metrics
        self._source = full_name("inbound", settings.topic_prefix)
        self._names: dict[str, str] = {logical: full_name(logical, settings.topic_prefix) for logical in OUTPUTS}
        self._stopping = threading.Event()
        self._subscribed = False
        self._epoch = 0
        self._lag_due = 0.0
        self._aborts = 0
        self._call_began: float | None = None
        self.last_turn = time.monotonic()

    def run(self) -> None:
        """Until `stop` is called; the batch in hand is finished. Raises TransportFailed, or what `decide` raised."""
        self._consumer: Consumer = make_consumer(self._settings)
        producers = make_producers(self._settings)
        for producer in producers:
            # Fences the worker that had this slot before, and ends what it left open (trap 5).
            self._persist(producer.init_transactions)
            self._clear_pending_offsets(producer)
        self._producers = cycle(producers)
        self._partitions = self._count_partitions()
        while not self._stopping.is_set():
            self._turn()
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
        began = self._call_began
        return 0.0 if began is None else time.monotonic() - began

    def _turn(self) -> None:
        self.last_turn = time.monotonic()
        self._metrics.set("payment_filter_last_turn_timestamp_seconds", time.time())
        if not self._gate():
            self._leave()
            return
        self._join()
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
        self._report_lag()

    def _join(self) -> None:
        if not self._subscribed:
            count = self._count_rebalance
            self._consumer.subscribe([self._source], on_assign=count, on_revoke=count, on_lost=count)
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
        """Decide and commit the batch, in parts where its messages are large.

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
        inbound = [inbound_of(message) for message in messages]
        answers = self._decide(inbound)
        insist_on_one_outcome_each(inbound, answers)
        committing_from = time.perf_counter()
        if not self._commit(messages, inbound, answers, group):
            return False
        self._committed()
        now = time.perf_counter()
        self._metrics.observe("payment_filter_stage_seconds", now - committing_from, "commit")
        self._metrics.observe("payment_filter_batch_seconds", now - self._read_at)
        self._metrics.observe("payment_filter_batch_messages", len(messages))
        self._metrics.observe("payment_filter_time_in_filter_seconds", now - self._read_at, times=len(messages))
        return True

    def _commit(
        self, messages: list[Message], inbound: list[Inbound], answers: list[list[Outgoing]], group: object
    ) -> bool:
        """One transaction: all records and the offsets. False when it was aborted and the batch will be read again."""
        producer = next(self._producers)
        offsets = [TopicPartition(self._source, number, last + 1) for number, last in last_offsets(inbound).items()]
        try:
            producer.begin_transaction()
            for message, record, answer in zip(messages, inbound, answers, strict=True):
                for outgoing in answer:
                    self._produce(producer, message, record, outgoing)
            self._persist(lambda seconds: producer.send_offsets_to_transaction(offsets, group, seconds))
            self._persist(producer.commit_transaction)
            producer.poll(0)  # hands over what librdkafka has to log
        except KafkaException as failure:
            self._abort(producer, error_of(failure))
            self._drop("aborted", messages)
            self._slow_down()
            return False
        self._aborts = 0
        return True

    def _produce(self, producer: Producer, message: Message, record: Inbound, outgoing: Outgoing) -> None:
        forwarded_null = message.value() is None and outgoing.topic in OUTCOMES
        # Records that keep the key keep the partition number too: fewer partitions in one transaction (trap 8), and
        # what was ordered stays ordered.
        stays = outgoing.key == record.key
        partition = record.partition % self._partitions[outgoing.topic] if stays else PARTITION_BY_KEY
        deadline = time.monotonic() + CALL_SECONDS
        while True:
            try:
                producer.produce(
                    self._names[outgoing.topic],
                    None if forwarded_null else outgoing.value,
                    outgoing.key,
                    partition,
                    headers=list(outgoing.headers),
                )
            except BufferError:
                if time.monotonic() > deadline:
                    raise KafkaException(KafkaError(KafkaError._QUEUE_FULL)) from None  # noqa: SLF001 - its only name
                producer.poll(0.05)
            else:
                return

    def _persist(self, step: Callable[[float], object]) -> None:
        """One step of the transaction protocol, again and again while the error is one that passes."""
        deadline = time.monotonic() + PATIENCE_SECONDS
        while True:
            self._call_began = time.monotonic()
            try:
                step(CALL_SECONDS)
            except KafkaException as failure:
                error = error_of(failure)
                if not error.retriable() or time.monotonic() > deadline:
                    raise
                log.warning("kafka_retry", error=error.name())
                time.sleep(0.1)
            else:
                return
            finally:
                self._call_began = None

    def _abort(self, producer: Producer, error: KafkaError) -> None:
        """End the failed transaction. A fatal error, or one that never passes, ends the process (trap 6)."""
        log.warning("transaction_failed", error=error.name(), fatal=error.fatal(), abort=error.txn_requires_abort())
        if error.fatal():
            raise TransportFailed(f"the transactional producer was fenced or failed: {error.str()}")
        try:
            self._persist(producer.abort_transaction)
        except KafkaException as failure:
            raise TransportFailed(f"the transaction could not be aborted: {error_of(failure).str()}") from failure

    def _slow_down(self) -> None:
        """A batch that aborts again and again must neither burn the machine nor go unnoticed."""
        self._aborts += 1
        if self._aborts >= ABORTS_IN_A_ROW:
            raise TransportFailed(f"the transaction was aborted {self._aborts} times in a row")
        self._stopping.wait(min(0.05 * 2**self._aborts, POLL_SECONDS))

    def _drop(self, cause: DropCause, messages: Sequence[Message]) -> None:
        """Give the batch up and read again from the committed offsets."""
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

    def _clear_pending_offsets(self, producer: Producer) -> None:
        """Begin a transaction that touches the group's offsets, and abort it.

        After a broker was killed, offsets of a dead transaction of this slot were once seen pending for ever: nobody
        could read the committed offsets, so nobody could begin the transaction whose end would have cleared them. The
        abort marker clears them. The offset sent here is never committed.
        """
        group = self._consumer.consumer_group_metadata()
        try:
            producer.begin_transaction()
            self._persist(
                lambda seconds: producer.send_offsets_to_transaction(
                    [TopicPartition(self._source, 0, 0)], group, seconds
                )
            )
        except KafkaException as failure:
            if error_of(failure).fatal():
                raise
        self._persist(producer.abort_transaction)

    def _count_partitions(self) -> dict[str, int]:
        known = self._consumer.list_topics(timeout=CALL_SECONDS).topics
        missing = [name for name in self._names.values() if name not in known]
        if missing:
            raise TransportFailed(f"topics do not exist: {', '.join(missing)}")
        return {logical: len(known[name].partitions) for logical, name in self._names.items()}

    def _report_lag(self) -> None:
        if time.monotonic() < self._lag_due:
            return
        self._lag_due = time.monotonic() + 1.0
        for place in self._consumer.position(self._consumer.assignment()):
            known = self._consumer.get_watermark_offsets(place, cached=True)
            if known is not None and place.offset >= 0:
                lag = max(0, known[1] - place.offset)
                self._metrics.set("payment_filter_consumer_lag_messages", lag, str(place.partition))
