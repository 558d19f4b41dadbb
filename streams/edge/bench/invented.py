"""Invented names in numbers like the real ones: few words are common, most are rare, and aliases resemble each other.

Speed of screening depends on exactly that, so the shape follows published lists (about two names per entry, three words
per name, two words for every three names) while no name is taken from one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from lists.tables import read_frequencies

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import numpy.typing as npt

_ONSETS: tuple[str, ...] = (
    *"bdfghjklmnprstvyz",
    "br",
    "dr",
    "kh",
    "kr",
    "ch",
    "sh",
    "zh",
    "gh",
    "al",
    "tr",
    "st",
    "th",
    "mir",
)
_VOWELS: tuple[str, ...] = (*"aeiouaiao", "ai", "ou", "ya", "ei")
_CODAS = ("", "", "", "n", "r", "l", "m", "s", "k", "d", "v", "t", "sh", "f")
_LEGAL_FORMS = (
    *("LLC", "OOO", "JSC", "OAO", "LTD", "LIMITED", "CO", "GMBH", "SA", "SARL", "BV", "INC", "CORP", "COMPANY"),
    *("GROUP", "TRADING", "HOLDING", "SHIPPING", "INTERNATIONAL"),
)
_BANKS: Final = 2_000
_CHUNK: Final = 8_192
_ORDINARY_SHARE: Final = 0.25
"""Of given names on lists, how many are also borne by ordinary people."""


class Urn:
    """Words to draw from; the chance of each falls with its rank to the power `fall` (Zipf), or is as `weights` say."""

    def __init__(
        self,
        words: Sequence[str],
        rng: np.random.Generator,
        *,
        fall: float = 0.0,
        weights: npt.NDArray[np.float64] | None = None,
    ) -> None:
        chances = np.arange(1, len(words) + 1) ** -fall if weights is None else weights
        self._words = list(words)
        self._chances = chances / chances.sum()
        self._rng = rng
        self._drawn = self._draws()

    def draw(self) -> str:
        """One word."""
        return next(self._drawn)

    def _draws(self) -> Iterator[str]:
        while True:  # in chunks: one call of the generator for each word would take longer than all else
            numbers: list[int] = self._rng.choice(len(self._words), _CHUNK, p=self._chances).tolist()
            for number in numbers:
                yield self._words[number]


def _words(rng: np.random.Generator, count: int) -> list[str]:
    """Different words of two or three syllables."""
    made: dict[str, None] = {}
    while len(made) < count:
        for row in rng.random((count, 10)).tolist():
            made["".join(_syllable(row[1 + 3 * k : 4 + 3 * k]) for k in range(2 + int(row[0] * 1.5)))] = None
    return list(made)[:count]


def _syllable(chances: Sequence[float]) -> str:
    onset, vowel, coda = chances
    return _ONSETS[int(onset * len(_ONSETS))] + _VOWELS[int(vowel * len(_VOWELS))] + _CODAS[int(coda * len(_CODAS))]


class Invented:
    """A source of names; the same seed gives the same names in the same order."""

    def __init__(self, seed: int) -> None:
        self._rng = np.random.default_rng(seed)
        table = read_frequencies()
        ordinary = [word for word in table.counts if word.isascii() and word.isalpha()]
        weights = np.array([table.counts[word] for word in ordinary], np.float64)
        self._ordinary = Urn(ordinary, self._rng, weights=weights)
        self._given = Urn(_words(self._rng, 3_000), self._rng, fall=0.9)
        self._family = Urn(_words(self._rng, 26_000), self._rng, fall=0.5)
        self._business = Urn(_words(self._rng, 9_000), self._rng, fall=0.7)
        self._legal_forms = Urn(_LEGAL_FORMS, self._rng, fall=0.6)
        banks = [f"{self._ordinary.draw()} {self._business.draw()} bank" for _ in range(_BANKS)]
        self._banks = Urn(banks, self._rng, fall=0.8)

    def chance(self, share: float) -> bool:
        """True in this share of calls."""
        return bool(self._rng.random() < share)

    def number(self, low: int, high: int) -> int:
        """A whole number from `low` to `high`, both included."""
        return int(self._rng.integers(low, high + 1))

    def listed_person(self) -> tuple[list[str], str]:
        """Given names and family name of a listed person."""
        given = [self._given_name() for _ in range(1 + sum(map(self.chance, (0.75, 0.35, 0.15))))]
        return given, self._family.draw()

    def listed_company(self) -> str:
        """The name of a listed organisation."""
        words = [self._business.draw() for _ in range(1 + sum(map(self.chance, (0.85, 0.6, 0.4, 0.3, 0.2))))]
        return " ".join([*words, self._legal_forms.draw()] if self.chance(0.7) else words)

    def vessel(self) -> str:
        """The name of a ship."""
        return f"{self._business.draw()} {self._given.draw()}" if self.chance(0.5) else self._business.draw()

    def respelled(self, name: str) -> str:
        """The name as another clerk would write it: a letter more, less or other in one word."""
        words = name.split()
        place = self.number(0, len(words) - 1)
        word, at = words[place], self.number(1, max(1, len(words[place]) - 2))
        head, letter, tail = word[:at], word[at : at + 1], word[at + 1 :]
        words[place] = head + ("", letter * 2, _VOWELS[self.number(0, 4)])[self.number(0, 2)] + tail
        return " ".join(words)

    def ordinary_name(self) -> str:
        """A payer or payee as most are: words by their frequency in ordinary payments; every third a company."""
        words = [self._ordinary.draw() for _ in range(2 + self.chance(0.25))]
        if self.chance(0.33):
            words.append(self._legal_forms.draw())
        return " ".join(words)

    def bank(self) -> str:
        """An institution: there are not many, and a few take part in most payments."""
        return self._banks.draw()

    def numbers_by_rank(self, count: int) -> Iterator[int]:
        """Numbers from 0, without end: a few come often and most seldom, as clients of a bank do (Zipf's law)."""
        urn = Urn([str(number) for number in range(count)], self._rng, fall=1.0)
        while True:
            yield int(urn.draw())

    def street(self) -> str:
        """A street and house number as most are."""
        return f"{self._ordinary.draw()} {self._ordinary.draw()} street {self.number(1, 140)}"

    def neighbour(self) -> str:
        """Nobody listed, but a name of words that listed people bear too."""
        return f"{self._given_name()} {self._family.draw()}"

    def _given_name(self) -> str:
        return self._ordinary.draw() if self.chance(_ORDINARY_SHARE) else self._given.draw()
