"""Scripts of India to Latin letters: each consonant speaks an "a" unless a sign says otherwise.

Nine blocks of Unicode, Devanagari to Malayalam, stand letter for letter alike, so one table serves them; Sinhala and
Meetei have letters of their own. Table `indic` of letters.toml.
"""

from __future__ import annotations

import re
from typing import Final

from lists.tables import LETTERS

INDIC: Final = re.compile("[\u0900-\u0dff\uabc0-\uabff]")

_PARALLEL: Final = range(0x900, 0xD80)
_BLOCK: Final = 0x80
_OTHERS: Final = LETTERS.indic["others"]
_OWN: Final = frozenset(_OTHERS) | frozenset("\u0a70\u0982")
_CONSONANTS: Final = LETTERS.indic["consonants"]
_SIGNS: Final = LETTERS.indic["signs"]
_CLOSING: Final = LETTERS.indic["closing"]
_NUKTA: Final = LETTERS.indic["nukta"]
_WORD: Final = re.compile("(?:[\u0900-\u0dff\uabc0-\uabea\uabec\uabed](?<![\u0964\u0965\u0970]))+")
_DOT: Final = "\u093c"
_INHERENT: Final = "a"
# Hindi, Bengali, Punjabi, Gujarati and Meetei do not speak the last "a" of a word, nor one between single consonants
# with vowels around them: "ahamada" is Ahmad. The south speaks them all.
_SILENT: Final = re.compile("[\u0900-\u0aff\uabc0-\uabff]")


class _Syllable:
    """What is spoken before the vowel, the vowel, whether no sign says it, and what closes it."""

    def __init__(self, head: str, vowel: str, *, inherent: bool) -> None:
        self.head, self.vowel, self.inherent, self.end = head, vowel, inherent, ""

    @property
    def open(self) -> bool:
        """Whether a vowel is spoken."""
        return bool(self.vowel)


def indic_to_latin(text: str) -> str:
    """Write the words of Indian scripts in Latin letters; all else stays as it is."""
    return _WORD.sub(lambda found: _spoken(found.group()), text)


def _spoken(word: str) -> str:
    syllables = _syllables("".join(map(_shared, word)))
    # From the end on: whether one is spoken depends on those after it.
    for place in range(len(syllables) - 1, 0, -1) if _SILENT.match(word) else ():
        here, last = syllables[place], place == len(syllables) - 1
        between = syllables[place - 1].open and (last or syllables[place + 1].open)
        if here.inherent and between and not here.end:
            here.vowel = ""
    return "".join(one.head + one.vowel + one.end for one in syllables)


def _shared(letter: str) -> str:
    """Give the letter of Devanagari that a letter stands for."""
    code = ord(letter)
    return chr(_PARALLEL.start + code % _BLOCK) if code in _PARALLEL and letter not in _OWN else letter


def _syllables(letters: str) -> list[_Syllable]:
    syllables: list[_Syllable] = []
    for letter in letters:
        if letter in _CONSONANTS:
            syllables.append(_Syllable(_CONSONANTS[letter], _INHERENT, inherent=True))
        elif syllables and letter in _SIGNS and syllables[-1].inherent:
            syllables[-1].vowel, syllables[-1].inherent = _SIGNS[letter], False
        elif syllables and letter == _DOT:
            syllables[-1].head = _NUKTA.get(syllables[-1].head, syllables[-1].head)
        elif syllables and letter in _CLOSING:
            syllables[-1].end += _CLOSING[letter]
        else:
            syllables.append(_Syllable("", _OTHERS.get(letter, ""), inherent=False))
    return syllables
