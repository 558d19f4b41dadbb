"""Who may do what on Kafka: every identity with its job, declared once. ACLs, manifests and tests come from here.

Least privilege (SEC-01, SEC-02): an identity has exactly the rights its job needs and Kafka refuses it all else.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, get_args

from streams.topics import OUTPUTS, TOPICS, full_name

if TYPE_CHECKING:
    from collections.abc import Sequence

    from streams.topics import Logical

Identity = Literal["hub", "filter", "engine", "cases", "operator"]
"""Who connects: the payment hub, our workers, the payment engine, the case tool, whoever makes the topics."""

JOBS: dict[Identity, str] = {
    "hub": "publishes messages to the inbound topic",
    "filter": "reads messages and publishes outcomes, decisions and alerts, exactly once",
    "engine": "reads messages to execute, and messages to send back",
    "cases": "reads suspended messages, alerts and decisions",
    "operator": "makes and inspects the topics; reads and writes none of them",
}

Resource = Literal["topic", "group", "transactional-id"]
Operation = Literal["Read", "Write", "Describe", "Create", "DescribeConfigs", "AlterConfigs", "Alter"]


@dataclass(frozen=True, slots=True)
class Grant:
    """One right. `prefixed`: on every resource whose name begins with `name`."""

    resource: Resource
    name: str
    operations: tuple[Operation, ...]
    prefixed: bool = False


def grants(identity: Identity, prefix: str, group: str) -> tuple[Grant, ...]:
    """Every right of this identity. `prefix` is the topics' prefix, `group` the filter's consumer group in full.

    Readers name their consumer groups with their identity first (`cases`, `cases.night`), after the prefix.
    """
    match identity:
        case "hub":
            return _topics(prefix, ("inbound",), ("Write", "Describe"))
        case "filter":
            return (
                *_topics(prefix, ("inbound",), ("Read", "Describe")),
                *_topics(prefix, OUTPUTS, ("Write", "Describe", "DescribeConfigs")),
                Grant("topic", full_name("inbound", prefix), ("DescribeConfigs",)),
                Grant("group", group, ("Read", "Describe")),
                Grant("transactional-id", f"{group}.", ("Write", "Describe"), prefixed=True),
            )
        case "engine":
            return _reader(identity, prefix, ("execute", "reject"))
        case "cases":
            return _reader(identity, prefix, ("suspend", "alerts", "decisions"))
        case "operator":
            return _topics(prefix, tuple(TOPICS), ("Create", "Describe", "DescribeConfigs", "AlterConfigs", "Alter"))


def identities() -> tuple[Identity, ...]:
    """All of them, in order."""
    return get_args(Identity)


def kafka_acls_commands(principals: dict[Identity, str], prefix: str, group: str) -> list[str]:
    """The same rights as lines for Kafka's own `kafka-acls.sh`, for whoever may not let us set them."""
    return [
        f'kafka-acls.sh --bootstrap-server "$BOOTSTRAP" --command-config admin.properties --add --allow-principal '
        f"'{principal}' --{grant.resource} '{grant.name}'"
        + (" --resource-pattern-type prefixed" if grant.prefixed else "")
        + "".join(f" --operation {operation}" for operation in grant.operations)
        for identity, principal in principals.items()
        for grant in grants(identity, prefix, group)
    ]


def _reader(identity: Identity, prefix: str, topics: Sequence[Logical]) -> tuple[Grant, ...]:
    return (
        *_topics(prefix, topics, ("Read", "Describe")),
        Grant("group", prefix + identity, ("Read", "Describe"), prefixed=True),
    )


def _topics(prefix: str, topics: Sequence[Logical], operations: tuple[Operation, ...]) -> tuple[Grant, ...]:
    return tuple(Grant("topic", full_name(logical, prefix), operations) for logical in topics)
