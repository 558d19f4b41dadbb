"""The worker's page at `/`: what an operator wants to know first, in plain HTML. No script, nothing fetched, no data.

It shows counts, lists, policy and refusals; nothing of any payment ever reaches it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from html import escape
from typing import TYPE_CHECKING

from schemas.decision import Outcome
from streams import ENGINE
from streams.edge.page_style import STYLE
from streams.edge.state import EngineState

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from streams.edge.state import ListInUse
    from streams.metrics import Metric, Metrics

STILL = "still"
REFRESH_SECONDS = 10
NONE = "\N{EN DASH}"
ALMOST = 0.75  # of the age the policy allows
# Days from the second on only: policies count in hours, and 30 h beside 24 h is told apart at a glance.
_UNITS = ((172_800.0, 86_400.0, "d"), (3_600.0, 3_600.0, "h"), (60.0, 60.0, "min"))


@dataclass(frozen=True, slots=True)
class Picture:
    """What the page shows beside the metrics, `at` this moment; the worker `started` then (both UTC).

    `problems` are why the worker takes no payments; empty when it does.
    """

    slot: str
    runbook_url: str
    problems: tuple[str, ...]
    engine: EngineState
    at: datetime
    started: datetime


def render(picture: Picture, metrics: Metrics, *, still: bool = False) -> bytes:
    """The whole page. `still` leaves out the refresh, for whoever reads slowly or through a screen reader."""
    refresh = "" if still else f'<meta http-equiv="refresh" content="{REFRESH_SECONDS}">'
    return f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
{refresh}
<title>{"ready" if not picture.problems else "NOT READY"} · payment filter {escape(picture.slot)}</title>
<style>{STYLE}</style>
</head>
<body>
<header><h1>Payment filter <span>worker {escape(picture.slot)}</span></h1>{_links(picture, still=still)}</header>
<main>
{_status(picture)}
{_figures(picture, metrics)}
{_outcomes(metrics)}
{_lists(picture.engine)}
{_policy(picture.engine)}
{_refused(picture.engine)}
</main>
<footer><p>{escape(ENGINE)} ·
started {_moment(picture.started)}, counts are since then · no data of payments is shown here</p></footer>
</body>
</html>
""".encode()


def span_of(seconds: float) -> str:
    """A span of time as a person says it: 3.2 h."""
    for least, unit, name in _UNITS:
        if seconds >= least:
            return f"{seconds / unit:.1f} {name}"
    return f"{seconds:.0f} s"


def _links(picture: Picture, *, still: bool) -> str:
    links = [("/metrics", "metrics"), ("/livez", "livez"), ("/readyz", "readyz")]
    if picture.runbook_url:
        links.append((picture.runbook_url, "runbook"))
    links.append(("/", "refresh by itself") if still else (f"/?{STILL}", "hold still"))
    told = "".join(f'<a href="{escape(address)}">{name}</a>' for address, name in links)
    return f"<nav>{told}</nav>"


def _status(picture: Picture) -> str:
    up = span_of((picture.at - picture.started).total_seconds())
    seen = f"Seen at {_moment(picture.at)}; it has been running for {up}."
    if not picture.problems:
        return (
            '<section class="status good" role="status"><h2>Ready</h2>'
            f"<p>It takes payments. {seen}</p>{_soon(picture.engine)}</section>"
        )
    told = "".join(f"<li>{escape(problem)}</li>" for problem in picture.problems)
    return (
        '<section class="status bad" role="alert"><h2>Not ready</h2>'
        f"<p>It takes no payments; nothing is executed here. {seen}</p><ul>{told}</ul>{_way_out(picture)}</section>"
    )


def _way_out(picture: Picture) -> str:
    if not picture.runbook_url:
        return ""
    address = f"{picture.runbook_url.partition('#')[0]}#a-worker-is-not-ready"
    return f'<p><a href="{escape(address)}">What to do</a></p>'


def _soon(state: EngineState) -> str:
    """What will stop the worker next, where that is near."""
    near = [(one.id, *_judged(one)) for one in state.lists]
    told = ", ".join(f"{escape(name)} ({said})" for name, kind, said in near if kind in {"warn", "bad"})
    return f"<p>Look at the lists: {told}.</p>" if told else ""


