"""Listed numbers in a payment: BIC, IMO, passport, tax and registration numbers, LEI, wallets, e-mail addresses.

Numbers are compared exactly, after spaces, punctuation and case are taken away: a digit more or less is another number.
What must be judged is coincidence. A wallet address or a 10-digit tax number is *telling*: found anywhere, it is the
listed one. A bare "4711230" is not: it counts only where the message says what kind of number it is, be it the field's
scheme ("CCPT") or a word just before it ("passport no."), because invoice numbers look just like it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from itertools import chain
from string import ascii_uppercase
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from lists.compiled import engine_for
from lists.entry import Entry, ListedNumber
from lists.lookup import Lookup

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence


class Family(StrEnum):
    """What a number is, whatever the publisher or the message calls it."""

    BIC = "bic"
    WALLET = "wallet"
    LEI = "lei"
    IMO = "imo"
    MMSI = "mmsi"
    TAIL = "tail"
    EMAIL = "email"
    PASSPORT = "passport"
    TAX = "tax"
    NATIONAL = "national"
    REGISTRATION = "registration"
    OTHER = "other"


_FAMILIES: Final = tuple(Family)

# Words of the publishers' kinds (OFAC idType, EU identificationTypeCode, UN TYPE_OF_DOCUMENT); the first that fits
# decides.
_KIND_WORDS: tuple[tuple[Family, re.Pattern[str]], ...] = tuple(
    (family, re.compile(pattern))
    for family, pattern in (
        (Family.BIC, r"swift|\bbic\b"),
        (Family.WALLET, r"digital currency|wallet"),
        (Family.LEI, r"legal entity number|\blei\b"),
        (Family.IMO, r"\bimo\b|vessel registration identification"),
        (Family.MMSI, r"\bmmsi\b|maritime mobile"),
        (Family.TAIL, r"aircraft tail|aircraft registration"),
        (Family.EMAIL, r"e-?mail"),
        (Family.PASSPORT, r"pass(?:port|eport|aporte)|pasaporte"),
        (
            Family.TAX,
            r"\btax|fiscal|v\.?a\.?t\.? |\br\.?f\.?c\b|\bnit\b|\bruc\b|\brif\b|fein|c\.u\.i\.t|\binn\b|fiscalcode",
        ),
        (
            Family.NATIONAL,
            r"national|cedula|identi|d\.n\.i|c\.u\.r\.p|social|\bssn\b|personal|birth|residen|elect|^id$|driver|i\.f\.e",
        ),
        (
            Family.REGISTRATION,
            r"regist|regnumber|company|chamber|licen|matricula|folio|c\.r\. no|business|commercial|credit code|trade",
        ),
    )
)

# ISO 20022 external identification codes and the MT 50F codes.
_SCHEMES = {
    "CCPT": Family.PASSPORT,
    "NIDN": Family.NATIONAL,
    "ARNU": Family.NATIONAL,
    "DRLC": Family.NATIONAL,
    "SOSE": Family.NATIONAL,
    "TXID": Family.TAX,
    "COID": Family.REGISTRATION,
    "CINC": Family.REGISTRATION,
    "SREN": Family.REGISTRATION,
    "SRET": Family.REGISTRATION,
    "LEI": Family.LEI,
}

_SHIP_WORDS = frozenset(["imo", "vessel", "ship", "mv", "vsl", "tanker", "navire", "schiff", "buque", "lading", "bl"])
_CONTEXT: Mapping[Family, frozenset[str]] = {
    Family.PASSPORT: frozenset(
        ["passport", "pass", "ppt", "passeport", "pasaporte", "reisepass", "paspoort", "pasport"]
    ),
    Family.TAX: frozenset(["tax", "tin", "inn", "vat", "nif", "nit", "rfc", "ruc", "rif", "steuer", "fiscal", "ein"]),
    Family.NATIONAL: frozenset(
        ["id", "national", "identity", "cedula", "dni", "curp", "ssn", "nic", "tazkira", "idcard", "birth"]
    ),
    Family.REGISTRATION: frozenset(
        ["reg", "registration", "registry", "ogrn", "company", "hrb", "crn", "licence", "license", "rcs", "kvk"]
    ),
    Family.TAIL: frozenset(["aircraft", "tail", "flight", "registration", "reg", "airplane"]),
    Family.MMSI: frozenset(("mmsi", *_SHIP_WORDS)),
}
_CONTEXT_TOKENS = 4

_ALWAYS_TELLING = frozenset({Family.WALLET, Family.LEI, Family.EMAIL})
_SHORTEST = 5
_TELLING_DIGITS = 9
_TELLING_MIXED = 7
_LEAST_DIGITS_MIXED = 3
_LEAST_DIFFERENT = 3
_BIC_LENGTHS = (8, 11)
_LONGEST_SERIES = 3
_IMO_DIGITS = 7
_WORDS_REMEMBERED = 1 << 16
_LONGEST_KIND = 100

_PUNCTUATION = re.compile(r"[\W_]+")
_WORD = re.compile(r"[^\s,:;()\[\]/\"']+")
_BIC = re.compile(r"[A-Z]{6}[A-Z0-9]{2}(?:[A-Z0-9]{3})?")
_ASIDE = re.compile(r"\([^)]*\)")
_PARTS = re.compile(r"[-#.]")
_SEVERAL = re.compile(r"[;,]| or ")

NUMBER_RULES: Final = (
    (_PUNCTUATION.pattern, _WORD.pattern, _PARTS.pattern),
    (_SHORTEST, _TELLING_DIGITS, _BIC_LENGTHS, _LONGEST_SERIES, _IMO_DIGITS),
)
"""What lists/compiled/places.h repeats."""
_ENGINE: Final[Any] = engine_for(NUMBER_RULES, "NUMBER_RULES")


@dataclass(frozen=True, slots=True)
class NumberHit:
    """A listed number found in a message. `span` is what stood there, `telling` whether it needs no context."""

    entry: Entry
    number: ListedNumber
    family: Family
    span: str
    telling: bool


class _Listed(NamedTuple):
    """Where a listed number stands: the number of its entry, its place there, the place of its family in _FAMILIES."""

    entry: int
    place: int
    family: int
    telling: int


def family_of_kind(kind: str) -> Family:
    """What a number is, from the publisher's word for it ("Tax ID No.", "passport", "SWIFT/BIC")."""
    return _family_of(kind) if len(kind) > _LONGEST_KIND else _known_family_of(kind)


