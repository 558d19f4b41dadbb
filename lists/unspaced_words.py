"""What the words of a Chinese, Japanese or Korean name may stand for in a question, beside their first English."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from typing import TYPE_CHECKING, Final, NamedTuple, TypeAlias

from lists.east_asian_words import of_people
from lists.folding import visible
from lists.names import TOKENS_MAX
from lists.rarity import FOREIGN_BITS_MAX
from lists.tables import UNSPACED, WORDS
from lists.unspaced import SYLLABIC, as_foreign, in_cantonese, spoken, words_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from lists.expansion import Expander, Expansion
    from lists.rarity import Rarity
    from lists.unspaced import Word

Option: TypeAlias = "tuple[int, Expansion, float]"
"""Words of the question (bit mask), the listed words they may stand for, and the most bits that may prove."""

_RUN_MAX: Final = 5
"""Syllables that are read as one Latin word at most: "xinjiang", "ryongaksan"."""
_JOIN_LETTERS: Final = 4
_RUN_BITS: Final = 12.0
"""What the syllables between two known words cost at most together: lists write them as one word or two."""
_SHORT_WORD: Final = 2
_AHEAD: Final = 4


def placed(text: str, tokens: Sequence[str]) -> list[tuple[int, Word]]:
    """Give the words of a name with the places where they stand among its Latin words."""
    found: list[tuple[int, Word]] = []
    place = 0
    for word in words_of(unicodedata.normalize("NFKC", visible(text))):
        latin = word.latin
        starts = range(place, min(place + _AHEAD, len(tokens) - len(latin) + 1))
        start = next((start for start in starts if tuple(tokens[start : start + len(latin)]) == latin), None)
        # Legal forms are written otherwise by now.
        if start is not None:
            found.append((start, word))
            place = start + len(latin)
    return found


def joined(words: Iterable[tuple[int, Word]]) -> Iterator[tuple[int, str]]:
    """Give the ways to write neighbouring syllables as one word, with the places they take (bit mask).

    A short known word between or beside unknown ones may be part of a name like them: 兴业 is Xingye.
    """
    for run in _runs(words):
        for start in range(len(run)):
            text, mask, unknown = "", 0, False
            for piece, places, known in run[start : start + _RUN_MAX]:
                text, mask, unknown = text + piece, mask | places, unknown or not known
                if unknown and mask & (mask - 1) and len(text) <= _RUN_MAX:
                    yield from ((mask, one) for one in spoken(text) if len(one) >= _JOIN_LETTERS)


def foreign(words: Iterable[tuple[int, Word]]) -> Iterator[tuple[int, str]]:
    """Give the foreign words that whole runs of unknown characters may write, with the places they take (bit mask)."""
    for place, word in words:
        mask = ((1 << len(word.syllables)) - 1) << place
        yield from ((mask, one) for one in (() if word.english else as_foreign(word.text)) if len(one) >= _JOIN_LETTERS)


def _runs(words: Iterable[tuple[int, Word]]) -> list[list[tuple[str, int, bool]]]:
    """Give what stands side by side: single unknown syllables and short known words, with the places they take."""
    runs: list[list[tuple[str, int, bool]]] = [[]]
    end = -1
    for place, word in words:
        count = len(word.latin)
        if place != end or (word.english and len(word.text) > _SHORT_WORD) or not SYLLABIC.search(word.text):
            runs.append([])
        if word.english and len(word.text) <= _SHORT_WORD:
            runs[-1].append((word.text, ((1 << count) - 1) << place, True))
        elif not word.english and SYLLABIC.search(word.text):
            runs[-1] += [(char, 1 << (place + number), False) for number, char in enumerate(word.text)]
        end = place + count
    return runs


class Further(NamedTuple):
    """A name's words and those it may have besides, all options, what each word costs; and whether it is a person's.

    `in_syllables`: it is written in Han or Hangul and no organisation's, for it has no known word and no legal form.
    """

    words: list[str]
    options: list[Option]
    costs: list[float]
    in_syllables: bool


def _is_organisation(words: Iterable[tuple[int, Word]], tokens: Sequence[str]) -> bool:
    return any(word.english for _, word in words) or not WORDS.legal_forms.isdisjoint(tokens)


def further_options(
    text: str, tokens: Sequence[str], options: Sequence[Option], expander: Expander, rarity: Rarity
) -> Further:
    """Read a name with all that its words may stand for.

    Syllables of people's names are short and alike: only what is almost the same word counts. Those of an
    organisation's name are one word, however spelt: "nam kang" is Namgang.
    """
    words = placed(text, tokens)
    organisation = _is_organisation(words, tokens)
    read = [*options]
    syllabic = SYLLABIC.search(text) is not None
    if syllabic:
        read = [
            (mask, expansion if organisation and mask & (mask - 1) else expander.strict(expansion), most)
            for mask, expansion, most in options
        ]
    for place, word in words:
        read += _of_known(place, word, expander, rarity) if word.english else _of_kana(place, word, expander, rarity)
    if not organisation:
        read += _of_surnames(words, expander, rarity)
        read += of_people(words, expander, rarity)
        return Further([*tokens], _by_mask(read, expander), _costs(tokens, (), rarity), in_syllables=syllabic)
    for mask, one in joined(words):
        most = sum(rarity.asked(token) for place, token in enumerate(tokens) if mask >> place & 1)
        read.append((mask, expander.of_joined(one), most))
    read += [(mask, expander.of_joined(one), rarity.asked(one)) for mask, one in foreign(words)]
    read += _of_syllables(words, expander, rarity)
    spare = [choices for _, word in words for choices in word.spare][: TOKENS_MAX - len(tokens)]
    read += [(1 << place, *_meaning(choices, expander, rarity)) for place, choices in enumerate(spare, len(tokens))]
    costs = [*_costs(tokens, words, rarity), *(0.0 for _ in spare)]
    return Further([*tokens, *(first for first, *_ in spare)], _by_mask(read, expander), costs, in_syllables=False)


def _by_mask(options: Iterable[Option], expander: Expander) -> list[Option]:
    """Make one option of all that read the same words: candidates are chosen by what options add up to."""
    groups: defaultdict[int, list[Option]] = defaultdict(list)
    for option in options:
        groups[option[0]].append(option)
    return [
        (mask, expander.either([expansion for _, expansion, _ in group]), max(most for _, _, most in group))
        for mask, group in groups.items()
    ]


def _meaning(choices: tuple[str, ...], expander: Expander, rarity: Rarity) -> tuple[Expansion, float]:
    return expander.of_meaning(choices), max(map(rarity.asked, choices))


def _of_known(place: int, word: Word, expander: Expander, rarity: Rarity) -> Iterator[Option]:
    """Take a known word for all its English, and for its sound: Dongfang is as often left as it is as "oriental"."""
    count = len(word.english)
    places = [1 << (place + number) for number in range(count)]
    for english in (word.english, *word.also):
        last = english[-count:]
        # "dprk" stands for all the words, of "dpr" and "korea" the last for the last.
        first = sum(places[: count - len(last) + 1])
        for mask, choices in zip((first, *places[count - len(last) + 1 :]), last, strict=True):
            yield (mask, *_meaning(choices, expander, rarity))
    for one in word.spoken:
        yield sum(places), expander.exactly(one), rarity.asked(one)


def _of_syllables(words: Iterable[tuple[int, Word]], expander: Expander, rarity: Rarity) -> Iterator[Option]:
    """Take each unknown character for its sound in Hong Kong, too."""
    for place, word in words:
        for number, char in enumerate("" if word.english else word.text):
            if sound := in_cantonese(char):
                yield 1 << (place + number), expander.exactly(sound), rarity.asked(sound)


def _of_surnames(words: Iterable[tuple[int, Word]], expander: Expander, rarity: Rarity) -> Iterator[Option]:
    """Take each Korean syllable of a person's name for a surname, in its other spellings: 임 is Im, Rim and Lim."""
    for place, word in words:
        for number, char in enumerate(word.text):
            for sound in UNSPACED.surnames.get(char, ()):
                yield 1 << (place + number), expander.exactly(sound), rarity.asked(sound)


def _of_kana(place: int, word: Word, expander: Expander, rarity: Rarity) -> Iterator[Option]:
    """Take a word of kana for a foreign one, too."""
    for one in word.spoken:
        yield 1 << place, expander.of_word(one), rarity.asked(one)


def _costs(tokens: Sequence[str], words: Iterable[tuple[int, Word]], rarity: Rarity) -> list[float]:
    """Give what each word costs that the list does not have."""
    costs = [min(rarity.asked(token), FOREIGN_BITS_MAX) for token in tokens]
    for place, word in words:
        run = slice(place, place + len(word.syllables))
        whole = sum(costs[run])
        if whole > _RUN_BITS:
            costs[run] = [cost * _RUN_BITS / whole for cost in costs[run]]
    return costs
