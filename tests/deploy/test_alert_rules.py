"""Alert rules: each can fire and can be quiet, leads to its section of the runbook, and reads metrics that exist."""

from __future__ import annotations

import re
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from deploy import metrics as metrics_document
from streams.metrics import DECLARATIONS
from tests.monitoring import FROM_RULES, OF_THE_PROCESS, PROMETHEUS, ROOT, metric_of, needed, rules, selectors, unrated

if TYPE_CHECKING:
    from pathlib import Path

ALERTS = [rule for rule in rules() if "alert" in rule]
RECORDED = {rule["record"] for rule in rules() if "record" in rule}
CASES = ("rules_test.yaml", "rules_days_test.yaml")
ROUTES = ROOT / "deploy" / "alertmanager" / "alertmanager.yaml"
RUNBOOK = (ROOT / "deploy" / "RUNBOOK.md").read_text(encoding="utf-8")


# What operations asked for, and the alerts that answer: whoever takes one out is told what it was for.
WATCHED = {
    "readiness": {"PaymentFilterNoneReady", "PaymentFilterWorkerNotReady"},
    "lag": {"PaymentFilterLagGrows", "PaymentFilterNothingMoves"},
    "time in filter, 99th percentile": {"PaymentFilterSlow"},
    "no alert of a list on a rail while volume flows": {"PaymentFilterListSilent", "PaymentFilterListEmpty"},
    "alert rate out of its band": {"PaymentFilterAlertRateHigh", "PaymentFilterAlertRateLow"},
    "age of lists": {"PaymentFilterListAgeing", "PaymentFilterListTooOld", "PaymentFilterEditionsDiffer"},
    "refusals at the gates": {"PaymentFilterListRefused"},
    "dead workers": {"PaymentFilterWorkerDown", "PaymentFilterWorkerStuck", "PaymentFilterSlotTwice"},
    "aborted transactions": {"PaymentFilterTransactionsAbort"},
    "decisions per worker skew": {"PaymentFilterSkew"},
    "error budget burns": {f"PaymentFilterBudgetBurns{how}" for how in ("Fast", "Steadily", "Slowly")},
    "policy": {"PaymentFilterPolicyReviewDue", "PaymentFilterPoliciesDiffer"},
    "what the filter cannot do": {"PaymentFilterInternalErrors", "PaymentFilterUnreadable"},
}


def _named(rule: dict[str, Any]) -> str:
    return str(rule.get("alert") or rule["record"])


def _run(*command: str) -> str:
    done = subprocess.run(command, cwd=PROMETHEUS, capture_output=True, text=True, check=False, timeout=240)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def _anchors() -> set[str]:
    """The anchors of the runbook's sections, as Git hosts make them."""
    titles = re.findall(r"(?m)^#+ (.+)$", RUNBOOK)
    return {re.sub(r"[^a-z0-9 -]", "", title.lower()).replace(" ", "-") for title in titles}


@pytest.mark.parametrize("rule", ALERTS, ids=_named)
def test_an_alert_says_what_it_is_and_leads_to_its_section_of_the_runbook(rule: dict[str, Any]) -> None:
    words = rule["annotations"]
    assert words["summary"]
    assert words["description"].endswith(".")
    place, _, anchor = words["runbook_url"].partition("#")
    assert place == "{{ $externalLabels.runbook }}"
    assert anchor in _anchors()
    assert rule["labels"]["severity"] in {"critical", "warning", "info"}


def test_the_runbook_names_every_alert_and_no_other() -> None:
    named = set(re.findall(r"PaymentFilter[A-Z]\w+", RUNBOOK))
    shortened = {
        f"PaymentFilter{first}{rest}" for first, rest in [("BudgetBurns", "Steadily"), ("BudgetBurns", "Slowly")]
    }
    shortened |= {"PaymentFilterAlertRateLow", "PaymentFilterListTooOld"}
    assert named | shortened == {rule["alert"] for rule in ALERTS}


def test_everything_asked_for_is_watched_and_every_alert_is_for_something() -> None:
    assert set().union(*WATCHED.values()) == {rule["alert"] for rule in ALERTS}


