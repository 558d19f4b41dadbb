"""The traffic of a demo: sample messages in, and everything that comes out of the filter, read as a bank would."""

from __future__ import annotations

import hashlib
import time
import uuid
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from confluent_kafka import OFFSET_BEGINNING, Consumer, KafkaException, Producer, TopicPartition

from schemas.wire import ADAPTERS, AlertRecord, DecisionRecord
from streams.edge.admin import reach
from streams.edge.clients import make_admin
from streams.edge.demo.messages import SampleMessage
from streams.edge.errors import BrokerRefused
from streams.topics import MAX_OUTPUT_BYTES, OUTCOMES, OUTPUTS, TOPICS, Logical, full_name

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from confluent_kafka import Message

    from streams.config import Settings

MESSAGES_PER_SECOND = 200  # a steady stream, not one burst: the times in the filter then mean something
DELETE_SECONDS = 10.0
SETTLE_SECONDS = 1.0  # how long to look for more when all is there: a doubled message would show here
_BATCH = 500
_SOURCE = "payment-filter-source"

Place = tuple[int, int]
"""Partition and offset of an inbound record."""


@dataclass(slots=True)
class Seen:
    """What came out, by inbound place. `outcomes` holds every outcome record seen: exactly one if all is well."""

    sent: dict[Place, SampleMessage] = field(default_factory=dict)
    outcomes: dict[Place, list[tuple[Logical, bytes]]] = field(default_factory=dict)
    decisions: dict[Place, DecisionRecord] = field(default_factory=dict)
    alerts: dict[Place, AlertRecord] = field(default_factory=dict)
    records: dict[Logical, int] = field(default_factory=dict)
    decided_again: int = 0

    @property
    def complete(self) -> bool:
        """Every message sent has an outcome and a decision."""
        return len(self.outcomes) >= len(self.sent) and len(self.decisions) >= len(self.sent)

    def problems(self) -> list[str]:
        """What would be a lost, doubled or changed payment; empty if every message came out once, byte for byte."""
        lost = [place for place in self.sent if place not in self.outcomes or place not in self.decisions]
        doubled = [place for place, found in self.outcomes.items() if len(found) > 1]
        changed = [
            place
            for place, found in self.outcomes.items()
            if place in self.sent and any(content != self.sent[place].content for _, content in found)
        ]
        named = (
            ("have no outcome", len(lost)),
            ("have more than one outcome", len(doubled)),
            ("have more than one decision", self.decided_again),
            ("came out changed", len(changed)),
        )
        return [f"{count} messages {what}" for what, count in named if count]


