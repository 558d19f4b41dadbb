"""Names that surely are nobody's on the lists, told apart in C: nearly all of them. The others are asked in Python.

What is left is asked again by lists.index, which alone answers: nothing here can add to an answer or change one. Only,
no name may be lost that scores the floor (tests/lists/test_sieve.py).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np

from lists import compare, score
from lists.compiled import engine_for
from lists.fathers import FATHER_SHARE, kinds_of
from lists.memory import MOST
from lists.names import (
    REJOINING,
    TOKENS_MAX,
    WORD_LETTERS_MAX,
    abd_parts,
    generic_tokens,
    repaired_legal_word,
    with_generic_forms,
)
from lists.question import (
    CUT_LETTERS,
    JOIN_LETTERS,
    LETTERS_MAX,
    READING_RULES,
    SPLIT_LETTERS,
    all_readings,
    cut,
    in_latin,
    is_long,
)
from lists.rarity import CUT_LEGAL_WORD_BITS, TELLING_BITS, begins_legal_word
from lists.score import WEIGHTS
from lists.similarity import INITIAL_BITS_MAX, INITIAL_SIMILARITY, POWER

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import numpy.typing as npt

    from lists.candidates import Candidates
    from lists.compiled import Engine
    from lists.expansion import Expander
    from lists.listed import Columns
    from lists.rarity import Rarity

_MARGIN: Final = 0.0001
"""Scores are rounded to four digits before they are compared with a floor: half of this is what rounding may add."""

_REWRITTEN, _CUT_LEGAL_WORD, _BEGINS_A_WORD = 1, 2, 4
_KINDS = 3
"""Above these flags, from this place on, stand those of lists.fathers."""

CUT_RULES: Final = (READING_RULES, REJOINING, WORD_LETTERS_MAX)
"""What lists/compiled/names.h repeats: which names are cut into words at their blanks and nowhere else."""


def sieve_rules() -> npt.NDArray[np.float64]:
    """The numbers of the rules, in the order of SieveRules in compiled/sieve.h."""
    weights = WEIGHTS
    cutting = (TOKENS_MAX, LETTERS_MAX, JOIN_LETTERS, CUT_LETTERS[0], CUT_LETTERS[-1], CUT_LEGAL_WORD_BITS)
    aligning = (
        *(POWER, TELLING_BITS, INITIAL_SIMILARITY, INITIAL_BITS_MAX, compare.INITIAL_MISSING_SHARE),
        *(compare.LETTER_MISSING_SHARE, compare.CUT_LETTERS, FATHER_SHARE),
    )
    judging = (
        *(score.LEFTOVER_BITS, score.WEAKEST, score.CONTAINED_EXTRA_BITS),
        *(weights.missing, weights.missing_of_person, weights.extra, weights.evidence_bits, weights.whole),
        *(weights.rest, weights.rest_power, weights.rest_alike, weights.single, weights.lone, weights.lone_near_long),
        *(weights.lone_near, weights.lone_near_short, weights.weak, weights.weak_lone, weights.thing),
        *(weights.contained, weights.contained_bits, weights.contained_evidence_bits),
        *(score.LONG_WORD, score.SHORT_WORD, 2.0),
    )
    return np.array((*cutting, *aligning, *judging), np.float64)


class Sieve:
    """Names in, numbers of those that may score the floor out. Made by `sieve_of`."""

    def __init__(self, engine: Engine, expander: Expander, rarity: Rarity) -> None:
        self._engine = engine
        self._expander = expander
        self._rarity = rarity

    def left(self, names: Sequence[str], floor: float) -> list[int]:
        """Give the places of the names that somebody listed may score `floor` with, ascending."""
        left: list[int] = self.batch(names).left(floor - _MARGIN)
        return left

    def batch(self, names: Sequence[str]) -> Any:
        """Read names: cut into words, and all that is to be known of these is known."""
        batch = self._engine.batch([*names])
        self._learn(batch.unknown())
        odd = batch.odd(with_generic_forms(batch.lines()))
        if odd:
            for number, line in odd:
                if line is None:
                    _cut(batch, number, names[number])
                else:
                    batch.add(number, line.split(), generic_tokens(line)[:TOKENS_MAX])
            self._learn(batch.unknown())
        for word in batch.beginnings():
            self._engine.learn_beginning(word, self._expander.begun(word))
        return batch

    def meant(self, word: str) -> dict[int, float] | None:
        """Give what a word was found to stand for; None where it was in no name of late."""
        meant: dict[int, float] | None = self._engine.meant(word)
        return meant

    def _learn(self, words: Iterable[str]) -> None:
        self._expander.look_up(words, ())
        for word in words:
            self._learn_word(word)

    def _learn_word(self, word: str) -> None:
        """Tell what a word may stand for; the words it may be two of are told too."""
        expander = self._expander
        halves = expander.halves(word) if len(word) >= SPLIT_LETTERS else None
        for half in halves or ():
            self._learn_word(half)
        flags = kinds_of(word) << _KINDS
        if repaired_legal_word(word) != word or abd_parts(word) != (word,):
            flags |= _REWRITTEN
        if begins_legal_word(word) and not expander.knows(word):
            flags |= _CUT_LEGAL_WORD
        if halves and expander.begins_a_word(word):
            flags |= _BEGINS_A_WORD
        meant = expander.meant(word)
        self._engine.learn(word, self._rarity.asked(word), flags, len(halves[0]) if halves else 0, meant)


def _cut(batch: Any, number: int, name: str) -> None:
    """Cut a name that is not simple, all its readings; what is asked for by other letters than Latin ones is kept."""
    if is_long(name) or not in_latin(name):
        batch.keep(number)
        return
    for reading in all_readings(name):
        _, plain, tokens = cut(reading)
        batch.add(number, plain, tokens)


def sieve_of(
    columns: Columns, candidates: Candidates, matrix: Engine | None, expander: Expander, rarity: Rarity
) -> Sieve | None:
    """Make the sieve of an index; None where the Python answers alone."""
    engine = engine_for(CUT_RULES, "CUT_RULES")
    words = expander.compiled_words
    if matrix is None or engine is None or words is None:
        return None
    listed = (columns.starts, columns.words, columns.by_alphabet, columns.flags, columns.bits, columns.totals)
    sieve = engine.Sieve(words, matrix, listed, columns.exact, candidates.rules, sieve_rules(), MOST)
    return Sieve(sieve, expander, rarity)
