"""The demo as a newcomer calls it: everything comes out once, the table is readable, nothing is left running."""

from __future__ import annotations

import csv
import json
import os
import re
import shlex
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import psutil
import pytest
from confluent_kafka.admin import AdminClient

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = Path(sys.executable).with_name("payment-filter")
MANIFEST = ROOT / "deploy/samples/payments/manifest.csv"
DEMO_SECONDS = 180
GONE_SECONDS = 30.0

pytestmark = [pytest.mark.integration, pytest.mark.timeout(400)]


def start(*arguments: str, marker: str, **environment: str) -> subprocess.Popen[str]:
    """The demo in a session of its own; its processes inherit the marker, by which those left over are found."""
    return subprocess.Popen(
        [str(PROGRAM), "demo", *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        env={**os.environ, **environment, "DEMO_TEST_MARKER": marker},
        start_new_session=True,
    )


def marked(marker: str) -> Iterator[psutil.Process]:
    """Every process that descends from the demo with this marker."""
    for process in psutil.process_iter():
        try:
            if process.environ().get("DEMO_TEST_MARKER") == marker and process.status() != psutil.STATUS_ZOMBIE:
                yield process
        except psutil.Error:
            continue


def all_gone(marker: str) -> bool:
    until = time.monotonic() + GONE_SECONDS
    while time.monotonic() < until:
        if not list(marked(marker)):
            return True
        time.sleep(0.2)
    return False


def manifest() -> list[dict[str, str]]:
    with MANIFEST.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture
def few(tmp_path: Path) -> Path:
    """A folder with twenty of the samples and a file that is none."""
    folder = tmp_path / "payments"
    folder.mkdir()
    for line in manifest()[:20]:
        source = MANIFEST.parent / line["file"]
        (folder / source.name).write_bytes(source.read_bytes())
    (folder / "notes.md").write_text("no message")
    return folder


def test_demo_decides_every_sample_as_promised_and_shows_why() -> None:
    demo = start("--json", marker="whole")
    stdout, stderr = demo.communicate(timeout=DEMO_SECONDS)
    assert demo.returncode == 0, stderr
    result = json.loads(stdout.splitlines()[-1])
    wanted = Counter(line["outcome"] for line in manifest())
    assert {name: result[name] for name in ("execute", "suspend", "reject")} == wanted
    assert result["in"] == wanted.total()
    assert 0 < result["p50_ms"] <= result["p99_ms"] < 5_000
    assert "A name may be that of a listed party." in stdout
    assert stdout.count("score ") == 5
    assert "payments.suspend" in stdout
    assert all_gone("whole")
    _explain_as_told(stdout)


def _explain_as_told(report: str) -> None:
    """The command the report shows works when it is pasted."""
    told = re.search(r"Why, piece by piece\s+(\S.*)", report)
    assert told
    explained = subprocess.run(shlex.split(told[1]), cwd=ROOT, capture_output=True, text=True, timeout=120, check=False)
    assert explained.returncode == 0, explained.stderr
    assert "SUSPEND" in explained.stdout
    assert "score" in explained.stdout


@pytest.mark.parametrize(
    ("step", "stop"),
    [
        ("Kafka     starting", signal.SIGINT),
        ("Worker    starting", signal.SIGTERM),
        ("Messages  ", signal.SIGHUP),
    ],
)
def test_interrupted_demo_leaves_no_process_behind(step: str, stop: signal.Signals) -> None:
    marker = f"{step}{stop.name}"
    demo = start(marker=marker)
    assert demo.stderr is not None
    for line in demo.stderr:
        if line.startswith(step):
            break
    time.sleep(0.5)
    demo.send_signal(stop)
    _, rest = demo.communicate(timeout=GONE_SECONDS)
    assert demo.returncode == 130
    assert "Traceback" not in rest
    assert all_gone(marker), [process.cmdline() for process in marked(marker)]


def test_killed_demo_leaves_no_process_behind() -> None:
    demo = start(marker="killed")
    assert demo.stderr is not None
    for line in demo.stderr:
        if line.startswith("Messages  "):
            break
    demo.kill()
    demo.communicate()
    assert all_gone("killed"), [process.cmdline() for process in marked("killed")]


def test_demo_on_a_given_kafka_takes_its_topics_away_again(kafka_bootstrap: str, few: Path) -> None:
    demo = start("--json", "--payments", str(few), marker="given", PAYMENT_FILTER_KAFKA_BOOTSTRAP=kafka_bootstrap)
    stdout, stderr = demo.communicate(timeout=DEMO_SECONDS)
    assert demo.returncode == 0, stderr
    assert json.loads(stdout.splitlines()[-1])["in"] == 20
    assert "left aside: 1 .md file" in stderr
    client = AdminClient({"bootstrap.servers": kafka_bootstrap})
    until = time.monotonic() + GONE_SECONDS
    while left := [name for name in client.list_topics(timeout=10).topics if name.startswith("demo-")]:
        assert time.monotonic() < until, left
        time.sleep(0.2)


def test_kept_demo_stays_until_it_is_told_to_stop(few: Path) -> None:
    demo = start("--keep", "--payments", str(few), marker="kept")
    assert demo.stderr is not None
    for line in demo.stderr:
        if line.startswith("Running   Kafka and the worker stay up"):
            break
    assert len(list(marked("kept"))) >= 2
    demo.send_signal(signal.SIGINT)
    stdout, _ = demo.communicate(timeout=GONE_SECONDS)
    assert "/metrics" in stdout
    assert all_gone("kept")
