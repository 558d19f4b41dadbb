"""The lexicon of meaningless words, loaded once from the project's own data file, keyed by what a field says.

The only place of this package that reads a packaged file. Sources: EBA/GL/2024/11 and JC/GL/2017/16 (terms such as
"other" or "my customer", in the languages an institution meets, reviewed regularly).
Requirements: DET-14, DET-16, DET-18.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from importlib import resources
from itertools import groupby, product
from typing import Any


class Tier(StrEnum):
    """How sure a word or pattern is to mean nothing."""

    CERTAIN = "certain"
    LIKELY = "likely"
    POSSIBLE = "possible"


class Field(StrEnum):
    """What kind of field is judged: each has its own words."""

    NAME = "name"
    ADDRESS = "address"
    ID = "id"
    BIRTH_PLACE = "birth_place"
    ACCOUNT = "account"


@dataclass(frozen=True, slots=True)
class Entry:
    """One term: which group it belongs to, in which language, and how sure it is.

    `surname`: real people bear it, so identity data beside it speak for the name.
    """

    term: str
    group: str
    language: str
    tier: Tier
    surname: bool = False


@dataclass(frozen=True, slots=True)
class Review:
    """Who answers for a group of terms in one language ("XX": any), and when somebody must look at it again."""

    group: str
    language: str
    owner: str
    added: date
    next_review: date


@dataclass(frozen=True, slots=True)
class LooseTable:
    """Terms by a spelling in which disguises fall together.

    `spelled`: blanks out and doubled letters once; `letters` are the sets of letters of these terms, and `spelled_ends`
    their first and last letters: cheap questions to ask first, since doubling and spacing leave both as they were.
    `digits`: digits read as letters besides; `ends` are the first and last letters of those.
    """

    spelled: dict[str, Entry]
    spelled_ends: frozenset[str]
    letters: frozenset[frozenset[str]]
    digits: dict[str, Entry]
    ends: frozenset[str]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The loaded file. `exact` maps a normalised field to its entry; `loose` does so for disguised spellings."""

    version: str
    exact: dict[Field, dict[str, Entry]]
    loose: dict[Field, LooseTable]
    titles: frozenset[str]
    legal_forms: frozenset[str]
    one_letter_names: frozenset[str]
    reviews: tuple[Review, ...]

    def due(self, today: date) -> list[Review]:
        """The groups whose review is due, the longest overdue first."""
        return sorted([one for one in self.reviews if one.next_review <= today], key=lambda one: one.next_review)


_NOT_ALNUM = re.compile(r"[\W_]+")
# Bytes are mapped several times quicker than characters.
_ASCII = bytes(ord(chr(code).lower()) if chr(code).isalnum() else ord(" ") for code in range(128)).ljust(256)
_LETTERS = str.maketrans({"ø": "o", "æ": "ae", "œ": "oe", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "\u0131": "i"})
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})
_DISGUISES = frozenset("013457")
_READ_AS = dict(zip("013457l", "oieasti", strict=True))
_LEET = str.maketrans(_READ_AS)
SPELLED_FROM = 5  # letters: shorter words with a letter doubled are real names too often (Noone, Nonne)
DIGITS_FROM = 3  # letters: no real name has a digit for a letter


def words_of(text: str) -> list[str]:
    """A field as it is looked up: compatible forms joined, case, accents and punctuation set aside, word by word.

    Letters of other scripts stay. Empty means: neither a letter nor a digit.
    """
    if text.isascii():
        return text.encode().translate(_ASCII).decode().split()
    kept = "".join(c for c in unicodedata.normalize("NFKC", text) if unicodedata.category(c)[0] != "C" or c.isspace())
    bare = unicodedata.normalize("NFD", kept.casefold().translate(_LETTERS))
    return _NOT_ALNUM.sub(" ", "".join(c for c in bare if unicodedata.category(c) != "Mn")).split()


def normalise(text: str) -> str:
    """The words of a field with one blank between them."""
    return " ".join(words_of(text))


def spell(compact: str) -> str:
    """A spelling without blanks, doubled letters once."""
    return "".join([character for character, _ in groupby(compact)])


def undisguise(compact: str) -> str:
    """Digits read as the letters they look like (1 is i or l, so these fall together), doubled letters once."""
    return spell(compact.translate(_LEET))


def disguised(compact: str, letters: set[str], field: Field) -> Entry | None:
    """The term that a whole field hides: "u n k n o w n", "unknnown", "unkn0wn"."""
    table = LEXICON.loose[field]
    if not letters.isdisjoint(_DISGUISES):
        first, last = compact[0], compact[-1]
        if compact.isdigit() or _READ_AS.get(first, first) + _READ_AS.get(last, last) not in table.ends:
            return None
        return table.digits.get(undisguise(compact))
    if compact[:1] + compact[-1:] not in table.spelled_ends or frozenset(letters) not in table.letters:
        return None
    return table.spelled.get(spell(compact))


def _keys(term: str) -> set[str]:
    """German umlauts are also written ae, oe, ue."""
    return {normalise(term), normalise(unicodedata.normalize("NFC", term).lower().translate(_UMLAUTS))}


def _load(raw: dict[str, Any]) -> Lexicon:
    surnames = frozenset(raw["also_surnames"])
    exact: dict[Field, dict[str, Entry]] = {field: {} for field in Field}
    for group in sorted(raw["group"], key=lambda one: list(Tier).index(one["tier"])):
        for term in group["terms"]:
            entry = Entry(term, group["id"], group["language"], Tier(group["tier"]), normalise(term) in surnames)
            for field, key in product(map(Field, group["fields"]), sorted(_keys(term))):
                exact[field].setdefault(key, entry)
    return Lexicon(
        version=raw["version"],
        exact=exact,
        loose={field: _loose(terms) for field, terms in exact.items()},
        titles=frozenset(raw["titles"]),
        legal_forms=frozenset(raw["legal_forms"]),
        one_letter_names=frozenset(raw["one_letter_names"]),
        reviews=tuple(
            Review(one["id"], one["language"], one["owner"], one["added"], one["next_review"]) for one in raw["group"]
        ),
    )


def _loose(exact: dict[str, Entry]) -> LooseTable:
    spelled: dict[str, Entry] = {}
    digits: dict[str, Entry] = {}
    for key, entry in exact.items():
        compact = key.replace(" ", "")
        if len(compact) >= SPELLED_FROM:
            spelled.setdefault(spell(compact), entry)
        if len(compact) >= DIGITS_FROM:
            digits.setdefault(undisguise(compact), entry)
    return LooseTable(
        spelled,
        frozenset(key[0] + key[-1] for key in spelled),
        frozenset(map(frozenset, spelled)),
        digits,
        frozenset(key[0] + key[-1] for key in digits),
    )


LEXICON = _load(tomllib.loads(resources.files(__package__).joinpath("lexicon.toml").read_text(encoding="utf-8")))
