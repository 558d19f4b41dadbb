"""How an edition is printed: a table for people, one object for machines."""

from __future__ import annotations

import sys
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import orjson

from lists.edge.sources import sources

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lists.edge.loaded import LoadedEdition

_HASH_LETTERS = 12
_COLUMNS = ("list", "published", "entries", "names", "verified", "sha256", "title")


def print_edition(edition: LoadedEdition, problems: Sequence[str], *, as_json: bool) -> None:
    """Its lists, the files that were left out, and every problem."""
    if as_json:
        print_json(_record(edition, problems))
        return
    print(f"edition {edition.edition.id}")
    print_table([_COLUMNS, *_rows(edition)])
    if edition.skipped:
        print(f"\n{len(edition.skipped)} files left out:")
    for skipped in edition.skipped:
        print(f"  {skipped.file}: {skipped.why}")
    for problem in problems:
        print(f"\n{problem}")


def print_json(record: object) -> None:
    """One line."""
    sys.stdout.buffer.write(orjson.dumps(record, option=orjson.OPT_NON_STR_KEYS) + b"\n")
    sys.stdout.buffer.flush()


def print_table(rows: Sequence[Sequence[str]]) -> None:
    """Columns side by side, the last as long as it is."""
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]) - 1)]
    for row in rows:
        print("  ".join([*(cell.ljust(width) for cell, width in zip(row, widths, strict=False)), row[-1]]))


def _rows(edition: LoadedEdition) -> list[tuple[str, ...]]:
    known, now = sources(), datetime.now(UTC)
    return [
        (
            one.id,
            one.published or "not given",
            f"{one.entries:,}",
            f"{one.names:,}",
            _ago(now - one.imported_at, known[one.id].maximum_age_hours if one.id in known else None),
            one.sha256[:_HASH_LETTERS],
            known[one.id].title if one.id in known else "",
        )
        for one in edition.lists
    ]


def _ago(age: timedelta, most_hours: int | None) -> str:
    """How long ago a list was verified, and whether that is longer than its publisher's rhythm allows."""
    hours = age / timedelta(hours=1)
    if most_hours is not None and hours > most_hours:
        return f"{hours:.0f} h ago, over {most_hours}"
    return "just now" if hours < 1 else f"{hours:.0f} h ago"


def _record(edition: LoadedEdition, problems: Sequence[str]) -> dict[str, Any]:
    return {
        "edition": edition.edition.id,
        "lists": [
            {
                "list": one.id,
                "published": one.published,
                "entries": one.entries,
                "names": one.names,
                "verified_at": one.imported_at.isoformat(),
                "sha256": one.sha256,
                "files": one.files,
            }
            for one in edition.lists
        ],
        "skipped": [{"file": skipped.file, "why": skipped.why} for skipped in edition.skipped],
        "problems": problems,
    }
