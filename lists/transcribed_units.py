"""What each character stands for that writes a foreign name by its sounds; the table is `data/transcribed.toml`."""

from __future__ import annotations

import re
import tomllib
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from anyascii import anyascii

from lists.korean import jamo
from lists.tables import UNSPACED, read_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping


class Unit(NamedTuple):
    """What one character may stand for: consonants, vowels, consonants; of each kind one."""

    heads: tuple[str, ...]
    vowels: tuple[str, ...]
    ends: tuple[str, ...] = ("",)


TABLE: Final[Mapping[str, Any]] = tomllib.loads(read_text("transcribed.toml"))
_SOUND = re.compile(r"([^aeiouy]*|y(?=[aeiou]))([aeiouy]*)([^aeiou]*)")
_SOFT_C = re.compile(r"c(?=[eiy])")
_HARD_C = re.compile(r"c(?!h)")
_SMALL: Final = dict(zip("ァィゥェォ", ("a", "i", "u", "e", "o"), strict=True))
_SMALL_Y: Final = dict(zip("ャュョ", (("a", "ya"), ("u", "yu"), ("o", "yo")), strict=True))
_LONG: Final = "ー"
_NASAL: Final = Unit(("n", "m", "ng"), ("",))
_FIRST_U: Final = Unit(("v", "w", ""), ("", "u"))
_LATER_U: Final = Unit(("", "w"), ("u", ""))
_HELPING: Final = frozenset("ウクグスズツフブプムルヌヴトドイキギシジチヂハヒヘホビピミリデテ")
"""Kana whose vowel a foreign word may lack."""


def _rows(table: str) -> Iterator[list[str]]:
    return (row.split() for row in table.replace("|", "\n").splitlines() if row.strip())


def _of_sounds(sounds: Iterable[str]) -> Unit:
    plain = (_HARD_C.sub("k", _SOFT_C.sub("s", sound)) for sound in sounds if sound != "c")
    found = [match.groups() for match in map(_SOUND.fullmatch, plain) if match]
    return Unit(*(tuple(dict.fromkeys(each)) for each in zip(*found, strict=True)))


def _han() -> dict[str, Unit]:
    further = {char: sounds for *sounds, chars in _han_rows() for char in chars}
    known = UNSPACED.foreign
    units = {char: _of_sounds((*known.get(char, ()), *further.get(char, ()))) for char in (known | further)}
    # English and German words lose the r before consonants and at their end: 格特勒 is Gertler.
    return {char: unit._replace(ends=(*unit.ends, "r")) if unit.ends == ("",) else unit for char, unit in units.items()}


def _han_rows() -> Iterator[list[str]]:
    for row in _rows(TABLE["han"]):
        sounds = [word for word in row if word.isascii()]
        yield [*sounds, "".join(word for word in row if not word.isascii())]


def _kana() -> dict[str, Unit]:
    units: dict[str, Unit] = {}
    for heads, row in (line.split("|") for line in TABLE["kana"].strip().splitlines()):
        consonants = tuple(head.replace("-", "") for head in heads.split())
        chars = row.strip()
        for place, char in enumerate(chars):
            vowel = "aiueo"[place % 5]
            if char not in units and char != "_":
                units[char] = Unit(consonants, (vowel, "") if char in _HELPING and consonants != ("",) else (vowel,))
    return {**units, "ン": _NASAL}


def _row(name: str) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(cell.replace("-", "").split(",")) for cell in TABLE[name].split())


HAN: Final = _han()
_KANA: Final = _kana()
_INITIALS, _MEDIALS, _FINALS = map(_row, ("initials", "vowels", "finals"))
KANA_WORD: Final = re.compile(r"[\u30a1-\u30fa\u30fc]+")
HANGUL_WORD: Final = re.compile(r"[\uac00-\ud7a3]+")


def units_of(text: str) -> list[Unit]:
    """Give what each character of a word may stand for; a vowel by itself goes with the one before."""
    units: list[Unit] = []
    for unit in _units(text):
        before = units[-1] if units else None
        if before is not None and unit.heads == ("",) and before.ends == ("",):
            vowels = tuple(dict.fromkeys(first + then for first in before.vowels for then in unit.vowels))
            units[-1] = Unit(before.heads, vowels, unit.ends)
        elif before is _NASAL and not {"n", "m"}.isdisjoint(unit.heads):
            units[-1] = unit
        else:
            units.append(unit)
    return units


def _units(text: str) -> Iterator[Unit]:
    if HANGUL_WORD.fullmatch(text):
        return map(_of_hangul, text)
    return _of_kana(text) if KANA_WORD.fullmatch(text) else (HAN[char] for char in text)


def _of_kana(text: str) -> Iterator[Unit]:
    units: list[Unit] = []
    for char in text:
        if char in _SMALL and units:
            units[-1] = Unit(units[-1].heads if units[-1].heads != ("",) else ("w", "v"), (_SMALL[char],))
        elif char in _SMALL_Y and units:
            units[-1] = Unit(units[-1].heads, _SMALL_Y[char])
        elif char == _LONG and units:
            units[-1] = units[-1]._replace(vowels=tuple(filter(None, units[-1].vowels)))
        elif char in _KANA:
            units.append((_LATER_U if units else _FIRST_U) if char == "ウ" else _KANA[char])
    return iter(units)


def _of_hangul(char: str) -> Unit:
    initial, vowel, final = jamo(char)
    heads, vowels, ends = _INITIALS[initial], _MEDIALS[vowel], _FINALS[final]
    glides = {one[0] for one in vowels if one[:1] in {"w", "y"}}
    if heads == ("",) and glides:
        heads = ("w", "v", "") if "w" in glides else ("y", "j", "")
    return Unit(heads, vowels, ends)


# --- firms' English names by the sound of any characters ------------------------------------------------------------


def _spelt_as(name: str) -> dict[str, tuple[str, ...]]:
    """Read a row of cells: what is written in pinyin, which may stand for itself, then what else it may stand for."""
    cells = (cell.replace("-", "").split(" ") for cell in TABLE["mandarin"][name].strip().split(" | "))
    return {first: (first, *others) for first, *others in cells}


_MANDARIN_INITIALS, _MANDARIN_VOWELS, _CLOSED_VOWELS, _MANDARIN_ENDS = map(
    _spelt_as, ("initials", "vowels", "closed_vowels", "ends")
)
_PINYIN: Final = re.compile(r"([bpmfdtnlgkhjqxrzcsyw]?h?)([aeiouv]+)(ng|n|r|)")


def loose_units_of(text: str) -> list[Unit]:
    """Give what Chinese characters of any kind may stand for in the English name of a firm; none if one is unknown."""
    units = [_merged(_of_mandarin(char), HAN.get(char)) for char in text]
    return [unit for unit in units if unit is not None] if all(units) else []


def _of_mandarin(char: str) -> Unit | None:
    found = _PINYIN.fullmatch(anyascii(char).lower())
    if found is None:
        return None
    initial, vowel, end = found.groups()
    vowels = _MANDARIN_VOWELS.get(vowel, (vowel,))
    return Unit(
        _MANDARIN_INITIALS.get(initial, (initial,)),
        tuple(dict.fromkeys((*vowels, *(_CLOSED_VOWELS.get(vowel, ()) if end else ())))),
        _MANDARIN_ENDS.get(end, (end,)),
    )


def _merged(one: Unit | None, other: Unit | None) -> Unit | None:
    if one is None or other is None:
        return one or other
    return Unit(*(tuple(dict.fromkeys((*theirs, *ours))) for ours, theirs in zip(one, other, strict=True)))
