"""How much a word proves: bits, -log2 of how often it occurs on the lists or in payments, whichever is more."""

from __future__ import annotations

import functools
import math
import tomllib
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from lists.meanings import english_of
from lists.names import tokenize
from lists.similarity import first_within
from lists.symbols import is_place
from lists.tables import WORDS, read_frequencies, read_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

BITS_MIN: Final = 1.0
BITS_MAX: Final = 14.0
TELLING_BITS: Final = 2.0
"""Particles and legal forms have less: they never make a match."""
_LISTS_ENTRIES: Final = 20_000
"""Shares are taken of at least so many entries: a word is not common because a list is short."""

LETTER_BITS: Final = 2.5
_TWO_LETTER_BITS: Final = 6.0
_SHORT_WORD_BITS: Final = {1: LETTER_BITS, 2: _TWO_LETTER_BITS}
_PARTICLE_BITS: Final = 1.5
_LEGAL_FORM_BITS: Final = 0.9
_LEGAL_WORD_BITS: Final = 1.2
_LEGAL_WORD_LETTERS: Final = 4
CUT_LEGAL_WORD_BITS: Final = _LEGAL_WORD_BITS
"""What the beginning of a legal word costs at the end of a field that may have been cut off: as much as the word."""
TITLE_BITS: Final = 1.0
_NUMBER_BITS: Final = 2.0
PLACE_BITS: Final = 5.0
_CITIES: Final = frozenset(tomllib.loads(read_text("cities.toml"))["cities"].split())
_CACHE: Final = 1 << 17

FOREIGN_BITS_MAX: Final = 9.0
"""What a word of another script costs at most: it may be an ordinary one that the table of meanings lacks."""

FLOOD_BITS: Final = 3.0
"""Bits a word may lose by a bank's own traffic: a name eight times as frequent as elsewhere is a local one."""

TEXTS_WITH_WORD_MIN: Final = 4
"""A word in at least so many background texts is ordinary there: only its exact spelling counts."""


@dataclass(frozen=True, slots=True)
class Background:
    """Ordinary traffic of a bank: of `names` names, `counts` hold a word; `text_words` are ordinary in texts.

    `ordinary` are the words that ordinary names hold; None means all of `counts`.
    """

    names: int = 0
    counts: Mapping[str, int] = field(default_factory=dict)
    text_words: frozenset[str] = frozenset()
    ordinary: frozenset[str] | None = None

    @classmethod
    def shipped(cls) -> Background:
        """Give the product's own table (`data/background.tsv`)."""
        table = read_frequencies()
        return cls(table.names, table.counts, table.text_words)

    @classmethod
    def of(cls, names: Iterable[str], texts: Iterable[str] = ()) -> Background:
        """Count a bank's own names and texts, as far as they may be believed."""
        return cls.counted(names, texts).bounded()

    @classmethod
    def counted(cls, names: Iterable[str], texts: Iterable[str] = (), least: int = TEXTS_WITH_WORD_MIN) -> Background:
        """Count names and texts that are trusted; a word in fewer than `least` texts is not ordinary there."""
        counts: Counter[str] = Counter()
        total = 0
        for name in names:
            total += 1
            counts.update(set(tokenize(name)))
        in_texts: Counter[str] = Counter()
        for text in texts:
            in_texts.update(set(tokenize(text)))
        return cls(total, dict(counts), frozenset(word for word, seen in in_texts.items() if seen >= least))

    def bounded(self, trusted: Background | None = None) -> Background:
        """The same traffic as far as it may be believed: whoever floods a bank with a name must not make it harmless.

        A word loses at most `FLOOD_BITS` of what it proves by the trusted table (the product's own), and is ordinary,
        in names or in texts, only where it is so there.
        """
        base = Background.shipped() if trusted is None else trusted
        limit = self.names * 2**FLOOD_BITS
        rarest = 2**-BITS_MAX
        counts = {
            word: min(seen, int(limit * max(rarest, base.counts.get(word, 0) / max(base.names, 1))))
            for word, seen in self.counts.items()
        }
        known = base.counts.keys() | base.text_words
        return Background(
            self.names, counts, frozenset(self.text_words & known), frozenset(self.counts.keys() & base.counts.keys())
        )


