"""Whether the topics on the broker can lose, refuse or reorder payments, each problem with the line that mends it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from confluent_kafka import KafkaError, KafkaException
from confluent_kafka.admin import ConfigEntry, ConfigResource

from streams.edge.admin import CREATE_SECONDS, reach
from streams.edge.clients import make_admin
from streams.edge.errors import BrokerRefused
from streams.topics import TOPICS, full_name

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from confluent_kafka.admin import TopicMetadata

    from streams.config import Settings
    from streams.topics import Topic

    Judge = Callable[[str, Topic, dict[str, str], int], list[str]]

FOREVER = -1
SAFE_COPIES = 3
SAFE_IN_SYNC = 2

Config = dict[str, str]


def losing_problems(settings: Settings) -> list[str]:
    """What would lose or refuse a payment on the topics that are there; a worker does not start on any of these."""
    return _problems(settings, _would_lose)


def topic_problems(settings: Settings) -> list[str]:
    """Every difference from what is declared, one sentence each; empty when all is well."""
    known = reach(settings).topics
    missing = [
        f"{name} does not exist, or this login may not see it" for name in _wanted(settings) if name not in known
    ]
    return missing + _partition_problems(settings, known) + _problems(settings, _differs)


def topic_warnings(settings: Settings) -> list[str]:
    """What is no difference from the declaration, but thin: fewer copies than three, or a single one in sync."""
    known = reach(settings).topics
    warnings = []
    for name, config in _configs(settings, known).items():
        copies = min(len(partition.replicas) for partition in known[name].partitions.values())
        in_sync = int(config["min.insync.replicas"])
        if copies < SAFE_COPIES or in_sync < SAFE_IN_SYNC:
            warnings.append(
                f"{name} has {copies} {'copy' if copies == 1 else 'copies'} with min.insync.replicas={in_sync}: with "
                f"fewer than {SAFE_COPIES} and {SAFE_IN_SYNC}, one lost disk loses payments"
            )
    return warnings


def _problems(settings: Settings, judge: Judge) -> list[str]:
    known = reach(settings).topics
    wanted = _wanted(settings)
    return [
        problem
        for name, config in _configs(settings, known).items()
        for problem in judge(name, wanted[name], config, min(len(p.replicas) for p in known[name].partitions.values()))
    ]


def _would_lose(name: str, topic: Topic, config: Config, copies: int) -> list[str]:
    """Compaction keeps one message per key; a full topic by size drops the oldest, read or not; see also _differs."""
    problems = []
    if "compact" in config["cleanup.policy"] and not topic.compacted:
        problems.append(
            f"{name} is compacted, which deletes all but the last message of a key: "
            + _mend(name, "cleanup.policy=delete")
        )
    if int(config["retention.bytes"]) != FOREVER and not topic.compacted:
        problems.append(
            f"{name} drops its oldest messages at {config['retention.bytes']} bytes, whether read or not: "
            + _mend(name, "retention.bytes=-1")
        )
    if config["unclean.leader.election.enable"] == "true":
        problems.append(
            f"{name} may choose a leader that lacks acknowledged messages: "
            + _mend(name, "unclean.leader.election.enable=false")
        )
    if int(config["min.insync.replicas"]) > copies:
        problems.append(
            f"{name} has {copies} copies and min.insync.replicas={config['min.insync.replicas']}, so nothing can be "
            f"published to it: " + _mend(name, f"min.insync.replicas={max(1, copies - 1)}")
        )
    return problems + _size_problems(name, topic, config)


def _size_problems(name: str, topic: Topic, config: Config) -> list[str]:
    """A topic that takes less than it must would stop the worker at the first large message."""
    limit = int(config["max.message.bytes"])
    if topic.logical == "inbound" or limit >= topic.max_message_bytes:
        return []
    return [
        f"{name} takes {limit} bytes at most, and a record of {topic.max_message_bytes} would stop its partition: "
        + _mend(name, f"max.message.bytes={topic.max_message_bytes}")
    ]


def _differs(name: str, topic: Topic, config: Config, copies: int) -> list[str]:
    """All that would lose payments, and a retention shorter than declared."""
    problems = _would_lose(name, topic, config, copies)
    if topic.compacted and "compact" not in config["cleanup.policy"]:
        problems.append(
            f"{name} is not compacted, so a worker that starts later finds no lists: "
            + _mend(name, "cleanup.policy=compact")
        )
    kept = int(config["retention.ms"])
    if kept != FOREVER and kept < topic.retention_ms and not topic.compacted:
        problems.append(
            f"{name} keeps messages for {kept / 3_600_000:.0f} hours and {topic.retention_ms / 3_600_000:.0f} are "
            f"declared: " + _mend(name, f"retention.ms={topic.retention_ms}")
        )
    return problems


def _partition_problems(settings: Settings, known: Mapping[str, TopicMetadata]) -> list[str]:
    """All topics have as many partitions as the inbound one, so that a key keeps its partition from end to end.

    Those of the lists have their own number and no keys of payments.
    """
    keyed = [name for name, topic in _wanted(settings).items() if not topic.partitions]
    counts = {name: len(known[name].partitions) for name in keyed if name in known}
    inbound = full_name("inbound", settings.topic_prefix)
    most = max(counts.values(), default=0)
    return [
        f"{name} has {count} partitions and {inbound} has {counts[inbound]}: give all the same number, so that a key "
        f"keeps its partition (`payment-filter topics grow {most}`; deploy/RUNBOOK.md, section Partitions, first)"
        for name, count in counts.items()
        if inbound in counts and count != counts[inbound]
    ]


def _configs(settings: Settings, known: Mapping[str, TopicMetadata]) -> dict[str, Config]:
    """The settings in force of each topic of ours that is there."""
    resources = [ConfigResource(ConfigResource.Type.TOPIC, name) for name in _wanted(settings) if name in known]
    if not resources:
        return {}
    admin = make_admin(settings)  # held until the answers are there
    found = {}
    for resource, future in admin.describe_configs(resources).items():
        try:
            entries: dict[str, ConfigEntry] = future.result(CREATE_SECONDS)
        except KafkaException as failure:
            error: KafkaError = failure.args[0]
            raise BrokerRefused(
                f"the settings of topic {resource.name} cannot be read ({error.str()}): the login needs "
                "DescribeConfigs on it (`payment-filter topics access` prints every right)"
            ) from None
        found[resource.name] = {name: str(entry.value) for name, entry in entries.items()}
    return found


def _wanted(settings: Settings) -> dict[str, Topic]:
    return {full_name(logical, settings.topic_prefix): topic for logical, topic in TOPICS.items()}


def _mend(name: str, setting: str) -> str:
    return f"`kafka-configs.sh --alter --entity-type topics --entity-name {name} --add-config {setting}`"
