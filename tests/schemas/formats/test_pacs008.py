from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from schemas.finding import Finding, Reason
from schemas.formats.detect import decode
from schemas.formats.limits import Limits
from schemas.payment import Amount, Party, Rail
from tests.builders import UETR, pacs008, transaction
from tests.decoding import BODY, PATH, bics, decoded, institution, one, texts


def test_a_plain_payment_has_every_value_with_its_place() -> None:
    payment = one()
    assert payment.path == PATH
    assert payment.position == 1
    assert payment.problems == ()
    assert payment.amount == Amount(Decimal("2500.00"), "EUR", f"{PATH}/IntrBkSttlmAmt")
    assert (payment.business_date, payment.business_date_path) == (date(2026, 3, 2), f"{PATH}/IntrBkSttlmDt")
    ids = payment.ids
    assert ids.message
    assert (ids.message.text, ids.message.path) == ("MSG-0815", f"{BODY}/GrpHdr/MsgId")
    assert ids.uetr
    assert (ids.uetr.text, ids.uetr.path) == (UETR, f"{PATH}/PmtId/UETR")
    assert ids.end_to_end
    assert ids.end_to_end.text == "INV-2026-0815"
    assert payment.payer
    assert payment.payer.name
    assert (payment.payer.name.text, payment.payer.name.path) == ("Claire Weber", f"{PATH}/Dbtr/Nm")
    assert payment.payer_account
    assert payment.payer_account.iban
    assert payment.payer_account.iban.path == f"{PATH}/DbtrAcct/Id/IBAN"
    assert payment.payee_institution
    assert bics((payment.payee_institution,)) == ["BBBBFRPP"]
    assert payment.payee_institution.path == f"{PATH}/CdtrAgt"
    assert texts(payment)["RmtInf/Ustrd"] == "Invoice 0815 of February"


@pytest.mark.parametrize("version", [f"{number:02}" for number in range(2, 14)])
def test_every_published_version_decodes(version: str) -> None:
    (payment,) = decoded(pacs008(version=version))
    assert payment.format == f"pacs.008.001.{version}"
    assert payment.payer
    assert payment.payer.name


@pytest.mark.parametrize("namespace", ["", "urn:example:bank", "urn:iso:std:iso:20022:tech:xsd:head.001.001.02"])
def test_the_namespace_does_not_matter(namespace: str) -> None:
    (payment,) = decoded(pacs008(namespace=namespace))
    assert payment.format == "pacs.008"
    assert payment.path == PATH


def test_prefixes_do_not_matter() -> None:
    raw = pacs008().replace(b"</", b"</p:").replace(b"<Doc", b"<p:Doc").replace(b"xmlns=", b"xmlns:p=")
    (payment,) = decoded(re.sub(rb"<([A-Z])", rb"<p:\1", raw))
    assert (payment.format, payment.path) == ("pacs.008.001.08", PATH)
    assert payment.payer
    assert payment.payer.name


def test_a_batch_is_decoded_in_order_with_positions_in_the_paths() -> None:
    payments = decoded(pacs008(transactions=[transaction(payer_name=name) for name in ("A B", "C D", "E F")]))
    assert [payment.position for payment in payments] == [1, 2, 3]
    assert [payment.path for payment in payments] == [PATH, f"{PATH}[2]", f"{PATH}[3]"]
    names = [payment.payer.name for payment in payments if payment.payer]
    assert [(name.text, name.path) for name in names if name] == [
        ("A B", f"{PATH}/Dbtr/Nm"),
        ("C D", f"{PATH}[2]/Dbtr/Nm"),
        ("E F", f"{PATH}[3]/Dbtr/Nm"),
    ]


def test_the_group_header_counts_for_every_payment() -> None:
    header = (
        institution("InstgAgt", "CCCCDEFF")
        + institution("InstdAgt", "DDDDFRPP")
        + "<PmtTpInf><SvcLvl><Cd>SEPA</Cd></SvcLvl></PmtTpInf><IntrBkSttlmDt>2026-03-03</IntrBkSttlmDt>"
    )
    payments = decoded(pacs008(header=header, transactions=[transaction(date=None), transaction(date="2026-03-04")]))
    assert [payment.business_date for payment in payments] == [date(2026, 3, 3), date(2026, 3, 4)]
    assert payments[0].business_date_path == f"{BODY}/GrpHdr/IntrBkSttlmDt"
    for payment in payments:
        assert payment.rail is Rail.SCT
        assert payment.sender
        assert payment.sender.path == f"{BODY}/GrpHdr/InstgAgt"
        assert bics(payment.intermediaries) == ["CCCCDEFF", "DDDDFRPP"]


def test_a_missing_group_header_is_no_obstacle() -> None:
    raw = b"<Document><FIToFICstmrCdtTrf>" + transaction(date=None).encode() + b"</FIToFICstmrCdtTrf></Document>"
    (payment,) = decoded(raw)
    assert payment.ids.message is None
    assert (payment.business_date, payment.business_date_path) == (None, "")


