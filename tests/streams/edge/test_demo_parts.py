"""The parts of the demo that need no Kafka: which files are messages, percentiles, what would be a lost payment."""

from __future__ import annotations

from pathlib import Path

import pytest
from prometheus_client import generate_latest

from schemas.wire import DecisionRecord
from streams.edge.demo.messages import SampleMessage, gather
from streams.edge.demo.traffic import Seen
from streams.edge.demo.worker import _buckets
from streams.metrics import Metric, Metrics, quantile_of

ROOT = Path(__file__).resolve().parents[3]
TIME: Metric = "payment_filter_time_in_filter_seconds"


def test_only_what_cannot_be_a_message_is_left_aside(tmp_path: Path) -> None:
    for name in (
        "b/2.xml",
        "a/10.txt",
        "a/1.json",
        "a/no-suffix",
        "a/schema.xsd",
        "list.csv",
        "LICENSE",
        ".git/config",
    ):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("{")
    (tmp_path / "empty.xml").touch()
    gathered = gather(tmp_path)
    assert [message.file.name for message in gathered.messages] == ["1.json", "10.txt", "2.xml", "no-suffix"]
    assert gathered.skipped == {".csv file": 1, ".xsd file": 1, "LICENSE file": 1, "empty file": 1}


def test_one_file_is_one_message(tmp_path: Path) -> None:
    file = tmp_path / "several.txt"
    file.write_bytes(b"{1:F01}{4:-}\n{1:F01}{4:-}")
    assert gather(file).messages == (SampleMessage(file, file.read_bytes()),)


def test_too_large_a_file_is_left_aside(tmp_path: Path) -> None:
    (tmp_path / "large.xml").write_bytes(bytes(10 * 1024 * 1024))
    assert gather(tmp_path).skipped == {"too large file": 1}


def test_percentiles_come_from_the_published_histogram() -> None:
    metrics = Metrics()
    metrics.observe(TIME, 0.015, times=50)
    metrics.observe(TIME, 0.06, times=50)
    buckets = _buckets(generate_latest(metrics.registry).decode(), TIME)
    assert quantile_of(buckets, 0.25) == pytest.approx(0.015)
    assert 0.05 < quantile_of(buckets, 0.99) < 0.075
    assert quantile_of([], 0.5) == 0.0


def test_beyond_the_last_bucket_the_last_bound_is_given() -> None:
    assert quantile_of([(1.0, 0.0), (60.0, 0.0), (float("inf"), 4.0)], 0.5) == 60.0


def test_lost_doubled_and_changed_messages_are_problems() -> None:
    sent = SampleMessage(Path("a.xml"), b"a")
    record = DecisionRecord.__new__(DecisionRecord)
    seen = Seen(sent={(0, 0): sent, (0, 1): sent, (0, 2): sent}, decisions={(0, 1): record, (0, 2): record})
    seen.outcomes = {(0, 1): [("execute", b"a"), ("reject", b"a")], (0, 2): [("execute", b"b")]}
    assert seen.problems() == [
        "1 messages have no outcome",
        "1 messages have more than one outcome",
        "1 messages came out changed",
    ]
    assert not seen.complete
