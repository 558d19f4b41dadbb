"""What the words of a Chinese, Japanese or Korean name may stand for in a question, beside their first English."""

from __future__ import annotations

import math
import unicodedata
from collections import defaultdict
from itertools import chain, islice
from typing import TYPE_CHECKING, Final, NamedTuple, TypeAlias

from lists.cantonese import in_cantonese
from lists.east_asian_words import of_people
from lists.expanded import either, strict
from lists.folding import visible
from lists.foreign import SMALL_KNOWN_BITS
from lists.japanese import in_japanese, is_japanese
from lists.korean import loanwords
from lists.names import TOKENS_MAX
from lists.rarity import BITS_MAX, FOREIGN_BITS_MAX, PLACE_BITS
from lists.tables import HAN_READINGS, UNSPACED, WORDS
from lists.transcribed import lone_foreign
from lists.transcribed_units import HAN
from lists.unspaced import SYLLABIC, as_foreign, defined, meaning, spoken, ways_to_write, words_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from lists.expanded import Expansion
    from lists.expansion import Expander
    from lists.rarity import Rarity
    from lists.unspaced import Word

Option: TypeAlias = "tuple[int, Expansion, float]"
"""Words of the question (bit mask), the listed words they may stand for, and the most bits that may prove."""

_RUN_MAX: Final = 5
"""Syllables that are read as one Latin word at most: "xinjiang", "ryongaksan"."""
_JOIN_LETTERS: Final = 4
_BRAND_MAX: Final = 7
"""Characters that are read as one foreign word at most."""
_OWN_NAME: Final = range(2, 5)
"""Characters of a firm's own Chinese name that an English one may resemble."""
_BRANDS_MAX: Final = 24
"""Foreign words that are listened for in one name: each takes up to two milliseconds."""
_LOANWORDS_LIKELY: Final = 2
"""Foreign words that Korean syllables may write which count however they are spelt; the rest only if listed so."""
_RUN_BITS: Final = 12.0
"""What the syllables between two known words cost at most together: lists write them as one word or two."""
_OWNER_BITS: Final = 1.0
"""What a word of the state or party before a name costs at most: 북한 정찰총국 is the Reconnaissance General Bureau."""
_KOREA: Final = ("korea",)
"""A place as others are, but of two states."""
_SHORT_WORD: Final = 2
_KANA_WORDS_MAX: Final = 3
"""Words of kana that are read as one Latin word at most."""
_JAPANESE_MAX: Final = 30
"""Characters of a name that is read as Japan reads it: it has no longer ones, and each has many readings."""
_AHEAD: Final = 4
_COMPOUND_MAX: Final = 3
"""Neighbours that are read as one listed word at most, by their meanings: "shipmanagement"."""


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


def joined(
    words: Iterable[tuple[int, Word]], read: Callable[[str], Iterable[str]] = spoken
) -> Iterator[tuple[int, str]]:
    """Give the ways to write neighbouring syllables as one word, with the places they take (bit mask).

    A short known word between or beside unknown ones may be part of a name like them: 兴业 is Xingye.
    """
    for text, mask, _ in _stretches(words, _RUN_MAX):
        yield from ((mask, one) for one in read(text) if len(one) >= _JOIN_LETTERS)


def _stretches(words: Iterable[tuple[int, Word]], most: int) -> Iterator[tuple[str, int, int]]:
    """Give neighbouring characters, some unknown, with the places they take (bit mask) and how long their run is."""
    for run in _runs(words):
        count = sum(len(piece) for piece, _, _ in run)
        for start in range(len(run)):
            text, mask, unknown = "", 0, False
            for piece, places, known in run[start : start + most]:
                text, mask, unknown = text + piece, mask | places, unknown or not known
                if unknown and mask & (mask - 1) and len(text) <= most:
                    yield text, mask, count


def in_kana(words: Iterable[tuple[int, Word]]) -> Iterator[tuple[int, str]]:
    """Give the ways to write neighbouring words of kana as one: a short known one may be the end of a name.

    アスコ and テック, "technology", may be Ascotec.
    """
    before: list[tuple[int, Word]] = []
    for place, word in words:
        if SYLLABIC.search(word.text) or (before and before[-1][0] + len(before[-1][1].latin) != place):
            before = []
        if SYLLABIC.search(word.text):
            continue
        before = [*before[1 - _KANA_WORDS_MAX :], (place, word)]
        for start in range(len(before) - 1):
            whole = before[start:]
            if not all(one.english for _, one in whole):
                mask = (1 << (place + len(word.latin))) - (1 << whole[0][0])
                yield from ((mask, one) for one in spoken("".join(one.text for _, one in whole)))


