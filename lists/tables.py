"""The engine's shipped tables, read once: the only place of the core that opens a packaged file."""

from __future__ import annotations

import bisect
import gzip
import re
import tomllib
from collections import defaultdict
from dataclasses import dataclass
from importlib import resources
from typing import TYPE_CHECKING, Any, Final, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterable

Parts: TypeAlias = tuple[tuple[str, ...], ...]
"""The English words one foreign word stands for side by side, each with its choices: (machine) (building)."""


def parts(english: str) -> Parts:
    """Read the English half of a line of a table: "+" stands between words side by side, blanks between choices."""
    return tuple(tuple(part.split()) for part in english.split("+"))


def read_text(name: str) -> str:
    """Read one packaged table as it stands."""
    return resources.files("lists.data").joinpath(name).read_text(encoding="utf-8")


_BLOCK: Final = 1_000
"""Bytes; no line is as long."""


class SortedLines:
    """Lines "key<tab>value", sorted by their bytes, searched where they lie: nothing is parsed before it is asked for.

    `lines[key]` is the value, "" where there is none. Only the first key of each block of lines is held ready.
    """

    def __init__(self, text: bytes) -> None:
        self._text = b"\n" + text
        places = (self._text.find(b"\n", place) for place in range(0, len(text), _BLOCK))
        self._blocks = [place for place in dict.fromkeys(places) if place < len(text)]
        self._heads = [self._text[place + 1 : self._text.index(b"\t", place) + 1] for place in self._blocks]

    def __getitem__(self, key: str) -> str:
        wanted = f"{key}\t".encode()
        block = bisect.bisect_right(self._heads, wanted) - 1
        if block < 0:
            return ""
        start = self._blocks[block]
        place = self._text.find(b"\n" + wanted, start, start + 2 * _BLOCK)
        value = place + 1 + len(wanted)
        return self._text[value : self._text.index(b"\n", value)].decode() if place >= 0 else ""


def read_symbols() -> SortedLines:
    """Read `symbols.tsv.gz`: a word → what it names; an item of Wikidata where no kind stands before it."""
    return SortedLines(gzip.decompress(resources.files("lists.data").joinpath("symbols.tsv.gz").read_bytes()))


@dataclass(frozen=True, slots=True)
class Letters:
    """How other scripts are written in Latin letters; see `data/letters.toml` for each table's meaning."""

    latin_of_lookalike: dict[str, str]
    cyrillic_of_lookalike: dict[str, str]
    cyrillic: dict[str, str]
    greek: dict[str, str]
    indic: dict[str, dict[str, str]]
    spellings: dict[str, dict[str, tuple[str, ...]]]
    hangul: tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]
    phrases: tuple[tuple[str, re.Pattern[str]], ...]
    marks: str
    abjad: dict[str, tuple[str, ...]]
    abjad_first: dict[str, str]


@dataclass(frozen=True, slots=True)
class Words:
    """Words that mean little, by what they are; see `data/words.toml`."""

    particles: frozenset[str]
    titles: frozenset[str]
    legal_words: tuple[str, ...]
    legal_forms: frozenset[str]
    repairable: tuple[str, ...]
    organisation_words: frozenset[str]
    legal_anywhere: frozenset[str]
    legal_at_head: frozenset[str]
    glued_tails: tuple[str, ...]
    glued_heads: tuple[str, ...]
    abd_forms: frozenset[str]
    text_words: frozenset[str]
    common_words: frozenset[str]
    vessel_words: frozenset[str]


@dataclass(frozen=True, slots=True)
class Unspaced:
    """Chinese, Japanese and Korean: the English of `words`, how characters are read; see `data/unspaced.toml`.

    `simplified` writes characters as the words are written. Words without English are left out of names; `also` has
    what some stand for besides, in fewer words than `words` has it ("dprk") or in more ("science technology").
    `meanings` are what single characters of companies' proper names mean, where they are not read by their sound.
    `japanese` has how Japan reads characters; `of_japan` its names and `japanese_signs` what else tells that it does.
    `owners` are states and parties that stand before the names of what is theirs, or as often do not.
    """

    words: dict[str, Parts]
    also: dict[str, tuple[Parts, ...]]
    simplified: dict[int, str]
    readings: dict[str, tuple[str, ...]]
    cantonese: dict[str, str]
    meanings: dict[str, tuple[str, ...]]
    korean: dict[str, str]
    japanese: dict[str, tuple[str, ...]]
    of_japan: frozenset[str]
    japanese_signs: re.Pattern[str]
    chinese_surnames: frozenset[str]
    owners: frozenset[str]
    foreign: dict[str, tuple[str, ...]]
    surnames: dict[str, tuple[str, ...]]
    revised: tuple[tuple[str, ...], tuple[str, ...]]


