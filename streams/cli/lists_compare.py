"""payment-filter lists diff, verify, accuracy: what changed, whether a store is whole, how well names are found."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from lists.edge import store as stores
from lists.edge.differences import Differences, EntryChange, differences
from lists.edge.editions import from_store, load
from lists.edge.mutation_run import questions, recall
from lists.edge.whole_edition import RECALL_FLOOR
from lists.entry import ListedName, ListedNumber, ListRefused
from lists.index import Index
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
from streams.cli.lists_show import print_json, print_table

if TYPE_CHECKING:
    from lists.edge.loaded import LoadedEdition
    from lists.edge.mutation_run import Recall

Edition = Annotated[
    str, typer.Argument(help="A store or folder of lists; with --store, the id of one of its editions.")
]


def diff(
    before: Edition,
    after: Edition,
    store: Annotated[Path | None, typer.Option(help="Edition store whose editions are compared.")] = None,
    json: JsonOption = False,
) -> None:
    """Show what changed between two editions, by entry and by field."""
    found = differences(_edition(before, store), _edition(after, store))
    if json:
        print_json(found)
        return
    print(f"edition {found.before} to {found.after}")
    for name, (was, now) in found.lists.items():
        print(f"{name}: {was or 'not in it'} to {now or 'not in it'}; {_counts(found, name)}")
    for sign, entries in (("+", found.added), ("-", found.removed)):
        for entry in entries:
            print(f"{sign} {entry.list} {entry.reference}  {entry.kind}  {entry.name}")
    for change in found.changed:
        _print_change(change)


def verify(
    store: Annotated[Path, typer.Argument(help="Edition store.")],
    json: JsonOption = False,
) -> None:
    """Read every edition of a store again and compare it with its id and manifest (exit 1 where one is damaged)."""
    if not stores.is_store(store):
        raise Refusal(f"{store} is no edition store: make one with payment-filter lists import --store")
    damaged: dict[str, str] = {}
    kept = stores.editions(store)
    for edition_id in kept:
        try:
            problem = _disagreement(from_store(store, edition_id))
        except ListRefused as refused:
            problem = str(refused)
        if problem:
            damaged[edition_id] = problem
    if json:
        print_json({"editions": kept, "damaged": damaged})
    else:
        print("\n".join(f"{edition_id}  {damaged.get(edition_id, 'whole')}" for edition_id in kept))
    if damaged:
        raise typer.Exit(EXIT_NO)


def accuracy(
    lists: ListsOption = DEFAULT_LISTS, policy: PolicyOption = DEFAULT_POLICY, json: JsonOption = False
) -> None:
    """Distort names of an edition and ask for them: recall by list and class (exit 1 below the floor)."""
    edition = _edition(str(lists), None)
    threshold = policy_at(policy).screening.name_threshold
    measured = recall(Index.build(edition.entries, edition.edition), questions(edition.entries), threshold)
    if json:
        print_json(
            {"edition": edition.edition.id, "threshold": threshold, "floor": RECALL_FLOOR, "lists": _record(measured)}
        )
    else:
        _print_recall(measured, threshold)
    if any(figure.share < RECALL_FLOOR for figure in measured.values()):
        raise typer.Exit(EXIT_NO)


def _edition(name: str, store: Path | None) -> LoadedEdition:
    try:
        return load(Path(name)) if store is None else from_store(store, name)
    except ListRefused as refused:
        raise Refusal(str(refused)) from None


def _disagreement(edition: LoadedEdition) -> str:
    """Where the manifest says something else than the entries; the id holds their hash already."""
    for one in edition.lists:
        its = [entry for entry in edition.entries if entry.list == one.id]
        names = sum(len(entry.names) for entry in its)
        if (len(its), names) != (one.entries, one.names):
            return (
                f"the manifest gives {one.id} {one.entries:,} entries and {one.names:,} names, and it holds"
                f" {len(its):,} and {names:,}: import the lists into a new folder"
            )
    return ""


def _counts(found: Differences, name: str) -> str:
    counts = [sum(one.list == name for one in part) for part in (found.added, found.removed, found.changed)]
    return "{:,} added, {:,} removed, {:,} changed".format(*counts)


def _print_change(change: EntryChange) -> None:
    print(f"~ {change.list} {change.reference}  {change.name}")
    for field in change.fields:
        for sign, values in (("-", field.removed), ("+", field.added)):
            for value in values:
                print(f"    {sign} {field.field}: {_shown(value)}")


def _shown(value: Any) -> str:
    if isinstance(value, ListedName):
        return f"{value.text} ({value.strength}, {value.script})"
    if isinstance(value, ListedNumber):
        return " ".join(part for part in (value.kind, value.value, value.country) if part)
    return str(value)


def _record(measured: dict[str, Recall]) -> dict[str, Any]:
    return {
        name: {
            "questions": figure.questions,
            "recall": figure.share,
            "classes": {kind: figure.found[kind] / asked for kind, asked in sorted(figure.asked.items())},
        }
        for name, figure in measured.items()
    }


def _print_recall(measured: dict[str, Recall], threshold: float) -> None:
    kinds = sorted({kind for figure in measured.values() for kind in figure.asked})
    print(f"share of distorted names that find their entry at {threshold:.2f}; at least {RECALL_FLOOR:.0%} in all")
    rows = [("class", *measured), ("questions", *(f"{figure.questions:,}" for figure in measured.values()))]
    rows += [
        (
            kind,
            *(
                f"{figure.found[kind] / figure.asked[kind]:.2f}" if kind in figure.asked else ""
                for figure in measured.values()
            ),
        )
        for kind in kinds
    ]
    print_table([*rows, ("all", *(f"{figure.share:.3f}" for figure in measured.values()))])
