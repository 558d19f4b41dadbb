"""What a word names: whose names it can be, which place, which trade; one look-up per distinct word.

The table is made of rigour's (`python -m tests.bench.make_symbols`), which takes six seconds to be made ready.
"""

from __future__ import annotations

import functools
from typing import Final, TypeAlias

from rigour.names import tokenize_name

from lists.tables import SYMBOLS

Symbol: TypeAlias = tuple[str, str]
"""A kind (a key of SIMILARITY) and what it names: a person name's Wikidata item, a place's code, a trade."""

SIMILARITY: Final = {"NAME": 0.90, "NICK": 0.80, "SYMBOL": 0.92, "DOMAIN": 0.76, "LOC": 0.88}
"""How alike two words are that mean the same: spellings of a given name, nicknames, company words, trades, places."""

_CACHE: Final = 1 << 17


@functools.lru_cache(maxsize=_CACHE)
def symbols(word: str) -> tuple[Symbol, ...]:
    """All symbols of a folded word, or of a word in its own script; sorted."""
    if word.isascii() and not SYMBOLS[word]:
        return ()
    parts = (word,) if word.isascii() else tokenize_name(word.casefold())
    items = {item for part in parts for item in SYMBOLS[part].split()}
    return tuple(sorted((kind or "NAME", name) for kind, _, name in (item.rpartition(":") for item in items)))


def is_place(word: str) -> bool:
    """Say whether a word is the name of a place."""
    return any(kind == "LOC" for kind, _ in symbols(word))
