"""How a word sounds: keys under which different spellings of one name fall together."""

from __future__ import annotations

import functools
import re
from typing import Final

from lists.tables import LETTERS

_CACHE: Final = 1 << 17
_SHORTEST: Final = 3

# Letter groups that romanisations use for one sound, longest first.
_GROUPS: Final = (
    ("shch", "x"), ("sch", "x"), ("tch", "x"), ("tsh", "x"), ("dzh", "j"), ("sh", "x"), ("ch", "x"), ("tj", "x"),
    ("cz", "x"), ("zh", "j"), ("dj", "j"), ("kh", "h"), ("gh", "g"), ("dh", "d"), ("th", "t"), ("ph", "f"), ("ck", "k"),
    ("cq", "k"), ("qu", "k"), ("ts", "s"), ("tz", "s"), ("ks", "s"), ("q", "k"), ("w", "v"), ("z", "s"),
)  # fmt: skip

# Then, in this order: c by its neighbour, endings, vowel groups to a / u / i, silent h, doubled letters.
_RULES: Final = tuple(
    (re.compile(pattern), sound)
    for pattern, sound in (
        (r"(?<=vi)c$", "x"),  # Slavic patronymics without the hook: Borisovic
        (r"c(?=[eiy])", "s"),
        (r"c", "k"),
        (r"of+$", "ov"),
        (r"(?:iy|yy|ii|ij|ey|ei|i|y)$", "i"),
        (r"ou|oo", "u"),
        (r"ee|ea", "i"),
        (r"(?<=.)[iyj](?=[aeou])", "i"),
        (r"^(?:ye|ie|je(?=[^a-z]))", "e"),
        (r"y", "i"),
        (r"[ae]+[iu]?", "a"),
        (r"[ou]+", "u"),
        (r"i+", "i"),
        (r"(?<=[aui])h(?=$|[^aui])|(?<=[^aui])h(?=.)", ""),
        (r"(.)\1+", r"\1"),
    )
)


@functools.lru_cache(maxsize=_CACHE)
def sound_key(word: str) -> str:
    """Give one spelling to what romanisations spell differently: vowels a, i, u; one letter a consonant sound."""
    if len(word) < _SHORTEST or word.isdigit():
        return word
    for group, sound in _GROUPS:
        if group in word:
            word = word.replace(group, sound)
    for pattern, sound in _RULES:
        word = pattern.sub(sound, word)
    return word


_CLASSES = str.maketrans("gqkvpdtzsj", "kkkfbttssj")
_VOWELS = re.compile(r"[aiuh]")
_DOUBLED = re.compile(r"(.)\1+")


@functools.lru_cache(maxsize=_CACHE)
def consonant_key(word: str) -> str:
    """Keep the consonant classes of a word and its first sound: Mohammed and Muhamad are both mmt."""
    sounds = sound_key(word).translate(_CLASSES)
    first = sounds[:1]
    return _DOUBLED.sub(r"\1", ("a" if first in {"i", "u"} else first) + _VOWELS.sub("", sounds[1:]))


_ALTERNATIVES_MAX: Final = 12
_SILENT: Final = ("",)


def abjad_keys(word: str) -> list[str]:
    """Consonant keys an Arabic or Hebrew word may have in Latin letters; at most a dozen, in a fixed order."""
    if not word:
        return []
    first = LETTERS.abjad_first.get(word[0])
    keys = [first] if first else list(LETTERS.abjad.get(word[0], (word[0],)))
    for letter in word[1:]:
        keys = [key + sound for key in keys for sound in LETTERS.abjad.get(letter, _SILENT)][:_ALTERNATIVES_MAX]
    return list(dict.fromkeys(_DOUBLED.sub(r"\1", key) for key in keys))
