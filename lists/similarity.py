"""How alike two words are (0..1), by spelling and by sound: many pairs at once, because one by one costs ten times."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
import numpy.typing as npt
from rapidfuzz.distance import OSA
from rapidfuzz.process import cpdist

from lists.compiled import ENGINE
from lists.sounds import sound_key

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

SIMILAR: Final = 0.66
"""Below this two words are different words."""
POWER: Final = 1.5
"""A pair of words counts its bits times similarity to this power."""
INITIAL_SIMILARITY: Final = 0.74
INITIAL_BITS_MAX: Final = 5.0
"""What an initial is like the word it stands for, and the most bits of it that it proves."""

_ORDINARY_WORD: Final = 0.99

_LONGEST: Final = 12
_EDITS_MAX: Final = 4
_SOUND_EDITS_MAX: Final = 3
_EDITS_COUNTED: Final = 7
_SOUND_EDITS_COUNTED: Final = 2

# Rows: edits (insert, delete, replace, swap); columns: letters of the longer word, 0 to 12 or more.
SPELLING: Final = np.array(
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


def as_ordinary(similarity: Mapping[int, float]) -> dict[int, float]:
    """Take an ordinary word for the very words it is like, but not as one that proves all their bits."""
    return {number: min(alike, _ORDINARY_WORD) for number, alike in similarity.items()}


def _sound_table() -> npt.NDArray[np.float64]:
    """Sound keys are shorter than words, so an edit weighs as in a word one letter longer, and a little less."""
    table = np.zeros((_SOUND_EDITS_MAX + 1, _LONGEST + 1))
    for letters in range(_LONGEST + 1):
        longer = min(letters + 1, _LONGEST)
        table[0, letters] = _SAME_SOUND.get(letters, _SAME_SOUND_LONG)
        table[1, letters] = SPELLING[1, longer] * 0.965 if letters >= 4 else 0  # noqa: PLR2004 - shorter is no evidence
        table[2, letters] = SPELLING[2, longer] * 0.95 if letters >= 6 else 0  # noqa: PLR2004 - same
    return table


SOUND: Final = _sound_table()
_FIRST_LETTER_DIFFERS: Final = 0.93
_EACH_EDIT_BESIDE_SAME_SOUND: Final = 0.012
_FAR_SPELLING: Final = 0.45  # edits per letter of the longer word
_VERY_FAR_SPELLING: Final = 0.58
_SOUND_FAR_SPELLING: Final = 0.94
_FAR: Final = 0.9

SIMILARITY_RULES: Final = (
    SIMILAR,
    _FIRST_LETTER_DIFFERS,
    _EACH_EDIT_BESIDE_SAME_SOUND,
    _SOUND_FAR_SPELLING,
    _FAR_SPELLING,
    _VERY_FAR_SPELLING,
    _FAR,
)
"""The numbers that compiled/words.h is handed beside the tables."""


def first_within_in_python(word: str, choices: tuple[str, ...], most: int) -> str | None:
    """Give the first choice that is at most so many edits away from a word."""
    return next((choice for choice in choices if OSA.distance(word, choice, score_cutoff=most) <= most), None)


first_within: Callable[[str, tuple[str, ...], int], str | None] = (
    ENGINE.first_within if ENGINE is not None else first_within_in_python
)
"""The same; words and choices are ASCII."""


@dataclass(frozen=True, slots=True)
class Letters:
    """Strings as they are compared, one row each: the strings, how long they are, and their first letters."""

    texts: npt.NDArray[np.object_]
    lengths: npt.NDArray[np.int64]
    heads: npt.NDArray[np.int64]

    @classmethod
    def of(cls, texts: Sequence[str]) -> Letters:
        """Take strings apart; the first letter of an empty one is 0."""
        count = len(texts)
        return cls(
            np.fromiter(texts, np.object_, count),
            np.fromiter(map(len, texts), np.int64, count),
            np.fromiter((ord(text[0]) if text else 0 for text in texts), np.int64, count),
        )


@dataclass(frozen=True, slots=True)
class Spoken:
    """Words and how they sound, row by row."""

    words: Letters
    sounds: Letters

    @classmethod
    def of(cls, words: Sequence[str]) -> Spoken:
        """Take words apart."""
        return cls(Letters.of(words), Letters.of([sound_key(word) for word in words]))


class _Pairs:
    """Rows of two tables put side by side."""

    def __init__(self, one: Letters, rows: npt.NDArray[np.int64], two: Letters, others: npt.NDArray[np.int64]) -> None:
        self._texts = one.texts[rows].tolist(), two.texts[others].tolist()
        self.longer = np.maximum(one.lengths[rows], two.lengths[others])
        self.heads_differ = one.heads[rows] != two.heads[others]

    def edits(self, most: int) -> npt.NDArray[np.int64]:
        """Count the edits from one to the other; `most` + 1 where there are more."""
        one, two = self._texts
        return cpdist(one, two, scorer=OSA.distance, score_cutoff=most, dtype=np.uint8).astype(np.int64)


def similarities(
    asked: Spoken, rows: npt.NDArray[np.int64], known: Spoken, numbers: npt.NDArray[np.int64]
) -> npt.NDArray[np.float64]:
    """Compare each asked row with the known one beside it, by spelling and by sound.

    Gives the better of the two; 0 where the words are too far apart.
    """
    pairs = _Pairs(asked.words, rows, known.words, numbers)
    edits = pairs.edits(_EDITS_COUNTED)
    spelling = SPELLING[np.minimum(edits, _EDITS_MAX), np.minimum(pairs.longer, _LONGEST)]
    spelling = spelling * np.where(pairs.heads_differ & (edits > 0), _FIRST_LETTER_DIFFERS, 1.0)
    sounding = _sound_similarities(_Pairs(asked.sounds, rows, known.sounds, numbers), edits, pairs.longer)
    best: npt.NDArray[np.float64] = np.maximum(spelling, sounding)
    return best


def _sound_similarities(
    sounds: _Pairs, edits: npt.NDArray[np.int64], longer: npt.NDArray[np.int64]
) -> npt.NDArray[np.float64]:
    apart = np.minimum(sounds.edits(_SOUND_EDITS_COUNTED), _SOUND_EDITS_MAX)
    alike = SOUND[apart, np.minimum(sounds.longer, _LONGEST)]
    alike = alike - np.where(apart == 0, _EACH_EDIT_BESIDE_SAME_SOUND * np.maximum(0, np.minimum(edits, 4) - 1), 0)
    alike = alike * np.where(sounds.heads_differ & (apart > 0), _FIRST_LETTER_DIFFERS, 1.0)
    alike = alike * np.where((edits >= _EDITS_MAX) & (apart > 0), _SOUND_FAR_SPELLING, 1.0)
    alike = alike * np.where(edits > _FAR_SPELLING * longer, _FAR, 1.0)
    return np.where(edits > _VERY_FAR_SPELLING * longer, 0.0, alike)


def letters_in_order(short: str, full: str) -> bool:
    """Say whether all letters of the short word stand in the full one, in their order."""
    place = -1
    for letter in short:
        place = full.find(letter, place + 1)
        if place < 0:
            return False
    return True
