"""What the shipped engine was measured to find at each threshold: recall of distorted names, alerts of clean ones.

`data/recall.tsv` is written by `python -m tests.bench.make_recall` on the reporting half of the accuracy workload. A
threshold between two rows counts as the higher one for recall and as the lower one for alerts. Requirements: SCR-05.
"""

from __future__ import annotations

from typing import Final, NamedTuple

from lists.tables import read_text


class Measured(NamedTuple):
    """One row: recall 0..1 of all distorted names and of the weakest class; alerts in a thousand clean ones."""

    threshold: float
    recall: float
    weakest: float
    weakest_class: str
    alerts_per_thousand: float


Table = tuple[Measured, ...]


def read_measured(text: str) -> dict[str, Table]:
    """The tables of a file, by what was asked; lines that begin with # say where they come from."""
    tables: dict[str, list[Measured]] = {}
    for line in text.splitlines():
        if line.startswith("#"):
            continue
        asked, threshold, recall, weakest, name, alerts = line.split("\t")
        row = Measured(float(threshold), float(recall), float(weakest), name, float(alerts))
        tables.setdefault(asked, []).append(row)
    return {asked: tuple(sorted(rows)) for asked, rows in tables.items()}


_TABLES: Final = read_measured(read_text("recall.tsv"))
NAMES: Final = _TABLES["name"]
TEXTS: Final = _TABLES["text"]
_NOTHING: Final = Measured(1.0, 0.0, 0.0, "", 0.0)


def recall_at(table: Table, threshold: float) -> float:
    """The recall that is certain at this threshold; 0 above the highest measured."""
    return row_at(table, threshold).recall


def row_at(table: Table, threshold: float) -> Measured:
    """The first row that is not below the threshold."""
    return next((row for row in table if row.threshold >= threshold), _NOTHING)


def alerts_at(table: Table, threshold: float) -> float:
    """How many of a thousand clean ones may alert at this threshold."""
    return next((row.alerts_per_thousand for row in reversed(table) if row.threshold <= threshold), 1000.0)
