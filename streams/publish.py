"""What leaves the filter: decisions turned into Kafka records. Pure; the transport sends them as they are."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Inbound:
    """One record of the inbound topic, as read. `timestamp_ms` is the record's own, milliseconds since 1970 UTC."""

    value: bytes
    key: bytes | None
    headers: tuple[tuple[str, bytes], ...]
    topic: str
    partition: int
    offset: int
    timestamp_ms: int


@dataclass(frozen=True, slots=True)
class Outgoing:
    """One record to publish. `topic` is a logical name (streams/topics.py); the transport adds the prefix."""

    topic: str
    key: bytes | None
    value: bytes
    headers: tuple[tuple[str, bytes], ...]