@pytest.mark.parametrize("rule", rules(), ids=_named)
def test_a_rule_reads_metrics_that_exist_and_counters_by_their_rate(rule: dict[str, Any]) -> None:
    for series in selectors(rule["expr"]):
        if FROM_RULES.fullmatch(series):
            assert series in RECORDED
        else:
            assert metric_of(series) in DECLARATIONS.keys() | OF_THE_PROCESS
    assert unrated(rule["expr"]) == []


def test_each_alert_has_a_case_that_fires_it_and_one_that_does_not() -> None:
    cases = [case for file in CASES for case in yaml.safe_load((PROMETHEUS / file).read_text())["tests"]]
    fired: set[str] = set()
    quiet: set[str] = set()
    for case in cases:
        for query in case.get("promql_expr_test", []):
            [alert] = re.findall(r'alertname="(\w+)"', query["expr"])
            assert case["name"].startswith(f"{alert} {'fires' if query['exp_samples'] else 'is quiet'} when ")
            (fired if query["exp_samples"] else quiet).add(alert)
    assert fired == quiet == {rule["alert"] for rule in ALERTS}


def test_prometheus_takes_the_rules_and_every_case_comes_out_as_written() -> None:
    promtool = needed("promtool")
    assert f"{len(rules())} rules found" in _run(promtool, "check", "rules", "rules.yaml")
    assert "FAILED" not in _run(promtool, "test", "rules", *CASES)
    assert "is valid" in _run(promtool, "check", "config", "prometheus.yaml")


def test_prometheus_looks_for_every_worker_of_the_compose_file() -> None:
    services = yaml.safe_load((ROOT / "deploy" / "compose.yaml").read_text(encoding="utf-8"))["services"]
    [group] = yaml.safe_load((PROMETHEUS / "compose" / "workers.yaml").read_text(encoding="utf-8"))
    workers = {name for name, service in services.items() if "PAYMENT_FILTER_SLOT" in service.get("environment", {})}
    assert {target.removesuffix(":9464") for target in group["targets"]} == workers


def test_the_prometheus_operator_gets_the_same_rules(tmp_path: Path) -> None:
    given = yaml.safe_load((ROOT / "deploy" / "kubernetes" / "rules.yaml").read_text(encoding="utf-8"))["spec"]
    assert given == yaml.safe_load((PROMETHEUS / "rules.yaml").read_text(encoding="utf-8"))
    file = tmp_path / "rules.yaml"
    file.write_text(yaml.safe_dump(given), encoding="utf-8")
    assert f"{len(rules())} rules found" in _run(needed("promtool"), "check", "rules", str(file))


@pytest.mark.parametrize(
    ("severity", "receiver"), [("critical", "on-call"), ("warning", "working-day"), ("info", "weekly")]
)
def test_alerts_reach_the_people_their_severity_is_for(severity: str, receiver: str) -> None:
    amtool = needed("amtool")
    _run(amtool, "check-config", str(ROUTES))
    _run(
        amtool,
        "config",
        "routes",
        "test",
        f"--config.file={ROUTES}",
        f"--verify.receivers={receiver}",
        f"severity={severity}",
    )


def test_what_silences_other_alerts_names_alerts_that_exist() -> None:
    names = {rule["alert"] for rule in ALERTS}
    for rule in yaml.safe_load(ROUTES.read_text(encoding="utf-8"))["inhibit_rules"]:
        [source], [target] = rule["source_matchers"], rule["target_matchers"]
        assert source.removeprefix("alertname = ") in names
        pattern = target.partition("~ ")[2].strip('"') or target.removeprefix("alertname = ")
        assert any(re.fullmatch(pattern, name) for name in names)


def test_the_table_of_metrics_is_that_of_the_catalogue() -> None:
    text = metrics_document.FILE.read_text(encoding="utf-8")
    assert text == metrics_document.document()
    assert re.findall(r"(?m)^\| `(\w+)`", text) == list(DECLARATIONS)
    script = str(ROOT / "deploy" / "metrics.py")
    assert subprocess.run([sys.executable, script, "--check"], check=False, timeout=60).returncode == 0
