"""From bytes to decisions: fails closed, one message's trouble is its own, batches change nothing."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import streams.pipeline as module
from lists.entry import Entry, EntryKind, ListedName
from lists.index import Index
from schemas.context import Context, Direction
from schemas.decision import EditionUsed, Outcome
from schemas.finding import Family, Finding, Reason
from schemas.payment import Rail, Role
from streams.decide import facts_of
from streams.pipeline import filter_batch, filter_message
from streams.policy import Policy, parse_policy
from tests.builders import UETR, mt103, pacs008, payment_json, transaction

if TYPE_CHECKING:
    from collections.abc import Callable

    from schemas.decision import Decisions
    from schemas.payment import Payment

ROOT = Path(__file__).resolve().parents[2]
TEXT = (ROOT / "deploy" / "policy.toml").read_text().replace("EXBKLULL", "AAAALULL")
POLICY = parse_policy(TEXT.encode(), dt.date(2026, 11, 22))
CONTEXT = Context(received_at=dt.datetime(2026, 11, 20, 10, tzinfo=dt.UTC))
LISTED = Entry("UN", "QDi.999", EntryKind.PERSON, (ListedName("Vasiliy Drumov"),))
INDEX = Index.build([LISTED], EditionUsed("test-edition"))


def decided(raw: bytes, context: Context = CONTEXT, policy: Policy = POLICY) -> Decisions:
    return filter_message(raw, context, INDEX, policy)


def reasons(decisions: Decisions) -> list[Reason]:
    return [finding.reason for decision in decisions.decisions for finding in decision.findings]


@pytest.mark.parametrize("raw", [pacs008(), mt103(), payment_json()])
def test_a_good_payment_is_executed_in_every_format(raw: bytes) -> None:
    decisions = decided(raw)
    assert (decisions.outcome, reasons(decisions)) == (Outcome.EXECUTE, [])
    assert decisions.deciding.row == "M05"
    assert decisions.deciding.assessment is not None
    assert decisions.deciding.assessment.roles == (Role.PAYER,)


def test_a_listed_payee_is_suspended_whatever_else_is_wrong() -> None:
    decisions = decided(pacs008(payee_name="Vasiliy Drumov", payer_name="", payee_bic="AAAAUS33"))
    assert decisions.outcome is Outcome.SUSPEND
    assert reasons(decisions) == [Reason.LISTED_NAME, Reason.PAYER_NAME_MISSING]
    assert decisions.deciding.findings[0].path.endswith("/Cdtr/Nm")
    assert decisions.deciding.status_codes == ()


@pytest.mark.requirement("PAY-09", "MNG-05")
def test_an_incomplete_outgoing_payment_is_rejected_with_its_code() -> None:
    decisions = decided(pacs008(payee_name="", payee_bic="AAAAUS33"))
    assert (decisions.outcome, decisions.deciding.row) == (Outcome.REJECT, "M04")
    assert decisions.deciding.status_codes == ("BE22",)
    assert decisions.deciding.requests == ()


def test_what_the_hub_reports_counts() -> None:
    assert reasons(decided(pacs008(), replace(CONTEXT, open_hit=True))) == [Reason.OPEN_HIT]
    assert decided(pacs008(), replace(CONTEXT, open_hit=True)).outcome is Outcome.SUSPEND
    held = decided(pacs008(), replace(CONTEXT, fraud_hold=True))
    assert (held.deciding.row, reasons(held)) == ("M02", [Reason.FRAUD_HOLD])
    broken = replace(CONTEXT, problems=(Finding(Reason.CONTEXT_INVALID, "header:payment-filter-context"),))
    assert decided(pacs008(), broken).deciding.row == "F00"


def test_bytes_nobody_can_read_are_suspended_and_still_screened() -> None:
    decisions = decided(b"pay VASILIY DRUMOV now")
    assert decisions.outcome is Outcome.SUSPEND
    assert decisions.format == "unreadable"
    assert Reason.MESSAGE_UNREADABLE in reasons(decisions)
    assert any(finding.facts.family is Family.LISTED for finding in decisions.deciding.findings)


def test_unreadable_bytes_go_back_only_if_the_policy_says_so_and_nobody_listed_is_in_them() -> None:
    returning = parse_policy(
        TEXT.replace('unreadable = "suspend"', 'unreadable = "reject"').encode(), dt.date(2026, 11, 22)
    )
    assert decided(b"<nonsense", policy=returning).outcome is Outcome.REJECT
    assert decided(b"pay VASILIY DRUMOV now", policy=returning).outcome is Outcome.SUSPEND


def test_a_batch_of_payments_takes_the_strictest_outcome() -> None:
    raw = pacs008(
        transactions=[
            transaction(),
            transaction(payee_name="Vasiliy Drumov"),
            transaction(payee_name="", payee_bic="AAAAUS33"),
        ]
    )
    decisions = decided(raw)
    assert [one.outcome for one in decisions.decisions] == [Outcome.EXECUTE, Outcome.SUSPEND, Outcome.REJECT]
    assert decisions.outcome is Outcome.SUSPEND
    assert decisions.deciding.position == 2


def test_the_decision_id_is_of_the_question() -> None:
    first = decided(pacs008())
    assert first.decision_id == decided(pacs008()).decision_id
    later_that_day = replace(CONTEXT, received_at=dt.datetime(2026, 11, 20, 23, tzinfo=dt.UTC))
    assert decided(pacs008(), later_that_day).decision_id == first.decision_id
    assert decided(pacs008(), Context()).decision_id != first.decision_id
    assert decided(pacs008(), replace(CONTEXT, direction=Direction.OUTGOING)).decision_id != first.decision_id
    assert decided(mt103()).decision_id != first.decision_id


def failing_on(name: str, step: Callable[..., object]) -> Callable[..., object]:
    """The real step, except that it fails on the payment of this payee."""

    def wrapped(first: object, *rest: object) -> object:
        payments: list[Payment] = list(first) if isinstance(first, list) else [first]  # type: ignore[list-item] # one payment or a list of them
        if any(payment.payee and payment.payee.name and payment.payee.name.text == name for payment in payments):
            raise LookupError("a surprise that must not leak into the record")
        return step(first, *rest)

    return wrapped


@pytest.mark.parametrize("step", ["screen", "check"])
def test_a_surprise_suspends_its_own_message_and_no_other(monkeypatch: pytest.MonkeyPatch, step: str) -> None:
    monkeypatch.setattr(module, step, failing_on("Poison", getattr(module, step)))
    questions = [(raw, CONTEXT) for raw in (pacs008(), pacs008(payee_name="Poison"), mt103())]
    answers = filter_batch(questions, INDEX, POLICY)
    assert [one.outcome for one in answers] == [Outcome.EXECUTE, Outcome.SUSPEND, Outcome.EXECUTE]
    finding = answers[1].deciding.findings[0]
    assert finding.reason is Reason.INTERNAL_ERROR
    assert finding.detail.startswith("LookupError at test_pipeline.py:")
    assert "surprise" not in finding.detail
    assert answers[1].deciding.ids is not None


def test_a_surprise_while_decoding_or_reading_bytes_suspends(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> object:
        raise RuntimeError

    monkeypatch.setattr(module, "screen_bytes", broken)
    unread = decided(b"not a message")
    assert (unread.outcome, len(reasons(unread))) == (Outcome.SUSPEND, 2)
    monkeypatch.setattr(module, "decode", broken)
    assert reasons(decided(pacs008())) == [Reason.INTERNAL_ERROR, Reason.INTERNAL_ERROR]


def test_screening_failing_for_all_suspends_all(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> object:
        raise MemoryError

    monkeypatch.setattr(module, "screen", broken)
    answers = filter_batch([(pacs008(), CONTEXT), (b"junk", CONTEXT), (mt103(), CONTEXT)], INDEX, POLICY)
    assert {one.outcome for one in answers} == {Outcome.SUSPEND}


@pytest.mark.requirement("PAY-07")
def test_an_identifier_that_two_payments_of_a_message_bear_identifies_neither() -> None:
    def remittance(*uetrs: str) -> bytes:
        return pacs008(transactions=[transaction(uetr=one, payer_iban=None) for one in uetrs])

    context = replace(CONTEXT, payer_account_based=False)
    twice = decided(remittance(UETR, UETR.replace("7a56", "7a57"), UETR), context)
    missing = [[one.reason for one in each.findings if "account" in one.reason] for each in twice.decisions]
    assert missing == [[Reason.PAYER_ACCOUNT_MISSING], [], [Reason.PAYER_ACCOUNT_MISSING]]
    assert twice.outcome is Outcome.REJECT
    assert decided(remittance(UETR), context).outcome is Outcome.EXECUTE


def test_stages_are_marked_for_the_callers_clock() -> None:
    marks: list[str] = []
    filter_batch([(pacs008(), CONTEXT)], INDEX, POLICY, marks.append)
    assert marks == ["decode", "screen", "decide"]
    assert filter_batch([], INDEX, POLICY) == []


def test_facts_are_in_the_matrix_own_terms() -> None:
    decision = decided(
        pacs008(payee_name="", payee_bic="AAAAUS33"), replace(CONTEXT, rail=Rail.SCT_INST, request_expired=True)
    ).deciding
    assert decision.assessment is not None
    facts = facts_of(decision.findings, decision.assessment, replace(CONTEXT, request_expired=True))
    assert (facts.scope, facts.sanctions, facts.rfi, facts.rail) == ("in", "none", "expired", Rail.SCT_INST)
    assert len(facts.defects) == 1
