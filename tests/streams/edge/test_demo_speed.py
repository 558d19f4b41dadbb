"""The demo's fast clock: our own rules and routes with every duration divided, judged by promtool and a parser."""

from __future__ import annotations

import re
import subprocess
from typing import TYPE_CHECKING, Any

import promql_parser
import pytest
import yaml

from streams.edge.demo.speed import THRESHOLDS, faster, faster_routes, faster_rules, faster_scrapes
from tests.monitoring import PROMETHEUS, ROOT, needed, rules

if TYPE_CHECKING:
    from datetime import timedelta
    from pathlib import Path

SPEED = 30
RULES = (PROMETHEUS / "rules.yaml").read_text(encoding="utf-8")
ROUTES = (ROOT / "deploy" / "alertmanager" / "alertmanager.yaml").read_text(encoding="utf-8")
SCRAPES = (PROMETHEUS / "prometheus.yaml").read_text(encoding="utf-8")
QUICK = [rule for group in yaml.safe_load(faster_rules(RULES, SPEED))["groups"] for rule in group["rules"]]
PAIRS = list(zip(rules(), QUICK, strict=True))


def _named(pair: Any) -> str:
    return str(pair[0].get("alert") or pair[0]["record"])


def _times(expression: str) -> list[timedelta]:
    """Every window and offset, in the order of the parser's walk."""
    found: list[timedelta] = []

    def see(node: Any) -> bool:
        if isinstance(node, promql_parser.MatrixSelector):
            found.append(node.range)
        if isinstance(node, promql_parser.VectorSelector) and node.offset is not None:
            found.append(node.offset)
        return True

    promql_parser.walk(promql_parser.parse(expression), see)
    return found


def _numbers(expression: str) -> list[float]:
    found: list[float] = []

    def see(node: Any) -> bool:
        if isinstance(node, promql_parser.NumberLiteral):
            found.append(node.val)
        return True

    promql_parser.walk(promql_parser.parse(expression), see)
    return found


@pytest.mark.parametrize(
    ("duration", "divided"),
    [("1m", "2s"), ("15s", "500ms"), ("5m", "10s"), ("1h30m", "180s"), ("3d", "8640s"), ("4h", "480s"), ("1s", "33ms")],
)
def test_a_duration_is_divided_to_the_millisecond(duration: str, divided: str) -> None:
    assert faster(duration, SPEED) == divided


@pytest.mark.parametrize("wrong", ["", "5", "five minutes", "5m ", "1.5h"])
def test_what_is_no_duration_is_refused(wrong: str) -> None:
    with pytest.raises(ValueError, match="no duration of Prometheus"):
        faster(wrong, SPEED)


@pytest.mark.parametrize("pair", PAIRS, ids=_named)
def test_every_window_offset_and_wait_of_a_rule_is_divided(pair: tuple[dict[str, Any], dict[str, Any]]) -> None:
    ours, quick = pair
    assert _times(quick["expr"]) == [one / SPEED for one in _times(ours["expr"])]
    assert quick.get("for") == (None if "for" not in ours else faster(ours["for"], SPEED))
    changed = {"expr", "for", "keep_firing_for"}
    assert {k: v for k, v in quick.items() if k not in changed} == {k: v for k, v in ours.items() if k not in changed}


@pytest.mark.parametrize("pair", PAIRS, ids=_named)
def test_a_threshold_follows_what_it_means(pair: tuple[dict[str, Any], dict[str, Any]]) -> None:
    ours, quick = pair
    by_meaning = {"stays": 1.0, "divided": 1 / SPEED, "multiplied": float(SPEED)}
    allowed = {by_meaning[meaning] for meaning in THRESHOLDS.get(_named(pair), ())} | {1.0}
    ratios = [new / old for old, new in zip(_numbers(ours["expr"]), _numbers(quick["expr"]), strict=True) if old]
    assert set(ratios) <= allowed
    assert sum(ratio != 1.0 for ratio in ratios) == sum(
        meaning != "stays" for meaning in THRESHOLDS.get(_named(pair), ())
    )


