"""Dashboards: generated, in Grafana's own types, by the rules of the house. tests/integration runs their queries."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest
from grafana_foundation_sdk.cog.encoder import JSONEncoder
from grafana_foundation_sdk.cog.plugins import register_default_plugins
from grafana_foundation_sdk.models.dashboard import Dashboard

from deploy.grafana.boards import BOARDS
from streams.metrics import DECLARATIONS
from tests.monitoring import DASHBOARDS, OF_THE_PROCESS, ROOT, filled_in, metric_of, panels, selectors, unrated

if TYPE_CHECKING:
    from pathlib import Path

PANELS = panels()
UNITS = {"short", "none", "s", "mps", "cps", "percentunit", "bytes", "d"}
LARGEST = 24


@pytest.mark.parametrize("path", DASHBOARDS, ids=lambda path: path.stem)
def test_grafanas_own_types_know_every_field(path: Path) -> None:
    """What the types do not know, they drop: then the round trip shows it."""
    register_default_plugins()
    raw = json.loads(path.read_text(encoding="utf-8"))
    assert json.loads(json.dumps(Dashboard.from_json(raw), cls=JSONEncoder)) == raw


@pytest.mark.parametrize("path", DASHBOARDS, ids=lambda path: path.stem)
def test_a_dashboard_has_title_description_tag_and_both_variables(path: Path) -> None:
    board = json.loads(path.read_text(encoding="utf-8"))
    assert board["title"].startswith("Payment filter: ")
    assert board["description"].endswith((".", "?"))
    assert board["tags"] == ["payment-filter"]
    assert [one["name"] for one in board["templating"]["list"]] == ["datasource", "job"]
    assert board["uid"] == path.stem


@pytest.mark.parametrize(("name", "panel"), PANELS, ids=[name for name, _ in PANELS])
def test_a_panel_keeps_the_rules_of_the_house(name: str, panel: dict[str, Any]) -> None:
    assert panel["description"].endswith("."), name
    assert panel["fieldConfig"]["defaults"]["unit"] in UNITS
    assert panel["datasource"] == {"type": "prometheus", "uid": "$datasource"}
    for target in panel["targets"]:
        expression = target["expr"]
        assert expression.count('job="$job"') == len(selectors(filled_in(expression)))
        assert unrated(filled_in(expression)) == []
        assert "[$__rate_interval]" in expression or "[$__range]" in expression or "[" not in expression
        for series in selectors(filled_in(expression)):
            assert metric_of(series) in DECLARATIONS.keys() | OF_THE_PROCESS


def test_titles_are_told_apart_and_panels_do_not_overlap() -> None:
    assert len({name for name, _ in PANELS}) == len(PANELS)
    for path in DASHBOARDS:
        taken: set[tuple[int, int]] = set()
        for panel in json.loads(path.read_text(encoding="utf-8"))["panels"]:
            place = panel["gridPos"]
            xs = range(place.get("x", 0), place.get("x", 0) + place["w"])
            cells = {(x, y) for x in xs for y in range(place.get("y", 0), place.get("y", 0) + place["h"])}
            assert max(xs) < LARGEST
            assert not cells & taken
            taken |= cells


def test_every_metric_is_on_some_dashboard() -> None:
    shown = {
        metric_of(series)
        for _, panel in PANELS
        for target in panel["targets"]
        for series in selectors(filled_in(target["expr"]))
    }
    assert set(DECLARATIONS) - shown == set()


def test_what_stands_in_the_folder_is_what_the_script_writes() -> None:
    script = str(ROOT / "deploy" / "grafana" / "generate.py")
    assert subprocess.run([sys.executable, script, "--check"], check=False, timeout=120).returncode == 0
    assert [path.stem for path in DASHBOARDS] == sorted(board.uid for board in BOARDS)
