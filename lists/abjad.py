"""Arabic and Hebrew words against Latin ones: letter by letter, short vowels free. One table, `data/abjad.toml`."""

from __future__ import annotations

import functools
import re
import tomllib
from typing import TYPE_CHECKING, Final, NamedTuple, TypeAlias

from lists.tables import read_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

_CACHE: Final = 1 << 14
_TABLE: Final[Mapping[str, Mapping[str, str]]] = tomllib.loads(read_text("abjad.toml"))


def _letters_by_name() -> dict[str, str]:
    called = [(name, letter) for letter, names in _TABLE["letter_names"].items() for name in names.split()]
    return {name: "".join(letter for other, letter in called if other == name) for name, _ in called}


LATIN_WORDS: Final = _TABLE["words"]
"""Words of names that have one Latin form: "servant", "son of", "father of"."""

_ONE_LETTER: Final = str.maketrans({
    other: letter for letter, others in _TABLE["one_letter"].items() for other in others
})  # fmt: skip
LETTER_NAMES: Final[Mapping[str, str]] = _letters_by_name()
"""What Latin letters are called, each with those it may be: "ji" is a g or a j."""
_ALEF: Final = "\u0627"
ARTICLE: Final = f"{_ALEF}\u0644"
"""Al-, as one with its word."""
_ARTICLES: Final = ("\u0644\u0644", ARTICLE)  # "lil-", "al-"
_TITLES: Final = frozenset(" ".join(_TABLE["titles"].values()).translate(_ONE_LETTER).split())
_STEM_LETTERS: Final = 3
_SHORT_LETTERS: Final = 2
_BEFORE_NAMES: Final = ("\u0648", "\u0644")
_ONE_WITH_NEXT: Final = {letter: int(least) for letter, least in _TABLE["one_with_next"].items()}
_HEADS_MAX: Final = 3
PREFIXES: Final = frozenset(_TABLE["written_apart"]["heads"].split())
SUFFIXES: Final = frozenset(_TABLE["written_apart"]["endings"].split())
"""Parts of words that are often written with a blank: "Dhu al-Fiqar" is Zulfiqar; Persian plurals."""
_HEADS: Final = sorted(_TABLE["glued"]["heads"].split(), key=len, reverse=True)
_GIVEN_NAMES: Final = frozenset((*_HEADS, *_TABLE["glued"]["others"].split()))
_REST_LETTERS: Final = 4
_ENDINGS_OF_NAMES: Final = ("\u064a", "\u0647", "\u0627\u0646")
"""What a name goes on with that is no further name: "Mohammadian"."""
_Ending: TypeAlias = tuple[str, str, int]
"""How a word ends, what the dictionary has instead, and how many letters must stand before."""


def _endings(row: str, letters: int) -> tuple[_Ending, ...]:
    rules = (rule.partition(">") for rule in _TABLE["endings"][row].split())
    return tuple((ending, instead, letters) for ending, _, instead in rules)


_SURE_ENDINGS: Final = _endings("sure", 3)
_ENDINGS: Final = (*_SURE_ENDINGS, *_endings("doubtful", 4))
_AS_TYPED: Final = str.maketrans(dict(_TABLE["as_typed"]))
ALIKE: Final[Mapping[str, str]] = {
    letter: row.replace(letter, "") for row in _TABLE["alike"]["letters"].split() for letter in row
}
"""Letters, each with those that differ from it by their dots alone."""
_JOINER: Final = "\u200c"
_KURDISH_HEAD: Final = "\u0626"
"""What a Kurdish word with a vowel at its head begins with; nobody hears it."""
_EZAFE: Final = "\u0627\u064a"
"""An "a" that joins to the next word of a Persian name: "Rooya-ye Zendegi"."""
_ENDS_IN_A: Final = frozenset(_TABLE["silent"]["heard_as_a"].split())

