"""The full demo as a newcomer calls it, faster: every alert of the incident is told, nothing is left running."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import psutil
import pytest

from streams.edge.demo.hour import EXPECTED
from tests.monitoring import needed

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = Path(sys.executable).with_name("payment-filter")
SPEED = "60"  # the fastest that leaves real programs their time; about 90 s on a machine with nothing else to do
MOST_SECONDS = 280
GONE_SECONDS = 40.0

pytestmark = [pytest.mark.integration, pytest.mark.timeout(400)]


@pytest.fixture(autouse=True)
def programs() -> None:
    """Prometheus and Alertmanager, or a skip that says how to get them."""
    needed("prometheus")
    needed("prometheus-alertmanager")


def _start(*arguments: str, marker: str) -> subprocess.Popen[str]:
    """The demo in a session of its own; its processes inherit the marker, by which those left over are found."""
    return subprocess.Popen(
        [str(PROGRAM), "demo", "--full", "--speed", SPEED, *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        env={**os.environ, "DEMO_TEST_MARKER": marker},
        start_new_session=True,
    )


def _marked(marker: str) -> Iterator[str]:
    for process in psutil.process_iter():
        try:
            if process.environ().get("DEMO_TEST_MARKER") == marker and process.status() != psutil.STATUS_ZOMBIE:
                yield " ".join(process.cmdline())
        except psutil.Error:
            continue


def _all_gone(marker: str) -> bool:
    until = time.monotonic() + GONE_SECONDS
    while time.monotonic() < until:
        if not list(_marked(marker)):
            return True
        time.sleep(0.2)
    return False


def test_the_hour_is_played_and_every_alert_of_the_incident_is_told() -> None:
    demo = _start("--json", marker="hour")
    stdout, stderr = demo.communicate(timeout=MOST_SECONDS)
    assert demo.returncode == 0, stderr + stdout
    result = json.loads(stdout.splitlines()[-1])
    assert result["in"] == result["execute"] + result["suspend"] + result["reject"] > 5_000
    told, table, outcomes = re.split(r"(?m)^(?:The alerts|What happened, and why)", stdout)
    for deed in ("gives half a file", "is killed", "is started again", "EU is refused by", "A burst"):
        assert deed in told
    for name in EXPECTED:
        assert f"▲ {name.removeprefix('PaymentFilter')}" in told
        assert re.search(rf"{name} +(?:on-call|working-day) +\d\d:\d\d", table)
    assert "each has one outcome and one decision" in outcomes
    assert re.search(r"Time +\d+ s in all", outcomes)
    assert _all_gone("hour"), list(_marked("hour"))


@pytest.mark.parametrize("stop", [signal.SIGTERM, signal.SIGKILL])
def test_an_hour_that_is_broken_off_leaves_no_process_behind(stop: signal.Signals) -> None:
    marker = f"broken off {stop.name}"
    demo = _start(marker=marker)
    assert demo.stdout is not None
    for line in demo.stdout:
        if line.startswith("00:0"):
            break
    running = " ".join(_marked(marker))
    assert all(name in running for name in ("alertmanager.yaml", "prometheus.yaml", "kafka"))
    demo.send_signal(stop)
    _, rest = demo.communicate(timeout=GONE_SECONDS)
    assert "Traceback" not in rest
    assert _all_gone(marker), list(_marked(marker))
