"""Foreign names that Chinese, Japanese and Korean write by their sounds: 弗拉基米尔·普京, ウラジーミル・プーチン."""

from __future__ import annotations

import re
import unicodedata
from itertools import chain
from typing import TYPE_CHECKING, Final, NamedTuple

from lists.folding import visible
from lists.korean import jamo
from lists.tables import UNSPACED
from lists.transcribed_units import HAN, HANGUL_WORD, KANA_WORD, TABLE
from lists.unspaced import words_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


class Part(NamedTuple):
    """A word of a foreign name: ways it may be written by its sounds, and words it surely is, in Latin letters."""

    texts: tuple[str, ...]
    latin: tuple[str, ...] = ()


_LATIN: Final = {text: tuple(latin.split()) for latin, texts in TABLE["words"].items() for text in texts.split()}
_KOREANS: Final = {text: tuple(latin.split()) for latin, texts in TABLE["koreans"].items() for text in texts.split()}
_SERVANT: Final = sorted(TABLE["heads"]["abd"].split(), key=len, reverse=True)
_ARTICLES: Final = tuple(TABLE["heads"]["al"].split())
_TITLES: Final = sorted(TABLE["titles"]["words"].translate(UNSPACED.simplified).split(), key=len, reverse=True)

_APART = re.compile(r"[\s\u00b7\u2022\u2027\u30fb.=\u30a0\-\u2010-\u2015]+")
_MIDDLE = re.compile(r"[\u00b7\u2022\u2027\u30fb.=\u30a0]")
_KOREAN_SYLLABLE = re.compile("[ア-ヴ][ァィェォャュョ]?[ンムクプルッ]?")
_KOREAN_GIVEN = re.compile(f"(?:{_KOREAN_SYLLABLE.pattern}){{1,2}}")
_FIRST_EAST_ASIAN: Final = "\u1100"
"""Chinese, Japanese and Korean stand from here on in Unicode, in all their forms."""
_PARTS_MAX: Final = 8
_CHARACTERS_MAX: Final = 9
_KANA_MAX: Final = 14
_REST: Final = 2
_LONE_LEAST: Final = 4
_FOREIGN_CHARACTERS: Final = 5
_HELPING_VOWEL: Final = 18
_KOREAN_SYLLABLES: Final = frozenset("은근금승응흔흥득음")
_GIVEN_SYLLABLES: Final = 2
_SURNAMES: Final = frozenset({*UNSPACED.surnames, *"윤한홍문민황송양하차채천추표피함현호홍지진석설소맹모"})
_NAMES: Final = frozenset(
    {"abdul", "abu", "ahmed", "al", "ali", "bin", "hassan", "hussein", "islamic", "mohammad", "mohammed", "muhammad"}
)
"""What the table of words has for words of people's names."""
_KNOWN_KANA: Final = 4
_KNOWN_SYLLABLES: Final = 3
"""A shorter known word may stand by chance within a foreign one: ホーキング is no king."""
_LITTLE: Final = frozenset({"bin", "bint", "abu", "umm", "al", "din"})


def parts_of_foreign(text: str) -> list[Part]:
    """Give the words of a foreign name that is written by its sounds, titles apart; none where it is another name."""
    if max(text, default="") < _FIRST_EAST_ASIAN:
        return []  # most names: those of other alphabets, and Latin ones with accents
    plain = _simplest(text)
    whole = [part for part in _APART.split(plain) if part]
    parts = [part for part in map(_without_titles, whole) if part]
    if not parts or len(parts) > _PARTS_MAX or max(map(len, parts)) > _longest_part(plain):
        return []
    # One word alone is as likely a Chinese or Korean name, or a firm's, unless a title says whose it is.
    if len(parts) == 1 and (parts == whole or len(parts[0]) < _REST):
        return []
    if not (_is_han(plain, parts) or _is_kana(parts) or _is_hangul(parts)):
        return []
    if parts[0] in _KOREANS and len(parts) == 2 and _KOREAN_GIVEN.fullmatch(parts[1]):  # noqa: PLR2004 - both halves
        return [Part((), _KOREANS[parts[0]]), *(Part((one,)) for one in _KOREAN_SYLLABLE.findall(parts[1]))]
    return [piece for part in parts for piece in _pieces(part)]


