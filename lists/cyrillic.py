"""What says little in a Cyrillic or Greek name: words of one letter, acronyms it spells out, whom it is named after."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from lists.folding import fold

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

LITTLE_WORDS: Final = ("and", "of", "in", "for", "the", "with", "to", "on")
"""What a preposition or "and" of one letter may stand for; English puts another one, or none."""

_ACRONYM_LETTERS: Final = range(3, 9)
_LITTLE_LETTERS: Final = 3
# "a", "v", "i", "y", "k", "o", "s", "u", "ya", "z", the Ukrainian "i", Greek articles; "I." and "I" are initials.
_LITTLE = re.compile(
    r"(?<![\w.])[\u0430\u0432\u0438\u0439\u043a\u043e\u0441\u0443\u044f\u0437\u0456\u03b7\u03bf](?![\w.])"
)
_NAMED_AFTER: Final = frozenset({"imeni", "im", "imya"})
_SINGLE = re.compile(r"(?<!\w)\w(?!\w)")
# How the first letters of Cyrillic words are written, those of several Latin letters first.
_HEAD = re.compile(r"shch|ts|kh|ch|sh|zh|y[aeou]|[a-z0-9]")


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


def spelt_out(tokens: Sequence[str]) -> frozenset[int]:
    """Give the places of acronyms whose letters begin other words of the same name, one after another."""
    heads = [_HEAD.findall(token)[0] for token in tokens]
    places = [place for place, token in enumerate(tokens) if len(token) in _ACRONYM_LETTERS]
    return frozenset(place for place in places if _is_spelt(place, tokens, heads))


def _is_spelt(place: int, tokens: Sequence[str], heads: Sequence[str]) -> bool:
    starts = (start for start, head in enumerate(heads) if start != place and tokens[place].startswith(head))
    return any(_spell(tokens[place], tokens[start:], heads[start:]) for start in starts)


def _spell(acronym: str, tokens: Sequence[str], heads: Sequence[str]) -> bool:
    """Say whether words begin with the letters of an acronym; short ones may be left out.

    A compound may give a second letter: "NP" stands for "neftepererabatyvayushchiy".
    """
    rest, before = acronym, ""
    for token, head in zip(tokens, heads, strict=True):
        if not rest.startswith(head) and rest[:1] in before:
            rest, before = rest[1:], ""
        if not rest:
            return True
        if rest.startswith(head):
            rest, before = rest[len(head) :], token[len(head) :]
        elif len(token) > _LITTLE_LETTERS or token == acronym:
            return False
    return len(rest) <= 1 and rest in before
