"""payment-filter policy: prove a policy lawful, run a bank's labelled cases against it, show what is in force."""

from __future__ import annotations

import sys
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import orjson
import typer
import yaml

from lists.good_guys import entry_hash, rules_version
from streams.acceptance import CaseOutcome, CaseRefused, run_cases
from streams.cli.asking import AtOption, ContextOption, questions_from
from streams.cli.common import (
    DEFAULT_LISTS,
    DEFAULT_POLICY,
    EXIT_DONE,
    EXIT_NO,
    CheckFailed,
    JsonOption,
    ListsOption,
    PolicyOption,
    Refusal,
    batches,
    index_at,
    note,
    policy_at,
    read_bytes,
)
from streams.cli.coverage import coverage as required_coverage
from streams.cli.coverage import coverage_lines
from streams.cli.policy_diff import BATCH, changes, message_files
from streams.cli.policy_lexicon import lexicon_lines, lexicon_use
from streams.cli.policy_outcomes import outcome_lines
from streams.cli.policy_recall import alerts, on_edition, shipped_lines
from streams.cli.policy_review import records_in, review_json, review_lines, reviews, summary
from streams.outcomes import Outcomes, counted, outcomes_of
from streams.policy import canonical, warnings_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lists.policy import ScreeningPolicy

app = typer.Typer(add_completion=False, no_args_is_help=True)
RecordsOption = Annotated[
    Path | None, typer.Option(help="Decision records, one JSON object a line (check --json, payments.decisions).")
]


@app.callback()
def root() -> None:
    """Prove a policy lawful, run labelled cases against it, show what is in force."""


@app.command()
def check(
    file: Annotated[Path, typer.Argument(help="Policy file (TOML).")] = DEFAULT_POLICY,
    lists: Annotated[
        Path | None, typer.Option(help="Measure recall on this edition store or folder of list files.")
    ] = None,
    names: Annotated[
        Path | None, typer.Option(help="Ordinary names, one a line, to count alerts on; with --lists.")
    ] = None,
) -> None:
    """Load and guard a policy, and tell what its thresholds find; every problem is named at once."""
    policy = policy_at(file)
    used = policy.used
    for sentence in warnings_of(policy, datetime.now(UTC).date()):
        note(f"warning: {sentence}")
    print("\n".join(shipped_lines(policy.screening)))
    if lists is not None:
        _measure(policy.screening, lists, names)
    print(f"{file}: lawful. {used.id} {used.version}, {len(policy.matrix)} matrix rows, sha256 {used.sha256}")


def _measure(screening: ScreeningPolicy, lists: Path, names: Path | None) -> None:
    """Ask the bank's own edition; a list whose distorted names are found too rarely refuses the policy."""
    index = index_at(lists)
    found = on_edition(index, screening)
    for one in found:
        weakest = f", weakest class {one.weakest} {one.weakest_recall:.3f}" if one.weakest else ""
        print(f"{one.list}: recall {one.recall:.3f} of {one.asked} distorted names{weakest}")
    if names is not None:
        clean = [line.strip() for line in read_bytes(str(names)).decode(errors="replace").splitlines() if line.strip()]
        if not clean:
            raise Refusal(f"{names}: no name in it")
        print(f"{names}: {alerts(index, clean, screening):.1f} alerts per 1,000 of {len(clean)} names")
    low = [one for one in found if one.recall < screening.minimum_recall]
    if low:
        told = ", ".join(f"{one.recall:.3f} of {one.list}" for one in low)
        raise CheckFailed(f"recall {told} is below the floor of {screening.minimum_recall}: lower the threshold")


@app.command("good-guy")
def good_guy(
    listed: Annotated[str, typer.Argument(metavar="LIST", help="The list's id, as in a finding (EU, UN, ...).")],
    reference: Annotated[str, typer.Argument(help="The entry's reference there.")],
    lists: ListsOption = DEFAULT_LISTS,
) -> None:
    """Print the lines about an entry for a file of good guys; who approves them fills in the rest."""
    index = index_at(lists)
    entry = next((one for one in index.entries if (one.list, one.reference) == (listed, reference)), None)
    if entry is None:
        raise Refusal(f"{lists} has no entry {listed} {reference}")
    print(f"# {entry.kind} {entry.name}")
    print(f'list = "{entry.list}"\nreference = "{entry.reference}"')
    print(f'entry_sha256 = "{entry_hash(entry)}"\nrules = "{rules_version()}"')


@app.command()
def show(
    policy: PolicyOption = DEFAULT_POLICY,
    coverage: Annotated[
        bool,
        typer.Option("--coverage", help="Each requirement: where it stands, what shows it, is it met."),
    ] = False,
    lexicon: Annotated[
        bool, typer.Option("--lexicon", help="The meaningless words: owner, dates, review, and what they hit.")
    ] = False,
    records: RecordsOption = None,
    json: JsonOption = False,
) -> None:
    """Print the effective policy, defaults included, as it is hashed; or what the rules cover; or the lexicon."""
    if lexicon:
        words = lexicon_use(records_in(records), datetime.now(UTC).date())
        if json:
            sys.stdout.buffer.writelines(orjson.dumps(one) + b"\n" for one in words)
        else:
            print("\n".join(lexicon_lines(words, counted=records is not None)))
        return
    if coverage:
        table = required_coverage()
        if json:
            sys.stdout.buffer.writelines(orjson.dumps({**asdict(one), "status": one.status}) + b"\n" for one in table)
        else:
            print("\n".join(coverage_lines(table)))
        return
    sys.stdout.buffer.write(canonical(policy_at(policy)) + b"\n")