def _lookalikes(table: dict[str, str]) -> tuple[dict[str, str], dict[str, str]]:
    cyrillic = dict(zip(table["cyrillic"], table["cyrillic_latin"], strict=True))
    greek = dict(zip(table["greek"], table["greek_latin"], strict=True))
    back = {latin: letter for letter, latin in cyrillic.items() if latin != " "}
    return {letter: latin for letter, latin in {**cyrillic, **greek}.items() if latin != " "}, back


def _hangul(table: dict[str, str]) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    return _sounds(table["initials"]), _sounds(table["vowels"]), _sounds(table["finals"])


def _sounds(row: str) -> tuple[str, ...]:
    return tuple("" if sound == "-" else sound for sound in row.split())


def read_letters() -> Letters:
    """Read `letters.toml`."""
    raw: dict[str, Any] = tomllib.loads(read_text("letters.toml"))
    latin_of, cyrillic_of = _lookalikes(raw["lookalikes"])
    return Letters(
        latin_of_lookalike=latin_of,
        cyrillic_of_lookalike=cyrillic_of,
        cyrillic=raw["cyrillic"],
        greek=raw["greek"],
        indic=raw["indic"],
        spellings={
            script: {spelt: tuple(others.split()) for spelt, others in table.items()}
            for script, table in raw["spellings"].items()
        },
        hangul=_hangul(raw["hangul"]),
        phrases=tuple(
            (english, re.compile(rf"(?<!\w)(?:{'|'.join(patterns)})(?!\w)", re.IGNORECASE))
            for english, patterns in raw["phrases"].items()
        ),
        marks="|".join(mark for marks in raw["marks"].values() for mark in marks),
        abjad={letter: tuple(classes.split("|")) for classes, letters in raw["abjad"].items() for letter in letters},
        abjad_first={letter: sound for sound, letters in raw["abjad_first"].items() for letter in letters},
    )


def read_unspaced() -> Unspaced:
    """Read `unspaced.toml`."""
    raw: dict[str, Any] = tomllib.loads(read_text("unspaced.toml"))
    letters = raw["letters"]
    variants, simplified = ("".join(letters[name].split()) for name in ("variants", "simplified"))
    readings, cantonese, meanings, korean, japanese, foreign, surnames = (
        [row.split() for row in letters[name].replace("|", "\n").strip().splitlines()]
        for name in ("readings", "cantonese", "meanings", "korean", "japanese", "foreign", "surnames")
    )
    meant = _unspaced_words(raw["words"].values())
    of_japan = frozenset(_unspaced_words([raw["words"]["japan"]]))
    return Unspaced(
        words={word: first for word, (first, *_) in meant.items()},
        also={word: tuple(others) for word, (_, *others) in meant.items() if others},
        simplified={ord(variant): plain for variant, plain in zip(variants, simplified, strict=True)},
        readings={char: tuple(sounds) for char, *sounds in readings},
        cantonese={char: sound for sound, *chars in cantonese for char in chars},
        meanings={char: tuple(filter(str.isascii, row)) for row in meanings for char in row if not char.isascii()},
        korean={char: syllable for syllable, *chars in korean for char in chars},
        japanese={char: tuple(sounds) for char, *sounds in japanese},
        of_japan=of_japan,
        japanese_signs=re.compile("|".join((*letters["japanese_signs"].split(), *sorted(of_japan)))),
        chinese_surnames=frozenset("".join(letters["chinese_surnames"].split())),
        owners=frozenset(letters["owners"].split()),
        foreign={char: tuple(sounds) for char, *sounds in foreign},
        surnames={char: tuple(sounds) for char, *sounds in surnames},
        revised=(_sounds(letters["revised_initials"]), _sounds(letters["revised_vowels"])),
    )


