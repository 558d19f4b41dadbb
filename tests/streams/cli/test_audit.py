"""Opening sealed records: never without a purpose, never unlogged, and the log shows when it was touched."""

from __future__ import annotations

import json
import os
import subprocess
from typing import TYPE_CHECKING

import pytest

from streams.edge.sealing import load_keys, new_key
from tests.kafka import PROGRAM, ROOT

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.requirement("DPR-02", "SEC-04")
RECORD = b'{"decision_id":"d1","findings":[{"seen":"Jane Doe"}]}'


def _audit(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    command = [PROGRAM, "audit", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=60, cwd=ROOT)


@pytest.fixture
def sealed(tmp_path: Path) -> Path:
    keys = tmp_path / "keys.toml"
    keys.write_text(new_key("a", os.urandom))
    record = tmp_path / "record.json"
    record.write_bytes(load_keys(keys).seal(RECORD) + b"\n")
    return record


def _unseal(sealed: Path, purpose: str, log: str = "log") -> subprocess.CompletedProcess[str]:
    folder = sealed.parent
    given = ("--keys", folder / "keys.toml", "--log", folder / log)
    return _audit("unseal", sealed, *given, *(("--purpose", purpose) if purpose else ()))


def test_with_a_purpose_it_opens_and_is_logged(sealed: Path) -> None:
    assert b"Jane" not in sealed.read_bytes()
    done = _unseal(sealed, "case 17")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["findings"][0]["seen"] == "Jane Doe"
    [line] = map(json.loads, (sealed.parent / "log").read_text().splitlines())
    assert (line["purpose"], line["records"]) == ("case 17", "d1")
    assert line["who"]
    assert "Jane" not in json.dumps(line)


@pytest.mark.parametrize("purpose", ["", " "])
def test_without_a_purpose_it_refuses(sealed: Path, purpose: str) -> None:
    done = _unseal(sealed, purpose)
    assert done.returncode == 2
    assert "purpose" in done.stderr
    assert "Jane" not in done.stdout
    assert not (sealed.parent / "log").exists()


def test_what_cannot_be_logged_is_not_shown(sealed: Path) -> None:
    done = _unseal(sealed, "case 17", "absent/log")
    assert done.returncode == 2
    assert "audit log" in done.stderr
    assert done.stdout == ""


def test_a_touched_log_is_found_out(sealed: Path) -> None:
    log = sealed.parent / "log"
    for number in range(3):
        assert _unseal(sealed, f"case {number}").returncode == 0
    whole = _audit("verify", "--log", log)
    assert whole.stdout.startswith("3 lines, unbroken")
    head = whole.stdout.split()[-1]
    first, second, third = log.read_text().splitlines(keepends=True)
    for touched in (second + third, first + third, first + second.replace("case 1", "case 9") + third, "no log\n"):
        log.write_text(touched)
        done = _audit("verify", "--log", log)
        assert done.returncode == 1
        assert "is broken before line" in done.stderr
        assert _unseal(sealed, "case 4").returncode == 2, "nothing is added to a broken log"
    log.write_text(first + second)
    assert _audit("verify", "--log", log).returncode == 0
    assert "removed or added at its end" in _audit("verify", "--log", log, "--head", head).stderr


def test_what_is_no_record_is_one_sentence(sealed: Path) -> None:
    sealed.write_text("no json")
    done = _unseal(sealed, "case 17")
    assert done.returncode == 2
    assert "Traceback" not in done.stderr


def test_a_new_key_is_ready_to_use(tmp_path: Path) -> None:
    (tmp_path / "keys").write_text(_audit("new-key", "2026-11").stdout)
    assert load_keys(tmp_path / "keys")
    assert _audit("new-key", "a b").returncode == 2
