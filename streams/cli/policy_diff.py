"""payment-filter policy diff: which recorded messages another policy would decide otherwise, and why.

Both policies decide the same bytes with the same lists at the same date, so only the policy can make the difference.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from streams.cli.common import Refusal, batches
from streams.outcomes import outcome_of
from streams.pipeline import filter_batch

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lists.index import Index
    from schemas.decision import Decision, Decisions
    from streams.cli.asking import Asked
    from streams.policy import Policy

BATCH = 64


@dataclass(frozen=True, slots=True)
class Change:
    """One message that two policies decide differently: both outcomes, and what differs, payment by payment."""

    message: str
    old: str
    new: str
    because: tuple[str, ...]


def message_files(folder: Path) -> list[str]:
    """Every file below a folder, in the order of their names; hidden ones are none of ours."""
    if not folder.is_dir():
        raise Refusal(f"{folder} is no folder of messages")
    files = sorted(str(path) for path in folder.rglob("*") if path.is_file() and path.name[0] != ".")
    if not files:
        raise Refusal(f"{folder} holds no messages")
    return files


def changes(asked: Sequence[Asked], index: Index, old: Policy, new: Policy) -> Iterator[Change]:
    """Every message whose outcome, follow-up or deciding row is not the same."""
    for batch in batches(asked, BATCH, "messages"):
        questions = [one.question for one in batch]
        pairs = zip(filter_batch(questions, index, old), filter_batch(questions, index, new), strict=True)
        for one, (before, after) in zip(batch, pairs, strict=True):
            because = tuple(_differences(before, after))
            if because:
                yield Change(one.name, outcome_of(before), outcome_of(after), because)


def _differences(before: Decisions, after: Decisions) -> Iterator[str]:
    if len(before.decisions) != len(after.decisions):
        yield f"{len(before.decisions)} payment(s) read before, {len(after.decisions)} now"
        return
    for old, new in zip(before.decisions, after.decisions, strict=True):
        if (old.outcome, old.follow_up, old.row) != (new.outcome, new.follow_up, new.row):
            yield f"payment {new.position}: {_said(old, new)}"


def _said(old: Decision, new: Decision) -> str:
    """The rows that decided, then what only one of the two policies finds or reckons."""
    told = [f"row {old.row} {old.outcome.label} -> row {new.row} {new.outcome.label}"]
    for word, here, there in (("no longer", old, new), ("now", new, old)):
        known = {(one.reason, one.path) for one in there.findings}
        told += [f"{word} {one.reason} at {one.path}" for one in here.findings if (one.reason, one.path) not in known]
    if old.assessment is not None and new.assessment is not None:
        for name in ("required_set", "status", "indicators", "in_scope"):
            was, is_now = getattr(old.assessment, name), getattr(new.assessment, name)
            if was != is_now:
                told.append(f"{name} {_plain(was)} -> {_plain(is_now)}")
    return "; ".join(told)


def _plain(value: object) -> str:
    return (", ".join(map(str, value)) or "none") if isinstance(value, tuple) else str(value).lower()
