"""The consumer guide's examples, each in its language, run against the broker and a real worker."""

from __future__ import annotations

import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from streams.edge.access_lists import set_access
from streams.edge.errors import BrokerRefused
from streams.edge.java import find_java, libraries
from tests.kafka import LISTS, POLICY, PROGRAM, ROOT, Worker, environment, feed, fresh_settings, read_all, wait_until
from tests.node import installed

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from streams.config import Settings
    from tests.secured import SecuredKafka

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
def test_example_with_tls_a_login_and_no_more_rights_than_it_needs(
    language: Callable[[], list[str]], secured: SecuredKafka, tmp_path: Path, closing: Callable[[Worker], Worker]
) -> None:
    """The hub logs in by password and waits for its outcomes itself; the case tool logs in by certificate."""
    order, prefix = language(), f"connect{language.__name__}."
    _give_rights(secured, prefix)
    closing(
        Worker(secured.settings("filter", prefix, lists=LISTS, policy=POLICY), "0", tmp_path, program=(PROGRAM, "run"))
    )
    hub, cases = secured.settings("hub", prefix), secured.settings_by_certificate("cases", prefix)

    sent = _run(hub, [*order, "send", *[str(SAMPLES / name) for name in SENT]])

    told = {file: (outcome, decision_id) for file, outcome, decision_id in map(str.split, sent)}
    assert {file: outcome for file, (outcome, _) in told.items()} == {
        str(SAMPLES / name): outcome for name, outcome in SENT.items()
    }
    listed = SAMPLES / "pacs008/0031-listed-text.xml"
    feed(hub, [(b"again", listed.read_bytes(), [])])
    group = f"{prefix}cases.test"
    wait_until(lambda: len(read_all(cases, ["alerts"], group=group)) == 2, 30, "the second alert on the same message")

    [alert] = _run(cases, [*order, "alerts"])  # two records, one alert

    assert alert.split()[2:] == ["critical", "sanctions"]
    why = _run(cases, [*order, "decision", told[str(listed)][1]])
    assert why[0].startswith("suspend under policy ")
    assert why[1].startswith("listed-name-in-text at /Document/")


def _give_rights(secured: SecuredKafka, prefix: str) -> None:
    """Each its own; the hub, which waits for outcomes, those of their readers too."""
    set_access(secured.administrator(prefix), {"engine": "User:hub", "cases": "User:hub"})
    secured.make_topics(prefix)


@pytest.mark.parametrize("language", [_python, _java, _javascript], ids=["python", "java", "javascript"])
def test_example_without_a_login(language: Callable[[], list[str]], kafka_bootstrap: str) -> None:
    assert _run(fresh_settings(kafka_bootstrap), [*language(), "alerts"]) == []


def _run(settings: Settings, order: list[str]) -> list[str]:
    done = subprocess.run(
        order, env=environment(settings), capture_output=True, text=True, check=False, timeout=150, cwd=ROOT
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout.splitlines()
