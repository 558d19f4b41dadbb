"""What a list of names and a loop can do: rapidfuzz's token_sort_ratio of every question with every listed name."""

from __future__ import annotations

import time
from collections import defaultdict
from typing import TYPE_CHECKING

import numpy as np
from anyascii import anyascii
from rapidfuzz import fuzz
from rapidfuzz.process import cdist
from rapidfuzz.utils import default_process

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lists.entry import Entry
    from tests.bench.workload import Query

_CHUNK = 256
_CUTOFF = 50
"""Scores below are counted as 0; no threshold of interest lies there."""


def sorted_tokens(name: str) -> str:
    """A name as token_sort_ratio compares it, but in Latin letters first, which is more than a plain loop does."""
    return " ".join(sorted(default_process(anyascii(name)).split()))


class BruteForce:
    """All listed names, words sorted; token_sort_ratio is the plain ratio of such names."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        self._names = list(dict.fromkeys(sorted_tokens(name.text) for entry in entries for name in entry.names))
        self._by_entry: dict[int, list[str]] = defaultdict(list)
        for number, entry in enumerate(entries):
            self._by_entry[number] = [sorted_tokens(name.text) for name in entry.names]
        self.names_per_second = 0.0

    def best(self, queries: Sequence[Query]) -> list[float]:
        """The best score of any listed name, 0..1; measures the speed in time of one core."""
        started = time.process_time()
        scores: list[float] = []
        for start in range(0, len(queries), _CHUNK):
            asked = [sorted_tokens(query.text) for query in queries[start : start + _CHUNK]]
            matrix = cdist(asked, self._names, scorer=fuzz.ratio, score_cutoff=_CUTOFF, dtype=np.float32, workers=1)
            scores += (matrix.max(axis=1) / 100).tolist()
        self.names_per_second = len(queries) / (time.process_time() - started)
        return scores

    def own(self, queries: Sequence[Query]) -> list[float]:
        """The best score among the names of a query's own entry, 0..1."""
        return [
            max(fuzz.ratio(sorted_tokens(query.text), name) for name in self._by_entry[query.entry]) / 100
            for query in queries
        ]
