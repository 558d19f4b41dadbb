"""More partitions for topics in use: outputs first, the inbound topic last, and only while nothing is on its way.

More partitions move keys to other partitions. What a payer sent before and what it sends after may then be decided at
the same moment by two workers, so order by key holds only where nothing waits while the topics grow.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Final

from confluent_kafka import Consumer, KafkaException, TopicPartition
from confluent_kafka.admin import NewPartitions

from streams.edge.admin import CREATE_SECONDS, reach
from streams.edge.clients import make_admin
from streams.edge.errors import BrokerRefused
from streams.topics import TOPICS, full_name

if TYPE_CHECKING:
    from collections.abc import Mapping

    from confluent_kafka.admin import AdminClient, TopicMetadata

    from streams.config import Settings

QUIET_SECONDS: Final = 3.0
"""How long no message may come in before the topics grow: a hub that pauses is silent for longer."""


def grow_topics(settings: Settings, partitions: int, *, unordered: bool = False) -> list[tuple[str, int]]:
    """Give every topic that holds payments so many partitions; gives the topics that grew, and how many they had.

    Raises BrokerRefused, one sentence, where a topic has more already, and, unless `unordered`, while messages come
    in or wait. Workers find the new partitions by themselves (streams/edge/clients.py).
    """
    known = reach(settings).topics
    names = [full_name(logical, settings.topic_prefix) for logical, topic in TOPICS.items() if not topic.partitions]
    had = _counts(names, known)
    _none_has_more(had, partitions)
    inbound = full_name("inbound", settings.topic_prefix)
    if not unordered and had[inbound] < partitions:
        _insist_on_quiet(settings, inbound, had[inbound])
    admin = make_admin(settings)  # held until the answers are there
    # The inbound topic last: whoever reads its new partitions finds that the outputs have them too.
    smaller = sorted((name for name in names if had[name] < partitions), key=lambda name: name == inbound)
    for name in smaller:
        _grow(admin, name, partitions)
    return [(name, had[name]) for name in smaller]


def _counts(names: list[str], known: Mapping[str, TopicMetadata]) -> dict[str, int]:
    missing = [name for name in names if name not in known]
    if missing:
        raise BrokerRefused(f"{', '.join(missing)} cannot grow, not being there: payment-filter topics create")
    return {name: len(known[name].partitions) for name in names}


def _none_has_more(had: Mapping[str, int], partitions: int) -> None:
    larger = {name: count for name, count in had.items() if count > partitions}
    if larger:
        name, count = max(larger.items(), key=lambda one: one[1])
        raise BrokerRefused(
            f"{name} has {count} partitions and Kafka takes none away: grow all topics to {count} or more, or make new "
            "ones with another prefix"
        )


def _insist_on_quiet(settings: Settings, inbound: str, count: int) -> None:
    """Ask as the filter's group stands, without being a member of it."""
    places = [TopicPartition(inbound, number) for number in range(count)]
    consumer = Consumer({**settings.kafka_options(), "group.id": settings.full_group, "log_level": 0})
    try:
        before = _ends(consumer, places)
        time.sleep(QUIET_SECONDS)
        ends = _ends(consumer, places)
        done = sum(max(0, place.offset) for place in consumer.committed(places, timeout=CREATE_SECONDS))
    except KafkaException as failure:
        raise BrokerRefused(
            f"what waits in {inbound} cannot be seen ({failure.args[0].str()}): the login needs Describe on it and on "
            f"group {settings.full_group} (`payment-filter topics access` prints every right)"
        ) from None
    finally:
        consumer.close()
    if ends > before or ends > done:
        coming = f"{ends - before} messages came in within {QUIET_SECONDS:.0f} s"
        raise BrokerRefused(
            f"{inbound} cannot grow now, because {coming if ends > before else f'{ends - done} messages wait'}: "
            "payments of one payer could overtake each other. Let the hub pause and the workers finish "
            "(deploy/RUNBOOK.md, section Partitions), or say --unordered: nothing is lost then, only order by key"
        )


def _ends(consumer: Consumer, places: list[TopicPartition]) -> int:
    """How many messages were ever published to these places."""
    return sum(consumer.get_watermark_offsets(place, timeout=CREATE_SECONDS)[1] for place in places)


def _grow(admin: AdminClient, name: str, partitions: int) -> None:
    [future] = admin.create_partitions([NewPartitions(name, partitions)]).values()
    try:
        future.result(CREATE_SECONDS)
    except KafkaException as failure:
        raise BrokerRefused(
            f"{name} cannot grow to {partitions} partitions ({failure.args[0].str()}): the login needs Alter on it "
            "(`payment-filter topics access` prints every right)"
        ) from None
