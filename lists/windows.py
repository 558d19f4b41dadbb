"""A text as windows of words, and which listed names each window could hold: only these are placed word by word."""

from __future__ import annotations

import functools
from itertools import pairwise
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from lists.candidates import sparse_questions
from lists.expanded import NOTHING, best_weights
from lists.names import tokenize
from lists.tables import WORDS

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Sequence

    import numpy.typing as npt
    from scipy import sparse

    from lists.compiled import Engine
    from lists.expanded import Expansion
    from lists.expansion import Expander
    from lists.listed import ListedNames

WINDOW: Final = 14
OVERLAP: Final = 6
LETTERS_MAX: Final = 20_000
"""Letters of one text that are searched; a message format allows far fewer (lists.screen says where more stood)."""

EXACT_BITS: Final = 14.0
"""Two common words side by side (a bank for development) are met by chance."""

JOIN_LETTERS: Final = range(5, 25)
NUMBER_LETTERS: Final = 3
_SPLIT_LETTERS: Final = 8
_SHARE_MIN: Final = 0.60
_BITS_MIN: Final = 9.5
_CANDIDATES_MAX: Final = 60
_BATCH: Final = 256

FREE_BITS: Final = 8.0
EVIDENCE_BITS: Final = 11.0
LETTER_SHARE: Final = 0.7
MARGIN: Final = 0.001
"""The bound on a score is worked out in shorter numbers."""

_STEPS: Final = 8
_SURPLUS = np.maximum((np.arange(1, 513) / _STEPS - FREE_BITS) / EVIDENCE_BITS, 0)
_EVIDENCE_BOUND = np.sqrt(1 - np.exp(-_SURPLUS)).astype(np.float32)
"""What matched bits prove, by eighths, rounded up: a table, because vector exponentials differ between machines."""


class Window(NamedTuple):
    """Words in a row of one text, and what each place may stand for."""

    text: int
    tokens: Sequence[str]
    expansions: Sequence[tuple[int, Expansion]]


def windows_of(texts: Sequence[str], expander: Expander, ordinary: Collection[str]) -> list[Window]:
    """Cut texts into overlapping windows of telling words; words of payment references and numbers are left out.

    The words of all texts are looked up together.
    """
    words = [[token for token in tokenize(text[:LETTERS_MAX]) if _telling(token)] for text in texts]
    expander.look_up(
        (token for tokens in words for token in tokens if not only_exactly(token, ordinary)),
        (left + right for tokens in words for _, left, right in _neighbours(tokens)),
    )
    return [window for number, tokens in enumerate(words) for window in _windows(tokens, number, expander, ordinary)]


def _windows(words: Sequence[str], number: int, expander: Expander, ordinary: Collection[str]) -> Iterable[Window]:
    tokens = [part for token in words for part in halves(token, expander, ordinary)]
    if not tokens:
        return
    starts = [0] if len(tokens) <= WINDOW else range(0, len(tokens) - OVERLAP, WINDOW - OVERLAP)
    for start in starts:
        part = tokens[start : start + WINDOW]
        yield Window(number, part, _expansions(part, expander, ordinary))


def _telling(token: str) -> bool:
    if token.isalpha() or len(token) <= NUMBER_LETTERS:
        return True
    return sum(map(str.isdigit, token)) <= len(token) // 2


def only_exactly(token: str, ordinary: Collection[str]) -> bool:
    """Say whether a word is so common in payment texts that a near spelling of it means nothing."""
    return len(token) == 1 or token in ordinary or token in WORDS.text_words


def halves(token: str, expander: Expander, ordinary: Collection[str]) -> Sequence[str]:
    """Part a long unknown word that is two listed ones."""
    if len(token) < _SPLIT_LETTERS or token in ordinary or expander.stands_for_a_word(token):
        return (token,)
    return expander.split(token) or (token,)


