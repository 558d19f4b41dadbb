"""What the runbook tells people to look at and to call is there."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest

from streams.config import PREFIX, Settings
from tests.monitoring import ROOT

TEXT = (ROOT / "deploy" / "RUNBOOK.md").read_text(encoding="utf-8")
EDGE = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "streams").rglob("*.py"))


def _commands() -> list[str]:
    """Each subcommand it names: the words before the first option or placeholder."""
    found = re.findall(r"`?payment-filter ((?:[a-z]+ ?)+)", TEXT)
    return sorted({" ".join(one.split()[:2]) for one in found})


@pytest.mark.parametrize("command", _commands())
def test_every_command_it_names_exists(command: str) -> None:
    run = [sys.executable, "-m", "streams.cli.main", *command.split(), "--help"]
    done = subprocess.run(run, cwd=ROOT, capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 0, done.stderr


def test_every_setting_it_names_exists() -> None:
    named = set(re.findall(rf"{PREFIX}([A-Z_]+)", TEXT))
    assert len(named) > 3
    assert {name for name in named if name.lower() not in Settings.model_fields} == set()


@pytest.mark.parametrize(
    "event", ["worker_failed", "kafka_retry", "transaction_failed", "batch_dropped", "edition_refused"]
)
def test_every_log_event_it_names_is_logged(event: str) -> None:
    assert f"`{event}`" in TEXT
    assert f'"{event}"' in EDGE


def test_every_link_inside_it_leads_somewhere() -> None:
    titles = {title.lower().replace(" ", "-") for title in re.findall(r"(?m)^## (.+)$", TEXT)}
    assert set(re.findall(r"\]\(#([a-z-]+)\)", TEXT)) <= titles
