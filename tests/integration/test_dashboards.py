"""A real Prometheus scrapes a real run: every panel of every dashboard has data, every rule is judged without error."""

from __future__ import annotations

import json
import math
import re
import time
import urllib.request
from typing import TYPE_CHECKING

import pytest

from deploy.grafana import preview
from streams.edge.broker import free_ports
from tests.kafka import LISTS, POLICY, PROGRAM, Worker, committed, feed, fresh_settings, samples, wait_until
from tests.monitoring import DASHBOARDS, filled_in, panels
from tests.prometheus import prometheus

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from streams.config import Settings
    from tests.prometheus import Asked

pytestmark = pytest.mark.integration

ROUNDS = 5


def test_every_panel_has_data_of_a_real_run_and_every_rule_is_judged(
    kafka_bootstrap: str, tmp_path: Path, closing: Callable[[Worker], Worker]
) -> None:
    [port] = free_ports(1)
    settings = fresh_settings(kafka_bootstrap, lists=LISTS, policy=POLICY, http_port=port, lists_poll_seconds=0.5)
    closing(Worker(settings, "w-0", tmp_path, program=(PROGRAM, "run")))
    with prometheus(tmp_path, [f"127.0.0.1:{port}"]) as asked:
        wait_until(lambda: asked.values("payment_filter_ready") == [1], 60, "the worker is ready")
        _run(settings)
        _all_panels_have_data(asked)
        _all_rules_are_judged(asked)
        _the_page_tells_of_the_worker_and_nothing_of_payments(port)
        _previews_are_drawn(asked, tmp_path)
        assert asked.values('payment_filter_worker_info{slot="w-0"}') == [1]
        total = asked.values("sum(payment_filter_messages_total)")
        assert total == [ROUNDS * len(samples())]


def _run(settings: Settings) -> None:
    """The samples again and again, so that every rate has something to measure."""
    for done in range(ROUNDS):
        feed(settings, [(name.encode(), raw, []) for name, raw, _ in samples()])
        total = (done + 1) * len(samples())
        wait_until(lambda total=total: committed(settings) == total, 60, "everything is decided")  # type: ignore[misc] # mypy cannot infer a lambda with a default
        time.sleep(1.5)


def _all_panels_have_data(asked: Asked) -> None:
    empty = {
        f"{name}: {target['expr']}"
        for name, panel in panels()
        for target in panel["targets"]
        if not any(map(math.isfinite, asked.values(filled_in(target["expr"]))))
    }
    assert empty == set()


def _all_rules_are_judged(asked: Asked) -> None:
    found = [rule for group in asked.get("rules")["groups"] for rule in group["rules"]]
    assert len(found) > 30
    assert [rule["name"] for rule in found if rule["health"] == "err"] == []
    firing = {rule["name"] for rule in found if rule.get("state") == "firing"}
    assert "PaymentFilterNoneReady" not in firing


def _the_page_tells_of_the_worker_and_nothing_of_payments(port: int) -> None:
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=5) as answer:
        page = answer.read().decode()
    for said in ("Ready", "worker w-0", "OFAC_SDN", "fresh", "Policy in force"):
        assert said in page
    texts = [raw.decode("utf-8", "replace") for _, raw, _ in samples()]
    told = {value for text in texts for value in re.findall(r"<(?:Nm|IBAN|Ustrd)>([^<]+)</", text)}
    assert len(told) > 100
    assert not [value for value in told if value in page]


def _previews_are_drawn(asked: Asked, folder: Path) -> None:
    """All but the lines themselves, which uPlot draws in the browser."""
    for name in ("uPlot.iife.min.js", "uPlot.min.css"):
        (folder / name).touch()
    for path in DASHBOARDS:
        board = json.loads(path.read_text(encoding="utf-8"))
        drawn = preview.page(board, preview.Prometheus(asked.address, 60), folder)
        assert drawn.count("<section") == len(board["panels"])
        assert "no data" not in drawn
