"""The listed words that a foreign word may be which Chinese, Japanese or Korean write by its sounds.

Their scripts lack sounds and add vowels: a word is looked up by its consonants, of which each may be one of few, and
compared by its vowels.
"""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING, Final, NamedTuple

from lists.transcribed_units import loose_units_of, units_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from lists.transcribed_units import Unit
    from lists.vocabulary import Vocabulary

_SPELT: Final = {
    "v": "v|w|f", "f": "f|v", "w": "w|v|u|o", "k": "k|ch?|q|g", "g": "gh?|q|k", "q": "q|k|gh?|c", "gh": "gh?|q",
    "kh": "kh|h|ch|x", "h": "k?h|", "t": "th?|d", "th": "th?|s", "d": "dh?|t", "dh": "dh?|z|th?|d", "s": "s|c|z|sh",
    "z": "z|s|dh|ts", "ts": "ts|tz|c|z|s", "c": "c|s|z|ts|k", "sh": "sh|sch|ch|s|x", "ch": "t?ch|tsh|tsch|c|cz|tj",
    "zh": "zh|j|z|g", "j": "j|dj|dzh|g|zh|dz|y", "dj": "dj|j|g|dzh", "y": "y|j|i|", "x": "sh|x|ks", "n": "n|m",
    "m": "m|n", "ng": "ng",
}  # fmt: skip
"""How Latin spellings write the consonants of the table."""
_CONSONANTS: Final = re.compile("|".join(sorted({*_SPELT, *"bpmnlrkgqtdszvfwyjhcx"}, key=len, reverse=True)))
_CLASSES: Final = {
    "g": "k", "q": "k", "gh": "k", "c": "k", "kh": "", "h": "", "v": "f", "w": "f", "p": "b", "d": "t", "th": "t",
    "dh": "t", "z": "s", "ts": "s", "sh": "x", "ch": "x", "tch": "x", "sch": "x", "zh": "j", "dj": "j", "y": "",
    "ng": "nk",
}  # fmt: skip
"""Consonants as `sounds.consonant_key` has them."""
_DOUBLED = re.compile(r"(.)\1+")
_KEYS_MAX: Final = 64
_RANK_MAX: Final = 99
_SPLIT_SOUNDS: Final = {
    "c": ("k", "s"), "dh": ("t", "s"), "j": ("j", "", "k"), "w": ("f", ""), "zh": ("j", ""), "dj": ("j", ""),
}  # fmt: skip
"""A j before a vowel is no consonant there ("Sirajuddin"), nor is every w."""
_LIQUIDS: Final = frozenset("lr")


def keys_of(units: Sequence[Unit]) -> dict[str, int]:
    """Give the consonant keys a foreign word may have, the likeliest first, and how unlikely each is."""
    ways = [(0, "")]
    for place, unit in enumerate(units):
        heads = _ranked(unit.heads, first=place == 0)
        ends = _ranked(unit.ends, first=False)
        ways = [
            (rank + one + two, _joined(_joined(key, head), end))
            for rank, key in ways
            for one, head in heads
            for two, end in ends
        ]
        ways = sorted(set(ways))[:_KEYS_MAX]
    keys: dict[str, int] = {}
    for rank, key in ways:
        keys.setdefault(key, rank)
        keys.setdefault(_DOUBLED.sub(r"\1", key.replace("ks", "s")), rank)
    return keys


def _joined(key: str, consonants: str) -> str:
    """Go on with a key, in which no letter stands twice side by side."""
    return key + (consonants[1:] if key[-1:] == consonants[:1] else consonants)


def _ranked(sounds: Sequence[str], *, first: bool) -> list[tuple[int, str]]:
    ranked: dict[str, int] = {}
    for rank, sound in enumerate(sounds):
        for later, klass in enumerate(_classes(sound, first=first)):
            ranked[klass] = min(rank + later, ranked.get(klass, _RANK_MAX))
    if ranked.keys() >= _LIQUIDS:
        ranked |= dict.fromkeys(_LIQUIDS, min(ranked[liquid] for liquid in _LIQUIDS))
    return [(rank, klass) for klass, rank in ranked.items()]


@functools.cache
def _classes(sound: str, *, first: bool) -> tuple[str, ...]:
    letters = _CONSONANTS.findall(sound)
    if first and (not letters or letters[0] in {"h", "kh", "y"}):
        return ("a",) if not letters else ("h",) if letters[0] != "y" else ("a",)
    if first and letters[0] in {"j", "dj", "zh"}:
        return ("j",)
    ways = [""]
    for letter in letters:
        ways = [way + klass for way in ways for klass in _SPLIT_SOUNDS.get(letter, (_CLASSES.get(letter, letter),))]
    return tuple(ways)


class Sounds(NamedTuple):
    """A word as a pattern of Latin spellings with its vowels apart, and what each of these may be."""

    pattern: re.Pattern[str]
    vowels: tuple[frozenset[str], ...]


_VOWELS: Final = "(?:[aeiouywj]|h(?![aeiou])){0,3}"


def sounds_of(units: Sequence[Unit]) -> Sounds:
    """Make the pattern of a word."""
    written = ""
    for place, unit in enumerate(units):
        after = set(units[place + 1].heads) if place + 1 < len(units) else set()
        ends = "|".join(map(_spelt, unit.ends)) + ("|" if after & set(unit.ends) else "")
        written += f"({'|'.join(map(_spelt, unit.heads))})({_VOWELS})(?:{ends})"
    return Sounds(re.compile(written + "h?"), tuple(frozenset(map(_vowel, unit.vowels)) for unit in units))