def lone_foreign(text: str) -> str:
    """Give a name that is one foreign word, too long for a person's of East Asia (블루노로프); "" if it is another."""
    plain = _simplest(text)
    if not _LONE_LEAST <= len(plain) <= _longest_part(plain):
        return ""
    known = all(char in HAN for char in plain) or _is_kana([plain]) or _is_hangul([plain])
    return plain if known else ""


def _simplest(text: str) -> str:
    return unicodedata.normalize("NFKC", visible(text)).translate(UNSPACED.simplified).strip()


def _longest_part(plain: str) -> int:
    return _KANA_MAX if KANA_WORD.search(plain) else _CHARACTERS_MAX


def _without_titles(part: str) -> str:
    for title in _TITLES:
        if part.endswith(title):
            return part[: -len(title)]
    return part


def _is_han(plain: str, parts: Sequence[str]) -> bool:
    """Say whether a name is of characters that write sounds alone; Chinese names stand between blanks at most."""
    known = all(char in HAN for part in parts for char in part)
    return known and (
        len(parts) == 1 or _MIDDLE.search(plain) is not None or sum(map(len, parts)) >= _FOREIGN_CHARACTERS
    )


def _is_kana(parts: Sequence[str]) -> bool:
    return all(map(KANA_WORD.fullmatch, parts)) and not _has_words(parts)


def _is_hangul(parts: Sequence[str]) -> bool:
    return all(map(HANGUL_WORD.fullmatch, parts)) and not _is_korean(parts) and not _has_words(parts)


def _is_korean(parts: Sequence[str]) -> bool:
    """Say whether a name in Hangul may be a Korean's: short parts, a surname at one end, only Korean syllables."""
    native = all(jamo(char)[1] != _HELPING_VOWEL or char in _KOREAN_SYLLABLES for part in parts for char in part)
    ends = {parts[0][0], parts[0], parts[-1]}  # blanks are lost and put: "박태 종석"
    return native and max(map(len, parts)) <= _GIVEN_SYLLABLES and not _SURNAMES.isdisjoint(ends)


def _has_words(parts: Sequence[str]) -> bool:
    """Say whether ordinary words of organisations stand in a name, which may have blanks in their middle."""
    known = [word for word in words_of(" ".join(parts)) if word.english]
    ordinary = [word.text for word in known if word.english[0][0] not in _NAMES and word.text not in _LATIN]
    least = _KNOWN_KANA if KANA_WORD.fullmatch(parts[0]) else _KNOWN_SYLLABLES
    return any(len(word) >= least or word in parts for word in ordinary) or 2 * sum(map(len, ordinary)) >= sum(
        map(len, parts)
    )


def _pieces(part: str) -> Iterator[Part]:
    """Part "servant of" from a word, and take it for what it is without an article, too."""
    if part in _LATIN:
        latin = _LATIN[part]
        if "+" in latin[0]:
            yield from (Part((), (word,)) for word in latin[0].split("+"))
        else:
            yield Part((part,) if len(part) >= _REST and latin[0] not in _LITTLE else (), latin)
        return
    heads = [head for head in _SERVANT if part.startswith(head)]
    rests = [part[len(head) :] for head in heads if len(part) >= len(head) + _REST]
    if part in heads:
        yield Part((), ("abd",))
    elif rests:
        yield Part((), ("abd",))
        yield Part(tuple(chain.from_iterable(map(_with_and_without_article, rests))))
    else:
        yield Part(tuple(_with_and_without_article(part)))


def _with_and_without_article(part: str) -> Iterator[str]:
    yield part
    article = next((article for article in _ARTICLES if part.startswith(article)), "")
    if article and len(part) >= len(article) + _REST:
        yield part[len(article) :]
