"""Draws the dashboards without a Grafana: one HTML page each, from their own JSON and a running Prometheus.

For whoever changes a dashboard where there is no Grafana. It is no part of the product. The lines are drawn by uPlot:

npm install --prefix /tmp/preview uplot@1.6.32
python deploy/grafana/preview.py --uplot /tmp/preview/node_modules/uplot/dist --to /tmp/preview
"""

from __future__ import annotations

import argparse
import json
import sys
import time
import urllib.parse
import urllib.request
from html import escape
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
JOB = "payment-filter"
POINTS = 200
UNITS = {"s": "s", "mps": "/s", "cps": "/s", "percentunit": "%", "bytes": "MB"}

Series = list[dict[str, Any]]
Found = tuple[dict[str, Any], dict[str, Any]]
"""What a panel asked for, and one of the series that came back."""


class Prometheus:
    """Asks one Prometheus for what Grafana would ask."""

    def __init__(self, address: str, seconds: float) -> None:
        self._address = address.rstrip("/")
        self._seconds = seconds
        self._step = max(1, int(seconds / POINTS))
        self._end = int(time.time())  # one grid of times for all lines
        self.times = list(range(int(self._end - seconds), self._end + 1, self._step))
        self._window = f"{max(15, int(seconds / 30))}s"

    def line(self, expression: str) -> Series:
        """Over the time shown."""
        return self._ask("query_range", expression, start=self.times[0], end=self._end, step=self._step)

    def now(self, expression: str) -> Series:
        """At this moment."""
        return self._ask("query", expression)

    def _ask(self, kind: str, expression: str, **more: float) -> Series:
        said = expression.replace("$__rate_interval", self._window).replace("$__range", f"{int(self._seconds)}s")
        query = urllib.parse.urlencode({"query": said.replace("$job", JOB), **more})
        with urllib.request.urlopen(f"{self._address}/api/v1/{kind}?{query}", timeout=30) as answer:  # noqa: S310 - the address given
            result: Series = json.loads(answer.read())["data"]["result"]
        return result


def page(board: dict[str, Any], prometheus: Prometheus, uplot: Path) -> str:
    """One dashboard as a page of its own, with everything it needs in it."""
    drawn: list[list[Any]] = []
    cards = "".join(_card(panel, prometheus, drawn) for panel in board["panels"])
    script, style = ((uplot / name).read_text(encoding="utf-8") for name in ("uPlot.iife.min.js", "uPlot.min.css"))
    data = json.dumps(drawn).replace("</", "<\\/")
    return (
        f'<!doctype html><html lang="en"><meta charset="utf-8"><title>{escape(board["title"])}</title>'
        f"<style>{style}{_beside('preview.css')}</style><h1>{escape(board['title'])}</h1><p>{escape(board['description'])}</p>"
        f"<main>{cards}</main><script>{script}</script>"
        f"<script>const DRAWN = {data};{_beside('preview.js')}</script></html>"
    )


def _beside(name: str) -> str:
    return (HERE / name).read_text(encoding="utf-8")


def _card(panel: dict[str, Any], prometheus: Prometheus, drawn: list[list[Any]]) -> str:
    unit = panel["fieldConfig"]["defaults"]["unit"]
    if panel["type"] == "timeseries":
        found = [(target, one) for target in panel["targets"] for one in prometheus.line(target["expr"])]
        inner = _lines(found, unit, drawn, prometheus.times)
    else:
        found = [(target, one) for target in panel["targets"] for one in prometheus.now(target["expr"])]
        named = panel["options"].get("textMode") == "name"
        inner = _names(found) if named else _bars(found) if panel["type"] == "bargauge" else _number(found, unit)
    body = inner if found else '<p class="none">no data</p>'
    head = f"<h2>{escape(panel['title'])}</h2><p>{escape(panel['description'])}</p>"
    return f'<section style="grid-column: span {panel["gridPos"]["w"]}">{head}{body}</section>'


def _lines(found: list[Found], unit: str, drawn: list[list[Any]], times: list[int]) -> str:
    columns = []
    for _, one in found:
        values = {at: _finite(value) for at, value in one["values"]}
        columns.append([values.get(at) for at in times])
    drawn.append([f"p{len(drawn)}", unit, [times, *columns], [_legend(target, one) for target, one in found]])
    return f'<div id="p{len(drawn) - 1}"></div>'


def _number(found: list[Found], unit: str) -> str:
    value = _finite(found[0][1]["value"][1]) if found else None
    if value is None:
        return '<p class="none">no data</p>'
    scaled = {"percentunit": 100 * value, "bytes": value / 1e6}.get(unit, value)
    return f'<p class="big">{scaled:,.3g} {UNITS.get(unit, "")}</p>'


def _names(found: list[Found]) -> str:
    return "".join(f'<p class="big">{escape(_legend(target, one))}</p>' for target, one in found)


def _bars(found: list[Found]) -> str:
    rows = [(_legend(target, one), _finite(one["value"][1]) or 0.0) for target, one in found]
    if found and found[0][0].get("format") == "heatmap":
        rows.sort(key=lambda row: float(row[0]))  # cumulative: each band is what it has more than the one below
        rows = [(name, max(0.0, value - before)) for (name, value), before in zip(rows, [0.0, *(v for _, v in rows)])]  # noqa: B905 - one shorter
    most = max((value for _, value in rows), default=0.0) or 1.0
    return "".join(
        f'<div class="bar"><span>{escape(name)}</span>'
        f'<i style="width: {100 * value / most:.1f}%"></i>{value:,.0f}</div>'
        for name, value in rows
    )


def _legend(target: dict[str, Any], one: dict[str, Any]) -> str:
    text = str(target["legendFormat"])
    for label, value in one["metric"].items():
        text = text.replace(f"{{{{{label}}}}}", value)
    return text


def _finite(text: str) -> float | None:
    return None if text in {"NaN", "+Inf", "-Inf"} else float(text)


def main() -> int:
    """Draw every dashboard."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--prometheus", default="http://127.0.0.1:9090")
    options.add_argument("--uplot", type=Path, required=True)
    options.add_argument("--to", type=Path, required=True)
    options.add_argument("--minutes", type=float, default=60.0)
    given = options.parse_args()
    prometheus = Prometheus(given.prometheus, 60 * given.minutes)
    for file in sorted((HERE / "dashboards").glob("*.json")):
        made = given.to / f"{file.stem}.html"
        made.write_text(page(json.loads(file.read_text(encoding="utf-8")), prometheus, given.uplot), encoding="utf-8")
        print(made)
    return 0


if __name__ == "__main__":
    sys.exit(main())
