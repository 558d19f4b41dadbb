"""Arabic-script words with one letter wrong: a dot too many or too few, a letter lost or doubled, two changed about.

Dots are what hands, print and scanned pages get wrong: "sepah" with a ya for its peh is on an official list.
"""

from __future__ import annotations

import functools
from collections import defaultdict
from typing import TYPE_CHECKING, Final

from rapidfuzz.distance import OSA

from lists.abjad import ALIKE, abjad_forms
from lists.folding import ABJAD
from lists.meanings import english_by_word

if TYPE_CHECKING:
    from collections.abc import Iterator

_LETTERS: Final = 4
"""Letters of a word that may be mistyped; of shorter ones too many are other words."""
_ANY_SLIP_LETTERS: Final = 5
"""Of fewer letters only the dots may be wrong."""
_ANY_LETTER_LETTERS: Final = 7
"""Of so many any letter may be another one."""
_FORM_LETTERS: Final = 6
"""Letters of what is left of a word without its head or its ending."""
_CACHE: Final = 1 << 12


@functools.lru_cache(maxsize=_CACHE)
def english_if_mistyped(word: str) -> tuple[str, ...]:
    """Give the English of the words of the dictionary that a word is, in any of its forms, but for one letter."""
    table = _by_shortened()
    english: dict[str, None] = {}
    for place, form in enumerate(abjad_forms(word, sure=True)):
        if place and len(form) < _FORM_LETTERS:
            continue
        near = (known for short in (form, *_shortened(form)) for known in table.get(short, ()))
        for known in dict.fromkeys(near) if len(form) >= _LETTERS else ():
            if _is_slip(form, known):
                english |= dict.fromkeys(english_by_word()[known])
    return tuple(english)


def _is_slip(word: str, known: str) -> bool:
    if OSA.distance(word, known, score_cutoff=1) > 1:
        return False
    if len(word) == len(known) and sorted(word) != sorted(known):
        other = next((one, two) for one, two in zip(word, known, strict=True) if one != two)
        return len(word) >= _ANY_LETTER_LETTERS or other[1] in ALIKE.get(other[0], "")
    return max(len(word), len(known)) >= _ANY_SLIP_LETTERS


def _shortened(word: str) -> Iterator[str]:
    return (word[:place] + word[place + 1 :] for place in range(len(word)))


@functools.cache
def _by_shortened() -> dict[str, list[str]]:
    """Give the words of the dictionary by themselves and by all that is left of each without one letter."""
    table: defaultdict[str, list[str]] = defaultdict(list)
    for known in english_by_word():
        if len(known) >= _LETTERS and ABJAD.search(known):
            for short in {known, *_shortened(known)}:
                table[short].append(known)
    return table
