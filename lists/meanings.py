"""What words of organisations' names mean: in another language, or written short.

Two tables: `data/meanings.toml` and, wider, language by language, `data/organisations.toml`.
"""

from __future__ import annotations

import functools
import tomllib
from collections import defaultdict
from typing import TYPE_CHECKING, Final

from anyascii import anyascii

from lists.abjad import LETTER_NAMES, PREFIXES, SUFFIXES, abjad_forms, abjad_word, as_typed
from lists.folding import ABJAD, fold
from lists.greek import GREEK
from lists.tables import parts, read_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from lists.tables import Parts

_CACHE: Final = 1 << 16
_TABLE: Final = tomllib.loads(read_text("meanings.toml"))
_TELLING_LETTERS: Final = 6
"""Shorter foreign words are also names when they stand in Latin letters: "mir" is peace, and a Pakistani name."""

_SHORTEST: Final = 2
_STEM_LETTERS: Final = 3
_HALF_LETTERS: Final = 4
_AND: Final = "\u0648"


def _plain(folded: str) -> str:
    """Write a folded word the way all Slavic romanisations agree on: "yo" is "e" without its dots, "y" "i", "h" "g"."""
    return folded.replace("yo", "e").replace("y", "i").replace("h", "g")


def _key(word: str) -> str:
    """Write a foreign word as it is looked up; an Arabic-script word is its own key."""
    return abjad_word(word) if ABJAD.search(word) else _plain(fold(word))


def _latin_key(word: str) -> str:
    """Write a foreign word as Latin letters spell it in another country's names: Greek letter by letter (ELOT 743)."""
    return _plain(anyascii(word).lower()) if GREEK.search(word) else _key(word)


class _Meanings:
    """The English words by foreign word and by the stem of one ("*" ends it), and those that are several words."""

    def __init__(self, lines: Iterable[str], key: Callable[[str], str] = _key) -> None:
        self._key = key
        self.words: defaultdict[str, dict[str, None]] = defaultdict(dict)
        self.stems: defaultdict[str, dict[str, None]] = defaultdict(dict)
        self.several: dict[str, Parts] = {}
        self.pairs: dict[str, tuple[str, ...]] = {}
        for line in lines:
            english, _, foreign = line.partition("|")
            for word in foreign.split():
                self._learn(word, parts(english))
        self._pair_heads = frozenset(pair[:_STEM_LETTERS] for pair in self.pairs)
        # A word met as one of its parts leaves the others their own.
        for word, several in self.several.items():
            row = self.stems.get(word[:-1], {}) if word.endswith("*") else self.words.get(word, {})
            for part in (choice for choices in several for choice in choices):
                row.pop(part, None)
        self._heads = frozenset(stem[:_STEM_LETTERS] for stem in self.stems)  # nearly no word begins like one

    def _learn(self, word: str, english: Parts) -> None:
        bare = word.rstrip("*")
        if "_" in word:
            pair = " ".join(self._key(half.rstrip("*")) + half[len(half.rstrip("*")) :] for half in word.split("_"))
            self.pairs[pair] = (*self.pairs.get(pair, ()), *english[0])
        elif len(english) > 1:
            self.several[self._key(bare) + word[len(bare) :]] = english
        else:
            (self.words if bare == word else self.stems)[self._key(bare)].update(dict.fromkeys(english[0]))

    def single(self, word: str) -> tuple[str, ...]:
        """Give the English of a plain word, met whole and by the longest stem it begins with."""
        whole = self.words.get(word, {})
        if word[:_STEM_LETTERS] not in self._heads:
            return tuple(whole)
        # A longer stem that is several words is the better one: "radioteleorasi" is no radio.
        stem = next((stem for stem in _beginnings(word) if stem in self.stems or f"{stem}*" in self.several), "")
        return tuple(whole | self.stems.get(stem, {}))

    def both(self, left: str, right: str) -> tuple[str, ...]:
        """Give the English of two plain words side by side that are one in English; () where they are not."""
        if left[:_STEM_LETTERS] not in self._pair_heads:
            return ()
        pairs = (f"{one} {other}" for one in _forms(left) for other in _forms(right))
        return next((self.pairs[pair] for pair in pairs if pair in self.pairs), ())

    def side_by_side(self, word: str) -> Parts:
        """Give the several English words of a plain word; () where it is one word."""
        return next((self.several[form] for form in _forms(word) if form in self.several), ())


def _beginnings(word: str) -> Iterator[str]:
    """Give the beginnings of a word that may be a stem of the table, longest first."""
    return (word[:end] for end in range(len(word), _STEM_LETTERS - 1, -1))


def _forms(word: str) -> Iterator[str]:
    """Give a word and its stems, longest first, as the table writes them."""
    yield word
    yield from (f"{stem}*" for stem in _beginnings(word))


_CONCEPTS: Final = tuple(_TABLE["concepts"].values())
_WIDER: Final = tuple(
    line for text in tomllib.loads(read_text("organisations.toml")).values() for line in text.strip().splitlines()
)
_IN_LATIN: Final = _Meanings(_CONCEPTS, _latin_key)
_FOREIGN: Final = _Meanings((*_CONCEPTS, *_WIDER))
"""In Latin letters only the narrow table counts: many a stem of the wide one begins a name there ("Stankovic")."""
_AS_TYPED: Final = {
    as_typed(word): tuple(english) for word, english in _FOREIGN.words.items() if as_typed(word) != word
}
"""Persian words as an Arabic keyboard writes them."""
_PARTS_AS_TYPED: Final = {
    as_typed(word): several for word, several in _FOREIGN.several.items() if as_typed(word) != word
}

ENGLISH: Final = frozenset(word for table in (_FOREIGN.words, _FOREIGN.stems) for row in table.values() for word in row)
"""What foreign words stand for, in English or as lists romanise them."""


