from __future__ import annotations

from typing import get_args

from schemas.decision import Outcome
from streams.topics import MAX_OUTPUT_BYTES, OUTCOMES, OUTPUTS, TOPICS, Logical, full_name


def test_every_logical_name_is_declared_once() -> None:
    assert list(TOPICS) == list(get_args(Logical))
    assert all(TOPICS[logical].logical == logical for logical in TOPICS)
    assert len({topic.name for topic in TOPICS.values()}) == len(TOPICS)


def test_the_outcome_topics_are_the_outcomes() -> None:
    assert set(OUTCOMES) == {outcome.label for outcome in Outcome}
    assert set(OUTPUTS) == set(TOPICS) - {"inbound", "entries", "editions"}


def test_whatever_arrives_can_leave() -> None:
    inbound = TOPICS["inbound"].max_message_bytes
    assert all(TOPICS[logical].max_message_bytes > inbound for logical in OUTPUTS)
    assert max(topic.max_message_bytes for topic in TOPICS.values()) == MAX_OUTPUT_BYTES


def test_names_carry_the_prefix() -> None:
    assert full_name("inbound", "") == "payments.inbound"
    assert full_name("alerts", "bank1.") == "bank1.payments.alerts"


def test_config_is_what_a_broker_takes() -> None:
    config = TOPICS["inbound"].config()
    assert config["cleanup.policy"] == "delete"
    assert config["retention.ms"] == str(7 * 24 * 3600 * 1000)
    assert int(config["max.message.bytes"]) == TOPICS["inbound"].max_message_bytes


def test_the_lists_are_kept_for_ever_in_one_partition() -> None:
    kept = [topic for topic in TOPICS.values() if topic.compacted]
    assert [topic.logical for topic in kept] == ["entries", "editions"]
    for topic in kept:
        assert topic.partitions == 1
        assert topic.config()["cleanup.policy"] == "compact"
        assert "retention.ms" not in topic.config()


def test_each_topic_says_what_it_holds() -> None:
    assert all(topic.holds.endswith(".") for topic in TOPICS.values())
