"""payment-filter audit: open sealed records for a stated purpose, on the record; make and check keys."""

from __future__ import annotations

import secrets
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import orjson
import typer

from streams.cli.common import CheckFailed, Refusal, read_bytes, who
from streams.config import PREFIX
from streams.edge.audit_log import AuditLogBroken, append
from streams.edge.audit_log import verify as verify_log
from streams.edge.sealing import SealRefused, load_keys
from streams.edge.sealing import new_key as made_key

app = typer.Typer(add_completion=False, no_args_is_help=True)

KeysOption = Annotated[Path, typer.Option("--keys", envvar=f"{PREFIX}SEAL_KEYS", help="The file of keys (TOML).")]
PurposeOption = Annotated[
    str, typer.Option("--purpose", min=1, help="Why personal data is opened: goes into the log, e.g. a case number.")
]
LogOption = Annotated[
    Path, typer.Option("--log", envvar=f"{PREFIX}AUDIT_LOG", help="The audit log: one chained line for each use.")
]
HeadOption = Annotated[str | None, typer.Option("--head", help="The hash that the last `audit verify` printed.")]


@app.command()
def unseal(file: str, keys: KeysOption, purpose: PurposeOption, log: LogOption) -> None:
    """Print decision records or alerts (one JSON object a line; - for standard input) with their personal fields open.

    The use is logged before anything is shown: who, when, why, which records. Nothing is shown unlogged.
    """
    if not purpose.strip():
        raise Refusal("--purpose is empty: say why personal data is opened")
    try:
        sealer = load_keys(keys)
        opened = [sealer.unseal(line) for line in read_bytes(file).splitlines() if line.strip()]
        append(
            log,
            at=datetime.now(UTC).isoformat(timespec="seconds"),
            who=who(),
            purpose=purpose.strip(),
            records=",".join(_name(record) for record in opened),
        )
    except orjson.JSONDecodeError:
        raise Refusal(f"{file} is not one record (a JSON object) a line") from None
    except (SealRefused, AuditLogBroken) as refused:
        raise Refusal(str(refused)) from None
    for record in opened:
        print(record.decode())


@app.command()
def verify(log: LogOption, head: HeadOption = None) -> None:
    """Prove that no line of the audit log was changed, removed or put in; exit 1 where one was."""
    try:
        count, found = verify_log(log, head)
    except AuditLogBroken as broken:
        raise CheckFailed(str(broken)) from None
    print(f"{count} lines, unbroken; keep this elsewhere, and give it to the next check with --head: {found}")


@app.command(name="new-key")
def new_key(
    name: Annotated[str, typer.Argument(help="Its id, as in 2026-11; it stands in every sealed text.")],
) -> None:
    """Print a fresh key, to be put at the top of the file of keys: the first one seals, all of them open."""
    try:
        print(made_key(name, secrets.token_bytes), end="")
    except SealRefused as refused:
        raise Refusal(str(refused)) from None


def _name(record: bytes) -> str:
    content = orjson.loads(record)
    return str(content.get("alert_id") or content.get("decision_id"))
