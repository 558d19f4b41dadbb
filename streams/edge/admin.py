"""Looking at Kafka and making its topics."""

from __future__ import annotations

from typing import TYPE_CHECKING

from confluent_kafka import KafkaError, KafkaException
from confluent_kafka.admin import ClusterMetadata, ConfigResource, NewTopic

from streams.config import PREFIX
from streams.edge.clients import make_admin
from streams.edge.errors import BrokerRefused
from streams.topics import TOPICS, full_name

if TYPE_CHECKING:
    from streams.config import Settings

REACH_SECONDS = 10.0
CREATE_SECONDS = 30.0


def reach(settings: Settings, seconds: float = REACH_SECONDS) -> ClusterMetadata:
    """What Kafka says of itself. Raises BrokerRefused, one sentence with address and way out, when it does not answer.

    librdkafka retries logins for ever, so a wrong password shows as silence (DESIGN §7, trap 7): the sentence says so.
    """
    try:
        return make_admin(settings).list_topics(timeout=seconds)
    except KafkaException as failure:
        error = failure.args[0]
        login = "" if settings.kafka_security_protocol == "PLAINTEXT" else ", or the login or certificate is wrong"
        raise BrokerRefused(
            f"Kafka at {settings.kafka_bootstrap} does not answer within {seconds:.0f} s ({error.str()}): "
            f"either nothing runs there{login}; start it (`make kafka` for a local one) or correct "
            f"{PREFIX}KAFKA_BOOTSTRAP"
        ) from None


def create_topics(settings: Settings) -> list[tuple[str, bool]]:
    """Make every declared topic. Gives each name and whether it is new. Raises BrokerRefused."""
    reach(settings)
    wanted = [
        NewTopic(
            full_name(topic.logical, settings.topic_prefix),
            num_partitions=topic.partitions or settings.partitions,
            replication_factor=settings.replication,
            config=topic.config(),
        )
        for topic in TOPICS.values()
    ]
    admin = make_admin(settings)  # held until the answers are there: a client that is collected cancels them
    results = []
    for name, future in admin.create_topics(wanted).items():
        try:
            future.result(CREATE_SECONDS)
            results.append((name, True))
        except KafkaException as failure:
            if failure.args[0].code() != KafkaError.TOPIC_ALREADY_EXISTS:
                raise BrokerRefused(f"topic {name} cannot be created: {failure.args[0].str()}") from None
            results.append((name, False))
    return results


def missing_topics(settings: Settings) -> list[str]:
    """Declared topics that Kafka does not have. Raises BrokerRefused when it does not answer."""
    known = reach(settings).topics
    return [name for name in _names(settings) if name not in known]


def topic_problems(settings: Settings) -> list[str]:
    """How the topics on the broker differ from what is declared, one sentence each; empty when all is well."""
    known = {name: len(topic.partitions) for name, topic in reach(settings).topics.items()}
    problems = [f"{name} does not exist" for name in _names(settings) if name not in known]
    present = [name for name in _names(settings) if name in known]
    inbound = full_name("inbound", settings.topic_prefix)
    problems += [
        f"{name} has {known[name]} partitions and {inbound} has {known[inbound]}: give them the same number, so that "
        "a key keeps its partition"
        for name in present
        if inbound in known and name not in _with_partitions_of_their_own(settings) and known[name] != known[inbound]
    ]
    return problems + _size_problems(settings, present)


def _size_problems(settings: Settings, present: list[str]) -> list[str]:
    """A topic that takes less than it must would stop the worker at the first large message."""
    wanted = {full_name(logical, settings.topic_prefix): topic for logical, topic in TOPICS.items()}
    resources = [ConfigResource(ConfigResource.Type.TOPIC, name) for name in present]
    if not resources:
        return []
    problems = []
    admin = make_admin(settings)
    for resource, future in admin.describe_configs(resources).items():
        limit = int(future.result(CREATE_SECONDS)["max.message.bytes"].value)
        needed = wanted[resource.name].max_message_bytes
        if limit < needed and resource.name != full_name("inbound", settings.topic_prefix):
            problems.append(f"{resource.name} takes {limit} bytes at most and needs max.message.bytes={needed}")
    return problems


def _with_partitions_of_their_own(settings: Settings) -> set[str]:
    return {full_name(topic.logical, settings.topic_prefix) for topic in TOPICS.values() if topic.partitions}


def _names(settings: Settings) -> list[str]:
    return [full_name(logical, settings.topic_prefix) for logical in TOPICS]