def _spelt(sound: str) -> str:
    return "".join(f"(?:{_SPELT.get(letter, letter)})" for letter in _CONSONANTS.findall(sound))


_LIKE: Final = (("ph", "f"), ("ck", "k"), ("x", "ks"))
_SAME: Final = str.maketrans("yjw", "iiu", "h")


@functools.lru_cache(maxsize=1 << 16)
def _plain(listed: str) -> str:
    for group, letters in _LIKE:
        listed = listed.replace(group, letters)
    return _DOUBLED.sub(r"\1", listed)


@functools.lru_cache(maxsize=1 << 12)
def _vowel(written: str) -> str:
    plain = written.translate(_SAME).replace("oo", "u").replace("ee", "i").replace("ou", "u")
    return _DOUBLED.sub(r"\1", plain)


_NEAR: Final = frozenset({"ae", "ea", "ei", "ie", "ou", "uo", "ao", "oa", "eo", "oe", "ui", "iu", "ua", "au"})
_LOST: Final = 0.08
_ADDED: Final = 0.05
_ALIKE: Final = 0.015
_NEARLY: Final = 0.045
_OTHER: Final = 0.10
_EACH_RANK: Final = 0.012
_BASE: Final = {1: 0.78, 2: 0.93, 3: 0.96}
_BASE_LONG: Final = 0.98
_WEIGHTS: Final = {1: 2.0, 2: 1.5, 3: 1.2}
"""How much vowels tell in short words."""
_SIMILAR: Final = 0.74
_BETTER: Final = 0.6
"""A listed word loses this share of what it is less alike than the best: that one is meant."""
_BRAND_ALIKE: Final = 0.80
_BRAND_LETTERS: Final = 3
_LOOSE_ALIKE: Final = 0.85
_LOOSE_SHARE: Final = 0.80
"""How like the word that it resembles a firm's own name is taken to be."""


def heard(word: str, vocabulary: Vocabulary) -> dict[int, float]:
    """Give the listed words that a word may write by its sounds, by number, with their similarity."""
    return _heard_in(units_of(word), vocabulary)


def brands_heard(word: str, vocabulary: Vocabulary) -> dict[int, float]:
    """Give the listed words that a foreign word in a firm's name may be: those that sound most like it."""
    best = without_worse(heard(word, vocabulary))
    long = (number for number in best if len(vocabulary.words[number]) >= _BRAND_LETTERS)
    return {number: best[number] for number in long if best[number] >= _BRAND_ALIKE}


def resembling(word: str, vocabulary: Vocabulary) -> dict[int, float]:
    """Give the listed words that a firm's own Chinese name resembles: too little without further evidence."""
    best = without_worse(_heard_in(loose_units_of(word), vocabulary))
    return {number: alike * _LOOSE_SHARE for number, alike in best.items() if alike >= _LOOSE_ALIKE}


def _heard_in(units: Sequence[Unit], vocabulary: Vocabulary) -> dict[int, float]:
    """Give the listed words that these characters may write by their sounds, by number, with their similarity."""
    by_consonants = vocabulary.by_consonants
    keys = {key: rank for key, rank in keys_of(units).items() if key in by_consonants} if units else {}
    if not keys:
        return {}  # a pattern takes its time
    sounds = sounds_of(units)
    best: dict[int, float] = {}
    for key, rank in keys.items():
        consonants = max(len(key), len(units) - 1)
        for number in by_consonants[key]:
            alike = similarity(sounds, vocabulary.words[number], consonants) - rank * _EACH_RANK
            if alike >= _SIMILAR:
                best[number] = max(alike, best.get(number, 0.0))
    return best


def without_worse(best: Mapping[int, float]) -> dict[int, float]:
    """Doubt listed words that are less alike than another: that one is meant."""
    most = max(best.values(), default=0.0)
    doubted = ((number, alike - (most - alike) * _BETTER) for number, alike in best.items())
    return {number: alike for number, alike in doubted if alike >= _SIMILAR}


def similarity(sounds: Sounds, listed: str, consonants: int) -> float:
    """Say how well a listed word (folded) is written by these sounds, 0..1; 0 where its letters do not fit."""
    found = sounds.pattern.fullmatch(_plain(listed))
    if found is None:
        return 0.0
    letters = found.groups()
    runs: list[tuple[str, frozenset[str]]] = []
    for head, vowel, expected in zip(letters[::2], letters[1::2], sounds.vowels, strict=True):
        if head or not runs:
            runs.append((vowel, expected))
        else:  # vowels side by side, whichever character each belongs to
            written, known = runs[-1]
            runs[-1] = written + vowel, _side_by_side(known, expected)
    apart = sum(_apart(_vowel(vowel), expected) for vowel, expected in runs)
    return _BASE.get(consonants, _BASE_LONG) - apart * _WEIGHTS.get(consonants, 1.0)


@functools.lru_cache(maxsize=1 << 12)
def _side_by_side(known: frozenset[str], expected: frozenset[str]) -> frozenset[str]:
    return frozenset(_vowel(first + then) for first in known for then in expected)


def _apart(vowel: str, expected: frozenset[str]) -> float:
    return 0.0 if vowel in expected else min(_between(vowel, other) for other in expected)


@functools.lru_cache(maxsize=1 << 12)
def _between(one: str, other: str) -> float:
    if not one or not other:
        return _LOST if other else _ADDED
    if one[0] == other[0] or set(one) <= set(other) or set(other) <= set(one):
        return _ALIKE
    return _NEARLY if one[0] + other[0] in _NEAR else _OTHER
