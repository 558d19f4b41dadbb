"""The only way a name becomes comparable, at index time and at question time alike."""

from __future__ import annotations

import functools
import re
from typing import Final

from rigour.names import replace_org_types_compare

from lists.folding import fold
from lists.meanings import LEGAL_DOTTED, LEGAL_SHORT
from lists.similarity import first_within
from lists.tables import WORDS

TOKENS_MAX: Final = 24
"""Words of a name that are compared; what a longer field holds is searched window by window (lists.text)."""

WORD_LETTERS_MAX: Final = 64
"""Letters of one word, of a list or of a payment; more are a further word. The longest word of any list has 36.

Work grows with the square of a word's letters, and a list, as a message, may hold 100,000 without a blank. Nothing is
missed: the same letters give the same words on both sides.
"""

_TOKEN = re.compile(rf"[a-z0-9]{{1,{WORD_LETTERS_MAX}}}")
# "l.l.c.", "p-u-t-i-n": single letters joined by one mark.
_DOTTED = re.compile(r"(?<![a-z0-9])(?:[a-z][.\-_*]){2,}[a-z](?![a-z0-9])\.?")
# "... s. a.", "... s p a": two to five single letters that end a name.
_TAIL_LETTERS = re.compile(r"(?: [a-z]\b\.?){2,5}$")
# "p u t i n": five or more spaced letters anywhere.
_SPACED = re.compile(r"(?<![a-z0-9])(?:[a-z] ){4,}[a-z](?![a-z0-9])")
# "S.A. de C.V.", "S de RL de CV": the only legal forms with a word inside, so they count wherever they stand.
_SPANISH_STOCK_FORM = re.compile(r"\bs[. ]*a[. ]*(?:p[. ]*i[. ]*)?(?:b[. ]*)?\bde c[. ]*v\b\.?")
_SPANISH_LIMITED_FORM = re.compile(r"\bs[. ]*(?:p[. ]*r[. ]*)?\bde r[. ]*l\b\.?(?: de c[. ]*v\b\.?)?")
_SPANISH_LETTERS = re.compile(r"\bs [ar] l\b")
_NOT_LETTER = re.compile(r"[^a-z]")
_MARKS = frozenset(".-*_")
_REJOINED: Final = (_DOTTED, _TAIL_LETTERS, _SPACED, _SPANISH_STOCK_FORM, _SPANISH_LIMITED_FORM, _SPANISH_LETTERS)
REJOINING: Final = tuple(pattern.pattern for pattern in _REJOINED)
"""Where words do not stand as they are compared; lists/compiled/names.h knows words that no pattern can meet."""

_SHORT_FORM_LETTERS: Final = 3
_GUARD = "q0"
"""Glued to a short word to keep rigour from taking it for a legal form; no legal form ends in it."""

# "Abdul Rahman", "Abdulrahman", "Abd al-Rahman" → abd + rahman; but Abdullah stays one word.
_ABD = re.compile(r"^abdh?[aeou]{0,2}l(?![aeou]?l*[aeou]?h?l*a?h?$)(.{3,})$")
# ... and with the article run into the next letter: "Abderrahmane", "Abdussalam", "Abdurahman".
_ABD_RUN = re.compile(r"^abd[aeiou]{1,2}(?:([rsntdz])(?=\1)|(?=r[aeo][hsz]))(.{4,})$")
_ABD_HEADS: Final = frozenset({"bd", "vd", "pd", "bt"})
_ABD_MISSPELT = re.compile(r"^(?:[eou]bd|abd|avd|apd|abt)[aeou]{1,2}l$")
_ABD_LETTERS: Final = 4


def plain_tokens(folded: str) -> list[str]:
    """Cut folded text into words as they stand; the same for any order of the words (the exact floor rests on it)."""
    return _TOKEN.findall(folded)


def tokenize(text: str) -> list[str]:
    """Cut a name in any script into comparable words: letters joined, legal forms and "servant of" names made one."""
    return tokens_of(fold(text))