def _figures(picture: Picture, metrics: Metrics) -> str:
    lag = metrics.values("payment_filter_consumer_lag_messages")
    dropped = sum(metrics.values("payment_filter_batches_dropped_total").values())
    p99 = metrics.quantile("payment_filter_time_in_filter_seconds", 0.99)
    figures = [
        (f"{picture.engine.messages_per_second:,.1f}", "messages a second, last minute"),
        # Without partitions it knows of none that wait, which is not the same as that none does.
        (f"{sum(lag.values()):,.0f}" if lag else NONE, f"messages waiting, partitions: {len(lag)}"),
        (NONE if p99 is None else f"{1000 * p99:,.0f} ms", "99 % were through within, since its start"),
        (f"{dropped:,.0f}", "batches given up and read again"),
    ]
    told = "".join(f"<div><dt>{name}</dt><dd>{value}</dd></div>" for value, name in figures)
    return f'<section aria-label="Figures"><dl class="figures">{told}</dl></section>'


def _outcomes(metrics: Metrics) -> str:
    counts = _summed(metrics, "payment_filter_messages_total")
    total = sum(counts.values())
    rows = []
    for outcome in Outcome:
        count = counts.get(outcome.label, 0.0)
        share = count / total if total else 0.0
        meter = f'<meter min="0" max="1" value="{share:.4f}">{share:.1%}</meter>' if total else ""
        rows.append((outcome.label, f"{count:,.0f}", f"{meter} {share:.1%}" if total else NONE))
    alerts = _summed(metrics, "payment_filter_alerts_total")
    told = [(kind, f"{count:,.0f}") for kind, count in sorted(alerts.items(), key=lambda one: -one[1])]
    return (
        '<div class="two">'
        + _table("Outcomes", ("outcome", "messages", "share"), rows)
        + _table("Alerts for people", ("kind", "alerts"), told, "none so far")
        + "</div>"
    )


def _summed(metrics: Metrics, name: Metric) -> dict[str, float]:
    """A counter by its first label."""
    found: dict[str, float] = {}
    for labels, value in metrics.values(name).items():
        found[labels[0]] = found.get(labels[0], 0.0) + value
    return found


def _lists(state: EngineState) -> str:
    rows = [
        (
            escape(one.id),
            _badge("plain", "unknown") if state.policy is None else _badge(*_judged(one)),
            NONE if state.policy is None else "required" if one.required else "optional",
            span_of(one.age_seconds),
            NONE if one.maximum_age_seconds is None else span_of(one.maximum_age_seconds),
            f"{one.entries:,}",
            escape(one.published) or NONE,
        )
        for one in state.lists
    ]
    caption = f"Lists of edition {_code(state.edition)}" if state.edition else "Lists"
    return _table(
        caption,
        ("list", "state", "the policy says", "verified ago", "allowed", "entries", "published"),
        rows,
        "none loaded",
    )


def _judged(one: ListInUse) -> tuple[str, str]:
    """How bad it is, and in words."""
    if not one.entries:
        return "bad", "empty"
    if one.maximum_age_seconds is None:
        return "plain", "no limit"
    share = one.age_seconds / one.maximum_age_seconds
    if share > 1:
        return "bad" if one.required else "warn", "too old"
    return ("warn", "soon too old") if share > ALMOST else ("good", "fresh")


def _policy(state: EngineState) -> str:
    used = state.policy
    due = NONE if state.review_before is None else state.review_before.isoformat()
    rows = [] if used is None else [(escape(used.id), escape(used.version), due, _code(used.sha256))]
    return _table("Policy in force", ("id", "version", "review due", "hash (SHA-256)"), rows, "none")


def _refused(state: EngineState) -> str:
    rows = [
        (
            _moment(one.at),
            escape(one.what),
            "<br>".join(escape(problem) for problem in one.problems),
        )
        for one in state.refused
    ]
    return _table("Refused lately", ("when", "what", "why"), rows, "nothing was refused since this worker started")


def _table(caption: str, heads: Sequence[str], rows: Iterable[Sequence[str]], nothing: str = "") -> str:
    """Cells are HTML already. The first cell of a row is its head."""
    head = "".join(f'<th scope="col">{name}</th>' for name in heads)
    body = "".join(_row(row) for row in rows)
    if not body:
        return f'<section><table><caption>{caption}</caption></table><p class="none">{nothing}</p></section>'
    return (
        f'<section class="wide"><table><caption>{caption}</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></section>"
    )


def _row(cells: Sequence[str]) -> str:
    return f'<tr><th scope="row">{cells[0]}</th>' + "".join(f"<td>{cell}</td>" for cell in cells[1:]) + "</tr>"


def _moment(at: datetime) -> str:
    return f'<time datetime="{at.isoformat()}">{at:%Y-%m-%d %H:%M:%S} UTC</time>'


def _badge(kind: str, text: str) -> str:
    return f'<span class="badge {kind}">{text}</span>'


def _code(text: str) -> str:
    return f"<code>{escape(text)}</code>"
