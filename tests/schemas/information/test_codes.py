from __future__ import annotations

import pytest

from schemas.decision import InformationRequest, Outcome
from schemas.finding import REASONS, Family, Finding, Reason
from schemas.information.codes import requests, status_codes
from schemas.payment import Rail

DEFECTS = [reason for reason, facts in REASONS.items() if facts.family is Family.DEFECT]


def finding(reason: Reason, *wanted: str) -> Finding:
    return Finding(reason, "/p", wanted=wanted)


@pytest.mark.requirement("MNG-05")
@pytest.mark.parametrize(
    ("reason", "cbpr", "sct"),
    [
        (Reason.PAYER_ACCOUNT_MISSING, "RR01", "RR01"),
        (Reason.PAYER_ACCOUNT_INADMISSIBLE, "AC02", "RR01"),
        (Reason.PAYEE_ACCOUNT_MISSING, "AC03", "AC01"),
        (Reason.PAYER_NAME_MEANINGLESS, "BE08", "RR02"),
        (Reason.PAYER_NAME_INADMISSIBLE, "RR10", "RR04"),
        (Reason.PAYEE_NAME_MISSING, "BE22", "RR03"),
        (Reason.PAYER_THIRD_ELEMENT_MISSING, "RR02", "RR02"),
        (Reason.PAYER_THIRD_ELEMENT_INCOMPLETE, "RR12", "RR02"),
        (Reason.PAYER_LEI_MISSING, "RR12", "RR04"),
        (Reason.MESSAGE_UNREADABLE, "FF01", "FF01"),
        (Reason.INTERNAL_ERROR, "RR04", "RR04"),
    ],
)
def test_the_reason_of_a_reject(reason: Reason, cbpr: str, sct: str) -> None:
    assert status_codes([finding(reason)], Outcome.REJECT, Rail.CBPR) == (cbpr,)
    assert status_codes([finding(reason)], Outcome.REJECT, Rail.SCT_INST) == (sct,)


@pytest.mark.requirement("MNG-05")
@pytest.mark.parametrize("reason", DEFECTS)
@pytest.mark.parametrize("rail", list(Rail))
def test_every_defect_has_a_code_and_a_question(reason: Reason, rail: Rail) -> None:
    (code,) = status_codes([finding(reason)], Outcome.SUSPEND, rail)
    assert len(code) == 4
    assert all(asked.code.startswith("RQFI/FWTR/") for asked in requests([finding(reason)]))
    assert requests([finding(reason)])


def test_a_country_alone_has_its_own_code() -> None:
    country = finding(Reason.PAYER_THIRD_ELEMENT_INCOMPLETE, "address_country")
    assert status_codes([country], Outcome.REJECT, Rail.CBPR) == ("BE10",)
    assert status_codes([country], Outcome.REJECT, Rail.SCT) == ("RR02",)


@pytest.mark.parametrize("reason", [Reason.OPEN_HIT, Reason.LISTED_NAME, Reason.SANCTIONED_PLACE, Reason.FRAUD_HOLD])
def test_nothing_is_said_where_it_would_tip_off(reason: Reason) -> None:
    found = [finding(reason), finding(Reason.PAYER_NAME_MISSING)]
    assert status_codes(found, Outcome.SUSPEND, Rail.CBPR) == ()
    assert status_codes(found, Outcome.REJECT, Rail.CBPR) == ("RR04",)


def test_an_executed_payment_has_no_reason_and_notices_have_no_code() -> None:
    assert status_codes([finding(Reason.PAYER_NAME_MISSING)], Outcome.EXECUTE, Rail.CBPR) == ()
    assert status_codes([finding(Reason.NAME_ABSENT_INTRA_UNION)], Outcome.SUSPEND, Rail.CBPR) == ()
    assert requests([finding(Reason.NAME_ABSENT_INTRA_UNION), finding(Reason.LISTED_NAME)]) == ()


def test_several_items_give_several_codes_each_once() -> None:
    found = [
        finding(Reason.PAYEE_ACCOUNT_MISSING),
        finding(Reason.PAYER_NAME_MISSING),
        finding(Reason.PAYER_NAME_MISSING),
    ]
    assert status_codes(found, Outcome.SUSPEND, Rail.CBPR) == ("AC03", "BE08")
    assert requests(found) == (
        InformationRequest("payee.account", "RQFI/FWTR/CTOR/RQAC"),
        InformationRequest("payer.name", "RQFI/FWTR/DTOR/RQNM"),
    )


def test_only_the_parts_that_are_missing_are_asked_for() -> None:
    partly = finding(Reason.PAYER_THIRD_ELEMENT_INCOMPLETE, "document_number", "customer_number")
    assert [asked.code for asked in requests([partly])] == ["RQFI/FWTR/DTOR/NIDN", "RQFI/FWTR/DTOR/CUST"]
