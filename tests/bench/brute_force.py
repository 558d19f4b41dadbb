"""What a list of names and a loop can do: scorers of rapidfuzz, every question with every listed name."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from anyascii import anyascii
from rapidfuzz import fuzz
from rapidfuzz.distance import JaroWinkler
from rapidfuzz.process import cdist
from rapidfuzz.utils import default_process

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lists.entry import Entry
    from tests.bench.workload import Query

_CHUNK = 256
_CUTOFF = 0.5
"""Scores below are counted as 0; no threshold of interest lies there."""


def plain(name: str) -> str:
    """A name in lower-case Latin letters, which is more than a plain loop does."""
    return default_process(anyascii(name))


def sorted_tokens(name: str) -> str:
    """A name as token_sort_ratio compares it."""
    return " ".join(sorted(plain(name).split()))


@dataclass(frozen=True, slots=True)
class Scorer:
    """One of rapidfuzz's scorers: how names are prepared for it, and its highest score."""

    prepare: Callable[[str], str]
    compare: Any
    highest: float


SCORERS = {
    # token_sort_ratio is the plain ratio of names whose words are sorted.
    "token_sort_ratio": Scorer(sorted_tokens, fuzz.ratio, 100),
    "token_set_ratio": Scorer(plain, fuzz.token_set_ratio, 100),
    "WRatio": Scorer(plain, fuzz.WRatio, 100),
    "Jaro-Winkler, words sorted": Scorer(sorted_tokens, JaroWinkler.normalized_similarity, 1),
}


class BruteForce:
    """All listed names, compared by one scorer; scores 0..1."""

    def __init__(self, entries: Sequence[Entry], scorer: str = "token_sort_ratio") -> None:
        self._scorer = SCORERS[scorer]
        self._by_entry: dict[int, list[str]] = defaultdict(list)
        self._owners: dict[str, list[int]] = defaultdict(list)
        for number, entry in enumerate(entries):
            for name in dict.fromkeys(self._scorer.prepare(name.text) for name in entry.names):
                self._by_entry[number].append(name)
                self._owners[name].append(number)
        self._names = list(self._owners)
        self.names_per_second = 0.0

    def _matrices(self, queries: Sequence[Query]) -> Any:
        for start in range(0, len(queries), _CHUNK):
            asked = [self._scorer.prepare(query.text) for query in queries[start : start + _CHUNK]]
            cutoff = _CUTOFF * self._scorer.highest
            yield cdist(
                asked, self._names, scorer=self._scorer.compare, score_cutoff=cutoff, dtype=np.float32, workers=1
            )

    def best(self, queries: Sequence[Query]) -> list[float]:
        """The best score of any listed name; measures the speed in time of one core."""
        started = time.process_time()
        scores: list[float] = []
        for matrix in self._matrices(queries):
            scores += (matrix.max(axis=1) / self._scorer.highest).tolist()
        self.names_per_second = len(queries) / (time.process_time() - started)
        return scores

    def nearest(self, queries: Sequence[Query], most: int) -> list[list[int]]:
        """The entries of the names most like each question."""
        found: list[list[int]] = []
        for matrix in self._matrices(queries):
            found += [
                list(dict.fromkeys(owner for name in row for owner in self._owners[self._names[name]]))
                for row in np.argpartition(-matrix, most, axis=1)[:, :most]
            ]
        return found

    def own(self, queries: Sequence[Query]) -> list[float]:
        """The best score among the names of a query's own entry."""
        return [
            max(self._scorer.compare(asked, name) for name in self._by_entry[query.entry]) / self._scorer.highest
            for query, asked in ((query, self._scorer.prepare(query.text)) for query in queries)
        ]
