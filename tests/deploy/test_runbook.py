"""The runbook's own commands exist, with the options it names; and the image, the manifests and it agree."""

from __future__ import annotations

import re
import shlex
import subprocess

import pytest

from streams.config import PREFIX, Settings
from tests.kafka import PROGRAM, ROOT

TEXT = (ROOT / "deploy" / "RUNBOOK.md").read_text(encoding="utf-8")
SAID = sorted({one.split("#")[0].strip() for one in re.findall(r"(payment-filter [a-z][^`\n]*)", TEXT)})
GROUPS = ("audit", "lists", "policy", "topics")
IN_THE_ENVIRONMENT = {f"{PREFIX}CONFIG"}


def _command(line: str) -> tuple[tuple[str, ...], list[str]]:
    words = shlex.split(line)[1:]
    names = tuple(words[:2] if words[0] in GROUPS else words[:1])
    return names, [word for word in words if word.startswith("--")]


def test_the_runbook_names_commands() -> None:
    assert len(SAID) > 8


@pytest.mark.parametrize("line", SAID)
def test_a_command_of_the_runbook_exists_with_its_options(line: str) -> None:
    names, options = _command(line)
    done = subprocess.run(
        [PROGRAM, *names, "--help"],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
        cwd=ROOT,
        env={"COLUMNS": "200", "PATH": "/usr/bin:/bin", "PYTHONPATH": str(ROOT)},
    )
    assert done.returncode == 0, done.stderr
    assert not [option for option in options if option not in done.stdout]


def test_settings_of_the_runbook_exist() -> None:
    known = {PREFIX + name.upper() for name in Settings.model_fields} | IN_THE_ENVIRONMENT
    assert set(re.findall(rf"{PREFIX}[A-Z_]+[A-Z]", TEXT)) <= known
