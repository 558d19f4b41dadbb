"""What stands in a Cyrillic or Greek name and says nothing more: words of one letter, acronyms the name spells out."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from lists.folding import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

LITTLE_WORDS: Final = ("and", "of", "in", "for", "the", "with", "to", "on")
"""What a preposition or "and" of one letter may stand for; English puts another one, or none."""

_ACRONYM_LETTERS: Final = range(3, 9)
_LITTLE_LETTERS: Final = 3
# Prepositions, "and" and articles are small letters without a dot; capital ones, and those with a dot, are initials,
# but for the two Greek articles that names begin with.
_LITTLE = re.compile(r"(?<![\w.])[авийкосуязіηοτ\u0397\u039f](?![\w.])")
_SINGLE = re.compile(r"(?<!\w)\w(?!\w)")
# How the first letters of Cyrillic words are written, those of several Latin letters first.
_HEAD = re.compile(r"shch|ts|kh|ch|sh|zh|y[aeou]|[a-z0-9]")


def little_letters(text: str) -> frozenset[str]:
    """Give the single letters, in Latin, that are words of this name and not initials: small and without a dot."""
    singles = set(_SINGLE.findall(text))
    little = set(_LITTLE.findall(text))
    return frozenset(fold(letter) for letter in little) - {fold(letter) for letter in singles - little}


def spelt_out(tokens: Sequence[str]) -> frozenset[int]:
    """Give the places of acronyms whose letters begin other words of the same name, one after another."""
    heads = [found.group() if (found := _HEAD.match(token)) else "" for token in tokens]
    places = [place for place, token in enumerate(tokens) if len(token) in _ACRONYM_LETTERS]
    return frozenset(place for place in places if _is_spelt(tokens[place], tokens, heads, place))


def _is_spelt(acronym: str, tokens: Sequence[str], heads: Sequence[str], place: int) -> bool:
    starts = (start for start, head in enumerate(heads) if start != place and acronym.startswith(head))
    return any(_spells(acronym, tokens, heads, start) for start in starts)


def _spells(acronym: str, tokens: Sequence[str], heads: Sequence[str], start: int) -> bool:
    """Say whether the words from here on begin with the letters of an acronym; short words may be left out.

    A compound gives more than one letter: the "NP" of "neftepererabatyvayushchiy".
    """
    rest, before = acronym, ""
    for token, head in zip(tokens[start:], heads[start:], strict=True):
        if not rest.startswith(head) and rest[0] in before:
            rest = rest[1:]
        if rest.startswith(head):
            rest, before = rest[len(head) :], token[len(head) :]
        elif len(token) > _LITTLE_LETTERS or token == acronym:
            return False
        if not rest:
            return True
    return rest in before
