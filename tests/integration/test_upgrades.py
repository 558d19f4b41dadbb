"""What deploy/RUNBOOK.md plans, under load: another policy, a rolling restart, more partitions; and going back."""

from __future__ import annotations

import json
import signal
import tomllib
from collections import Counter, defaultdict
from typing import TYPE_CHECKING

import pytest
from confluent_kafka import ConsumerGroupTopicPartitions, KafkaException, TopicPartition

from streams.edge.clients import make_admin
from streams.edge.errors import BrokerRefused
from streams.edge.topic_checks import topic_problems
from streams.edge.topic_growth import grow_topics
from streams.topics import OUTCOMES, full_name
from tests.bank import Bank
from tests.kafka import (
    LISTS,
    POLICY,
    ROOT,
    Fed,
    Worker,
    committed,
    exactly_once,
    feed,
    fresh_settings,
    read_all,
    run_command,
    samples,
    source_of,
    wait_until,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from confluent_kafka import Message

    from streams.config import Settings

pytestmark = pytest.mark.integration
WITHIN_SECONDS = 60
ASKED_AFTERWARDS = "ask-afterwards"
RECORDED = ROOT / "deploy" / "samples" / "payments" / "mt103"


def _versions(folder: Path) -> tuple[Path, Path, Path]:
    """The policy in force, its next version (what was asked afterwards is now held), and one below the law."""
    first = POLICY.read_text("utf-8")
    second = first.replace('version = "2026.11.1"', 'version = "2026.11.2"').replace(
        'action = "execute_followup"', 'action = "suspend"\nqueue = "information"'
    )
    unlawful = second.replace('version = "2026.11.2"', 'version = "2026.11.3"').replace(
        'status = "not_complete" }\naction = "reject"', 'status = "not_complete" }\naction = "execute"'
    )
    made = (folder / "first.toml", folder / "second.toml", folder / "unlawful.toml")
    for file, text in zip(made, (first, second, unlawful), strict=True):
        file.write_text(text, "utf-8")
    assert len({first, second, unlawful}) == 3
    return made


def _version(file: Path) -> str:
    return str(tomllib.loads(file.read_text("utf-8"))["policy"]["version"])


def _put(file: Path, in_force: Path) -> None:
    """In one step, as `mv` does."""
    copy = in_force.with_suffix(".new")
    copy.write_bytes(file.read_bytes())
    copy.replace(in_force)


def _in_force(bank: Bank, slot: str, file: Path) -> bool:
    return f'version="{_version(file)}"}} 1.0' in bank.metrics(slot) and bank.ready(slot)


def test_a_policy_is_replaced_worker_by_worker_and_workers_are_restarted_under_load(
    kafka_bootstrap: str, tmp_path: Path, closing: Callable[[Worker], Worker]
) -> None:
    """Old and new run side by side: each message is decided once, by one of the two, and its record says by which."""
    settings = fresh_settings(kafka_bootstrap, lists=LISTS, lists_poll_seconds=0.3)
    first, second, unlawful = _versions(tmp_path)
    files = {slot: tmp_path / f"policy-{slot}.toml" for slot in ("0", "1")}
    with Bank(settings, tmp_path, closing) as bank:
        for slot, file in files.items():
            _put(first, file)
            bank.start(slot, PAYMENT_FILTER_POLICY=str(file))
        wait_until(
            lambda: all(_in_force(bank, slot, first) for slot in files), WITHIN_SECONDS, "both decide by the first"
        )
        bank.send_all_the_time()
        _what_the_runbook_asks_first(settings, first, second, unlawful)

        for slot, file in files.items():
            _put(second, file)
            wait_until(lambda slot=slot: _in_force(bank, slot, second), WITHIN_SECONDS, f"{slot} takes the second")  # type: ignore[misc] # mypy cannot infer a lambda with a default
            _both_decide_more(bank)

        _a_refused_policy_stops_its_worker_alone(bank, files["0"], unlawful, second)
        _restart_one_by_one(bank)

        bank.stop_sending()
        wait_until(lambda: committed(settings) == bank.sent, WITHIN_SECONDS, "everything is decided")
    counts = exactly_once(settings)
    assert counts.pop("inbound") == bank.sent
    assert not any(counts.values()), counts
    _each_decision_is_that_of_the_policy_it_names(settings, _version(first), _version(second))


def _what_the_runbook_asks_first(settings: Settings, first: Path, second: Path, unlawful: Path) -> None:
    assert run_command(settings, "policy", "check", str(second)).returncode == 0
    assert run_command(settings, "policy", "check", str(unlawful)).returncode != 0
    done = run_command(settings, "policy", "diff", str(first), str(second), "--messages", str(RECORDED))
    assert ASKED_AFTERWARDS in done.stdout, done.stderr


def _both_decide_more(bank: Bank) -> None:
    before = {slot: bank.decided_by(slot) for slot in bank.workers}
    wait_until(
        lambda: all(bank.decided_by(slot) > count + 20 for slot, count in before.items()),
        WITHIN_SECONDS,
        "both workers go on deciding",
    )


def _a_refused_policy_stops_its_worker_alone(bank: Bank, file: Path, unlawful: Path, good: Path) -> None:
    _put(unlawful, file)
    wait_until(lambda: bank.get("0", "/readyz")[0] == 503, WITHIN_SECONDS, "the worker takes no payments")
    assert str(file) in bank.get("0", "/readyz")[1]
    held = bank.decided_by("0")
    before = committed(bank.settings)
    wait_until(lambda: committed(bank.settings) > before + 80, WITHIN_SECONDS, "the other carries all partitions")
    assert bank.decided_by("0") == held
    _put(good, file)
    wait_until(lambda: _in_force(bank, "0", good), WITHIN_SECONDS, "put back, it is ready again")
    _both_decide_more(bank)


def _restart_one_by_one(bank: Bank) -> None:
    for slot in bank.workers:
        bank.restart(slot)
    _both_decide_more(bank)


def _each_decision_is_that_of_the_policy_it_names(settings: Settings, first: str, second: str) -> None:
    promised = {name: outcome for name, _, outcome in samples()}
    went = {source_of(message): outcome for outcome in OUTCOMES for message in read_all(settings, [outcome])}
    named: Counter[str] = Counter()
    asked: dict[str, set[str]] = defaultdict(set)
    for message in read_all(settings, ["decisions"]):
        record = json.loads(message.value() or b"")
        version = record["policy"]["version"]
        assert _header(message, "payment-filter-policy").split("/")[1] == version
        name = (message.key() or b"").decode()
        if ASKED_AFTERWARDS in name:
            asked[version].add(record["outcome"])
        else:
            assert record["outcome"] == promised[name]
        assert went[source_of(message)] == record["outcome"]
        named[version] += 1
    assert set(named) == {first, second}
    assert min(named.values()) > 40
    assert asked == {first: {"execute"}, second: {"suspend"}}


def _header(message: Message, name: str) -> str:
    value = dict(message.headers() or ())[name]
    assert isinstance(value, bytes)
    return value.decode()


def test_topics_grow_only_while_nothing_is_on_its_way_and_every_key_keeps_its_order(
    kafka_bootstrap: str, tmp_path: Path, closing: Callable[[Worker], Worker], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Workers that run meanwhile find the new partitions by themselves, of the inbound topic and of the outputs."""
    settings = fresh_settings(kafka_bootstrap, partitions=2)
    monkeypatch.setattr("streams.edge.topic_growth.QUIET_SECONDS", 0.2)
    with pytest.raises(BrokerRefused, match="Kafka takes none away"):
        grow_topics(settings, 1)
    feed(settings, _numbered(0, 200))
    with pytest.raises(BrokerRefused, match=r"200 messages wait.*--unordered"):
        grow_topics(settings, 4)
    workers = [closing(Worker(settings, slot, tmp_path)) for slot in ("0", "1")]
    wait_until(lambda: committed(settings) == 200, WITHIN_SECONDS, "nothing waits")

    grown = run_command(settings, "topics", "grow", "4")

    assert grown.returncode == 0, grown.stderr
    last = " ".join(grown.stdout.splitlines()[-1].split())
    assert last == f"grown {settings.topic_prefix}payments.inbound 2 to 4 partitions"
    assert topic_problems(settings) == []
    settings = settings.model_copy(update={"partitions": 4})
    feed(settings, _numbered(200, 600))
    wait_until(lambda: committed(settings) == 600, WITHIN_SECONDS, "what came to the new partitions is decided")
    _grow_under_load(settings, 600)
    assert all(worker.running and not worker.ends for worker in workers)
    _nothing_lost_and_in_order(settings, 1_000)


def _grow_under_load(settings: Settings, sent: int) -> None:
    """Whoever gives up order by key loses and doubles nothing."""
    feed(settings, _numbered(sent, sent + 200))
    assert len(grow_topics(settings, 6, unordered=True)) == 6
    larger = settings.model_copy(update={"partitions": 6})
    feed(larger, _numbered(sent + 200, sent + 400))
    wait_until(lambda: committed(larger) == sent + 400, WITHIN_SECONDS, "everything is decided")


def _numbered(start: int, end: int) -> list[Fed]:
    return [(b"payer %d" % (number % 20), b"%d" % number, []) for number in range(start, end)]


def _nothing_lost_and_in_order(settings: Settings, total: int) -> None:
    """Each record on the partition of its message; of one payer, none is committed before one that was sent earlier."""
    counts = exactly_once(settings)
    assert counts.pop("inbound") == total
    assert not any(counts.values()), counts
    decided: dict[bytes, list[tuple[int, int]]] = defaultdict(list)
    for message in read_all(settings, OUTCOMES):
        assert int(source_of(message).split("/")[1]) == message.partition()
        number = int(message.value() or b"")
        if number < 600:  # the last ones were sent without order on purpose
            decided[message.key() or b""].append((message.timestamp()[1], number))
    assert len(decided) == 20
    for came in decided.values():
        before, after = ([at for at, number in came if (number < 200) == early] for early in (True, False))
        assert max(before) <= min(after)


def test_what_is_decided_again_after_a_disaster_has_the_same_ids(
    kafka_bootstrap: str, tmp_path: Path, closing: Callable[[Worker], Worker]
) -> None:
    """Where in doubt the group is set back, all workers stopped; the engine knows by the id what it has already."""
    settings = fresh_settings(kafka_bootstrap, lists=LISTS, policy=POLICY)
    payments = samples()[:40]
    feed(settings, [(name.encode(), raw, []) for name, raw, _ in payments])
    with Bank(settings, tmp_path, closing) as bank:
        bank.start("0")
        wait_until(lambda: committed(settings) == len(payments), WITHIN_SECONDS, "everything is decided")
    bank.workers["0"].signal(signal.SIGTERM)
    assert bank.workers["0"].wait() == 0
    wait_until(lambda: _set_back(settings), WITHIN_SECONDS, "the group is empty and set back")
    with Bank(settings, tmp_path, closing) as again:
        again.start("0")
        wait_until(lambda: committed(settings) == len(payments), WITHIN_SECONDS, "everything is decided again")
    ids: dict[str, list[str]] = defaultdict(list)
    for message in read_all(settings, OUTCOMES):
        ids[source_of(message)].append(_header(message, "payment-filter-decision-id"))
    assert len(ids) == len(payments)
    assert all(len(told) == 2 and len(set(told)) == 1 for told in ids.values())


def _set_back(settings: Settings) -> bool:
    """As `kafka-consumer-groups.sh --reset-offsets` does; Kafka refuses while the group has a member."""
    inbound = full_name("inbound", settings.topic_prefix)
    places = [TopicPartition(inbound, number, 0) for number in range(settings.partitions)]
    admin = make_admin(settings)
    asked = ConsumerGroupTopicPartitions(settings.full_group, places)
    [future] = admin.alter_consumer_group_offsets([asked]).values()
    try:
        done = future.result(20)
    except KafkaException:
        return False
    return all(place.error is None for place in done.topic_partitions)
