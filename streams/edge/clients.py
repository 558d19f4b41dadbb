"""The options of our Kafka clients, each with its reason; figures are from DESIGN §7, measured on Kafka 4.3.1."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

from confluent_kafka import Consumer, Producer
from confluent_kafka.admin import AdminClient

from streams.topics import MAX_OUTPUT_BYTES

if TYPE_CHECKING:
    from collections.abc import Callable

    from confluent_kafka import KafkaError

    from streams.config import Settings

PRODUCERS = 2  # in turn: while the broker finishes one's transaction, the other's can begin

_LOGGER = logging.getLogger("kafka")
_SYSLOG_CRITICAL = 2  # connection errors come as events too, and once a second is enough


def make_admin(settings: Settings, on_error: Callable[[KafkaError], None] | None = None) -> AdminClient:
    """A client for looking at and creating topics; `on_error` is told why a connection fails."""
    options = {**settings.kafka_options(), "log_level": 0, "reconnect.backoff.max.ms": 1000}
    callbacks: dict[str, Any] = {} if on_error is None else {"error_cb": on_error}
    return AdminClient({**options, **callbacks})


def make_consumer(settings: Settings) -> Consumer:
    """The consumer of the hot path: offsets are only ever committed inside a producer's transaction."""
    options = {
        **_common(settings),
        "group.id": settings.full_group,
        "enable.auto.commit": False,
        "auto.offset.reset": "earliest",  # a new group starts with the oldest payment, never behind it
        "isolation.level": "read_committed",
        "partition.assignment.strategy": "range",
        "session.timeout.ms": settings.session_timeout_ms,
        "heartbeat.interval.ms": max(200, settings.session_timeout_ms // 6),
        "max.poll.interval.ms": max(60_000, settings.session_timeout_ms),
        "fetch.wait.max.ms": 50,
        "fetch.queue.backoff.ms": 5,
        "queued.min.messages": 5_000,
        "queued.max.messages.kbytes": 32_768,
        # Partitions that are added are found so soon; with the default, payments in them would wait five minutes, and
        # in no metric, because nobody has them.
        "topic.metadata.refresh.interval.ms": 5_000,
    }
    return Consumer(options, logger=_LOGGER)


def make_producers(settings: Settings) -> list[Producer]:
    """The transactional producers of one worker slot; their ids stay the same over restarts, which fences zombies."""
    return [make_producer(settings, f"{settings.full_group}.{settings.slot}.{turn}") for turn in range(PRODUCERS)]


def make_producer(settings: Settings, transactional_id: str) -> Producer:
    """One transactional producer."""
    options = {
        **_common(settings),
        "transactional.id": transactional_id,
        "transaction.timeout.ms": settings.transaction_timeout_ms,
        "linger.ms": settings.linger_ms,
        # The default of 100 makes back-to-back transactions wait 97 ms for each other; 1 makes it 5.
        "retry.backoff.ms": 1,
        "retry.backoff.max.ms": 20,
        "queue.buffering.max.messages": 200_000,
        "batch.num.messages": 10_000,
        "message.max.bytes": MAX_OUTPUT_BYTES,
        "partitioner": "murmur2_random",  # as Java clients do, so that their joins by key find our records
    }
    return Producer(options, logger=_LOGGER)


def _common(settings: Settings) -> dict[str, str | int | float | bool]:
    return {
        **settings.kafka_options(),
        "client.id": f"{settings.full_group}.{settings.slot}",
        "log_level": _SYSLOG_CRITICAL,
        "reconnect.backoff.max.ms": 1_000,
    }
