"""payment-filter policy: prove a policy lawful, run a bank's labelled cases against it, show what is in force."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, Any

import orjson
import typer
import yaml

from streams.acceptance import CaseRefused, run_cases
from streams.cli.common import DEFAULT_POLICY, CheckFailed, JsonOption, PolicyOption, Refusal, policy_at, read_bytes
from streams.policy import canonical

app = typer.Typer(add_completion=False, no_args_is_help=True)


@app.callback()
def root() -> None:
    """Prove a policy lawful, run labelled cases against it, show what is in force."""


@app.command()
def check(
    file: Annotated[Path, typer.Argument(help="Policy file (TOML).")] = DEFAULT_POLICY,
) -> None:
    """Load and guard a policy; every problem is named at once."""
    policy = policy_at(file)
    used = policy.used
    print(f"{file}: lawful. {used.id} {used.version}, {len(policy.matrix)} matrix rows, sha256 {used.sha256}")


@app.command()
def show(policy: PolicyOption = DEFAULT_POLICY) -> None:
    """Print the effective policy, defaults included, as it is hashed into every decision."""
    sys.stdout.buffer.write(canonical(policy_at(policy)) + b"\n")


@app.command()
def test(
    file: Annotated[str, typer.Argument(help="Labelled cases (YAML or JSON), - for standard input.")],
    policy: PolicyOption = DEFAULT_POLICY,
    json: JsonOption = False,
) -> None:
    """Run labelled cases against the rules and the policy, under both laws; exit 1 if one is missed."""
    report = _run(file, policy)
    missed = [outcome for outcome in report if outcome.differences]
    if json:
        names = [f"{outcome.case}/{outcome.law}" for outcome in missed]
        summary = {"cases": len(report), "passed": len(report) - len(missed), "missed": names}
        sys.stdout.buffer.write(orjson.dumps(summary) + b"\n")
    else:
        for outcome in report:
            print(f"{'ok    ' if not outcome.differences else 'MISSED'} {outcome.case} {outcome.law}  {outcome.title}")
            for difference in outcome.differences:
                print(f"         {difference}")
        print(f"{len(report) - len(missed)} of {len(report)} labelled cases pass")
    if missed:
        raise CheckFailed(f"{len(missed)} of {len(report)} labelled cases of {file} are missed")


def _run(file: str, policy: Path) -> list[Any]:
    try:
        document = yaml.safe_load(read_bytes(file))
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise Refusal(f"{file} is not YAML: {' '.join(str(error).split())}") from None
    try:
        return run_cases(document, policy_at(policy))
    except CaseRefused as refused:
        raise Refusal(f"{file}: {refused}") from None