def _family_of(kind: str) -> Family:
    low = kind.lower()
    return next((family for family, words in _KIND_WORDS if words.search(low)), Family.OTHER)


_known_family_of = lru_cache(maxsize=1_024)(_family_of)  # messages and publishers repeat a few words


def family_of_scheme(scheme: str) -> Family:
    """What a number is, from the message's scheme: an ISO 20022 or MT 50F code, or a proprietary word."""
    return _SCHEMES.get(scheme.upper()) or family_of_kind(scheme)


def normal(value: str) -> str:
    """A number as it is compared: letters and digits only, upper case. An e-mail address keeps its @ and dots."""
    if "@" in value:
        return value.strip(" .").upper()
    if value.isalnum():  # nothing to take away; most words are so
        return value.upper()
    return _PUNCTUATION.sub("", value).upper()


def _is_telling(value: str, family: Family) -> bool:
    """Whether this number, found anywhere, can only be the listed one."""
    if family in _ALWAYS_TELLING:
        return True
    if len(set(value)) < _LEAST_DIFFERENT or family is Family.TAIL:
        return False
    digits = sum(character.isdigit() for character in value)
    if digits == len(value):
        return digits >= _TELLING_DIGITS
    return len(value) >= _TELLING_MIXED and digits >= _LEAST_DIGITS_MIXED


