"""Places under sanctions in addresses, texts and names, with the context that tells a place from a street or a surname.

"Shipment to Bandar Abbas" names Iran; "12 rue de Damas, Paris" does not name Syria, and "Cuba, NY 14727" is in New
York. A wrong *drop* is a missed embargo, so only streets and American towns are dropped; all other doubt goes to a
person.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from anyascii import anyascii
from rapidfuzz.distance import OSA

from lists.compiled import engine_for
from lists.tables import read_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


class Level(StrEnum):
    """How surely the place is meant: it is; a person should look; it certainly is not."""

    HIT = "hit"
    REVIEW = "review"
    DROP = "drop"


class Where(StrEnum):
    """What kind of field the words stand in."""

    TOWN = "town"
    ADDRESS = "address"
    TEXT = "text"
    NAME = "name"


@dataclass(frozen=True, slots=True)
class Place:
    """A place found. `code` is ISO 3166 (UA-43 and the like for regions), `span` what stood in the message.

    `watched`: a person is told even where the policy does not name the place.
    """

    code: str
    name: str
    span: str
    level: Level
    why: str
    watched: bool


@dataclass(frozen=True, slots=True)
class _Known:
    code: str
    name: str
    watched: bool
    homes: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class _Word:
    """One word of a field, folded; `start` and `end` in the field as written."""

    text: str
    start: int
    end: int


_WORD = re.compile(r"[^\W_]+(?:['\u2019][^\W_]+)*")
_NOT_PLAIN = re.compile(r"[^a-z0-9]+")
_FUZZY_LETTERS: Final = 7
_ZIP_DIGITS: Final = 5
_STREET_REACH: Final = 3
_CODE_LETTERS: Final = 2


def _folded(word: str) -> str:
    return _NOT_PLAIN.sub("", (word if word.isascii() else anyascii(word)).lower())


def _words(text: str) -> list[_Word]:
    found = (_Word(_folded(match.group()), match.start(), match.end()) for match in _WORD.finditer(text))
    return [word for word in found if word.text]


def _read_places(table: dict[str, Any]) -> dict[tuple[str, ...], _Known]:
    known: dict[tuple[str, ...], _Known] = {}
    for place in table["place"]:
        homes = frozenset({place["code"][:_CODE_LETTERS], place.get("also", "")} - {""})
        for name in (*place["country"], *place["towns"]):
            words = tuple(word.text for word in _words(name))
            known.setdefault(words, _Known(place["code"], " ".join(words), place["watched"], homes))
    return known


def _shortened(word: str) -> Iterator[str]:
    """The word, and the word without one of its letters: two words one mistake apart have one of these in common."""
    yield word
    yield from (word[:cut] + word[cut + 1 :] for cut in range(len(word)))


_TABLE = tomllib.loads(read_text("places.toml"))
_PLACES: Final = _read_places(_TABLE)
_FIRST_WORDS: Final = frozenset(words[0] for words in _PLACES)
_LONGEST: Final = max(map(len, _PLACES))
_LONGEST_WORD: Final = max(len(words[0]) for words in _PLACES if len(words) == 1)
_CONTEXT: Final[dict[str, frozenset[str]]] = {name: frozenset(words) for name, words in _TABLE["context"].items()}
_WATCHED: Final = {place["code"]: bool(place["watched"]) for place in _TABLE["place"]}
_COUNTRY_NAMES: Final = {place["code"]: str(place["country"][0]) for place in _TABLE["place"]}
_BY_SHORTENED: Final[dict[str, list[str]]] = {}
for _name in sorted(words[0] for words in _PLACES if len(words) == 1 and len(words[0]) >= _FUZZY_LETTERS):
    for _key in _shortened(_name):
        _BY_SHORTENED.setdefault(_key, []).append(_name)


_POSTCODE = re.compile(r"(?<![\w.,/-])(?:UA-?|RU-?)?(\d{5,6})(?![\w/]|[.,]\d)", re.ASCII)
_RANGES: Final[tuple[tuple[str, str, str, str], ...]] = tuple(
    (country, *area[country], area["code"]) for area in _TABLE["postcode"] for country in ("UA", "RU")
)
_UKRAINIAN: Final = frozenset(word for word in _CONTEXT["postal_countries"] if word.startswith("u"))
_POSTAL_HOMES: Final = frozenset({"UA", "RU"})
_TELLING_WORDS: Final = _FIRST_WORDS | _CONTEXT["postal_countries"]

PLACE_RULES: Final = (_WORD.pattern, _NOT_PLAIN.pattern)
"""What lists/compiled/places.h repeats."""
_ENGINE: Final[Any] = engine_for(PLACE_RULES, "PLACE_RULES")
# A word one mistake away from a long name shares its first letter and, whole or without one letter, one of these keys.
_SIEVE: Final[bytes] = (
    _ENGINE.key_table(
        (*_TELLING_WORDS, *(f"{key}~{name[0]}" for key, names in _BY_SHORTENED.items() for name in names))
    )
    if _ENGINE
    else b""
)


def place_of_country(code: str) -> Place | None:
    """The place a country code stands for (an address, a BIC, an IBAN); None where it is not in the table."""
    upper = code.strip().upper()
    if upper not in _WATCHED:
        return None
    return Place(upper, _COUNTRY_NAMES[upper], code, Level.HIT, "country code", _WATCHED[upper])


def places_in(text: str, where: Where, country: str = "") -> tuple[Place, ...]:
    """Every place of the table named in a field, in order. `country` is the address' own ISO code, where it has one."""
    home = country.upper()
    return _look(text, where, home) if home in _POSTAL_HOMES or may_name_a_place(text) else ()


