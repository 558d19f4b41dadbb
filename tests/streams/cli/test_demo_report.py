"""The demo's table of outcomes gives causes only: what is kept for the record moves nothing."""

from __future__ import annotations

import pytest

from schemas.decision import Decision, Decisions, EditionUsed, Outcome, PolicyUsed
from schemas.finding import REASONS, Finding, Reason
from schemas.wire import decision_record
from streams.cli.demo_report import outcome_table
from streams.edge.demo.traffic import Seen

RECORDED, NOTICED, MISSING = (
    Finding(reason, "/p") for reason in (Reason.LISTS_NOT_APPLIED, Reason.DATE_IMPLAUSIBLE, Reason.PAYER_NAME_MISSING)
)
IN_ORDER = "Nothing is missing and nobody is listed."


def decision(outcome: Outcome, position: int, *findings: Finding) -> Decision:
    return Decision(position, "", None, None, None, outcome, "M01", "", False, findings, None, (), ())  # noqa: FBT003 - the record's own order


@pytest.mark.parametrize(
    ("decisions", "told"),
    [
        ([decision(Outcome.EXECUTE, 1)], IN_ORDER),
        ([decision(Outcome.EXECUTE, 1, RECORDED)], IN_ORDER),
        (
            [decision(Outcome.EXECUTE, 1, NOTICED, RECORDED)],
            f"Executed all the same: {REASONS[NOTICED.reason].sentence}",
        ),
        ([decision(Outcome.SUSPEND, 1, MISSING, RECORDED)], REASONS[MISSING.reason].sentence),
        (
            [decision(Outcome.EXECUTE, 1, RECORDED), decision(Outcome.EXECUTE, 2, NOTICED)],
            f"Executed all the same: {REASONS[NOTICED.reason].sentence}",
        ),
    ],
)
def test_what_is_kept_for_the_record_is_no_cause(decisions: list[Decision], told: str) -> None:
    made = Decisions("id", "sha", "json", tuple(decisions), PolicyUsed("p", "1", "0"), EditionUsed("e"), "engine")
    table = outcome_table(Seen(decisions={(0, 0): decision_record(made)}))
    assert [cell for cell in table.columns[2].cells if cell] == [told]
