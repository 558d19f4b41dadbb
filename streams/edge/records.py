"""Kafka's messages, errors and offsets in the terms of the hot path."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

import structlog
from confluent_kafka import OFFSET_BEGINNING, KafkaError, KafkaException, Message, TopicPartition

from streams.publish import Inbound, Outgoing
from streams.topics import OUTCOMES

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

PART_BYTES = 4_000_000  # decided and committed at once; a single larger message stands alone
LAST_TIMESTAMP = 253_402_300_799_000  # the end of the year 9999: producers may send any number

# Errors the consumer recovers from by itself. Any other means that a record may not reach us: then the worker stops,
# because going on could skip a payment.
_PASSING = frozenset(
    {
        KafkaError._ALL_BROKERS_DOWN,  # noqa: SLF001 - librdkafka's own (local) errors are spelled like this
        KafkaError._TRANSPORT,  # noqa: SLF001 - its only name
        KafkaError._RESOLVE,  # noqa: SLF001 - its only name
        KafkaError._TIMED_OUT,  # noqa: SLF001 - its only name
        KafkaError._MAX_POLL_EXCEEDED,  # noqa: SLF001 - its only name
        KafkaError.UNKNOWN_TOPIC_OR_PART,
        KafkaError.TOPIC_AUTHORIZATION_FAILED,
        KafkaError.GROUP_AUTHORIZATION_FAILED,
        KafkaError.COORDINATOR_NOT_AVAILABLE,
        KafkaError.NOT_COORDINATOR,
    }
)

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Answer:
    """What is to be published for each message of a batch, and what is to be done once it is committed."""

    outputs: list[list[Outgoing]]
    when_committed: Callable[[], None] = lambda: None


class TransportFailed(Exception):  # noqa: N818 - reads as a sentence
    """The process cannot go on safely: it must end (exit 70) and be started again by its supervisor."""


def parts_of(messages: Sequence[Message]) -> Iterator[list[Message]]:
    """The batch in order, cut so that no part of more than one message exceeds PART_BYTES."""
    part: list[Message] = []
    size = 0
    for message in messages:
        length = len(message.value() or b"")
        if part and size + length > PART_BYTES:
            yield part
            part, size = [], 0
        part.append(message)
        size += length
    if part:
        yield part


def passing_error(message: Message) -> bool:
    """Whether this is an error event that goes away by itself. Raises TransportFailed for any other error."""
    error = message.error()
    if error is None:
        return False
    if error.fatal() or error.code() not in _PASSING:
        raise TransportFailed(f"the consumer failed: {error.str()}")
    log.warning("kafka_error", error=error.name())
    return True


def inbound_of(message: Message) -> Inbound:
    """The record as the core sees it. A null value reads as empty; the time is kept inside what a date can hold."""
    _kind, timestamp_ms = message.timestamp()
    return Inbound(
        value=message.value() or b"",
        key=message.key(),
        headers=cast("tuple[tuple[str, bytes], ...]", tuple(message.headers() or ())),
        topic=message.topic() or "",
        partition=message.partition() or 0,
        offset=message.offset() or 0,
        timestamp_ms=min(max(timestamp_ms, 0), LAST_TIMESTAMP),
    )


def insist_on_one_outcome_each(inbound: Sequence[Inbound], answers: Sequence[Sequence[Outgoing]]) -> None:
    """Raise TransportFailed unless each message gets exactly one outcome: whatever else happens, that must hold."""
    outcomes = [sum(outgoing.topic in OUTCOMES for outgoing in answer) for answer in answers]
    if outcomes != [1] * len(inbound):
        raise TransportFailed("the decision of a batch does not give exactly one outcome for each message")


def last_offsets(inbound: Sequence[Inbound]) -> dict[int, int]:
    """The highest offset of each partition in the batch."""
    return {record.partition: record.offset for record in inbound}


def starting_at(partition: TopicPartition) -> TopicPartition:
    """Where to read on: at the committed offset, or from the beginning where nothing was committed yet."""
    offset = partition.offset if partition.offset >= 0 else OFFSET_BEGINNING
    return TopicPartition(partition.topic, partition.partition, offset)


def error_of(failure: KafkaException) -> KafkaError:
    """What librdkafka said."""
    error = failure.args[0]
    assert isinstance(error, KafkaError)
    return error
