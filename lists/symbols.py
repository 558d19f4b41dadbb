"""What rigour knows of a word: whose names it can be, which place, which trade; one look-up per distinct word.

Names of persons come from a table of our own made of rigour's (`python -m tests.bench.make_person_names`): rigour takes
six seconds to make its own ready.
"""

from __future__ import annotations

import functools
from typing import Final, TypeAlias

from rigour.names import NameTypeTag, analyze_names, tokenize_name

from lists.tables import PERSON_NAMES

Symbol: TypeAlias = tuple[str, str]
"""A kind (a key of SIMILARITY) and what it names: a person name's Wikidata item, a place's code, a trade."""

SIMILARITY: Final = {"NAME": 0.90, "NICK": 0.80, "SYMBOL": 0.92, "DOMAIN": 0.76, "LOC": 0.88}
"""How alike two words are that mean the same: spellings of a given name, nicknames, company words, trades, places."""

_CACHE: Final = 1 << 17


@functools.lru_cache(maxsize=_CACHE)
def symbols(word: str) -> tuple[Symbol, ...]:
    """All symbols of a folded word, or of a word in its own script; sorted."""
    found = {
        (span.symbol.category.value, str(span.symbol.id))
        for name in analyze_names(NameTypeTag.ORG, [word], phonetics=False, rewrite=False)
        for span in name.spans
    }
    return tuple(sorted(_of_person(word).union(symbol for symbol in found if symbol[0] in SIMILARITY)))


def _of_person(word: str) -> set[Symbol]:
    parts = (word,) if word.isascii() else tokenize_name(word.casefold())
    items = (item for part in parts for item in PERSON_NAMES[part].split())
    return {(kind or "NAME", name) for kind, _, name in (item.rpartition(":") for item in items)}


def is_place(word: str) -> bool:
    """Say whether a word is the name of a place."""
    return any(kind == "LOC" for kind, _ in symbols(word))
