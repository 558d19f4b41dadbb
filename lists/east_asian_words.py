"""What the characters of a person's name may stand for in a question, beside their Mandarin sounds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from lists.east_asian import as_japanese, in_burmese, in_hong_kong, in_korean
from lists.expanded import Expansion
from lists.tables import UNSPACED
from lists.unspaced import spoken

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from lists.expansion import Expander
    from lists.rarity import Rarity
    from lists.unspaced import Word
    from lists.unspaced_words import Option

_DOUBT: Final = 0.90
_CHARACTERS: Final = range(2, 7)


def of_people(words: Iterable[tuple[int, Word]], expander: Expander, rarity: Rarity) -> Iterator[Option]:
    """Read a name of no known words as Japanese, as Hong Kong spells it, as Korean and Burmese, if it may be that."""
    placed = [(place + number, char) for place, word in words for number, char in enumerate(word.text)]
    text = "".join(char for _, char in placed)
    if len(text) not in _CHARACTERS:
        return
    masks = [1 << place for place, _ in placed]
    for mask, sound in (*_of_japanese(text, masks), *_of_syllables(text, masks)):
        yield mask, expander.exactly(sound), rarity.asked(sound)
    for mask, sound in _of_koreans(text, masks):
        yield mask, _doubted(expander.exactly(sound)), rarity.asked(sound)


def _doubted(expansion: Expansion) -> Expansion:
    """Doubt a reading that suits a Chinese name by chance as well: all its words must agree."""
    doubted = {number: alike * _DOUBT for number, alike in expansion.similarity.items()}
    return Expansion(doubted, expansion.ids, expansion.weights)


def _of_japanese(text: str, masks: Sequence[int]) -> Iterator[tuple[int, str]]:
    name = as_japanese(text)
    if name is not None:
        yield from ((sum(masks[: name.characters]), sound) for sound in name.family)
        yield from ((sum(masks[name.characters :]), sound) for sound in name.given)


def _of_syllables(text: str, masks: Sequence[int]) -> Iterator[tuple[int, str]]:
    for readings in (in_hong_kong(text), in_burmese(text)):
        yield from ((mask, sound) for mask, sounds in zip(masks, readings, strict=False) for sound in sounds)


def _of_koreans(text: str, masks: Sequence[int]) -> Iterator[tuple[int, str]]:
    for mask, syllable in zip(masks, in_korean(text), strict=False):
        yield from ((mask, sound) for sound in (*spoken(syllable), *UNSPACED.surnames.get(syllable, ())))