class Rarity:
    """Bits of a word: of a listed person or organisation, and `asked`, on the payment's side; bounded caches."""

    def __init__(self, entries_with: Mapping[str, int], entries: int, background: Background) -> None:
        self._entries_with = entries_with
        self._entries = max(entries, _LISTS_ENTRIES)
        self._background = background
        self.of_person: Callable[[str], float] = functools.lru_cache(maxsize=_CACHE)(self._of_person)
        self.of_organisation: Callable[[str], float] = functools.lru_cache(maxsize=_CACHE)(self._of_organisation)
        self.asked: Callable[[str], float] = functools.lru_cache(maxsize=_CACHE)(self._asked)

    def __reduce__(self) -> tuple[type[Rarity], tuple[Mapping[str, int], int, Background]]:
        """Hand over what it was made of."""
        return Rarity, (self._entries_with, self._entries, self._background)

    def _of_person(self, word: str) -> float:
        """Give the bits of a word in a person's name."""
        if word in WORDS.particles:
            return _PARTICLE_BITS
        bits = min(max(-math.log2(self._share(word)), BITS_MIN), BITS_MAX)
        return bits if len(word) > 2 else min(bits, _SHORT_WORD_BITS.get(len(word), bits))  # noqa: PLR2004 - the table

    def _of_organisation(self, word: str) -> float:
        """Give the bits of a word in any other name: legal forms prove almost nothing there."""
        bits = self._of_person(word)
        if word in WORDS.legal_forms:
            return min(bits, _LEGAL_FORM_BITS)
        if len(word) >= _LEGAL_WORD_LETTERS and is_legal_word(word):
            return min(bits, _LEGAL_WORD_BITS)
        return bits

    def _asked(self, word: str) -> float:
        """Give the bits a word of the payment costs when the list does not have it: no more than its English does."""
        bits = self._of_organisation(word)
        if english := english_of(word, foreign=False):
            bits = min(bits, *map(self.of_organisation, english))
        if word in WORDS.titles:
            bits = min(bits, TITLE_BITS)
        if word.isdigit():
            return min(bits, _NUMBER_BITS)
        if bits > PLACE_BITS and len(word) > 2 and (word in _CITIES or is_place(word)):  # noqa: PLR2004 - two letters are initials or codes
            return PLACE_BITS
        return bits

    def is_ordinary(self, word: str) -> bool:
        """Say whether ordinary names hold this word."""
        ordinary = self._background.ordinary
        return word in (self._background.counts if ordinary is None else ordinary)

    def _share(self, word: str) -> float:
        """Give the share of names with this word: of the lists or of the traffic, whichever is larger; never 0."""
        listed = (self._entries_with.get(word, 0) + 0.5) / (self._entries + 1)
        if not self._background.names:
            return listed
        return max(listed, (self._background.counts.get(word, 0) + 0.5) / (self._background.names + 1))


_LONG_WORD: Final = 9
_SHORT_WORD: Final = 5


@functools.lru_cache(maxsize=_CACHE)
def is_legal_word(word: str) -> bool:
    """Say whether a word is a legal form written out, or nearly ("obshestvo", "limitied")."""
    edits = 0 if len(word) < _SHORT_WORD else 1 if len(word) < _LONG_WORD else 2
    return first_within(word, WORDS.legal_words, edits) is not None


_LEGAL_BEGINNINGS: Final = frozenset(
    legal[:end] for legal in WORDS.legal_words for end in range(_LEGAL_WORD_LETTERS, len(legal))
)


def begins_legal_word(word: str) -> bool:
    """Say whether a legal form written out begins so ("limi", "corporati")."""
    return word in _LEGAL_BEGINNINGS
