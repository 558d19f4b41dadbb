"""Names of Japan among those in Chinese characters: how they are told, and how Japan reads them."""

from __future__ import annotations

import re
from itertools import islice, product
from typing import Final

from lists.tables import HAN_READINGS, UNSPACED

_KANA: Final = re.compile("[\u3005\u3041-\u3096\u30a1-\u30fa]")
_CLAN: Final = re.compile("[\u3400-\u9fff]{2}[组会]")
"""Three characters, the last a "group" or "society": 山口組, 住吉会, where others of three are people's names."""
_READINGS_MAX: Final = 8
_DOUBLED: Final = re.compile("tsu(?=[kst])")


def is_clan(text: str) -> bool:
    """Say whether three characters name an association; a Chinese person's name begins with the surname."""
    plain = text.translate(UNSPACED.simplified)
    return _CLAN.fullmatch(plain) is not None and (plain[2] == "组" or plain[0] not in UNSPACED.chinese_surnames)


def is_japanese(text: str) -> bool:
    """Say whether a name is written as Japan alone writes: with kana, or with words or names of its own."""
    plain = text.translate(UNSPACED.simplified)
    return _KANA.search(text) is not None or UNSPACED.japanese_signs.search(plain) is not None or is_clan(text)


def in_japanese(text: str) -> tuple[str, ...]:
    """Give the ways in which Japan may read characters that stand side by side, the likeliest first."""
    readings = [
        tuple(dict.fromkeys((*UNSPACED.japanese.get(char, ()), *HAN_READINGS.japanese.get(char, ()))))
        for char in text.translate(UNSPACED.simplified)
    ]
    ways = ["".join(sounds) for sounds in islice(product(*readings), _READINGS_MAX)]
    return tuple(dict.fromkeys((*ways, *(_DOUBLED.sub(_double, way) for way in ways))))


def _double(found: re.Match[str]) -> str:
    """Write a "tsu" as it is spoken before some consonants: "butsu" and "san" are "bussan"."""
    return found.string[found.end()]
