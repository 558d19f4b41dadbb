"""The traps of the stream (DESIGN §7), one by one, on a real broker and with next to no work in the worker."""

from __future__ import annotations

import signal
import threading
import time
from functools import partial
from typing import TYPE_CHECKING

import pytest

from streams.edge.clients import make_consumer, make_producer
from streams.edge.loop import TransactionalLoop
from streams.edge.records import Answer, TransportFailed
from streams.metrics import Metrics
from streams.publish import Inbound, Outgoing
from streams.topics import MAX_OUTPUT_BYTES, OUTCOMES, full_name
from tests.kafka import Fed, Supervisor, Worker, committed, exactly_once, feed, fresh_settings, read_all, wait_until

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from confluent_kafka import Consumer, TopicPartition

    from streams.config import Settings

pytestmark = pytest.mark.integration


def _messages(count: int) -> list[Fed]:
    return [(b"key-%d" % (i % 7), b"message %d" % i, []) for i in range(count)]


def _echo(batch: Sequence[Inbound]) -> Answer:
    headers = [(("payment-filter-source", record.source.encode()),) for record in batch]
    return Answer(
        [
            [Outgoing("execute", record.key, record.value, source), Outgoing("decisions", record.key, b"{}", source)]
            for record, source in zip(batch, headers, strict=True)
        ]
    )


def _run_until(settings: Settings, loop: TransactionalLoop, total: int) -> None:
    thread = threading.Thread(target=loop.run, daemon=True)
    thread.start()
    wait_until(lambda: committed(settings) == total, 30, f"{total} messages are committed")
    loop.stop()
    thread.join(20)
    assert not thread.is_alive()


def _no_mistakes(settings: Settings, total: int) -> None:
    counts = exactly_once(settings)
    assert counts.pop("inbound") == total
    assert not any(counts.values()), counts


