"""Same bytes, same lists, same policy, same date: the same decision record, byte for byte (DESIGN 1, invariant 2)."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def deciding(seed: str, *batches: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "tests.deciding", *batches],
        cwd=ROOT,
        env={**os.environ, "PYTHONHASHSEED": seed},
        stdout=subprocess.PIPE,
        text=True,
    )


def test_a_thousand_records_are_the_same_in_two_processes_and_three_batch_sizes() -> None:
    running = [deciding("1", "1", "64"), deciding("4242", "7")]
    lines = [line.split() for process in running for line in process.communicate(timeout=240)[0].splitlines()]
    assert {batch for batch, _, _ in lines} == {"1", "7", "64"}
    assert {count for _, count, _ in lines} == {"1000"}
    assert len({digest for _, _, digest in lines}) == 1
