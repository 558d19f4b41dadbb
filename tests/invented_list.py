"""A small list of invented parties in many scripts, and the index of it."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path

from lists.entry import Entry, EntryKind, ListedName, Strength
from lists.index import Background, Index
from schemas.decision import EditionUsed


def entry(reference: str, kind: EntryKind, *names: str, weak: tuple[str, ...] = ()) -> Entry:
    """One invented entry."""
    listed = [ListedName(name) for name in names] + [ListedName(name, Strength.WEAK) for name in weak]
    return Entry("INVENTED", reference, kind, tuple(listed))


def _read() -> tuple[Entry, ...]:
    table = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))["entry"]
    return tuple(
        entry(row["reference"], EntryKind(row["kind"]), *row["names"], weak=tuple(row.get("weak", ()))) for row in table
    )


ENTRIES = _read()

NAMES = 40_000
BACKGROUND = Background(
    names=NAMES,
    counts={
        "mohammad": 600, "maria": 500, "trading": 900, "general": 500, "industries": 300, "jong": 20, "li": 300,
        "company": 900, "llc": 2000, "ocean": 100, "hope": 40, "alexander": 200, "bank": 200, "sur": 60, "heavy": 20,
        "banco": 300, "del": 400,
    },
    text_words=frozenset({"invoice", "payment", "hope", "goods"}),
)  # fmt: skip


@cache
def index() -> Index:
    """The index of the invented list."""
    return Index.build(ENTRIES, EditionUsed("invented"), BACKGROUND)
