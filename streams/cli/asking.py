"""What `check` and `explain` ask: which messages, at which date, with which context."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from schemas.context_header import context_of
from streams.cli.common import Refusal, read_bytes

if TYPE_CHECKING:
    from schemas.context import Context

FilesArgument = Annotated[list[str], typer.Argument(metavar="FILE…", help="Message files; - for standard input.")]
AtOption = Annotated[
    datetime | None,
    typer.Option(formats=["%Y-%m-%d"], help="The date of receipt, for messages that carry none; default: today."),
]
ContextOption = Annotated[
    Path | None, typer.Option(help="JSON file with what only the hub knows: the header payment-filter-context.")
]


@dataclass(frozen=True, slots=True)
class Asked:
    """One message to decide, and the name it goes by."""

    name: str
    raw: bytes
    context: Context

    @property
    def question(self) -> tuple[bytes, Context]:
        """As the pipeline takes it."""
        return self.raw, self.context


def questions_from(files: list[str], at: datetime | None, context_file: Path | None) -> list[Asked]:
    """Every message, read before anything is decided: a file that cannot be read stops the command."""
    headers = [("payment-filter-context", read_bytes(str(context_file)))] if context_file else []
    context = context_of(headers, at.replace(tzinfo=UTC) if at else datetime.now(UTC))
    if context.problems:
        said = "; ".join(f"{problem.path} {problem.detail}".strip() for problem in context.problems)
        raise Refusal(f"context file {context_file}: {said}")
    return [Asked(name, read_bytes(name), context) for name in files]
