"""All words of the listed names, found again by their near spellings, sounds, consonants, beginnings and meanings."""

from __future__ import annotations

import bisect
from collections import defaultdict
from itertools import groupby
from typing import TYPE_CHECKING, Any, Final, TypeVar

from lists.near import Asked, NearInPython, near_words
from lists.sounds import consonant_key, sound_key
from lists.symbols import symbols

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from lists.compiled import Engine
    from lists.near import Found

_HEAD_LETTERS: Final = 3
_ORDINARY_ENTRIES: Final = 25
_ORDINARY_LETTERS: Final = 5


class Vocabulary:
    """Distinct words in order of first appearance; immutable once made. `near` finds those like other words."""

    def __init__(self, words: Sequence[str], entries_with: Mapping[str, int]) -> None:
        self.words = tuple(words)
        self.ids = {word: number for number, word in enumerate(self.words)}
        self.near: Callable[[Sequence[Asked]], list[Found]] = near_words(self.words).near
        self.known_sounds = frozenset(map(sound_key, self.words))
        self.by_consonants = _grouped((consonant_key(word), number) for word, number in self._long_words(2))
        self._consonant_keys = tuple(self.by_consonants)
        self._near_keys = near_words(self._consonant_keys).near
        self.by_symbol = _grouped((symbol, number) for word, number in self._long_words(2) for symbol in symbols(word))
        # Under their first letter and each other one: who looks for a short form of theirs sees few.
        self.ordinary = _grouped(
            (word[0] + other, number)
            for word, number in self._long_words(_ORDINARY_LETTERS)
            if entries_with[word] >= _ORDINARY_ENTRIES and word.isalpha()
            for other in dict.fromkeys(word[1:])
        )
        self._alphabetical = sorted(self.ids)
        self._beginning = _places(self._alphabetical)

    @property
    def compiled(self) -> Engine | None:
        """The words as the compiled core holds them; None where Python looks them up."""
        engine = getattr(self.near, "__self__", None)
        return None if isinstance(engine, NearInPython) else engine

    def may_be_parted(self, word: str) -> Iterable[int]:
        """Give the places where a word may be cut in two so that one part is a word, ascending; all that are so."""
        return range(1, len(word)) if self.compiled is None else self.compiled.may_be_parted(word)

    def near_consonants(self, keys: Sequence[str]) -> Iterable[tuple[str, float]]:
        """Give the consonants of listed words like any of these, with their likeness."""
        found = self._near_keys([Asked(key) for key in keys])
        return ((self._consonant_keys[number], alike) for some in found for number, alike in some)

    def __getstate__(self) -> dict[str, Any]:
        compiled = () if self.compiled is None else ("near", "_near_keys")
        return {name: value for name, value in vars(self).items() if name not in compiled}

    def __setstate__(self, state: dict[str, Any]) -> None:
        """Taken over from another process: what is compiled is made again."""
        vars(self).update(state)
        if "near" not in state:
            self.near = near_words(self.words).near
            self._near_keys = near_words(self._consonant_keys).near

    def _long_words(self, letters: int) -> Iterable[tuple[str, int]]:
        return ((word, number) for word, number in self.ids.items() if len(word) >= letters)

    def starting(self, head: str, most: int) -> list[int]:
        """Give the ids of the first words, in the alphabet, that begin so and go on."""
        first, last = self._beginning.get(head[:_HEAD_LETTERS], (0, 0))
        if len(head) < _HEAD_LETTERS:
            first, last = 0, len(self._alphabetical)
        start = bisect.bisect_right(self._alphabetical, head, first, last)
        end = bisect.bisect_left(self._alphabetical, head + "\x7f", start, last)
        return [self.ids[word] for word in self._alphabetical[start : min(end, start + most)]]


def _places(words: Sequence[str]) -> dict[str, tuple[int, int]]:
    """Give where in the alphabet the words of each beginning stand: few of them are looked at for one word."""
    groups = groupby(range(len(words)), lambda place: words[place][:_HEAD_LETTERS])
    rows = [(head, [*places]) for head, places in groups]
    return {head: (places[0], places[-1] + 1) for head, places in rows}


_Key = TypeVar("_Key")


def _grouped(pairs: Iterable[tuple[_Key, int]]) -> dict[_Key, tuple[int, ...]]:
    groups: defaultdict[_Key, list[int]] = defaultdict(list)
    for key, number in pairs:
        groups[key].append(number)
    return {key: tuple(numbers) for key, numbers in groups.items()}
