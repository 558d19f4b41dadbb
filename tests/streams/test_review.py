"""Review afterwards: the same messages, the same findings; a sample that anybody can draw again."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import orjson
import pytest
from typer.testing import CliRunner

from lists.index import Index
from schemas.context import Context
from schemas.decision import EditionUsed
from schemas.wire import reasons_of
from streams.cli import check as check_command
from streams.cli import policy as commands
from streams.pipeline import filter_message
from streams.review import Recorded, drawn, reviewed
from tests.builders import pacs008
from tests.information_builders import SHIPPED

ROOT = Path(__file__).resolve().parents[2]
SAMPLES = ROOT / "deploy" / "samples" / "payments" / "json"
EMPTY = Index.build([], EditionUsed("none"))
LACKING = pacs008(payer_bic="AAAAUS33", payee_bic="EXBKLULL", payer_address="", payer_id="")
RISKY = pacs008(payer_bic="AAAAIRTH", payee_bic="EXBKLULL")


def told(*arguments: str) -> list[dict[str, Any]]:
    result = CliRunner().invoke(commands.app, ["review", *arguments, "--json"])
    assert result.exit_code in {0, 1}, result.output
    return [orjson.loads(line) for line in result.stdout.splitlines()]


@pytest.mark.requirement("DET-02")
def test_a_year_later_the_same_message_has_the_same_defects() -> None:
    for raw in (LACKING, RISKY, pacs008()):
        then, now = (
            filter_message(raw, Context(received_at=datetime(year, 3, 2, tzinfo=UTC)), EMPTY, SHIPPED)
            for year in (2026, 2027)
        )
        record = {then.message_sha256: Recorded(then.outcome.label, tuple(map(str, reasons_of(then))))}
        again = reviewed("m", now, 1, "", record)
        assert again is not None
        assert again.differs == ()
        assert then.decisions == now.decisions


@pytest.mark.requirement("DET-02")
def test_what_was_decided_otherwise_is_told() -> None:
    decisions = filter_message(LACKING, Context(), EMPTY, SHIPPED)
    then = {decisions.message_sha256: Recorded("suspend", ("listed-name",))}
    found = reviewed("m", decisions, 1, "", then)
    assert found is not None
    assert found.outcome == "execute_followup"
    assert found.defects == ("payer-third-element-missing",)
    assert found.differs == ("suspend then, execute now", "no longer listed-name", "now payer-third-element-missing")


@pytest.mark.requirement("DET-02", "DET-10")
def test_what_the_policy_targets_is_reviewed_whatever_is_drawn() -> None:
    targeted = reviewed("m", filter_message(RISKY, Context(), EMPTY, SHIPPED), 0, "", {})
    assert targeted is not None
    assert targeted.chosen == ("targeted: targeted review of corridors with a high-risk country",)
    assert reviewed("m", filter_message(LACKING, Context(), EMPTY, SHIPPED), 0, "", {}) is None
    unread = reviewed("m", filter_message(b"no message", Context(), EMPTY, SHIPPED), 1, "", {})
    assert unread is not None
    assert unread.defects == ("message-unreadable",)


def test_the_sample_depends_on_message_share_and_seed_alone() -> None:
    hashes = [f"{number:064x}" for number in range(20_000)]
    sample = {one for one in hashes if drawn(one, 0.05, "2026-11")}
    assert 850 < len(sample) < 1150
    assert sample == {one for one in reversed(hashes) if drawn(one, 0.05, "2026-11")}
    assert sample < {one for one in hashes if drawn(one, 0.1, "2026-11")}
    assert sample != {one for one in hashes if drawn(one, 0.05, "2026-12")}
    assert not any(drawn(one, 0, "") for one in hashes)
    assert all(drawn(one, 1, "") for one in hashes)


@pytest.mark.requirement("DET-02")
def test_a_folder_is_reviewed_against_its_records(tmp_path: Path) -> None:
    files = sorted(SAMPLES.iterdir())[:60]
    for path in files:
        (tmp_path / "in" / path.name).parent.mkdir(exist_ok=True)
        (tmp_path / "in" / path.name).write_bytes(path.read_bytes())
    decided = CliRunner().invoke(check_command.app, [*map(str, files), "--json"])
    (tmp_path / "records.jsonl").write_text(decided.stdout)
    records = ("--records", str(tmp_path / "records.jsonl"))
    *rows, last = told(str(tmp_path / "in"), *records)
    assert (last["messages"], last["reviewed"], last["drawn"], last["differing"]) == (60, 60, 60, 0)
    assert last["with_defects"] == sum(bool(row["defects"]) for row in rows) > 0
    part = told(str(tmp_path / "in"), "--share", "0.2", "--seed", "a", *records)
    assert part == told(str(tmp_path / "in"), "--share", "0.2", "--seed", "a", *records)
    assert 0 < part[-1]["drawn"] < 60
    assert (part[-1]["share"], part[-1]["seed"]) == (0.2, "a")
    outcomes = {row["outcome"] for row in rows}
    assert "execute" in outcomes  # what was executed is reviewed too
    text = CliRunner().invoke(commands.app, ["review", str(tmp_path / "in"), "--share", "0"])
    assert "0 drawn (share 0.0, seed '')" in text.stdout


@pytest.mark.parametrize("line", ["no record", "[]", '{"outcome": "execute"}'])
def test_records_that_are_none_are_refused(tmp_path: Path, line: str) -> None:
    (tmp_path / "records").write_text(line + "\n")
    result = CliRunner().invoke(commands.app, ["show", "--lexicon", "--records", str(tmp_path / "records")])
    assert "line 1 is no decision record" in str(result.exception)


@pytest.mark.requirement("DET-16")
def test_the_lexicon_is_shown_with_owners_and_dates_for_people_and_machines() -> None:
    text = CliRunner().invoke(commands.app, ["show", "--lexicon"])
    assert "owner compliance_payments, added " in text.stdout
    rows = CliRunner().invoke(commands.app, ["show", "--lexicon", "--json"]).stdout.splitlines()
    assert {"group", "language", "owner", "added", "next_review", "overdue", "hits", "last_hit"} < set(
        orjson.loads(rows[0])
    )


def test_an_undated_message_is_reviewed_as_of_the_day_it_came() -> None:
    undated = pacs008(date=None, payer_bic="AAAAUS33", payee_bic="EXBKLULL", payer_id="")
    early = filter_message(undated, Context(received_at=datetime(2024, 6, 3, tzinfo=UTC)), EMPTY, SHIPPED)
    late = filter_message(undated, Context(received_at=datetime(2026, 3, 2, tzinfo=UTC)), EMPTY, SHIPPED)
    then = {early.message_sha256: Recorded(early.outcome.label, tuple(map(str, reasons_of(early))))}
    same, other = (reviewed("m", one, 1, "", then) for one in (early, late))
    assert same is not None
    assert other is not None
    assert (same.differs, bool(other.differs)) == ((), True)
    assert replace(same, differs=other.differs, outcome=other.outcome, defects=other.defects) == other