def tokens_of(folded: str) -> list[str]:
    """Cut a folded name into comparable words."""
    tokens = _TOKEN.findall(one_legal_form(_rejoin(folded)))
    if any(token[1:3] in _ABD_HEADS and len(token) > _ABD_LETTERS for token in tokens):
        return [part for token in tokens for part in abd_parts(token)]
    return tokens


def _rejoin(folded: str) -> str:
    """Join letters that were parted by dots, dashes or blanks."""
    if not _MARKS.isdisjoint(folded):
        folded = _DOTTED.sub(lambda found: _NOT_LETTER.sub("", found.group()) + " ", folded)
    if " de " in folded:
        folded = _SPANISH_LIMITED_FORM.sub("llc", _SPANISH_STOCK_FORM.sub("jsc", folded))
    if " l" in folded:
        folded = _SPANISH_LETTERS.sub(lambda found: _NOT_LETTER.sub("", found.group()), folded)
    folded = _SPACED.sub(lambda found: found.group().replace(" ", ""), folded)
    if folded[-2:-1] in {" ", "."}:
        folded = _TAIL_LETTERS.sub(lambda found: " " + _NOT_LETTER.sub("", found.group()), folded)
    return folded


def one_legal_form(folded: str) -> str:
    """Write every legal form in its generic spelling (rigour's table), unless it is more likely part of the name."""
    folded = " ".join(map(repaired_legal_word, folded.split()))
    return folded if with_generic_forms(folded) == folded else _guarded(folded)


def generic_tokens(folded: str) -> list[str]:
    """Cut a folded name with legal forms, whose other words stand as they are compared."""
    return _TOKEN.findall(_guarded(folded))


def _guarded(folded: str) -> str:
    words = folded.split()
    # Most words are longer than any that is guarded: they are not looked at one by one.
    guarded = " ".join(
        word if len(word) > _SHORT_FORM_LETTERS and word.isalnum() else _guard(word, place, len(words))
        for place, word in enumerate(words)
    )
    return with_generic_forms(guarded).replace(_GUARD, "")


def with_generic_forms(text: str) -> str:
    """Write the legal forms in a folded text, of any number of lines, in their generic spelling."""
    return str(replace_org_types_compare(text, generic=True))


def _guard(word: str, place: int, count: int) -> str:
    """Keep a short word in the middle of a name, or at its head, from being read as a legal form."""
    bare = word.strip('.,;:()"')
    if len(bare) == 1:
        return bare + _GUARD  # "A G. Zhukova" is no Aktiengesellschaft; a form in letters at the end is one word by now
    if place and "." in bare and bare.replace(".", "") in LEGAL_DOTTED:
        return word
    if len(bare) > _SHORT_FORM_LETTERS or bare in WORDS.legal_anywhere or place == count - 1:
        return word
    if (place == 0 and bare in WORDS.legal_at_head) or not _is_legal_form(bare):
        return word
    return bare + _GUARD


_REPAIRABLE_LETTERS: Final = 6
_LONG_LEGAL_WORD: Final = 9


@functools.lru_cache(maxsize=1 << 16)
def repaired_legal_word(word: str) -> str:
    """Give the legal word a word is short for ("jt") or a misspelling of ("limitied"), or the word itself."""
    if word in LEGAL_SHORT:
        return LEGAL_SHORT[word]
    if len(word) < _REPAIRABLE_LETTERS or not word.isalpha() or word in WORDS.repairable:
        return word
    edits = 1 if len(word) < _LONG_LEGAL_WORD else 2
    return first_within(word, WORDS.repairable, edits) or word


@functools.lru_cache(maxsize=4096)
def _is_legal_form(word: str) -> bool:
    return with_generic_forms(word) != word


def abd_parts(token: str) -> tuple[str, ...]:
    """Part "servant of" from a word: "abdulrahman" is abd + rahman, "abdullah" one word."""
    if token[1:3] not in _ABD_HEADS and token not in WORDS.abd_forms:
        return (token,)
    if token in WORDS.abd_forms or _ABD_MISSPELT.match(token):
        return ("abd",)
    found = _ABD.match(token) or _ABD_RUN.match(token)
    return ("abd", found.groups()[-1]) if found else (token,)
