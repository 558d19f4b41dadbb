"""How the words of two names pair up, in bits."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple, TypeAlias

from lists.fathers import FATHER_SHARE
from lists.rarity import TELLING_BITS
from lists.similarity import INITIAL_BITS_MAX, INITIAL_SIMILARITY, POWER

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lists.asked import Question
    from lists.listed import ListedNames

Pair: TypeAlias = tuple[float, int, int, float, float]
"""Rank, words of the question (bit mask), words of the listed name (bit mask), similarity, bits of the latter.

A plain tuple: a few are made for every candidate of every name.
"""


class Alignment(NamedTuple):
    """How the words of a question pair with those of a listed name, in bits.

    `matched` bits of the list found (weakened by similarity) of `offered` bits in the same pairs; `missing` bits of
    the list without partner; `extra` bits of the question without partner; `weakest` similarity
    of a telling pair, and how many pairs are telling.
    """

    matched: float
    offered: float
    missing: float
    extra: float
    weakest: float
    telling: int
    pairs: list[Pair]


CUT_LETTERS: Final = 2
INITIAL_MISSING_SHARE: Final = 0.25
LETTER_MISSING_SHARE: Final = 0.3


def align(question: Question, names: ListedNames, number: int) -> Alignment | None:
    """Pair the words of a question with those of a listed name, best first; None where no word finds a partner."""
    bits = names.bits[number]
    listed_words = tuple(enumerate(names.word_ids[number]))
    edges = [
        (worth * similarity, mask, 1 << place, similarity, worth)
        for mask, known, most in question.options
        for place, word in listed_words
        if (similarity := known.get(word)) and (worth := bits[place] if similarity >= 1 else min(bits[place], most))
    ]
    if not edges:
        return None
    edges.sort(reverse=True)
    matched = offered = 0.0
    weakest = 1.0
    asked = listed = telling = 0
    pairs: list[Pair] = []
    for pair in edges:
        if asked & pair[1] or listed & pair[2]:
            continue
        asked |= pair[1]
        listed |= pair[2]
        matched += pair[4] * pair[3] ** POWER
        offered += pair[4]
        if pair[4] > TELLING_BITS:
            telling += 1
            weakest = min(weakest, pair[3])
        pairs.append(pair)
    alignment = Alignment(matched, offered, 0.0, 0.0, weakest, telling, pairs)
    if asked == question.all_words and listed == (1 << len(bits)) - 1:
        return alignment
    return _with_leftovers(question, names, number, asked, listed, alignment)


def nothing_aligned(question: Question, names: ListedNames, number: int) -> Alignment:
    """Give the alignment of names whose words do not meet though their letters do: glued or parted otherwise."""
    return Alignment(0.0, 0.0, names.totals[number], question.total, 1.0, 0, [])


def _with_leftovers(  # noqa: PLR0913, PLR0917 - the state of one alignment, split for length only
    question: Question, names: ListedNames, number: int, asked: int, listed: int, so_far: Alignment
) -> Alignment:
    """Pair initials with words they may stand for; count what is left over on both sides."""
    tokens, bits = names.tokens[number], names.bits[number]
    matched, offered, missing, extra, weakest, telling, pairs = so_far
    free = [place for place in range(len(tokens)) if not listed >> place & 1]
    fathers = 0.0
    for place, word in enumerate(question.tokens):
        if asked >> place & 1:
            continue
        partner = _initial_of(word, tokens, free, last=place == len(question.tokens) - 1)
        if partner is None and question.fathers >> place & 1:
            fathers += question.bits[place]
            continue
        if partner is None:
            extra += question.bits[place]
            continue
        free.remove(partner)
        telling += 1
        if tokens[partner] == word:
            matched += bits[partner]
            offered += bits[partner]
            pairs.append((bits[partner], 1 << place, 1 << partner, 1.0, bits[partner]))
            continue
        counted = min(bits[partner], INITIAL_BITS_MAX)
        matched += counted * INITIAL_SIMILARITY**POWER
        offered += counted
        missing += INITIAL_MISSING_SHARE * (bits[partner] - counted)
        pairs.append((INITIAL_SIMILARITY * counted, 1 << place, 1 << partner, INITIAL_SIMILARITY, counted))
    extra += fathers * father_share(names, number, telling, free)
    missing += sum(missing_bits(tokens[place], bits[place]) for place in free)
    if question.spared:
        spared = sum(bits for place, bits in enumerate(question.spared) if not asked >> place & 1)
        extra -= min(spared, missing)
    return Alignment(matched, offered, missing, extra, weakest, telling, pairs)


def father_share(names: ListedNames, number: int, telling: int, free: Sequence[int]) -> float:
    """Give what a father's name without partner weighs: little where all the rest of the listed name was met.

    And only if none of the entry's names has one, which would contradict, or this one is such a chain itself.
    """
    if telling < 2 or not names.open[number]:  # noqa: PLR2004 - a given name and a surname
        return 1.0
    bits = names.bits[number]
    return 1.0 if any(bits[place] > TELLING_BITS for place in free) else FATHER_SHARE


def missing_bits(word: str, bits: float) -> float:
    """Give what a listed word without partner costs: a single letter is left out more often than not."""
    return bits * LETTER_MISSING_SHARE if len(word) == 1 else bits


def points_of(pair: Pair) -> float:
    """Give the bits a pair brings."""
    return float(pair[4] * pair[3] ** POWER)


def _initial_of(word: str, tokens: Sequence[str], free: Sequence[int], *, last: bool) -> int | None:
    """Find the free word that is this single letter or digit, else the first that begins with it.

    Two letters at the end of a field may be the beginning of a word that was cut off.
    """
    if len(word) > (CUT_LETTERS if last else 1):
        return None
    same = next((place for place in free if tokens[place] == word), None)
    return same if same is not None else next((place for place in free if tokens[place].startswith(word)), None)
