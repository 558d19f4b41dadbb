"""What words of organisations' names mean: in another language, or written short. One table, `data/meanings.toml`."""

from __future__ import annotations

import functools
import tomllib
from collections import defaultdict
from typing import Final

from lists.abjad import abjad_word
from lists.folding import ABJAD, fold
from lists.tables import read_text

_CACHE: Final = 1 << 16
_TABLE: Final = tomllib.loads(read_text("meanings.toml"))
_TELLING_LETTERS: Final = 6
"""Shorter foreign words are also names when they stand in Latin letters: "mir" is peace, and a Pakistani name."""

_AND: Final = "\u0648"
_SHORTEST: Final = 2
_STEM_LETTERS: Final = 3


def _plain(folded: str) -> str:
    """Write a folded word the way all Slavic romanisations agree on: "yo" is "e" without its dots, "y" "i", "h" "g"."""
    return folded.replace("yo", "e").replace("y", "i").replace("h", "g")


def _read() -> tuple[dict[str, tuple[str, ...]], dict[str, tuple[str, ...]]]:
    """Give the English words by foreign word and by the stem of one; an Arabic-script word is its own key."""
    words: defaultdict[str, dict[str, None]] = defaultdict(dict)
    stems: defaultdict[str, dict[str, None]] = defaultdict(dict)
    for line in _TABLE["concepts"].values():
        english, _, foreign = line.partition("|")
        for word in foreign.split():
            bare = word.rstrip("*")
            key = abjad_word(bare) if ABJAD.search(bare) else _plain(fold(bare))
            (words if bare == word else stems)[key].update(dict.fromkeys(english.split()))
    return {key: tuple(found) for key, found in words.items()}, {key: tuple(found) for key, found in stems.items()}


_WORDS, _STEMS = _read()
_STEM_HEADS: Final = frozenset(stem[:_STEM_LETTERS] for stem in _STEMS)
_ENGLISH: Final = frozenset(word for english in (*_WORDS.values(), *_STEMS.values()) for word in english)


def _full_words() -> dict[str, tuple[str, ...]]:
    table: defaultdict[str, list[str]] = defaultdict(list)
    for full, shorts in _TABLE["abbreviations"].items():
        for short in shorts.split():
            table[short].append(full)
    return {short: tuple(full) for short, full in table.items()}


FULL_WORDS: Final = _full_words()
"""Short forms of company words, each with the words it may stand for."""


def _same_names() -> dict[str, tuple[str, ...]]:
    rows = [row.split() for language in _TABLE["given_names"].values() for row in language]
    table: defaultdict[str, dict[str, None]] = defaultdict(dict)
    for row in rows:
        for name in map(fold, row):
            table[name].update(dict.fromkeys(other for other in map(fold, row) if other != name))
    return {name: tuple(others) for name, others in table.items()}


SAME_NAMES: Final = _same_names()
"""Given names, each with its forms in other languages."""

LEGAL_SHORT: Final[dict[str, str]] = _TABLE["legal_short"]
LEGAL_DOTTED: Final = frozenset(_TABLE["legal_dotted"]["forms"].split())


_LONGEST_STEM: Final = max(map(len, _STEMS))


@functools.lru_cache(maxsize=_CACHE)
def english_of(word: str, *, foreign: bool) -> tuple[str, ...]:
    """Give the English words a folded word of another language stands for; short ones only where the script is foreign.

    A word is met whole, or by the longest stem it begins with.
    """
    if len(word) < (_SHORTEST if foreign else _TELLING_LETTERS) or word in _ENGLISH:
        return ()
    word = _plain(word)
    if word in _WORDS:
        return _WORDS[word]
    if word[:_STEM_LETTERS] not in _STEM_HEADS:
        return ()
    stems = (word[:end] for end in range(min(len(word), _LONGEST_STEM), _STEM_LETTERS - 1, -1))
    return next((_STEMS[stem] for stem in stems if stem in _STEMS), ())


@functools.lru_cache(maxsize=_CACHE)
def english_of_abjad(word: str) -> tuple[str, ...]:
    """Give the English words an Arabic or Persian word stands for."""
    plain = abjad_word(word)
    # "wal-jihad": "and" is written as one with the next word.
    return _WORDS.get(plain) or (_WORDS.get(abjad_word(plain[1:]), ()) if plain[:1] == _AND else ())
