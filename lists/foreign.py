"""What a name in another script tells beyond its words: which are ordinary, which repeat others, what else it holds."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from lists.folding import UKRAINIAN, fold
from lists.meanings import parts_of
from lists.names import TOKENS_MAX, plain_tokens
from lists.tables import LETTERS

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Mapping, Sequence

    from lists.rarity import Rarity
    from lists.tables import Parts

_SMALL_BITS: Final = 2.5
SMALL_KNOWN_BITS: Final = 5.0
"""What an ordinary word costs at most, one whose English is known: translators choose their words freely."""
_BOUND_BITS: Final = 2.5
"""What the first half of a compound costs at most: its English is often one with that of the second half."""

NAMESAKE_BITS: Final = 2.0
"""What a word of "named after so-and-so" costs at most: lists leave it out as often as not."""
_NAMED_AFTER: Final = frozenset({"imeni", "im", "imya"})

_FORMS: Final = ("soe", "npp", "npo", "ano", "fkp")
_FORM_BITS: Final = 1.2
"""Kinds of enterprises, of which lists name another or none."""

_AS_SPELT_BITS: Final = 1.5
"""What a word of known meaning proves at most beyond its English: lists may have it as it sounds."""

_NGO: Final = "ngo"
_NPO: Final = frozenset({"npo", "snpo", "npa"})
"""Charities and production associations have one short form once names are compared; the text tells which is meant."""

LITTLE_WORDS: Final = ("and", "of", "in", "for", "the", "with", "to", "on")
"""What a preposition or "and" of one letter may stand for; English puts another one, or none."""
# Prepositions, "and" and articles are small letters without a dot; capital ones, and those with a dot, are initials,
# but for the two Greek articles that names begin with.
_LITTLE = re.compile(r"(?<![\w.])[авийкосуязіηοτ\u0397\u039f](?![\w.])")
_SINGLE = re.compile(r"(?<!\w)\w(?!\w)")

_WORD = re.compile(r"[^\W\d_]+")
_BOUND = re.compile(r"\b([^\W\d_]{3,}[оеёо])[-\u2010-\u2015](?=[^\W\d_]{3})", re.IGNORECASE)
_ACRONYM_LETTERS: Final = range(2, 8)
_LITTLE_LETTERS: Final = 3
_COMPOUND_LETTERS: Final = 8


def little_letters(text: str) -> frozenset[str]:
    """Give the single letters, in Latin, that are words of this name and not initials: small and without a dot."""
    singles = set(_SINGLE.findall(text))
    little = set(_LITTLE.findall(text))
    return frozenset(fold(letter) for letter in little) - {fold(letter) for letter in singles - little}


def namesakes(tokens: Sequence[str], english: Sequence[Sequence[str]]) -> Iterator[int]:
    """Give the places of the person something is named after: titles and initials after "imeni", and one name."""
    after = False
    for place, (token, meaning) in enumerate(zip(tokens, english, strict=True)):
        if after:
            yield place
            after = len(token) == 1 or bool(meaning)
        after |= token in _NAMED_AFTER


def parts_told(token: str, plain: Sequence[str]) -> Parts:
    """Give the English words a word of a name stands for side by side; `plain` are those of the name as it stands."""
    return () if token == _NGO and _NPO.isdisjoint(plain) else parts_of(token)


def proofs_of(bits: Sequence[float], english: Sequence[Sequence[str]], rarity: Rarity) -> list[float]:
    """Give what words may prove: hardly more than the rarest of the English words they stand for.

    "Tipografiya" is rare on lists and in payments, and any printing house.
    """
    proofs = list(bits)
    for place, words in enumerate(english):
        if words:
            meant = max(map(rarity.asked, words))
            proofs[place] = min(max(meant, bits[place]), meant + _AS_SPELT_BITS)
    return proofs


class Costs(NamedTuple):
    """The most bits that folded words cost when the list does not have them: at all, and in place of a listed word."""

    at_most: Mapping[str, float]
    in_place: Mapping[str, float]

    def spared(self, tokens: Sequence[str], bits: Sequence[float]) -> list[float]:
        """Give what words that cost `bits` cost less in place of listed ones."""
        return [max(0.0, cost - self.in_place.get(token, cost)) for token, cost in zip(tokens, bits, strict=True)]


def foreign_costs(text: str, known: Container[str]) -> Costs:
    """Give the most bits that some folded words of a Cyrillic or Greek name cost when the list does not have them.

    Words in small letters are ordinary where the name has capitals, which these languages keep for its own words: such
    a word may be the translation of a listed one that was not met. `known` are words whose English is known.
    """
    words = _WORD.findall(text)[:TOKENS_MAX]
    small = [word for word in words if word.islower()]
    # The words of a name decide together which language they are written in.
    language = UKRAINIAN.findall(text)[:1]
    lists = small if len(small) < len(words) else [], _BOUND.findall(text)[:TOKENS_MAX], _repeated(words), language
    ordinary, bound, repeated, _ = map(plain_tokens, fold(" || ".join(map(" | ".join, lists))).split("||"))
    costs = {
        **dict.fromkeys(_FORMS, _FORM_BITS),
        **dict.fromkeys(bound, _BOUND_BITS),
        **dict.fromkeys(repeated, 0.0),
    }
    return Costs(costs, {token: SMALL_KNOWN_BITS if token in known else _SMALL_BITS for token in ordinary})


def _repeated(words: Sequence[str]) -> list[str]:
    """Give the acronyms of words that stand in the same name: they say nothing new."""
    return [
        word
        for place, word in enumerate(words)
        if word.isupper()
        and len(word) in _ACRONYM_LETTERS
        and (_abbreviates(word.lower(), words[:place]) or _abbreviates(word.lower(), words[place + 1 :]))
    ]


def _abbreviates(acronym: str, words: Sequence[str]) -> bool:
    """Say whether neighbouring words have the letters of an acronym: the first of each, one more of a long compound."""
    lower = [word.lower() for word in words]
    return any(_rest(acronym, lower[start:]) for start in range(len(lower) - 1))


def _rest(acronym: str, words: Sequence[str]) -> bool:
    if not acronym:
        return True
    if not words or words[0][0] != acronym[0]:
        return bool(words) and len(words[0]) <= _LITTLE_LETTERS and _rest(acronym, words[1:])
    if _rest(acronym[1:], words[1:]):
        return True
    long = len(words[0]) >= _COMPOUND_LETTERS and len(acronym) > 1 and acronym[1] in words[0][2:]
    return long and _rest(acronym[2:], words[1:])


_BETWEEN_NAMES = re.compile(rf" ?(?:[()\[\]/;,]| [-\u2010-\u2015]+ |{LETTERS.marks}) ?", re.IGNORECASE)
_PARTED = re.compile(r"[\u0370-\u04ff\u0600-\u06ff]")


def other_names(text: str) -> list[str]:
    """Give the names that a field in Cyrillic, Greek or Arabic letters holds side by side: "X (Y)", "so-called X"."""
    if not _PARTED.search(text):
        return []
    parts = [part.strip(" .:") for part in _BETWEEN_NAMES.split(" ".join(text.split()))]
    # A lone word in brackets or after a comma is as often a town.
    return [part for part in parts if part != text and len(_WORD.findall(part)) > 1]
