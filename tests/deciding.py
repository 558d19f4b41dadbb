"""Decide the samples and more in one process: `python -m tests.deciding BATCH…` prints one hash a batch size."""

from __future__ import annotations

import datetime as dt
import hashlib
import sys
from pathlib import Path

from lists.edge.editions import load
from lists.index import Index
from schemas.context import Context
from schemas.wire import decision_record, encode
from streams.edge.policy_file import load_policy
from streams.pipeline import filter_batch

ROOT = Path(__file__).resolve().parents[1]
SAMPLES = ROOT / "deploy" / "samples"
CONTEXT = Context(received_at=dt.datetime(2026, 11, 20, 10, tzinfo=dt.UTC))
WANTED = 1_000


def messages() -> list[bytes]:
    """A thousand messages: every sample, then samples again in another currency."""
    samples = [path.read_bytes() for path in sorted((SAMPLES / "payments").glob("*/*"))]
    return [*samples, *(raw.replace(b"EUR", b"CHF") for raw in samples)][:WANTED]


def records(batch: int) -> list[bytes]:
    """The decision record of each message, decided in batches of this size."""
    loaded = load(SAMPLES / "lists")
    index = Index.build(loaded.entries, loaded.edition)
    policy = load_policy(ROOT / "deploy" / "policy.toml", dt.date(2026, 11, 22))
    raws = messages()
    parts = [raws[start : start + batch] for start in range(0, len(raws), batch)]
    answers = [one for part in parts for one in filter_batch([(raw, CONTEXT) for raw in part], index, policy)]
    return [encode(decision_record(decisions)) for decisions in answers]


def main() -> None:
    """Print the hash of all records for each batch size asked for."""
    for batch in map(int, sys.argv[1:]):
        made = records(batch)
        print(batch, len(made), hashlib.sha256(b"\n".join(made)).hexdigest())  # noqa: T201 - read by the test


if __name__ == "__main__":
    main()
