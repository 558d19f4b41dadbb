"""Bad input gets one clear sentence that names the thing, the place and the way out; never a traceback."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from streams.edge.errors import BrokerRefused
from streams.edge.java import find_java, libraries

ROOT = Path(__file__).resolve().parents[3]
POLICY = (ROOT / "deploy" / "policy.toml").read_text()
SAMPLES = ROOT / "deploy" / "samples" / "lists"
NOBODY_THERE = "127.0.0.1:1"
WORKER = {
    "PAYMENT_FILTER_LISTS": str(SAMPLES),
    "PAYMENT_FILTER_POLICY": str(ROOT / "deploy" / "policy.toml"),
    "PAYMENT_FILTER_KAFKA_BOOTSTRAP": NOBODY_THERE,
    "PAYMENT_FILTER_HTTP_PORT": "0",
}


def call(*arguments: str, environment: dict[str, str] | None = None) -> tuple[int, str, str]:
    done = subprocess.run(
        [str(Path(sys.executable).with_name("payment-filter")), *arguments],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=120,
        cwd=ROOT,
        env={**os.environ, **(environment or {})},
        check=False,
    )
    return done.returncode, done.stdout.decode(), done.stderr.decode()


def complaint(*arguments: str, environment: dict[str, str] | None = None) -> str:
    """The one sentence on stderr."""
    status, _, stderr = call(*arguments, environment=environment)
    assert "Traceback" not in stderr
    lines = [line for line in stderr.splitlines() if line.startswith("payment-filter: ")]
    assert len(lines) == 1, stderr
    assert status == 2, stderr
    return lines[0]


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("chek",), "no command 'chek'; did you mean check?"),
        (("check", "--nope"), "No such option: --nope"),
        (("check",), "Missing argument 'FILE…'"),
        (("check", "no-such-file.xml"), "cannot read no-such-file.xml: no such file or directory"),
        (("check", "deploy"), "deploy is a folder; name the files in it"),
        (("check", "-", "--policy", "none.toml"), "none.toml is refused: the file cannot be read"),
        (("check", "-", "--at", "yesterday"), "'yesterday' does not match the format"),
        (("check", "-", "--lists", "no-such-folder"), "no-such-folder"),
        (("check", "-", "--context", "README.md"), "context file README.md"),
        (("screen",), "no name to screen"),
        (("screen", "--file", "README.md"), "there is no column 'name'"),
        (("screen", "x", "--threshold", "2"), "'--threshold': Input should be less than or equal to 1"),
        (("screen", "x", "--kind", "ship"), "'ship' is not one of"),
        (("explain", "no-such-file"), "cannot read no-such-file"),
        (("policy", "test", "Makefile"), "Makefile"),
        (("policy", "test", "deploy/policy.toml"), "deploy/policy.toml"),
        (("policy", "nope"), "No such command 'nope'"),
    ],
)
def test_wrong_use_is_one_sentence(arguments: tuple[str, ...], says: str) -> None:
    assert says in complaint(*arguments)


def test_help_needs_nothing_and_no_command_shows_it() -> None:
    status, shown, _ = call("--help")
    assert status == 0
    assert "Commands:" in shown
    assert call()[:2] == (2, shown)
    assert call("--version")[1].startswith("payment-filter ")
    assert call("policy")[0] == 2


def test_a_policy_with_three_mistakes_names_all_three(tmp_path: Path) -> None:
    bad = POLICY.replace('own_bics = ["EXBKLULL"]', "own_bics = []").replace("max_depth = 40", "max_dept = 40")
    bad = bad.replace(
        'role = "payer_psp", status = "not_complete" }\naction = "reject"', 'role = "payer_psp" }\naction = "execute"'
    )
    (tmp_path / "policy.toml").write_text(bad)
    said = complaint("policy", "check", str(tmp_path / "policy.toml"))
    assert "own_bics" in said
    assert "max_dept: unknown setting" in said
    assert "Art. 4(6) forbids" in said


def test_a_list_file_of_the_wrong_format_is_named(tmp_path: Path) -> None:
    (tmp_path / "sdn.xml").write_text("<html><body>Sign in</body></html>")
    said = complaint("lists", "import", str(tmp_path), "--store", str(tmp_path / "store"))
    assert "sdn.xml" in said or str(tmp_path) in said


def test_a_list_with_half_its_entries_gone_is_refused_and_the_old_edition_kept(tmp_path: Path) -> None:
    store, lists = tmp_path / "store", tmp_path / "lists"
    shutil.copytree(SAMPLES, lists)
    assert call("lists", "import", str(lists), "--store", str(store))[0] == 0
    before = json.loads(call("lists", "show", "--lists", str(store), "--json")[1])
    for file in (lists / "ofac" / "sdn.csv", lists / "ofac" / "alt.csv", lists / "ofac" / "add.csv"):
        rows = file.read_text().splitlines(keepends=True)
        file.write_text("".join(rows[: len(rows) // 2]))
    said = complaint("lists", "import", str(lists), "--store", str(store))
    assert "OFAC_SDN" in said
    shown = json.loads(call("lists", "show", "--lists", str(store), "--json")[1])
    [refusal] = shown.pop("problems")
    assert "OFAC_SDN" in refusal
    assert "cut short" in refusal
    assert before.pop("problems") == []
    assert shown == before, "the edition in use is the one before"


@pytest.mark.parametrize("command", [("run",), ("topics", "check")])
def test_a_broker_that_does_not_answer_is_named(command: tuple[str, ...]) -> None:
    said = complaint(*command, environment=WORKER)
    assert NOBODY_THERE in said


def test_neither_java_nor_docker_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As on a machine with nothing: no Java but the wheel's, no Maven, no Docker, and no jars fetched before."""
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("JAVA_HOME", raising=False)
    monkeypatch.delenv("PAYMENT_FILTER_KAFKA_BOOTSTRAP", raising=False)
    with pytest.raises(BrokerRefused) as refused:
        libraries(find_java(), tmp_path / "libs")
    for way_out in ("Maven", "Java 17", "Docker", "PAYMENT_FILTER_KAFKA_BOOTSTRAP"):
        assert way_out in str(refused.value)
