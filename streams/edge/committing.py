"""Commits decided batches: one transaction each, one after the other, in a thread of its own.

While one batch is being committed, the next is already read and decided, but its transaction begins only when the one
before it has ended well; after an abort it is given up too. Deciding changes nothing, so nothing has to be undone.
"""

from __future__ import annotations

import time
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from itertools import cycle
from typing import TYPE_CHECKING

import structlog
from confluent_kafka import Consumer, KafkaError, KafkaException, Message, Producer, TopicPartition

from streams.edge.clients import make_producers
from streams.edge.records import Answer, TransportFailed, error_of, last_offsets
from streams.publish import Inbound
from streams.topics import OUTCOMES, OUTPUTS, full_name

if TYPE_CHECKING:
    from collections.abc import Callable

    from streams.config import Settings
    from streams.metrics import Metrics
    from streams.publish import Outgoing

CALL_SECONDS = 5.0  # one call of the transaction protocol
PATIENCE_SECONDS = 60.0  # how long one step is tried again while Kafka is away, before the process gives up
ABORTS_IN_A_ROW = 10
PARTITION_BY_KEY = -1

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class DecidedBatch:
    """What one transaction holds. `group` is the generation it was read in, `read_at` seconds of perf_counter."""

    messages: list[Message]
    inbound: list[Inbound]
    answer: Answer
    group: object
    read_at: float


class Committer:
    """Owns the transactional producers. Its methods are for the thread that reads; `call_seconds` is for any."""

    def __init__(self, settings: Settings, metrics: Metrics) -> None:
        self._settings = settings
        self._metrics = metrics
        self._source = full_name("inbound", settings.topic_prefix)
        self._names: dict[str, str] = {logical: full_name(logical, settings.topic_prefix) for logical in OUTPUTS}
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="commit")
        self._under_way: Future[bool] | None = None
        self._call_began: float | None = None
        self.aborts_in_a_row = 0
        self.opened = False

    def open(self, consumer: Consumer) -> None:
        """Make the producers. Raises TransportFailed where a topic is missing."""
        producers = make_producers(self._settings)
        for producer in producers:
            # Fences the worker that had this slot before, and ends what it left open (trap 5).
            self._persist(producer.init_transactions)
            self._clear_pending_offsets(producer, consumer)
        self._all, self._producers = producers, cycle(producers)
        self._partitions = self._count_partitions()
        self.opened = True

    def count_partitions_again(self) -> bool:
        """See whether the outputs have grown. False where Kafka does not say: what is known stays in use."""
        try:
            self._partitions = self._count_partitions()
        except KafkaException as failure:
            log.warning("kafka_error", error=error_of(failure).name())
            return False
        return True

    def _count_partitions(self) -> dict[str, int]:
        """Each producer asks for itself, for it takes no partition that it has not seen. The fewest count."""
        seen = [producer.list_topics(timeout=CALL_SECONDS).topics for producer in self._all]
        missing = [name for name in self._names.values() if any(name not in known for known in seen)]
        if missing:
            raise TransportFailed(f"topics do not exist: {', '.join(missing)}")
        return {logical: min(len(known[name].partitions) for known in seen) for logical, name in self._names.items()}

    def begin(self, batch: DecidedBatch) -> None:
        """Start committing. The batch before must have been settled."""
        assert self._under_way is None
        self._under_way = self._thread.submit(self._commit, batch)

    @property
    def ended(self) -> bool:
        """Whether there is a commit that has come to its end and is not settled yet."""
        return self._under_way is not None and self._under_way.done()

    def wait(self) -> None:
        """Let the commit under way come to its end, well or not, as long as one step of it may take."""
        if self._under_way is not None:
            wait([self._under_way], CALL_SECONDS)

    def settle(self) -> bool:
        """Wait for the commit under way. False when it was aborted: read again from the committed offsets.

        Raises TransportFailed when the process must end.
        """
        if self._under_way is None:
            return True
        under_way, self._under_way = self._under_way, None
        if under_way.result():
            self.aborts_in_a_row = 0
            return True
        self.aborts_in_a_row += 1
        # A batch that aborts again and again must not go unnoticed.
        if self.aborts_in_a_row >= ABORTS_IN_A_ROW:
            raise TransportFailed(f"the transaction was aborted {self.aborts_in_a_row} times in a row")
        return False

    def close(self) -> None:
        """Give the commit under way its chance: what it holds is decided, and it is committed or it is not."""
        self.wait()
        self._thread.shutdown(wait=False)

    @property
    def call_seconds(self) -> float:
        """How long the present call of the transaction protocol has lasted; 0 where there is none."""
        began = self._call_began
        return 0.0 if began is None else time.monotonic() - began

    def _commit(self, batch: DecidedBatch) -> bool:
        """One transaction: all records and the offsets. False when it was aborted."""
        began = time.perf_counter()
        producer = next(self._producers)
        try:
            self._send(producer, batch)
        except KafkaException as failure:
            self._abort(producer, error_of(failure))
            return False
        batch.answer.when_committed()
        now, count = time.perf_counter(), len(batch.messages)
        self._metrics.observe("payment_filter_stage_seconds", now - began, "commit")
        self._metrics.observe("payment_filter_batch_seconds", now - batch.read_at)
        self._metrics.observe("payment_filter_batch_messages", count)
        self._metrics.observe("payment_filter_time_in_filter_seconds", now - batch.read_at, times=count)
        return True

    def _send(self, producer: Producer, batch: DecidedBatch) -> None:
        ends = last_offsets(batch.inbound)
        offsets = [TopicPartition(self._source, number, last + 1) for number, last in ends.items()]
        producer.begin_transaction()
        for message, record, answer in zip(batch.messages, batch.inbound, batch.answer.outputs, strict=True):
            for outgoing in answer:
                self._produce(producer, message, record, outgoing)
        self._persist(lambda seconds: producer.send_offsets_to_transaction(offsets, batch.group, seconds))
        self._persist(producer.commit_transaction)
        producer.poll(0)  # hands over what librdkafka has to log

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

    def _clear_pending_offsets(self, producer: Producer, consumer: Consumer) -> None:
        """Begin a transaction that touches the group's offsets, and abort it.

        After a broker was killed, offsets of a dead transaction of this slot were once seen pending for ever: nobody
        could read the committed offsets, so nobody could begin the transaction whose end would have cleared them. The
        abort marker clears them. The offset sent here is never committed.
        """
        group = consumer.consumer_group_metadata()
        nowhere = [TopicPartition(self._source, 0, 0)]
        try:
            producer.begin_transaction()
            self._persist(lambda seconds: producer.send_offsets_to_transaction(nowhere, group, seconds))
        except KafkaException as failure:
            if error_of(failure).fatal():
                raise
        self._persist(producer.abort_transaction)
