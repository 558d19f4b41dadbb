"""The last gate of an edition: its own names, asked of its own index, must be found."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lists.entry import Strength
from lists.index import Index

if TYPE_CHECKING:
    from lists.edge.editions import LoadedEdition
    from lists.entry import Entry, ListedName

_SAMPLE = 2_000
_LEAST_FOUND = 0.995


def self_match(edition: LoadedEdition, floor: float) -> list[str]:
    """Ask a sample of the lists' own strong names, spread evenly over the edition; a problem for each list that fails.

    An edition whose names are not found at the policy's threshold would let its own parties pass.
    """
    index = Index.build(edition.entries, edition.edition)
    named = [(entry, name) for entry in edition.entries for name in entry.names if name.strength is not Strength.WEAK]
    sample = named[:: max(1, len(named) // _SAMPLE)]
    hits = index.search([name.text for _entry, name in sample], floor)
    asked: dict[str, int] = {}
    missed: dict[str, list[tuple[Entry, ListedName]]] = {}
    for (entry, name), found in zip(sample, hits, strict=True):
        asked[entry.list] = asked.get(entry.list, 0) + 1
        if not any(hit.entry is entry for hit in found):
            missed.setdefault(entry.list, []).append((entry, name))
    return [
        f"{list_id}: {len(names):,} of {asked[list_id]:,} of its own names are not found at {floor:.2f}, the first"
        f" {names[0][1].text!r} of {names[0][0].reference}: the names are damaged, or the threshold is too high"
        for list_id, names in missed.items()
        if len(names) > (1 - _LEAST_FOUND) * asked[list_id]
    ]
