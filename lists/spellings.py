"""What else a word of another script may be, which lacks letters for its sounds. Table `spellings` of letters.toml."""

from __future__ import annotations

import functools
import re
from typing import Final

from lists.greek import GREEK
from lists.indic import INDIC
from lists.tables import LETTERS

_CACHE: Final = 1 << 14
_MOST: Final = 16
_DOUBTFUL: Final = {
    script: re.compile("|".join(sorted(table, key=len, reverse=True))) for script, table in LETTERS.spellings.items()
}


def script_of(text: str) -> str:
    """Name the script of a text where the table has it; "" where not."""
    return "greek" if GREEK.search(text) else "indic" if INDIC.search(text) else ""


@functools.lru_cache(maxsize=_CACHE)
def may_spell(word: str, script: str) -> tuple[str, ...]:
    """Give the words that a folded word of a script may spell beside itself: "khamas" may be "hamas". At most 15."""
    words, end = [""], 0
    for found in _DOUBTFUL[script].finditer(word):
        before = word[end : found.start()]
        sounds = (found.group(), *LETTERS.spellings[script][found.group()])
        words = [begun + before + sound for sound in sounds for begun in words][:_MOST]
        end = found.end()
    return tuple(begun + word[end:] for begun in words[1:])
