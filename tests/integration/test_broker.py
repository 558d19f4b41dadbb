"""The local broker: says what is missing, keeps its jars honest, and leaves nothing behind."""

from __future__ import annotations

import hashlib
import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import psutil
import pytest

from streams.edge import java
from streams.edge.broker import Cluster, free_ports
from streams.edge.errors import BrokerRefused
from streams.edge.provide import docker_answers
from tests.kafka import ROOT, wait_until

FOREGROUND = str(ROOT / "deploy" / "kafka" / "broker.py")


def test_without_java_one_sentence_says_what_to_install(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("JAVA_HOME", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr("importlib.util.find_spec", lambda _name: None)
    with pytest.raises(BrokerRefused) as refused:
        Cluster(tmp_path)
    sentence = str(refused.value)
    assert "\n" not in sentence
    for word in ("Java 17", "Maven", "Docker", "PAYMENT_FILTER_KAFKA_BOOTSTRAP"):
        assert word in sentence


def test_without_maven_one_sentence_says_what_to_install(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(BrokerRefused, match=r"Maven \(mvn\) is not on the path.*Install Java 17"):
        java.libraries(Path("/anywhere/bin/java"), tmp_path / "libs")


@pytest.mark.parametrize("found", ["", 'openjdk version "11.0.2"', "not java at all"])
def test_a_java_that_is_too_old_is_none(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, found: str) -> None:
    home = tmp_path / "bin"
    home.mkdir()
    (home / "java").write_text(f"#!/bin/sh\necho '{found}' >&2\n", encoding="utf-8")
    (home / "java").chmod(0o755)
    monkeypatch.setenv("JAVA_HOME", str(tmp_path))
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr("importlib.util.find_spec", lambda _name: None)
    with pytest.raises(BrokerRefused, match="no Java 17 or later"):
        java.find_java()


@pytest.mark.parametrize(
    ("change", "said"), [("spoil", "another sha256"), ("remove", "missing"), ("add", "not expected")]
)
def test_jars_that_are_not_the_expected_ones_are_refused(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, change: str, said: str
) -> None:
    monkeypatch.setattr(java, "RECIPE", tmp_path)
    monkeypatch.setattr(java, "_expected_digests", lambda: {"one.jar": hashlib.sha256(b"jar").hexdigest()})
    libs = tmp_path / "libs"
    libs.mkdir()
    (libs / "one.jar").write_bytes(b"changed" if change == "spoil" else b"jar")
    if change == "remove":
        (libs / "one.jar").unlink()
    if change == "add":
        (libs / "two.jar").touch()
    with pytest.raises(BrokerRefused, match=said):
        java.libraries(Path("/anywhere/bin/java"), libs)


def test_free_ports_are_free_and_out_of_the_way_of_clients() -> None:
    ports = free_ports(6)
    assert len(set(ports)) == 6
    assert all(20_000 <= port < 32_000 for port in ports)


def test_a_port_in_use_is_one_sentence(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(BrokerRefused, match=rf"port {taken.getsockname()[1]} is in use"):
            Cluster(tmp_path, base_port=taken.getsockname()[1])


def test_no_docker_daemon_is_no_error(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("DOCKER_HOST", f"unix://{tmp_path}/no-daemon")
    assert docker_answers() is False


@pytest.mark.integration
@pytest.mark.parametrize(("with_signal", "code"), [(signal.SIGINT, 0), (signal.SIGTERM, 0), (signal.SIGKILL, -9)])
def test_the_foreground_broker_leaves_no_process_behind(tmp_path: Path, with_signal: signal.Signals, code: int) -> None:
    order = [sys.executable, FOREGROUND, "--port", "0", "--folder", str(tmp_path)]
    with subprocess.Popen(order, stdout=subprocess.PIPE, text=True, env=os.environ) as process:
        assert process.stdout is not None
        said = [process.stdout.readline(), process.stdout.readline()]
        assert "PAYMENT_FILTER_KAFKA_BOOTSTRAP=127.0.0.1:" in said[1]
        children = psutil.Process(process.pid).children(recursive=True)
        assert children
        process.send_signal(with_signal)
        assert process.wait(30) == code
    wait_until(lambda: not any(child.is_running() for child in children), 10, "the broker is gone")
