"""How alike two words are (0..1), by spelling and by sound; and how the words of two names pair up."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple, TypeAlias

import numpy as np
from rapidfuzz.distance import OSA
from rapidfuzz.process import cdist

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    from lists.listed import ListedNames
    from lists.question import Question

SIMILAR: Final = 0.66
"""Below this two words are different words."""
POWER: Final = 1.5
"""A pair of words counts its bits times similarity to this power."""

_LONGEST: Final = 12
_EDITS_MAX: Final = 4
_SOUND_EDITS_MAX: Final = 3

# Rows: edits (insert, delete, replace, swap); columns: letters of the longer word, 0 to 12 or more.
_SPELLING = np.array(
    [
        [1.0] * 13,
        [0, 0, 0, 0.50, 0.72, 0.82, 0.86, 0.88, 0.90, 0.915, 0.925, 0.93, 0.94],
        [0, 0, 0, 0, 0, 0, 0.66, 0.72, 0.78, 0.81, 0.84, 0.86, 0.87],
        [0, 0, 0, 0, 0, 0, 0, 0, 0, 0.66, 0.70, 0.74, 0.78],
        [0.0] * 13,
    ]
)
_SAME_SOUND = {0: 0.72, 1: 0.72, 2: 0.72, 3: 0.88}
_SAME_SOUND_LONG: Final = 0.95


def _sound_table() -> npt.NDArray[np.float64]:
    """Sound keys are shorter than words, so an edit weighs as in a word one letter longer, and a little less."""
    table = np.zeros((_SOUND_EDITS_MAX + 1, _LONGEST + 1))
    for letters in range(_LONGEST + 1):
        longer = min(letters + 1, _LONGEST)
        table[0, letters] = _SAME_SOUND.get(letters, _SAME_SOUND_LONG)
        table[1, letters] = _SPELLING[1, longer] * 0.965 if letters >= 4 else 0  # noqa: PLR2004 - shorter is no evidence
        table[2, letters] = _SPELLING[2, longer] * 0.95 if letters >= 6 else 0  # noqa: PLR2004 - same
    return table


_SOUND = _sound_table()
_FIRST_LETTER_DIFFERS: Final = 0.93
_EACH_EDIT_BESIDE_SAME_SOUND: Final = 0.012
_FAR_SPELLING: Final = 0.45  # edits per letter of the longer word
_VERY_FAR_SPELLING: Final = 0.58


def similarities(word: str, sound: str, others: Sequence[str], other_sounds: Sequence[str]) -> npt.NDArray[np.float64]:
    """Compare a word with others by spelling and by sound; the better of the two, 0 where they are too far apart."""
    lengths = np.fromiter(map(len, others), np.int64, len(others))
    longer = np.maximum(lengths, len(word))
    edits = cdist([word], others, scorer=OSA.distance, score_cutoff=7, dtype=np.uint8)[0].astype(np.int64)
    heads = np.fromiter((other[:1] != word[:1] for other in others), np.bool_, len(others))
    spelling = _SPELLING[np.minimum(edits, _EDITS_MAX), np.minimum(longer, _LONGEST)]
    spelling = spelling * np.where(heads & (edits > 0), _FIRST_LETTER_DIFFERS, 1.0)
    best: npt.NDArray[np.float64] = np.maximum(spelling, _sound_similarities(sound, other_sounds, edits, longer))
    return best


def _sound_similarities(
    sound: str, others: Sequence[str], edits: npt.NDArray[np.int64], longer: npt.NDArray[np.int64]
) -> npt.NDArray[np.float64]:
    lengths = np.fromiter(map(len, others), np.int64, len(others))
    apart = cdist([sound], others, scorer=OSA.distance, score_cutoff=2, dtype=np.uint8)[0].astype(np.int64)
    apart = np.minimum(apart, _SOUND_EDITS_MAX)
    alike = _SOUND[apart, np.minimum(np.maximum(lengths, len(sound)), _LONGEST)]
    alike = alike - np.where(apart == 0, _EACH_EDIT_BESIDE_SAME_SOUND * np.maximum(0, np.minimum(edits, 4) - 1), 0)
    heads = np.fromiter((other[:1] != sound[:1] for other in others), np.bool_, len(others))
    alike = alike * np.where(heads & (apart > 0), _FIRST_LETTER_DIFFERS, 1.0)
    alike = alike * np.where((edits >= _EDITS_MAX) & (apart > 0), 0.94, 1.0)
    alike = alike * np.where(edits > _FAR_SPELLING * longer, 0.9, 1.0)
    return np.where(edits > _VERY_FAR_SPELLING * longer, 0.0, alike)


Pair: TypeAlias = tuple[float, int, int, float, float]
"""Rank, words of the question (bit mask), words of the listed name (bit mask), similarity, bits of the latter.

