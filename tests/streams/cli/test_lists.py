from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from lists.edge.editions import import_lists
from streams.cli.common import EXIT_NO, Refusal
from streams.cli.lists import app

SAMPLES = Path(__file__).resolve().parents[3] / "deploy" / "samples" / "lists"


def call(*arguments: object) -> object:
    return app([str(argument) for argument in arguments], standalone_mode=False)


def test_lists_are_imported_and_shown(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    call("import", SAMPLES, "--store", tmp_path / "store", "--json")
    imported = json.loads(capsys.readouterr().out)
    assert [one["list"] for one in imported["lists"]] == ["EU", "OFAC_NON_SDN", "OFAC_SDN", "UN"]

    assert not call("show", "--lists", tmp_path / "store", "--json")
    shown = json.loads(capsys.readouterr().out)
    assert shown["edition"] == imported["edition"]
    assert shown["lists"] == imported["lists"]
    assert shown["problems"] == []

    call("show", "--lists", tmp_path / "store")
    table = capsys.readouterr().out.splitlines()
    assert table[0] == f"edition {shown['edition']}"
    assert table[1].split()[:4] == ["list", "published", "entries", "names"]
    assert [line.split()[0] for line in table[2:6]] == ["EU", "OFAC_NON_SDN", "OFAC_SDN", "UN"]


def test_a_list_that_was_verified_too_long_ago_is_marked(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    long_ago = datetime.now(UTC) - timedelta(hours=30)
    import_lists([SAMPLES], tmp_path / "store", max_drop=0.1, now=long_ago)
    assert call("show", "--lists", tmp_path / "store") == EXIT_NO
    shown = capsys.readouterr().out
    assert "30 h ago, over 24" in shown
    assert "list UN was verified 30 h ago, at most 24 h are allowed" in shown


def test_an_edition_that_does_not_meet_the_policy_is_a_no(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "un.xml").write_bytes((SAMPLES / "un" / "consolidated.xml").read_bytes())
    (tmp_path / "notes.txt").write_text("")
    (tmp_path / "lists.toml").write_text(
        '[[list]]\nsource = "UN"\nfiles = ["un.xml"]\nminimum_entries = 1\nminimum_names = 1\n'
    )
    assert call("show", "--lists", tmp_path) == EXIT_NO
    shown = capsys.readouterr().out
    assert "list EU is required and not in the edition" in shown
    assert "notes.txt: no list format we read has this kind of file" in shown


def test_refused_lists_leave_the_store_as_it_was(tmp_path: Path) -> None:
    (tmp_path / "sdn.xml").write_text("<sdnList><sdnEntry>")
    with pytest.raises(Refusal, match=r"the lists are refused, .* is as it was: OFAC_SDN .* no well-formed XML"):
        call("import", tmp_path / "sdn.xml", "--store", tmp_path / "store")
    assert not (tmp_path / "store").exists()


def test_lists_that_are_not_there_are_refused(tmp_path: Path) -> None:
    with pytest.raises(Refusal, match="nowhere does not exist"):
        call("show", "--lists", tmp_path / "nowhere")
