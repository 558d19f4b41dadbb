"""The parts of the full demo that need no Kafka: the webhook, the publisher, and what must have been told."""

from __future__ import annotations

import http.client
import json
import os
import subprocess
import sys
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from lists.edge.editions import import_lists
from lists.entry import ListRefused
from streams.edge.demo.hour import EXPECTED, Clock, Hour, Row, Stage, mixed
from streams.edge.demo.messages import SampleMessage
from streams.edge.demo.publisher import BROKEN, Publisher
from streams.edge.demo.told import Told, Webhook, episodes
from streams.edge.demo.watch import installed
from streams.edge.errors import WatchRefused
from tests.kafka import LISTS
from tests.monitoring import rules

if TYPE_CHECKING:
    from collections.abc import Mapping

BEGAN = datetime(2026, 11, 22, 3, 4, 5, 678_901, tzinfo=UTC)
PROGRAM = (sys.executable, "-c", "from streams.cli.main import main; main()", "demo", "--full")


def _alert(status: str, name: str = "PaymentFilterWorkerDown") -> Mapping[str, Any]:
    """As Alertmanager writes it: nanoseconds, and year one while it has not ended."""
    ended = "0001-01-01T00:00:00Z" if status == "firing" else "2026-11-22T03:05:05.678901234Z"
    return {
        "status": status,
        "labels": {"alertname": name, "severity": "critical"},
        "annotations": {"summary": "s", "runbook_url": "deploy/RUNBOOK.md#a-worker-is-down"},
        "startsAt": "2026-11-22T03:04:05.678901234Z",
        "endsAt": ended,
    }


def _post(address: str, *alerts: Mapping[str, Any]) -> int:
    connection = http.client.HTTPConnection(address.removeprefix("http://"), timeout=10)
    connection.request("POST", "/on-call", json.dumps({"alerts": alerts}))
    status = connection.getresponse().status
    connection.close()
    return status


def _told(name: str, ended: datetime | None = None) -> Told:
    return Told(BEGAN, "on-call", name, {"alertname": name}, "", "", BEGAN, ended)


def _hour(*told: Told) -> Hour:
    hour = Hour(Stage.__new__(Stage), iter(()), Clock(30))
    hour.rows = [Row(0.0, told=one) for one in told]
    return hour


def test_an_alert_is_told_once_when_it_fires_and_once_when_it_is_over() -> None:
    with Webhook() as webhook:
        assert _post(webhook.address, _alert("firing")) == 204
        _post(webhook.address, _alert("firing"), _alert("firing", "PaymentFilterLagGrows"))
        _post(webhook.address, _alert("resolved"))
        told = webhook.told()
    assert [(one.name, one.ended is None) for one in told] == [
        ("PaymentFilterWorkerDown", True),
        ("PaymentFilterLagGrows", True),
        ("PaymentFilterWorkerDown", False),
    ]
    assert told[0].whom == "on-call"
    assert told[0].began == BEGAN
    assert told[2].ended == BEGAN + timedelta(minutes=1)
    assert told[0].alert == told[2].alert != told[1].alert


def test_an_alert_that_ends_and_fires_again_between_two_words_is_one() -> None:
    first, again = _told("A"), replace(_told("A"), began=BEGAN + timedelta(seconds=9))
    other, over = _told("B"), replace(again, ended=BEGAN + timedelta(minutes=1))
    assert episodes([first, again, other, over]) == [(first, over), (other, None)]
    assert episodes([first, over, again]) == [(first, over), (again, None)]
    assert episodes([over]) == []


def test_half_a_list_is_refused_by_the_gate_and_the_others_are_taken(tmp_path: Path) -> None:
    publisher, store = Publisher(LISTS, tmp_path / "published"), tmp_path / "store"
    whole = import_lists(list(publisher.folders.values()), store, max_drop=0.1)
    assert {one.id for one in whole.lists} == {"EU", "OFAC_NON_SDN", "OFAC_SDN", "UN"}
    held, holds = publisher.cut_in_half()
    assert holds == held // 2
    with pytest.raises(ListRefused, match=f"holds {holds} entries where at least"):
        import_lists([publisher.folders[BROKEN]], store, max_drop=0.1)
    [others] = [folder for name, folder in publisher.folders.items() if name != BROKEN]
    assert import_lists([others], store, max_drop=0.1).edition.id == whole.edition.id
    publisher.mend()
    assert import_lists([publisher.folders[BROKEN]], store, max_drop=0.1).edition.id == whole.edition.id


def test_nearly_all_traffic_is_in_order() -> None:
    a, b = SampleMessage(Path("a"), b"a"), SampleMessage(Path("b"), b"b")
    assert Counter(islice(mixed([a], [b]), 100)) == {a: 96, b: 4}
    assert Counter(islice(mixed([a], []), 50)) == {a: 50}


def test_a_clock_runs_fast() -> None:
    clock = Clock(30)
    assert clock.of(clock.began_at + timedelta(seconds=2)) == 60.0
    assert 0 <= clock.now() < 60


def test_what_must_be_told_are_alerts_that_exist() -> None:
    assert EXPECTED.keys() <= {rule.get("alert") for rule in rules()}


def test_all_is_well_when_everything_was_told_and_is_over() -> None:
    told = [_told(name) for name in EXPECTED]
    over = [_told(name, BEGAN + timedelta(minutes=1)) for name, ends in EXPECTED.items() if ends]
    assert _hour(*told, *over).problems(set(EXPECTED)) == []


def test_an_alert_that_did_not_fire_come_or_end_is_a_problem() -> None:
    down, refused, lag = "PaymentFilterWorkerDown", "PaymentFilterListRefused", "PaymentFilterLagGrows"
    over = [_told(name, BEGAN) for name, ends in EXPECTED.items() if ends and name not in {down, lag}]
    told = [_told(name) for name in EXPECTED if name not in {down, refused}]
    assert _hour(*told, *over).problems(EXPECTED.keys() - {down}) == [
        f"{down} did not fire",
        f"{refused} fired and did not reach the webhook",
        f"the end of {lag} did not reach the webhook",
    ]


def test_without_prometheus_one_sentence_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nonexistent")
    with pytest.raises(WatchRefused, match=r"needs Prometheus and Alertmanager: install them .*apt-get install"):
        installed()
    done = subprocess.run(
        PROGRAM, env={**os.environ, "PATH": "/nonexistent"}, capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1


def test_the_full_demo_plays_with_the_samples_only() -> None:
    done = subprocess.run([*PROGRAM, "--lists", "."], capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 2
    assert "leave --lists, --payments and --policy out" in done.stderr
