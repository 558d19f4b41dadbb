"""Recorded messages under both laws: only the law may make a difference, and every real message gets an answer."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import orjson
import pytest
from typer.testing import CliRunner

from lists.index import Index
from schemas.context import Context
from schemas.decision import EditionUsed
from schemas.finding import Reason
from streams.cli import policy as commands
from streams.cli.policy_outcomes import outcome_lines
from streams.outcomes import LAWS, OUTCOMES, counted, outcomes_of
from tests.builders import mt103, pacs008
from tests.information_builders import SHIPPED
from tests.shared import SHARED

if TYPE_CHECKING:
    from streams.outcomes import Outcomes

ROOT = Path(__file__).resolve().parents[2]
SAMPLES = ROOT / "deploy" / "samples" / "payments"
EMPTY = Index.build([], EditionUsed("none"))
NO_BIRTH = "<Id><PrvtId><Othr><Id>19800229123</Id><SchmeNm><Cd>NIDN</Cd></SchmeNm></Othr></PrvtId></Id>"


def judged(*messages: bytes) -> list[Outcomes]:
    questions = [(raw, Context()) for raw in messages]
    return outcomes_of([str(place) for place in range(len(messages))], questions, EMPTY, SHIPPED)


@pytest.mark.requirement("SCP-04")
@pytest.mark.parametrize("date", ["2019-01-02", "2026-11-20", None])
def test_the_message_meets_both_laws_whatever_its_own_date(date: str | None) -> None:
    outside = pacs008(payer_bic="AAAAUS33", payer_id=NO_BIRTH, payee_bic="EXBKLULL", date=date)
    (one,) = judged(outside)
    assert one.laws["eu_2015_847"].outcome == "execute"
    assert one.laws["eu_2023_1113"].outcome == "execute_followup"
    assert one.laws["eu_2023_1113"].because == (Reason.PAYER_THIRD_ELEMENT_INCOMPLETE.value,)
    assert (one.type, one.payments) == ("pacs.008.001.08", 1)


@pytest.mark.parametrize(
    ("raw", "kind"),
    [
        (
            b"{1:F01EXBKLULLAXXX0000000000}{2:O1990000000000AAAAUS33AXXX00000000000000000000N}{4:\r\n:20:X\r\n-}",
            "MT199",
        ),
        (
            b'<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.029.001.09"><RsltnOfInvstgtn/></Document>',
            "camt.029.001.09",
        ),
        (b"no message at all", "unreadable"),
    ],
)
def test_what_is_not_decided_is_counted_by_its_own_type(raw: bytes, kind: str) -> None:
    (one,) = judged(raw)
    assert one.type == kind
    assert one.laws["eu_2015_847"] == one.laws["eu_2023_1113"]
    assert one.laws["eu_2015_847"].because[0].startswith("message-unreadable: ")
    assert one.laws["eu_2015_847"].outcome == "suspend"


def test_the_table_says_a_number_twice_only_where_the_laws_differ() -> None:
    found = judged(pacs008(payer_bic="AAAAUS33", payer_id=NO_BIRTH, payee_bic="EXBKLULL"), mt103(), mt103())
    lines = list(outcome_lines(found))
    assert lines[0].split() == ["execute", "|", "execute_followup", "0"]
    assert "        payer-third-element-incomplete [2023/1113]" in lines
    table = {line.split()[0]: line for line in lines[lines.index("") :] if line}
    assert "1 / 0" in table["pacs.008.001.08"]
    assert "/" not in table["mt103"]
    assert table["all"].split()[1] == "3"


def test_every_sample_is_told_for_people_and_for_machines() -> None:
    command = ["outcomes", str(SAMPLES / "json"), str(SAMPLES / "mt103")]
    text = CliRunner().invoke(commands.app, command)
    assert (text.exit_code, text.stderr) == (0, "")
    told = CliRunner().invoke(commands.app, [*command, "--json"])
    *rows, last = [orjson.loads(line) for line in told.stdout.splitlines()]
    assert last["messages"] == len(rows) == sum(1 for part in ("json", "mt103") for _ in (SAMPLES / part).iterdir())
    assert set(rows[0]["laws"]) == set(LAWS)
    assert all(row["message"] in text.stdout for row in rows)
    assert sum(last["types"]["mt103"]["eu_2023_1113"].values()) == sum(row["type"] == "mt103" for row in rows)


@pytest.mark.shared
def test_every_real_message_is_decided_under_both_laws() -> None:
    folder = SHARED / "data" / "payments"
    files = [path for path in sorted(folder.rglob("*")) if path.is_file() and path.suffix not in {".xsd", ".csv"}]
    found = outcomes_of(
        [path.name for path in files], [(path.read_bytes(), Context()) for path in files], EMPTY, SHIPPED
    )
    assert len(found) == len(files) > 400
    for one in found:
        for under in one.laws.values():
            assert under.outcome in OUTCOMES
            assert not any(reason.startswith(Reason.INTERNAL_ERROR) for reason in under.because), one
            assert under.because or under.outcome == "execute", one
    assert sum(sum(laws["eu_2023_1113"].values()) for laws in counted(found).values()) == len(files)
