"""How the characters of East Asian people's names are read beside Mandarin; the table is `data/people.toml`."""

from __future__ import annotations

import tomllib
from collections import defaultdict
from typing import TYPE_CHECKING, Final, NamedTuple

from anyascii import anyascii

from lists.tables import UNSPACED, read_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


class Japanese(NamedTuple):
    """A Japanese name: how many characters are the family's, and how either half may be read."""

    characters: int
    family: tuple[str, ...]
    given: tuple[str, ...]


_TABLE: Final[Mapping[str, str]] = tomllib.loads(read_text("people.toml"))
# Forms of Japanese family registers.
_VARIANTS: Final = str.maketrans({"\u9ad9": "高", "\ufa11": "崎", "\u5d5c": "崎", "\u6ff5": "滨", "\u9089": "边"})
_FAMILY_MAX: Final = 3
_JAPANESE_MAX: Final = 6
_HONG_KONG_MIN: Final = 3


def _cells(name: str) -> Iterator[tuple[list[str], list[str]]]:
    """Give the cells of a table: what stands in Latin letters or Hangul, and the characters that are read so."""
    for cell in _TABLE[name].translate(UNSPACED.simplified).replace("|", "\n").splitlines():
        words = cell.split()
        sounds = [word for word in words if word.isascii() or "\uac00" <= word <= "\ud7a3"]
        yield sounds, [word for word in words if word not in sounds]


def _readings(name: str) -> dict[str, tuple[str, ...]]:
    read: defaultdict[str, dict[str, None]] = defaultdict(dict)
    for sounds, texts in _cells(name):
        for text in texts:
            read[text] |= dict.fromkeys(sounds)
    return {text: tuple(sounds) for text, sounds in read.items()}


_FAMILIES: Final = _readings("family")
_GIVEN: Final = _readings("given")
_KOREAN: Final = _readings("korean")
_CANTONESE: Final = _readings("cantonese")
_MANDARIN: Final = frozenset(
    anyascii(char).lower() for char in {*_CANTONESE, *_KOREAN, *UNSPACED.korean, *UNSPACED.foreign}
)
_KOREAN_SURNAMES: Final = frozenset(_TABLE["korean_surnames"].split())
_BURMESE: Final = _readings("burmese")


def plain(text: str) -> str:
    """Write characters as the tables have them."""
    return text.translate(_VARIANTS).translate(UNSPACED.simplified)


def as_japanese(text: str) -> Japanese | None:
    """Read a text as a Japanese person's name, family first; None where either half is not known."""
    if len(text) > _JAPANESE_MAX:
        return None
    name = plain(text)
    for characters in range(min(_FAMILY_MAX, len(name) - 1), 0, -1):
        family, given = _FAMILIES.get(name[:characters], ()), _GIVEN.get(name[characters:], ())
        if family and given:
            return Japanese(characters, family, given)
    return None


def in_hong_kong(text: str) -> list[tuple[str, ...]]:
    """Give how people of Hong Kong spell each character of a name; theirs have three characters or four.

    Of a given name no spelling that is Mandarin for other characters: it would make a third language of two.
    """
    name = plain(text)
    known = [(*filter(None, [UNSPACED.cantonese.get(char)]), *_CANTONESE.get(char, ())) for char in name]
    read = [
        tuple(sound for sound in dict.fromkeys(sounds) if not place or sound not in _MANDARIN)
        for place, sounds in enumerate(known)
    ]
    return read if len(name) >= _HONG_KONG_MIN else []


def in_korean(text: str) -> list[str]:
    """Give a Korean's name in Hangul, a syllable each; none where it is rather a Chinese name."""
    name = plain(text)
    read = [*(_KOREAN.get(char, (UNSPACED.korean.get(char, ""),))[0] for char in name)]
    return read if name[:1] in _KOREAN_SURNAMES and all(read) else []


def in_burmese(text: str) -> list[tuple[str, ...]]:
    """Give how Burmese spell each character that stands for a syllable of theirs; none where one is unknown."""
    read = [_BURMESE.get(char, ()) for char in plain(text)]
    return read if all(read) else []
