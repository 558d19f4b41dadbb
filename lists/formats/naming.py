"""From what a publisher writes in a name field to the names it holds: one per script, no remarks inside.

Publishers put several names in one field ("Husain Salimi; Hosain Salimi"), the original script in brackets
("Abubakar (original script: ...)"), abbreviations ("AFGHAN SUPPORT COMMITTEE (ASC)") and remarks ("(combat name)").
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from lists.entry import ListedName, Strength

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

# First word of a letter's Unicode name -> ISO 15924.
_SCRIPTS = {
    "LATIN": "latn",
    "CYRILLIC": "cyrl",
    "ARABIC": "arab",
    "CJK": "hani",
    "HANGUL": "hang",
    "HIRAGANA": "hira",
    "KATAKANA": "kana",
    "GREEK": "grek",
    "HEBREW": "hebr",
    "ETHIOPIC": "ethi",
    "ARMENIAN": "armn",
    "GEORGIAN": "geor",
    "DEVANAGARI": "deva",
    "BENGALI": "beng",
    "THAI": "thai",
    "MYANMAR": "mymr",
    "KHMER": "khmr",
    "TAMIL": "taml",
    "SYRIAC": "syrc",
    "TELUGU": "telu",
    "KANNADA": "knda",
    "MALAYALAM": "mlym",
    "GUJARATI": "gujr",
    "GURMUKHI": "guru",
    "ORIYA": "orya",
    "SINHALA": "sinh",
    "LAO": "laoo",
    "TIBETAN": "tibt",
    "MONGOLIAN": "mong",
    "THAANA": "thaa",
    "BOPOMOFO": "bopo",
}
_ORDER = {Strength.PRIMARY: 0, Strength.STRONG: 1, Strength.WEAK: 2}

_BRACKETS = re.compile(r"\(([^()]*)\)")
_ENUMERATION = re.compile(r"(?:^|\s)[a-z]\)\s")
_LABEL = re.compile(
    r"^\s*(?:original script|in arabic|in russian|previously listed as|formerly|a\.?k\.?a\.?|f\.?k\.?a\.?)\s*:?\s*",
    re.IGNORECASE,
)
_REMARK = re.compile(
    r"previously listed|birth name|combat name|maiden name|false identity|nom de guerre|passport|deceased|^born\b"
    r"|^(?:third|junior|senior|tigrinya|arabic|russian|korean|chinese|farsi|pashto|urdu|original script)$",
    re.IGNORECASE,
)
_BIRTH_TAIL = re.compile(r",\s*born\s+(?:on\s+)?\d.*$", re.IGNORECASE | re.DOTALL)
_SHORTEST_ACRONYM = 3
_QUOTES = "'\"\u2018\u2019\u201c\u201d\u201e\u00ab\u00bb"


def script_of(text: str) -> str:
    """ISO 15924 code, in lower case, of the script most letters are in; "latn" where there is no letter."""
    if text.isascii():
        return "latn"
    counts: dict[str, int] = {}
    for character in text:
        if character.isalpha():
            script = _SCRIPTS.get(unicodedata.name(character, "").partition(" ")[0], "zyyy")
            counts[script] = counts.get(script, 0) + 1
    return max(counts, key=lambda script: counts[script], default="latn")


def tidy(text: str) -> str:
    """One space between words, nothing loose at the ends, no quotation marks around the whole."""
    plain = " ".join(text.split()).strip(" ;,")
    while len(plain) > 1 and plain[0] in _QUOTES and plain[-1] in _QUOTES:
        plain = plain[1:-1].strip(" ;,")
    return plain


def natural_order(text: str) -> str:
    """Turn "LAST, First Middle" round, as a payment carries it: "First Middle LAST"."""
    last, comma, first = text.partition(",")
    return f"{first.strip()} {last.strip()}" if comma and first.strip() else text


def listed_names(
    fields: Iterable[tuple[str, Strength]], former: Iterable[tuple[str, Strength]] = ()
) -> tuple[ListedName, ...]:
    """All names in these name fields, without repeats, each at the best strength it is given; primary ones first.

    `former` fields hold names no longer borne; one that is borne as well is not former.
    """
    best: dict[str, ListedName] = {}
    for is_former, some in ((False, fields), (True, former)):
        for field, strength in some:
            for text, as_strong_as in _names_in(field, strength):
                key = text.casefold()
                known = best.get(key)
                if known is None or _ORDER[as_strong_as] < _ORDER[known.strength]:
                    was_former = is_former if known is None else known.former
                    best[key] = ListedName(text, as_strong_as, script_of(text), was_former)
    return tuple(sorted(best.values(), key=lambda name: _ORDER[name.strength]))


def _names_in(field: str, strength: Strength) -> Iterator[tuple[str, Strength]]:
    plain = tidy(field)
    if not any(mark in plain for mark in "();") and "born" not in plain:
        if _is_name(plain):
            yield plain, strength
        return
    plain = _BIRTH_TAIL.sub("", plain)
    outside = _BRACKETS.sub(lambda found: _kept_bracket(found.group(1), plain), plain)
    parts = [part for piece in outside.split(";") for part in _ENUMERATION.split(piece)]
    for part in parts:
        name = tidy(_LABEL.sub("", part))
        if _is_name(name):
            yield name, strength
            yield from _without_acronym(name, strength)
    for inside in _BRACKETS.findall(plain):
        yield from _names_inside(inside, plain, strength)


def _kept_bracket(inside: str, field: str) -> str:
    """What stays of a bracket in the name around it: nothing of a remark or of another script."""
    if _REMARK.search(inside) or _other_script(inside, field):
        return " "
    return f"({inside})"


def _names_inside(inside: str, field: str, strength: Strength) -> Iterator[tuple[str, Strength]]:
    """The names within a bracket: the same party in another script."""
    content = _LABEL.sub("", inside)
    if _other_script(content, field) and not _REMARK.search(content):
        yield from ((tidy(part), strength) for part in content.split(";") if _is_name(tidy(part)))


def _other_script(inside: str, field: str) -> bool:
    return script_of(_LABEL.sub("", inside)) != script_of(_BRACKETS.sub("", field))


def _without_acronym(name: str, strength: Strength) -> Iterator[tuple[str, Strength]]:
    """Name "AFGHAN SUPPORT COMMITTEE (ASC)" also without the bracket, and the abbreviation as a weak name."""
    found = _BRACKETS.search(name)
    if found is None:
        return
    base, acronym = tidy(_BRACKETS.sub(" ", name)), found.group(1).strip()
    initials = iter(word[0] for word in re.findall(r"\w+", base.upper()))
    if len(acronym) >= _SHORTEST_ACRONYM and acronym.isupper() and all(letter in initials for letter in acronym):
        yield base, strength
        yield acronym, Strength.WEAK


def _is_name(text: str) -> bool:
    """At least two letters or digits: a dash or a single letter is no name, nor is a text whose letters were lost.

    "????????? Fatah" is what a program leaves that cannot write Greek; more marks than letters tell no name any more.
    """
    letters = sum(map(str.isalnum, text))
    return letters > max(1, text.count("?"))