def _listed_values(number: ListedNumber) -> Iterator[tuple[str, Family]]:
    """The comparable numbers in one listed field: lists write "A123 or B456", "IMO 9187629", "Jordan 654781"."""
    family = family_of_kind(number.kind)
    for part in _SEVERAL.split(_ASIDE.sub("", number.value)):
        value = normal(part)
        if value.startswith("IMO") and value[3:].isdigit():
            yield value[3:], Family.IMO
            continue
        yield value, family
        if family is not Family.EMAIL and (last := _last_number(part)) != value:
            yield last, family


def _last_number(words: str) -> str:
    """The number at the end of "Afghan passport number SE 012820": the last word with digits, with its short series."""
    *before, last = [normal(word) for word in words.split()] or [""]
    series = before[-1] if before and before[-1].isalpha() and len(before[-1]) <= _LONGEST_SERIES else ""
    return series + last if any(map(str.isdigit, last)) else ""


def _worth_listing(value: str, family: Family) -> bool:
    if family is Family.BIC:
        return _BIC.fullmatch(value) is not None
    if family is Family.TAIL:
        return len(value) >= _SHORTEST
    return len(value) >= _SHORTEST and (family in _ALWAYS_TELLING or any(map(str.isdigit, value)))


class NumberIndex:
    """All numbers of an edition. Immutable after `build`; every answer is in the order of the entries."""

    __slots__ = ("_bics", "_entries", "_numbers", "_of_word", "_sieve")

    def __init__(self, entries: Sequence[Entry], bics: Lookup, numbers: Lookup, sieve: bytes) -> None:
        self._entries = entries
        self._bics = bics
        self._numbers = numbers
        self._of_word = lru_cache(_WORDS_REMEMBERED)(self._look_at)
        self._sieve = sieve

    def __reduce__(self) -> tuple[type[NumberIndex], tuple[Sequence[Entry], Lookup, Lookup, bytes]]:
        """Hand over what it was made of."""
        return NumberIndex, (self._entries, self._bics, self._numbers, self._sieve)

    @classmethod
    def build(cls, entries: Sequence[Entry], kept: Sequence[Entry] | None = None) -> NumberIndex:
        """Index every number of the entries. A BIC counts by its first eight characters: all branches are meant.

        `kept` are the same entries as they are kept for answers.
        """
        bics: dict[str, dict[_Listed, None]] = {}
        numbers: dict[str, dict[_Listed, None]] = {}
        for owner, entry in enumerate(entries):
            for number in dict.fromkeys(entry.numbers):
                place = entry.numbers.index(number)
                for value, family in _listed_values(number):
                    if not _worth_listing(value, family):
                        continue
                    table, key = (bics, value[:8]) if family is Family.BIC else (numbers, value)
                    listed = _Listed(owner, place, _FAMILIES.index(family), _is_telling(value, family))
                    table.setdefault(key, {})[listed] = None
        keys = filter(str.isascii, (*numbers, *(f"{bic}*" for bic in bics)))
        sieve: bytes = _ENGINE.key_table(tuple(keys)) if _ENGINE else b""
        return cls(entries if kept is None else kept, _flat(bics), _flat(numbers), sieve)

    def __len__(self) -> int:
        return len(self._bics) + len(self._numbers)

    def bic(self, value: str) -> list[NumberHit]:
        """Entries with this BIC, whatever the branch. Anything that is no BIC finds nothing."""
        code = normal(value)
        if len(code) not in _BIC_LENGTHS:
            return []
        return [self._hit(listed, value) for listed in _listed_in(self._bics, code[:8])]

    def field(self, value: str, family: Family = Family.OTHER) -> list[NumberHit]:
        """Entries with this number. `family` is what the field says it is; OTHER where it does not say.

        A number that is not telling is reported only for the same family.
        """
        key = normal(value)
        key = key[3:] if key.startswith("IMO") and len(key) == _IMO_DIGITS + 3 else key
        return [
            self._hit(listed, value)
            for listed in _listed_in(self._numbers, key)
            if listed.telling or _FAMILIES[listed.family] is family
        ]

    def may_be_in(self, text: str) -> bool:
        """Whether any of them may stand in a text: false for nearly every text, and only where text() finds nothing."""
        if self._sieve and text.isascii():
            return bool(_ENGINE.may_hold_a_number(self._sieve, text))
        return True

    def text(self, text: str) -> list[NumberHit]:
        """Entries whose number stands anywhere in a free text, with what kind of number it is where that is needed."""
        words = _WORD.findall(text)
        found: dict[tuple[str, str, str], NumberHit] = {}
        for position in range(len(words)):
            series, listed = self._of_word(words[position])
            if series and position + 1 < len(words):
                listed = (*listed, (series + normal(words[position + 1]), f"{words[position]} {words[position + 1]}"))
            for candidate, span in listed:
                for hit in self._in_text(candidate, span, words, position):
                    found.setdefault((hit.entry.list, hit.entry.reference, hit.number.value), hit)
        return list(found.values())

    def _look_at(self, word: str) -> tuple[str, tuple[tuple[str, str], ...]]:
        """The series a short word may be to the number that follows; the listed numbers it may be: mostly none."""
        whole = normal(word)
        listed = (
            (candidate, span)
            for candidate, span in _candidates(word, whole)
            if candidate in self._numbers or candidate[:8] in self._bics
        )
        return whole if len(whole) <= _LONGEST_SERIES and whole.isalpha() else "", tuple(listed)

    def _in_text(self, candidate: str, span: str, words: list[str], position: int) -> Iterator[NumberHit]:
        if len(candidate) in _BIC_LENGTHS:
            yield from (self._hit(listed, span) for listed in _listed_in(self._bics, candidate[:8]))
        for listed in _listed_in(self._numbers, candidate):
            if listed.telling or _context_says(_FAMILIES[listed.family], candidate, words, position):
                yield self._hit(listed, span)

    def _hit(self, listed: _Listed, span: str) -> NumberHit:
        entry = self._entries[listed.entry]
        return NumberHit(entry, entry.numbers[listed.place], _FAMILIES[listed.family], span, bool(listed.telling))