def brands(words: Iterable[tuple[int, Word]]) -> Iterator[tuple[int, str]]:
    """Give neighbouring characters that may write a foreign word by their sounds, with the places they take (bit mask).

    凱特丹寧斯 is Kat Dennings. Two characters that both have a meaning are rather a Chinese name, and so is one over.
    """
    for text, mask, count in _stretches(words, _BRAND_MAX):
        plain = text.translate(UNSPACED.simplified)
        sure = len(plain) > _SHORT_WORD or (count != _SHORT_WORD + 1 and not all(map(meaning, plain)))
        if sure and all(char in HAN for char in plain):
            yield mask, plain


def _own_names(words: Iterable[tuple[int, Word]]) -> Iterator[tuple[int, str]]:
    """Give firms' own names in Chinese: all unknown characters between known words, if they are few."""
    for place, word in words:
        text = word.text.translate(UNSPACED.simplified)
        if not word.english and len(text) in _OWN_NAME and all(char in HAN_READINGS.cantonese for char in text):
            yield ((1 << len(word.syllables)) - 1) << place, text


def foreign(words: Iterable[tuple[int, Word]]) -> Iterator[tuple[int, str]]:
    """Give the foreign words that whole runs of unknown characters may write, with the places they take (bit mask)."""
    for place, word in words:
        mask = ((1 << len(word.syllables)) - 1) << place
        found = () if word.english else (*as_foreign(word.text), *loanwords(word.text)[:_LOANWORDS_LIKELY])
        yield from ((mask, one) for one in found if len(one) >= _JOIN_LETTERS)


def compounds(words: Iterable[tuple[int, Word]], expander: Expander) -> Iterator[tuple[int, str]]:
    """Give the listed words that neighbours are if written as one, each by its meaning or its sound.

    Companies make their Latin names so: 芯百 is Corebai, 银星 Silverstar, 中科 Sinotech.
    """
    pieces = _pieces(words)
    for start, (first, _) in enumerate(pieces):
        made = [""]
        for number, (place, forms) in enumerate(pieces[start : start + _COMPOUND_MAX]):
            if place != first + number:
                break
            longer = [before + form for before in made for form in forms]
            if number:
                mask = (2 << place) - (1 << first)
                yield from ((mask, one) for one in longer if len(one) >= _JOIN_LETTERS and expander.knows(one))
            made = [one for one in longer if expander.begins_a_word(one)]


def _pieces(words: Iterable[tuple[int, Word]]) -> list[tuple[int, tuple[str, ...]]]:
    """Give the places of unknown characters and of words of one English word, and all that each may be written as."""
    pieces: list[tuple[int, tuple[str, ...]]] = []
    for place, word in words:
        if word.english:
            alike = [english for english in (word.english, *word.also) if len(english) == len(word.english)]
            meant = [dict.fromkeys(chain.from_iterable(choices)) for choices in zip(*alike, strict=True)]
            pieces += [
                (place + number, (*one, *(word.spoken if len(meant) == 1 else ()))) for number, one in enumerate(meant)
            ]
        elif SYLLABIC.search(word.text):
            pieces += [(place + number, ways_to_write(char)) for number, char in enumerate(word.text)]
    return pieces


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

    `spared`: what known words cost less in place of listed ones that were not met. `in_syllables`: it is written in Han
    or Hangul and no organisation's, for it has no known word and no legal form.
    """

    words: list[str]
    options: list[Option]
    costs: list[float]
    spared: Sequence[float]
    in_syllables: bool = False


def _is_organisation(words: Iterable[tuple[int, Word]], tokens: Sequence[str]) -> bool:
    """Say whether a name has words of organisations; the families and places of Japan are in people's names, too."""
    known = (word.text.translate(UNSPACED.simplified) for _, word in words if word.english)
    return any(word not in UNSPACED.of_japan for word in known) or not WORDS.legal_forms.isdisjoint(tokens)


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
            (mask, expansion if organisation and mask & (mask - 1) else strict(expansion), most)
            for mask, expansion, most in options
        ]
    numbers = ((place, token) for place, token in enumerate(tokens) if token.isdigit())
    read += [(1 << place, expander.of_number(token), FOREIGN_BITS_MAX) for place, token in numbers]
    for place, word in words:
        read += _of_known(place, word, expander, rarity) if word.english else _of_kana(place, word, expander, rarity)
    read += _of_loanwords(words, expander, rarity)
    read += [(mask, expander.of_word(one), rarity.asked(one)) for mask, one in in_kana(words)]
    if len(text) <= _JAPANESE_MAX and is_japanese(text):
        read += _of_japan(words, expander, rarity)
    if alone := lone_foreign(text):
        read.append(((1 << len(tokens)) - 1, expander.heard_brand(alone), BITS_MAX))
    if not organisation:
        read += _of_surnames(words, expander, rarity)
        read += of_people(words, expander, rarity)
        return Further([*tokens], _by_mask(read), _costs(tokens, (), rarity), (), in_syllables=syllabic)
    for mask, one in joined(words):
        most = sum(rarity.asked(token) for place, token in enumerate(tokens) if mask >> place & 1)
        read.append((mask, expander.of_joined(one), most))
    read += [(mask, expander.of_joined(one), rarity.asked(one)) for mask, one in foreign(words)]
    read += [(mask, expander.heard_brand(one), FOREIGN_BITS_MAX) for mask, one in islice(brands(words), _BRANDS_MAX)]
    read += [(mask, expander.sounding_like(one), FOREIGN_BITS_MAX) for mask, one in _own_names(words)]
    read += [(mask, expander.exactly(one), rarity.asked(one)) for mask, one in compounds(words, expander)]
    read += _of_syllables(words, expander, rarity)
    spare = [choices for _, word in words for choices in word.spare][: TOKENS_MAX - len(tokens)]
    read += [(1 << place, *_meaning(choices, expander, rarity)) for place, choices in enumerate(spare, len(tokens))]
    costs = [*_costs(tokens, words, rarity), *(0.0 for _ in spare)]
    known = {place + number for place, word in words for number in range(len(word.english))}
    spared = [max(0.0, cost - SMALL_KNOWN_BITS) if place in known else 0.0 for place, cost in enumerate(costs)]
    return Further([*tokens, *(first for first, *_ in spare)], _by_mask(read), costs, spared)


