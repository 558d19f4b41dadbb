"""The README is true: every command in it runs, every path and setting it names exists."""

from __future__ import annotations

import datetime as dt
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from streams.config import PREFIX, Settings
from streams.policy import parse_policy

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text()
NEEDS_BROKER = ("payment-filter topics", "payment-filter run", "make demo")


def _commands() -> list[str]:
    blocks = re.findall(r"(?ms)^```sh\n(.*?)^```", README)
    lines = [line.split(" #")[0].strip() for block in blocks for line in block.splitlines()]
    inline = re.findall(r"`((?:make|payment-filter) [^`]*)`", README)
    return sorted({line for line in [*lines, *inline] if line})


def _targets() -> set[str]:
    return set(re.findall(r"(?m)^([a-z-]+):", (ROOT / "Makefile").read_text()))


@pytest.mark.parametrize("command", [c for c in _commands() if c.startswith("make ")])
def test_make_targets_exist(command: str) -> None:
    """`make test` runs this very test, and CI runs it and `make check`; the demo has its own integration test."""
    target = command.split()[1]
    assert target in _targets()
    for word in command.split()[2:]:
        assert re.fullmatch(r"[A-Z]+=\S+", word)
        assert f"$({word.split('=')[0]})" in (ROOT / "Makefile").read_text()


@pytest.mark.parametrize(
    "command", [c for c in _commands() if c.startswith("payment-filter ") and not c.startswith(NEEDS_BROKER)]
)
def test_commands_run(command: str) -> None:
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(
        ["bash", "-c", command],
        cwd=ROOT,
        env={**os.environ, "PATH": path},
        capture_output=True,
        text=True,
        timeout=180,
        check=False,
    )
    assert done.returncode in ({0, 1} if command.startswith("payment-filter check") else {0}), done.stderr
    assert done.stdout.strip()
    assert "Traceback" not in done.stderr


def test_every_path_in_it_exists() -> None:
    named = set(re.findall(r"`((?:schemas|lists|streams|deploy|tests)/[\w./-]+)`", README))
    assert named
    assert {path for path in named if not (ROOT / path).exists()} == set()


def test_every_setting_in_it_exists() -> None:
    named = set(re.findall(rf"`{PREFIX}([A-Z_]+)`", README)) - {"CONFIG"}
    assert {name for name in named if name.lower() not in Settings.model_fields} == set()


def test_the_example_policy_it_names_is_lawful() -> None:
    today = dt.datetime.now(dt.UTC).date()

    parse_policy((ROOT / "deploy" / "policy.toml").read_bytes(), today)
