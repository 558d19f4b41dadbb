"""What a word may stand for: listed words, each with a similarity."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from lists.similarity import POWER

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    import numpy.typing as npt

STRICT: Final = 0.93
"""What is at least so alike is almost the same word."""


class Expansion(NamedTuple):
    """Listed words by id with their similarity; the arrays hold the same, to the POWER, for the matrix product."""

    similarity: Mapping[int, float]
    ids: npt.NDArray[np.int32]
    weights: npt.NDArray[np.float32]


NOTHING: Final = Expansion({}, np.zeros(0, np.int32), np.zeros(0, np.float32))


def expansion_of(similarity: Mapping[int, float]) -> Expansion:
    """Put similarities into arrays; none are always NOTHING itself, which questions leave out."""
    if not similarity:
        return NOTHING
    count = len(similarity)
    weights = np.fromiter(similarity.values(), np.float64, count) ** POWER
    return Expansion(similarity, np.fromiter(similarity, np.int32, count), weights.astype(np.float32))


def raise_to(best: dict[int, float], found: Iterable[tuple[int, float]]) -> None:
    """Keep of each listed word the best similarity."""
    for number, alike in found:
        if alike > best.get(number, 0.0):
            best[number] = alike


def strict(expansion: Expansion) -> Expansion:
    """Keep only what is almost the same word: syllables of Korean and Chinese names are short and alike."""
    return expansion_of({number: alike for number, alike in expansion.similarity.items() if alike >= STRICT})


def either(expansions: Sequence[Expansion]) -> Expansion:
    """Take words for all they may stand for in several readings, each time the best: counted once, not twice."""
    if len(expansions) == 1:
        return expansions[0]
    best: dict[int, float] = {}
    for expansion in expansions:
        raise_to(best, expansion.similarity.items())
    return expansion_of(best)


def best_weights(expansions: Sequence[Expansion]) -> Expansion:
    """Give for each listed word the best weight any of these gives it, by ascending id."""
    ids = np.concatenate([NOTHING.ids, *(expansion.ids for expansion in expansions)])
    weights = np.concatenate([NOTHING.weights, *(expansion.weights for expansion in expansions)])
    order = np.lexsort((-weights, ids))
    ids, weights = ids[order], weights[order]
    first = np.diff(ids, prepend=-1) != 0
    return Expansion({}, ids[first], weights[first])