A plain tuple: a few are made for every candidate of every name.
"""


class Alignment(NamedTuple):
    """How the words of a question pair with those of a listed name, in bits.

    `matched` bits of the list found (weakened by similarity) of `offered` bits in the same pairs; `missing` bits of
    the list without partner; `extra` bits of the question without partner; `weakest` similarity
    of a telling pair, and how many pairs are telling.
    """

    matched: float
    offered: float
    missing: float
    extra: float
    weakest: float
    telling: int
    pairs: list[Pair]


_INITIAL_SIMILARITY: Final = 0.71
_INITIAL_BITS_MAX: Final = 5.0
_INITIAL_MISSING_SHARE: Final = 0.25
_LETTER_MISSING_SHARE: Final = 0.3
TELLING_BITS: Final = 2.0
"""Particles and legal forms have less: they never make a match."""


def align(question: Question, names: ListedNames, number: int) -> Alignment | None:
    """Pair the words of a question with those of a listed name, best first; None where no word finds a partner."""
    bits = names.bits[number]
    listed_words = tuple(enumerate(names.word_ids[number]))
    edges = [
        (bits[place] * similarity, mask, 1 << place, similarity, bits[place])
        for mask, known in question.options
        for place, word in listed_words
        if (similarity := known.get(word))
    ]
    if not edges:
        return None
    edges.sort(reverse=True)
    matched = offered = 0.0
    weakest = 1.0
    asked = listed = telling = 0
    pairs: list[Pair] = []
    for pair in edges:
        if asked & pair[1] or listed & pair[2]:
            continue
        asked |= pair[1]
        listed |= pair[2]
        matched += pair[4] * pair[3] ** POWER
        offered += pair[4]
        if pair[4] > TELLING_BITS:
            telling += 1
            weakest = min(weakest, pair[3])
        pairs.append(pair)
    alignment = Alignment(matched, offered, 0.0, 0.0, weakest, telling, pairs)
    if asked == question.all_words and listed == (1 << len(bits)) - 1:
        return alignment
    return _with_leftovers(question, names, number, asked, listed, alignment)


def nothing_aligned(question: Question, names: ListedNames, number: int) -> Alignment:
    """Give the alignment of names whose words do not meet though their letters do: glued or parted otherwise."""
    return Alignment(0.0, 0.0, names.totals[number], question.total, 1.0, 0, [])


def _with_leftovers(  # noqa: PLR0913, PLR0917 - the state of one alignment, split for length only
    question: Question, names: ListedNames, number: int, asked: int, listed: int, so_far: Alignment
) -> Alignment:
    """Pair initials with words they may stand for; count what is left over on both sides."""
    tokens, bits = names.tokens[number], names.bits[number]
    matched, offered, missing, extra, weakest, telling, pairs = so_far
    free = [place for place in range(len(tokens)) if not listed >> place & 1]
    for place, word in enumerate(question.tokens):
        if asked >> place & 1:
            continue
        partner = _initial_of(word, tokens, free)
        if partner is None:
            extra += question.bits[place]
            continue
        free.remove(partner)
        telling += 1
        if tokens[partner] == word:
            matched += bits[partner]
            offered += bits[partner]
            pairs.append((bits[partner], 1 << place, 1 << partner, 1.0, bits[partner]))
            continue
        counted = min(bits[partner], _INITIAL_BITS_MAX)
        matched += counted * _INITIAL_SIMILARITY**POWER
        offered += counted
        missing += _INITIAL_MISSING_SHARE * (bits[partner] - counted)
        pairs.append((_INITIAL_SIMILARITY * counted, 1 << place, 1 << partner, _INITIAL_SIMILARITY, counted))
    missing += sum(missing_bits(tokens[place], bits[place]) for place in free)
    return Alignment(matched, offered, missing, extra, weakest, telling, pairs)


def missing_bits(word: str, bits: float) -> float:
    """Give what a listed word without partner costs: a single letter is left out more often than not."""
    return bits * _LETTER_MISSING_SHARE if len(word) == 1 else bits


def points_of(pair: Pair) -> float:
    """Give the bits a pair brings."""
    return float(pair[4] * pair[3] ** POWER)


def _initial_of(word: str, tokens: Sequence[str], free: Sequence[int]) -> int | None:
    """Find the free word that is this single letter or digit, else the first that begins with it."""
    if len(word) != 1:
        return None
    same = next((place for place in free if tokens[place] == word), None)
    return same if same is not None else next((place for place in free if tokens[place][0] == word), None)