def _expansions(tokens: Sequence[str], expander: Expander, ordinary: Collection[str]) -> list[tuple[int, Expansion]]:
    found = [
        (place, expander.exactly(token) if only_exactly(token, ordinary) else expander.of_word(token))
        for place, token in enumerate(tokens)
    ]
    found += [(place, expander.of_joined(left + right)) for place, left, right in _neighbours(tokens)]
    return [(place, expansion) for place, expansion in found if expansion is not NOTHING]


def _neighbours(tokens: Sequence[str]) -> Iterable[tuple[int, str, str]]:
    """Give the neighbours that may be one word written as two, and the place of the first."""
    for place, (left, right) in enumerate(pairwise(tokens)):
        if left in WORDS.text_words or right in WORDS.text_words:
            continue
        if len(left) + len(right) in JOIN_LETTERS and left.isalpha() and right.isalpha():
            yield place, left, right


class Bounds:
    """What each listed name needs to be found in a text: a bound on its score, so that few are placed word by word.

    `strongest(windows, floor)` gives each window the names it may hold: most of their bits, and enough to score
    `floor`; those with most bits first, then by number. `rules` are what a compiled core is handed.
    """

    def __init__(self, names: ListedNames, matrix: sparse.csr_matrix[np.float32], engine: Engine | None) -> None:
        self._matrix = matrix
        totals = names.columns.totals.astype(np.float32)
        missing_letters = names.bits_of_letters().astype(np.float32) * np.float32(1 - LETTER_SHARE)
        self._totals = totals - missing_letters
        self._least = np.maximum(totals * np.float32(_SHARE_MIN), np.float32(_BITS_MIN))
        self.rules = (self._least, self._totals, _EVIDENCE_BOUND, _STEPS, EXACT_BITS - MARGIN, 1 - MARGIN)
        compiled = functools.partial(engine.windows, *self.rules, _CANDIDATES_MAX) if engine else None
        self._strongest: Callable[[float, Sequence[Window]], list[list[int]]] = compiled or self._strongest_in_python

    def strongest(self, windows: Sequence[Window], floor: float) -> Iterable[tuple[Window, list[int]]]:
        """Give the windows that may hold names, with the numbers of these."""
        for start in range(0, len(windows), _BATCH):
            batch = windows[start : start + _BATCH]
            for window, numbers in zip(batch, self._strongest(floor - MARGIN, batch), strict=True):
                if numbers:
                    yield window, numbers

    def _strongest_in_python(self, floor: float, windows: Sequence[Window]) -> list[list[int]]:
        """Multiply, bound, choose; compiled/candidates.h does the same."""
        best = [[best_weights([expansion for _, expansion in window.expansions])] for window in windows]
        product = sparse_questions(best, self._matrix.shape[0]) @ self._matrix
        worth = np.flatnonzero(self._reached(product.indices, product.data, np.float32(floor)))
        names, matched = product.indices[worth], product.data[worth]
        ends = np.searchsorted(worth, product.indptr).tolist()
        return [_most_bits(names[first:last], matched[first:last]) for first, last in pairwise(ends)]

    def _reached(
        self, names: npt.NDArray[np.int32], matched: npt.NDArray[np.float32], floor: np.float32
    ) -> npt.NDArray[np.bool_]:
        """Say which names could score `floor` with so many matched bits at best."""
        share = np.minimum(matched / self._totals[names], np.float32(1))
        steps = np.minimum(matched * np.float32(_STEPS), len(_EVIDENCE_BOUND) - 1).astype(np.int32)
        exact = (matched >= np.float32(EXACT_BITS - MARGIN)) & (share >= np.float32(1 - MARGIN))
        reached: npt.NDArray[np.bool_] = (exact | (share * _EVIDENCE_BOUND[steps] >= floor)) & (
            matched >= self._least[names]
        )
        return reached


def _most_bits(names: npt.NDArray[np.int32], matched: npt.NDArray[np.float32]) -> list[int]:
    """Keep the names with most bits; ties by number, so that nothing depends on the order of a product."""
    order = np.lexsort((names, -matched))[:_CANDIDATES_MAX]
    return [int(name) for name in names[order]]
