"""What words were found to stand for, worked out ahead once for all processes of a machine (lists.expansion)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from lists.lookup import Lookup

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Learned:
    """Answers in flat arrays: `alike` stands beside the numbers of `words`.

    `words` gives a word its listed words, `cuts` where it is cut in two (0: nowhere) and whether it is then two words.
    """

    words: Lookup
    alike: npt.NDArray[np.float64]
    cuts: Lookup

    @classmethod
    def of(cls, words: Mapping[str, Mapping[int, float]], cuts: Mapping[str, tuple[int, bool]]) -> Learned:
        """Put what is known into arrays."""
        table = Lookup.of({word: tuple(similarity) for word, similarity in words.items()})
        order = (words[word].values() for word in table)
        alike = np.fromiter((value for values in order for value in values), np.float64)
        return cls(table, alike, Lookup.of(cuts))

    def similarity(self, word: str) -> dict[int, float] | None:
        """The listed words a word may stand for, in the order they were found; None where that is not known."""
        place = self.words.place(word)
        if place < 0:
            return None
        numbers = self.words.range_of(place)
        return dict(zip(self.words.numbers_at(place), self.alike[numbers.start : numbers.stop].tolist(), strict=True))

    def cut(self, word: str) -> tuple[int, bool] | None:
        """Where a word is cut in two, and whether it is then two words; None where that is not known."""
        known = self.cuts.get(word)
        return (known[0], bool(known[1])) if known else None
