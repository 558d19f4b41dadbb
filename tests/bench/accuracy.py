"""Recall and alert rate of the screening engine on the reporting half of the workload, beside brute force; and speed.

    python -m tests.bench.accuracy [--json] [--half tuning] [--all-lists] [--sample N] [--peers] [--write]

Reads the real lists and names of ../shared (or $PAYMENT_FILTER_SHARED) and says so where they are absent. A positive
counts as found when its own entry reaches the threshold; a clean name alerts when any entry does. The threshold of each
row is the one at which so many of a thousand clean Latin names alert. `--write` keeps the report as lists/ACCURACY.md.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
from collections import defaultdict
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any, Protocol, TypeAlias, TypeVar

import psutil
from rich.console import Console
from rich.table import Table

from lists.accuracy import ALERTS_PER_THOUSAND, rate, share_at
from lists.index import Index
from lists.policy import ScreeningPolicy
from schemas.decision import EditionUsed
from tests.bench import brute_force, clean_organisations, fingerprint, peers, wider, workload
from tests.bench.accuracy_page import PAGE, page
from tests.shared import SHARED

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from lists.entry import Entry
    from tests.bench.workload import Query, Workload

BATCH = 384
"""Names of 64 payments with six names each."""
FLOOR = 0.30
"""Scores below are counted as 0: no threshold of interest lies there."""
SERVING_FLOOR = ScreeningPolicy().name_threshold
TEXTS_PER_THOUSAND = 5

HEADINGS = ("alerts /1,000", "threshold", "recall", "macro", "non-Latin", "recombined /1,000", "non-Latin clean /1,000")


@dataclass(slots=True)
class Report:
    """Everything that is printed; shares 0..1, rates per thousand."""

    half: str
    list_names: int
    list_entries: int
    clean_latin: int
    recall: list[dict[str, Any]] = field(default_factory=list)
    brute_force: list[dict[str, Any]] = field(default_factory=list)
    classes: dict[str, dict[str, float]] = field(default_factory=dict)
    text: dict[str, Any] = field(default_factory=dict)
    un: dict[str, float] = field(default_factory=dict)
    wider: dict[str, dict[str, float]] = field(default_factory=dict)
    organisations: dict[str, Any] = field(default_factory=dict)
    speed: dict[str, float] = field(default_factory=dict)
    peers: list[dict[str, Any]] = field(default_factory=list)
    workload: str = ""
    engine: str = ""
    notes: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Scores:
    """Scores by kind of question, in the order of the questions."""

    positives: list[float]
    clean: list[float]
    hard: list[float]


Key: TypeAlias = tuple[str, str]


def key_of(entry: Entry) -> Key:
    """What tells an entry from all others of an edition."""
    return entry.list, entry.reference


class Asked(Protocol):
    """Anything with a name to ask."""

    @property
    def text(self) -> str:
        """The name."""


_One = TypeVar("_One", bound=Asked)


def answers(search: Any, asked: Sequence[_One], floor: float) -> Iterator[tuple[_One, Any]]:
    """Everybody asked with their hits, asked in batches."""
    for start in range(0, len(asked), BATCH):
        batch = asked[start : start + BATCH]
        yield from zip(batch, search([one.text for one in batch], floor), strict=True)


def scores_of(search: Any, entries: Mapping[Key, int], queries: Sequence[Query]) -> list[float]:
    """The score of a query's own entry, or for a clean one of any entry; 0 for none."""
    scores: list[float] = []
    for query, hits in answers(search, queries, FLOOR):
        wanted = [hit.score for hit in hits if query.entry < 0 or entries[key_of(hit.entry)] == query.entry]
        scores.append(max(wanted, default=0.0))
    return scores


def recall_rows(positives: Sequence[Query], clean: Sequence[Query], scores: Scores) -> list[dict[str, Any]]:
    """One row an alert rate."""
    found: dict[str, list[float]] = defaultdict(list)
    other: list[float] = []
    for query, score in zip(positives, scores.positives, strict=True):
        (other if query.kind.startswith("nonlatin") else found[query.kind]).append(score)
    latin = [s for q, s in zip(clean, scores.clean, strict=True) if workload.is_latin(q.text)]
    others = [s for q, s in zip(clean, scores.clean, strict=True) if not workload.is_latin(q.text)]
    rows = []
    for alerts in ALERTS_PER_THOUSAND:
        measured = rate(found, latin, alerts)
        rows.append(
            {
                **asdict(measured),
                "non_latin": share_at(other, measured.threshold),
                "hard_per_thousand": 1000 * share_at(scores.hard, measured.threshold),
                "non_latin_clean_per_thousand": 1000 * share_at(others, measured.threshold),
            }
        )
    return rows


