"""The same payment by stream and by file gets the same decision: controls do not depend on the way it comes in."""

from __future__ import annotations

import json
import os
import subprocess
from typing import TYPE_CHECKING

import pytest

from tests.kafka import (
    LISTS,
    POLICY,
    PROGRAM,
    ROOT,
    Worker,
    committed,
    feed,
    fresh_settings,
    read_all,
    samples,
    wait_until,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

pytestmark = [pytest.mark.integration, pytest.mark.requirement("INC-12")]

PAYMENTS = ROOT / "deploy" / "samples" / "payments"
COUNT = 60


def test_stream_and_file_decide_alike(
    kafka_bootstrap: str, tmp_path: Path, closing: Callable[[Worker], Worker]
) -> None:
    every = samples()
    chosen = every[:: max(1, len(every) // COUNT)]
    settings = fresh_settings(kafka_bootstrap, lists=LISTS, policy=POLICY)
    closing(Worker(settings, "0", tmp_path, program=(PROGRAM, "run")))
    feed(settings, [(name.encode(), raw, []) for name, raw, _ in chosen])
    wait_until(lambda: committed(settings) == len(chosen), 120, "everything is decided")
    streamed = {
        (one.key() or b"").decode(): json.loads(one.value() or b"") for one in read_all(settings, ["decisions"])
    }
    done = subprocess.run(
        [PROGRAM, "check", "--json", *(str(PAYMENTS / name) for name, _, _ in chosen)],
        env=os.environ | {"PAYMENT_FILTER_LISTS": str(LISTS), "PAYMENT_FILTER_POLICY": str(POLICY)},
        capture_output=True,
        text=True,
        check=False,
        timeout=200,
        cwd=ROOT,
    )
    filed = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(filed) == len(streamed) == len(chosen)
    for (name, _, _), by_file in zip(chosen, filed, strict=True):
        for part in ("message_sha256", "outcome", "reasons", "findings", "payments", "policy"):
            assert streamed[name][part] == by_file[part], (name, part)