@pytest.mark.parametrize(
    ("alert", "holds"),
    [
        ("PaymentFilterLagGrows", "> 2"),  # a minute of waiting is two seconds
        ("PaymentFilterSlow", "> 0.25"),  # latencies are the machine's own
        ("PaymentFilterSlow", "> 30"),  # one message a second of the hour is thirty
        ("PaymentFilterSkew", "0.2 * (avg by (job) (job_instance:payment_filter_messages:rate15m) > 150)"),
        ("PaymentFilterListSilent", "> 20000"),  # as many messages, in less time
        ("PaymentFilterWorkerStuck", "> 60"),  # a process stands still in its own time
        ("PaymentFilterPolicyReviewDue", "< 14 * 86400"),  # the calendar's days
    ],
)
def test_thresholds_that_need_thought(alert: str, holds: str) -> None:
    [rule] = [rule for rule in QUICK if rule.get("alert") == alert]
    assert re.search(rf"{re.escape(holds)}(?![\d.])", rule["expr"]), rule["expr"]


@pytest.mark.parametrize("change", ["> 60 and up > 7", "> 0"])
def test_a_threshold_that_nobody_has_looked_at_is_refused(change: str) -> None:
    changed = RULES.replace("(rate(payment_filter_messages_total[5m]) > 0) > 60", f"(up) {change}")
    assert changed != RULES
    with pytest.raises(ValueError, match="PaymentFilterLagGrows compares with"):
        faster_rules(changed, SPEED)


def test_what_promql_allows_beside_is_divided_too() -> None:
    rule = {"alert": "X", "expr": 'max_over_time(a{b="[5m]x"}[10m:30s] offset -1h) + rate(c_5m[1h30m])', "for": "90s"}
    [quick] = yaml.safe_load(faster_rules(yaml.safe_dump({"groups": [{"name": "g", "rules": [rule]}]}), 30))["groups"]
    assert quick["rules"][0]["expr"].endswith("[20s:1s] offset -120s) + rate(c_5m[180s])")
    assert quick["rules"][0]["for"] == "3s"


def test_prometheus_and_alertmanager_take_the_copies(tmp_path: Path) -> None:
    promtool, amtool = needed("promtool"), needed("amtool")
    files = {
        "rules.yaml": faster_rules(RULES, SPEED),
        "prometheus.yaml": faster_scrapes(SCRAPES, SPEED, "127.0.0.1:9"),
        "alertmanager.yaml": faster_routes(ROUTES, SPEED, "http://127.0.0.1:8"),
    }
    for name, text in files.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    for command in (
        (promtool, "check", "rules", "rules.yaml"),
        (promtool, "check", "config", "prometheus.yaml"),
        (amtool, "check-config", "alertmanager.yaml"),
    ):
        done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=60, check=False)
        assert done.returncode == 0, done.stdout + done.stderr


def test_routes_keep_who_is_told_and_lose_their_patience() -> None:
    ours, quick = yaml.safe_load(ROUTES), yaml.safe_load(faster_routes(ROUTES, SPEED, "http://127.0.0.1:8"))
    assert quick["inhibit_rules"] == ours["inhibit_rules"]
    assert quick["route"]["group_wait"] == faster(ours["route"]["group_wait"], SPEED)
    assert [one["matchers"] for one in quick["route"]["routes"]] == [one["matchers"] for one in ours["route"]["routes"]]
    for receiver in quick["receivers"]:
        assert [hook["url"] for hook in receiver["webhook_configs"]] == [f"http://127.0.0.1:8/{receiver['name']}"]


def test_prometheus_finds_workers_in_files_and_tells_our_alertmanager() -> None:
    quick = yaml.safe_load(faster_scrapes(SCRAPES, SPEED, "127.0.0.1:9"))
    assert quick["global"]["scrape_interval"] == "500ms"
    [job] = quick["scrape_configs"]
    assert job == {"job_name": "payment-filter", "file_sd_configs": [{"files": ["targets/*.yaml"]}]}
    assert quick["alerting"]["alertmanagers"] == [{"static_configs": [{"targets": ["127.0.0.1:9"]}]}]
