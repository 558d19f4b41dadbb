"""What leaves the filter: outcome with the original bytes, decision record, alert."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal

import orjson
import pytest

from schemas.assessment import Assessment, InformationStatus, RequiredSet
from schemas.context import Direction
from schemas.decision import (
    Decision,
    Decisions,
    EditionUsed,
    InformationRequest,
    ListUsed,
    Outcome,
    PolicyUsed,
    strictest,
)
from schemas.finding import Finding, Match, Piece, Reason
from schemas.payment import Amount, PaymentIds, Rail, Role, Value
from schemas.wire import decision_record, encode
from streams.publish import ASKED, OUR_HEADERS, Inbound, outputs

FRAME = Assessment(
    roles=(Role.PAYEE,),
    direction=Direction.INCOMING,
    rail=Rail.SCT,
    in_scope=True,
    scope_reason="payee's institution in the Union",
    profile="tof.eu_2023_1113",
    required_set=RequiredSet.ART5_1,
    status=InformationStatus.COMPLETE,
)
IDS = PaymentIds(message=Value("M-1", "/m"), uetr=Value("d747fc5c-59c5-41e9-be4c-d45102fc807d", "/u"))
LISTED = Finding(
    Reason.LISTED_NAME,
    "/payer/name",
    "Vasili Drumov",
    match=Match(
        list="UN",
        reference="QDi.999",
        entry_name="VASILIY DRUMOV",
        entry_kind="person",
        matched_name="Vasiliy Drumov",
        strength="primary",
        span="Vasili Drumov",
        score=0.97,
        method="name",
        pieces=(Piece("vasili", "vasiliy", 0.95, 9.1, 44.0),),
    ),
)
NO_NAME = Finding(Reason.PAYER_NAME_MISSING, "/payer/name")
NOTICE = Finding(Reason.NAME_ABSENT_INTRA_UNION, "/payer/name")
BROKEN = Finding(Reason.INTERNAL_ERROR, "", detail="KeyError at x.py:1 f")
HELD = Finding(Reason.FRAUD_HOLD, "header")
INBOUND = Inbound(
    value=b"\x00original\xff",
    key=b"k",
    headers=(
        ("traceparent", b"00-abc"),
        ("payment-filter-context", b"{}"),
        ("Payment-Filter-Outcome", b"execute"),
        ("payment-filter-decision-id", b"forged"),
        ("ce_id", b"theirs"),
    ),
    topic="payments.inbound",
    partition=3,
    offset=42,
    timestamp_ms=1_790_000_000_000,
)


def decision(outcome: Outcome, *findings: Finding, position: int = 1, follow_up: bool = False) -> Decision:
    return Decision(
        position=position,
        path="",
        ids=IDS,
        amount=Amount(Decimal("10.50"), "EUR", "/a"),
        business_date=dt.date(2026, 11, 20),
        outcome=outcome,
        row="M05",
        queue="",
        follow_up=follow_up,
        findings=findings,
        assessment=FRAME,
        requests=(InformationRequest("payer.name", "RQFI/FWTR/DTOR/RQNM"),) if follow_up else (),
        status_codes=(),
    )


def decided(*decisions: Decision) -> Decisions:
    return Decisions(
        decision_id="d" * 32,
        message_sha256="5" * 64,
        format="pacs.008.001.08",
        decisions=decisions,
        policy=PolicyUsed("bank", "1", "p" * 64),
        edition=EditionUsed("e1", (ListUsed("UN", "2026-11-01", "a" * 64, 10),)),
        engine="payment-filter test",
    )


@pytest.mark.requirement("INT-01", "INT-02")
def test_the_original_leaves_untouched_and_nobody_upstream_can_pretend_a_decision() -> None:
    message, record = outputs(INBOUND, decided(decision(Outcome.EXECUTE)))
    assert (message.topic, message.value, message.key) == ("execute", INBOUND.value, b"k")
    headers = dict(message.headers)
    assert headers["traceparent"] == b"00-abc"
    assert headers["payment-filter-context"] == b"{}"
    assert headers["ce_id"] == b"theirs"
    assert "Payment-Filter-Outcome" not in headers
    assert headers["payment-filter-outcome"] == b"execute"
    assert headers["payment-filter-decision-id"] == b"d" * 32
    assert headers["payment-filter-source"] == b"payments.inbound/3/42"
    assert headers["payment-filter-policy"] == b"bank/1/" + b"p" * 64
    assert [name for name, _ in message.headers].count("payment-filter-outcome") == 1
    assert set(OUR_HEADERS) <= set(headers)
    assert record.topic == "decisions"
    event = dict(record.headers)
    assert (event["ce_specversion"], event["ce_id"]) == (b"1.0", b"d" * 32)
    assert event["ce_time"] == b"2026-09-21T14:13:20+00:00"


def test_a_message_goes_where_the_strictest_of_its_payments_says() -> None:
    both = decided(
        decision(Outcome.REJECT, NO_NAME),
        decision(Outcome.SUSPEND, LISTED, position=2),
        decision(Outcome.EXECUTE, position=3),
    )
    message, record, alert = outputs(INBOUND, both)
    assert message.topic == "suspend"
    assert dict(message.headers)["payment-filter-reasons"] == b"listed-name,payer-name-missing"
    body = orjson.loads(record.value)
    assert (body["outcome"], body["decided_by"]) == ("suspend", 2)
    assert [one["payment"] for one in body["findings"]] == [1, 2]
    assert [one["outcome"] for one in body["payments"]] == ["reject", "suspend", "execute"]
    assert alert.topic == "alerts"


def test_the_record_tells_everything_a_person_will_ask() -> None:
    record = decision_record(decided(decision(Outcome.SUSPEND, LISTED)))
    finding = record.findings[0]
    assert finding.sentence == "A name may be that of a listed party."
    assert "Art. 23" in finding.source
    assert finding.match is not None
    assert finding.match.pieces[0].listed == "vasiliy"
    payment = record.payments[0]
    assert (payment.amount, payment.currency, payment.business_date) == ("10.50", "EUR", "2026-11-20")
    assert payment.identifiers.uetr == "d747fc5c-59c5-41e9-be4c-d45102fc807d"
    assert payment.identifiers.end_to_end is None
    assert record.edition.lists[0].published == "2026-11-01"


@pytest.mark.parametrize(
    ("made", "kind", "severity"),
    [
        (decision(Outcome.EXECUTE), None, None),
        (decision(Outcome.REJECT, NO_NAME), None, None),
        (decision(Outcome.SUSPEND, LISTED, BROKEN), "sanctions", "critical"),
        (decision(Outcome.SUSPEND, HELD), "fraud", "high"),
        (decision(Outcome.SUSPEND, BROKEN), "technical", "high"),
        (decision(Outcome.SUSPEND, NO_NAME), "information", "medium"),
        (decision(Outcome.EXECUTE, NO_NAME, follow_up=True), "follow_up", "low"),
        (decision(Outcome.EXECUTE, NOTICE), "notice", "info"),
    ],
)
def test_people_are_told_what_they_must_look_at(made: Decision, kind: str | None, severity: str | None) -> None:
    leaving = outputs(INBOUND, decided(made))
    if kind is None:
        assert len(leaving) == 2
        return
    alert = orjson.loads(leaving[2].value)
    assert (alert["kind"], alert["severity"]) == (kind, severity)
    assert alert["asked"] == ASKED[kind]  # type: ignore[index] # the record is read back as plain JSON
    assert alert["source"] == "payments.inbound/3/42"


@pytest.mark.requirement("SUS-02")
def test_missing_information_alone_is_never_suspicion() -> None:
    leaving = outputs(INBOUND, decided(decision(Outcome.SUSPEND, NO_NAME)))
    alert = orjson.loads(leaving[2].value)
    assert alert["kind"] == "information"
    assert {finding["family"] for finding in alert["findings"]} == {"defect"}


def test_alerts_are_keyed_by_the_case_and_the_same_every_time() -> None:
    first = outputs(INBOUND, decided(decision(Outcome.SUSPEND, LISTED)))[2]
    again = outputs(INBOUND, decided(decision(Outcome.SUSPEND, LISTED)))[2]
    assert first == again
    assert first.key == orjson.loads(first.value)["case_id"].encode()
    assert b"DRUMOV" not in (first.key or b"")


def test_an_unread_message_still_has_a_full_record() -> None:
    unread = Decision(
        position=1,
        path="",
        ids=None,
        amount=None,
        business_date=None,
        outcome=Outcome.SUSPEND,
        row="F00",
        queue="operations",
        follow_up=False,
        findings=(Finding(Reason.MESSAGE_UNREADABLE, "byte 0"),),
        assessment=None,
        requests=(),
        status_codes=(),
    )
    payment = decision_record(decided(unread)).payments[0]
    assert (payment.outcome, payment.roles, payment.in_scope, payment.status) == ("suspend", (), None, None)


def test_nothing_decided_means_nothing_executed() -> None:
    assert strictest([]) is Outcome.SUSPEND
    assert Outcome.REJECT.label == "reject"


def test_a_record_is_its_fields_whichever_edition_decided() -> None:
    for number in [*range(20), 0, 19]:
        used = EditionUsed(f"edition {number}", (ListUsed("UN", "2026-11-01", f"{number:064d}", number),))
        record = decision_record(replace(decided(decision(Outcome.EXECUTE, NOTICE)), edition=used))
        assert encode(record) == orjson.dumps(record)
