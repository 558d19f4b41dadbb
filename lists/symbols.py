"""What rigour knows of a word: whose names it can be, which place, which trade; one look-up per distinct word."""

from __future__ import annotations

import functools
from typing import Final, TypeAlias

from rigour.names import NameTypeTag, analyze_names

Symbol: TypeAlias = tuple[str, str]
"""A kind (a key of SIMILARITY) and what it names: a person name's Wikidata item, a place's code, a trade."""

SIMILARITY: Final = {"NAME": 0.90, "NICK": 0.80, "SYMBOL": 0.92, "DOMAIN": 0.90, "LOC": 0.88}
"""How alike two words are that mean the same: spellings of a given name, nicknames, company words, trades, places."""

_CACHE: Final = 1 << 17
_TAGS: Final = (NameTypeTag.PER, NameTypeTag.ORG)


@functools.lru_cache(maxsize=_CACHE)
def symbols(word: str) -> tuple[Symbol, ...]:
    """All symbols of a folded word, or of a word in its own script; sorted."""
    found = {
        (span.symbol.category.value, str(span.symbol.id))
        for tag in _TAGS
        for name in analyze_names(tag, [word], phonetics=False, rewrite=False)
        for span in name.spans
    }
    return tuple(sorted(symbol for symbol in found if symbol[0] in SIMILARITY))


def is_place(word: str) -> bool:
    """Say whether a word is the name of a place."""
    return any(kind == "LOC" for kind, _ in symbols(word))