def class_rows(positives: Sequence[Query], own: Scores, brute: Scores, thresholds: tuple[float, float]) -> Any:
    """Recall by class at five alerts per thousand, ours and brute force's."""
    table: dict[str, dict[str, float]] = {}
    for kind in sorted({query.kind for query in positives}):
        places = [place for place, query in enumerate(positives) if query.kind == kind]
        table[kind] = {
            "names": len(places),
            "recall": share_at([own.positives[place] for place in places], thresholds[0]),
            "brute_force": share_at([brute.positives[place] for place in places], thresholds[1]),
        }
    return table


def text_figures(search: Any, entries: Mapping[Key, int], texts: Sequence[Query], planted: Sequence[Query]) -> Any:
    """Recall of names planted in texts at five alerts per thousand clean texts."""
    clean = scores_of(search, entries, texts)
    found: dict[str, list[float]] = defaultdict(list)
    for query, score in zip(planted, scores_of(search, entries, planted), strict=True):
        found[query.kind].append(score)
    return {"texts": len(texts), **asdict(rate(found, clean, TEXTS_PER_THOUSAND))}


def un_figures(search: Any, entries: Mapping[Key, int], load: Workload, threshold: float) -> dict[str, float]:
    """Recall of the UN's own names, as they stand and with one seeded distortion each."""
    known = [query for query in load.un if query.entry >= 0]
    return {
        "names": len(known),
        "untreated": share_at(scores_of(search, entries, known), threshold),
        "treated": share_at(scores_of(search, entries, load.un_treated), threshold),
    }


def wider_figures(load: Workload, threshold: float) -> dict[str, dict[str, float]]:
    """Recall of names in other scripts that nobody looked at, of lists the workload does not ask about, by class."""
    names = wider.names_of(load, unseen=True)
    index = Index.build([*load.entries, *wider.entries_of(names)], EditionUsed("wider"))
    names += wider.with_one_letter_wrong(names)
    found: dict[str, list[float]] = defaultdict(list)
    for one, hits in answers(index.search, names, FLOOR):
        found[one.kind].append(max((hit.score for hit in hits if wider.is_about(hit.entry, one)), default=0.0))
    return {kind: {"names": len(each), "recall": share_at(each, threshold)} for kind, each in sorted(found.items())}


def organisation_figures(search: Any, threshold: float) -> dict[str, Any]:
    """How many of a thousand honest organisations in other scripts alert, by script: of all, and of those unseen."""
    everyone = clean_organisations.everyone()
    names = clean_organisations.honest(everyone, clean_organisations.all_lists())
    alerts: dict[str, dict[bool, list[bool]]] = defaultdict(lambda: {True: [], False: []})
    for one, hits in answers(search, names, threshold):
        for script in (one.script, "all"):
            alerts[script][one.unseen].append(bool(hits))
    rows = {
        script: {
            **{f"names_{half}": len(found[unseen]) for half, unseen in (("unseen", True), ("seen", False))},
            **{half: 1000 * share_at(found[unseen], 1) for half, unseen in (("unseen", True), ("seen", False))},
        }
        for script, found in sorted(alerts.items(), key=lambda row: (row[0] == "all", row[0]))
    }
    return {"listed": len(everyone) - len(names), "scripts": rows}


def speed_figures(index: Index, names: Sequence[str], built: float) -> dict[str, float]:
    """Names a second of one core's time: the first time round (cold caches) and again (warm)."""
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    figures = {"build_s": built, "memory_mb": psutil.Process().memory_info().rss / 1e6}
    for label in ("cold", "warm"):
        started = time.process_time()
        for start in range(0, len(names), BATCH):
            index.search(names[start : start + BATCH], SERVING_FLOOR)
        figures[f"names_per_second_{label}"] = len(names) / (time.process_time() - started)
    return figures


def _peer_row(
    positives: Sequence[Query], clean: Sequence[Query], own: list[float], best: list[float]
) -> dict[str, Any]:
    """Recall at five alerts per thousand of another scorer."""
    row = recall_rows(positives, clean, Scores(own, best, []))[ALERTS_PER_THOUSAND.index(5)]
    return {key: row[key] for key in ("micro", "macro", "non_latin", "threshold")}


def measure(half: str, *, everything: bool, sample: int, compare: bool = False) -> Report:
    """Build workload and index, ask everything, compare."""
    load = workload.build(everything=everything)
    positives, clean, hard = (getattr(part, half) for part in (load.positives, load.clean, load.hard))
    started = time.process_time()
    index = Index.build(load.entries, EditionUsed("accuracy"))
    built = time.process_time() - started
    cold = [query.text for query in clean if workload.is_latin(query.text)]
    report = Report(half, index.names, len(load.entries), len(cold), speed=speed_figures(index, cold, built))
    report.workload, report.engine = fingerprint.of_workload(load), fingerprint.of_engine()
    entries = {key_of(entry): number for number, entry in enumerate(index.entries)}
    own = Scores(*(scores_of(index.search, entries, queries) for queries in (positives, clean, hard)))
    report.recall = recall_rows(positives, clean, own)
    reference = brute_force.BruteForce(load.entries)
    shown = clean[:sample] if sample else clean
    brute = Scores(reference.own(positives), reference.best(shown), reference.best(hard[:sample] if sample else hard))
    report.brute_force = recall_rows(positives, shown, brute)
    report.speed["brute_force_names_per_second"] = reference.names_per_second
    report.notes.append(f"brute force asked {len(shown)} of {len(clean)} clean names against all {index.names} names")
    five = ALERTS_PER_THOUSAND.index(5)
    both = (report.recall[five]["threshold"], report.brute_force[five]["threshold"])
    report.classes = class_rows(positives, own, brute, both)
    report.text = text_figures(index.search_texts, entries, getattr(load.texts, half), getattr(load.planted, half))
    report.un = un_figures(index.search, entries, load, both[0])
    report.wider = wider_figures(load, both[0])
    report.organisations = organisation_figures(index.search, both[0])
    if compare:
        report.peers = list(peers.scorers(load.entries, positives, clean, _peer_row))
        report.peers.append(
            peers.nomenklatura(
                load.entries,
                positives,
                clean,
                lambda query: [entries[key_of(hit.entry)] for hit in index.search([query.text], FLOOR)[0]],
                _peer_row,
            )
        )
    return report


