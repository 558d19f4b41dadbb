"""What a demo shows at its end: outcomes with their reasons, the most telling alerts, and where to look next."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rapidfuzz import fuzz
from rapidfuzz.utils import default_process
from rich import box
from rich.table import Table
from rich.text import Text

from schemas.finding import REASONS, Family, Reason
from streams.topics import OUTCOMES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from rich.console import RenderableType

    from schemas.wire import AlertRecord, DecisionRecord, FindingRecord
    from streams.edge.demo.messages import SampleMessage
    from streams.edge.demo.traffic import Place, Seen

TELLING = 5
_IN_ORDER = "Nothing is missing and nobody is listed."
_AFTERWARDS = " Executed; the information is asked for afterwards."
_NOT_JUDGED_BY = "Executed all the same: "
_STYLES = {"execute": "green", "reject": "yellow", "suspend": "red"}
_METHODS = {
    "exact": "same name",
    "name": "similar name",
    "text": "name inside a text",
    "identifier": "listed number",
    "institution": "listed bank",
    "place": "place",
}
_SURE = 0.85  # below it, an alert may well be a false one and tells little
_XML_BODY = "/FIToFICstmrCdtTrf/"
_AROUND = 60  # characters shown before and after what matched


@dataclass(frozen=True, slots=True)
class Telling:
    """An alert worth showing: the message, the alert, and the one finding that tells most."""

    place: Place
    message: SampleMessage
    alert: AlertRecord
    finding: FindingRecord


def totals(seen: Seen) -> dict[str, int]:
    """Messages in, and out by outcome."""
    counts = Counter(found[0][0] for found in seen.outcomes.values())
    return {"in": len(seen.sent), **{outcome: counts[outcome] for outcome in OUTCOMES}}


def outcome_table(seen: Seen) -> Table:
    """Per outcome how many and why: each message counts once, under the reason that weighs most."""
    table = Table(title="What happened, and why", title_justify="left", box=box.SIMPLE_HEAD, title_style="bold")
    table.add_column("Outcome")
    table.add_column("Messages", justify="right")
    table.add_column("Why (the reason that weighs most in each message)")
    reasons: dict[str, Counter[str]] = {outcome: Counter() for outcome in OUTCOMES}
    for record in seen.decisions.values():
        reasons[record.outcome][_why(record)] += 1
    for outcome in OUTCOMES:
        style = _STYLES[outcome]
        table.add_row(Text(outcome, f"bold {style}"), Text(str(reasons[outcome].total()), f"bold {style}"), "")
        for sentence, count in sorted(reasons[outcome].items(), key=lambda item: (-item[1], item[0])):
            table.add_row("", str(count), sentence)
        table.add_section()
    return table


def _why(record: DecisionRecord) -> str:
    """The sentence for one message; the first reason of the payment that decided, in order of precedence."""
    own = [finding.reason for finding in record.findings if finding.payment == record.decided_by]
    reasons = _telling(own) or _telling(record.reasons)
    if not reasons:
        return _IN_ORDER
    sentence = REASONS[reasons[0]].sentence
    if any(payment.follow_up for payment in record.payments):
        return sentence + _AFTERWARDS
    return _NOT_JUDGED_BY + sentence if record.outcome == "execute" else sentence


def _telling(reasons: Iterable[Reason]) -> list[Reason]:
    """Those that are told to anybody: what is kept for the record only is no cause of anything."""
    return [reason for reason in reasons if REASONS[reason].family is not Family.RECORD]


def telling_alerts(seen: Seen) -> list[Telling]:
    """The alerts that show most: one of each way to be found first, the better disguised before the plain."""
    candidates = sorted(_candidates(seen), key=_worth)
    chosen: list[Telling] = []
    for first_of_its_kind in (True, False):
        for one in candidates:
            kinds = {_way(other) for other in chosen}
            taken = {_entry(other) for other in chosen} | {other.place for other in chosen}
            fresh = not first_of_its_kind or (_way(one) not in kinds and _is_sure(one))
            if fresh and not {_entry(one), one.place} & taken and len(chosen) < TELLING:
                chosen.append(one)
    return chosen


def _candidates(seen: Seen) -> Iterator[Telling]:
    for place, alert in seen.alerts.items():
        for finding in alert.findings:
            if finding.match is not None and alert.kind == "sanctions":
                yield Telling(place, seen.sent[place], alert, finding)


def _way(one: Telling) -> str:
    """How it was found; a name in another script is a way of its own."""
    match = one.finding.match
    assert match is not None
    foreign = "" if match.span.isascii() else "another script"
    return f"{one.finding.reason} {foreign or match.method}"


def _entry(one: Telling) -> str:
    match = one.finding.match
    assert match is not None
    return match.entry_name.casefold()


def _is_sure(one: Telling) -> bool:
    return one.finding.match is not None and one.finding.match.score >= _SURE


def _worth(one: Telling) -> tuple[bool, bool, int, int, str]:
    """Lower is better: sure before doubtful, names before numbers before places, disguised before plain.

    What was found in a message nobody can read tells less.
    """
    match = one.finding.match
    assert match is not None
    rank = list(_METHODS).index(match.method) if match.method in _METHODS else len(_METHODS)
    alike = round(fuzz.token_sort_ratio(match.span, match.matched_name, processor=default_process))
    unreadable = one.alert.format == "unreadable"
    return (not _is_sure(one), unreadable, rank, alike, one.message.file.name)


def alerts_table(alerts: list[Telling], root: Path) -> Table:
    """Where it stood, the matched words marked in their field, the listed name, and how sure the filter is."""
    title = "The most telling alerts (what matched is marked)"
    table = Table(
        title=title, title_justify="left", box=box.SIMPLE_HEAD, title_style="bold", show_lines=True, expand=True
    )
    for column, ratio in (("Message", 4), ("Says", 4), ("Listed", 4), ("Found by", 2)):
        table.add_column(column, overflow="fold", ratio=ratio)
    for one in alerts:
        match = one.finding.match
        assert match is not None
        listed = Text(match.entry_name, "bold")
        if match.matched_name.casefold() != match.entry_name.casefold():
            listed.append(f"\nas {match.matched_name}", "not bold")
        listed.append(f"\n{match.list} {match.reference}", "dim not bold")
        way = f"{_METHODS.get(match.method, match.method)}\nscore {match.score:.2f}"
        table.add_row(_file(one, root), _marked(one.finding), listed, way)
    return table


def _file(one: Telling, root: Path) -> Text:
    file = one.message.file
    name = Text(str(file.relative_to(root) if file != root else file.name))
    name.append(f"\n{one.finding.path.rpartition(_XML_BODY)[2]}", "dim")
    return name


def _marked(finding: FindingRecord) -> Text:
    """The field's own words with the matched ones marked, or both where these do not stand in it letter by letter."""
    assert finding.match is not None
    said, span = _line(finding.seen), _line(finding.match.span)
    start = said.casefold().find(span.casefold())
    if start < 0:
        return Text(_cut(said)).append(f"\n[{span}]", "bold")
    end = start + len(span)
    before = said[:start] if start <= _AROUND else f"… {said[start - _AROUND : start]}"
    return Text.assemble(before, (said[start:end], "bold reverse"), _cut(said[end:]))


def _line(text: str) -> str:
    return " ".join(text.split())


def _cut(text: str) -> str:
    return text if len(text) <= _AROUND else f"{text[:_AROUND]} …"


def next_steps(lines: dict[str, str]) -> RenderableType:
    """Where to look next: what there is to see, and how."""
    table = Table(title="Where to look next", title_justify="left", box=None, title_style="bold", show_header=False)
    table.add_column(style="dim", no_wrap=True)
    table.add_column(overflow="fold")
    for what, how in lines.items():
        table.add_row(what, how)
    return table
