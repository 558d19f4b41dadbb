"""A name in Arabic or Hebrew letters, as it is asked: most vowels are left out there, so words are compared without."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final, NamedTuple

from lists.abjad import ARTICLE, name_after_proclitics, titles_at_head
from lists.abjad_reading import bits_of, has_latin, latin_of, spelt_letters, words_in
from lists.asked import costs_of, in_parts, question_of, told_once
from lists.expanded import either, strict
from lists.folding import ABJAD
from lists.foreign import proofs_of
from lists.listed import exact_keys
from lists.meanings import english_of_abjad, parts_of_abjad
from lists.rarity import FOREIGN_BITS_MAX, LETTER_BITS, TITLE_BITS
from lists.tables import WORDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from lists.abjad_reading import Spelt
    from lists.asked import Question
    from lists.expanded import Expansion
    from lists.expansion import Expander
    from lists.rarity import Rarity
    from lists.tables import Parts
    from lists.unspaced_words import Option

_MEANT_BITS_MAX: Final = 5.0
"""What a word of known meaning costs at most in an organisation's name: translators leave it out, or choose others."""


class _Read(NamedTuple):
    """The words of a name, in Latin letters too: what each is worth, proves at most, and means as one word or several.

    `spelt` are letters that are called by their names.
    """

    words: list[str]
    tokens: list[str]
    bits: list[float]
    proofs: list[float]
    english: list[tuple[str, ...]]
    parts: list[Parts]
    spelt: list[Spelt]


def ask_abjad(text: str, plain: Sequence[str], expander: Expander, rarity: Rarity) -> Question:
    """Ask with consonants; `plain` are the words of the name as it stands."""
    read = _read(text, expander, rarity)
    organisation = _is_organisation(read)
    options = [*_alone(read, expander), *_together(read, expander)]
    if organisation:
        options += _after_proclitics(read, expander)
    options += _spelt(read.spelt, expander, rarity)
    most = _MEANT_BITS_MAX if organisation else FOREIGN_BITS_MAX
    costs = told_once(read.parts, read.english, _costs(read, most, rarity))
    words, options, costs = in_parts(read.tokens, options, costs, read.parts, expander, rarity)
    return replace(question_of(words, options, costs, exact_keys(plain, read.tokens)), foreign=True)


def _read(text: str, expander: Expander, rarity: Rarity) -> _Read:
    words = words_in(text, expander)
    tokens = [latin_of(word) for word in words]
    bits = [bits_of(word, token, rarity) for word, token in zip(words, tokens, strict=True)]
    english = [english_of_abjad(word) for word in words]
    parts = [parts_of_abjad(word) for word in words]
    return _Read(words, tokens, bits, proofs_of(bits, english, rarity), english, parts, list(spelt_letters(words)))


def _is_organisation(read: _Read) -> bool:
    """Say whether ordinary words of organisations' names are among these: surnames have a meaning too."""
    english = (*read.english, *(choices for several in read.parts for choices in several))
    return any(not WORDS.organisation_words.isdisjoint(words) for words in english)


def _alone(read: _Read, expander: Expander) -> Iterator[Option]:
    """Read each word by itself; what stands in Latin letters, or is always written one way in them, by these."""
    for place, (word, token) in enumerate(zip(read.words, read.tokens, strict=True)):
        native = word != ARTICLE and ABJAD.search(word) and not has_latin(word)
        yield 1 << place, expander.of_abjad(word, token) if native else expander.of_word(token), read.proofs[place]
    the = expander.of_meaning(("the",))
    yield from ((1 << place, the, read.proofs[place]) for place, word in enumerate(read.words) if word == ARTICLE)


def _together(read: _Read, expander: Expander) -> Iterator[Option]:
    """Read neighbours as one word, and the article as one with what stands beside it."""
    words, bits = read.words, read.bits
    for place in range(len(words) - 1):
        left, right = words[place : place + 2]
        if left == ARTICLE:
            yield 3 << place, expander.with_article(right), bits[place] + bits[place + 1]
        elif right != ARTICLE and ABJAD.search(left) and ABJAD.search(right):
            yield 3 << place, expander.of_abjad(left + right, ""), bits[place] + bits[place + 1]
        elif right == ARTICLE and len(words) > place + 2 and len(left) > 1:
            yield 7 << place, _around_article(left, words[place + 2], expander), bits[place] + bits[place + 2]


def _around_article(left: str, right: str, expander: Expander) -> Expansion:
    """Take two words for one: "Alam al-Huda" is Alamolhoda, "Zayn al-Din" Zeinoddin (the "l" becomes its letter)."""
    return strict(either([expander.of_abjad(article.join((left, right)), "") for article in (ARTICLE, "")]))


def _after_proclitics(read: _Read, expander: Expander) -> Iterator[Option]:
    """Read the names of an organisation that "and" or "for" is written as one with: "Jammoul wa-Ayyad"."""
    for place, word in enumerate(read.words):
        if not read.english[place] and (rest := name_after_proclitics(word)):
            yield 1 << place, expander.of_abjad(rest, ""), read.proofs[place]


def _spelt(spelt: Iterable[Spelt], expander: Expander, rarity: Rarity) -> Iterator[Option]:
    """Read letters that are called by their names as an acronym, or as letters that the list parts."""
    for start, letters, spellings in spelt:
        acronym = either(list(map(expander.exactly, spellings)))
        yield ((1 << len(letters)) - 1) << start, acronym, max(map(rarity.asked, spellings))
        for place, choices in enumerate(letters, start):
            yield 1 << place, either(list(map(expander.exactly, choices))), LETTER_BITS


def _costs(read: _Read, most: float, rarity: Rarity) -> list[float]:
    """Give what words cost that the list does not have, those of known meaning `most`; titles and letters little.

    The article stands before every word of a translated name; that the list lacks it costs nothing.
    """
    sure = [english_of_abjad(word, sure=True) for word in read.words]
    paid = costs_of(read.bits, sure, rarity)
    costs = [
        0.0 if word == ARTICLE else min(cost, most) if meant or several else cost
        for word, meant, several, cost in zip(read.words, sure, read.parts, paid, strict=True)
    ]
    for place in range(titles_at_head(read.words)):
        costs[place] = min(costs[place], TITLE_BITS)
    for start, letters, _ in read.spelt:
        for place in range(start, start + len(letters)):
            costs[place] = min(costs[place], LETTER_BITS)
    return costs
