"""Listed names inside free text: in windows of words, the same expansions and bits, words close together."""

from __future__ import annotations

import bisect
import functools
import math
from itertools import accumulate
from typing import TYPE_CHECKING, Final, NamedTuple

from lists.folding import fold
from lists.names import plain_tokens
from lists.rarity import TELLING_BITS
from lists.score import DIGITS, Ledger
from lists.similarity import POWER
from lists.tables import WORDS
from lists.windows import EVIDENCE_BITS, EXACT_BITS, FREE_BITS, LETTER_SHARE, LETTERS_MAX

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from lists.listed import ListedNames
    from lists.windows import Window
    from schemas.finding import Piece

EXACT_IN_TEXT: Final = 0.85
"""A name of several telling words that stands in a text word for word scores at least this."""

_ANCHORS_MAX: Final = 6
_CONTEXT_WORDS: Final = 3

_GAP: Final = 0.015
_DISTANCE: Final = 0.015
_SINGLE_OF_MANY: Final = 0.79
_SINGLE_EXACT: Final = 0.69
_SINGLE_WITH_FORM: Final = 1.0
_SINGLE_NEAR: Final = 0.80
_REFERENCE_WORDS: Final = 0.50
_COMMON_WORDS: Final = 0.70
_WEAK: Final = 0.90
_THING_OUT_OF_CONTEXT: Final = 0.90


class Found(NamedTuple):
    """A listed name in a window: score, its words by place (place, listed word, similarity), and the factors."""

    score: float
    places: Sequence[tuple[int, int, float]]
    share: float
    factors: Sequence[tuple[str, float]]


def stands(window: Window, names: ListedNames, numbers: Sequence[int]) -> Mapping[int, Sequence[tuple[int, float]]]:
    """Give each listed word of these names the places of the window where it may stand, and how alike it is there."""
    wanted = {word for number in numbers for word in names.word_ids[number]}
    found: dict[int, list[tuple[int, float]]] = {}
    for place, expansion in window.expansions:
        for word in wanted & expansion.similarity.keys():
            found.setdefault(word, []).append((place, expansion.similarity[word]))
    return found


def find(window: Window, names: ListedNames, number: int, stands: Mapping[int, Sequence[tuple[int, float]]]) -> Found:
    """Place a candidate in its window: its rarest word first, the others near it; the best of a few such places."""
    bits = names.bits[number]
    places = [stands.get(word, ()) for word in names.word_ids[number]]
    anchor = max((word for word in range(len(bits)) if places[word]), key=lambda word: (bits[word], -word))
    others = sorted((word for word in range(len(bits)) if word != anchor), key=lambda word: (-bits[word], word))
    tries = (
        _weigh(window, names, number, _around(start, [anchor, *others], places, len(bits)))
        for start in places[anchor][:_ANCHORS_MAX]
    )
    return max(tries, key=lambda found: found.score)


def _around(
    start: tuple[int, float], words: Sequence[int], places: Sequence[Sequence[tuple[int, float]]], count: int
) -> list[tuple[int, int, float]]:
    """Take for every word the nearest good free place around the anchor."""
    chosen = [(start[0], words[0], start[1])]
    taken = {start[0]}
    for word in words[1:]:
        near = [
            (alike - _DISTANCE * abs(place - start[0]), -place, alike)
            for place, alike in places[word]
            if place not in taken and abs(place - start[0]) <= count + 2
        ]
        if near:
            _, place, alike = max(near)
            taken.add(-place)
            chosen.append((-place, word, alike))
    return chosen


def _weigh(window: Window, names: ListedNames, number: int, chosen: list[tuple[int, int, float]]) -> Found:
    """Score a placement: share of the name's bits, evidence, gaps; then what makes it weaker."""
    bits, tokens = names.bits[number], names.tokens[number]
    matched = sum(bits[word] * alike**POWER for _, word, alike in chosen)
    found = {word for _, word, _ in chosen}
    total = sum(
        value * (LETTER_SHARE if len(tokens[word]) == 1 and word not in found else 1.0)
        for word, value in enumerate(bits)
    )
    places = [place for place, _, _ in chosen]
    gaps = max(places) - min(places) + 1 - len(set(places))
    factors = [
        ("evidence in all matched bits", _evidence(matched)),
        ("words between", max(0.0, 1 - _GAP * gaps)),
        *_doubts(window, names, number, chosen, min(places)),
    ]
    chance = _may_be_chance(names, number, chosen)
    if chance:
        factors.append(("two words of every day, no legal form beside them", _COMMON_WORDS))
    share = matched / total
    score = share * math.prod(factor for _, factor in factors)
    exact = not chance and matched >= EXACT_BITS and _is_exact(names, number, chosen, gaps)
    return Found(round(max(score, EXACT_IN_TEXT if exact else 0.0), DIGITS), chosen, share, factors)


def _may_be_chance(names: ListedNames, number: int, chosen: Sequence[tuple[int, int, float]]) -> bool:
    """Say whether a name has one or two telling words, all of every day, and no legal form of it was met."""
    tokens = names.tokens[number]
    telling = [tokens[word] for word, bits in enumerate(names.bits[number]) if bits > TELLING_BITS]
    if len(telling) > 2 or not all(word in WORDS.common_words for word in telling):  # noqa: PLR2004 - three say more
        return False
    return not any(tokens[word] in WORDS.legal_forms for _, word, _ in chosen)


