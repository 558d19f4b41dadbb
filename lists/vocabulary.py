"""All words of the listed names, found again by their near spellings, sounds, consonants, beginnings and meanings."""

from __future__ import annotations

import bisect
import zlib
from collections import defaultdict
from itertools import pairwise
from typing import TYPE_CHECKING, Final, NamedTuple, TypeVar

import numpy as np

from lists.similarity import SIMILAR, Spoken, similarities
from lists.sounds import consonant_key, sound_key
from lists.symbols import symbols

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    import numpy.typing as npt


_KEYED_LETTERS: Final = 3
_DELETIONS_LETTERS: Final = 4
_SKELETON_LETTERS: Final = 3
_SKELETON_DELETIONS_LETTERS: Final = 5
_ORDINARY_ENTRIES: Final = 25
_ORDINARY_LETTERS: Final = 5
_LENGTHS_APART: Final = 4
_MAYBE_SHIFT: Final = 9
"""Checksums are first looked up by their upper 23 bits, one byte each: 8 MB, small enough for a processor's cache."""


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


class Vocabulary:
    """Distinct words in order of first appearance; immutable once made.

    The keys of `near` are held as sorted 32-bit checksums: a tenth of the memory of a dictionary of strings, and the
    same in every process. A chance collision only adds a word that is then compared and dropped.
    """

    def __init__(self, words: Sequence[str], entries_with: Mapping[str, int]) -> None:
        self.words = tuple(words)
        self.ids = {word: number for number, word in enumerate(self.words)}
        self._spoken = Spoken.of(self.words)
        self.known_sounds = frozenset(self._spoken.sounds.texts)
        self._hashes, self._owners = _key_table(self.words)
        self._maybe = np.zeros(1 << (32 - _MAYBE_SHIFT), np.bool_)
        self._maybe[self._hashes >> _MAYBE_SHIFT] = True
        self.by_consonants = _grouped((consonant_key(word), number) for word, number in self._long_words(2))
        self.by_symbol = _grouped((symbol, number) for word, number in self._long_words(2) for symbol in symbols(word))
        self.ordinary = _grouped(
            (word[0], number)
            for word, number in self._long_words(_ORDINARY_LETTERS)
            if entries_with[word] >= _ORDINARY_ENTRIES and word.isalpha()
        )
        self._alphabetical = sorted(self.ids)

    def _long_words(self, letters: int) -> Iterable[tuple[str, int]]:
        return ((word, number) for word, number in self.ids.items() if len(word) >= letters)

    def near(self, asked: Sequence[Asked]) -> list[list[tuple[int, float]]]:
        """Give for each word the listed words like it, by ascending id, with their similarity.

        All words are looked up together: an array operation costs about the same for one word as for a hundred.
        """
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
        pairs = np.sort(np.repeat(rows, counts) * len(self.words) + self._owners[places])
        return np.divmod(pairs[np.diff(pairs, prepend=-1) != 0], max(1, len(self.words)))

    def starting(self, head: str, most: int) -> list[int]:
        """Give the ids of the first words, in the alphabet, that begin so and go on."""
        start = bisect.bisect_right(self._alphabetical, head)
        end = bisect.bisect_left(self._alphabetical, head + "\x7f", lo=start)
        return [self.ids[word] for word in self._alphabetical[start : min(end, start + most)]]


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


_Key = TypeVar("_Key")


def _grouped(pairs: Iterable[tuple[_Key, int]]) -> dict[_Key, tuple[int, ...]]:
    groups: defaultdict[_Key, list[int]] = defaultdict(list)
    for key, number in pairs:
        groups[key].append(number)
    return {key: tuple(numbers) for key, numbers in groups.items()}