def _flat(table: Mapping[str, Iterable[_Listed]]) -> Lookup:
    return Lookup.of({key: [*chain.from_iterable(found)] for key, found in table.items()})


def _listed_in(table: Lookup, key: str) -> Iterator[_Listed]:
    fields = iter(table.get(key))
    return map(_Listed, fields, fields, fields, fields)


def _candidates(word: str, whole: str) -> Iterator[tuple[str, str]]:
    """What may be a number here: the word, its parts, what follows its letters."""
    if len(whole) >= _SHORTEST:
        yield whole, word
    if whole.startswith("IMO") and len(whole) == _IMO_DIGITS + 3:
        yield whole[3:], word
    if "-" in word or "#" in word or "." in word:
        yield from ((normal(part), part) for part in _PARTS.split(word) if len(part) >= _SHORTEST)
    digits = whole.lstrip(ascii_uppercase)
    if len(whole) > len(digits) >= _TELLING_DIGITS and digits.isdigit():
        yield digits, word


def _context_says(family: Family, candidate: str, words: list[str], position: int) -> bool:
    """Whether the words say that this number is of that family. A ship may be named anywhere in the text."""
    if family is Family.IMO:
        return any(word.lower().strip(".#-") in _SHIP_WORDS or word[:3].upper() == "IMO" for word in words)
    if family is Family.TAIL and "-" in words[position] and len(candidate) <= _TELLING_MIXED:
        return True
    before = words[max(0, position - _CONTEXT_TOKENS) : position]
    return any(word.lower().strip(".#-") in _CONTEXT.get(family, frozenset()) for word in before)
