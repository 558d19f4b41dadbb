"""A batch is decided while the one before it is committed; whatever happens to the first happens to the second."""

from __future__ import annotations

import threading
import time
from typing import TYPE_CHECKING

import pytest
from confluent_kafka import ConsumerGroupState

from streams.edge.clients import make_admin, make_consumer
from streams.edge.committing import Committer
from streams.edge.loop import TransactionalLoop
from streams.edge.records import Answer
from streams.metrics import Metrics
from streams.publish import Inbound, Outgoing
from streams.topics import MAX_OUTPUT_BYTES, full_name
from tests.kafka import committed, exactly_once, feed, fresh_settings, read_all, wait_until

if TYPE_CHECKING:
    from collections.abc import Sequence

    from confluent_kafka.admin import AdminClient

    from streams.config import Settings
    from streams.edge.committing import DecidedBatch

pytestmark = pytest.mark.integration

TOTAL = 40


class Echo:
    """Executes everything; remembers what was decided and what counted. Its first answer cannot be sent if told so."""

    def __init__(self, *, spoil_first: bool = False) -> None:
        self.decided: list[list[str]] = []
        self.counted: list[str] = []
        self._spoil = spoil_first

    def decide(self, batch: Sequence[Inbound]) -> Answer:
        sources = [record.source for record in batch]
        self.decided.append(sources)
        headers = [(("payment-filter-source", source.encode()),) for source in sources]
        outputs = [
            [Outgoing("execute", record.key, record.value, source), Outgoing("decisions", record.key, b"{}", source)]
            for record, source in zip(batch, headers, strict=True)
        ]
        if self._spoil:
            self._spoil = False
            outputs[-1].append(Outgoing("alerts", b"key", b"x" * (MAX_OUTPUT_BYTES + 1), ()))
        return Answer(outputs, lambda: self.counted.extend(sources))


class Held:
    """Holds each commit until another batch was decided, or `seconds` have passed; the last has none behind it."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, echo: Echo, seconds: float = 3.0) -> None:
        self.decided_behind = 0
        commit = Committer._commit

        def commit_late(committer: Committer, batch: DecidedBatch) -> bool:
            own = echo.decided.index([record.source for record in batch.inbound])
            deadline = time.monotonic() + seconds
            while time.monotonic() < deadline and len(echo.decided) == own + 1:
                time.sleep(0.01)
            self.decided_behind += len(echo.decided) > own + 1
            return commit(committer, batch)

        monkeypatch.setattr(Committer, "_commit", commit_late)


def _settings(bootstrap: str) -> Settings:
    return fresh_settings(bootstrap, batch_messages=10, partitions=1)


def _feed(settings: Settings) -> list[str]:
    feed(settings, [(b"key", b"message %d" % i, []) for i in range(TOTAL)])
    return [f"{full_name('inbound', settings.topic_prefix)}/0/{offset}" for offset in range(TOTAL)]


def _run(settings: Settings, loop: TransactionalLoop) -> None:
    thread = threading.Thread(target=loop.run, daemon=True)
    thread.start()
    wait_until(lambda: committed(settings) == TOTAL, 60, "everything is committed")
    loop.stop()
    thread.join(20)
    assert not thread.is_alive()
    counts = exactly_once(settings)
    assert counts.pop("inbound") == TOTAL
    assert not any(counts.values()), counts


def test_the_next_batch_is_decided_while_one_is_committed(
    kafka_bootstrap: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings, echo = _settings(kafka_bootstrap), Echo()
    sources = _feed(settings)
    held = Held(monkeypatch, echo)
    _run(settings, TransactionalLoop(settings, echo.decide, Metrics()))
    assert held.decided_behind >= 2, "commits do not overlap with deciding"
    assert echo.counted == sources, "each message counts once, in order"


def test_what_was_decided_behind_an_aborted_batch_is_given_up_with_it(
    kafka_bootstrap: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Otherwise the second would be committed first, and its offsets would skip the first."""
    settings, echo = _settings(kafka_bootstrap), Echo(spoil_first=True)
    sources = _feed(settings)
    Held(monkeypatch, echo)
    metrics = Metrics()
    _run(settings, TransactionalLoop(settings, echo.decide, metrics))
    first, second, again = echo.decided[:3]
    assert first[0] == again[0] == sources[0], "reading went on at the first message"
    assert second[0] != again[0], "another batch had been decided behind the one that was aborted"
    assert echo.counted == sources, "what was given up did not count"
    values = [m.value() for m in read_all(settings, ["execute"])]
    assert values == [b"message %d" % i for i in range(TOTAL)], "the order of a partition is kept"
    dropped = metrics.registry.get_sample_value("payment_filter_batches_dropped_total", {"cause": "aborted"})
    assert dropped == 1


def test_a_partition_is_given_away_only_after_the_commit_under_way(
    kafka_bootstrap: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The next owner need not decide again what was on its way."""
    settings, echo = _settings(kafka_bootstrap), Echo()
    feed(settings, [(b"key", b"message %d" % i, []) for i in range(5)])
    begun, release = threading.Event(), threading.Event()
    commit = Committer._commit

    def commit_when_told(committer: Committer, batch: DecidedBatch) -> bool:
        begun.set()
        assert release.wait(60)
        return commit(committer, batch)

    monkeypatch.setattr(Committer, "_commit", commit_when_told)
    monkeypatch.setattr("streams.edge.committing.CALL_SECONDS", 30.0)
    loop = TransactionalLoop(settings, echo.decide, Metrics())
    thread = threading.Thread(target=loop.run, daemon=True)
    thread.start()
    assert begun.wait(60)
    heir = make_consumer(settings)
    heir.subscribe([full_name("inbound", settings.topic_prefix)])
    admin, joining = make_admin(settings), ConsumerGroupState.PREPARING_REBALANCING
    wait_until(lambda: _group_state(admin, settings) == joining, 30, "the heir asks to join")
    time.sleep(1.5)
    assert _group_state(admin, settings) == joining, "the worker gave its partition away"
    release.set()
    wait_until(lambda: committed(settings) == 5, 30, "what was under way is committed")
    heir.close()
    loop.stop()
    thread.join(20)
    assert [len(batch) for batch in echo.decided] == [5]
    assert len(echo.counted) == 5


def _group_state(admin: AdminClient, settings: Settings) -> ConsumerGroupState:
    described = admin.describe_consumer_groups([settings.full_group])[settings.full_group].result(10)
    state: ConsumerGroupState = described.state
    return state
