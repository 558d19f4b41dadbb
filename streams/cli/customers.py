"""payment-filter customers: screen the bank's own customers and their owners, and prove when each was screened."""

from __future__ import annotations

import hashlib
import sys
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import orjson
import typer

from lists.customers import COLUMNS, CustomersRefused, holds, parse_customers, screen_customers
from lists.edge.customer_log import DELTA, FULL, Against, CustomerLogRefused, opened
from streams import ENGINE
from streams.cli.common import (
    DEFAULT_LISTS,
    DEFAULT_POLICY,
    EXIT_DONE,
    EXIT_NO,
    JsonOption,
    ListsOption,
    PolicyOption,
    Refusal,
    batches,
    edition_at,
    index_of,
    policy_at,
    read_bytes,
    who,
)
from streams.config import PREFIX

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lists.customers import Customer
    from lists.edge.customer_log import Behind, ListFreshness
    from lists.edge.loaded import LoadedEdition
    from schemas.finding import Finding
    from streams.policy import Policy

app = typer.Typer(add_completion=False, no_args_is_help=True)
_BATCH = 384
_SHOWN = 20

FileArgument = Annotated[
    str, typer.Argument(help=f"CSV of the whole base: {', '.join(COLUMNS)}; - for standard input.")
]
LogOption = Annotated[
    Path, typer.Option("--log", envvar=f"{PREFIX}CUSTOMER_LOG", help="The log of what was screened when (SQLite).")
]


@app.command()
def screen(
    file: FileArgument,
    log: LogOption,
    every: Annotated[bool, typer.Option("--all", help="Everybody, not only whom something changed for.")] = False,
    policy: PolicyOption = DEFAULT_POLICY,
    lists: ListsOption = DEFAULT_LISTS,
    json: JsonOption = False,
) -> None:
    """Screen the customers, owners and controllers of FILE against every list, and log it.

    Without --all: whoever is new, changed, or not yet screened against the present lists and rules. Interrupted, it
    goes on where it stopped when called again.
    """
    customers, rules, edition = _customers(file), policy_at(policy), edition_at(lists)
    against = Against.of(edition.edition, _rules(rules))
    try:
        with opened(log, writing=True) as kept:
            late = {one.customer for one in kept.behind(customers, against)}
            asked = customers if every else [one for one in customers if one.id in late]
            run = kept.begin(FULL if every else DELTA, who(), _now(), against, len(asked))
            held = 0
            for batch, found in _screened(asked, edition, rules):
                for customer, findings in zip(batch, found, strict=True):
                    _tell(customer, findings, json=json)
                noted = [(one, any(map(holds, findings))) for one, findings in zip(batch, found, strict=True)]
                held += sum(one for _, one in noted)
                kept.note(run, noted, _now())
            kept.end(run, _now())
    except CustomerLogRefused as refused:
        raise Refusal(str(refused)) from None
    unchanged = f"; {len(customers) - len(asked)} others are screened already" if len(asked) < len(customers) else ""
    print(f"{len(asked)} of {len(customers)} screened, {held} to be looked at{unchanged}", file=sys.stderr)


def _screened(
    asked: Sequence[Customer], edition: LoadedEdition, rules: Policy
) -> Iterator[tuple[Sequence[Customer], list[tuple[Finding, ...]]]]:
    """Batches with their findings; the index is made only where somebody is asked."""
    if asked:
        index, today = index_of(edition), datetime.now(UTC).date()
        for batch in batches(asked, _BATCH, "customers"):
            yield batch, screen_customers(batch, index, rules.screening, today)


@app.command()
def freshness(
    file: FileArgument,
    log: LogOption,
    policy: PolicyOption = DEFAULT_POLICY,
    lists: ListsOption = DEFAULT_LISTS,
    json: JsonOption = False,
) -> int:
    """Report when each list was last held against the whole base, and who is not screened against it (exit 1)."""
    customers, edition = _customers(file), edition_at(lists)
    against = Against.of(edition.edition, _rules(policy_at(policy)))
    try:
        with opened(log, writing=False) as kept:
            behind = list(kept.behind(customers, against))
            fresh = kept.freshness(len(customers), behind, against)
    except CustomerLogRefused as refused:
        raise Refusal(str(refused)) from None
    if json:
        said = {"edition": against.edition, "customers": len(customers), "lists": fresh, "behind": behind}
        sys.stdout.buffer.write(orjson.dumps(said) + b"\n")
    else:
        _report(fresh, behind, len(customers))
    return EXIT_NO if behind else EXIT_DONE


def _customers(file: str) -> list[Customer]:
    try:
        return parse_customers(read_bytes(file))
    except CustomersRefused as refused:
        raise Refusal(f"{file} is refused: {refused}") from None


def _rules(policy: Policy) -> str:
    return hashlib.sha256(f"{policy.used.sha256}\n{ENGINE}".encode()).hexdigest()


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


def _tell(customer: Customer, findings: Sequence[Finding], *, json: bool) -> None:
    if json:
        said = {
            "id": customer.id,
            "role": customer.role,
            "of": customer.of,
            "findings": [_finding(one) for one in findings],
        }
        if findings:
            sys.stdout.buffer.write(orjson.dumps(said) + b"\n")
        return
    for one in findings:
        belongs = f", {customer.role.replace('_', ' ')} of {customer.of}" if customer.of else ""
        print(f"{customer.id}{belongs}: {'' if holds(one) else 'to note, '}{one.reason}: {_evidence(one)}")


def _finding(finding: Finding) -> dict[str, object]:
    return {**asdict(finding), "holds": holds(finding)}


def _evidence(finding: Finding) -> str:
    match = finding.match
    if match is None:
        return finding.detail or finding.facts.sentence
    said = f"{finding.seen!r} may be {match.entry_name} [{match.list} {match.reference}] as {match.matched_name!r}"
    return f"{said}, score {match.score:.3f}{', ' + finding.detail if finding.detail else ''}"


def _report(fresh: Sequence[ListFreshness], behind: Sequence[Behind], customers: int) -> None:
    print(f"{'list':<16}{'version':<14}{'screened':>10}{'not':>8}   {'last whole sweep':<27}last of changes")
    for one in fresh:
        whole, changes = one.full_at or "never", one.delta_at or "never"
        counts = f"{one.screened:>10}{customers - one.screened:>8}"
        print(f"{one.list:<16}{one.version[:12]:<14}{counts}   {whole:<27}{changes}")
    if not behind:
        print(f"all {customers} are screened against every list in use")
        return
    print(f"{len(behind)} of {customers} are not screened against every list in use:")
    for late in behind[:_SHOWN]:
        last = f"last asked {late.last_at}" if late.last_at else "never asked before"
        print(f"  {late.customer}: {', '.join(late.lists)}: {late.why} ({last})")
    if len(behind) > _SHOWN:
        print(f"  and {len(behind) - _SHOWN} more (--json tells all)")
