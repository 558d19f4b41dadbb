"""Which listed names could score well: one sparse product for many questions, then a bound on the score, vectorised."""

from __future__ import annotations

from functools import partial
from itertools import pairwise
from typing import TYPE_CHECKING, Final

import numpy as np
from scipy import sparse

from lists.score import WEIGHTS

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import numpy.typing as npt

    from lists.asked import Question
    from lists.compiled import Engine
    from lists.expanded import Expansion

MOST: Final = 24
"""Names of one question that are aligned."""

CUT: Final = 0.46
"""A name is aligned only if the score it could reach at best is at least this."""

_LENIENCE: Final = 0.8
"""The bound takes only so much of what missing and extra words will cost: the product sees no joins of leftovers."""

_NO_IDS: Final = np.zeros(0, np.int32)
_NO_WEIGHTS: Final = np.zeros(0, np.float32)

_STEPS: Final = 8
_BITS = np.arange(512) / _STEPS
_EVIDENCE = (1 - np.exp(-_BITS / WEIGHTS.evidence_bits)).astype(np.float32)
_SURPLUS = np.maximum(_BITS - WEIGHTS.contained_bits, 0) / WEIGHTS.contained_evidence_bits
_CONTAINED = (WEIGHTS.contained * (1 - np.exp(-_SURPLUS))).astype(np.float32)
"""Factors of lists.score by matched bits in eighths: tables, because vector exponentials differ between machines."""

_LEAST_MISSING: Final = min(WEIGHTS.missing * _LENIENCE, WEIGHTS.missing_of_person)
_MISSING: Final = np.float32(_LEAST_MISSING)
_EXTRA: Final = np.float32(WEIGHTS.extra * _LENIENCE)
_LEAST_SHARE: Final = CUT * _LEAST_MISSING / (1 - CUT + CUT * _LEAST_MISSING)
"""With a smaller share of its bits no name reaches the cut, whatever else holds: most pairs end here."""


class Candidates:
    """The matrix of listed names (words by names, bits) and the sums of its columns.

    `of` gives each question the numbers of the names that could score well, ascending.
    """

    def __init__(self, matrix: sparse.csr_matrix[np.float32], totals: Sequence[float], engine: Engine | None) -> None:
        self._matrix = matrix
        self._totals: npt.NDArray[np.float32] = np.array(totals, np.float32)
        least_bits = float(_BITS[np.argmax(_EVIDENCE >= CUT)]) - 1 / _STEPS
        self._least = np.maximum(self._totals * np.float32(_LEAST_SHARE * 0.999), np.float32(least_bits))
        self.rules = (self._totals, self._least, _EVIDENCE, _CONTAINED, _STEPS, _MISSING, _EXTRA, CUT, MOST)
        compiled = partial(engine.names, *self.rules) if engine else None
        self.of: Callable[[Sequence[Question]], list[list[int]]] = compiled or self._of_in_python

    def _of_in_python(self, questions: Sequence[Question]) -> list[list[int]]:
        """Multiply, bound, choose; compiled/candidates.h does the same."""
        expansions = [question.expansions for question in questions]
        product = sparse_questions(expansions, self._matrix.shape[0]) @ self._matrix
        worth = np.flatnonzero(product.data >= self._least[product.indices])
        names, matched = product.indices[worth], product.data[worth]
        rows = np.searchsorted(product.indptr, worth, side="right") - 1
        asked = np.array([question.total for question in questions], np.float32)[rows]
        best = _bound(matched, self._totals[names], asked)
        kept = np.flatnonzero(best >= np.float32(CUT))
        ends = np.searchsorted(rows[kept], np.arange(len(questions) + 1)).tolist()
        return [_top(names[kept[a:b]], best[kept[a:b]]) for a, b in pairwise(ends)]


def sparse_questions(questions: Sequence[Sequence[Expansion]], words: int) -> sparse.csr_matrix[np.float32]:
    """Give one row a question: the weights of the words it may stand for."""
    expansions = [expansion for question in questions for expansion in question]
    sizes = [sum(len(expansion.ids) for expansion in question) for question in questions]
    return sparse.csr_matrix(
        (
            np.concatenate([*(expansion.weights for expansion in expansions), _NO_WEIGHTS]),
            np.concatenate([*(expansion.ids for expansion in expansions), _NO_IDS]),
            np.concatenate(([0], np.cumsum(sizes))).astype(np.int32),
        ),
        shape=(len(questions), words),
    )


def _bound(
    matched: npt.NDArray[np.float32], totals: npt.NDArray[np.float32], asked: npt.NDArray[np.float32]
) -> npt.NDArray[np.float32]:
    """Give the score each pair could reach at best: by its words, or as a name inside a longer field."""
    matched = np.minimum(matched, totals)
    extra = _EXTRA * np.maximum(asked - matched, np.float32(0))
    best = matched / (matched + _MISSING * (totals - matched) + extra)
    steps = np.minimum(matched * _STEPS, len(_EVIDENCE) - 1).astype(np.int32)
    bound: npt.NDArray[np.float32] = np.maximum(best * _EVIDENCE[steps], (matched / totals) ** 2 * _CONTAINED[steps])
    return bound


def _top(names: npt.NDArray[np.int32], best: npt.NDArray[np.float32]) -> list[int]:
    """Keep the most promising names; ties by number, so that nothing depends on the order of a product."""
    if len(names) > MOST:
        names = names[np.lexsort((names, -best))[:MOST]]
    return sorted(names.tolist())
