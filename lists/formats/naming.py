"""From what a publisher writes in a name field to the names it holds: one per script, no remarks inside.

Publishers put several names in one field ("Husain Salimi; Hosain Salimi"), the original script in brackets
("Abubakar (original script: ...)"), abbreviations ("AFGHAN SUPPORT COMMITTEE (ASC)") and remarks ("(combat name)").
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from typing import TYPE_CHECKING

from lists.entry import ListedName, Strength
from lists.formats.labels import is_remark, is_weak, opened, pieces

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
_BIRTH_TAIL = re.compile(r",\s*born\s+(?:on\s+)?\d.*$", re.IGNORECASE | re.DOTALL)
# A field with none of these is one name.
_MARKED = re.compile(r"[();:/]|\bborn\b|\b[afn]\.k\.a|\bknown as|\balias\b|ancienn|connue", re.IGNORECASE)
_SLASH = re.compile(r"/(?![^()]*\))")
_INNER_PARTS = re.compile(r"\s*[,;/]\s*|\s+ou\s+|\s+or\s+")
_SHORTEST_ACRONYM = 3
_SHORTEST_SHARED_WORD = 4
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
    for was_former, some in ((False, fields), (True, former)):
        for field, strength in some:
            for text, as_strong_as, is_former in _names_in(field, strength):
                key = text.casefold()
                known = best.get(key)
                both = (was_former or is_former) and (known is None or known.former)
                if known is None or _ORDER[as_strong_as] < _ORDER[known.strength]:
                    best[key] = ListedName(text, as_strong_as, script_of(text), both)
                elif known.former and not both:
                    best[key] = replace(known, former=False)
    return tuple(sorted(best.values(), key=lambda name: _ORDER[name.strength]))


def _names_in(field: str, strength: Strength) -> Iterator[tuple[str, Strength, bool]]:
    """(name, strength, whether it is said to be former) for each name the field holds."""
    plain = tidy(field)
    if _MARKED.search(plain) is None:
        if _is_name(plain):
            yield plain, strength, False
        return
    for counted in _ENUMERATION.split(_BIRTH_TAIL.sub("", plain)):
        whole = _balanced(counted)
        for piece in pieces(whole):
            # A name after a mark is another one, not the first.
            is_first = strength is not Strength.PRIMARY or whole.startswith(piece.text)
            for part in _by_script(piece.text):
                weaker = Strength.WEAK if is_weak(part) else strength if is_first else Strength.STRONG
                yield from _names_of_piece(part, weaker, former=piece.former)


def _balanced(field: str) -> str:
    """The field without brackets that do not close or were never opened."""
    letters = list(field)
    opened_at: list[int] = []
    for place, letter in enumerate(field):
        if letter == "(":
            opened_at.append(place)
        elif letter == ")" and opened_at:
            opened_at.pop()
        elif letter == ")":
            letters[place] = " "
    for place in opened_at:
        letters[place] = " "
    return "".join(letters)


def _by_script(piece: str) -> list[str]:
    """Both sides of "Al-Quds Brigades / سرايا القدس"; the text itself where it is of one script."""
    if "/" in piece:
        sides = [side for side in _SLASH.split(piece) if _is_name(side)]
        if len({script_of(_BRACKETS.sub("", side)) for side in sides}) == len(sides) > 1:
            return sides
    return [piece]


def _names_of_piece(plain: str, strength: Strength, *, former: bool) -> Iterator[tuple[str, Strength, bool]]:
    outside = _BRACKETS.sub(lambda found: _kept_bracket(found.group(1), plain), plain)
    for part in outside.split(";"):
        name = tidy(part)
        if _is_name(name):
            yield name, strength, former
            yield from ((text, as_strong_as, former) for text, as_strong_as in _without_bracket(name, strength))
    for inside in _BRACKETS.findall(plain):
        yield from _names_inside(inside, plain, strength, former=former)


def _kept_bracket(inside: str, field: str) -> str:
    """What stays of a bracket in the name around it: nothing of a remark, of another script, of another name."""
    _content, mark = opened(inside)
    if mark is not None or is_remark(inside) or _other_script(inside, field):
        return " "
    return f"({inside})"


def _names_inside(inside: str, field: str, strength: Strength, *, former: bool) -> Iterator[tuple[str, Strength, bool]]:
    """The names within a bracket: the same party in another script, or under another name that is marked as such."""
    content, mark = opened(inside)
    other_script = _other_script(content, field)
    if is_remark(content) or not (other_script or mark is not None):
        return
    as_strong_as = strength if other_script or strength is Strength.WEAK else Strength.STRONG
    for part in content.split(";"):
        if _is_name(tidy(part)):
            yield tidy(part), as_strong_as, former or bool(mark)


def _other_script(inside: str, field: str) -> bool:
    return script_of(opened(inside)[0]) != script_of(_BRACKETS.sub("", field))


def _without_bracket(name: str, strength: Strength) -> Iterator[tuple[str, Strength]]:
    """Name "AFGHAN SUPPORT COMMITTEE (ASC)" also without the bracket, and the abbreviations as weak names.

    A bracket that says the same in other words ("Qarchak Prison (prison de Qarchak)") is a name of its own.
    """
    found = _BRACKETS.search(name)
    if found is None:
        return
    base, inside = tidy(_BRACKETS.sub(" ", name)), tidy(found.group(1))
    acronyms = [part for part in _INNER_PARTS.split(inside) if _is_acronym(part, base)]
    if acronyms:
        yield base, strength
        yield from ((acronym, Strength.WEAK) for acronym in acronyms)
    elif " " in inside and len(inside) < 2 * len(base) and _long_words(inside) & _long_words(base):
        yield base, strength
        yield inside, Strength.WEAK


def _is_acronym(part: str, base: str) -> bool:
    letters = "".join(filter(str.isalpha, part))
    initials = iter(word[0] for word in re.findall(r"[^\W_]+", base.upper()))
    return len(letters) >= _SHORTEST_ACRONYM and part.isupper() and all(letter in initials for letter in letters)


def _long_words(text: str) -> set[str]:
    return {word for word in re.findall(r"[^\W\d_]+", text.casefold()) if len(word) >= _SHORTEST_SHARED_WORD}


def _is_name(text: str) -> bool:
    """At least two letters or digits: a dash or a single letter is no name, nor is a text whose letters were lost.

    "????????? Fatah" is what a program leaves that cannot write Greek; more marks than letters tell no name any more.
    """
    letters = sum(map(str.isalnum, text))
    return letters > max(1, text.count("?"))
