"""Seeded distortions of an edition's own names, asked of an index: what share finds its own entry.

Names are chosen by the hash of what they are and not by their place, so that two editions are asked nearly the same
questions, and the figures of one edition are the same everywhere.
"""

from __future__ import annotations

import hashlib
import heapq
import random
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from lists.entry import EntryKind, Strength
from lists.listed import THINGS
from lists.mutations import ANYONE, MUTATIONS, ORGANISATION, PERSON, THING, mutate_until

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from lists.entry import Entry
    from lists.index import Index

QUESTIONS_PER_LIST: Final = 1_500
_BATCH: Final = 384


@dataclass(frozen=True, slots=True)
class Question:
    """A distorted name, the class of its distortion, and whose name it is."""

    list: str
    reference: str
    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Recall:
    """How many questions there were and how many found their own entry, by class of distortion."""

    asked: Mapping[str, int]
    found: Mapping[str, int]

    @property
    def questions(self) -> int:
        """All classes together."""
        return sum(self.asked.values())

    @property
    def share(self) -> float:
        """0..1; 1 where nothing was asked."""
        return sum(self.found.values()) / self.questions if self.questions else 1.0


def questions(entries: Sequence[Entry], most: int = QUESTIONS_PER_LIST) -> list[Question]:
    """At most so many questions for each list, about Latin names that are not weak; the same for the same entries."""
    by_list: defaultdict[str, list[tuple[str, Entry, str]]] = defaultdict(list)
    for entry in entries:
        for name in entry.names:
            if name.script == "latn" and name.strength is not Strength.WEAK:
                by_list[entry.list].append((_lot(entry, name.text), entry, name.text))
    asked: list[Question] = []
    for _list, names in sorted(by_list.items()):
        drawn = heapq.nsmallest(2 * most, names, key=lambda one: one[0])
        asked += [question for lot, entry, name in drawn if (question := _distorted(lot, entry, name)) is not None][
            :most
        ]
    return asked


def recall(index: Index, asked: Iterable[Question], threshold: float) -> dict[str, Recall]:
    """Ask them all: recall by list. A question whose entry the index does not hold is not asked."""
    held = {(entry.list, entry.reference) for entry in index.entries}
    asked = [question for question in asked if (question.list, question.reference) in held]
    counts: defaultdict[str, defaultdict[str, int]] = defaultdict(lambda: defaultdict(int))
    hits: defaultdict[str, defaultdict[str, int]] = defaultdict(lambda: defaultdict(int))
    for start in range(0, len(asked), _BATCH):
        batch = asked[start : start + _BATCH]
        for question, found in zip(batch, index.search([one.text for one in batch], threshold), strict=True):
            own = any((hit.entry.list, hit.entry.reference) == (question.list, question.reference) for hit in found)
            counts[question.list][question.kind] += 1
            hits[question.list][question.kind] += own
    return {name: Recall(dict(counts[name]), dict(hits[name])) for name in sorted(counts)}


def _lot(entry: Entry, name: str) -> str:
    return hashlib.sha256(f"{entry.list}\0{entry.reference}\0{name}".encode()).hexdigest()


def _distorted(lot: str, entry: Entry, name: str) -> Question | None:
    """The class is drawn by weight among those that suit the kind of entry; None where it finds nothing to distort."""
    dice = random.Random(lot)  # noqa: S311 - seeded by what is asked, so that every run asks the same
    kinds = _KINDS[entry.kind]
    kind = dice.choices(kinds, [MUTATIONS[one][1] for one in kinds])[0]
    text = mutate_until(name, MUTATIONS[kind][2], dice)
    return None if text is None else Question(entry.list, entry.reference, kind, text)


def _suiting(kind: EntryKind) -> list[str]:
    sort = PERSON if kind is EntryKind.PERSON else THING if kind in THINGS else ORGANISATION
    return [name for name, (suits, _weight, _mutation) in MUTATIONS.items() if suits in {sort, ANYONE}]


_KINDS: Final = {kind: _suiting(kind) for kind in EntryKind}
