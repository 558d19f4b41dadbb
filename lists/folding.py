"""Any script to lower-case Latin words: what a name looks like before it is cut into words.

Order: invisible characters out, one form per letter (NFKC), look-alike letters back into their word's own script, then
each script by its own table, the rest by anyascii.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Final

from anyascii import anyascii

from lists.greek import GREEK, greek_to_latin
from lists.indic import INDIC, indic_to_latin
from lists.tables import LETTERS
from lists.unspaced import UNSPACED_SCRIPT, in_latin_letters

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
_LATIN_LETTER = re.compile(r"[A-Za-z]")
CYRILLIC_OR_GREEK: Final = re.compile(r"[\u0370-\u04ff]")
ALPHABET: Final = re.compile(r"[\u0370-\u058f\u0900-\u10ff\u1200-\u139f\u1780-\u17ff\uabc0-\uabff]")
"""Scripts but the Latin that write vowels: from Greek to Armenian, of India and its neighbours, Georgian, Ethiopic."""

_MIXED = re.compile(r"[A-Za-z][\u0370-\u04ff]|[\u0370-\u04ff][A-Za-z]")
_WORD = re.compile(r"\S+")
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
UKRAINIAN: Final = re.compile("[\u0456\u0457\u0454\u0491\u045e\u0406\u0407\u0404\u0490\u040e]")
_UKRAINIAN_SOUNDS = str.maketrans({"\u0433": "h", "\u0413": "H", "\u0438": "y", "\u0418": "Y"})

_FORMS_A: Final = range(0xFB50, 0xFE00)
_FORMS_B: Final = range(0xFE70, 0xFEFD)


def _word_ends() -> str:
    """Give a pattern of where words end by the shapes of Arabic letters, whatever stands next to them.

    A letter which joins onwards stands in a shape that does not; or, in no shape, before one that joins to nothing.
    """
    shapes = {chr(code): unicodedata.decomposition(chr(code)).split() for code in (*_FORMS_A, *_FORMS_B)}
    onwards = {tuple(base) for kind, *base in filter(None, shapes.values()) if kind == "<initial>"}
    of_kind = {
        kind: [char for char, shape in shapes.items() if shape[:1] == [kind]]
        for kind in ("<initial>", "<final>", "<isolated>")
    }
    # A ligature, "Allah" in one sign, joins onwards where its last letter does.
    ends = "".join(char for char in (*of_kind["<final>"], *of_kind["<isolated>"]) if (shapes[char][-1],) in onwards)
    begins = "".join((*of_kind["<initial>"], *of_kind["<isolated>"]))
    plain = "".join(chr(int(base[0], 16)) for base in sorted(onwards) if len(base) == 1)
    return f"([{ends}\u0629\ufe93\ufe94])(?=\\w)|([{plain}])(?=[{begins}])"


def _backwards() -> tuple[str, str]:
    """Give the shapes of Arabic letters that join the next one, and those that join the one before."""
    kinds = {chr(code): unicodedata.decomposition(chr(code)).split()[:1] for code in (*_FORMS_A, *_FORMS_B)}
    joined = {
        kind: "".join(char for char, found in kinds.items() if found == [f"<{kind}>"])
        for kind in ("initial", "medial", "final")
    }
    return joined["initial"] + joined["medial"], joined["medial"] + joined["final"]


_ONWARDS, _JOINED = _backwards()
_FORWARD_PAIR = re.compile(f"(?=[{_ONWARDS}][{_JOINED}])")
_BACKWARD_PAIR = re.compile(f"(?=[{_JOINED}][{_ONWARDS}])")
_LEFT_TO_RIGHT = re.compile(r"[0-9A-Za-z][0-9A-Za-z.,/'-]*")
_WORD_END = re.compile(_word_ends())
"""Texts copied from a page lose blanks. Teh marbuta always ends a word."""


def visible(text: str) -> str:
    """Take out what nobody sees: zero-width and direction marks, Arabic vowel marks; part words only shapes part."""
    return _WORD_END.sub(r"\1\2 ", _as_read(text)).translate(INVISIBLE)


def _as_read(text: str) -> str:
    """Turn round what was copied as it stands on a page, from left to right: its letters join the wrong neighbours."""
    if text.isascii() or len(_BACKWARD_PAIR.findall(text)) <= len(_FORWARD_PAIR.findall(text)):
        return text
    return _LEFT_TO_RIGHT.sub(lambda run: run.group()[::-1], text[::-1])


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
    if UNSPACED_SCRIPT.search(text):
        text = in_latin_letters(text)
    if UKRAINIAN.search(text):
        text = text.translate(_UKRAINIAN_SOUNDS)
    if GREEK.search(text):
        text = greek_to_latin(text)
    if INDIC.search(text):
        text = indic_to_latin(text)
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
