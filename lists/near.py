"""Listed words like a word: those that share a key with it, compared by spelling and sound.

Keys are held as sorted 32-bit checksums: a tenth of the memory of a dictionary of strings, and the same in every
process. A chance collision only adds a word that is then compared and dropped.
"""

from __future__ import annotations

import zlib
from itertools import pairwise
from typing import TYPE_CHECKING, Final, NamedTuple, Protocol, TypeAlias

import numpy as np

from lists.compiled import engine_for
from lists.similarity import SIMILAR, SIMILARITY_RULES, SOUND, SPELLING, Spoken, similarities
from lists.sounds import SOUND_RULES, consonant_key, sound_key

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

_KEYED_LETTERS: Final = 3
_DELETIONS_LETTERS: Final = 4
_SKELETON_LETTERS: Final = 3
_SKELETON_DELETIONS_LETTERS: Final = 5
_LENGTHS_APART: Final = 4
_MAYBE_SHIFT: Final = 9
"""Checksums are first looked up by their upper 23 bits, one byte each: 8 MB, small enough for a processor's cache."""

KEY_RULES: Final = (_KEYED_LETTERS, _DELETIONS_LETTERS, _SKELETON_LETTERS, _SKELETON_DELETIONS_LETTERS, _LENGTHS_APART)
"""What lists/compiled/words.h repeats."""

Found: TypeAlias = list[tuple[int, float]]
"""Listed words by ascending id, with their similarity."""


class Asked(NamedTuple):
    """A word to look up. One joined from two neighbours is looked up by spelling and sound only."""

    word: str
    joined: bool = False


def near_keys(word: str, *, joined: bool = False) -> set[bytes]:
    """Give the keys two words must share to be compared: spelling, sound and consonants, each also one letter short.

    A word joined from two neighbours is looked up by spelling and sound only.
    """
    letters = word.encode()
    if len(letters) < _KEYED_LETTERS or word.isdigit():
        return {letters}
    sound = b"1" + sound_key(word).encode()
    keys = {letters, sound}
    if len(letters) >= _DELETIONS_LETTERS:
        keys.update([letters[:place] + letters[place + 1 :] for place in range(len(letters))])
    if joined:
        return keys
    if len(sound) > _DELETIONS_LETTERS:
        keys.update([sound[:place] + sound[place + 1 :] for place in range(1, len(sound))])
    skeleton = b"2" + consonant_key(word).encode()
    if len(skeleton) > _SKELETON_LETTERS:
        keys.add(skeleton)
    if len(skeleton) > _SKELETON_DELETIONS_LETTERS:
        keys.update([skeleton[:place] + skeleton[place + 1 :] for place in range(2, len(skeleton))])
    return keys


class Near(Protocol):
    """Finds the listed words like each word."""

    def near(self, asked: Sequence[Asked], /) -> list[Found]:
        """Look up all words together."""


class NearInPython:
    """The reference; compiled/words.h does the same."""

    def __init__(self, words: Sequence[str]) -> None:
        self._count = len(words)
        self._longest = max(map(len, words), default=0)
        self._spoken = Spoken.of(words)
        self._hashes, self._owners = _key_table(words)
        self._maybe = np.zeros(1 << (32 - _MAYBE_SHIFT), np.bool_)
        self._maybe[self._hashes >> _MAYBE_SHIFT] = True

    def pairs(self, asked: Sequence[Asked]) -> int:
        """Count the pairs of words that are compared."""
        return len(self._sharing_a_key(asked)[0])

    def near(self, asked: Sequence[Asked], /) -> list[Found]:
        """Give for each word the listed words like it.

        All words are looked up together: an array operation costs about the same for one word as for a hundred.
        """
        # A word too long for any listed one has a key a letter: they need not be counted.
        asked = [one if len(one.word) <= self._longest + _LENGTHS_APART else Asked("") for one in asked]
        rows, numbers = self._sharing_a_key(asked)
        words = Spoken.of([word for word, _ in asked])
        kept = np.abs(self._spoken.words.lengths[numbers] - words.words.lengths[rows]) <= _LENGTHS_APART
        rows, numbers = rows[kept], numbers[kept]
        alike = similarities(words, rows, self._spoken, numbers)
        kept = alike >= SIMILAR
        found = list(zip(numbers[kept].tolist(), alike[kept].tolist(), strict=True))
        ends = np.searchsorted(rows[kept], np.arange(len(asked) + 1)).tolist()
        return [found[start:end] for start, end in pairwise(ends)]

    def _sharing_a_key(self, asked: Sequence[Asked]) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
        """Give the pairs (row of `asked`, word id) that share a key, each once, in ascending order."""
        keys = [near_keys(word, joined=joined) for word, joined in asked]
        wanted = np.array([zlib.crc32(key) for some in keys for key in some], np.uint32)
        rows = np.repeat(np.arange(len(asked)), list(map(len, keys)))
        # Most keys are nobody's: one look at a small table settles that, where a search needs twenty.
        maybe = np.flatnonzero(self._maybe[wanted >> _MAYBE_SHIFT])
        wanted, rows = wanted[maybe], rows[maybe]
        starts = np.searchsorted(self._hashes, wanted, side="left")
        counts = np.searchsorted(self._hashes, wanted, side="right") - starts
        places = np.arange(counts.sum()) + np.repeat(starts - np.cumsum(counts) + counts, counts)
        pairs = np.sort(np.repeat(rows, counts) * self._count + self._owners[places])
        return np.divmod(pairs[np.diff(pairs, prepend=-1) != 0], max(1, self._count))


def _key_table(words: Sequence[str]) -> tuple[npt.NDArray[np.uint32], npt.NDArray[np.int32]]:
    hashes: list[int] = []
    owners: list[int] = []
    for number, word in enumerate(words):
        keys = near_keys(word)
        hashes.extend(map(zlib.crc32, keys))
        owners.extend([number] * len(keys))
    table = np.array(hashes, np.uint32)
    order = np.argsort(table, kind="stable")
    return table[order], np.array(owners, np.int32)[order]


def near_words(words: Sequence[str]) -> Near:
    """Make words ready to be found: compiled where that can be."""
    same_sounds = engine_for(SOUND_RULES, "SOUND_RULES") is not None and all(map(str.isascii, words))
    engine = engine_for(KEY_RULES, "KEY_RULES") if same_sounds else None
    tables = SPELLING.tobytes(), SOUND.tobytes(), SIMILARITY_RULES
    near: Near = engine.Words(tuple(words), *tables) if engine else NearInPython(words)
    return near
