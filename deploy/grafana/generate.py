"""Writes the Grafana dashboards of boards.py as JSON, with Grafana's own types.

python deploy/grafana/generate.py           write dashboards/ beside this file
python deploy/grafana/generate.py --check   exit 1 if what stands there is not what would be written
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from grafana_foundation_sdk.builders import bargauge, common, dashboard, prometheus, stat, timeseries
from grafana_foundation_sdk.cog.encoder import JSONEncoder
from grafana_foundation_sdk.models import common as options
from grafana_foundation_sdk.models import dashboard as models
from grafana_foundation_sdk.models.prometheus import PromQueryFormat

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parents[1]))  # run as a file: the project's own folder is not on the path

from deploy.grafana.boards import BOARDS, Board, Panel, Query  # noqa: E402 - after the path is set

TAG = "payment-filter"
SOURCE = models.DataSourceRef(type_val="prometheus", uid="$datasource")
HEIGHTS = {"stat": 4, "names": 5, "timeseries": 8, "bargauge": 8}

AnyPanel = stat.Panel | timeseries.Panel | bargauge.Panel


def documents() -> dict[str, bytes]:
    """File name and content of every dashboard."""
    return {f"{board.uid}.json": _encoded(_board(board)) for board in BOARDS}


def _encoded(built: models.Dashboard) -> bytes:
    return json.dumps(built, cls=JSONEncoder, indent=2, sort_keys=True).encode() + b"\n"


def _board(board: Board) -> models.Dashboard:
    made = (
        dashboard.Dashboard(board.title)
        .uid(board.uid)
        .description(board.description)
        .tags([TAG])
        .readonly()
        .timezone("browser")
        .time("now-1h", "now")
        .refresh("30s")
        .tooltip(models.DashboardCursorSync.CROSSHAIR)
        .link(
            dashboard.DashboardLink("Payment filter")
            .type(models.DashboardLinkType.DASHBOARDS)
            .tags([TAG])
            .keep_time(True)  # noqa: FBT003 - the builder's own form
            .include_vars(True)  # noqa: FBT003 - same
        )
        .with_variable(dashboard.DatasourceVariable("datasource").label("Prometheus").type("prometheus"))
        .with_variable(
            dashboard.QueryVariable("job")
            .label("Job")
            .datasource(SOURCE)
            .query("label_values(payment_filter_ready, job)")
            .current(models.VariableOption(text="payment-filter", value="payment-filter"))
            .refresh(models.VariableRefresh.ON_TIME_RANGE_CHANGED)
        )
    )
    for panel in board.panels:
        made.with_panel(_panel(panel))
    return made.build()


def _panel(panel: Panel) -> AnyPanel:
    made = _drawn(panel)
    made.title(panel.title).description(panel.description).unit(panel.unit).datasource(SOURCE)
    made.span(panel.width).height(HEIGHTS[panel.kind])
    for number, query in enumerate(panel.queries):
        made.with_target(_target(panel, query, chr(ord("A") + number)))
    return made


def _drawn(panel: Panel) -> AnyPanel:
    """The panel's own way of showing things."""
    if panel.kind == "timeseries":
        legend = common.VizLegendOptions().show_legend(True).placement(options.LegendPlacement.BOTTOM)  # noqa: FBT003 - the builder's own form
        return timeseries.Panel().min(0).fill_opacity(10).line_width(1.5).legend(legend)
    last = common.ReduceDataOptions().calcs(["lastNotNull"])
    if panel.kind == "bargauge":
        return bargauge.Panel().min(0).orientation(options.VizOrientation.HORIZONTAL).reduce_options(last)
    made = stat.Panel().graph_mode(options.BigValueGraphMode.NONE).reduce_options(last)
    made.color_mode(options.BigValueColorMode.NONE)
    return made.text_mode(options.BigValueTextMode.NAME) if panel.kind == "names" else made


def _target(panel: Panel, query: Query, ref: str) -> prometheus.Dataquery:
    made = prometheus.Dataquery().expr(query.expr).legend_format(query.legend or panel.title).ref_id(ref)
    made.datasource(SOURCE)
    if query.bands:
        made.format(PromQueryFormat.HEATMAP)
    return made.range() if panel.kind in {"timeseries", "stat"} else made.instant()


def main() -> int:
    """Write or check."""
    options_ = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options_.add_argument("--check", action="store_true")
    checking = options_.parse_args().check
    folder = HERE / "dashboards"
    made = documents()
    there = {file.name: file.read_bytes() for file in folder.glob("*.json")}
    stale = sorted(name for name in made.keys() | there.keys() if made.get(name) != there.get(name))
    if checking:
        if stale:
            print(f"not up to date in {folder}: {', '.join(stale)}; run make generate", file=sys.stderr)
        return 1 if stale else 0
    folder.mkdir(exist_ok=True)
    for name in stale:
        if name in made:
            (folder / name).write_bytes(made[name])
        else:
            (folder / name).unlink()
    return 0


if __name__ == "__main__":
    sys.exit(main())
