"""What tests of rules and dashboards share: the expressions, the names in them, and the tools that judge them."""

from __future__ import annotations

import json
import re
import shutil
from collections import Counter
from pathlib import Path
from typing import Any

import promql_parser
import pytest
import yaml

from streams.metrics import DECLARATIONS

ROOT = Path(__file__).resolve().parents[1]
PROMETHEUS = ROOT / "deploy" / "prometheus"
DASHBOARDS = sorted((ROOT / "deploy" / "grafana" / "dashboards").glob("*.json"))
OF_THE_PROCESS = {"process_cpu_seconds_total", "process_resident_memory_bytes", "up"}
FROM_RULES = re.compile(r"[a-z_]+:payment_filter_\w+:\w+")

Panel = dict[str, Any]


def needed(tool: str) -> str:
    """The tool's path; skips the test, with the way out, where the machine has none."""
    path = shutil.which(tool)
    if path is None:
        pytest.skip(f"{tool} is not installed: apt-get install prometheus prometheus-alertmanager (.ci/run does)")
    return path


def rules() -> list[dict[str, Any]]:
    """Every rule of rules.yaml."""
    groups = yaml.safe_load((PROMETHEUS / "rules.yaml").read_text(encoding="utf-8"))["groups"]
    return [rule for group in groups for rule in group["rules"]]


def panels() -> list[tuple[str, Panel]]:
    """Every panel of every dashboard, with a name for the test."""
    boards = [json.loads(path.read_text(encoding="utf-8")) for path in DASHBOARDS]
    return [(f"{board['uid']}: {panel['title']}", panel) for board in boards for panel in board["panels"]]


def filled_in(expression: str, window: str = "1m") -> str:
    """The expression as Grafana sends it: its variables replaced."""
    replaced = expression.replace("$__rate_interval", window).replace("$__range", window)
    return replaced.replace("$job", "payment-filter")


def metric_of(series: str) -> str:
    """The name in the catalogue that a series belongs to."""
    base = re.sub(r"_(?:bucket|count|sum)$", "", series)
    return base if base in DECLARATIONS else series


def selectors(expression: str) -> list[str]:
    """The names of all series an expression reads; raises ValueError where it is no PromQL."""
    found: list[str] = []

    def see(node: Any) -> bool:
        if isinstance(node, promql_parser.VectorSelector):
            found.append(str(node.name))
        return True

    promql_parser.walk(promql_parser.parse(expression), see)
    return found


def rated(expression: str) -> list[str]:
    """The names of the series inside rate() or increase()."""
    found: list[str] = []

    def see(node: Any) -> bool:
        if isinstance(node, promql_parser.Call) and node.func.name in {"rate", "increase"}:
            window = node.args[0]
            assert isinstance(window, promql_parser.MatrixSelector)
            found.append(str(window.vector_selector.name))
        return True

    promql_parser.walk(promql_parser.parse(expression), see)
    return found


def unrated(expression: str) -> list[str]:
    """What only ever grows and is not read through rate() or increase(): always a mistake."""
    growing = [name for name in selectors(expression) if _grows(name)]
    return sorted((Counter(growing) - Counter(rated(expression))).elements())


def _grows(series: str) -> bool:
    declared = {str(name): one for name, one in DECLARATIONS.items()}.get(metric_of(series))
    return series.endswith("_total") or (declared is not None and declared.kind != "gauge")
