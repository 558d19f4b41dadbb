"""payment-filter policy show --coverage, check with warnings, diff."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import orjson
import pytest
from typer.testing import CliRunner

from lists.good_guys import entry_hash
from lists.index import Index
from schemas.context import Context
from schemas.decision import EditionUsed
from schemas.information.lexicon import LEXICON
from streams.cli import policy as commands
from streams.cli.asking import Asked
from streams.cli.common import DEFAULT_LISTS, CheckFailed, Refusal, index_at
from streams.cli.coverage import coverage
from streams.cli.policy_diff import changes
from streams.policy import parse_policy
from tests.information_builders import SHIPPED

ROOT = Path(__file__).resolve().parents[3]
POLICY = ROOT / "deploy" / "policy.toml"
TEXT = POLICY.read_text()
SAMPLES = ROOT / "deploy" / "samples" / "payments"
EMPTY = Index.build([], EditionUsed("none"))
AT = datetime(2026, 11, 20, tzinfo=UTC)


def test_the_table_of_requirements_is_printed() -> None:
    result = CliRunner().invoke(commands.app, ["show", "--coverage"])
    assert result.exit_code == 0
    assert result.stdout.splitlines()[-1].startswith(f"{len(coverage())} requirements: ")
    assert "PAY-17  met" in result.stdout
    assert "rule  schemas.information.amounts" in result.stdout


def test_the_table_is_also_for_machines() -> None:
    result = CliRunner().invoke(commands.app, ["show", "--coverage", "--json"])
    rows = [orjson.loads(line) for line in result.stdout.splitlines()]
    assert [row["id"] for row in rows] == [one.id for one in coverage()]
    assert {row["status"] for row in rows} <= {"met", "partly", "not met"}


def test_check_warns_of_what_is_due(monkeypatch: pytest.MonkeyPatch) -> None:
    class Later(datetime):
        @classmethod
        def now(cls, tz: object = None) -> Later:
            assert tz is UTC
            return cls(2027, 5, 25, tzinfo=UTC)

    monkeypatch.setattr(commands, "datetime", Later)
    result = CliRunner().invoke(commands.app, ["check", str(POLICY)])
    assert result.exit_code == 0
    assert result.stderr.count("payment-filter: warning: lexicon: ") == len(LEXICON.due(Later.now(UTC).date())) > 0


def asked() -> list[Asked]:
    files = sorted((SAMPLES / "json").glob("*.json"))
    return [Asked(path.name, path.read_bytes(), Context(received_at=AT)) for path in files]


def test_the_same_policy_changes_nothing() -> None:
    assert list(changes(asked(), EMPTY, SHIPPED, SHIPPED)) == []


def test_what_another_policy_would_decide_otherwise_is_told_with_its_reasons() -> None:
    stricter = parse_policy(TEXT.replace('action = "execute_followup"', 'action = "suspend"').encode(), AT.date())
    found = list(changes(asked(), EMPTY, SHIPPED, stricter))
    assert found
    assert {(one.old, one.new) for one in found} == {("execute_followup", "suspend")}
    assert all(one.because[0].startswith("payment 1: row M14 execute -> row M14 suspend") for one in found)


def test_another_reading_of_the_law_is_told_item_by_item() -> None:
    readings = TEXT.replace('third_element_2023 = "literal"', 'third_element_2023 = "any_one_with_country"')
    found = list(changes(asked(), EMPTY, SHIPPED, parse_policy(readings.encode(), AT.date())))
    assert any("no longer payer-third-element-incomplete" in line for one in found for line in one.because)
    assert any("status incomplete -> complete" in line for one in found for line in one.because)


def test_fewer_payments_read_is_a_change_too() -> None:
    smaller = parse_policy(TEXT.replace("max_payments = 10_000", "max_payments = 1").encode(), AT.date())
    batch = [Asked(path.name, path.read_bytes(), Context(received_at=AT)) for path in SAMPLES.glob("*/*batch*")]
    assert len(list(changes(batch, EMPTY, SHIPPED, smaller))) == len(batch) > 0


def test_diff_runs_on_a_folder_and_says_how_many(tmp_path: Path) -> None:
    for path in sorted((SAMPLES / "json").glob("*third-element*"))[:3]:
        (tmp_path / path.name).write_bytes(path.read_bytes())
    (tmp_path.parent / "new.toml").write_text(
        TEXT.replace('third_element_2023 = "literal"', 'third_element_2023 = "any_one_with_country"')
    )
    command = [
        "diff",
        str(POLICY),
        str(tmp_path.parent / "new.toml"),
        "--messages",
        str(tmp_path),
        "--at",
        "2026-11-20",
    ]
    for more in ([], ["--json"]):
        result = CliRunner().invoke(commands.app, [*command, *more])
        assert result.exit_code in {0, 1}, result.output
    same = CliRunner().invoke(commands.app, ["diff", str(POLICY), str(POLICY), "--messages", str(tmp_path)])
    assert (same.exit_code, same.stdout) == (0, "0 of 3 messages would be decided otherwise\n")


@pytest.mark.parametrize("folder", ["nowhere", "empty"])
def test_a_folder_without_messages_is_refused(tmp_path: Path, folder: str) -> None:
    (tmp_path / "empty").mkdir()
    command = ["diff", str(POLICY), str(POLICY), "--messages", str(tmp_path / folder)]
    result = CliRunner().invoke(commands.app, command)
    assert "messages" in str(result.exception)


def test_check_tells_what_the_thresholds_find() -> None:
    result = CliRunner().invoke(commands.app, ["check", str(POLICY)])
    assert result.exit_code == 0, result.output
    assert "* 0.710" in result.output
    assert "alerts per 1,000 clean names" in result.output


@pytest.mark.requirement("SCR-05")
def test_check_measures_the_edition_and_the_names_that_are_given(tmp_path: Path) -> None:
    names = tmp_path / "names.txt"
    names.write_text("Claire Weber\nPaul Martin\n\n")
    result = CliRunner().invoke(
        commands.app, ["check", str(POLICY), "--lists", str(DEFAULT_LISTS), "--names", str(names)]
    )
    assert result.exit_code == 0, result.output
    assert "UN: recall 0." in result.output or "UN: recall 1." in result.output
    assert f"{names}: 0.0 alerts per 1,000 of 2 names" in result.output
    names.write_text("\n")
    empty = CliRunner().invoke(
        commands.app, ["check", str(POLICY), "--lists", str(DEFAULT_LISTS), "--names", str(names)]
    )
    assert isinstance(empty.exception, Refusal)


@pytest.mark.requirement("SCR-05")
def test_check_refuses_a_threshold_of_one_list_that_finds_too_little(tmp_path: Path) -> None:
    strict = tmp_path / "policy.toml"
    text = POLICY.read_text().replace("EU = { required = true,", "EU = { required = true, threshold = 0.86,")
    strict.write_text(text)
    assert CliRunner().invoke(commands.app, ["check", str(strict)]).exit_code == 0
    result = CliRunner().invoke(commands.app, ["check", str(strict), "--lists", str(DEFAULT_LISTS)])
    assert isinstance(result.exception, CheckFailed)
    assert "of EU is below the floor of 0.9" in str(result.exception)


def test_good_guy_prints_the_lines_about_an_entry() -> None:
    result = CliRunner().invoke(commands.app, ["good-guy", "UN", "none"])
    assert isinstance(result.exception, Refusal)
    listed = index_at(DEFAULT_LISTS).entries[0]
    result = CliRunner().invoke(commands.app, ["good-guy", listed.list, listed.reference])
    assert result.exit_code == 0, result.output
    assert f'reference = "{listed.reference}"' in result.output
    assert f'entry_sha256 = "{entry_hash(listed)}"' in result.output