def _cells(row: Mapping[str, Any]) -> list[str]:
    shares = (row["micro"], row["macro"], row["non_latin"])
    rates = (row["hard_per_thousand"], row["non_latin_clean_per_thousand"])
    return [*(f"{share:.3f}" for share in shares), *(f"{number:.0f}" for number in rates)]


def show(report: Report, console: Console) -> None:
    """Print the report for a person."""
    console.print(
        f"\n[bold]Accuracy, {report.half} half[/]: {report.list_names:,} listed names of {report.list_entries:,} "
        f"entries; {report.clean_latin:,} clean Latin names set the thresholds."
    )
    for title, rows in (("engine", report.recall), ("brute force (token_sort_ratio)", report.brute_force)):
        table = Table(*HEADINGS, title=title)
        for row in rows:
            table.add_row(f"{row['alerts_per_thousand']}", f"{row['threshold']:.4f}", *_cells(row))
        console.print(table)
    classes = Table("class", "names", "engine", "brute force", title="recall by class at 5 alerts per 1,000")
    for kind, row in report.classes.items():
        classes.add_row(kind, f"{row['names']:.0f}", f"{row['recall']:.2f}", f"{row['brute_force']:.2f}")
    console.print(classes)
    text, un, speed = report.text, report.un, report.speed
    console.print(
        f"names in texts: recall {text['micro']:.3f} at {TEXTS_PER_THOUSAND} alerts per 1,000 texts (threshold "
        f"{text['threshold']:.4f}) {', '.join(f'{kind} {share:.2f}' for kind, share in text['by_class'].items())}\n"
        f"UN names at the engine's 5 per 1,000: untreated {un['untreated']:.3f}, treated {un['treated']:.3f}\n"
        f"speed per core: {speed['names_per_second_cold']:,.0f} names/s cold, {speed['names_per_second_warm']:,.0f} "
        f"warm (batches of {BATCH}); brute force {speed['brute_force_names_per_second']:,.0f}; index built in "
        f"{speed['build_s']:.1f} s; {speed['memory_mb']:,.0f} MB with lists and index"
    )
    for kind, row in report.wider.items():
        console.print(f"wider set, {kind}: recall {row['recall']:.3f} of {row['names']:,} names nobody looked at")
    for script, row in report.organisations["scripts"].items():
        console.print(
            f"honest organisations, {script}: {row['unseen']:.0f} of 1,000 alert ({row['names_unseen']} names)"
        )
    for peer in report.peers:
        console.print(
            peer.get("note")
            or f"{peer['scorer']}: recall {peer['micro']:.3f} (macro {peer['macro']:.3f}) at 5 per 1,000 of "
            f"{peer['clean']:,} clean names; {peer['names_per_second']:,.0f} names/s"
        )
    for note in report.notes:
        console.print(f"[dim]{note}[/]")


def main() -> int:
    """Parse the command line, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--json", action="store_true", help="one JSON object instead of tables")
    parser.add_argument("--half", choices=("reporting", "tuning"), default="reporting")
    parser.add_argument("--all-lists", action="store_true", help="all EU names too: about 79,000 names")
    parser.add_argument("--sample", type=int, default=0, help="clean names for brute force; 0 for all")
    parser.add_argument("--peers", action="store_true", help="other scorers too: two or three minutes more")
    parser.add_argument("--write", action="store_true", help=f"keep the report as {PAGE.name}")
    options = parser.parse_args()
    if not (SHARED / "data").is_dir():
        print(f"Accuracy needs the real lists and names, and {SHARED} is not there: set $PAYMENT_FILTER_SHARED.")
        return 1
    report = measure(options.half, everything=options.all_lists, sample=options.sample, compare=options.peers)
    if options.write:
        PAGE.write_text(page(asdict(report)))
    if options.json:
        print(json.dumps(asdict(report)))
    else:
        show(report, Console())
    return 0


if __name__ == "__main__":
    sys.exit(main())
