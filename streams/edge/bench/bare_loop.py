"""The reference for the transport: consume, produce, commit in one transaction. No Faust, no decoding, no screening.

Same client options, batch size and waits as a worker; one record out for one in. Run as a program; settings as a worker
takes them, from the environment.
"""

from __future__ import annotations

import signal
import sys
from itertools import cycle
from typing import TYPE_CHECKING, Any

from confluent_kafka import TopicPartition

from streams.config import load_settings
from streams.edge.clients import make_consumer, make_producers
from streams.topics import full_name

if TYPE_CHECKING:
    from collections.abc import Sequence

    from confluent_kafka import Consumer, Message, Producer

    from streams.config import Settings

CALL_SECONDS = 15.0


class BareLoop:
    """Moves records from the inbound topic to the execute topic, exactly once, until it is stopped."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._source = full_name("inbound", settings.topic_prefix)
        self._target = full_name("execute", settings.topic_prefix)
        self._stopping = False

    def stop(self, *_: object) -> None:
        """End after the batch in hand."""
        self._stopping = True

    def run(self) -> None:
        """Until stopped. Any error of Kafka ends the process: the report then says so."""
        consumer = make_consumer(self._settings)
        producers = make_producers(self._settings)
        for producer in producers:
            producer.init_transactions(CALL_SECONDS)
        consumer.subscribe([self._source])
        turns = cycle(producers)
        while not self._stopping:
            messages = self._read(consumer)
            if messages:
                # Taken after the read: this loop is alone in its group, so no rebalance can come between.
                self._commit(next(turns), messages, consumer.consumer_group_metadata())
        consumer.close()

    def _read(self, consumer: Consumer) -> list[Message]:
        found = consumer.consume(1, 0.5)
        if found:
            found += consumer.consume(self._settings.batch_messages - 1, self._settings.batch_wait_ms / 1000)
        return [message for message in found if message.error() is None]

    def _commit(self, producer: Producer, messages: Sequence[Message], group: Any) -> None:
        producer.begin_transaction()
        ends: dict[int, int] = {}
        for message in messages:
            partition = int(message.partition() or 0)
            producer.produce(self._target, message.value(), message.key(), partition, headers=message.headers())
            ends[partition] = int(message.offset() or 0) + 1
        offsets = [TopicPartition(self._source, partition, end) for partition, end in ends.items()]
        producer.send_offsets_to_transaction(offsets, group, CALL_SECONDS)
        producer.commit_transaction(CALL_SECONDS)


def main() -> int:
    """Run with the settings of the environment."""
    loop = BareLoop(load_settings(required=("kafka_bootstrap",)))
    signal.signal(signal.SIGTERM, loop.stop)
    loop.run()
    return 0


if __name__ == "__main__":
    sys.exit(main())
