from __future__ import annotations

import gzip
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from lists.edge.editions import import_lists
from streams.cli.common import EXIT_NO, Refusal
from streams.cli.lists import app
from tests.lists.edge.publisher import Answer, publisher

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


def newer_un(folder: Path) -> Path:
    """The invented UN list of a day later: one person gone, one renamed."""
    raw = (SAMPLES / "un" / "consolidated.xml").read_text("utf-8").replace("2026-11-02T", "2026-11-03T")
    first = raw.index("<INDIVIDUAL>")
    raw = raw[:first] + raw[raw.index("</INDIVIDUAL>") + len("</INDIVIDUAL>") :]
    folder.mkdir()
    (folder / "un.xml").write_text(raw.replace("<FIRST_NAME>", "<FIRST_NAME>Mc", 1), "utf-8")
    (folder / "lists.toml").write_text(
        '[[list]]\nsource = "UN"\nfiles = ["un.xml"]\nminimum_entries = 1\nminimum_names = 1\n'
    )
    return folder


def test_two_editions_are_compared(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    store = tmp_path / "store"
    call("import", SAMPLES, "--store", store, "--json")
    call("import", newer_un(tmp_path / "new"), "--store", store, "--json")
    before, after = (json.loads(line)["edition"] for line in capsys.readouterr().out.splitlines())
    assert not call("diff", before, after, "--store", store, "--json")
    found = json.loads(capsys.readouterr().out)
    assert found["lists"]["UN"] == ["2026-11-02", "2026-11-03"]
    assert found["lists"]["EU"] == ["2026-11-02", "2026-11-02"]
    assert [entry["reference"] for entry in found["removed"]] == ["QDi.900"]
    [change] = found["changed"]
    [field] = change["fields"]
    assert (field["field"], len(field["removed"]), len(field["added"])) == ("names", 1, 1)

    call("diff", before, after, "--store", store)
    shown = capsys.readouterr().out.splitlines()
    assert shown[0] == f"edition {before} to {after}"
    assert "UN: 2026-11-02 to 2026-11-03; 0 added, 1 removed, 1 changed" in shown
    assert any(line.startswith("- UN QDi.900  person  ") for line in shown)
    assert any(line.startswith("    + names: Mc") and line.endswith("(primary, latn)") for line in shown)

    call("diff", SAMPLES, store)
    assert f"to {after}" in capsys.readouterr().out
    with pytest.raises(Refusal, match="missing or damaged"):
        call("diff", before, "0000", "--store", store)


def test_a_store_is_verified(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    store = tmp_path / "store"
    call("import", SAMPLES, "--store", store)
    call("import", newer_un(tmp_path / "new"), "--store", store)
    capsys.readouterr()
    assert not call("verify", store)
    first, second = (line.split()[0] for line in capsys.readouterr().out.splitlines())

    entries = store / "editions" / first / "entries.json.gz"
    entries.write_bytes(gzip.compress(gzip.decompress(entries.read_bytes()).replace(b"Iraq", b"Iran")))
    manifest = store / "editions" / second / "manifest.json"
    manifest.write_text(manifest.read_text().replace('"names": ', '"names": 1'))
    assert call("verify", store, "--json") == EXIT_NO
    verified = json.loads(capsys.readouterr().out)
    assert verified["editions"] == [first, second]
    assert "were changed" in verified["damaged"][first]
    assert "the manifest gives EU" in verified["damaged"][second]
    with pytest.raises(Refusal, match="is no edition store"):
        call("verify", tmp_path)


def test_the_recall_of_an_edition_is_measured(capsys: pytest.CaptureFixture[str]) -> None:
    assert not call("accuracy", "--lists", SAMPLES, "--json")
    measured = json.loads(capsys.readouterr().out)
    assert set(measured["lists"]) == {"EU", "OFAC_NON_SDN", "OFAC_SDN", "UN"}
    assert all(one["recall"] >= measured["floor"] for one in measured["lists"].values())
    assert not call("accuracy", "--lists", SAMPLES)
    table = capsys.readouterr().out.splitlines()
    assert table[1].split() == ["class", "EU", "OFAC_NON_SDN", "OFAC_SDN", "UN"]
    assert table[-1].split()[0] == "all"


def test_lists_are_refreshed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    store = tmp_path / "store"
    call("import", SAMPLES, "--store", store, "--json")
    edition = json.loads(capsys.readouterr().out)["edition"]
    with publisher(tmp_path) as site:
        given = ("--store", store, "--authorities", site.authorities, "--list", "UN")
        half = site.gives("/un.xml", Answer((SAMPLES / "un" / "consolidated.xml").read_bytes()))
        assert call("refresh", *given, "--address", f"UN={half}?token=mine", "--json") == EXIT_NO
        said = capsys.readouterr()
        assert "token" not in said.err
        refreshed = json.loads(said.out)
        assert refreshed["edition"] == edition
        assert "UN (" in refreshed["problems"][0]
        assert "entries where at least 700 are expected" in refreshed["problems"][0]
        assert not call("show", "--lists", store)
        assert "refused at 2" in capsys.readouterr().out
        with pytest.raises(Refusal, match=r"no list could be taken, .* is as it was: UN"):
            call("refresh", "--store", tmp_path / "new", *given[2:], "--address", f"UN={half}")


@pytest.mark.parametrize(
    ("given", "says"),
    [
        (("--list", "XX"), "no list 'XX' that its publisher gives at an address"),
        (("--address", "UN=http://plain"), "give LIST=https://"),
    ],
)
def test_a_refresh_of_what_is_not_known_is_refused(tmp_path: Path, given: tuple[str, ...], says: str) -> None:
    with pytest.raises(Refusal, match=says):
        call("refresh", "--store", tmp_path, *given)


def test_lists_that_are_not_there_are_refused(tmp_path: Path) -> None:
    with pytest.raises(Refusal, match="nowhere does not exist"):
        call("show", "--lists", tmp_path / "nowhere")
