"""Topics that would lose, refuse or reorder payments: `topics check` names each, and no worker starts on them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from confluent_kafka.admin import AlterConfigOpType, ConfigEntry, ConfigResource, NewPartitions

from streams.edge.clients import make_admin
from streams.edge.topic_checks import losing_problems, topic_problems, topic_warnings
from streams.topics import TOPICS, full_name
from tests.kafka import LISTS, POLICY, fresh_settings, run_command, wait_until

if TYPE_CHECKING:
    from streams.config import Settings
    from streams.topics import Logical

pytestmark = pytest.mark.integration
KEYED = sum(not topic.partitions for topic in TOPICS.values())


def _alter(settings: Settings, topic: Logical, name: str, value: str) -> None:
    entry = ConfigEntry(name, value, incremental_operation=AlterConfigOpType.SET)
    resource = ConfigResource(
        ConfigResource.Type.TOPIC, full_name(topic, settings.topic_prefix), incremental_configs=[entry]
    )
    admin = make_admin(settings)
    for future in admin.incremental_alter_configs([resource]).values():
        future.result(20)


LOSING: list[tuple[Logical, str, str, str]] = [
    ("inbound", "cleanup.policy", "compact", "--add-config cleanup.policy=delete"),
    ("execute", "retention.bytes", "1000000", "--add-config retention.bytes=-1"),
    ("suspend", "unclean.leader.election.enable", "true", "--add-config unclean.leader.election.enable=false"),
    ("alerts", "min.insync.replicas", "2", "--add-config min.insync.replicas=1"),
    ("reject", "max.message.bytes", "1000000", "--add-config max.message.bytes=11534336"),
]


def test_topics_that_would_lose_payments_are_refused_with_the_line_that_mends_them(kafka_bootstrap: str) -> None:
    settings = fresh_settings(kafka_bootstrap, lists=LISTS, policy=POLICY)
    assert losing_problems(settings) == topic_problems(settings) == []
    for topic, name, value, _ in LOSING:
        _alter(settings, topic, name, value)
    wait_until(lambda: len(losing_problems(settings)) == len(LOSING), 20, "the changes have reached the broker")
    problems = losing_problems(settings)
    for topic, _, _, mended in LOSING:
        [said] = [one for one in problems if one.startswith(full_name(topic, settings.topic_prefix))]
        assert mended in said
    for command, code in ((("run",), 2), (("topics", "check"), 1)):
        done = run_command(settings, *command)
        assert done.returncode == code, done.stderr
        assert all(mended in done.stderr for _, _, _, mended in LOSING)
        assert "Traceback" not in done.stderr


def test_a_short_retention_is_named_but_does_not_stop_a_worker(kafka_bootstrap: str) -> None:
    """Stopping would let the very messages expire that are still there."""
    settings = fresh_settings(kafka_bootstrap)
    _alter(settings, "inbound", "retention.ms", "3600000")
    wait_until(lambda: bool(topic_problems(settings)), 20, "the change has reached the broker")
    assert losing_problems(settings) == []
    [said] = topic_problems(settings)
    assert "keeps messages for 1 hours and 168 are declared" in said
    assert "retention.ms=604800000" in said


def test_one_copy_is_warned_of(kafka_bootstrap: str) -> None:
    settings = fresh_settings(kafka_bootstrap, replication=1)
    assert len(topic_warnings(settings)) >= 6
    assert "one lost disk loses payments" in topic_warnings(settings)[0]


def test_partitions_that_grew_apart_are_named_with_the_way_out(kafka_bootstrap: str) -> None:
    settings = fresh_settings(kafka_bootstrap)
    inbound = full_name("inbound", settings.topic_prefix)
    admin = make_admin(settings)
    for future in admin.create_partitions([NewPartitions(inbound, 8)]).values():
        future.result(20)
    wait_until(lambda: len(topic_problems(settings)) == KEYED - 1, 20, "all other topics are named")
    problems = topic_problems(settings)
    assert all("has 4 partitions" in one and "topics grow 8" in one and "RUNBOOK" in one for one in problems)
    assert losing_problems(settings) == [], "records go to partition number modulo theirs: nothing is lost meanwhile"