def _families() -> dict[str, tuple[str, ...]]:
    table: defaultdict[str, dict[str, None]] = defaultdict(dict)
    for line in _TABLE["families"]["english"].strip().splitlines():
        family = line.split()
        for word in family:
            table[word].update(dict.fromkeys(family))
    return {word: tuple(others) for word, others in table.items()}


_FAMILIES: Final = _families()
_VOWELS: Final = frozenset("aeiou")
_WITHOUT_VOWELS: Final = {
    word: tuple(short for short in shorts.split() if len(short) >= _HALF_LETTERS and _VOWELS.isdisjoint(short))
    for word, shorts in _TABLE["abbreviations"].items()
}
"""Short forms that are nothing else but that: "shpg" for "shipping", not "ship"."""


_NO_PLURALS: Final = frozenset({"goods", "news"})
"""Words that end like the plural of another: "goods" are not good, "news" are not new."""


def english_forms(word: str) -> tuple[str, ...]:
    """Give what a list may write for an English word: the word, its plural or singular, its relatives, "shpg"."""
    return (word, *_other_number(word), *_FAMILIES.get(word, ()), *_WITHOUT_VOWELS.get(word, ()))


def _other_number(word: str) -> tuple[str, ...]:
    if word.endswith("s"):
        return () if word in _NO_PLURALS else (word[:-1],)
    return (f"{word}s", f"{word[:-1]}ies") if word[-1] == "y" else (f"{word}s",)


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


@functools.lru_cache(maxsize=_CACHE)
def english_of(word: str, *, foreign: bool) -> tuple[str, ...]:
    """Give the English words a folded word of another language stands for; short ones only where the script is foreign.

    A word is met whole, and by the longest stem it begins with.
    """
    if foreign:
        return _FOREIGN.single(_plain(word)) if len(word) >= _SHORTEST else ()
    return _IN_LATIN.single(_plain(word)) if len(word) >= _TELLING_LETTERS and word not in ENGLISH else ()


@functools.lru_cache(maxsize=_CACHE)
def parts_of(word: str) -> Parts:
    """Give the English words that a folded word of another script stands for side by side; () where it is one word.

    "mashinostroitelnyy" is "machine building", "npo" a "scientific production association".
    """
    return _FOREIGN.side_by_side(_plain(word))


@functools.lru_cache(maxsize=_CACHE)
def english_of_both(left: str, right: str) -> tuple[str, ...]:
    """Give the English words that two folded words of another script stand for together: "software", "refinery"."""
    return _FOREIGN.both(_plain(left), _plain(right))


@functools.lru_cache(maxsize=_CACHE)
def parts_of_abjad(word: str) -> Parts:
    """Give the English words that an Arabic-script word stands for side by side; () where it is one word."""
    several = _FOREIGN.several
    forms = tuple(abjad_forms(word))
    form = next((form for form in forms if form in several), None)
    if form is not None:
        return several[form]
    return next((_PARTS_AS_TYPED[typed] for typed in map(as_typed, forms) if typed in _PARTS_AS_TYPED), ())


@functools.lru_cache(maxsize=_CACHE)
def english_of_abjad(word: str, *, sure: bool = False) -> tuple[str, ...]:
    """Give the English words an Arabic, Persian or Hebrew word stands for, in any of its forms, however typed.

    `sure`: not in forms that are names as well, "from Damascus", "golden".
    """
    forms = tuple(abjad_forms(word, sure=sure))
    words = _FOREIGN.words
    form = next((form for form in forms if form in words), None)
    if form is not None:
        return tuple(words[form])
    return next((_AS_TYPED[typed] for typed in map(as_typed, forms) if typed in _AS_TYPED), ())


def english_by_word() -> Mapping[str, Iterable[str]]:
    """Give the English of all foreign words of the table that stand for one word, as it writes them."""
    return _FOREIGN.words


def abjad_words(words: Sequence[str]) -> list[str]:
    """Part Arabic-script words as the table has them: two that are one of its words; one that is two, a blank lost."""
    joined: list[str] = []
    for word in words:
        if joined and _is_one(joined[-1], word):
            joined[-1] += word
        else:
            joined.append(word)
    return [part for word in joined for part in _cut(word)]


def _is_one(left: str, right: str) -> bool:
    """Say whether two words are one that the dictionary writes together: "nerm afzar" is software."""
    if right in SUFFIXES or left in PREFIXES:
        return True
    # "Em ar" are two letters before they are statistics.
    letters = {abjad_word(left), abjad_word(right)} <= LETTER_NAMES.keys()
    return not letters and min(len(left), len(right)) >= _SHORTEST and _stands(left + right)


def _stands(word: str) -> bool:
    """Say whether the dictionary has this very word, however typed."""
    one = abjad_word(word)
    typed = as_typed(one)
    return one in _FOREIGN.words or one in _FOREIGN.several or typed in _AS_TYPED or typed in _PARTS_AS_TYPED


@functools.lru_cache(maxsize=_CACHE)
def _cut(word: str) -> tuple[str, ...]:
    """Cut a word that is two of the table, the first as long as can be; and "and" from the word after it."""
    if word.startswith(_AND) and len(word) > _HALF_LETTERS and _stands(word[1:]) and not _stands(word):
        return word[:1], word[1:]
    if len(word) < 2 * _HALF_LETTERS or english_of_abjad(word) or parts_of_abjad(word):
        return (word,)
    for place in range(len(word) - _HALF_LETTERS, _HALF_LETTERS - 1, -1):
        if all(abjad_word(half) in _FOREIGN.words for half in (word[:place], word[place:])):
            return word[:place], word[place:]
    return (word,)