def test_a_batch_that_spans_a_rebalance_is_given_up(kafka_bootstrap: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Trap 1: by the time the batch is whole, part of it belongs to another member."""
    settings = fresh_settings(kafka_bootstrap)
    feed(settings, _messages(40))
    intruder = make_consumer(settings)
    seen: list[str] = []
    late: list[str] = []

    def decide(batch: Sequence[Inbound]) -> Answer:
        seen.extend(record.source for record in batch)
        return _echo(batch)

    loop = TransactionalLoop(settings, decide, Metrics())
    read = loop._read

    def read_across_a_rebalance() -> list[object]:
        found = read()
        if found and not late:
            late.extend(f"{m.topic()}/{m.partition()}/{m.offset()}" for m in found)
            _let_join(intruder, settings, loop)
            assert not seen
        return list(found)

    monkeypatch.setattr(loop, "_read", read_across_a_rebalance)
    closer = threading.Timer(12, intruder.close)
    closer.start()
    _run_until(settings, loop, 40)
    closer.join()
    assert late
    assert sorted(seen) == sorted(set(seen)), "nothing was decided twice by this member"
    _no_mistakes(settings, 40)
    assert loop._metrics.registry.get_sample_value("payment_filter_batches_dropped_total", {"cause": "rebalance"})


def _let_join(intruder: Consumer, settings: Settings, loop: TransactionalLoop) -> None:
    """Poll both members until the group has moved on and the intruder owns some partitions."""
    intruder.subscribe([full_name("inbound", settings.topic_prefix)])
    deadline = time.monotonic() + 20
    while not intruder.assignment():
        assert time.monotonic() < deadline
        intruder.poll(0.1)
        loop._consumer.consume(1, 0.1)


def test_a_worker_paused_past_its_session_cannot_commit_what_another_took_over(
    kafka_bootstrap: str, tmp_path: Path, closing: Callable[[Worker], Worker]
) -> None:
    """Traps 1 and 6: the zombie decides a batch whose partitions are another's by the time it wakes."""
    settings = fresh_settings(kafka_bootstrap)
    zombie = closing(Worker(settings, "0", tmp_path, WORK_SECONDS="4"))
    feed(settings, [(b"key", b"slow", []), *_messages(200)])
    wait_until(lambda: bool(zombie.events("rebalance")), 20, "the worker joins")
    time.sleep(2.5)  # it is now inside the slow batch
    zombie.signal(signal.SIGSTOP)
    other = closing(Worker(settings, "1", tmp_path, WORK_SECONDS="0"))
    with Supervisor([zombie]):
        wait_until(lambda: committed(settings) == 201, 40, "the other takes over")
        zombie.signal(signal.SIGCONT)
        wait_until(lambda: bool(zombie.events("transaction_failed")) or bool(zombie.ends), 30, "the zombie is refused")
        feed(settings, _messages(50))
        wait_until(lambda: committed(settings) == 251, 30, "and work goes on")
    other.signal(signal.SIGTERM)
    assert other.wait() == 0
    _no_mistakes(settings, 251)


def test_sigterm_finishes_the_batch_in_hand(
    kafka_bootstrap: str, tmp_path: Path, closing: Callable[[Worker], Worker]
) -> None:
    settings = fresh_settings(kafka_bootstrap)
    worker = closing(Worker(settings, "0", tmp_path, WORK_SECONDS="4"))
    wait_until(lambda: bool(worker.events("rebalance")), 20, "the worker joins")
    time.sleep(1)
    feed(settings, [(b"key", b"slow and important", [])])
    time.sleep(1.5)
    assert committed(settings) == 0
    worker.signal(signal.SIGTERM)
    assert worker.wait() == 0
    assert committed(settings) == 1
    _no_mistakes(settings, 1)
    assert worker.events("hot_path_finished")[0]["clean"] is True


def test_what_breaks_the_machinery_is_never_skipped(
    kafka_bootstrap: str, tmp_path: Path, closing: Callable[[Worker], Worker]
) -> None:
    """Trap 6: an exception outside the guarded core publishes nothing and ends the process with 70."""
    settings = fresh_settings(kafka_bootstrap)
    feed(settings, [*_messages(5), (b"key", b"break me", [])])
    worker = closing(Worker(settings, "0", tmp_path))
    assert worker.wait() == 70
    assert read_all(settings, OUTCOMES) == []
    assert committed(settings) == 0
    [failed] = worker.events("worker_failed")
    assert failed["error"] == "RuntimeError"
    assert "asked to break" not in worker.log.read_text(encoding="utf-8"), (
        "the text of an exception may quote a payment"
    )


def _always(answer: list[Outgoing], batch: Sequence[Inbound]) -> Answer:
    return Answer([answer for _ in batch])


def test_an_answer_without_exactly_one_outcome_is_never_published(kafka_bootstrap: str) -> None:
    settings = fresh_settings(kafka_bootstrap)
    feed(settings, _messages(3))
    none: list[Outgoing] = []
    two = [Outgoing("execute", b"k", b"v", ()), Outgoing("reject", b"k", b"v", ())]
    for wrong in (none, two):
        loop = TransactionalLoop(settings, partial(_always, wrong), Metrics())
        with pytest.raises(TransportFailed, match="exactly one outcome"):
            loop.run()
        loop._consumer.close()
    assert read_all(settings, OUTCOMES) == []
    assert committed(settings) == 0


def test_two_workers_with_one_slot_do_not_both_commit(
    kafka_bootstrap: str, tmp_path: Path, closing: Callable[[Worker], Worker]
) -> None:
    """Traps 5 and 6: the older one is fenced, and ends with 70 as soon as it tries."""
    settings = fresh_settings(kafka_bootstrap)
    older = closing(Worker(settings, "0", tmp_path))
    wait_until(lambda: bool(older.events("rebalance")), 20, "the first worker joins")
    newer = closing(Worker(settings, "0", tmp_path / ".."))
    wait_until(lambda: len(newer.events("rebalance")) > 0, 20, "the second worker joins")
    feed(settings, _messages(400))
    assert older.wait(30) == 70
    wait_until(lambda: committed(settings) == 400, 30, "the newer one goes on")
    _no_mistakes(settings, 400)


def test_a_dead_workers_open_transaction_ends_when_its_slot_starts_again(
    kafka_bootstrap: str, tmp_path: Path, closing: Callable[[Worker], Worker]
) -> None:
    """Trap 5: readers of committed records wait behind it; the next owner of the slot ends it at once."""
    settings = fresh_settings(kafka_bootstrap, transaction_timeout_ms=600_000)
    dead = make_producer(settings, f"{settings.full_group}.0.0")
    dead.init_transactions(20)
    dead.begin_transaction()
    dead.produce(full_name("execute", settings.topic_prefix), b"never committed", partition=0)
    dead.flush(10)
    assert len(read_all(settings, ["execute"], isolation="read_uncommitted")) == 1
    feed(settings, [(b"key", b"message %d" % i, []) for i in range(20)])
    closing(Worker(settings, "0", tmp_path))
    wait_until(lambda: committed(settings) == 20, 30, "all is decided")
    _no_mistakes(settings, 20)


def test_transactions_back_to_back_do_not_wait_for_each_other(kafka_bootstrap: str) -> None:
    """Trap 4: with librdkafka's own retry.backoff.ms of 100, one takes about 100 ms."""
    settings = fresh_settings(kafka_bootstrap, batch_messages=1, batch_wait_ms=0)
    feed(settings, [(b"key", b"message %d" % i, []) for i in range(201)])
    metrics = Metrics()
    _run_until(settings, TransactionalLoop(settings, _echo, metrics), 201)
    total = metrics.registry.get_sample_value("payment_filter_batch_seconds_sum")
    count = metrics.registry.get_sample_value("payment_filter_batch_seconds_count")
    assert total is not None
    assert count == 201
    assert total / count < 0.06


def test_an_aborted_batch_is_read_again_and_committed_once(kafka_bootstrap: str) -> None:
    """Trap 6: a record that cannot be sent gives the whole batch up, also what was produced before it."""
    settings = fresh_settings(kafka_bootstrap)
    feed(settings, _messages(30))
    calls: list[int] = []

    def decide(batch: Sequence[Inbound]) -> Answer:
        calls.append(len(batch))
        answers = _echo(batch)
        if len(calls) == 1:
            answers.outputs[-1].append(Outgoing("alerts", b"key", b"x" * (MAX_OUTPUT_BYTES + 1), ()))
        return answers

    metrics = Metrics()
    _run_until(settings, TransactionalLoop(settings, decide, metrics), 30)
    assert metrics.registry.get_sample_value("payment_filter_batches_dropped_total", {"cause": "aborted"}) == 1
    _no_mistakes(settings, 30)


def test_a_batch_that_can_never_be_committed_ends_the_process(
    kafka_bootstrap: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Never skipped, and not tried for ever in silence either: exit 70 is what a supervisor and an alert can see."""
    monkeypatch.setattr("streams.edge.committing.ABORTS_IN_A_ROW", 3)
    settings = fresh_settings(kafka_bootstrap)
    feed(settings, _messages(5))
    huge = Outgoing("alerts", b"key", b"x" * (MAX_OUTPUT_BYTES + 1), ())
    loop = TransactionalLoop(settings, lambda batch: Answer([[*one, huge] for one in _echo(batch).outputs]), Metrics())
    with pytest.raises(TransportFailed, match="3 times in a row"):
        loop.run()
    loop._consumer.close()
    assert committed(settings) == 0
    assert read_all(settings, OUTCOMES) == []


def test_a_worker_that_is_not_ready_leaves_the_group_and_comes_back(kafka_bootstrap: str) -> None:
    settings = fresh_settings(kafka_bootstrap)
    ready = threading.Event()
    loop = TransactionalLoop(settings, _echo, Metrics(), gate=ready.is_set)
    thread = threading.Thread(target=loop.run, daemon=True)
    thread.start()
    feed(settings, _messages(10))
    time.sleep(2)
    assert committed(settings) == 0
    ready.set()
    wait_until(lambda: committed(settings) == 10, 20, "ready: payments are taken")
    ready.clear()
    time.sleep(1.5)
    heir = make_consumer(settings)
    heir.subscribe([full_name("inbound", settings.topic_prefix)])
    wait_until(lambda: _owns_everything(heir, settings), 20, "another member gets every partition")
    heir.close()
    feed(settings, _messages(10))
    assert committed(settings) == 10
    ready.set()
    wait_until(lambda: committed(settings) == 20, 30, "ready again")
    loop.stop()
    thread.join(20)
    _no_mistakes(settings, 20)


def _owns_everything(heir: Consumer, settings: Settings) -> bool:
    heir.poll(0.1)
    owned: list[TopicPartition] = heir.assignment()
    return len(owned) == settings.partitions


def test_records_that_keep_their_key_keep_their_partition(kafka_bootstrap: str) -> None:
    """Trap 8: fewer partitions in one transaction; and order by key holds from end to end."""
    settings = fresh_settings(kafka_bootstrap)
    feed(settings, _messages(60))
    _run_until(settings, TransactionalLoop(settings, _echo, Metrics()), 60)
    for message in read_all(settings, ["execute", "decisions"]):
        source = dict(message.headers() or ())["payment-filter-source"]
        assert isinstance(source, bytes)
        assert int(source.split(b"/")[1]) == message.partition()


def test_a_batch_of_large_messages_is_committed_in_parts(kafka_bootstrap: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Large messages take long to decide: a part must be done in time, however much was read at once."""
    monkeypatch.setattr("streams.edge.records.PART_BYTES", 1_000_000)
    settings = fresh_settings(kafka_bootstrap)
    feed(settings, [(b"key", b"%d" % i + b"x" * 400_000, []) for i in range(9)])
    sizes: list[int] = []

    def decide(batch: Sequence[Inbound]) -> Answer:
        sizes.append(len(batch))
        return _echo(batch)

    _run_until(settings, TransactionalLoop(settings, decide, Metrics()), 9)
    assert max(sizes) == 2
    _no_mistakes(settings, 9)
