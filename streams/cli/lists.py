"""payment-filter lists: put published lists in use as an edition, and show, compare and prove editions."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from lists.edge import store as stores
from lists.edge.download import Downloader
from lists.edge.editions import import_lists, load
from lists.edge.freshness import freshness
from lists.edge.refresh import DOWNLOADS, refresh
from lists.edge.sources import sources
from lists.edge.whole_edition import check_edition
from lists.entry import ListRefused
from streams.cli import lists_compare, lists_publish
from streams.cli.common import (
    DEFAULT_LISTS,
    DEFAULT_POLICY,
    EXIT_NO,
    JsonOption,
    ListsOption,
    PolicyOption,
    Refusal,
    note,
    policy_at,
)
from streams.cli.lists_publish import PublishOption, announce
from streams.cli.lists_show import print_edition

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lists.edge.editions import Check
    from lists.edge.sources import Source
    from lists.policy import ScreeningPolicy

app = typer.Typer(add_completion=False, help="Renew, import, show, compare and prove editions of the lists.")
app.command()(lists_compare.diff)
app.command()(lists_compare.verify)
app.command()(lists_compare.accuracy)
app.command()(lists_publish.publish)
app.command()(lists_publish.workers)

StoreOption = Annotated[Path, typer.Option(help="Edition store; made if it is not there.")]


@app.command("import")
def import_(
    paths: Annotated[list[Path], typer.Argument(metavar="PATH…", help="Published list files, or folders of them.")],
    store: StoreOption,
    to_kafka: PublishOption = False,
    policy: PolicyOption = DEFAULT_POLICY,
    json: JsonOption = False,
) -> None:
    """Verify published lists and put them in use; what does not pass leaves the edition in use as it is."""
    rules = policy_at(policy).screening
    print(f"Reading {', '.join(map(str, paths))}, then asking the lists for their own names …", file=sys.stderr)
    try:
        edition = import_lists(paths, store, max_drop=rules.max_drop, check=_check(rules))
    except ListRefused as refused:
        raise Refusal(f"the lists are refused, {store} is as it was: {refused}") from None
    finally:
        if to_kafka:
            announce(store)
    print_edition(edition, [], as_json=json)


@app.command("refresh")
def refresh_(
    store: StoreOption,
    only: Annotated[
        list[str] | None, typer.Option("--list", help="Only this list (repeatable); without it all the policy names.")
    ] = None,
    address: Annotated[
        list[str] | None,
        typer.Option(
            envvar="PAYMENT_FILTER_LIST_ADDRESSES",
            metavar="LIST=URL",
            help="Another address for a list: one with a token, a mirror (repeatable; in the variable, by blanks).",
        ),
    ] = None,
    authorities: Annotated[
        Path | None, typer.Option(help="File of certificates (PEM) to trust instead of the system's.")
    ] = None,
    to_kafka: PublishOption = False,
    policy: PolicyOption = DEFAULT_POLICY,
    json: JsonOption = False,
) -> None:
    """Fetch the lists from their publishers. One that is refused stays as it is (exit 1); the others are renewed."""
    rules = policy_at(policy).screening
    wanted = _wanted(rules, only or [])
    try:
        renewal = refresh(
            wanted,
            store,
            max_drop=rules.max_drop,
            downloader=Downloader(store / DOWNLOADS, authorities=authorities),
            addresses=_addresses(address or []),
            check=_check(rules),
            tell=note,
        )
    except ListRefused as refused:
        raise Refusal(f"no list could be taken, {store} is as it was: {refused}") from None
    finally:
        if to_kafka:
            announce(store)
    problems = [one.sentence for one in renewal.refused]
    print_edition(renewal.edition, problems, as_json=json)
    if problems:
        raise typer.Exit(EXIT_NO)


@app.command()
def show(lists: ListsOption = DEFAULT_LISTS, policy: PolicyOption = DEFAULT_POLICY, json: JsonOption = False) -> None:
    """Show what an edition holds, what was left out or refused, and whether it meets the policy (exit 1 if not)."""
    try:
        edition = load(lists)
    except ListRefused as refused:
        raise Refusal(str(refused)) from None
    problems = freshness(edition, policy_at(policy).screening, datetime.now(UTC))
    told = [f"refused at {one.at[:16]}: {one.sentence}" for one in stores.refusals(lists)]
    print_edition(edition, [*problems, *told], as_json=json)
    if problems:
        raise typer.Exit(EXIT_NO)


def _check(rules: ScreeningPolicy) -> Check:
    return lambda fresh, previous: check_edition(fresh, previous, rules)


def _wanted(rules: ScreeningPolicy, only: Sequence[str]) -> list[Source]:
    """The lists to fetch: those the policy names that have a publisher's address, or the given ones."""
    known = {name: source for name, source in sources().items() if source.addresses}
    if absent := [name for name in only if name not in known]:
        raise Refusal(f"no list {absent[0]!r} that its publisher gives at an address; these are: {', '.join(known)}")
    names = only or [name for name in rules.lists if name in known and known[name].addresses]
    if not names:
        raise Refusal("the policy names no list that has a publisher's address: name one with --list")
    return [known[name] for name in dict.fromkeys(names)]


def _addresses(given: Sequence[str]) -> dict[str, str]:
    pairs = [one.partition("=") for one in given]
    for name, equals, url in pairs:
        if not equals or name not in sources() or not url.startswith("https://"):
            raise Refusal(f"--address {name}: give LIST=https://…, LIST one of {', '.join(sources())}")
    return {name: url for name, _equals, url in pairs}