_FREE_VOWELS: Final = "[aeiou]{0,2}"
_ANY_VOWELS: Final = "[aeiouyhwvj]{0,4}"
_LATIN_ENDS: Final = "(?:h|ah|eh|at|t|at[iu])?"
_EVERY_LETTER: Final = {1: 0.92, 2: 0.96, 3: 0.98}
"""Foreign names are written with all their vowels: where the list has these and no other, the word is the same one."""
_EVERY_LETTER_LEAST: Final = {1: 3, 2: 4}
"""Letters a word of so few consonants has at least, lest half the list looked like it."""
_ARABIC_SOUNDS: Final = frozenset("عحصضظذث")
"""Letters no foreign name is written with."""
_EVERY_VOWEL: Final = {1: 0.80, 2: 0.90, 3: 0.94}
_EVERY_VOWEL_LONG: Final = 1.0
_EVERY_CONSONANT: Final = {1: 0.0, 2: 0.80, 3: 0.87}
_EVERY_CONSONANT_LONG: Final = 0.90
_LONG_VOWELS: Final = (("وו", frozenset("uowv")), ("يیי", frozenset("iyej")))
_LONG_VOWELS_OF_ARABIC: Final = ("\u0648", "\u064a")
_ALIF_AS_YA: Final = "\u0649"
_PAIRS: Final = _TABLE["pairs"]
"""Two consonants that may write one sound: x, ch."""
_LONG_VOWEL_DOUBT: Final = 0.08
_TOO_LONG_DOUBT: Final = 0.10

# Arabic writes its long vowels, and "a" and "i" at the end of a word: "Faris" is no "Verus", "Manar" no "Manara".
_LONG_ALEF: Final = "\u0622"
_ALEF_HEARD: Final = "(?:e?[ao]{1,2}h?|ia)"
_A_AT_THE_END: Final = "h?[ae]{0,2}"
_UNWRITTEN_END: Final = "[eou]?"
_HEARD_OTHERWISE_DOUBT: Final = 0.06


# "ג'ורג'": the mark changes a letter's sound; "צה\"ל": or says that the word is an abbreviation.
_HEBREW_MARK = re.compile("(?<=[\u05d0-\u05ea])['\"`\u2019\u05f3\u05f4]")

_GHAYN = re.compile("\u05e2['`\u2019\u05f3](?=[\u05d0-\u05ea])")


def without_marks(text: str) -> str:
    """Take out the marks within Hebrew words, which are no ends of words; a marked ayn is a ghayn, heard as a gimel."""
    return _HEBREW_MARK.sub("", _GHAYN.sub("\u05d2", text))


@functools.lru_cache(maxsize=_CACHE)
def abjad_word(word: str) -> str:
    """Write an Arabic-script word in one spelling, without its article."""
    return without_article(word.replace(_JOINER, "").removeprefix(_KURDISH_HEAD).translate(_ONE_LETTER))


def without_article(word: str) -> str:
    """Give what follows the article of an Arabic word, if that is long enough to be one; else the word."""
    article = next((article for article in _ARTICLES if word.startswith(article)), "")
    return word[len(article) :] if len(word) >= len(article) + _STEM_LETTERS else word


def given_name_at_head(word: str) -> str:
    """Give the given name that a word of several names begins with, as written there; "" where none does."""
    plain = word.translate(_ONE_LETTER)
    for head in _HEADS:
        rest = plain[len(head) :]
        if plain.startswith(head) and (
            rest in _GIVEN_NAMES or (len(rest) >= _REST_LETTERS and not rest.startswith(_ENDINGS_OF_NAMES))
        ):
            return word[: len(head)]
    return ""


def titles_at_head(words: Sequence[str]) -> int:
    """Count the words before a person's name that are titles, the article a word of its own: "the colonel doctor"."""
    place = 0
    while place < len(words):
        end = place + 1 + (words[place] == ARTICLE)
        if "".join(words[place:end]).translate(_ONE_LETTER) not in _TITLES:
            break
        place = end
    return place


def abjad_forms(word: str, *, sure: bool = False) -> Iterator[str]:
    """Give the forms a dictionary may have of an Arabic-script word, surest first; all, or those no name is made by.

    As it stands; without "and", "by", "for" written as one with it; without the endings of plurals, adjectives, ezafe.
    """
    heads = [abjad_word(word)]
    while len(heads) < _HEADS_MAX and (rest := _without_proclitic(heads[-1])):
        heads.append(rest)
    yield from heads
    for head in heads:
        for ending, instead, letters in _SURE_ENDINGS if sure else _ENDINGS:
            if head.endswith(ending) and len(head) >= len(ending) + letters:
                yield head[: -len(ending)] + instead
    # Of two letters: "the art", "for a dam".
    yield from (
        head[len(article) :] for head in heads for article in (ARTICLE, ARTICLE[1:]) if _is_short(head, article)
    )


