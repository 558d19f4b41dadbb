"""Two listed words written as one: "mohammedreza", "alrashid". Cut where the two halves prove most."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from lists.abjad import ARTICLE
from lists.sounds import sound_key
from lists.tables import WORDS

if TYPE_CHECKING:
    from collections.abc import Callable

    from lists.rarity import Rarity
    from lists.vocabulary import Vocabulary

HALF_LETTERS: Final = 4
GLUED_ARTICLES: Final = frozenset({"al", "el"})
_LETTERS: Final = range(6, 41)
_BITS_MIN: Final = 9.0
_UNKNOWN_BITS: Final = 8.0
_UNKNOWN_LETTERS: Final = 5
_ABJAD_LETTERS: Final = range(7, 33)
_ABJAD_HALVES_MAX: Final = 20
_ABJAD_HALF_LETTERS: Final = 3
_ABJAD_PIECE_LETTERS: Final = range(3, 13)
_ABJAD_ONE_WORD: Final = 0.80
_ABJAD_LONG_LETTERS: Final = 9
_ABJAD_LONG_WORD: Final = 0.87
"""A long word is like a listed one by chance: nine letters fit words of other languages with every consonant."""
_JOINS_TO_NOTHING: Final = frozenset(
    "\u0627\u0623\u0625\u0622\u062f\u0630\u0631\u0632\u0698\u0648\u0624\u0629\u0649\u0621"
)
_ABJAD_SURELY: Final = 0.90
_PARTICLE_LETTERS: Final = sorted({len(word) for word in WORDS.particles if len(word) > 1})


def two_in_one(word: str, known: Vocabulary, rarity: Rarity) -> tuple[str, str] | None:
    """Cut an unknown word into two listed ones, the cut that proves most; None where no cut proves enough."""
    if len(word) not in _LETTERS or not word.isalpha():
        return None
    if word[:2] in GLUED_ARTICLES and len(word) > _UNKNOWN_LETTERS + 1 and word[2:] in known.ids:
        return word[:2], word[2:]
    best: tuple[str, str] | None = None
    best_bits = _BITS_MIN
    for place in _places(word, known):
        left, right = word[:place], word[place:]
        bits = _bits(left, right, known, rarity)
        if bits and bits + 0.8 * min(len(left), len(right)) > best_bits:
            best_bits = bits + 0.8 * min(len(left), len(right))
            best = (left, right)
    return best


def _places(word: str, known: Vocabulary) -> list[int]:
    """Give the places where a word may be two: a listed word on either side, or a particle before."""
    places = [*known.may_be_parted(word), *(end for end in _PARTICLE_LETTERS if word[:end] in WORDS.particles)]
    return sorted({place for place in places if 2 <= place < len(word) - 2}) if places else places  # noqa: PLR2004 - shorter is no word


def _bits(left: str, right: str, known: Vocabulary, rarity: Rarity) -> float:
    """Give the bits of both halves, 0 where one is neither listed nor sounds like a listed word."""
    bits = rarity.of_organisation
    if (len(left) > 2 and left in known.ids) or left in WORDS.particles:  # noqa: PLR2004 - shorter is anything
        if right in known.ids:
            return bits(left) + bits(right)
        if len(right) >= _UNKNOWN_LETTERS and sound_key(right) in known.known_sounds:
            return (bits(left) + _UNKNOWN_BITS) * 0.9
        return 0.0
    if len(left) < _UNKNOWN_LETTERS or len(right) < HALF_LETTERS or right not in known.ids:
        return 0.0
    if sound_key(left) not in known.known_sounds:
        return 0.0
    return (bits(right) + _UNKNOWN_BITS) * 0.9


def abjad_parts(word: str, best: Callable[[str], float]) -> tuple[str, ...]:
    """Cut an Arabic word that is like no listed one where all parts surely are; else give the word.

    `best` says how like a listed word one is, 0..1.
    """
    if len(word) not in _ABJAD_LETTERS:
        return (word,)
    like = best(word)
    if like >= (_ABJAD_LONG_WORD if len(word) >= _ABJAD_LONG_LETTERS else _ABJAD_ONE_WORD):
        return (word,)
    return _abjad_halves(word, best) or _abjad_pieces(word, best) or (word,)


def _abjad_halves(word: str, best: Callable[[str], float]) -> tuple[str, ...]:
    if len(word) > _ABJAD_HALVES_MAX:
        return ()
    cuts = [(word[:end], word[end:]) for end in range(_ABJAD_HALF_LETTERS, len(word) - _ABJAD_HALF_LETTERS + 1)]
    sure = [cut for cut in cuts if all(best(half) >= _ABJAD_SURELY for half in cut)]
    # A blank is missed least after a letter that joins to nothing. Of equally sure cuts the one nearest to the middle:
    # a name of three letters begins many a word.
    return max(
        sure,
        key=lambda cut: (cut[0][-1] in _JOINS_TO_NOTHING, min(map(best, cut)), min(map(len, cut))),
        default=(),
    )


def _abjad_pieces(word: str, best: Callable[[str], float]) -> tuple[str, ...]:
    """Cut into as few listed words as possible, after letters that join to nothing or before an article."""
    places = [
        place
        for place in range(1, len(word))
        if word[place - 1] in _JOINS_TO_NOTHING or word.startswith(ARTICLE, place)
    ]
    found: dict[int, tuple[float, tuple[str, ...]]] = {0: (0.0, ())}
    for end in (*places, len(word)):
        ways = [
            (cost + 1.0 + (1.0 - alike), (*pieces, piece))
            for start, (cost, pieces) in found.items()
            if end - start in _ABJAD_PIECE_LETTERS and (alike := best(piece := word[start:end])) >= _ABJAD_SURELY
        ]
        if ways:
            found[end] = min(ways)
    return found.get(len(word), (0.0, ()))[1]


_GLUED_LETTERS: Final = 8
_GLUED_REST_LETTERS: Final = 4


def without_glued(word: str) -> list[str]:
    """Give what is left of a long word without the company words written as one with it: "rosneftag" is Rosneft."""
    if len(word) < _GLUED_LETTERS or not (word.endswith(WORDS.glued_tails) or word.startswith(WORDS.glued_heads)):
        return []
    rests = [word[: -len(tail)] for tail in WORDS.glued_tails if word.endswith(tail)]
    rests += [word[len(head) :] for head in WORDS.glued_heads if word.startswith(head)]
    return [rest for rest in rests if len(rest) >= _GLUED_REST_LETTERS]
