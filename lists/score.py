"""From an alignment to a score 0..1 and to the pieces that explain it. All weights stand in one table."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

from rapidfuzz.distance import Indel

from lists.compare import father_share, missing_bits, points_of
from lists.rarity import TELLING_BITS
from lists.sounds import sound_key
from schemas.finding import Piece

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lists.asked import Question
    from lists.compare import Alignment, Pair
    from lists.listed import ListedNames


@dataclass(frozen=True, slots=True)
class Weights:
    """Every number of the score, tuned on the tuning half of the accuracy workload (lists/ENGINE.md).

    `missing` and `extra`: what a bit without partner weighs against a matched one, on the list's and on the payment's
    side; people leave middle names and patronymics out, companies rarely a word. `evidence_bits`: the matched bits at
    which the evidence factor reaches 63 %. `whole`: the ceiling of the letter-by-letter comparison. `rest...`: what the
    words left over on both sides bring, compared by their letters and sounds, if they are alike enough. `single`: one
    word agrees, of several; `lone`: the only telling word of a name agrees; `lone_near...`: it nearly does, a long
    word, one of middle length, a short one. `weak`: a weak alias;
    `weak_lone`: one of a single telling word, a nom de guerre that OFAC expects nobody to screen for by itself
    (FAQ 123). `thing`: a vessel or aircraft. `contained...`: a whole listed name inside a longer field.
    """

    missing: float = 0.50
    missing_of_person: float = 0.36
    extra: float = 1.15
    evidence_bits: float = 6.0
    whole: float = 0.86
    rest: float = 0.90
    rest_power: float = 3.5
    rest_alike: float = 0.60
    single: float = 0.96
    lone: float = 0.96
    lone_near_long: float = 0.98
    lone_near: float = 0.88
    lone_near_short: float = 0.86
    weak: float = 0.98
    weak_lone: float = 0.70
    thing: float = 0.94
    contained: float = 0.75
    contained_bits: float = 4.7
    contained_evidence_bits: float = 10.0


WEIGHTS: Final = Weights()

EXACT: Final = 0.98
"""An exact name, in any order of its words, scores at least this."""
EXACT_GLUED: Final = 0.96
"""The same letters without blanks."""
EXACT_THING: Final = 0.87
"""The exact one-word name of a vessel or aircraft: often an ordinary word."""
DIGITS: Final = 4
"""Scores are rounded to so many digits: the same on every machine."""

LONG_WORD: Final = 8
SHORT_WORD: Final = 6
FOREIGN_WORD: Final = 0.94
"""A word in another script as like a listed one is that word, or means it: their letters cannot be the same."""
LEFTOVER_BITS: Final = 1.0
WEAKEST: Final = 0.9
CONTAINED_EXTRA_BITS: Final = 3.0
_ROUNDING: Final = 1e-9


class Judgement(NamedTuple):
    """The steps of a score: shares and factors 0..1, in the order they apply. 0 means: does not apply."""

    words: float
    whole: float
    evidence: float
    rest: float
    contained: float
    single: float
    weak: float
    thing: float
    floor: float

    @property
    def score(self) -> float:
        """Compose the steps."""
        score = max(max(self.words, self.whole) * self.evidence, self.rest, self.contained)
        return round(max(score * self.single * self.weak * self.thing, self.floor), DIGITS)


def judge(question: Question, names: ListedNames, number: int, alignment: Alignment, floor: float = 0.0) -> Judgement:
    """Weigh an alignment: words found against words missing and extra, or letter by letter; then the evidence."""
    matched, offered, missing, extra, weakest, telling, _ = alignment
    weights = WEIGHTS
    whole = rest = contained = 0.0
    if missing + extra > LEFTOVER_BITS or weakest < WEAKEST:
        whole = weights.whole * Indel.normalized_similarity(question.sorted_text, names.sorted_texts[number]) ** 2
        if missing and extra and not question.in_syllables:
            rest = _rest(question, names, number, alignment)
    if extra > CONTAINED_EXTRA_BITS and matched > weights.contained_bits:
        surplus = (matched - weights.contained_bits) / weights.contained_evidence_bits
        contained = weights.contained * (matched / names.totals[number]) ** 2 * (1 - math.exp(-surplus))
    single = 1.0
    if telling < 2:  # noqa: PLR2004 - one word agrees
        single = weights.single
        if names.telling[number] < 2:  # noqa: PLR2004 - and the name has no other
            single = weights.lone if weakest == 1 else _lone_near(names, number)
            if question.foreign and weakest >= FOREIGN_WORD:
                single = max(weights.lone, single)
    return Judgement(
        matched / (offered + missing_weight(names, number) * missing + weights.extra * extra),
        whole,
        1 - math.exp(-matched / weights.evidence_bits),
        rest,
        contained,
        single,
        _weak_factor(names, number),
        weights.thing if names.things[number] else 1.0,
        floor,
    )


def missing_weight(names: ListedNames, number: int) -> float:
    """Give what a bit of this listed name without partner weighs."""
    return WEIGHTS.missing_of_person if names.persons[number] else WEIGHTS.missing


def _rest(question: Question, names: ListedNames, number: int, alignment: Alignment) -> float:
    """Take the words left over on both sides for one more pair, if they look or sound alike: "Zia Our Raman"."""
    asked, listed = _masks(alignment.pairs)
    words = [word for place, word in enumerate(question.tokens) if not asked >> place & 1]
    others = [word for place, word in enumerate(names.tokens[number]) if not listed >> place & 1]
    if not words or not others:
        return 0.0
    looks = Indel.normalized_similarity("".join(words), "".join(others))
    sounds = Indel.normalized_similarity("".join(map(sound_key, words)), "".join(map(sound_key, others)))
    alike = (looks + sounds) / 2
    if alike < WEIGHTS.rest_alike:
        return 0.0
    matched = alignment.matched + WEIGHTS.rest * alike**WEIGHTS.rest_power * alignment.missing
    evidence = 1 - math.exp(-matched / WEIGHTS.evidence_bits)
    return float(matched / (alignment.offered + alignment.missing) * evidence)


def _lone_near(names: ListedNames, number: int) -> float:
    """Doubt the only telling word of a name, nearly met: a short one is near many."""
    letters = max(
        (len(word) for word, bits in zip(names.tokens[number], names.bits[number], strict=True) if bits > TELLING_BITS),
        default=0,
    )
    if letters >= LONG_WORD:
        return WEIGHTS.lone_near_long
    return WEIGHTS.lone_near if letters >= SHORT_WORD else WEIGHTS.lone_near_short


def _weak_factor(names: ListedNames, number: int) -> float:
    if not names.weak[number]:
        return 1.0
    return WEIGHTS.weak if names.telling[number] > 1 else WEIGHTS.weak_lone


def exact_floor(names: ListedNames, number: int, *, glued: bool) -> float:
    """Give the least score of a name found word for word; none for a one-word weak alias, which proves too little."""
    one_word = len(names.tokens[number]) == 1
    if one_word and names.weak[number]:
        return 0.0
    if one_word and names.things[number]:
        return EXACT_THING
    return EXACT_GLUED if glued else EXACT


class Ledger:
    """Pieces whose points add up to the score: each step enters the running total it leaves behind."""

    def __init__(self) -> None:
        self.pieces: list[Piece] = []
        self._total = 0.0

    @property
    def total(self) -> float:
        """Points so far."""
        return self._total

    def add(self, query: str, listed: str, similarity: float, bits: float, total: float) -> None:
        """Enter a step that brings the running total to `total` (points out of 100)."""
        points = round(round(total, 2) - round(self._total, 2), 2)
        self.pieces.append(Piece(query, listed, round(similarity, 3), round(bits, 1), points + 0.0))
        self._total = total

    def settle(self, score: float) -> None:
        """Let the last piece carry what rounding left over."""
        rest = round(100 * score - sum(piece.points for piece in self.pieces), 2)
        if rest:
            last = self.pieces.pop()
            points = round(last.points + rest, 2)
            self.pieces.append(Piece(last.query, last.listed, last.similarity, last.bits, points))

    def factor(self, name: str, factor: float) -> None:
        """Enter a factor unless it is 1."""
        if factor != 1.0:
            self.add("", f"({name})", factor, 0.0, self._total * factor)


def explain(
    question: Question, names: ListedNames, number: int, alignment: Alignment, judged: Judgement
) -> tuple[Piece, ...]:
    """Tell a score piece by piece; the points add up to 100 times the score."""
    ledger = Ledger()
    _tell_pairs(ledger, question.tokens, names.tokens[number], alignment)
    _tell_leftovers(ledger, question, names, number, alignment)
    if judged.whole > judged.words:
        ledger.add("", "(all letters compared)", math.sqrt(judged.whole / WEIGHTS.whole), 0.0, 100 * judged.whole)
    ledger.add("", "(evidence in all matched bits)", judged.evidence, alignment.matched, ledger.total * judged.evidence)
    if 100 * judged.rest > ledger.total:
        ledger.add("", "(the words left over, by their letters)", judged.rest, 0.0, 100 * judged.rest)
    if 100 * judged.contained > ledger.total:
        ledger.add("", "(the listed name inside a longer field)", judged.contained, 0.0, 100 * judged.contained)
    ledger.factor("only one word agrees", judged.single)
    ledger.factor("weak alias", judged.weak)
    ledger.factor("name of a vessel or aircraft", judged.thing)
    if judged.score == judged.floor:
        ledger.add("", "(the very name, word for word)", 1.0, 0.0, 100 * judged.floor)
    ledger.settle(judged.score)
    return tuple(ledger.pieces)


def words_at(mask: int, words: Sequence[str]) -> str:
    """Write out the words of a bit mask."""
    return " ".join(word for place, word in enumerate(words) if mask >> place & 1)


def _tell_pairs(ledger: Ledger, asked: Sequence[str], listed: Sequence[str], alignment: Alignment) -> None:
    """Tell which words met: shares of the bits offered, so that a perfect match of all words makes 100."""
    for pair in alignment.pairs:
        _, query, entry, similarity, bits = pair
        gained = 100 * points_of(pair) / alignment.offered
        ledger.add(words_at(query, asked), words_at(entry, listed), similarity, bits, ledger.total + gained)


def _tell_leftovers(ledger: Ledger, question: Question, names: ListedNames, number: int, alignment: Alignment) -> None:
    """Tell which words found no partner, and what each takes off."""
    matched, divisor = alignment.matched, alignment.offered
    asked, listed = _masks(alignment.pairs)
    for place, word in enumerate(names.tokens[number]):
        if not listed >> place & 1:
            bits = names.bits[number][place]
            divisor += missing_weight(names, number) * missing_bits(word, bits)
            ledger.add("", word, 0.0, bits, 100 * matched / divisor)
    free = [place for place in range(len(names.bits[number])) if not listed >> place & 1]
    father = father_share(names, number, alignment.telling, free)
    for place, word in enumerate(question.tokens):
        if not asked >> place & 1:
            share = father if question.fathers >> place & 1 else 1.0
            divisor += WEIGHTS.extra * question.bits[place] * share
            told = "" if share == 1.0 else "(a father's name, which the list does not contradict)"
            ledger.add(word, told, 0.0, question.bits[place], 100 * matched / divisor)
    total = alignment.offered + missing_weight(names, number) * alignment.missing + WEIGHTS.extra * alignment.extra
    if divisor - total > _ROUNDING:
        ledger.add("", "(ordinary words may mean those not met)", 0.0, 0.0, 100 * matched / total)
    if total - divisor > _ROUNDING:
        ledger.add("", "(what an initial leaves open)", 0.0, 0.0, 100 * matched / total)


def _masks(pairs: Sequence[Pair]) -> tuple[int, int]:
    asked = listed = 0
    for pair in pairs:
        asked |= pair[1]
        listed |= pair[2]
    return asked, listed
