"""The words of a name in Arabic or Hebrew letters, as they are asked: parted, joined, and in Latin letters."""

from __future__ import annotations

import re
import unicodedata
from itertools import islice, product
from typing import TYPE_CHECKING, Final, NamedTuple

from lists.abjad import ARTICLE, LATIN_WORDS, LETTER_NAMES, abjad_word, without_marks
from lists.folding import ABJAD, fold, phrases_in_english, visible
from lists.meanings import abjad_words, english_of_abjad, parts_of_abjad
from lists.names import TOKENS_MAX, WORD_LETTERS_MAX, plain_tokens
from lists.tables import WORDS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lists.expansion import Expander
    from lists.rarity import Rarity

_GLUED_WORDS: Final = 6
"""Arabic names of more words lost no blank; and looking for one takes time."""
_GLUED_LETTERS: Final = 7
_GLUED_LETTERS_MAX: Final = 24
"""Letters of long words that are parted, of one name: each takes a millisecond, and no name may take many."""
_ABJAD_WORD = re.compile(rf"\w{{1,{WORD_LETTERS_MAX}}}")
_AND_THE: Final = "وال"
_GOD: Final = "الله"
_SERVANT: Final = "عبد"
_OF_THE_SERVANT = re.compile("\u0627\u0644(?!\u0644.$)..")
"""After "servant" the article is one even before two letters: "Abdul Haq"; but "Allah" is a word."""

_LETTERS_WITHIN: Final = (ARTICLE, "في")
_SPELT_LETTERS: Final = range(2, 7)
_SPELLINGS_MAX: Final = 48

_BY_CHANCE_BITS: Final = 8.0
"""What a word is worth whose letters happen to be a legal form or a title: Omar is not "Mr".

And at least one of four letters of which Latin has two left: Maya is not "my".
"""
_FEW_LETTERS: Final = range(3)
_TOLD_LETTERS: Final = 4


def words_in(text: str, expander: Expander) -> list[str]:
    """Give the words of a name: what means one thing in English as that, articles apart, lost blanks found."""
    whole = _words(without_marks(phrases_in_english(unicodedata.normalize("NFKC", visible(text)))))[:TOKENS_MAX]
    if len(whole) > _GLUED_WORDS:
        return whole
    parts: list[str] = []
    letters = 0
    for word in whole:
        letters += len(word) if len(word) >= _GLUED_LETTERS else 0
        parts += _halves(word, expander) if letters <= _GLUED_LETTERS_MAX else (word,)
    return parts


def has_latin(word: str) -> bool:
    """Say whether everybody writes a word in one way in Latin letters: "abu"."""
    return abjad_word(word) in LATIN_WORDS


def _words(written: str) -> list[str]:
    words: list[str] = []
    for word in abjad_words(_ABJAD_WORD.findall(written)):
        short = words[-1:] == [_SERVANT] and _OF_THE_SERVANT.match(word)
        words += [ARTICLE, word[len(ARTICLE) :]] if short else _parts(word)
    return words


def _halves(word: str, expander: Expander) -> Sequence[str]:
    """Part a word that lost a blank; not the English for a phrase, nor a word with a meaning."""
    if not ABJAD.search(word) or english_of_abjad(word) or parts_of_abjad(word):
        return (word,)
    halves = expander.abjad_halves(word)
    return halves if len(halves) == 1 else [part for half in halves for part in _parts(half)]


def _parts(word: str) -> list[str]:
    """Part the article and "servant of" from a name, as Latin spellings do."""
    if word.startswith(_SERVANT) and len(word) > len(_SERVANT) + 2:
        rest = word[len(_SERVANT) :]
        return [_SERVANT, rest[2:] if _OF_THE_SERVANT.match(rest) else rest]
    if word.startswith(_AND_THE) and len(word) > len(_AND_THE) + 2:
        return [word[:1], *_parts(word[1:])]
    bare = word[len(ARTICLE) :]
    if word.startswith(ARTICLE) and word != _GOD and (len(bare) > 2 or english_of_abjad(bare)):  # noqa: PLR2004 - "the art"
        return [ARTICLE, bare]
    return [word]


class Spelt(NamedTuple):
    """Words of a name that are called as Latin letters are: the place of the first, and what they may spell."""

    start: int
    letters: tuple[str, ...]
    spellings: tuple[str, ...]


def spelt_letters(words: Sequence[str]) -> Iterator[Spelt]:
    """Give the acronyms that a name spells out, letter by letter: "bi bi si"; one letter is as often a word."""
    called = [LETTER_NAMES.get(abjad_word(word), "") for word in words]
    start = 0
    for end in range(len(called) + 1):
        if end < len(called) and called[end]:
            continue
        first, last = start, end
        # "In" and the article are letters only within.
        while first < last and words[first] in _LETTERS_WITHIN:
            first += 1
        while first < last and words[last - 1] in _LETTERS_WITHIN:
            last -= 1
        # Twice the same is a name: "Bibi".
        if last - first in _SPELT_LETTERS and len({*words[first:last]}) > 1:
            letters = tuple(called[first:last])
            yield Spelt(first, letters, tuple(map("".join, islice(product(*letters), _SPELLINGS_MAX))))
        start = end + 1


def latin_of(word: str) -> str:
    """Write one word in Latin letters, in one piece."""
    if word == ARTICLE:
        return "al"
    return LATIN_WORDS.get(abjad_word(word)) or "".join(plain_tokens(fold(word))) or "x"


def bits_of(word: str, token: str, rarity: Rarity) -> float:
    """Give what a word is worth by its Latin letters; that those of "water" are a legal form ("ab") means nothing."""
    if has_latin(word):
        return rarity.asked(token)
    if token in WORDS.legal_forms or token in WORDS.titles:
        return _BY_CHANCE_BITS
    least = _BY_CHANCE_BITS if len(token) in _FEW_LETTERS and len(abjad_word(word)) >= _TOLD_LETTERS else 0.0
    return max(rarity.asked(token), least)
