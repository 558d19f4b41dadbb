"""What publishers write around names: marks of other and former names, of scripts and languages, and remarks.

Collected from the published lists themselves: "f.k.a.:", "(original script: ...)", "En russe: ...", "autrement connue
sous le nom de", "korábbi elnevezése:", "(pseudonyme peu fiable)", "(text of image)".
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_LANGUAGES = (
    "russe|arabe|bi[ée]lorusse|ukrainien|farsi|persan|chinois|anglais|cor[ée]en|h[ée]breu|alphabet latin"
    "|russian|arabic|belarusian|ukrainian|persian|chinese|english|korean|hebrew|dari|pashto|urdu"
)
# "sous le nom de Vell", "sous les noms d'Oktabri", with either apostrophe.
_UNDER_THE_NAME = r"sous (?:le nom|les noms) d(?:e\b|['\u2019])"
# The next name is one no longer borne.
_FORMER = (
    r"\bf\.k\.a\b\.?|\bf\.?k\.?a\.?:|\bformerly known as\b|\bformerly(?=\s*[:,])|\bpreviously known as\b"
    rf"|\banciennement(?: connue?s? {_UNDER_THE_NAME})?"
    r"|\bkor[áa]bbi (?:ismert )?(?:el)?nev(?:e|ez[ée]se)\b"
)
# The next name is another of the same party.
_OTHER = (
    rf"\b[an]\.k\.a\b\.?|\b[an]\.?k\.?a\.?:|\balso known as\b|\bautrement connue?s? {_UNDER_THE_NAME}"
    r"|\b(?:autres? d[ée]nominations?|graphie originale|original script|other names?)(?=\s*:)"
    rf"|\b(?:en|in) (?:{_LANGUAGES})(?=\s*:)"
)
_MARK = re.compile(rf"(?P<bracket>\([^()]*\))|(?P<former>{_FORMER})|(?P<other>{_OTHER})", re.IGNORECASE)
# Lower case and between words: "ALIAS LLC" is a company.
_ALIAS = re.compile(r"(?:^|(?<=\s))alias(?=\s+\w)")
# In a row of names after such a mark; elsewhere "ou" is a word of a name.
_OR = re.compile(r",?\s+ou\s*:?\s+")
_LOOSE = " ,;:/"

_OPENING = re.compile(
    rf"^\s*(?:(?P<former>formerly|previously listed as|ex[.:]|{_FORMER})|(?P<other>in arabic|in russian|{_OTHER}))"
    r"\s*:?\s*",
    re.IGNORECASE,
)
_REMARK = re.compile(
    r"previously listed|birth name|combat name|maiden name|false identity|nom de guerre|passport|deceased|^born\b"
    r"|pseudonyme|peu fiable|fiable\b|orthographe|caract[èe]res|text of image|low[- ]quality|good[- ]quality|phonetic"
    r"|unofficial|spelling|transliterat|transcription|soi-disant|so-called|approximate"
    r"|^(?:third|junior|senior|tigrinya|arabic|russian|korean|chinese|farsi|pashto|urdu|original script|image|alias)$",
    re.IGNORECASE,
)
_WEAK = re.compile(r"peu fiable|low[- ]quality|unreliable", re.IGNORECASE)
_MAY_HAVE_A_MARK = re.compile(r"k\.?a\b|\bknown\b|connue|alias|ancienn|formerly|korábbi|:", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Piece:
    """One name field of those a publisher put into one. `former` where the mark before it says so."""

    text: str
    former: bool = False


def pieces(field: str) -> Iterator[Piece]:
    """The field, parted at the marks that stand outside brackets; without the marks."""
    if _MAY_HAVE_A_MARK.search(field) is None:
        yield Piece(field)
        return
    text = _ALIAS.sub("a.k.a.", field)
    begin, former, marked = 0, False, False
    for found in _MARK.finditer(text):
        if found["bracket"] is None:
            yield from _parted(text[begin : found.start()], former=former, marked=marked)
            begin, former, marked = found.end(), found["former"] is not None, True
    yield from _parted(text[begin:], former=former, marked=marked)


def _parted(text: str, *, former: bool, marked: bool) -> Iterator[Piece]:
    for part in _OR.split(text) if marked else [text]:
        if plain := part.strip(_LOOSE):
            yield Piece(plain, former)


def opened(inside: str) -> tuple[str, bool | None]:
    """A bracket's text without the mark it begins with; and whether that says former (None: there is no mark)."""
    found = _OPENING.match(inside)
    if found is None:
        return inside, None
    return inside[found.end() :], found["former"] is not None


def is_remark(inside: str) -> bool:
    """Whether a bracket tells about the name and is none."""
    return _REMARK.search(inside) is not None


def is_weak(field: str) -> bool:
    """Whether the publisher says in the field that the name is not to be relied upon."""
    return _WEAK.search(field) is not None
