"""The consumer guide's examples, each in its language, run against the broker and a real worker."""

from __future__ import annotations

import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from streams.edge.broker import free_ports
from streams.edge.errors import BrokerRefused
from streams.edge.java import find_java, libraries
from tests.kafka import LISTS, POLICY, PROGRAM, ROOT, Worker, environment, feed, fresh_settings, read_all, wait_until
from tests.node import installed

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from streams.config import Settings

pytestmark = pytest.mark.integration

CONNECT = ROOT / "deploy" / "connect"
SAMPLES = ROOT / "deploy" / "samples" / "payments"
SENT = {
    "pacs008/0001-instant.xml": "execute",
    "pacs008/0031-listed-text.xml": "suspend",
    "pacs008/0018-third-element-partly.xml": "reject",
}


def _python() -> list[str]:
    return [sys.executable, str(CONNECT / "connect.py")]


def _java() -> list[str]:
    try:
        java = find_java()
        libs = libraries(java)
    except BrokerRefused as refused:
        pytest.skip(str(refused))
    if not java.with_name("javac").exists():
        pytest.skip("there is no javac beside java: install a JDK to run Connect.java as a single file")
    return [str(java), "-cp", f"{libs}/*", str(CONNECT / "Connect.java")]


def _javascript() -> list[str]:
    folder = installed(CONNECT)
    return ["node", str(shutil.copy(CONNECT / "connect.mjs", folder))]


@pytest.mark.parametrize("language", [_python, _java, _javascript], ids=["python", "java", "javascript"])
def test_example(
    language: Callable[[], list[str]], kafka_bootstrap: str, tmp_path: Path, closing: Callable[[Worker], Worker]
) -> None:
    order = language()
    [port] = free_ports(1)
    settings = fresh_settings(kafka_bootstrap, lists=LISTS, policy=POLICY, http_port=port)
    closing(Worker(settings, "0", tmp_path, program=(PROGRAM, "run")))

    sent = _run(settings, [*order, "send", *[str(SAMPLES / name) for name in SENT]])

    told = {file: (outcome, decision_id) for file, outcome, decision_id in map(str.split, sent)}
    assert {file: outcome for file, (outcome, _) in told.items()} == {
        str(SAMPLES / name): outcome for name, outcome in SENT.items()
    }
    listed = SAMPLES / "pacs008/0031-listed-text.xml"
    feed(settings, [(b"again", listed.read_bytes(), [])])
    wait_until(lambda: len(read_all(settings, ["alerts"])) == 2, 30, "the second alert on the same message")

    [alert] = _run(settings, [*order, "alerts"])  # two records, one alert

    assert alert.split()[2:] == ["critical", "sanctions"]
    why = _run(settings, [*order, "decision", told[str(listed)][1]])
    assert why[0].startswith("suspend under policy ")
    assert why[1].startswith("listed-name-in-text at /Document/")


def _run(settings: Settings, order: list[str]) -> list[str]:
    done = subprocess.run(
        order, env=environment(settings), capture_output=True, text=True, check=False, timeout=150, cwd=ROOT
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout.splitlines()
