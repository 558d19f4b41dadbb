"""A foreign name written by its sounds in Chinese, Japanese or Korean, as it is asked: each word for listed ones."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Final, NamedTuple

from lists.expanded import NOTHING, Expansion, either
from lists.rarity import FOREIGN_BITS_MAX
from lists.tables import WORDS
from lists.transcribed_sounds import without_worse

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lists.expansion import Expander
    from lists.rarity import Rarity
    from lists.transcribed import Part
    from lists.unspaced_words import Option

_LIKELIEST: Final = 0.02
"""Of listed words that fit nearly as well the commonest is meant."""
_UNKNOWN: Final = "xx"
_NO_NAMES: Final = WORDS.titles | WORDS.particles | WORDS.legal_forms | WORDS.common_words
_JOINED_CHARACTERS: Final = 9


class Heard(NamedTuple):
    """A name's words in Latin letters, what they may stand for, what each costs that the list does not have."""

    words: list[str]
    options: list[Option]
    costs: list[float]


def asked_by_sounds(parts: Sequence[Part], expander: Expander, rarity: Rarity) -> Heard:
    """Make what a question needs of the words of a foreign name."""
    read = [_expansion(part, expander) for part in parts]
    words = [_likeliest(part, expansion, expander, rarity) for part, expansion in zip(parts, read, strict=True)]
    costs = [min(rarity.asked(word), FOREIGN_BITS_MAX) for word in words]
    options = [
        (1 << place, expansion, rarity.asked(word))
        for place, (word, expansion) in enumerate(zip(words, read, strict=True))
    ]
    for place, (left, right) in enumerate(pairwise(parts)):
        if left.texts and right.texts and len(left.texts[0] + right.texts[0]) <= _JOINED_CHARACTERS:
            expansion = expander.heard(left.texts[0] + right.texts[0])
            options.append((3 << place, expansion, costs[place] + costs[place + 1]))
    return Heard(words, options, costs)


def _expansion(part: Part, expander: Expander) -> Expansion:
    known = [NOTHING, *map(expander.of_word, part.latin), *map(expander.heard, part.texts)]
    best = without_worse(either(known).similarity)
    return either((NOTHING, Expansion(best, NOTHING.ids, NOTHING.weights)))


def _likeliest(part: Part, expansion: Expansion, expander: Expander, rarity: Rarity) -> str:
    """Give the word that is most likely meant: of those that fit best the commonest."""
    if part.latin:
        return part.latin[0]
    best = max(expansion.similarity.values(), default=0.0)
    near = (expander.word(number) for number, alike in expansion.similarity.items() if alike >= best - _LIKELIEST)
    names = (word for word in near if len(word) > len(_UNKNOWN) and word not in _NO_NAMES)
    return min(names, key=lambda word: (rarity.asked(word), word), default=_UNKNOWN)
