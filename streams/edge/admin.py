"""Looking at Kafka and making its topics."""

from __future__ import annotations

from typing import TYPE_CHECKING

from confluent_kafka import KafkaError, KafkaException
from confluent_kafka.admin import ClusterMetadata, NewTopic

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

    librdkafka retries logins for ever, so a wrong password shows as silence (DESIGN §7, trap 7). What it meets
    meanwhile comes as events: the sentence tells the reason from them.
    """
    met: list[KafkaError] = []
    try:
        admin = make_admin(settings, met.append)
    except (KafkaException, ValueError) as failure:
        raise BrokerRefused(f"the login or certificates for Kafka cannot be used: {_text(failure)}") from None
    try:
        return admin.list_topics(timeout=seconds)
    except KafkaException as failure:
        admin.poll(0)
        raise BrokerRefused(_unreachable(settings, seconds, failure.args[0], met)) from None


def _unreachable(settings: Settings, seconds: float, error: KafkaError, met: list[KafkaError]) -> str:
    where = f"Kafka at {settings.kafka_bootstrap}"
    for one in met:
        if one.code() == KafkaError._AUTHENTICATION:  # noqa: SLF001 - its only name
            return (
                f"{where} refuses the login of {settings.kafka_sasl_username!r} with {settings.kafka_sasl_mechanism} "
                f"({_end(one)}): correct {PREFIX}KAFKA_SASL_USERNAME and _SASL_PASSWORD (or _SASL_PASSWORD_FILE)"
            )
        if one.code() == KafkaError._SSL:  # noqa: SLF001 - its only name
            return (
                f"{where} and this client do not trust each other's certificates ({_end(one)}): correct "
                f"{PREFIX}KAFKA_SSL_CA_LOCATION, _SSL_CERTIFICATE_LOCATION and _SSL_KEY_LOCATION"
            )
    login = (
        f", or the login or certificate is wrong (check {PREFIX}KAFKA_SASL_* and _SSL_*), or it speaks another "
        f"protocol than {PREFIX}KAFKA_SECURITY_PROTOCOL={settings.kafka_security_protocol}"
    )
    return (
        f"{where} does not answer within {seconds:.0f} s ({error.str()}): either nothing runs there"
        f"{login}; start it (`make kafka` for a local one) or correct {PREFIX}KAFKA_BOOTSTRAP"
    )


def _end(error: KafkaError) -> str:
    """What went wrong, without librdkafka's `sasl_ssl://host:port/1: ` before it and ` (after 3ms ...)` behind it."""
    return error.str().split(": ", 1)[-1].split(" (after ")[0].strip()


def _text(failure: Exception) -> str:
    first = failure.args[0] if failure.args else failure
    return first.str() if isinstance(first, KafkaError) else str(first)


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


def _names(settings: Settings) -> list[str]:
    return [full_name(logical, settings.topic_prefix) for logical in TOPICS]
