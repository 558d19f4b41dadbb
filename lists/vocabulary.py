"""All words of the listed names, found again by their near spellings, sounds, consonants, beginnings and meanings."""

from __future__ import annotations

import bisect
import zlib
from collections import defaultdict
from typing import TYPE_CHECKING, Final, TypeVar

import numpy as np

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
_NO_WORDS: Final = np.zeros(0, np.int64)


def near_keys(word: str, *, joined: bool = False) -> set[str]:
    """Give the keys two words must share to be compared: spelling, sound and consonants, each also one letter short.

    A word joined from two neighbours is looked up by spelling and sound only.
    """
    if len(word) < _KEYED_LETTERS or word.isdigit():
        return {word}
    sound = sound_key(word)
    keys = {word, f"1{sound}"}
    if len(word) >= _DELETIONS_LETTERS:
        keys.update(_shortened(word))
    if joined:
        return keys
    if len(sound) >= _DELETIONS_LETTERS:
        keys.update(f"1{short}" for short in _shortened(sound))
    skeleton = consonant_key(word)
    if len(skeleton) >= _SKELETON_LETTERS:
        keys.add(f"2{skeleton}")
    if len(skeleton) >= _SKELETON_DELETIONS_LETTERS:
        keys.update(f"2{skeleton[0]}{short}" for short in _shortened(skeleton[1:]))
    return keys


def _shortened(word: str) -> Iterable[str]:
    return (word[:place] + word[place + 1 :] for place in range(len(word)))


class Vocabulary:
    """Distinct words in order of first appearance; immutable once made.

    The keys of `near` are held as sorted 32-bit checksums: a tenth of the memory of a dictionary of strings, and the
    same in every process. A chance collision only adds a word that is then compared and dropped.
    """

    def __init__(self, words: Sequence[str], entries_with: Mapping[str, int]) -> None:
        self.words = tuple(words)
        self.ids = {word: number for number, word in enumerate(self.words)}
        self.sounds = tuple(map(sound_key, self.words))
        self.known_sounds = frozenset(self.sounds)
        self.lengths = np.fromiter(map(len, self.words), np.int64, len(self.words))
        self._hashes, self._owners = _key_table(self.words)
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

    def near(self, word: str, *, joined: bool = False) -> npt.NDArray[np.int64]:
        """Give the ids of the words that share a key with this one, ascending."""
        wanted = np.fromiter((zlib.crc32(key.encode()) for key in near_keys(word, joined=joined)), np.uint32)
        starts = np.searchsorted(self._hashes, wanted, side="left").tolist()
        ends = np.searchsorted(self._hashes, wanted, side="right").tolist()
        found = [self._owners[start:end] for start, end in zip(starts, ends, strict=True) if start < end]
        return np.unique(np.concatenate(found)).astype(np.int64) if found else _NO_WORDS

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
        hashes.extend(zlib.crc32(key.encode()) for key in keys)
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