def _is_exact(names: ListedNames, number: int, chosen: Sequence[tuple[int, int, float]], gaps: int) -> bool:
    """Say whether all telling words of a name, two or more, stand side by side exactly as listed."""
    if gaps or names.telling[number] < 2 or any(alike < 1 for _, _, alike in chosen):  # noqa: PLR2004 - one word is chance
        return False
    return sum(names.bits[number][word] > TELLING_BITS for _, word, _ in chosen) == names.telling[number]


def _evidence(bits: float) -> float:
    """Give what so many matched bits prove: nothing up to the first few, for any text holds that much by chance."""
    return math.sqrt(1 - math.exp(-max(bits - FREE_BITS, 0.0) / EVIDENCE_BITS))


def _tells(token: str, bits: float) -> bool:
    return bits > TELLING_BITS and token not in WORDS.text_words


def _doubts(
    window: Window, names: ListedNames, number: int, chosen: Sequence[tuple[int, int, float]], first: int
) -> Iterable[tuple[str, float]]:
    words = len(names.bits[number])
    telling = [alike for _, word, alike in chosen if names.bits[number][word] > TELLING_BITS]
    if len(telling) < 2:  # noqa: PLR2004 - one word agrees
        exact = min(telling, default=0.0) >= 1
        lone = _SINGLE_WITH_FORM if len(chosen) > 1 else _SINGLE_EXACT
        yield "only one word agrees", _SINGLE_OF_MANY if names.telling[number] > 1 else lone if exact else _SINGLE_NEAR
    if not any(_tells(window.tokens[place], names.bits[number][word]) for place, word, _ in chosen):
        yield "only words of payment references agree", _REFERENCE_WORDS
    if names.weak[number]:
        yield "weak alias", _WEAK
    if names.things[number]:
        around = window.tokens[max(0, first - _CONTEXT_WORDS) : first + words + _CONTEXT_WORDS]
        if WORDS.vessel_words.isdisjoint(around):
            yield "name of a vessel or aircraft, nothing near says so", _THING_OUT_OF_CONTEXT


def explain_found(window: Window, names: ListedNames, number: int, found: Found) -> tuple[Piece, ...]:
    """Tell a find piece by piece; the points add up to 100 times the score."""
    ledger = Ledger()
    tokens, bits = names.tokens[number], names.bits[number]
    matched = sum(bits[word] * alike**POWER for _, word, alike in found.places)
    for place, word, alike in found.places:
        gained = 100 * found.share * bits[word] * alike**POWER / matched
        ledger.add(window.tokens[place], tokens[word], alike, bits[word], ledger.total + gained)
    met = {word for _, word, _ in found.places}
    for word, token in enumerate(tokens):
        if word not in met:
            ledger.add("", token, 0.0, bits[word], ledger.total)
    for name, factor in found.factors:
        ledger.factor(name, factor)
    if found.score == EXACT_IN_TEXT:
        ledger.add("", "(the very name, word for word)", 1.0, 0.0, 100 * EXACT_IN_TEXT)
    ledger.settle(found.score)
    return tuple(ledger.pieces)


def span_of(text: str, window: Window, bits: Sequence[float], found: Found) -> str:
    """Give the words of the original text that hold the find, as they stand there; folded where they cannot be told."""
    places = [place for place, word, _ in found.places if bits[word] > TELLING_BITS]
    places = places or [place for place, _, _ in found.places]
    wanted = list(window.tokens[min(places) : max(places) + 1])
    written = _written(text)
    bounds = _glued_in(written, "".join(wanted)) or _from_to(written, wanted[0], wanted[-1])
    return " ".join(wanted) if bounds is None else " ".join(written.words[bounds[0] : bounds[1] + 1])


class _Written(NamedTuple):
    """A text by its words: all their letters, folded and glued; where each word's letters end; each token's places."""

    words: Sequence[str]
    letters: str
    ends: Sequence[int]
    places: Mapping[str, Sequence[int]]


@functools.lru_cache(maxsize=8)  # all finds of one text are told one after the other
def _written(text: str) -> _Written:
    words = text[:LETTERS_MAX].split()
    folded = [plain_tokens(fold(word)) for word in words]
    places: dict[str, list[int]] = {}
    for place, tokens in enumerate(folded):
        for token in dict.fromkeys(tokens):
            places.setdefault(token, []).append(place)
    glued = ["".join(tokens) for tokens in folded]
    return _Written(words, "".join(glued), list(accumulate(map(len, glued))), places)


def _glued_in(written: _Written, letters: str) -> tuple[int, int] | None:
    """Find the fewest words in a row that hold these letters without a gap; of several such rows the first."""
    first = written.letters.find(letters)
    if first < 0:
        return None
    end = bisect.bisect_left(written.ends, first + len(letters))
    last = written.letters.rfind(letters, 0, written.ends[end])
    return bisect.bisect_right(written.ends, last), end


def _from_to(written: _Written, first: str, last: str) -> tuple[int, int] | None:
    """Find the fewest words in a row that begin with one word and end with another."""
    ends = written.places.get(last, ())
    best: tuple[int, int] | None = None
    for start in written.places.get(first, ()):
        after = bisect.bisect_left(ends, start)
        if after < len(ends) and (best is None or ends[after] - start < best[1] - best[0]):
            best = (start, ends[after])
    return best