def _is_short(word: str, article: str) -> bool:
    return word.startswith(article) and len(word) == len(article) + _SHORT_LETTERS


def name_after_proclitics(word: str) -> str:
    """Give the name that "and" or "for" is written as one with; "" where there is none, or it is too short for one."""
    rest = _without_proclitic(abjad_word(word)) if word[:1] in _BEFORE_NAMES else ""
    return rest if len(rest) > _STEM_LETTERS else ""


def _without_proclitic(word: str) -> str:
    # "Lil-aluminium", "the electronics": a word may begin like the article that was taken off.
    if (bare := abjad_word(word)) != word:
        return bare
    rest = word[1:]
    bare = abjad_word(rest)
    least = _ONE_WITH_NEXT.get(word[:1])
    return bare if least is not None and (bare != rest or len(rest) >= least) else ""


def as_typed(word: str) -> str:
    """Write a word as keyboards do that lack the four letters Persian has of its own: gaf as kaf, peh as beh."""
    return word.translate(_AS_TYPED)


class _Shape(NamedTuple):
    """What a word may look like in Latin letters if only every consonant stands, and how many consonants it has."""

    consonants: re.Pattern[str]
    consonant_count: int


def knows_letters(word: str) -> bool:
    """Say whether the table has the letters of a word; it lacks those of few languages."""
    return _shape(abjad_word(word)) is not None


def similarity(word: str, listed: str) -> float:
    """Say how well a Latin word (folded) writes an Arabic-script one, 0..1; 0 where its letters do not fit."""
    plain = abjad_word(word)
    alike = _similarity(plain, listed)
    # An alif in the shape of a ya: "Musa", "Mustafa", "Ninawa".
    if word.endswith(_ALIF_AS_YA):
        alike = max(alike, _similarity(plain[:-1] + _ALEF, listed))
    return max(0.0, alike - _HEARD_OTHERWISE_DOUBT) if word[:1] == _LONG_ALEF and listed[:1] != "a" else alike


def _similarity(word: str, listed: str) -> float:
    shape = _shape(word)
    # Making a pattern takes longer than all else: nearly no word has the consonants of a listed one and not its vowels.
    if shape is None or not shape.consonants.fullmatch(listed):
        return 0.0
    count = shape.consonant_count
    foreign = len(word) >= _EVERY_LETTER_LEAST.get(count, 0) and _ARABIC_SOUNDS.isdisjoint(word)
    if foreign and _letters_alone(word).fullmatch(listed):
        return _EVERY_LETTER.get(count, _EVERY_VOWEL_LONG)
    if _with_vowels(word).fullmatch(listed):
        base = _EVERY_VOWEL.get(count, _EVERY_VOWEL_LONG)
        return base if _as_heard(word).fullmatch(listed) else base - _HEARD_OTHERWISE_DOUBT
    return _EVERY_CONSONANT.get(count, _EVERY_CONSONANT_LONG) - doubt_of(word, listed)


@functools.lru_cache(maxsize=_CACHE)
def _shape(word: str) -> _Shape | None:
    """Make the shape of a word; None where it has a letter the table lacks, or no consonant."""
    loose = [_FREE_VOWELS]
    count = 0
    for place, letter in enumerate(word):
        if letter in _TABLE["consonants"]:
            count += 1
            loose += [_consonant(word, place), _ANY_VOWELS]
        elif letter in _TABLE["vowels"]:
            count += letter in _TABLE["silent"]["last"] and place < len(word) - 1
            loose.append(_ANY_VOWELS)
        else:
            return None
    return _Shape(re.compile("".join(loose) + _ends(word)), count) if count else None


