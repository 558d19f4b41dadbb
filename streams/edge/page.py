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
_UNITS = ((86_400.0, "d"), (3_600.0, "h"), (60.0, "min"))


@dataclass(frozen=True, slots=True)
class Picture:
    """What the page shows beside the metrics, `at` this moment (UTC).

    `problems` are why the worker takes no payments; empty when it does.
    """

    slot: str
    runbook_url: str
    problems: tuple[str, ...]
    engine: EngineState
    at: datetime


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
counts are of this worker since it started · no data of payments is shown here</p></footer>
</body>
</html>
""".encode()


def span_of(seconds: float) -> str:
    """A span of time as a person says it: 3.2 h."""
    for unit, name in _UNITS:
        if seconds >= unit:
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
    at = _moment(picture.at)
    if not picture.problems:
        return f'<section class="status good" role="status"><h2>Ready</h2><p>It takes payments. {at}</p></section>'
    told = "".join(f"<li>{escape(problem)}</li>" for problem in picture.problems)
    return (
        '<section class="status bad" role="alert"><h2>Not ready</h2>'
        f"<p>It takes no payments; nothing is executed here. {at}</p><ul>{told}</ul></section>"
    )


def _figures(picture: Picture, metrics: Metrics) -> str:
    lag = metrics.values("payment_filter_consumer_lag_messages").values()
    dropped = sum(metrics.values("payment_filter_batches_dropped_total").values())
    p99 = metrics.quantile("payment_filter_time_in_filter_seconds", 0.99)
    figures = [
        (f"{picture.engine.messages_per_second:,.1f}", "messages a second, last minute"),
        (f"{sum(lag):,.0f}", "messages waiting in Kafka"),
        (NONE if p99 is None else f"{1000 * p99:,.0f} ms", "99 % are through within"),
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
            "required" if one.required else "optional",
            f"{one.entries:,}",
            escape(one.published) or NONE,
            span_of(one.age_seconds),
            NONE if one.maximum_age_seconds is None else span_of(one.maximum_age_seconds),
            _freshness(one),
        )
        for one in state.lists
    ]
    caption = f"Lists of edition {_code(state.edition)}" if state.edition else "Lists"
    return _table(
        caption,
        ("list", "the policy says", "entries", "published", "verified ago", "allowed", "state"),
        rows,
        "none loaded",
    )


def _freshness(one: ListInUse) -> str:
    if not one.entries:
        return _badge("bad", "empty")
    if one.maximum_age_seconds is None:
        return _badge("plain", "no limit")
    share = one.age_seconds / one.maximum_age_seconds
    if share > 1:
        return _badge("bad" if one.required else "warn", "too old")
    return _badge("warn", "soon too old") if share > ALMOST else _badge("good", "fresh")


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