def _by_mask(options: Iterable[Option]) -> list[Option]:
    """Make one option of all that read the same words: candidates are chosen by what options add up to."""
    groups: defaultdict[int, list[Option]] = defaultdict(list)
    for option in options:
        groups[option[0]].append(option)
    return [
        (mask, either([expansion for _, expansion, _ in group]), max(most for _, _, most in group))
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
    """Take each unknown character for its sound in Hong Kong and for what it means, too."""
    for place, word in words:
        for number, char in enumerate("" if word.english else word.text):
            for sound in in_cantonese(char):
                yield 1 << (place + number), expander.exactly(sound), rarity.asked(sound)
            for meant in filter(None, (meaning(char), *((one,) for one in defined(char)))):
                yield 1 << (place + number), *_meaning(meant, expander, rarity)


def _of_loanwords(words: Iterable[tuple[int, Word]], expander: Expander, rarity: Rarity) -> Iterator[Option]:
    """Take unknown Korean syllables for a foreign word that is listed."""
    for place, word in words:
        mask = ((1 << len(word.syllables)) - 1) << place
        yield from ((mask, expander.exactly(one), rarity.asked(one)) for one in loanwords(word.text) if mask)


def _of_japan(words: Sequence[tuple[int, Word]], expander: Expander, rarity: Rarity) -> Iterator[Option]:
    """Take characters as Japan reads them, each by itself and neighbours as one word."""
    for mask, one in joined(words, in_japanese):
        yield mask, expander.of_joined(one), rarity.asked(one)
    for place, word in words:
        if word.english:
            whole = ((1 << len(word.english)) - 1) << place
            yield from ((whole, expander.exactly(one), rarity.asked(one)) for one in in_japanese(word.text))
        elif SYLLABIC.search(word.text):
            for number, char in enumerate(word.text):
                for one in in_japanese(char):
                    yield 1 << (place + number), expander.exactly(one), rarity.asked(one)


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
        run = slice(place, place + len(word.latin))
        whole, most = sum(costs[run]), _most_of(word, rarity)
        if whole > most:
            costs[run] = [cost * most / whole for cost in costs[run]]
    return costs


def _most_of(word: Word, rarity: Rarity) -> float:
    """Give what a word of the name costs at most, in all: whose it is, and where, is left out as often as not."""
    if not word.english:
        return _RUN_BITS
    if word.text.translate(UNSPACED.simplified) in UNSPACED.owners:
        return _OWNER_BITS * len(word.english)
    if word.latin == _KOREA or rarity.asked("".join(word.latin)) <= PLACE_BITS:  # Hong Kong is a city as Hongkong is
        return PLACE_BITS
    return math.inf
