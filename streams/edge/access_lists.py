"""Sets the rights of streams/access.py on Kafka."""

from __future__ import annotations

from typing import TYPE_CHECKING

from confluent_kafka import KafkaException
from confluent_kafka.admin import AclBinding, AclOperation, AclPermissionType, ResourcePatternType, ResourceType

from streams.access import grants
from streams.edge.admin import CREATE_SECONDS, reach
from streams.edge.clients import make_admin
from streams.edge.errors import BrokerRefused

if TYPE_CHECKING:
    from collections.abc import Mapping

    from streams.access import Grant, Identity
    from streams.config import Settings

_RESOURCES = {
    "topic": ResourceType.TOPIC,
    "group": ResourceType.GROUP,
    "transactional-id": ResourceType.TRANSACTIONAL_ID,
}
_OPERATIONS = {
    "Read": AclOperation.READ,
    "Write": AclOperation.WRITE,
    "Describe": AclOperation.DESCRIBE,
    "Create": AclOperation.CREATE,
    "DescribeConfigs": AclOperation.DESCRIBE_CONFIGS,
    "AlterConfigs": AclOperation.ALTER_CONFIGS,
    "Alter": AclOperation.ALTER,
}


def set_access(settings: Settings, principals: Mapping[Identity, str]) -> int:
    """Give each principal (`User:name`) the rights of its identity; gives their number. What it had before stays.

    Raises BrokerRefused, one sentence, where Kafka has no authorizer or the login may not set rights.
    """
    reach(settings)
    wanted = [
        binding
        for identity, principal in principals.items()
        for grant in grants(identity, settings.topic_prefix, settings.full_group)
        for binding in _bindings(grant, principal)
    ]
    admin = make_admin(settings)  # held until the answers are there
    for binding, future in admin.create_acls(wanted).items():
        try:
            future.result(CREATE_SECONDS)
        except KafkaException as failure:
            raise BrokerRefused(
                f"the right of {binding.principal} on {binding.name} cannot be set ({failure.args[0].str()}): Kafka "
                "needs an authorizer, and the login the right to alter the cluster"
            ) from None
    return len(wanted)


def _bindings(grant: Grant, principal: str) -> list[AclBinding]:
    pattern = ResourcePatternType.PREFIXED if grant.prefixed else ResourcePatternType.LITERAL
    return [
        AclBinding(
            _RESOURCES[grant.resource],
            grant.name,
            pattern,
            principal,
            "*",
            _OPERATIONS[operation],
            AclPermissionType.ALLOW,
        )
        for operation in grant.operations
    ]
