"""What sealing personal fields costs: the same messages decided and published with and without it, in processor time.

    python -m tests.bench.sealing [--rounds 5]

Both are measured in turn, and the least of all rounds counts, so that a busy machine is not taken for a slow one.
"""

from __future__ import annotations

import argparse
import os
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from lists.edge.editions import load
from lists.index import Index
from schemas.context_header import context_of
from streams.edge.bench.list_files import write_lists
from streams.edge.policy_file import load_policy
from streams.edge.sealing import load_keys, new_key
from streams.pipeline import filter_batch
from streams.publish import Inbound, outputs
from tests.kafka import POLICY, samples

if TYPE_CHECKING:
    from collections.abc import Callable

    from streams.publish import Outgoing

BATCH = 64
LIST_NAMES = 57_000


def main() -> None:
    """Print both costs of a message, and their ratio."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--rounds", type=int, default=5)
    rounds = parser.parse_args().rounds
    with tempfile.TemporaryDirectory() as folder:
        keys = Path(folder) / "keys.toml"
        keys.write_text(new_key("bench", os.urandom), "utf-8")
        seal = load_keys(keys).seal_outputs
        lists = Path(folder) / "lists"
        lists.mkdir()
        decide = _decider(lists)
    decide(lambda leaving: leaving)  # fills what is cached
    measured = [(decide(lambda leaving: leaving), decide(seal)) for _ in range(rounds)]
    plain, sealed = (min(column) for column in zip(*measured, strict=True))
    told = f"{plain * 1e6:.0f} us a message, {sealed * 1e6:.0f} us with its records sealed"
    print(f"{told}: {sealed / plain:.2f} times as long")


def _decider(lists: Path) -> Callable[[Callable[[list[Outgoing]], list[Outgoing]]], float]:
    """Decides all samples and gives the processor seconds of one message."""
    policy = load_policy(POLICY, datetime.now(UTC).date())
    write_lists(lists, list(policy.screening.lists), LIST_NAMES, 1)
    edition = load(lists)
    index = Index.build(edition.entries, edition.edition)
    records = [
        Inbound(raw, name.encode(), (), "payments.inbound", 0, number, 0)
        for number, (name, raw, _) in enumerate(samples())
    ]
    batches = [records[start : start + BATCH] for start in range(0, len(records), BATCH)]

    def decide(last: Callable[[list[Outgoing]], list[Outgoing]]) -> float:
        began = time.process_time()
        for batch in batches:
            questions = [(record.value, context_of((), datetime.now(UTC))) for record in batch]
            for record, decisions in zip(batch, filter_batch(questions, index, policy), strict=True):
                last(outputs(record, decisions))
        return (time.process_time() - began) / len(records)

    return decide


if __name__ == "__main__":
    main()
