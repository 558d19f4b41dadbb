"""payment-filter lists: put published lists in use as an edition, and show what an edition holds."""

from __future__ import annotations

import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import orjson
import typer

from lists.edge.editions import import_lists, load
from lists.edge.freshness import freshness
from lists.edge.self_match import self_match
from lists.edge.sources import sources
from lists.entry import ListRefused
from streams.cli.common import (
    DEFAULT_LISTS,
    DEFAULT_POLICY,
    EXIT_NO,
    JsonOption,
    ListsOption,
    PolicyOption,
    Refusal,
    policy_at,
)

if TYPE_CHECKING:
    from lists.edge.editions import LoadedEdition

app = typer.Typer(add_completion=False, help="Import and show editions of the lists.")

_HASH_LETTERS = 12
_COLUMNS = ("list", "published", "entries", "names", "verified", "sha256", "title")


@app.command("import")
def import_(
    paths: Annotated[list[Path], typer.Argument(metavar="PATH…", help="Published list files, or folders of them.")],
    store: Annotated[Path, typer.Option(help="Edition store; made if it is not there.")],
    policy: PolicyOption = DEFAULT_POLICY,
    json: JsonOption = False,
) -> None:
    """Verify published lists and put them in use; what does not pass leaves the edition in use as it is."""
    rules = policy_at(policy).screening
    print(f"Reading {', '.join(map(str, paths))}, then asking the lists for their own names …", file=sys.stderr)
    try:
        edition = import_lists(
            paths, store, max_drop=rules.max_drop, check=lambda fresh: self_match(fresh, rules.name_threshold)
        )
    except ListRefused as refused:
        raise Refusal(f"the lists are refused, {store} is as it was: {refused}") from None
    _print(edition, [], as_json=json)


@app.command()
def show(lists: ListsOption = DEFAULT_LISTS, policy: PolicyOption = DEFAULT_POLICY, json: JsonOption = False) -> None:
    """Show what an edition holds, what was left out, and whether it meets the policy (exit 1 if not)."""
    try:
        edition = load(lists)
    except ListRefused as refused:
        raise Refusal(str(refused)) from None
    problems = freshness(edition, policy_at(policy).screening, datetime.now(UTC))
    _print(edition, problems, as_json=json)
    if problems:
        raise typer.Exit(EXIT_NO)


def _print(edition: LoadedEdition, problems: list[str], *, as_json: bool) -> None:
    if as_json:
        sys.stdout.buffer.write(orjson.dumps(_record(edition, problems)) + b"\n")
        return
    rows = [_COLUMNS, *_rows(edition)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(_COLUMNS) - 1)]
    print(f"edition {edition.edition.id}")
    for row in rows:
        print("  ".join([*(cell.ljust(width) for cell, width in zip(row, widths, strict=False)), row[-1]]))
    if edition.skipped:
        print(f"\n{len(edition.skipped)} files left out:")
    for skipped in edition.skipped:
        print(f"  {skipped.file}: {skipped.why}")
    for problem in problems:
        print(f"\n{problem}")


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


def _record(edition: LoadedEdition, problems: list[str]) -> dict[str, Any]:
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
