"""Words that are made of others: a place in an adjective, a number in an ordinal, a word in its short form."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from lists.similarity import letters_in_order

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

_SHORT_FORM: Final = range(2, 6)
_SHORT_FORM_ADDS: Final = 2
_SHORT_FORM_ENDS: Final = "gnrtp"

# "arzamasskiy" is "of Arzamas", "tulskiy" of Tula, "kurskiy" of Kursk; in Russian, Ukrainian, Belarusian, Bulgarian.
_ADJECTIVE = re.compile(
    r"(.{3,}?)(?:s?k(?:iy|iyy|yy|aya|aia|ae|oe|oye|ie|iye|ogo|oho|oy|oyi|ii|ij|i|a|o|e|ata|oto|ite|iya|iyat)"
    r"|n(?:yy|aya|oe|oye|ye))$"
)
_PLACE_ENDS: Final = ("", "a", "o", "y", "i", "e", "u", "k", "sk", "ka", "ya", "iya", "ia")
_G_ENDS: Final = ("ga", "g", "gi")
"""What "zh" stands for in an adjective: "kaluzhskiy" is "of Kaluga", "volzhskiy" of Volga."""
_INSERTED: Final = ("en", "in", "an")
"""What an adjective puts before its ending: "penzenskiy" is "of Penza", "bakinskiy" of Baku."""
_PLACE_LETTERS: Final = 5
_ORDINAL = re.compile(r"(\d{1,4})([a-z]{0,3})")


def places_of(word: str) -> tuple[list[str], str]:
    """Give the places a Slavic adjective may be made of, "tulskiy" of Tula; and its stem where that tells."""
    found = _ADJECTIVE.match(word)
    if found is None:
        return [], ""
    stem = found.group(1)
    places = [stem + end for end in _PLACE_ENDS]
    if stem.endswith("zh"):
        places += [stem[:-2] + end for end in _G_ENDS]
    long_enough = len(stem) >= _PLACE_LETTERS
    if stem.endswith(_INSERTED) and long_enough:
        places += [stem[:-2] + end for end in _PLACE_ENDS]
    return places, stem if long_enough else ""


def ordinals(word: str) -> tuple[str, ...]:
    """Give the English ordinals a number of another script may stand for: "61" or "61st"; "841o" is 841."""
    found = _ORDINAL.fullmatch(word)
    return tuple(found.group(1) + end for end in ("", "st", "nd", "rd", "th")) if found else ()


def short_forms(word: str, words: Sequence[str], ordinary: Mapping[str, Sequence[int]]) -> Iterator[tuple[int, float]]:
    """Take a short unknown word as an abbreviation of an ordinary one: same first letter, letters in order."""
    if len(word) not in _SHORT_FORM or not word.isalpha():
        return
    last = word[-1]
    otherwise = 0.74 if last in _SHORT_FORM_ENDS else 0.0
    for number in min((ordinary.get(word[0] + letter, ()) for letter in word[1:]), key=len):
        full = words[number]
        alike = 0.80 if full[-1] == last or full.startswith(word) else otherwise
        if alike and len(full) >= len(word) + _SHORT_FORM_ADDS and letters_in_order(word, full):
            yield number, alike
