from __future__ import annotations

from schemas.decision import Decision, Decisions, EditionUsed, Outcome, PolicyUsed
from schemas.finding import Finding, Reason
from streams.fitting import LARGEST_VALUE_BYTES, too_large, without_detail
from streams.publish import Inbound, Outgoing, alert_kind, outputs

INBOUND = Inbound(b"<bytes>", b"key", (), "payments.inbound", 0, 7, 1_780_000_000_000)


def _decision(position: int, detail: str) -> Decision:
    finding = Finding(Reason.LISTED_NAME, "/Dbtr/Nm", "seen", detail)
    return Decision(
        position=position,
        path="",
        ids=None,
        amount=None,
        business_date=None,
        outcome=Outcome.REJECT,
        row="R01",
        queue="",
        follow_up=True,
        findings=(finding,),
        assessment=None,
        requests=(),
        status_codes=("RR04",),
    )


def _decisions(detail: str) -> Decisions:
    told = tuple(_decision(position, detail) for position in (1, 2, 3))
    policy, edition = PolicyUsed("bank", "1", "0" * 64), EditionUsed("e" * 16)
    return Decisions("d" * 32, "a" * 64, "pacs008", told, policy, edition, "payment-filter/0")


def test_ordinary_records_fit() -> None:
    assert not too_large(outputs(INBOUND, _decisions("short")))
    assert not too_large([Outgoing("decisions", None, b"x" * LARGEST_VALUE_BYTES, ())])
    assert too_large([Outgoing("decisions", None, b"x" * (LARGEST_VALUE_BYTES + 1), ())])


def test_a_message_with_too_much_to_say_is_suspended_and_fits() -> None:
    decisions = _decisions("x" * (LARGEST_VALUE_BYTES // 3))
    assert too_large(outputs(INBOUND, decisions))
    told = without_detail(decisions)
    leaving = outputs(INBOUND, told)
    assert not too_large(leaving)
    assert [outgoing.topic for outgoing in leaving] == ["suspend", "decisions", "alerts"]
    assert leaving[0].value == INBOUND.value
    [finding] = told.decisions[0].findings
    assert finding.reason is Reason.INTERNAL_ERROR
    assert "3 payments" in finding.detail
    assert told.decision_id == decisions.decision_id
    assert alert_kind(told) == "technical"