class DemoTraffic:
    """Publishes messages and reads outcomes. Raises BrokerRefused, one sentence, where Kafka does not take part."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._names = {full_name(logical, settings.topic_prefix): logical for logical in OUTPUTS}
        self._inbound = full_name("inbound", settings.topic_prefix)
        self._started = 0.0
        self._published = 0
        self._refused: list[str] = []
        self._kept: dict[bytes, bytes] = {}
        self._read: dict[bytes, DecisionRecord] = {}
        self.seen = Seen()
        options = {**settings.kafka_options(), "log_level": 0}
        self._producer = Producer(
            {**options, "enable.idempotence": True, "linger.ms": 2, "message.max.bytes": MAX_OUTPUT_BYTES}
        )
        self._consumer = Consumer(
            {
                **options,
                "group.id": f"payment-filter-demo-{uuid.uuid4().hex[:8]}",
                "isolation.level": "read_committed",
                "enable.auto.commit": False,
                "fetch.wait.max.ms": 50,
                "fetch.message.max.bytes": MAX_OUTPUT_BYTES,
            }
        )
        self._consumer.assign(self._partitions())

    def _partitions(self) -> list[TopicPartition]:
        known = reach(self._settings).topics
        return [
            TopicPartition(name, partition, OFFSET_BEGINNING)
            for name in self._names
            for partition in known[name].partitions
        ]

    def close(self) -> None:
        """Leave Kafka."""
        self._consumer.close()

    def publish_some(self, messages: Sequence[SampleMessage]) -> None:
        """Publish as many of these messages as the steady rate allows by now.

        The first goes alone until it has come out: a new group must find together and Kafka set up its first
        transaction, which says nothing about the time a message takes.
        """
        if not self.seen.outcomes:
            self._started = time.monotonic()
        due = 1 + int((time.monotonic() - self._started) * MESSAGES_PER_SECOND)
        now_due = messages[self._published : due]
        self.publish(now_due)
        self._published += len(now_due)

    def publish(self, messages: Sequence[SampleMessage]) -> None:
        """Publish these now."""
        for message in messages:
            self._publish(message)
        self._producer.poll(0)
        if self._refused:
            raise BrokerRefused(self._refused[0])

    def _publish(self, message: SampleMessage) -> None:
        def delivered(error: object, record: Message) -> None:
            partition, offset = record.partition(), record.offset()
            if error is not None or partition is None or offset is None:
                self._refused.append(f"Kafka did not take {message.file}: {error}")
            else:
                self.seen.sent[partition, offset] = message

        key = hashlib.sha256(message.content).hexdigest()[:16]
        self._producer.produce(self._inbound, message.content, key, on_delivery=delivered)

    def read_some(self) -> int:
        """Read what came out meanwhile; gives the number of records."""
        try:
            records = self._consumer.consume(_BATCH, 0.1)
        except KafkaException as failure:
            raise BrokerRefused(f"Kafka stopped answering the demo: {failure.args[0].str()}") from None
        for record in records:
            self._take(record)
        return len(records)

    def _take(self, record: Message) -> None:
        topic, value = record.topic(), record.value()
        if record.error() is not None or topic is None or value is None:
            return  # a broker that moves a partition; librdkafka goes on by itself
        logical = self._names[topic]
        self.seen.records[logical] = self.seen.records.get(logical, 0) + 1
        place = _place(record)
        if logical in OUTCOMES:
            # A sample that is published a thousand times, and what is decided about it, is kept once.
            kept = self._kept.setdefault(value, value)
            self.seen.outcomes.setdefault(place, []).append((logical, kept))
        elif logical == "decisions":
            self.seen.decided_again += place in self.seen.decisions
            self.seen.decisions[place] = self._decision(value)
        else:
            self.seen.alerts[place] = ADAPTERS["alert"].validate_json(value)

    def _decision(self, value: bytes) -> DecisionRecord:
        known = self._read.get(value)
        if known is None:
            known = self._read[value] = ADAPTERS["decision"].validate_json(value)
        return known

    def all_through(self, messages: Sequence[SampleMessage], look: Callable[[Seen], None], patience: float) -> None:
        """Publish everything and read until every message has come out, and a little longer.

        `look` is told how far it is, and raises where it makes no sense to go on. Raises BrokerRefused when nothing
        moves for `patience` seconds.
        """
        moved = time.monotonic()
        settled = 0.0
        while settled < SETTLE_SECONDS:
            before = self._published
            self.publish_some(messages)
            if self.read_some() or self._published > before:
                moved = time.monotonic()
            look(self.seen)
            idle = time.monotonic() - moved
            done = self._published == len(messages) == len(self.seen.sent) and self.seen.complete
            settled = idle if done else 0.0
            if idle > patience:
                raise BrokerRefused(
                    f"nothing has come out for {idle:.0f} s: {len(self.seen.outcomes)} of {len(messages)} messages "
                    "have an outcome"
                )


def delete_topics(settings: Settings) -> None:
    """Take away the demo's topics from a Kafka that is not its own; what cannot be deleted stays."""
    names = [full_name(logical, settings.topic_prefix) for logical in TOPICS]
    admin = make_admin(settings)  # held by name: one that is freed too early takes its request with it
    for future in admin.delete_topics(names, operation_timeout=DELETE_SECONDS).values():
        with suppress(KafkaException):
            future.result(DELETE_SECONDS)


def _place(record: Message) -> Place:
    """Where the inbound record stood: our header topic/partition/offset."""
    headers = dict(record.headers() or [])
    source = headers[_SOURCE]
    assert isinstance(source, bytes)
    _, partition, offset = source.decode().rsplit("/", 2)
    return int(partition), int(offset)