@app.command()
def test(
    file: Annotated[str, typer.Argument(help="Labelled cases (YAML or JSON), - for standard input.")],
    policy: PolicyOption = DEFAULT_POLICY,
    json: JsonOption = False,
) -> None:
    """Run labelled cases against the rules and the policy, under both laws; exit 1 if one is missed."""
    report = _run(file, policy)
    cases = list(dict.fromkeys(outcome.case for outcome in report))
    missed = list(dict.fromkeys(outcome.case for outcome in report if outcome.differences))
    if json:
        told = [
            {"case": one.case, "law": one.law, "differences": list(one.differences)}
            for one in report
            if one.differences
        ]
        summary = {"cases": len(cases), "passed": len(cases) - len(missed), "missed": missed, "differences": told}
        sys.stdout.buffer.write(orjson.dumps(summary) + b"\n")
    else:
        print("\n".join(_lines(report)))
        print(
            f"{len(cases) - len(missed)} of {len(cases)} labelled cases pass, each under every law it has answers for"
        )
    sys.stdout.flush()
    if missed:
        raise CheckFailed(f"{len(missed)} of {len(cases)} labelled cases of {file} are missed: {', '.join(missed)}")


@app.command()
def diff(
    old: Annotated[Path, typer.Argument(help="Policy in force (TOML).")],
    new: Annotated[Path, typer.Argument(help="Policy to compare with it (TOML).")],
    messages: Annotated[Path, typer.Option(help="Folder of recorded messages.")],
    lists: ListsOption = DEFAULT_LISTS,
    at: AtOption = None,
    json: JsonOption = False,
) -> None:
    """Tell which recorded messages NEW would decide otherwise than OLD, and why; exit 1 if there are any."""
    policies = policy_at(old), policy_at(new)
    asked = questions_from(message_files(messages), at, None)
    found = list(changes(asked, index_at(lists), *policies))
    if json:
        sys.stdout.buffer.writelines(orjson.dumps(one) + b"\n" for one in found)
    else:
        for one in found:
            print(f"{one.old} -> {one.new}  {one.message}")
            print("\n".join(f"         {line}" for line in one.because))
        print(f"{len(found)} of {len(asked)} messages would be decided otherwise")
    sys.stdout.flush()
    raise typer.Exit(EXIT_NO if found else EXIT_DONE)


@app.command()
def outcomes(
    folders: Annotated[list[Path], typer.Argument(metavar="FOLDER…", help="Folders of recorded messages.")],
    policy: PolicyOption = DEFAULT_POLICY,
    lists: ListsOption = DEFAULT_LISTS,
    context: ContextOption = None,
    json: JsonOption = False,
) -> None:
    """Print what becomes of every recorded message under Regulations (EU) 2015/847 and 2023/1113, then a table."""
    asked = questions_from([file for folder in folders for file in message_files(folder)], None, context)
    rules, index = policy_at(policy), index_at(lists)
    found: list[Outcomes] = []
    for batch in batches(asked, BATCH, "messages"):
        found += outcomes_of([one.name for one in batch], [one.question for one in batch], index, rules)
    if json:
        sys.stdout.buffer.writelines(orjson.dumps(one) + b"\n" for one in found)
        sys.stdout.buffer.write(orjson.dumps({"messages": len(found), "types": counted(found)}) + b"\n")
    else:
        print("\n".join(outcome_lines(found)))
    sys.stdout.flush()


@app.command()
def review(
    folders: Annotated[list[Path], typer.Argument(metavar="FOLDER…", help="Folders of recorded messages.")],
    share: Annotated[float, typer.Option(min=0, max=1, help="Part of all messages to draw at random.")] = 1.0,
    seed: Annotated[str, typer.Option(help="What the draw depends on: the same seed draws the same messages.")] = "",
    policy: PolicyOption = DEFAULT_POLICY,
    lists: ListsOption = DEFAULT_LISTS,
    records: RecordsOption = None,
    at: AtOption = None,
    json: JsonOption = False,
) -> None:
    """Judge recorded messages again (those targeted by the policy, and a random sample); exit 1 if one lacks data."""
    asked = questions_from([file for folder in folders for file in message_files(folder)], at, None)
    known = records_in(records)
    found = list(reviews(asked, index_at(lists), policy_at(policy), share, seed, known))
    told = summary(found, len(asked), share, seed)
    if json:
        sys.stdout.buffer.writelines(line + b"\n" for line in review_json(found, told))
    else:
        print("\n".join(review_lines(found, told)))
    sys.stdout.flush()
    raise typer.Exit(EXIT_NO if told["with_defects"] or told["differing"] else EXIT_DONE)


def _lines(report: list[CaseOutcome]) -> Iterator[str]:
    for outcome in report:
        yield f"{'ok    ' if not outcome.differences else 'MISSED'} {outcome.case} {outcome.law}  {outcome.title}"
        yield from (f"         {difference}" for difference in outcome.differences)


def _run(file: str, policy: Path) -> list[CaseOutcome]:
    try:
        document = yaml.safe_load(read_bytes(file))
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise Refusal(f"{file} is not YAML: {' '.join(str(error).split())}") from None
    try:
        return run_cases(document, policy_at(policy))
    except CaseRefused as refused:
        raise Refusal(f"{file}: {refused}") from None