@functools.lru_cache(maxsize=_CACHE)
def _with_vowels(word: str) -> re.Pattern[str]:
    """Make the pattern of a word with every vowel it writes, and short ones; all its letters are in the table."""
    letters = (_FREE_VOWELS + _letter(word, place) for place in range(len(word)))
    return re.compile("".join(letters) + _FREE_VOWELS + _ends(word))


@functools.lru_cache(maxsize=_CACHE)
def _letters_alone(word: str) -> re.Pattern[str]:
    """Make the pattern of a word that has no vowel but those it writes; all its letters are in the table."""
    return re.compile("".join(_written_vowel(word, place) or _letter(word, place) for place in range(len(word))) + "e?")


@functools.lru_cache(maxsize=_CACHE)
def _as_heard(word: str) -> re.Pattern[str]:
    """Make the pattern of a word whose written vowels are heard as such; all its letters are in the table."""
    return re.compile(_FREE_VOWELS + "".join(_heard(word, place) for place in range(len(word))) + _ends(word))


def _heard(word: str, place: int) -> str:
    """Give how a letter is heard, with the vowel nobody writes after it."""
    letter, after = word[place], word[place + 1 : place + 2]
    last = _TABLE["silent"]["last"]
    if letter in _TABLE["consonants"]:
        told = after == _ALEF or (place == len(word) - 2 and after in last)
        return _consonant(word, place) + ("" if told else _FREE_VOWELS if after else _UNWRITTEN_END)
    if letter == _ALEF and place:
        return "" if word[place - 1] == _ALEF else _ALEF_HEARD
    return _vowel(word, place) + (_A_AT_THE_END if not after and letter in last else _FREE_VOWELS)


def _ends(word: str) -> str:
    return _LATIN_ENDS if word[-1:] in _TABLE["silent"]["last"] else ""


def _letter(word: str, place: int) -> str:
    return _consonant(word, place) if word[place] in _TABLE["consonants"] else _vowel(word, place)


def _consonant(word: str, place: int) -> str:
    both = _spelt(_TABLE["consonants"][word[place]])
    # Two consonants may write one sound: what is read for both of them becomes one of two ways.
    if one := _PAIRS.get(word[place : place + 2]):
        return f"(?:{_spelt(one)}|{both}"
    return f"{both})" if place and word[place - 1 : place + 1] in _PAIRS else both


def _vowel(word: str, place: int) -> str:
    # A last "h" more often marks an "a"; a hamza or an ayn is rarely written.
    letter, silent = word[place], _TABLE["silent"]
    free = (
        letter in silent["anywhere"]
        or (letter in silent["last"] and place == len(word) - 1)
        or (place == 0 and letter == _ALEF and word[1:2] in _LONG_VOWELS_OF_ARABIC)
        or (place == len(word) - 1 and word.endswith(_EZAFE))
        or (place > 0 and letter == word[place - 1] == _ALEF)
    )
    heard = ["a", "ah"] if place == len(word) - 1 and word.rpartition(ARTICLE)[2] in _ENDS_IN_A else []
    return "(?:" + "|".join(_TABLE["vowels"][letter].split() + heard) + ")" + "?" * free


def _written_vowel(word: str, place: int) -> str:
    """Give how an alif is written that is heard, an a, or at the head of a word any vowel; and a last ta; else ""."""
    if word[place] in _TABLE["silent"]["last"] and place == len(word) - 1:
        return "(?:ah|eh|a|e|h)"
    if word[place] != _ALEF:
        return ""
    return "(?:aa|ah|a)" if place else "[aeiou]?" if word[1:2] in _LONG_VOWELS_OF_ARABIC else "[aeiou]"


def _spelt(ways: str) -> str:
    return "(?:" + "|".join(f"(?:{way}){{1,2}}" for way in ways.split()) + ")"


def doubt_of(word: str, listed: str) -> float:
    """Doubt a listed word that lacks a vowel the abjad writes, or is much longer than its letters."""
    doubt = sum(
        _LONG_VOWEL_DOUBT
        for letters, vowels in _LONG_VOWELS
        if any(letter in word[1:] for letter in letters) and vowels.isdisjoint(listed[1:])
    )
    return doubt + (_TOO_LONG_DOUBT if len(listed) > 2.6 * len(word) + 1 else 0.0)
