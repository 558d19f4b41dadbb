"""What the full demo shows: the timeline with deeds left and alerts right, what was told to whom, and the figures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich import box
from rich.table import Table
from rich.text import Text

from streams.edge.demo.hour import EXPECTED, MAXIMUM_AGE_MINUTES
from streams.edge.demo.told import episodes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.console import RenderableType

    from streams.edge.demo.hour import Clock, Row
    from streams.edge.demo.told import Told

_PREFIX = "PaymentFilter"
_STYLES = {"critical": "bold red", "warning": "bold yellow", "info": "bold"}


def banner(speed: int) -> RenderableType:
    """What is played, and what is not sped up."""
    return Text.assemble(
        ("An hour in front of the payment engine", "bold"),
        f"\nA minute takes {60 / speed:.2g} s. Prometheus judges deploy/prometheus/rules.yaml, Alertmanager tells by "
        "deploy/alertmanager/alertmanager.yaml: the product's own, in a copy made just now, every duration in it "
        f"divided by {speed}. Numbers a second are multiplied; counts and shares stay. By the policy's copy lists may "
        f"be {MAXIMUM_AGE_MINUTES} minutes old instead of a day. Latencies, the start of a worker, and Kafka's 6 s "
        "until the partitions of a dead worker move are real time.",
    )


def heading() -> RenderableType:
    """The heads of the timeline."""
    return _line(Text("min:s", "bold"), Text("What was done", "bold"), Text("What was told, and to whom", "bold"))


def timeline_row(row: Row) -> RenderableType:
    """One line: deeds left, alerts right."""
    alert = Text() if row.told is None else _alert(row.told)
    return _line(Text(_clock(row.at), "dim"), Text(row.deed), alert)


def _line(*cells: Text) -> Table:
    line = Table(box=None, show_header=False, expand=True, padding=(0, 1), pad_edge=False)
    line.add_column(width=6, no_wrap=True)
    line.add_column(ratio=11, overflow="fold")
    line.add_column(ratio=10, overflow="fold")
    line.add_row(*cells)
    return line


def _alert(told: Told) -> Text:
    name = told.name.removeprefix(_PREFIX)
    if told.ended is not None:
        return Text.assemble((f"▽ {name}", "green"), f" is over ({told.whom})")
    style = _STYLES.get(told.labels.get("severity", ""), "bold")
    return Text.assemble((f"▲ {name}", style), f" {told.labels.get('severity', '')}, to {told.whom}\n{told.summary}")


def alerts_told(rows: Sequence[Row], clock: Clock, fired: set[str]) -> RenderableType:
    """Each alert once: when it fired, when somebody was told, when it was over, and its section of the runbook."""
    table = Table(title="The alerts", title_justify="left", box=box.SIMPLE_HEAD, title_style="bold")
    for head in ("Alert", "To", "Fired", "Told", "Over", "Section of deploy/RUNBOOK.md"):
        table.add_column(head, justify="right" if head in {"Fired", "Told", "Over"} else "left")
    told = episodes(row.told for row in rows if row.told is not None)
    for alert, over in told:
        table.add_row(
            Text(alert.name, _STYLES.get(alert.labels.get("severity", ""), "bold")),
            alert.whom,
            _clock(clock.of(alert.began)),
            _clock(clock.of(alert.at)),
            "not told" if over is None or over.ended is None else _clock(clock.of(over.ended)),
            alert.runbook.rpartition("#")[2],
        )
    table.caption = _caption({alert.name for alert, _ in told}, fired)
    table.caption_justify = "left"
    return table


def _caption(told: set[str], fired: set[str]) -> str:
    came = len(EXPECTED.keys() & told)
    sentences = [f"{came} of the {len(EXPECTED)} that this incident must bring reached the webhook."]
    if told - EXPECTED.keys():
        sentences.append("The others depend on how fast this machine is.")
    if held_back := sorted(fired - told):
        sentences.append(f"Fired and told to nobody, because another alert says more: {', '.join(held_back)}.")
    return " ".join(sentences)


def figures(result: dict[str, float]) -> str:
    """The book-keeping in two lines."""
    return (
        f"{result['in']:,} messages in = {result['execute']:,} execute + {result['suspend']:,} suspend + "
        f"{result['reject']:,} reject; each has one outcome and one decision, its bytes untouched.\n"
        f"Time in filter before the burst (a worker's death included): p50 {result['before_burst_p50_ms']:.0f} ms, "
        f"p99 {result['before_burst_p99_ms']:.0f} ms; over the whole hour: p50 {result['p50_ms']:.0f} ms, "
        f"p99 {result['p99_ms']:.0f} ms."
    )


def _clock(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes:02}:{rest:02}"
