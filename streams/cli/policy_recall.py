"""What a policy's thresholds find: by the shipped measure, or on the edition and the names a bank gives."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lists.edge.mutation_run import questions
from lists.measured import NAMES, TEXTS, alerts_at, row_at
from lists.policy import ScreenedField
from lists.thresholds import floors, threshold_for
from streams.screening_guards import thresholds_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from lists.index import Hit, Index
    from lists.measured import Table
    from lists.policy import ScreeningPolicy

_BATCH = 384
_SHOWN = tuple(step / 100 for step in range(55, 100, 5))
_LEAST_IN_CLASS = 20


@dataclass(frozen=True, slots=True)
class Found:
    """Of one list's distorted names: how many were asked, how many found their entry, and the weakest class."""

    list: str
    asked: int
    recall: float
    weakest: str
    weakest_recall: float


def shipped_lines(screening: ScreeningPolicy) -> Iterator[str]:
    """The shipped measure around the thresholds of a policy, which are marked."""
    for title, table, of_names in (("names", NAMES, True), ("texts", TEXTS, False)):
        asked = {value for _, value, kind in thresholds_of(screening) if kind is None or kind is of_names}
        yield f"{title:9} threshold  recall  weakest class          alerts per 1,000 clean {title}"
        yield from (_line(table, value, "*" if value in asked else " ") for value in sorted({*_SHOWN, *asked}))


def _line(table: Table, value: float, mark: str) -> str:
    row = row_at(table, value)
    weakest = f"{row.weakest_class} {row.weakest:.3f}"
    return f"         {mark} {value:<8.3f} {row.recall:.3f}   {weakest:22} {alerts_at(table, value):.1f}"


def on_edition(index: Index, screening: ScreeningPolicy) -> list[Found]:
    """Recall of distortions of the edition's own names under this very policy, by list."""
    floor, _ = floors(screening)
    asked = questions(index.entries)
    found: defaultdict[str, defaultdict[str, list[bool]]] = defaultdict(lambda: defaultdict(list))
    for start in range(0, len(asked), _BATCH):
        batch = asked[start : start + _BATCH]
        for question, hits in zip(batch, index.search([one.text for one in batch], floor), strict=True):
            own = [hit for hit in hits if (hit.entry.list, hit.entry.reference) == (question.list, question.reference)]
            found[question.list][question.kind].append(any(_counts(hit, screening) for hit in own))
    return [_found(name, classes) for name, classes in sorted(found.items())]


def _counts(hit: Hit, screening: ScreeningPolicy) -> bool:
    return hit.score >= threshold_for(hit, ScreenedField.NAME, screening)


def _found(name: str, classes: Mapping[str, Sequence[bool]]) -> Found:
    everything = [one for answers in classes.values() for one in answers]
    shares = {kind: sum(answers) / len(answers) for kind, answers in classes.items() if len(answers) >= _LEAST_IN_CLASS}
    weakest = min(shares, key=lambda kind: shares[kind], default="")
    return Found(name, len(everything), sum(everything) / len(everything), weakest, shares.get(weakest, 0.0))


def alerts(index: Index, names: Sequence[str], screening: ScreeningPolicy) -> float:
    """How many of a thousand of these names raise an alert under this policy."""
    floor, _ = floors(screening)
    alerting = 0
    for start in range(0, len(names), _BATCH):
        answers = index.search(names[start : start + _BATCH], floor)
        alerting += sum(any(_counts(hit, screening) for hit in hits) for hits in answers)
    return 1000 * alerting / len(names)
