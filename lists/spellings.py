"""What else a name in another script may be: its script lacks letters, or a bracket repeats its words.

Table `spellings` of letters.toml.
"""

from __future__ import annotations

import functools
import re
from typing import Final

from lists.similarity import letters_in_order
from lists.tables import LETTERS

_CACHE: Final = 1 << 14
_MOST: Final = 16
_DOUBTFUL: Final = {
    script: re.compile("|".join(sorted(table, key=len, reverse=True))) for script, table in LETTERS.spellings.items()
}


@functools.lru_cache(maxsize=_CACHE)
def other_spellings(word: str, script: str) -> tuple[str, ...]:
    """Give the words that a folded word of a script may spell beside itself: "khamas" may be "hamas". At most 15."""
    words, end = [""], 0
    for found in _DOUBTFUL[script].finditer(word):
        before = word[end : found.start()]
        sounds = (found.group(), *LETTERS.spellings[script][found.group()])
        words = [begun + before + sound for sound in sounds for begun in words][:_MOST]
        end = found.end()
    return tuple(begun + word[end:] for begun in words[1:])


_BRACKET = re.compile(r"\s*\(([^\W\d_]{2,8})\)")
_WORD = re.compile(r"[^\W\d_]+")


def without_acronyms(text: str) -> str:
    """Leave out each bracket that only abbreviates the words before it: "Central Election Commission (CEC)"."""
    return _BRACKET.sub(_acronym, text)


def _acronym(found: re.Match[str]) -> str:
    heads = "".join(word[0] for word in _WORD.findall(found.string[: found.start()]))
    return "" if letters_in_order(found.group(1).lower(), heads.lower()) else found.group()
