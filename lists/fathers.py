"""Names of fathers inside names of persons: patronymics, and "son of" in Arabic names. Many leave them out."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

FATHER_SHARE: Final = 0.25
"""What such a word of the payment weighs against a person whose list entry it does not contradict."""

_CACHE: Final = 1 << 16
PATRONYMIC, SON, GOES_ON, FAITH = 1, 2, 4, 8
"""What a word may be: a patronymic; "son of"; the beginning of a father's name; the end of one ("Muhyi al-Din")."""

_LETTERS: Final = 7
_ENDS: Final = (
    # Russian, Ukrainian and Belarusian, as English, French and German write them: sons, then daughters.
    *("ovich", "evich", "avich", "ovych", "evych", "avych", "ovitch", "evitch", "avitch", "owitsch", "ewitsch"),
    *("ovna", "evna", "ivna", "ichna", "ychna", "awna"),
)
_BELARUSIAN_LETTERS: Final = 8
_BELARUSIAN_ENDS: Final = ("auna", "euna", "ouna")
"""Only long words end so: "Shauna" is somebody's own name."""
_SHORT: Final = frozenset({
    *("ilich", "ilych", "ilyich", "illich", "kuzmich", "kuzmych", "lukich", "lukych", "fomich", "savich", "savvich"),
    "nikitich",
})  # fmt: skip
_SONS: Final = frozenset({"bin", "ben", "ibn", "bint", "binte", "binti", "ould", "wuld", "walad"})
_BEGINNINGS: Final = frozenset({"abd", "abu", "abou", "abi", "umm", "al", "el"})
_FAITHS: Final = frozenset({"din", "dyn", "deen", "dine"})


@functools.lru_cache(maxsize=_CACHE)
def kinds_of(word: str) -> int:
    """Say what a folded word may be, as bits; surnames that are made like a patronymic are taken for one."""
    return (
        PATRONYMIC * _is_patronymic(word)
        + SON * (word in _SONS)
        + GOES_ON * (word in _BEGINNINGS)
        + FAITH * (word in _FAITHS)
    )


def _is_patronymic(word: str) -> bool:
    if word.endswith(_ENDS):
        return len(word) >= _LETTERS
    return (len(word) >= _BELARUSIAN_LETTERS and word.endswith(_BELARUSIAN_ENDS)) or word in _SHORT


def fathers_in(words: Sequence[str]) -> int:
    """Give the words of a name that name fathers, as a bit mask."""
    return sum(1 << place for place, word in enumerate(words) if kinds_of(word) & PATRONYMIC) | links_in(words)


def links_in(words: Sequence[str]) -> int:
    """Give the words of "son of ..." inside a name, as a bit mask. At its end that may be the family's name."""
    links = last = 0
    going_on = False
    for place, word in enumerate(words):
        kinds, bit = kinds_of(word), 1 << place
        if place and kinds & SON:
            last, going_on = bit, True
        elif going_on:
            last, going_on = last | bit, bool(kinds & GOES_ON)
        elif kinds & FAITH and last & bit >> 2:
            last |= bit | bit >> 1
        links |= last
    return links & ~last if words and last >> (len(words) - 1) else links
