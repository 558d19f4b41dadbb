"""Who may do what on Kafka: every identity with its job, declared once. ACLs, manifests and tests come from here.

Least privilege (SEC-01, SEC-02): an identity has exactly the rights its job needs and Kafka refuses it all else.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, get_args

from streams.topics import OUTPUTS, TOPICS, Logical, full_name

if TYPE_CHECKING:
    from collections.abc import Sequence


Identity = Literal["hub", "filter", "lists", "engine", "cases", "scaler", "operator"]
"""Who connects: payment hub, our workers, the lists job, payment engine, case tool, autoscaler, maker of topics."""

JOBS: dict[Identity, str] = {
    "hub": "publishes messages to the inbound topic",
    "filter": "reads messages and publishes outcomes, decisions and alerts, exactly once",
    "lists": "publishes editions of the lists; sees no payment",
    "engine": "reads messages to execute, and messages to send back",
    "cases": "reads suspended messages, alerts and decisions",
    "scaler": "sees how many messages wait, and none of them",
    "operator": "makes and inspects the topics; reads and writes none of them",
}

# Where editions travel over Kafka: the lists job writes them, workers read them and say what they use.
LISTS: tuple[Logical, ...] = tuple(logical for logical, topic in TOPICS.items() if topic.name.startswith("lists."))

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
    ours = Grant("group", group, ("Read", "Describe"))
    lists = (
        *_topics(prefix, LISTS, ("Read", "Write", "Describe", "DescribeConfigs")),
        Grant("group", f"{group}.lists", ("Read", "Describe")),
    )
    rights: dict[Identity, tuple[Grant, ...]] = {
        "hub": _topics(prefix, ("inbound",), ("Write", "Describe")),
        "filter": (
            *_topics(prefix, ("inbound",), ("Read", "Describe", "DescribeConfigs")),
            *_topics(prefix, OUTPUTS, ("Write", "Describe", "DescribeConfigs")),
            *lists,
            ours,
            Grant("transactional-id", f"{group}.", ("Write", "Describe"), prefixed=True),
        ),
        "lists": (*lists, Grant("transactional-id", f"{group}.lists", ("Write", "Describe"), prefixed=True)),
        "engine": _reader("engine", prefix, ("execute", "reject")),
        "cases": _reader("cases", prefix, ("suspend", "alerts", "decisions")),
        "scaler": (*_topics(prefix, ("inbound",), ("Describe",)), Grant("group", group, ("Describe",))),
        "operator": (
            *_topics(prefix, tuple(TOPICS), ("Create", "Describe", "DescribeConfigs", "AlterConfigs", "Alter")),
            Grant("group", group, ("Describe",)),  # topics grow only where nothing waits
        ),
    }
    return rights[identity]


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
