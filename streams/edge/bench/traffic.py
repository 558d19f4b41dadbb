"""Messages through a real Kafka: how many a process takes in a second, and how long one takes from end to end."""

from __future__ import annotations

import subprocess
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final

from confluent_kafka import Consumer, KafkaException, Producer, TopicPartition

from streams.config import Settings
from streams.edge.bench.inprocess import quantile
from streams.edge.bench.processes import cpu_seconds
from streams.edge.clients import make_admin
from streams.edge.errors import BrokerRefused
from streams.topics import OUTCOMES, TOPICS, full_name

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from confluent_kafka import Message

SENT_HEADER: Final = "bench-sent"  # passed on untouched, as every inbound header is
ACCOUNTS: Final = 997
_FLUSH_SECONDS: Final = 120.0
_LOOK_SECONDS: Final = 0.05
_CALL_SECONDS: Final = 15.0
_ARRIVE_SECONDS: Final = 60.0


@dataclass(frozen=True, slots=True)
class Steady:
    """Messages in a second between a tenth and the whole of what was preloaded; processor time per message."""

    per_second: float
    messages: int
    cpu_us: float | None
    broker_cpu_us: float | None


@dataclass(frozen=True, slots=True)
class Latency:
    """Milliseconds from produce until a read_committed reader has the message, at this rate, over these messages."""

    p50_ms: float
    p99_ms: float
    rate: float
    messages: int


