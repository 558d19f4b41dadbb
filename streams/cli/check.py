"""payment-filter check: decide message files without Kafka, exactly as a worker would."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import typer

from schemas.decision import Outcome
from schemas.wire import decision_record, encode
from streams.cli.asking import AtOption, ContextOption, FilesArgument, questions_from
from streams.cli.common import (
    DEFAULT_LISTS,
    DEFAULT_POLICY,
    EXIT_DONE,
    EXIT_NO,
    JsonOption,
    ListsOption,
    PolicyOption,
    batches,
    index_at,
    policy_at,
)
from streams.pipeline import filter_batch

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lists.index import Index
    from schemas.decision import Decisions
    from schemas.finding import Finding
    from streams.cli.asking import Asked
    from streams.policy import Policy

app = typer.Typer(add_completion=False)
BATCH = 64
SHOWN = 60  # characters of a value: half a terminal


@app.command()
def check(
    files: FilesArgument,
    policy: PolicyOption = DEFAULT_POLICY,
    lists: ListsOption = DEFAULT_LISTS,
    at: AtOption = None,
    context: ContextOption = None,
    json: JsonOption = False,
) -> None:
    """Decide FILE… (or standard input, -) and print outcome and reasons; exit 1 if a message must not be executed."""
    asked = questions_from(files, at, context)
    rules = policy_at(policy)
    index = index_at(lists)
    worst = Outcome.EXECUTE
    for one, decisions in _decided(asked, index, rules):
        worst = max(worst, decisions.outcome)
        if json:
            sys.stdout.buffer.write(encode(decision_record(decisions)) + b"\n")
        else:
            print("\n".join(_lines(one.name, decisions)))
    sys.stdout.flush()
    raise typer.Exit(EXIT_DONE if worst is Outcome.EXECUTE else EXIT_NO)


def _decided(asked: Sequence[Asked], index: Index, policy: Policy) -> Iterator[tuple[Asked, Decisions]]:
    for batch in batches(asked, BATCH, "messages"):
        yield from zip(batch, filter_batch([one.question for one in batch], index, policy), strict=True)


def _lines(name: str, decisions: Decisions) -> Iterator[str]:
    """One line for the message, one for each finding of each payment."""
    count = len(decisions.decisions)
    held = f" ({count} payments)" if count > 1 else ""
    yield f"{decisions.outcome.label:8} {name}{held}"
    for decision in decisions.decisions:
        for finding in decision.findings:
            yield f"         {finding_line(finding)}"


def finding_line(finding: Finding) -> str:
    """Reason, place, what stood there, and what it resembles: one line a person can act on."""
    seen = f" {_short(finding.seen)!r}" if finding.seen else ""
    where = f" at {finding.path}" if finding.path else ""
    if finding.match is None:
        said = f": {finding.detail}" if finding.detail else ""
        return f"{finding.reason}{where}{seen}{said} ({finding.article})"
    match = finding.match
    return (
        f"{finding.reason}{where}{seen}: {_short(match.span)!r} ~ {match.matched_name!r} "
        f"[{match.list} {match.reference} {match.entry_name}] score {match.score:.3f}"
    )


def _short(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= SHOWN else f"{flat[: SHOWN - 3]}..."