class HanReadings(NamedTuple):
    """How each character is read: Cantonese (Jyutping without tone), Sino-Japanese, Korean (a syllable of Hangul).

    And what it means, in single English words.
    """

    cantonese: dict[str, str]
    japanese: dict[str, tuple[str, ...]]
    korean: dict[str, str]
    english: dict[str, tuple[str, ...]]


def read_han_readings() -> HanReadings:
    """Read `han_readings.tsv`; "-" stands where a language has no reading."""
    rows = [line.split("\t") for line in read_text("han_readings.tsv").splitlines()]
    cantonese, japanese, korean, english = (
        {row[0]: row[column] for row in rows if row[column] != "-"} for column in range(1, 5)
    )
    several = ({char: tuple(cell.split(",")) for char, cell in column.items()} for column in (japanese, english))
    return HanReadings(cantonese, next(several), korean, next(several))


def _unspaced_words(languages: Iterable[str]) -> dict[str, list[Parts]]:
    words: defaultdict[str, list[Parts]] = defaultdict(list)
    for line in (line for language in languages for line in language.strip().splitlines()):
        english, _, foreign = line.partition("|")
        for word in foreign.split():
            words[word].append(() if english.strip() == "-" else parts(english))
    made = {word: _made_of(word, words) for word in words if len(word) >= 2 * _PART_LETTERS}
    for word, several in made.items():
        if several and several not in words[word] and len(several) <= len(words[word][0]):
            words[word].append(several)
    return words


_PART_LETTERS: Final = 2


def _made_of(word: str, words: dict[str, list[Parts]]) -> Parts:
    """Give what the words that a longer one is made of mean side by side: 中国石油 is also "china oil"."""
    best: list[Parts | None] = [None] * len(word) + [()]
    for place in range(len(word) - _PART_LETTERS, -1, -1):
        for end in range(len(word) - (not place), place + _PART_LETTERS - 1, -1):
            rest = best[end]
            known = words.get(word[place:end]) if rest is not None else None
            if known and known[0]:
                longer = (*known[0], *(rest or ()))
                if best[place] is None or len(longer) < len(best[place] or ()):
                    best[place] = longer
    return best[0] or ()


def read_words() -> Words:
    """Read `words.toml`."""
    raw: dict[str, str] = tomllib.loads(read_text("words.toml"))
    in_order = {"legal_words", "repairable", "glued_tails", "glued_heads"}
    rows = {name: tuple(text.split()) for name, text in raw.items()}
    return Words(**{name: row if name in in_order else frozenset(row) for name, row in rows.items()})  # type: ignore[arg-type]  # the table's keys are the fields; a test reads it


@dataclass(frozen=True, slots=True)
class Frequencies:
    """How many of `names` ordinary names hold a word, and which words are ordinary in payment texts."""

    names: int
    counts: dict[str, int]
    text_words: frozenset[str]


def read_frequencies() -> Frequencies:
    """Read `background.tsv`: a word, its count, whether texts use it; the first line says of how many names."""
    first, *lines = read_text("background.tsv").splitlines()
    rows = [line.split("\t") for line in lines]
    return Frequencies(
        names=int(first.split("\t")[1]),
        counts={word: int(count) for word, count, _ in rows if int(count)},
        text_words=frozenset(word for word, _, in_texts in rows if in_texts == "1"),
    )


def read_nicknames() -> dict[str, tuple[str, ...]]:
    """Read `nicknames.toml`: short form → full forms."""
    full_forms: dict[str, dict[str, None]] = {}
    for language in tomllib.loads(read_text("nicknames.toml")).values():
        for line in language.strip().splitlines():
            full, _, shorts = line.partition(":")
            for short in shorts.split():
                full_forms.setdefault(short, {})[full] = None
    return {short: tuple(forms) for short, forms in full_forms.items()}


SYMBOLS: Final = read_symbols()
NICKNAMES: Final = read_nicknames()
LETTERS: Final = read_letters()
UNSPACED: Final = read_unspaced()
HAN_READINGS: Final = read_han_readings()
WORDS: Final = read_words()
