"""A name as it is asked, and what every way of asking has in common: words read as several, and what words cost."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from lists.expanded import NOTHING, Expansion
from lists.fathers import FATHER_SHARE, fathers_in
from lists.names import TOKENS_MAX
from lists.rarity import FOREIGN_BITS_MAX

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lists.expansion import Expander
    from lists.rarity import Rarity
    from lists.tables import Parts
    from lists.unspaced_words import Option

LITTLE: Final = "of"
"""The English that the table gives every preposition and article."""


@dataclass(frozen=True, slots=True)
class Question:
    """`options` are masks of words, what they may stand for and what they prove at most; `bits` what each word costs.

    A word that is common in payments proves no more by looking like a rare one on the list. `fathers` are the words
    (bit mask) that name a father, `total` the bits of all where these contradict nothing. `foreign`: in letters that
    are not those of the list; `spared`: what words cost less where they may mean listed ones that were not met. The
    words of a person's name `in_syllables` are not compared by their letters: Min is not In.
    """

    tokens: Sequence[str]
    options: Sequence[tuple[int, Mapping[int, float], float]]
    expansions: Sequence[Expansion]
    bits: Sequence[float]
    total: float
    all_words: int
    fathers: int
    sorted_text: str
    exact_keys: Sequence[str]
    foreign: bool = False
    spared: Sequence[float] = ()
    in_syllables: bool = False


def question_of(
    tokens: Sequence[str], options: Sequence[Option], costs: Sequence[float], keys: Sequence[str]
) -> Question:
    """Make a question of words, what they may stand for, and what each costs that the list does not have."""
    useful = [option for option in options if option[1] is not NOTHING]
    fathers = fathers_in(tokens)
    return Question(
        tokens=tokens,
        options=[(mask, expansion.similarity, most) for mask, expansion, most in useful if expansion.similarity],
        expansions=[expansion for _, expansion, _ in useful],
        bits=costs,
        total=sum(cost * FATHER_SHARE if fathers >> place & 1 else cost for place, cost in enumerate(costs)),
        all_words=(1 << len(tokens)) - 1,
        fathers=fathers,
        sorted_text=" ".join(sorted(tokens)),
        exact_keys=keys,
    )


def costs_of(bits: Sequence[float], english: Sequence[Sequence[str]], rarity: Rarity) -> list[float]:
    """Give what words of another script cost that the list does not have: no more than their English does.

    Articles and prepositions cost nothing: translated names drop them.
    """
    return [
        0.0 if LITTLE in words else min(most, FOREIGN_BITS_MAX, *map(rarity.asked, words))
        for most, words in zip(bits, english, strict=True)
    ]


def told_once(parts: Sequence[Parts], english: Sequence[Sequence[str]], costs: Sequence[float]) -> list[float]:
    """Take a short form for nothing new where the name spells it out too: "Central Election Commission (CEC)"."""
    paid = list(costs)
    for place, several in enumerate(parts):
        others = {word for other, words in enumerate(english) if other != place for word in words}
        if len(several) > 1 and not any(others.isdisjoint(choices) for choices in several):
            paid[place] = 0.0
    return paid


def in_parts(  # noqa: PLR0913, PLR0917 - one question on its way, and what is known of words
    tokens: Sequence[str],
    options: Sequence[Option],
    costs: Sequence[float],
    parts: Iterable[Parts],
    expander: Expander,
    rarity: Rarity,
) -> tuple[list[str], list[Option], list[float]]:
    """Read a foreign word that is several English ones as these: "npo" is a scientific production association.

    What the word itself may stand for then stands for all of them.
    """
    words: list[str] = []
    bits: list[float] = []
    masks: list[int] = []
    read: list[Option] = []
    for token, cost, several in zip(tokens, costs, parts, strict=True):
        start = len(words)
        for choices in several if start + len(several) <= TOKENS_MAX else ():
            told = tuple(word for word in choices if word != LITTLE) or choices
            most = min(map(rarity.asked, told))
            read.append((1 << len(words), expander.of_meaning(told), most))
            words.append(told[0])
            # Among other choices, "of" says that lists as often leave the word out: "money exchange".
            bits.append(min(most, cost / len(several)) if told == choices else 0.0)
        if start == len(words):
            words.append(token)
            bits.append(cost)
        masks.append((1 << len(words)) - (1 << start))
    wider = [
        (sum(mask for place, mask in enumerate(masks) if old >> place & 1), expansion, most)
        for old, expansion, most in options
    ]
    return words, [*wider, *read], bits
