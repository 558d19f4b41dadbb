"""Honest organisations in their own scripts: what the workload's clean names have nearly none of.

Invented (clean_organisations.toml), a half of the names (`unseen`) only ever measured, the other looked at when rules
and vocabulary are weighed. Those that are the very name of somebody listed, by chance, are taken out before they count.
"""

from __future__ import annotations

import hashlib
import random
import tomllib
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from lists.entry import EntryKind
from lists.names import tokenize
from lists.rarity import is_legal_word
from lists.tables import WORDS
from tests.bench import wider, workload

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from lists.entry import Entry

TABLE: Final = Path(__file__).with_name("clean_organisations.toml")


@dataclass(frozen=True, slots=True)
class Organisation:
    """A name, its script as a report tells it, and whether nobody looks at what it finds."""

    script: str
    text: str
    unseen: bool


def everyone() -> list[Organisation]:
    """All names of the table, each once, in its order."""
    table = tomllib.loads(TABLE.read_text(encoding="utf-8"))
    return [
        Organisation(section["script"], text, _unseen(text))
        for language, section in table.items()
        for text in dict.fromkeys(chain(section["whole"].strip().splitlines(), _composed(language, section)))
    ]


def _composed(language: str, section: Mapping[str, Any]) -> Iterator[str]:
    """Put words together; each language has dice of its own, so that one more name elsewhere changes nothing here."""
    parts: Mapping[str, Any] = section.get("composed", {"count": 0})
    patterns = parts.get("patterns", "").strip().splitlines()
    dice = random.Random(f"{workload.SEED} {language}")
    words = {key: _all_in_turn(text, dice) for key, text in parts.items() if key not in {"count", "patterns"}}
    for place in range(parts["count"]):
        chosen = {key: next(turn) for key, turn in words.items()}
        yield patterns[place % len(patterns)].format(**chosen)


def _all_in_turn(text: str, dice: random.Random) -> Iterator[str]:
    """Give all words of a list, time and again, each time in another order."""
    words = [word.strip() for word in text.replace("\n", " ").split(",")]
    while True:
        yield from dice.sample(words, len(words))


def _unseen(text: str) -> bool:
    return hashlib.md5(text.encode(), usedforsecurity=False).digest()[0] % 2 == 0


def honest(names: Iterable[Organisation], entries: Iterable[Entry]) -> list[Organisation]:
    """Leave out a name that is a listed organisation's, word for word in Latin letters, but for legal forms."""
    listed = {_words(name.text) for entry in entries if entry.kind is EntryKind.ORGANISATION for name in entry.names}
    return [one for one in names if _words(one.text) not in listed]


def all_lists() -> Sequence[Entry]:
    """Entries of all real lists that anything here is measured on."""
    others = (workload.entries_in(path, name) for name, path in wider.LISTS)
    return [*workload.load_entries(), *chain.from_iterable(others)]


def _words(text: str) -> frozenset[str]:
    words = frozenset(tokenize(text))
    return frozenset(word for word in words - WORDS.legal_forms if not is_legal_word(word)) or words
