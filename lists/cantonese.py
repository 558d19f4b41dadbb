"""How Hong Kong writes names in Latin letters: the sounds of characters, in the usual spellings of people and firms.

`data/han_readings.tsv` has the sounds in Jyutping without tones. Hong Kong has no one spelling: 林 is Lam, 森 Sum.
"""

from __future__ import annotations

import functools
import re
from itertools import product
from typing import Final

from lists.tables import HAN_READINGS, UNSPACED

_SYLLABLE: Final = re.compile(r"(gw|kw|ng|[bpmfdtnlgkhwzcsj]?)(aa[a-z]*|[aeiouy][a-z]*|m|ng)")
_HEADS: Final = {
    "b": "p", "d": "t", "g": "k", "gw": "kw", "z": "ch ts", "c": "ch ts", "s": "s sh", "j": "y",
}  # fmt: skip
_RIMES: Final = {
    "aa": "a", "aai": "ai", "aau": "au", "aam": "am", "aan": "an", "aang": "ang", "aap": "ap", "aat": "at", "aak": "ak",
    "au": "au ow", "am": "am um", "an": "an un", "ap": "ap up", "at": "at ut",
    "e": "e eh", "ei": "ei ee i ay", "i": "i ee", "ing": "ing", "ou": "o ou", "oe": "eu", "oeng": "eung", "oek": "euk",
    "eoi": "ui", "eon": "un", "eot": "ut", "u": "u oo", "un": "un oon", "yu": "u ue", "yun": "uen un",
    "yut": "uet ut",
}  # fmt: skip
_WHOLE: Final = {
    "si": ("sze", "si", "see", "shi"), "zi": ("chi", "tze", "tsz"), "ci": ("chi", "tsz"), "ji": ("yee", "yi", "i"),
    "jyu": ("yu", "yue"), "jyun": ("yuen", "yun"), "jyut": ("yuet",), "m": (), "ng": ("ng",),
}  # fmt: skip
_AFTER_SH: Final = frozenset({
    "ing", "ung", "eung", "uen", "un", "ui", "ek", "ik", "ue", "u", "uk", "an", "au", "ow", "um", "am", "ap", "e", "eh",
})  # fmt: skip
"""Rimes before which Hong Kong writes "sh" as readily as "s": Shing, Shun."""


@functools.cache
def spellings(sound: str) -> tuple[str, ...]:
    """Give the ways to write a syllable (Jyutping without tone) in Hong Kong, the likeliest first."""
    if sound in _WHOLE:
        return _WHOLE[sound]
    found = _SYLLABLE.fullmatch(sound)
    if found is None:
        return ()
    head, rime = found.groups()
    heads, rimes = _HEADS.get(head, head).split() or [""], _RIMES.get(rime, rime).split()
    written = ("".join(pair) for pair in product(heads, rimes))
    return tuple(one for one in written if one[:2] != "sh" or one[2:] in _AFTER_SH)


@functools.lru_cache(maxsize=1 << 12)
def in_cantonese(char: str) -> tuple[str, ...]:
    """Give the ways names of Hong Kong write a character, the likeliest first; none where it is in no name."""
    plain = char.translate(UNSPACED.simplified)
    usual = UNSPACED.cantonese.get(plain, "")
    sound = HAN_READINGS.cantonese.get(plain)
    return tuple(dict.fromkeys(filter(None, (usual, *(spellings(sound) if sound else ())))))
