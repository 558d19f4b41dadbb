"""Least privilege, by the declarations alone; tests/integration/test_security.py shows that Kafka agrees."""

from __future__ import annotations

import pytest

from streams.access import JOBS, Grant, Identity, grants, identities, kafka_acls_commands
from streams.topics import TOPICS, full_name

pytestmark = pytest.mark.requirement("SEC-01")
PREFIX, GROUP = "bank.", "bank.payment-filter"


def _who(operation: str, topic: str) -> set[Identity]:
    wanted = [(one, grant) for one in identities() for grant in grants(one, PREFIX, GROUP)]
    return {
        one
        for one, grant in wanted
        if (grant.resource, grant.name) == ("topic", topic) and operation in grant.operations
    }


def test_every_identity_has_a_job_and_its_rights() -> None:
    assert set(JOBS) == set(identities())
    assert all(grants(one, PREFIX, GROUP) for one in identities())


@pytest.mark.parametrize("logical", TOPICS)
def test_every_topic_has_who_writes_it_and_who_reads_it(logical: str) -> None:
    name = full_name(TOPICS[logical].logical, PREFIX)  # type: ignore[index] # pytest hands the literal on as a str
    assert _who("Write", name)
    assert _who("Read", name)


def test_only_the_filter_writes_what_the_engine_executes() -> None:
    assert _who("Write", "bank.payments.execute") == {"filter"}


def test_nobody_may_delete_or_do_everything() -> None:
    operations = {
        operation for one in identities() for grant in grants(one, PREFIX, GROUP) for operation in grant.operations
    }
    assert not operations & {"All", "Delete", "ClusterAction", "Alter Configs"}


def test_a_prefix_ends_where_another_banks_names_cannot_begin() -> None:
    prefixed = [grant for one in identities() for grant in grants(one, PREFIX, GROUP) if grant.prefixed]
    assert all(grant.resource != "topic" and grant.name.startswith(PREFIX) for grant in prefixed)


def test_commands_say_all_of_it() -> None:
    lines = kafka_acls_commands({"filter": "User:pf"}, PREFIX, GROUP)
    assert len(lines) == len(grants("filter", PREFIX, GROUP))
    assert any("--transactional-id 'bank.payment-filter.' --resource-pattern-type prefixed" in line for line in lines)
    assert Grant("group", GROUP, ("Read", "Describe")) in grants("filter", PREFIX, GROUP)
