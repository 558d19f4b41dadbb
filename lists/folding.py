"""Any script to lower-case Latin words: what a name looks like before it is cut into words.

Order: invisible characters out, one form per letter (NFKC), look-alike letters back into their word's own script, then
each script by its own table, the rest by anyascii.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Final

from anyascii import anyascii

from lists.tables import LETTERS

if TYPE_CHECKING:
    from collections.abc import Mapping

_BASIC_PLANE: Final = 0x10000
_ARABIC_MARKS: Final = (*range(0x64B, 0x660), 0x670, 0x640)  # vowel marks and the letter stretcher
_OTHER_INVISIBLE: Final = (0x34F, *range(0xFE00, 0xFE10))  # grapheme joiner, variation selectors

INVISIBLE: Final[Mapping[int, None]] = dict.fromkeys(
    (
        *(code for code in range(_BASIC_PLANE) if unicodedata.category(chr(code)) == "Cf"),
        *_ARABIC_MARKS,
        *_OTHER_INVISIBLE,
    )
)

ABJAD: Final = re.compile(r"[\u0590-\u06ff\u0750-\u077f\ufb1d-\ufdff\ufe70-\ufefc]")
HAN: Final = re.compile(r"[\u3400-\u9fff]")
HANGUL: Final = re.compile(r"[\uac00-\ud7af]")
_LATIN_LETTER = re.compile(r"[A-Za-z]")
CYRILLIC_OR_GREEK: Final = re.compile(r"[\u0370-\u04ff]")
_MIXED = re.compile(r"[A-Za-z][\u0370-\u04ff]|[\u0370-\u04ff][A-Za-z]")
_WORD = re.compile(r"\S+")
_CHARACTER = re.compile(r"[\u3400-\u9fff\uac00-\ud7af]")
_BETWEEN_SYLLABLES = re.compile(r"(?<=[\uac00-\ud7af])\s+(?=[\uac00-\ud7af])")
_ORGANISATION_CHARACTERS: Final = 4
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_APOSTROPHES = re.compile(r"['`]")
# "20-я армия", "841-ви център": a number as it is spoken.
_ORDINAL_END = re.compile(r"(?<=\d)-[\u0370-\u04ff]{1,2}(?!\w)")
_AT = re.compile(r"(?<=[a-z])@|@(?=[a-z])")

_TO_LATIN = str.maketrans(LETTERS.latin_of_lookalike)
_TO_CYRILLIC = str.maketrans(LETTERS.cyrillic_of_lookalike)
_CYRILLIC = str.maketrans(
    {**LETTERS.cyrillic, **{letter.upper(): latin.title() for letter, latin in LETTERS.cyrillic.items()}}
)

# Ukrainian and Belarusian are known by these letters; they write "g" and "i" as Russian does and say "h" and "y".
_UKRAINIAN = re.compile("[\u0456\u0457\u0454\u0491\u045e\u0406\u0407\u0404\u0490\u040e]")
_UKRAINIAN_SOUNDS = str.maketrans({"\u0433": "h", "\u0413": "H", "\u0438": "y", "\u0418": "Y"})

_FIRST_SYLLABLE: Final = 0xAC00
_SYLLABLES: Final = 11172
_FINALS: Final = 28
_PER_INITIAL: Final = 588


_FORMS_A: Final = range(0xFB50, 0xFE00)
_FORMS_B: Final = range(0xFE70, 0xFEFD)


def _word_ends() -> str:
    """Give the pattern of letters that end a word by their shapes, whatever stands next to them.

    A letter that joins onwards ends one in the shape that does not; and, not shaped itself, before a beginning shape.
    """
    shapes = {chr(code): unicodedata.decomposition(chr(code)).split() for code in (*_FORMS_A, *_FORMS_B)}
    letters = {char: (shape[0], tuple(shape[1:])) for char, shape in shapes.items() if shape}
    onwards = {base for kind, base in letters.values() if kind == "<initial>"}
    ends = (char for char, (kind, base) in letters.items() if kind in {"<final>", "<isolated>"} and base in onwards)
    plain = (chr(int(base[0], 16)) for base in onwards if len(base) == 1)
    begins = (char for char, (kind, _) in letters.items() if kind in {"<initial>", "<isolated>"})
    return f"[{''.join(ends)}\u0629](?=\\w)|[{''.join(plain)}](?=[{''.join(begins)}])"


_WORD_END = re.compile(_word_ends())
"""A word ends there, whatever stands next to it: texts copied from a page lose blanks. Teh marbuta always ends one."""


def visible(text: str) -> str:
    """Take out what nobody sees: zero-width and direction marks, Arabic vowel marks; part words only shapes part."""
    return _WORD_END.sub(r"\g<0> ", text).translate(INVISIBLE)


def fold(text: str) -> str:
    """Write any text in lower-case Latin letters, words parted by single blanks, apostrophes gone."""
    latin = text if text.isascii() else _to_latin(text)
    folded = " ".join(latin.lower().split())
    if "'" in folded or "`" in folded:
        folded = _APOSTROPHES.sub("", folded)
    if "@" in folded:
        folded = _AT.sub("a", folded)
    return folded


def _to_latin(text: str) -> str:
    text = unicodedata.normalize("NFKC", visible(text))
    if _MIXED.search(text):
        text = _WORD.sub(_one_script, text)
    text = phrases_in_english(text)
    if HANGUL.search(text):
        text = "".join(_syllable(char) for char in _words_to_english(_BETWEEN_SYLLABLES.sub("", text)))
    if HAN.search(text):
        return _han_to_latin(text)
    if _UKRAINIAN.search(text):
        text = text.translate(_UKRAINIAN_SOUNDS)
    return anyascii(text.translate(_CYRILLIC))


def phrases_in_english(text: str) -> str:
    """Write what takes several words in another script in English: legal forms before all."""
    for english, pattern in LETTERS.phrases:
        text = pattern.sub(f" {english} ", text)
    return _ORDINAL_END.sub("", text)


def _one_script(match: re.Match[str]) -> str:
    """Write a word of Latin and Cyrillic or Greek letters in the script of most of its letters."""
    word = match.group()
    latin, other = len(_LATIN_LETTER.findall(word)), len(CYRILLIC_OR_GREEK.findall(word))
    if not latin or not other:
        return word
    return word.translate(_TO_LATIN if latin >= other else _TO_CYRILLIC)


def _syllable(char: str) -> str:
    """Romanise a Hangul syllable as a word of its own, as lists write Korean names."""
    place = ord(char) - _FIRST_SYLLABLE
    if not 0 <= place < _SYLLABLES:
        return char
    initials, vowels, finals = LETTERS.hangul
    return f" {initials[place // _PER_INITIAL]}{vowels[place % _PER_INITIAL // _FINALS]}{finals[place % _FINALS]} "


def _words_to_english(text: str) -> str:
    """Take the words of organisations for English ones; shorter texts are people's names, of the same characters."""
    if len(_CHARACTER.findall(text)) < _ORGANISATION_CHARACTERS:
        return text
    for word, english in LETTERS.han:
        if word in text:
            text = text.replace(word, f" {english} ")
    return text


def _han_to_latin(text: str) -> str:
    text = _words_to_english(text)
    # anyascii writes each character as one capitalised syllable, without blanks.
    return _CAMEL.sub(" ", anyascii(text.translate(_CYRILLIC)))
