"""Names in Chinese, Japanese and Korean, which are written without blanks: parted into words that are known.

What a word means stands in `data/unspaced.toml`. What is left over is written by its sounds: Chinese characters and
Korean syllables each as a word of its own, as people's names are listed; kana in one piece.
"""

from __future__ import annotations

import functools
import re
from itertools import groupby, islice, product
from typing import TYPE_CHECKING, Final, NamedTuple

from anyascii import anyascii

from lists.cantonese import in_cantonese
from lists.east_asian import as_japanese
from lists.japanese import is_clan
from lists.korean import HANGUL, syllable, ways
from lists.tables import HAN_READINGS, UNSPACED, Parts

if TYPE_CHECKING:
    from collections.abc import Iterator

SYLLABIC: Final = re.compile(r"[\u3400-\u9fff\uac00-\ud7af]")
"""Characters that are a syllable each: Han and Hangul."""
UNSPACED_SCRIPT: Final = re.compile(r"[\u3005\u3041-\u3096\u30a1-\u30fa\u30fc\u3400-\u9fff\uac00-\ud7af]")

_RUN = re.compile(f"{UNSPACED_SCRIPT.pattern}+")
# "(주)", "㈱": legal forms in one bracketed character.
_BRACKETED = re.compile(r"\(([주株유有])\)")
_IN_FULL: Final = {"주": "주식회사", "株": "株式会社", "유": "유한회사", "有": "有限会社"}
# "第2", "제2": the second.
_ORDINAL = re.compile(r"([第제]) ?([1-9])(?![0-9])")
_IN_WORDS: Final = {"第": "零一二三四五六七八九", "제": "영일이삼사오육칠팔구"}
_DIGIT: Final = re.compile("[0-9]")
_BETWEEN_CHARACTERS = re.compile(rf"(?<={UNSPACED_SCRIPT.pattern})\s+(?={UNSPACED_SCRIPT.pattern})")
_KANA: Final = range(0x3041, 0x30FF)
_DOUBLING: Final = "っッ"
_SMALL_Y: Final = "ゃゅょャュョ"
_SMALL_VOWELS: Final = "ぁぃぅぇぉァィゥェォ"
_NO_CONSONANT: Final = frozenset({"", *"aeiou"})
_SOFT: Final = frozenset({"sh", "ch"})
_HELPING_VOWEL: Final = re.compile(r"(?<=[bfgkmprsvz])u(?![aeioun])|(?<=[td])o(?![aeioun])")

_DOUBLED: Final = re.compile(r"([a-z])\1")
_HARD_C: Final = re.compile("k(?![eiy])")

_ORGANISATION_CHARACTERS: Final = 4
_WORD_MAX: Final = max(map(len, UNSPACED.words))
_READINGS_MAX: Final = 8
_FOREIGN_CHARACTERS: Final = range(3, 7)
_FOREIGN_READINGS_MAX: Final = 32
_CACHE: Final = 1 << 12
_WORD_COST: Final = 10
_SLIP_COST: Final = 25
"""What a word with a character lost costs more: no name is taken apart otherwise that has no slip."""
_UNKNOWN_COST: Final = 2 * _WORD_COST
"""A character that is in no known word counts as two words; a name is parted into as few as can be."""


_SLIP_LETTERS: Final = 4
"""Characters of a known word of which one may be lost."""
_SHORTENED: Final = {
    word[:place] + word[place + 1 :]: word
    for word in reversed(UNSPACED.words)
    if len(word) >= _SLIP_LETTERS
    for place in range(len(word))
}


class Word(NamedTuple):
    """A word of a name, or what stands between two known ones: `english` where it is known, else its `syllables`.

    `also` is further English, in fewer words or in more; `spoken` are ways to write it as one word, by its sound.
    """

    text: str
    english: Parts
    also: tuple[Parts, ...]
    syllables: tuple[str, ...]
    spoken: tuple[str, ...]

    @property
    def spare(self) -> Iterator[tuple[str, ...]]:
        """English words that may stand beside those it is written as, and are as often left out."""
        return (choices for english in self.also for choices in english[: -len(self.english)])

    @property
    def latin(self) -> tuple[str, ...]:
        """The Latin words it is written as."""
        return tuple(choices[0] for choices in self.english) if self.english else self.syllables