def may_name_a_place_in_python(text: str) -> bool:
    """Whether any word may begin the name of a place, or tell whose postcodes stand here: in nearly every text none."""
    return any(map(_may_tell, _WORD.findall(text)))


def may_name_a_place(text: str) -> bool:
    """The same, quickly; of what it lets through some names no place."""
    if _SIEVE and text.isascii():
        return bool(_ENGINE.may_name_a_place(_SIEVE, text, _FUZZY_LETTERS, _LONGEST_WORD + 1))
    return may_name_a_place_in_python(text)


def _look(text: str, where: Where, country: str) -> tuple[Place, ...]:
    words = _words(text)
    found: list[Place] = []
    at = 0
    while at < len(words):
        known, length = _known_at(words, at)
        if known is None:
            at += 1
            continue
        level, why = _judge(words, at, at + length, where, known, country)
        span = text[words[at].start : words[at + length - 1].end]
        found.append(Place(known.code, known.name, span, level, why, known.watched))
        at += length
    return (*found, *_by_postcode(text, where, country))


def _by_postcode(text: str, where: Where, country: str) -> tuple[Place, ...]:
    """Areas by their postcodes. A number of five digits is a postcode of Ukraine only where Ukraine is told."""
    found: dict[str, Place] = {}
    told = {country} if country else _countries_told(text)
    if told.isdisjoint(_POSTAL_HOMES):
        return ()
    for number in _POSTCODE.finditer(text):
        for home, first, last, code in _RANGES:
            if home in told and len(number[1]) == len(first) and first <= number[1] <= last:
                sure = where in {Where.ADDRESS, Where.TOWN}
                level, why = (Level.HIT, "postcode") if sure else (Level.REVIEW, "may be a postcode")
                found.setdefault(code, Place(code, _COUNTRY_NAMES[code], number[1], level, why, _WATCHED[code]))
    return tuple(found.values())


def _countries_told(text: str) -> set[str]:
    words = {word.text for word in _words(text)} & _CONTEXT["postal_countries"]
    return {"UA" if word in _UKRAINIAN else "RU" for word in words}


def _known_at(words: Sequence[_Word], at: int) -> tuple[_Known | None, int]:
    """The longest name that begins at this word, one misspelt letter allowed in long single words."""
    first = words[at].text
    if first in _FIRST_WORDS:
        for length in range(min(_LONGEST, len(words) - at), 0, -1):
            known = _PLACES.get(tuple(word.text for word in words[at : at + length]))
            if known is not None:
                return known, length
    if _may_be_misspelt(first):
        return _nearly(first), 1
    return None, 1


@lru_cache(maxsize=65_536)
def _may_tell(written: str) -> bool:
    word = _folded(written)
    return word in _TELLING_WORDS or (_may_be_misspelt(word) and _nearly(word) is not None)


def _may_be_misspelt(word: str) -> bool:
    return _FUZZY_LETTERS <= len(word) <= _LONGEST_WORD + 1


