"""Greek letters to Latin ones. Table `greek` of letters.toml."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from lists.tables import LETTERS

GREEK: Final = re.compile(r"[\u0370-\u03ff\u1f00-\u1fff]")

_TONOS: Final = "\u0301"
_DIAERESIS: Final = "\u0308"
_OTHER_ACCENTS: Final = re.compile("[\u0300\u0342\u0313\u0314\u0345]")
# An accent on the first of two vowels parts them, one on the second does not.
_SECOND_VOWEL = re.compile(f"([\u03c5\u03b9]){_TONOS}")
_AT_THE_HEAD: Final = r"(?<![^\W\d_]|[\u0300-\u036f])"


def _pattern() -> re.Pattern[str]:
    groups = (group.replace("^", _AT_THE_HEAD) for group in LETTERS.greek)
    # With the diaeresis they are two sounds.
    return re.compile(f"({'|'.join(groups)})(?!{_DIAERESIS})")


_GROUPS: Final = _pattern()
_LATIN: Final = {group.removeprefix("^"): latin for group, latin in LETTERS.greek.items()}


def greek_to_latin(text: str) -> str:
    """Write the groups of Greek letters that are one sound in Latin ones; single letters are left to anyascii."""
    parted = _OTHER_ACCENTS.sub("", unicodedata.normalize("NFD", text.lower()))
    return unicodedata.normalize("NFC", _GROUPS.sub(_group, _SECOND_VOWEL.sub(r"\1", parted)))


def _group(found: re.Match[str]) -> str:
    return _LATIN[found.group(1)]