def test_the_day_the_message_was_made_counts_where_no_settlement_date_is_given() -> None:
    payment = one(date=None)
    assert (payment.business_date, payment.business_date_path) == (date(2026, 3, 2), f"{BODY}/GrpHdr/CreDtTm")


def test_payer_and_payee_always_have_a_place_even_when_absent() -> None:
    payment = one(payer_name=None, payer_address="", payer_id="", payee_name=None, payee_address="")
    assert payment.payer == Party(f"{PATH}/Dbtr")
    assert payment.payee == Party(f"{PATH}/Cdtr")
    assert one(payer_iban=None).payer_account is None


def test_an_empty_element_is_not_an_absent_one() -> None:
    payment = one(payer_name="")
    assert payment.payer
    assert payment.payer.name
    assert payment.payer.name.text == ""


SPOILT: dict[str, tuple[dict[str, Any], str, str]] = {
    "amount": ({"amount": "12,50"}, f"{PATH}/IntrBkSttlmAmt", "12,50"),
    "negative amount": ({"amount": "-1.00"}, f"{PATH}/IntrBkSttlmAmt", "-1.00"),
    "amount of nineteen digits": ({"amount": "1234567890123456789"}, f"{PATH}/IntrBkSttlmAmt", "1234567890123456789"),
    "empty amount": ({"amount": ""}, f"{PATH}/IntrBkSttlmAmt", ""),
    "no amount": ({"amount": None}, f"{PATH}/IntrBkSttlmAmt", ""),
    "no currency": ({"currency": None}, f"{PATH}/IntrBkSttlmAmt/@Ccy", ""),
    "currency in small letters": ({"currency": "eur"}, f"{PATH}/IntrBkSttlmAmt/@Ccy", "eur"),
    "date": ({"date": "02.03.2026"}, f"{PATH}/IntrBkSttlmDt", "02.03.2026"),
    "day that does not exist": ({"date": "2026-02-30"}, f"{PATH}/IntrBkSttlmDt", "2026-02-30"),
    "instructed amount": (
        {"before_payer": '<InstdAmt Ccy="USD">many</InstdAmt>'},
        f"{PATH}/InstdAmt",
        "many",
    ),
    "two payers": ({"after_payee": "<Dbtr><Nm>Another One</Nm></Dbtr>"}, f"{PATH}/Dbtr[2]", ""),
}


@pytest.mark.parametrize("name", SPOILT)
def test_a_field_that_makes_no_sense_is_a_problem_and_the_rest_is_decoded(name: str) -> None:
    overrides, path, seen = SPOILT[name]
    payment = one(**overrides)
    assert [(problem.reason, problem.path, problem.seen) for problem in payment.problems] == [
        (Reason.FIELD_UNREADABLE, path, seen)
    ]
    assert payment.problems[0].detail
    assert payment.payer
    assert payment.payer.name
    assert payment.payer.name.text == "Claire Weber"


def test_a_problem_of_the_header_is_one_of_each_payment() -> None:
    header = "<IntrBkSttlmDt>soon</IntrBkSttlmDt><InstgAgt/><InstgAgt/>"
    payments = decoded(pacs008(header=header, transactions=[transaction(date=None), transaction()]))
    doubled = f"{BODY}/GrpHdr/InstgAgt[2]"
    assert [[problem.path for problem in payment.problems] for payment in payments] == [
        [f"{BODY}/GrpHdr/IntrBkSttlmDt", doubled],
        [doubled],
    ]
    assert payments[0].business_date == date(2026, 3, 2)


RAILS: dict[str, tuple[dict[str, Any], Rail]] = {
    "sepa": ({"service_level": "SEPA"}, Rail.SCT),
    "instant": ({"service_level": "SEPA", "local_instrument": "INST"}, Rail.SCT_INST),
    "uetr": ({}, Rail.CBPR),
    "bics": ({"uetr": None}, Rail.CBPR),
    "nothing": ({"uetr": None, "payee_bic": None}, Rail.UNKNOWN),
}


@pytest.mark.parametrize("name", RAILS)
def test_the_rail_as_far_as_the_message_tells(name: str) -> None:
    overrides, rail = RAILS[name]
    assert one(**overrides).rail is rail


@pytest.mark.parametrize(("system", "rail"), [("TGT", Rail.TARGET2), ("FDN", Rail.DOMESTIC), ("ZZZ", Rail.CBPR)])
def test_the_rail_by_clearing_system(system: str, rail: Rail) -> None:
    raw = pacs008().replace(b"<SttlmMtd>CLRG</SttlmMtd>", f"<ClrSys><Cd>{system}</Cd></ClrSys>".encode())
    assert decoded(raw)[0].rail is rail


def test_a_payment_without_any_reference() -> None:
    ids = one(end_to_end=None, transaction_id=None, uetr=None).ids
    assert (ids.end_to_end, ids.transaction, ids.uetr, ids.instruction, ids.clearing) == (None,) * 5


def test_a_finding_is_returned_not_raised_for_a_message_without_payments() -> None:
    assert isinstance(decode(pacs008(transactions=[]), Limits()), Finding)
