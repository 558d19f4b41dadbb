"""The command line as a whole: help with examples, completion, colours."""

from __future__ import annotations

import os
import pty
import shlex
import subprocess
import sys
from typing import Any

import pytest

from streams.cli import common
from streams.cli.common import batches
from streams.cli.examples import EXAMPLES
from streams.cli.main import COMMANDS, COMPLETING, command
from tests.kafka import ROOT

RUN = "import sys; from streams.cli.main import main; sys.argv[0] = 'payment-filter'; main()"


def _leaves() -> dict[str, Any]:
    """Every command that can be called, by its path: `policy check`."""
    made = {name: command(name) for name in COMMANDS}
    return {
        path: leaf
        for name, one in made.items()
        for path, leaf in (
            {f"{name} {part}": leaf for part, leaf in getattr(one, "commands", {}).items()} or {name: one}
        ).items()
    }


def _run(*words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", RUN, *words],
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
        cwd=ROOT,
    )


def test_every_command_teaches_by_example() -> None:
    leaves = _leaves()

    assert set(EXAMPLES) == set(leaves)
    assert [path for path, leaf in leaves.items() if EXAMPLES[path][0] not in leaf.epilog] == []


@pytest.mark.parametrize(("path", "line"), [(path, line) for path, lines in EXAMPLES.items() for line in lines])
def test_every_example_would_be_understood(path: str, line: str) -> None:
    """Parsed by the command itself, which refuses unknown options and missing arguments; the README's are run."""
    said = line.removeprefix('eval "$(').removesuffix(')"').partition("payment-filter ")[2].partition(" < ")[0]
    words = shlex.split(said)
    depth = len(path.split())

    assert words[:depth] == path.split()
    _leaves()[path].make_context(path, words[depth:]).close()


def test_examples_stand_on_lines_of_their_own_in_the_help() -> None:
    lines = [line.strip() for line in _run("schemas", "--help", COLUMNS="120").stdout.splitlines()]

    assert list(EXAMPLES["schemas"]) == [line for line in lines if line.startswith("payment-filter ")]


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_script(shell: str) -> None:
    done = _run("completion", shell)

    assert done.returncode == 0, done.stderr
    assert COMPLETING in done.stdout


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("payment-filter sc", {"screen", "schemas"}),
        ("payment-filter policy d", {"diff"}),
        ("payment-filter check --po", {"--policy"}),
    ],
)
def test_bash_is_told_how_the_word_may_go_on(typed: str, wanted: set[str]) -> None:
    count = str(len(typed.split()) - 1)
    done = _run(**{COMPLETING: "complete_bash", "COMP_WORDS": typed, "COMP_CWORD": count})

    assert set(done.stdout.split()) == wanted, done.stderr


def _on_a_terminal(**environment: str) -> bytes:
    """What `check --help` writes to a terminal."""
    master, terminal = pty.openpty()
    clean = {name: value for name, value in os.environ.items() if name not in {"NO_COLOR", "FORCE_COLOR"}}
    order = [sys.executable, "-c", RUN, "schemas", "--help"]
    with subprocess.Popen(order, stdout=terminal, cwd=ROOT, env={**clean, "TERM": "xterm-256color", **environment}):
        os.close(terminal)
        written = b""
        try:
            while piece := os.read(master, 65536):
                written += piece
        except OSError:  # Linux says so when the other side is closed
            os.close(master)
    return written


def test_colours_only_on_a_terminal_and_not_where_they_are_not_wanted() -> None:
    assert "\x1b[" not in _run("schemas", "--help").stdout
    assert b"\x1b[3" in _on_a_terminal().replace(b"\x1b[1;3", b"\x1b[3")
    without = _on_a_terminal(NO_COLOR="1")
    assert without
    assert b";3" not in without
    assert b"\x1b[3" not in without


@pytest.mark.parametrize("terminal", [True, False])
def test_long_work_tells_how_far_it_is_but_only_a_person(
    *, terminal: bool, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(common, "NOTE_SECONDS", 0.0)
    monkeypatch.setattr(sys.stderr, "isatty", lambda: terminal)

    assert [list(batch) for batch in batches("abcde", 2, "messages")] == [["a", "b"], ["c", "d"], ["e"]]

    said = capsys.readouterr()
    assert said.out == ""
    assert ("payment-filter: 2 of 5 messages" in said.err) == terminal