def in_latin_letters(text: str) -> str:
    """Write the Chinese, Japanese and Korean of a text in Latin letters, its known words in English."""
    known = _tells_words(text)
    return _RUN.sub(
        lambda run: f" {' '.join(word for part in _parted(run.group(), known) for word in part.latin)} ", _joined(text)
    )


def words_of(text: str) -> list[Word]:
    """Part the Chinese, Japanese and Korean of a text into words, in the order in which they stand."""
    known = _tells_words(text)
    return [word for run in _RUN.findall(_joined(text)) for word in _parted(run, known)]


def _tells_words(text: str) -> bool:
    """Say whether a text may hold words of organisations; shorter ones are people's names, of the same characters.

    Three characters that are one known word are no person, nor a Japanese association: 국방성, 国防部, 山口組, nor is
    what has a number: 91연락소. A Japanese person may have four.
    """
    characters = "".join(UNSPACED_SCRIPT.findall(text))
    if as_japanese(characters) is not None:
        return False
    if len(characters) != _ORGANISATION_CHARACTERS - 1:
        return len(characters) >= _ORGANISATION_CHARACTERS or (len(characters) > 1 and _DIGIT.search(text) is not None)
    return characters.translate(UNSPACED.simplified) in UNSPACED.words or is_clan(characters)


def _joined(text: str) -> str:
    """Take blanks out between characters: Korean has them, and ends of lines, in the middle of words, too."""
    text = _BRACKETED.sub(lambda found: _IN_FULL[found.group(1)], text)
    text = _ORDINAL.sub(lambda found: found.group(1) + _IN_WORDS[found.group(1)][int(found.group(2))], text)
    return _BETWEEN_CHARACTERS.sub("", text) if _tells_words(text) else text


@functools.lru_cache(maxsize=_CACHE)
def _parted(run: str, known: bool) -> tuple[Word, ...]:  # noqa: FBT001 - positional, for the cache
    words: list[Word] = []
    for english, text in _pieces(run) if known else [((), run)]:
        words += [_known(text, english)] if english else _unknown(text)
    return tuple(words)


def _pieces(run: str) -> Iterator[tuple[Parts, str]]:
    """Part a run into known words and what stands between them."""
    plain = run.translate(UNSPACED.simplified)
    between = 0
    for place, end in _cuts(plain):
        english = UNSPACED.words[_in_full(plain[place:end])]
        if between < place:
            yield (), run[between:place]
        if english:
            yield english, run[place:end]
        between = end
    if between < len(run):
        yield (), run[between:]


def _cuts(plain: str) -> Iterator[tuple[int, int]]:
    """Give where the known words stand, if fewest characters are to be left over, in fewest words.

    Of two ways that are as good the one is taken that leaves characters over side by side: they are a proper name.
    """
    count = len(plain)
    known, left_over = [0] * (count + 1), [0] * (count + 1)  # what the rest costs if a word begins here, if none does
    ends = [0] * count
    for place in range(count - 1, -1, -1):
        left_over[place] = _UNKNOWN_COST + min(left_over[place + 1], known[place + 1])
        known[place] = _UNKNOWN_COST * (count + 1)
        for end in range(place + 1, min(place + _WORD_MAX, count) + 1):
            price = _price_of(plain[place:end])
            cost = price + min(known[end], left_over[end] + 1)
            if price and cost <= known[place]:
                known[place], ends[place] = cost, end
    place, apart = 0, 1
    while place < count:
        if known[place] <= left_over[place] + apart:
            yield place, ends[place]
            place, apart = ends[place], 1
        else:
            place, apart = place + 1, 0


def _price_of(text: str) -> int:
    """Give what a known word costs, more where a character of it was lost; 0 where a text is no known word."""
    if text in UNSPACED.words:
        return _WORD_COST
    return _WORD_COST + _SLIP_COST if text in _SHORTENED else 0


def _known(text: str, english: Parts) -> Word:
    return Word(text, english, UNSPACED.also.get(_in_full(text.translate(UNSPACED.simplified)), ()), (), spoken(text))


def _in_full(text: str) -> str:
    """Give the known word that a text is, or is but for a character that was lost."""
    return text if text in UNSPACED.words else _SHORTENED[text]


def _unknown(text: str) -> Iterator[Word]:
    """Write unknown characters by their sounds: syllables each by itself, kana in one piece."""
    for in_kana, characters in groupby(text, lambda char: ord(char) in _KANA):
        part = "".join(characters)
        yield (
            Word(part, (), (), (romaji(part),), spoken(part))
            if in_kana
            else Word(part, (), (), tuple(map(_sound, part)), ())
        )


