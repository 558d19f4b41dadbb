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
LATIN_WORDS: Final = _TABLE["words"]
"""Words of names that have one Latin form: "servant", "son of", "father of"."""

_ONE_LETTER: Final = str.maketrans({
    other: letter for letter, others in _TABLE["one_letter"].items() for other in others
})  # fmt: skip
ARTICLE: Final = "\u0627\u0644"
"""Al-, as one with its word."""
_ARTICLES: Final = ("\u0644\u0644", ARTICLE)  # "lil-", "al-"
_TITLES: Final = frozenset(" ".join(_TABLE["titles"].values()).translate(_ONE_LETTER).split())
_STEM_LETTERS: Final = 3
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
_JOINER: Final = "\u200c"

_FREE_VOWELS: Final = "[aeiou]{0,2}"
_LATIN_ENDS: Final = "(?:h|ah|eh|at|t|at[iu])?"
_EVERY_VOWEL: Final = {1: 0.80, 2: 0.90, 3: 0.94}
_EVERY_VOWEL_LONG: Final = 1.0
_EVERY_CONSONANT: Final = {1: 0.0, 2: 0.80, 3: 0.87}
_EVERY_CONSONANT_LONG: Final = 0.90
_LONG_VOWELS: Final = (("وו", frozenset("uowv")), ("يیי", frozenset("iyej")))
_LONG_VOWEL_DOUBT: Final = 0.08
_TOO_LONG_DOUBT: Final = 0.10

# Arabic writes its long vowels, and "a" and "i" at the end of a word: "Faris" is no "Verus", "Manar" no "Manara".
_ALEF: Final = "\u0627"
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


def abjad_word(word: str) -> str:
    """Write an Arabic-script word in one spelling, without its article."""
    return without_article(word.replace(_JOINER, "").translate(_ONE_LETTER))


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


class _Patterns(NamedTuple):
    """What a word may look like in Latin letters: with every written vowel; with every consonant; its consonants."""

    vowels: re.Pattern[str]
    consonants: re.Pattern[str]
    consonant_count: int


def knows_letters(word: str) -> bool:
    """Say whether the table has the letters of a word; it lacks those of few languages."""
    return _patterns(abjad_word(word)) is not None


def similarity(word: str, listed: str) -> float:
    """Say how well a Latin word (folded) writes an Arabic-script one, 0..1; 0 where its letters do not fit."""
    patterns = _patterns(abjad_word(word))
    if patterns is None:
        return 0.0
    if patterns.vowels.fullmatch(listed):
        doubt = 0.0 if _as_heard(abjad_word(word)).fullmatch(listed) else _HEARD_OTHERWISE_DOUBT
        return _EVERY_VOWEL.get(patterns.consonant_count, _EVERY_VOWEL_LONG) - doubt
    if patterns.consonants.fullmatch(listed):
        return _EVERY_CONSONANT.get(patterns.consonant_count, _EVERY_CONSONANT_LONG) - doubt_of(word, listed)
    return 0.0


@functools.lru_cache(maxsize=_CACHE)
def _patterns(word: str) -> _Patterns | None:
    """Make the patterns of a word; None where it has a letter the table lacks, or no consonant."""
    strict, loose = [_FREE_VOWELS], [_FREE_VOWELS]
    count = 0
    for place, letter in enumerate(word):
        if letter in _TABLE["consonants"]:
            count += 1
            both = "(?:" + "|".join(f"(?:{spelt}){{1,2}}" for spelt in _TABLE["consonants"][letter].split()) + ")"
            strict += [both, _FREE_VOWELS]
            loose += [both, "[aeiouyhwvj]{0,4}"]
        elif letter in _TABLE["vowels"]:
            # A last "h" more often marks an "a"; a hamza or an ayn is rarely written.
            at_the_end = place == len(word) - 1 and letter in _TABLE["silent"]["last"]
            count += not at_the_end and letter in _TABLE["silent"]["last"]
            free = "?" if letter in _TABLE["silent"]["anywhere"] or at_the_end else ""
            strict += ["(?:" + "|".join(_TABLE["vowels"][letter].split()) + ")" + free, _FREE_VOWELS]
            loose.append("[aeiouyhwvj]{0,4}")
        else:
            return None
    ends = _LATIN_ENDS if word[-1:] in _TABLE["silent"]["last"] else ""
    return _Patterns(re.compile("".join(strict) + ends), re.compile("".join(loose) + ends), count) if count else None


@functools.lru_cache(maxsize=_CACHE)
def _as_heard(word: str) -> re.Pattern[str]:
    """Make the pattern of a word that has no long vowels but those it writes; all its letters are in the table."""
    heard = [_FREE_VOWELS]
    for place, letter in enumerate(word):
        after = word[place + 1 :]
        if letter == _ALEF and place:
            heard.append(_ALEF_HEARD)
        elif letter in _TABLE["silent"]["last"] and not after:
            heard.append(_A_AT_THE_END + _LATIN_ENDS)
        elif letter in _TABLE["vowels"]:
            free = "?" if letter in _TABLE["silent"]["anywhere"] else ""
            heard += ["(?:" + "|".join(_TABLE["vowels"][letter].split()) + ")" + free, _FREE_VOWELS]
        else:
            told = after[:1] == _ALEF or (len(after) == 1 and after in _TABLE["silent"]["last"])
            heard.append(
                "(?:" + "|".join(f"(?:{spelt}){{1,2}}" for spelt in _TABLE["consonants"][letter].split()) + ")"
            )
            heard.append("" if told else _FREE_VOWELS if after else _UNWRITTEN_END)
    return re.compile("".join(heard))


def doubt_of(word: str, listed: str) -> float:
    """Doubt a listed word that lacks a vowel the abjad writes, or is much longer than its letters."""
    doubt = sum(
        _LONG_VOWEL_DOUBT
        for letters, vowels in _LONG_VOWELS
        if any(letter in word[1:] for letter in letters) and vowels.isdisjoint(listed[1:])
    )
    return doubt + (_TOO_LONG_DOUBT if len(listed) > 2.6 * len(word) + 1 else 0.0)