@dataclass
class Traffic:
    """The topics of one measured process, and what flows through them; `log` is what the process writes."""

    settings: Settings
    process: subprocess.Popen[bytes]
    log: Path
    broker_pids: frozenset[int] = frozenset()
    _watcher: Consumer = field(init=False)

    def __post_init__(self) -> None:
        self._watcher = Consumer(
            {
                **self.settings.kafka_options(),
                "group.id": self.settings.full_group,
                # A read_committed client would wait until no transaction is open, and one is open all the time.
                # (AdminClient.list_consumer_group_offsets would not wait, but crashes on a group that is new.)
                "isolation.level": "read_uncommitted",
                "log_level": 0,
            }
        )

    def steady_rate(self, preloaded: int, seconds: float) -> Steady:
        """Watch the committed offsets until all that was preloaded is done. `seconds` bounds the wait."""
        deadline = time.monotonic() + seconds
        done, at = self._until(preloaded // 10, deadline)
        cpu, broker = cpu_seconds([self.process.pid]), cpu_seconds(self.broker_pids)
        everything, end = self._until(preloaded, deadline)
        counted = everything - done
        return Steady(
            per_second=counted / (end - at),
            messages=counted,
            cpu_us=_each(cpu, cpu_seconds([self.process.pid]), counted),
            broker_cpu_us=_each(broker, cpu_seconds(self.broker_pids), counted),
        )

    def _until(self, wanted: int, deadline: float) -> tuple[int, float]:
        """How many were committed when it was at least `wanted`, and when that was."""
        while True:
            done, now = self._count_committed(), time.monotonic()
            if done >= wanted:
                return done, now
            self._insist_on_life()
            if now > deadline:
                raise BrokerRefused(f"only {done:,} of {wanted:,} messages were taken in the time the bench gives")
            time.sleep(_LOOK_SECONDS)

    def _count_committed(self) -> int:
        """What the group has behind it."""
        topic = full_name("inbound", self.settings.topic_prefix)
        places = [TopicPartition(topic, number) for number in range(self.settings.partitions)]
        try:
            return sum(max(0, place.offset) for place in self._watcher.committed(places, _CALL_SECONDS))
        except KafkaException:
            return 0  # the coordinator of the group is not there yet

    def latency(self, messages: Sequence[bytes], rate: float, warm_up: float, seconds: float) -> Latency:
        """Send at an even rate and read what comes out, in one thread, so that neither disturbs the other."""
        reader = self._reader()
        producer = _producer(self.settings, linger_ms=1)
        inbound = full_name("inbound", self.settings.topic_prefix)
        taken: list[tuple[float, float]] = []
        began, sent, total = time.perf_counter(), 0, int(rate * (warm_up + seconds))
        while len(taken) < total:
            now = time.perf_counter() - began
            while sent < min(total, int(now * rate)):
                stamp = (SENT_HEADER, str(time.perf_counter()).encode())
                producer.produce(inbound, messages[sent % len(messages)], _key(sent), headers=[stamp])
                sent += 1
            producer.poll(0)
            taken += _arrivals(reader.consume(500, 0.002), began)
            self._insist_on_life()
            if now > warm_up + seconds + _ARRIVE_SECONDS:
                raise BrokerRefused(f"only {len(taken):,} of {total:,} messages came out at {rate:.0f}/s")
        reader.close()
        counted = [took for sent_at, took in taken if sent_at >= warm_up]
        p50, p99 = (round(1e3 * quantile(counted, share), 1) for share in (0.50, 0.99))
        return Latency(p50, p99, round(rate, 1), len(counted))

    def close(self) -> None:
        """Let go of Kafka."""
        self._watcher.close()

    def _insist_on_life(self) -> None:
        if self.process.poll() is not None:
            lines = self.log.read_text(encoding="utf-8", errors="replace").splitlines() or ["it wrote nothing"]
            raise BrokerRefused(
                f"the measured process ended (exit {self.process.returncode}); its last line: {lines[-1]}"
            )

    def _reader(self) -> Consumer:
        """A read_committed reader of all outcome topics, from their present ends."""
        options = {
            **self.settings.kafka_options(),
            "group.id": f"{self.settings.full_group}-reader",
            "enable.auto.commit": False,
            "isolation.level": "read_committed",
            "fetch.wait.max.ms": 50,
            "fetch.queue.backoff.ms": 2,
            "log_level": 0,
        }
        reader = Consumer(options)
        names = [full_name(logical, self.settings.topic_prefix) for logical in OUTCOMES]
        places = [TopicPartition(name, number) for name in names for number in range(self.settings.partitions)]
        for place in places:
            place.offset = reader.get_watermark_offsets(place, _CALL_SECONDS)[1]
        reader.assign(places)
        return reader


def preload(settings: Settings, messages: Sequence[bytes], count: int) -> None:
    """Publish so many messages, again from the first when all are used; all are acknowledged when this returns."""
    producer = _producer(settings, linger_ms=20)
    topic = full_name("inbound", settings.topic_prefix)
    for number in range(count):
        _produce(producer, topic, messages[number % len(messages)], _key(number))
    if producer.flush(_FLUSH_SECONDS):
        raise BrokerRefused(f"Kafka at {settings.kafka_bootstrap} did not take the bench's messages in time")


def _produce(producer: Producer, topic: str, value: bytes, key: bytes) -> None:
    """Produce; while the queue is full, wait for room."""
    while True:
        try:
            producer.produce(topic, value, key)
        except BufferError:
            producer.poll(0.1)
        else:
            return


def delete_topics(settings: Settings) -> None:
    """Take the bench's topics away again: the broker may be somebody's."""
    names = [full_name(logical, settings.topic_prefix) for logical in TOPICS]
    for future in make_admin(settings).delete_topics(names).values():
        future.exception(_CALL_SECONDS)


def _producer(settings: Settings, linger_ms: int) -> Producer:
    options = {
        **settings.kafka_options(),
        "enable.idempotence": True,
        "linger.ms": linger_ms,
        "queue.buffering.max.messages": 200_000,
        "log_level": 0,
    }
    return Producer(options)


def _key(number: int) -> bytes:
    return b"account-%d" % (number % ACCOUNTS)


def _arrivals(found: Sequence[Message], began: float) -> Iterator[tuple[float, float]]:
    """For each message when it was sent, counted from `began`, and how long it took; seconds."""
    now = time.perf_counter()
    for message in found:
        stamp = dict(message.headers() or ()).get(SENT_HEADER) if message.error() is None else None
        if stamp is not None:
            sent = float(stamp)
            yield sent - began, now - sent


def _each(before: float | None, after: float | None, count: int) -> float | None:
    return None if before is None or after is None else round(1e6 * (after - before) / count, 1)
