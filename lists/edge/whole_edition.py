"""The last gates of an edition, asked of its own index: listed names are found, as they stand and distorted."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

from lists.edge.gates import Refused
from lists.edge.mutation_run import questions, recall
from lists.entry import Strength
from lists.index import Index

if TYPE_CHECKING:
    from lists.edge.loaded import LoadedEdition
    from lists.edge.mutation_run import Recall
    from lists.entry import Entry, ListedName
    from lists.policy import ScreeningPolicy

RECALL_FLOOR: Final = 0.85
"""The least share of distorted names that must find their entry. Whole official lists reach .89 to .96."""

_SAMPLE = 2_000
_LEAST_FOUND = 0.995
_LEAST_QUESTIONS = 20
_TOLERATED_LOSS = 0.01
_DEVIATIONS = 3.0
"""A share measured on n questions errs by so many standard deviations at most: chance must not refuse a list."""


def check_edition(edition: LoadedEdition, previous: LoadedEdition | None, policy: ScreeningPolicy) -> list[Refused]:
    """Build the index of the new edition and ask it; the edition in use, where there is one, is asked the same."""
    index = Index.build(edition.entries, edition.edition)
    refused = own_names(index, policy.name_threshold)
    changed = _changed(edition, previous)
    measured = recall(index, questions(_of(edition, changed)), policy.name_threshold)
    refused += [one for name, figure in measured.items() if (one := _under_the_floor(name, figure)) is not None]
    if previous is not None:
        refused += not_found_any_more(index, previous, changed, policy.name_threshold)
    told = {one.list: one for one in reversed(refused)}  # one sentence a list: the first gate that says no
    return list(told.values())


def own_names(index: Index, floor: float) -> list[Refused]:
    """Ask a sample of the lists' own strong names, spread evenly over the edition.

    An edition whose names are not found at the policy's threshold would let its own parties pass.
    """
    named = [(entry, name) for entry in index.entries for name in entry.names if name.strength is not Strength.WEAK]
    sample = named[:: max(1, len(named) // _SAMPLE)]
    hits = index.search([name.text for _entry, name in sample], floor)
    asked: dict[str, int] = {}
    missed: dict[str, list[tuple[Entry, ListedName]]] = {}
    for (entry, name), found in zip(sample, hits, strict=True):
        asked[entry.list] = asked.get(entry.list, 0) + 1
        if not any(hit.entry == entry for hit in found):
            missed.setdefault(entry.list, []).append((entry, name))
    return [
        Refused(
            list_id,
            "own_names",
            f"{list_id}: {len(names):,} of {asked[list_id]:,} of its own names are not found at {floor:.2f}, the first"
            f" {names[0][1].text!r} of {names[0][0].reference}: the names are damaged, or the threshold is too high",
        )
        for list_id, names in missed.items()
        if len(names) > (1 - _LEAST_FOUND) * asked[list_id]
    ]


def not_found_any_more(index: Index, previous: LoadedEdition, changed: set[str], threshold: float) -> list[Refused]:
    """Ask the new index for distorted names of the edition in use, of entries both hold: it must know them as well.

    This is what sees a list whose names were damaged on their way: it still finds what is left of its own.
    """
    asked = questions(_of(previous, changed))
    now = recall(index, asked, threshold)
    kept = {(entry.list, entry.reference) for entry in index.entries}
    asked = [one for one in asked if (one.list, one.reference) in kept]
    before = recall(Index.build(previous.entries, previous.edition), asked, threshold)
    return [
        Refused(
            name,
            "recall",
            f"{name}: of distorted names of the edition in use, {figure.share:.1%} find their entry in the new one and"
            f" {before[name].share:.1%} in the old: names were damaged or left out; the edition in use stays",
        )
        for name, figure in now.items()
        if figure.questions >= _LEAST_QUESTIONS
        and figure.share < before[name].share - _TOLERATED_LOSS - _chance(figure)
    ]


def _under_the_floor(name: str, figure: Recall) -> Refused | None:
    if figure.questions < _LEAST_QUESTIONS or figure.share >= RECALL_FLOOR - _chance(figure):
        return None
    return Refused(
        name,
        "recall",
        f"{name}: {figure.share:.1%} of {figure.questions:,} distorted names of it find their entry where"
        f" {RECALL_FLOOR:.0%} must: its names are damaged, or the threshold is too high",
    )


def _chance(figure: Recall) -> float:
    return _DEVIATIONS * math.sqrt(figure.share * (1 - figure.share) / figure.questions)


def _changed(edition: LoadedEdition, previous: LoadedEdition | None) -> set[str]:
    """The lists that are new or hold other bytes than before."""
    known = {} if previous is None else {one.id: one.sha256 for one in previous.lists}
    return {one.id for one in edition.lists if known.get(one.id) != one.sha256}


def _of(edition: LoadedEdition, lists: set[str]) -> list[Entry]:
    return [entry for entry in edition.entries if entry.list in lists]
