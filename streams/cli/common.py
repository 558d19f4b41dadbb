"""What all commands share: one clear sentence for every expected problem, the exits of DESIGN §4, lists and policy."""

from __future__ import annotations

import getpass
import os
import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from streams.edge.policy_file import load_policy
from streams.policy import PolicyRefused

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lists.edge.loaded import LoadedEdition
    from lists.index import Index
    from streams.policy import Policy

Item = TypeVar("Item")

NOTE_SECONDS = 2.0  # long enough not to disturb, short enough that nobody thinks it hangs

EXIT_DONE = 0
EXIT_NO = 1
EXIT_REFUSED = 2

PolicyOption = Annotated[
    Path, typer.Option("--policy", envvar="PAYMENT_FILTER_POLICY", help="Policy file (TOML).", show_default=True)
]
ListsOption = Annotated[
    Path,
    typer.Option("--lists", envvar="PAYMENT_FILTER_LISTS", help="Edition store, or a folder of published list files."),
]
JsonOption = Annotated[bool, typer.Option("--json", help="For machines: one JSON object per line.")]

ROOT = Path(__file__).resolve().parents[2]
DEFAULT_POLICY = ROOT / "deploy" / "policy.toml"
DEFAULT_LISTS = ROOT / "deploy" / "samples" / "lists"


class Refusal(Exception):  # noqa: N818 - it is a refusal, read as `raise Refusal("...")`
    """Wrong usage or refused configuration: exit 2, and a sentence on stderr that names thing, place and way out."""

    code = EXIT_REFUSED


class CheckFailed(Refusal):
    """A check said no: exit 1."""

    code = EXIT_NO


def read_bytes(path: str) -> bytes:
    """The bytes of a file, or of standard input for `-`. Refuses what cannot be read, in one sentence."""
    if path == "-":
        return sys.stdin.buffer.read()
    try:
        return Path(path).read_bytes()
    except IsADirectoryError:
        raise Refusal(f"{path} is a folder; name the files in it") from None
    except OSError as error:
        raise Refusal(f"cannot read {path}: {(error.strerror or str(error)).lower()}") from None


def policy_at(path: Path) -> Policy:
    """The policy in this file, or a refusal that names every problem."""
    try:
        return load_policy(path, datetime.now(UTC).date())
    except PolicyRefused as refused:
        raise Refusal(f"policy {path} is refused: " + "; ".join(refused.problems)) from None


def edition_at(path: Path) -> LoadedEdition:
    """The lists at this path, or a refusal. Says what it does: it takes seconds."""
    if sys.stderr.isatty():
        note(f"loading the lists in {path} ...")
    from lists.edge.editions import load  # noqa: PLC0415 - heavy imports only for commands that screen
    from lists.formats import ListRefused  # noqa: PLC0415 - same

    try:
        return load(path)
    except ListRefused as refused:
        raise Refusal(str(refused)) from None


def index_of(edition: LoadedEdition) -> Index:
    """The edition ready to be searched."""
    from lists.index import Index  # noqa: PLC0415 - heavy imports only for commands that screen

    return Index.build(edition.entries, edition.edition)


def index_at(path: Path) -> Index:
    """The lists at this path, ready to be searched, or a refusal."""
    return index_of(edition_at(path))


def who() -> str:
    """The account that runs this; under sudo, the one that called it too."""
    behind = os.environ.get("SUDO_USER")
    return f"{getpass.getuser()} for {behind}" if behind else getpass.getuser()


def note(sentence: str) -> None:
    """Tell the person at the terminal something, without disturbing what scripts read."""
    print(f"payment-filter: {sentence}", file=sys.stderr)


def batches(items: Sequence[Item], size: int, what: str) -> Iterator[Sequence[Item]]:
    """The items in batches; who waits at a terminal is told every two seconds how many are done."""
    told = time.monotonic()
    for start in range(0, len(items), size):
        if sys.stderr.isatty() and time.monotonic() - told >= NOTE_SECONDS:
            note(f"{start} of {len(items)} {what}")
            told = time.monotonic()
        yield items[start : start + size]
