"""Whether what stands in a field means anything: patterns first, then the lexicon, always on the whole field.

"MR XXX" means nothing, "XXX LUTZ" is a shop; "NULL" alone means nothing, "Christopher Null" is a person. A verdict is
only what the text itself says: whether another fact speaks for a likely one is `speaks_for`.
Sources: EBA/GL/2024/11 and JC/GL/2017/16 (meaningless information counts as missing). Requirements: DET-13 to DET-15.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from schemas.identifiers import is_bic, is_currency, is_iban, is_lei
from schemas.information.lexicon import LEXICON, Field, Tier, disguised, normalise, words_of
from schemas.information.patterns import (
    is_keyboard_walk,
    is_repeat,
    is_repeated_group,
    is_sequence,
    is_unpronounceable,
)

if TYPE_CHECKING:
    from datetime import date

    from schemas.information.lexicon import Entry
    from schemas.payment import Party


@dataclass(frozen=True, slots=True)
class Verdict:
    """A field that means nothing: how sure, and by what. `surname`: real people bear the word."""

    tier: Tier
    because: str
    surname: bool = False


# A look at a member goes through its class (a quarter of a microsecond in Python 3.11): the hot ones have own names.
_NAME, _ADDRESS, _ID, _BIRTH_PLACE, _ACCOUNT = Field
_NAMES = LEXICON.exact[_NAME]
_TITLES = LEXICON.titles
_LEGAL_FORMS = LEXICON.legal_forms
_NUMBER_WITH_CURRENCY = re.compile(r"([a-z]{3})?[0-9]+([a-z]{3})?")
_CONTACT = re.compile(
    r"""(?x) (?:mailto:)? [^\s@]+ @ [^\s@]+ \. [a-z]+        # an address
      | @ [\w.]+                                             # a handle
      | (?:https?://|www\.) \S+                              # a page
      | [\w-]+ (?:\.[\w-]+)* \. (?:com|net|org|io|me|lu|fr|de|be|nl|it|es|pt|uk|eu|ch|at) (?:/\S*)?
      | (?:tel|tel\.|phone|gsm|fax|mobile|whatsapp|handy) [\s.:+\d/()-]* \d [\s\d/()-]*""",
)
_TRUNCATED = ("+", "...", "…")
_PO_BOX = re.compile(
    r"(?:p ?o ?box|post ?box|pob|postfach|postbus|boite postale|bp|casella postale|apartado(?: de correos)?|"
    r"caixa postal)(?: ?[a-z]?[0-9 ]*)?"
)
_PO_BOX_STARTS = frozenset("pPbBcCaA")  # what every form of it begins with
LONGEST = 280  # characters judged: twice the longest name of any format, so that no text can take long
_DIGITS = frozenset("0123456789")
_LONG_BIC = 11
_LONGEST_POSTCODE = 5
_ORDINARY_LINE = 70
_SHORT_ID = 3
_ID_RUN = 4
_ACCOUNT_RUN = 8  # seven digits in a row are a common account number


def judge_name(text: str) -> Verdict | None:
    """What is wrong with a name, None for a name. The text is not blank."""
    words = words_of(text[:LONGEST])
    if not words:
        return Verdict(Tier.CERTAIN, "punctuation only")
    entry = _NAMES.get(" ".join(words))
    if words[0] in _TITLES and len(words) > 1:
        del words[0]
        entry = entry or _NAMES.get(" ".join(words))
    if entry is not None and entry.tier is Tier.CERTAIN:
        return _of_entry(entry)
    compact = "".join(words)
    letters = set(compact)
    pattern = _certain_pattern(compact, letters, words)
    if pattern:
        return Verdict(Tier.CERTAIN, pattern)
    if entry is not None:
        return _of_entry(entry)
    hidden = disguised(compact, letters, _NAME)
    if hidden is not None and hidden.tier is not Tier.POSSIBLE:
        return _of_entry(hidden)
    pattern = _likely_pattern(text, letters, words)
    return Verdict(Tier.LIKELY, pattern) if pattern else _possible(text)


def _of_entry(entry: Entry) -> Verdict:
    return Verdict(entry.tier, f"{entry.group} {entry.term!r} ({entry.language})", entry.surname)


def _certain_pattern(compact: str, letters: set[str], words: list[str]) -> str:
    if is_repeat(compact, letters) and not _LEGAL_FORMS.intersection(words):
        return "one character repeated"
    if is_sequence(compact):
        return "a sequence"
    if is_keyboard_walk(compact):
        return "a walk over the keyboard"
    return "" if compact.isalpha() and len(compact) != _LONG_BIC else _number(compact)


def _number(compact: str) -> str:
    """An amount, an account or an institution's code where a name should stand."""
    if compact.isdigit():
        return "digits only"
    match = _NUMBER_WITH_CURRENCY.fullmatch(compact)
    if match is not None and is_currency((match[1] or match[2] or "").upper()):
        return "an amount"
    if compact.endswith("xxx") and is_bic(compact.upper()):
        return "a BIC"
    return "an account number" if is_iban(compact) else ""


def _likely_pattern(text: str, letters: set[str], words: list[str]) -> str:
    if is_repeated_group(words, letters):
        return "a group of characters repeated"
    if len(words) == 1 and is_unpronounceable(words[0]):
        return "no vowel"
    if not _has_ordinary_word(words) and _only_initials(text, words):
        return "initials or a title only"
    if ("." in text or "@" in text or not letters.isdisjoint(_DIGITS)) and _CONTACT.fullmatch(
        text[:LONGEST].strip().lower()
    ):
        return "a contact, not a name"
    return ""


def _has_ordinary_word(words: list[str]) -> bool:
    """Whether one is neither an initial nor a title."""
    for word in words:  # noqa: SIM110 - mostly the first; `any` would cost four times as much
        if len(word) > 1 and word not in _TITLES:
            return True
    return False


def _only_initials(text: str, words: list[str]) -> bool:
    """H&M, K+S and 1&1 are companies, O is a Korean surname, N.V. says at least a company."""
    if not text.isascii() or "&" in text or "+" in text or any(word.isdigit() for word in words):
        return False
    form = "." in text and "".join(words) in _LEGAL_FORMS
    return not form and text.strip().lower() not in LEXICON.one_letter_names


def _possible(text: str) -> Verdict | None:
    return Verdict(Tier.POSSIBLE, "cut off") if text.endswith(_TRUNCATED) else None


def judge_account(text: str) -> Verdict | None:
    """What is wrong with an account number, None for one that can be one."""
    words = words_of(text[:LONGEST])
    compact = "".join(words)
    if not compact:
        return Verdict(Tier.CERTAIN, "punctuation only")
    if len(set(compact)) == 1 or is_zero_iban(compact):
        return Verdict(Tier.CERTAIN, "one character repeated")
    if is_sequence(compact, cover=1.0, run=_ACCOUNT_RUN if compact.isdigit() else _ID_RUN):
        return Verdict(Tier.CERTAIN, "a sequence")
    return _listed(_ACCOUNT, words, compact, set(compact))


def is_zero_iban(text: str) -> bool:
    """An IBAN of a country and nothing but zeros; its check digits may even be right."""
    head = text[:2].isalpha() and text[2:_ID_RUN].isdigit()
    return head and text[_ID_RUN:].strip("0 ") == "" and len(text) > _ID_RUN


def judge_id(text: str) -> Verdict | None:
    """What is wrong with a document, customer or registration number, None for one that can be one."""
    words = words_of(text[:LONGEST])
    compact = "".join(words)
    if len(compact) < _SHORT_ID:
        return Verdict(Tier.CERTAIN, "too short to identify anyone")
    letters = set(compact)
    if is_repeat(compact, letters):
        return Verdict(Tier.CERTAIN, "one character repeated")
    if is_sequence(compact, cover=1.0, run=_ID_RUN):
        return Verdict(Tier.CERTAIN, "a sequence")
    return _listed(_ID, words, compact, letters)


def judge_address_line(text: str) -> Verdict | None:
    """What is wrong with one part of an address. A house number or a postcode alone is a part of one."""
    return _known_line(text) if len(text) <= _ORDINARY_LINE else _address_line(text)


@lru_cache(maxsize=32_768)  # towns, streets and postcodes come back all day; nothing long is ever kept
def _known_line(text: str) -> Verdict | None:
    return _address_line(text)


def _address_line(text: str) -> Verdict | None:
    words = words_of(text[:LONGEST])
    compact = "".join(words)
    if not compact:
        return Verdict(Tier.CERTAIN, "punctuation only")
    letters = set(compact)
    if not compact.isdigit() or len(compact) > _LONGEST_POSTCODE:
        if is_repeat(compact, letters):
            return Verdict(Tier.CERTAIN, "one character repeated")
        if is_keyboard_walk(compact):
            return Verdict(Tier.CERTAIN, "a walk over the keyboard")
    return _listed(_ADDRESS, words, compact, letters)


def judge_birth_place(text: str) -> Verdict | None:
    """What is wrong with a place of birth. Two letters may be a town (Au, Ii, Bo)."""
    words = words_of(text[:LONGEST])
    compact = "".join(words)
    if len(compact) <= 1:
        return Verdict(Tier.CERTAIN, "punctuation or a single character")
    letters = set(compact)
    if is_repeat(compact, letters):
        return Verdict(Tier.CERTAIN, "one character repeated")
    return _listed(_BIRTH_PLACE, words, compact, letters)


def _listed(field: Field, words: list[str], compact: str, letters: set[str]) -> Verdict | None:
    entry = LEXICON.exact[field].get(" ".join(words)) or disguised(compact, letters, field)
    return None if entry is None else _of_entry(entry)


_OLDEST = 120  # years
_SENTINELS = frozenset(
    {"1111-11-11", "1899-12-30", "1899-12-31", "1900-01-01", "1900-12-31", "1901-01-01", "1753-01-01"}
)
_ISO_DATE = re.compile(r"([0-9]{4})-?([0-9]{2})-?([0-9]{2})", re.ASCII)
_MONTHS, _DAYS = 12, 31


def judge_birth_date(text: str, day: date) -> Verdict | None:
    """What is wrong with a date of birth (YYYY-MM-DD or YYYYMMDD) on the day of the payment."""
    match = _ISO_DATE.fullmatch(text.strip()[:10])
    if match is None:
        return Verdict(Tier.CERTAIN, "no date")
    year, month, number = int(match[1]), int(match[2]), int(match[3])
    if not (1 <= month <= _MONTHS and 1 <= number <= _DAYS):
        return Verdict(Tier.CERTAIN, "no day of any calendar")
    if "-".join(match.groups()) in _SENTINELS:
        return Verdict(Tier.CERTAIN, "a date that systems write for 'none'")
    if (year, month, number) > (day.year, day.month, day.day):
        return Verdict(Tier.CERTAIN, "in the future")
    return Verdict(Tier.CERTAIN, f"more than {_OLDEST} years ago") if day.year - year > _OLDEST else None


def is_po_box(text: str) -> bool:
    """Whether a line of an address is a post office box and nothing else."""
    if text.isascii() and text[:1].isalnum() and text[0] not in _PO_BOX_STARTS:
        return False
    return _PO_BOX.fullmatch(normalise(text[:LONGEST])) is not None


def speaks_for(party: Party, verdict: Verdict, allowed: frozenset[str]) -> str:
    """The fact that speaks for a name that looks meaningless, "" for none.

    A likely one is saved by the bank's allow-list, a legal form beside another word, a BIC, a valid LEI, a registry
    number, or full birth data and a document beside a name of two words; a certain one only by the allow-list, or,
    where real people bear the word, by identity data.
    """
    name = "" if party.name is None else normalise(party.name.text[:LONGEST])
    if name in allowed:
        return "the bank's allow-list"
    words = name.split(" ")
    if verdict.tier is Tier.CERTAIN and not verdict.surname:
        return ""
    if verdict.tier is Tier.LIKELY and _LEGAL_FORMS.intersection(words) and _has_word(words):
        return "a legal form beside another word"
    return _identity(party, words, verdict)


def _has_word(words: list[str]) -> bool:
    return any(len(word) > 1 and word not in _LEGAL_FORMS for word in words)


def _identity(party: Party, words: list[str], verdict: Verdict) -> str:
    if party.lei is not None and is_lei(party.lei.text):
        return "a valid LEI"
    if verdict.tier is Tier.LIKELY and party.bic is not None:
        return "a BIC"
    numbers = [one for one in party.identifications if one.value.text.strip() and judge_id(one.value.text) is None]
    if any(one.organisation for one in numbers):
        return "a registry number"
    born = party.birth_date is not None and party.birth_town is not None
    if born and numbers and (len(words) > 1 or verdict.surname):
        return "birth data and a document number"
    return ""
