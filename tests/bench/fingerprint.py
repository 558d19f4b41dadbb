"""Short hashes that say whether kept figures are still those of this engine and of this workload."""

from __future__ import annotations

import hashlib
import tomllib
from random import Random
from typing import TYPE_CHECKING

import orjson

from lists.mutations import MUTATIONS, mutate_until
from lists.tables import read_text
from tests.invented_list import ENTRIES, index

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tests.bench.workload import Workload

_DIGITS = 12
_OTHER_SCRIPTS = (
    "abjad.toml",
    "east_asian_fields.toml",
    "letters.toml",
    "meanings.toml",
    "organisations.toml",
    "people.toml",
    "transcribed.toml",
    "unspaced.toml",
)


def _hash(lines: Iterable[str]) -> str:
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:_DIGITS]


def of_engine() -> str:
    """Hash what the engine answers to distorted names of the invented list, and what it knows of other scripts."""
    dice = Random(5)
    asked = [
        distorted
        for entry in ENTRIES
        for _, _, mutation in MUTATIONS.values()
        if (distorted := mutate_until(entry.name, mutation, dice)) is not None
    ]
    answers = (index().search(asked, 0.3), index().search_texts([f"INVOICE 12 {name}" for name in asked], 0.3))
    tables = (tomllib.loads(read_text(name)) for name in _OTHER_SCRIPTS)
    return _hash(
        [
            *(
                f"{name}: {' '.join(f'{hit.entry.reference}={hit.score}' for hit in hits)}"
                for found in answers
                for name, hits in zip(asked, found, strict=True)
            ),
            *(orjson.dumps(table).decode() for table in tables),
            read_text("han_readings.tsv"),
        ]
    )


def of_workload(load: Workload) -> str:
    """Hash everything that is asked, and the listed names it is asked against."""
    halves = (load.positives, load.clean, load.hard, load.texts, load.planted)
    queries = [query for half in halves for part in (half.tuning, half.reporting) for query in part]
    return _hash(
        [
            *(f"{query.kind}|{query.text}|{query.entry}" for query in (*queries, *load.un, *load.un_treated)),
            *(name.text for entry in load.entries for name in entry.names),
        ]
    )
