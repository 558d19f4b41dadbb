"""Names of fathers inside names of persons: patronymics. Many lists, and many payments, leave them out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

FATHER_SHARE: Final = 0.35
"""What such a word of the payment weighs against a person whose father no list names: it contradicts nothing."""

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


def is_patronymic(word: str) -> bool:
    """Say whether a folded word is a patronymic; surnames that are made like one count too."""
    if word.endswith(_ENDS):
        return len(word) >= _LETTERS
    return (len(word) >= _BELARUSIAN_LETTERS and word.endswith(_BELARUSIAN_ENDS)) or word in _SHORT


def fathers_in(words: Sequence[str]) -> int:
    """Give the words of a name that name a father, as a bit mask."""
    return sum(1 << place for place, word in enumerate(words) if is_patronymic(word))