def spoken(text: str) -> tuple[str, ...]:
    """Give the ways to write characters that stand side by side as one Latin word, the likeliest first."""
    if all(ord(char) in _KANA for char in text):
        short = without_helping_vowels(romaji(text))
        plain = _HARD_C.sub("c", _DOUBLED.sub(r"\1", short).replace("ks", "x"))
        return tuple(dict.fromkeys((romaji(text), short, short.replace("r", "l"), plain, plain.replace("r", "l"))))
    if all(ord(char) in HANGUL for char in text):
        return ways(text)
    readings = product(*(_readings(char) for char in text))
    mandarin = ("".join(sounds) for sounds in islice(readings, _READINGS_MAX))
    cantonese = [in_cantonese(char)[:1] for char in text]
    further = ["".join(char for (char,) in cantonese)] if all(cantonese) else []
    plain = text.translate(UNSPACED.simplified)
    korean = (
        []
        if plain in UNSPACED.of_japan
        else [UNSPACED.korean.get(char) or HAN_READINGS.korean.get(char, "") for char in plain]
    )
    return (*mandarin, *further, *(spoken("".join(korean)) if korean and all(korean) else ()))


def as_foreign(text: str) -> tuple[str, ...]:
    """Give the foreign words that Chinese characters may write by their sounds, the likeliest first: 凯勒 is Keller."""
    sounds = [UNSPACED.foreign.get(char.translate(UNSPACED.simplified), ()) for char in text]
    if len(text) not in _FOREIGN_CHARACTERS or not all(sounds):
        return ()
    ways = sorted(product(*(enumerate(choices) for choices in sounds)), key=_unlikely)
    written = ["".join(sound for _, sound in way) for way in ways[:_FOREIGN_READINGS_MAX]]
    return tuple(dict.fromkeys((*written, *(one.replace("ks", "x") for one in written))))


def _unlikely(way: tuple[tuple[int, str], ...]) -> int:
    return sum(rank for rank, _ in way)


def meaning(char: str) -> tuple[str, ...]:
    """Give what a character of a company's proper name may mean; nothing where it seldom counts."""
    return UNSPACED.meanings.get(char.translate(UNSPACED.simplified), ())


def defined(char: str) -> tuple[str, ...]:
    """Give what dictionaries say that a character means: less likely in a name than `meaning`."""
    return HAN_READINGS.english.get(char.translate(UNSPACED.simplified), ())


def ways_to_write(char: str) -> tuple[str, ...]:
    """Give all that a character of a proper name may stand for in Latin letters, by its sounds or by its meaning."""
    foreign = UNSPACED.foreign.get(char.translate(UNSPACED.simplified), ())
    return tuple(
        dict.fromkeys(
            filter(None, (*_readings(char), *in_cantonese(char)[:1], *meaning(char), *defined(char), *foreign))
        )
    )


def _sound(char: str) -> str:
    """Write a syllable by itself: Korean as lists write names, Chinese in pinyin."""
    return _readings(char)[0]


def _readings(char: str) -> tuple[str, ...]:
    if ord(char) in HANGUL:
        return (syllable(char),)
    return UNSPACED.readings.get(char.translate(UNSPACED.simplified)) or (anyascii(char).lower(),)


# --- Japanese ---------------------------------------------------------------------------------------------------------


def romaji(kana: str) -> str:
    """Write kana in Hepburn's letters, long vowels short."""
    written, doubled = "", False
    for char in kana:
        sound = anyascii(char)
        if char in _DOUBLING:
            doubled = True
            continue
        if char in _SMALL_Y and written[-1:] == "i":
            written = written[:-1] + (sound[1:] if written[-3:-1] in _SOFT or written[-2:-1] == "j" else sound)
        elif char in _SMALL_VOWELS and written:
            written = written[:-1] + ("w" if written[-2:-1] in _NO_CONSONANT else "") + sound
        else:
            written += (sound[:1] if doubled else "") + sound
        doubled = False
    return written


def without_helping_vowels(romanised: str) -> str:
    """Leave out the vowels that Japanese puts after the consonants of foreign words: "supido" is "spid"."""
    return _HELPING_VOWEL.sub("", romanised)