@lru_cache(maxsize=16_384)
def _nearly(word: str) -> _Known | None:
    """The long name one mistake away, with the same first letter."""
    names = {name for key in _shortened(word) for name in _BY_SHORTENED.get(key, ())}
    close = sorted(name for name in names if name[0] == word[0] and OSA.distance(name, word, score_cutoff=1) <= 1)
    return _PLACES[(close[0],)] if close else None


def _judge(  # noqa: C901, PLR0911, PLR0913, PLR0917 - a flat staircase, one line per rule, first match wins
    words: Sequence[_Word], start: int, end: int, where: Where, known: _Known, country: str
) -> tuple[Level, str]:
    """How surely these words mean the place."""
    before, after = [word.text for word in words[:start]], [word.text for word in words[end:]]
    name = known.name
    if country in known.homes:
        return Level.HIT, "named place in its own country"
    if where is Where.TOWN:
        return (Level.REVIEW, f"town name, but the country is {country}") if country else (Level.HIT, "named town")
    if street := _street_word(before, after, where):
        unsure = where is Where.TEXT and street in _CONTEXT["streets_unsure"]
        return (Level.REVIEW, "may be a street name") if unsure else (Level.DROP, "street name")
    if name in _CONTEXT["us_towns"] and _is_american(after, country):
        return Level.DROP, "town in the United States"
    if country:
        return Level.REVIEW, f"the address is in {country}"
    if where is Where.NAME:
        return Level.REVIEW, "inside a name"
    if _CONTEXT["venues"] & {*before[-1:], *after[:1]}:
        return Level.REVIEW, "name of a venue"
    if _CONTEXT["products"] & {*after[:1]}:
        return Level.REVIEW, "name of a product"
    if _is_published(words, start, end):
        return Level.REVIEW, "subject of a book, map or film"
    if name in _CONTEXT["abbreviations"] or (name in _CONTEXT["persons"] and _may_be_person(before, after)):
        return Level.REVIEW, "may be a person or an abbreviation"
    return Level.HIT, "named place"


def _is_published(words: Sequence[_Word], start: int, end: int) -> bool:
    """Whether the place is what a book, map or film is about, in a text that speaks of no goods and no journey."""
    before, after = [word.text for word in words[:start]], [word.text for word in words[end:]]
    while before and before[-1] in _CONTEXT["links"]:
        before.pop()
    while after and after[0] in _CONTEXT["links"]:
        after.pop(0)
    beside = {*before[-1:], *after[:1]}
    others = {word.text for word in (*words[:start], *words[end:])}
    return bool(beside & _CONTEXT["publications"]) and not others & _CONTEXT["trade"]


def _street_word(before: Sequence[str], after: Sequence[str], where: Where) -> str:
    """The word that makes a street of the place; "" where there is none."""
    if after and after[0] in _CONTEXT["streets_after"]:
        return after[0]
    near = list(before[-_STREET_REACH:])
    with_article = False
    while near and near[-1] in _CONTEXT["articles"]:
        near.pop()
        with_article = True
    if not near or (where is Where.TEXT and near[-1] in _CONTEXT["routes"]):
        return ""
    if near[-1] in _CONTEXT["streets_before"]:
        return near[-1]
    # "Valiasr Avenue Tehran" is in Tehran; "avenue de Teheran" and "5 avenue Teheran" are not.
    numbered = len(near) > 1 and near[-2].isdigit()
    return near[-1] if near[-1] in _CONTEXT["streets_both"] and (with_article or numbered) else ""


def _is_american(after: Sequence[str], country: str) -> bool:
    state = after[0] if after else ""
    zip_follows = len(after) > 1 and after[1].isdigit() and len(after[1]) == _ZIP_DIGITS
    if country == "US":
        return True
    if state in _CONTEXT["us_states"]:
        return True
    return state in _CONTEXT["us_states_words"] and (zip_follows or len(after) == 1)


def _may_be_person(before: Sequence[str], after: Sequence[str]) -> bool:
    """A word beside it that is neither a number nor one that goes before a place."""
    if before and (before[-1] in _CONTEXT["prepositions"] or before[-1] in _CONTEXT["articles"]):
        return False
    beside = [word for word in (*before[-1:], *after[:1]) if word.isalpha()]
    return any(word not in _CONTEXT["prepositions"] for word in beside)
