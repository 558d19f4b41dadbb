"""What else a folded word of another script may be: its script lacks letters, or is romanised in several ways."""

from __future__ import annotations

import functools
import re
from typing import Final

from lists.greek import GREEK
from lists.indic import INDIC
from lists.tables import LETTERS

_CACHE: Final = 1 << 14
_MOST: Final = 16
_ROMANISATIONS: Final = (
    # Cyrillic: passports, newspapers, ISO 9, and German, French, Ukrainian habits.
    ("kh", "h"), ("yo", "e"), ("yo", "io"), ("ts", "c"), ("zh", "j"), ("dzh", "j"), ("shch", "sch"), ("sh", "ch"),
    ("ya", "ia"), ("yu", "iu"), ("yy", "y"), ("iy", "y"), ("iy", "i"), ("ks", "x"), ("ye", "e"),
    # Greek as well.
    ("y", "i"), ("k", "q"), ("k", "c"),
)  # fmt: skip
"""What folding makes of letters of these scripts, and what else romanisations make of them."""
_ROMANISATIONS_MAX: Final = 64
_DOUBTFUL: Final = {
    script: re.compile("|".join(sorted(table, key=len, reverse=True))) for script, table in LETTERS.spellings.items()
}

# A capital after two small letters begins a word, as in Latin names.
FOREIGN_CAMEL = re.compile(
    r"(?<=[\u0430-\u045f\u03ac-\u03ce]{2})(?=[\u0400-\u042f\u0386\u0388-\u038f\u0391-\u03ab][\u0400-\u045f\u0386-\u03ce]{2})"
)


def script_of(text: str) -> str:
    """Name the script of a text that the table of spellings has; "" where it has none."""
    return "greek" if GREEK.search(text) else "indic" if INDIC.search(text) else ""


@functools.lru_cache(maxsize=_CACHE)
def other_spellings(word: str, script: str) -> tuple[str, ...]:
    """Give the words that a folded word may spell where its script lacks letters (table `spellings`). At most 15."""
    words, end = [""], 0
    for found in _DOUBTFUL[script].finditer(word):
        before = word[end : found.start()]
        sounds = (found.group(), *LETTERS.spellings[script][found.group()])
        words = [begun + before + sound for sound in sounds for begun in words][:_MOST]
        end = found.end()
    return tuple(begun + word[end:] for begun in words[1:])


def romanisations(word: str) -> list[str]:
    """Give the other romanisations of a folded Cyrillic or Greek word: "khamas" is Hamas. At most 63."""
    found = [word]
    for usual, other in _ROMANISATIONS:
        if usual in word:
            found += [spelt.replace(usual, other) for spelt in found[: _ROMANISATIONS_MAX - len(found)]]
    return found[1:]
