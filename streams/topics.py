"""Every topic of the filter, declared once. The names on the broker are the configured prefix and these."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Logical = Literal["inbound", "execute", "suspend", "reject", "decisions", "alerts", "entries", "editions"]
"""What code calls a topic; `Outgoing.topic` is one of these."""

DAY = 24 * 60 * 60 * 1000
MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Topic:
    """One topic. Retention in milliseconds, size in bytes of one record batch; `holds` is one sentence for people.

    `partitions` 0 means: as many as the setting says, and as the inbound topic has. A compacted topic keeps the last
    record of each key for ever, and one without value (the key is gone) for the retention.
    """

    logical: Logical
    name: str
    retention_ms: int
    max_message_bytes: int
    holds: str
    compacted: bool = False
    partitions: int = 0

    def config(self) -> dict[str, str]:
        """The topic's own settings, as a broker takes them."""
        kept = (
            # Compaction leaves the segment being written alone: a new one is begun often enough that it gets its turn.
            {"cleanup.policy": "compact", "delete.retention.ms": str(self.retention_ms), "segment.ms": str(DAY // 4)}
            if self.compacted
            else {"cleanup.policy": "delete", "retention.ms": str(self.retention_ms)}
        )
        return {**kept, "max.message.bytes": str(self.max_message_bytes)}


# The outcome topics take any message that the inbound topic takes, plus our headers: nothing may arrive that cannot
# leave. A decision record of a batch of 10,000 payments is larger than its message.
_INBOUND_BYTES = 10 * MEGABYTE
_FORWARD_BYTES = _INBOUND_BYTES + MEGABYTE
_RECORD_BYTES = 48 * MEGABYTE

TOPICS: dict[Logical, Topic] = {
    topic.logical: topic
    for topic in (
        Topic("inbound", "payments.inbound", 7 * DAY, _INBOUND_BYTES, "Messages from the hub, in any known format."),
        Topic("execute", "payments.execute", 7 * DAY, _FORWARD_BYTES, "Messages to execute, byte for byte."),
        Topic("suspend", "payments.suspend", 30 * DAY, _FORWARD_BYTES, "Messages a person must decide on."),
        Topic("reject", "payments.reject", 7 * DAY, _FORWARD_BYTES, "Messages to send back, byte for byte."),
        Topic("decisions", "payments.decisions", 90 * DAY, _RECORD_BYTES, "One full decision record per message."),
        Topic("alerts", "payments.alerts", 90 * DAY, _RECORD_BYTES, "What a person must look at, keyed by case."),
        # One partition each: an edition is one thing, and its announcement comes after its entries.
        Topic(
            "entries",
            "lists.entries",
            DAY,
            4 * MEGABYTE,
            "Entries of the lists, in chunks.",
            compacted=True,
            partitions=1,
        ),
        Topic(
            "editions",
            "lists.editions",
            DAY,
            MEGABYTE,
            "The edition to use; who uses it; refusals.",
            compacted=True,
            partitions=1,
        ),
    )
}

OUTCOMES: tuple[Logical, ...] = ("execute", "suspend", "reject")
OUTPUTS: tuple[Logical, ...] = (*OUTCOMES, "decisions", "alerts")
"""What the hot path writes."""

MAX_OUTPUT_BYTES = _RECORD_BYTES
"""The largest record a producer of ours must be able to send."""


def full_name(logical: Logical, prefix: str) -> str:
    """The name on the broker."""
    return prefix + TOPICS[logical].name
