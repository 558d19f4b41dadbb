"""What a field in Chinese, Japanese or Korean may say besides: numbers in digits, a second name, an ending put right.

Each is asked as a name of its own beside the field as it stands. The tables are `data/east_asian_fields.toml`.
"""

from __future__ import annotations

import re
import tomllib
from calendar import month_name
from functools import partial
from typing import TYPE_CHECKING, Final

from lists.tables import UNSPACED, read_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

_TABLE: Final[Mapping[str, str]] = tomllib.loads(read_text("east_asian_fields.toml"))
_LETTERS: Final = "\u3041-\u30fa\u3400-\u9fff\uac00-\ud7a3"
_EAST_ASIAN = re.compile(f"[{_LETTERS}]")


def east_asian_readings(text: str) -> list[str]:
    """Give the names that a field may hold besides itself; none where it has no Chinese, Japanese or Korean."""
    if not _EAST_ASIAN.search(text):
        return []
    return [*_other_names(text), *_in_digits(text), *_ending_put_right(text)]


def _any_of(words: Iterable[str]) -> str:
    """Write a pattern of words, the longest first."""
    return "|".join(map(re.escape, sorted(words, key=len, reverse=True)))


# --- numbers ----------------------------------------------------------------------------------------------------------

_DIGITS: Final = {char: number for number, chars in enumerate(_TABLE["digits"].split()) for char in chars}
_TENS: Final = {char: 10 ** (power + 1) for power, chars in enumerate(_TABLE["tens"].split()) for char in chars}
_WRITTEN = re.compile(f"[{''.join((*_DIGITS, *_TENS))}]{{2,}}|(?<=第)十")
"""One numeral alone is as often part of a name, or of a word for an ordinal."""
_UNITS: Final = {
    word: english.split()
    for english, _, words in (line.partition("|") for line in _TABLE["units"].strip().splitlines())
    for word in words.split()
}
_NUMBERED = re.compile(
    rf"[第제]?\s?(\d+)\s?({_any_of(_UNITS)})(?![{_LETTERS}])|[第제]\s?(\d+)(?:호|号|號)?|(\d+)(?:호|号|號)"
)
_DAY = re.compile(r"(?<![\d.·])(1[0-2]|[1-9])(?:[.·・]|[월月]\s?)([12]\d|3[01]|[1-9])(?![\d.·])[일日]?")
_OWNED = re.compile(rf"\s*(?:{_any_of(UNSPACED.owners)})\s*(?=\d)")
_NAMES_OF_UNIT: Final = max(map(len, _UNITS.values()))


def _in_digits(text: str) -> Iterator[str]:
    """Write numbers as lists do, in digits, and days in English: 第五十五研究所, 4.26만화영화촬영소.

    Whose a numbered office is, lists leave out: 조선로동당 39호실 is Office 39.
    """
    written = _DAY.sub(lambda day: f" {month_name[int(day.group(1))]} {day.group(2)} ", text)
    written = _WRITTEN.sub(lambda numeral: _value(numeral.group()), written)
    for choice in range(_NAMES_OF_UNIT):
        told = _NUMBERED.sub(partial(_told, choice=choice), written)
        if told != text:
            yield told
            if _OWNED.match(told):
                yield _OWNED.sub("", told, count=1)


def _told(number: re.Match[str], *, choice: int) -> str:
    counted, unit, ordinal, named = number.groups()
    names = _UNITS[unit] if unit else [""]
    return f" {counted or ordinal or named} {names[min(choice, len(names) - 1)]} "


def _value(numeral: str) -> str:
    """Write a numeral in digits, whether it has each of them (七〇二) or tens and hundreds (五十五)."""
    if not any(char in _TENS for char in numeral):
        return "".join(str(_DIGITS[char]) for char in numeral)
    total = last = 0
    for char in numeral:
        if char in _DIGITS:
            last = _DIGITS[char]
        else:
            total += (last or 1) * _TENS[char]
            last = 0
    return str(total + last)


# --- names side by side -----------------------------------------------------------------------------------------------

_BETWEEN_NAMES = re.compile(rf"[;,/{_TABLE['marks']}]|{_any_of(_TABLE['also'].split())}")
_AT_THE_END = re.compile(rf"\s*[(\[{_TABLE['opening']}]([^)\]{_TABLE['closing']}]*)[)\]{_TABLE['closing']}]\s*$")
_AROUND: Final = f" .:()[]{_TABLE['around']}{_TABLE['opening']}{_TABLE['closing']}"
_NAME_LEAST: Final = 4


def _other_names(text: str) -> Iterator[str]:
    """Part "X (also called Y)", "X (Y)" and "X, Y"; what goes on after a bracket is one name: 永明(上海)贸易公司."""
    for part in _BETWEEN_NAMES.split(_AT_THE_END.sub(r";\1", text)):
        name = part.strip(_AROUND)
        # A shorter one in brackets is as often a place: (香港).
        if name != text and len(_EAST_ASIAN.findall(name)) >= _NAME_LEAST:
            yield name


# --- endings ----------------------------------------------------------------------------------------------------------

_ENDINGS: Final = tuple(sorted(_TABLE["endings"].split(), key=len))
_ENDING_LEAST: Final = 4
_LOST: Final = {
    ending[:place] + ending[place + 1 :]: ending
    for ending in _ENDINGS
    if len(ending) >= _ENDING_LEAST
    for place in range(len(ending))
}
_TAILS: Final = range(max(map(len, _LOST)), _ENDING_LEAST - 2, -1)
_BEFORE_LEAST: Final = 2
_ACROSS: Final = range(1, 4)


def _ending_put_right(text: str) -> Iterator[str]:
    """Put back the character that an ordinary ending has lost: 칠성역회사 is 칠성무역회사."""
    plain = "".join(text.split())
    tail = next((plain[-count:] for count in _TAILS if plain[-count:] in _LOST), "")
    start = len(plain) - len(tail)
    if not tail or start < _BEFORE_LEAST or plain.endswith(_ENDINGS):
        return
    across = (plain[start - 1 : start + more].translate(UNSPACED.simplified) for more in _ACROSS)
    # 산업은행 is an industrial bank, and no 상업은행.
    if not any(word in UNSPACED.words for word in across):
        yield plain[:start] + _LOST[tail]
