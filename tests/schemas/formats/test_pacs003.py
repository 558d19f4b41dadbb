from __future__ import annotations

from datetime import date

from schemas.payment import Party, PaymentKind
from tests.decoding import bics, decoded, institution
from tests.iso_builders import CUSTOMERS, PAYEE, PAYER, SENDER, SETTLED, pacs003

PATH = "/Document/FIToFICstmrDrctDbt/DrctDbtTxInf"


def test_the_money_goes_from_payer_to_payee_though_the_payees_side_asks() -> None:
    (payment,) = decoded(pacs003())
    assert payment.kind is PaymentKind.DIRECT_DEBIT
    assert (payment.format, payment.path, payment.position) == ("pacs.003.001.08", PATH, 1)
    assert payment.payer
    assert payment.payer.name
    assert payment.payee
    assert payment.payee.name
    assert (payment.payer.name.text, payment.payee.name.text) == ("Claire Weber", "Paul Martin")
    assert payment.payee.name.path == f"{PATH}/Cdtr/Nm"
    assert payment.sender
    assert payment.receiver
    assert bics((payment.sender, payment.receiver)) == ["CCCCDEFF", "DDDDFRPP"]
    assert bics(payment.intermediaries) == ["CCCCDEFF", "DDDDFRPP"]
    assert {"M-1", "Scheme Name"} <= {text.text for text in payment.texts}


def test_where_no_institution_is_named_the_sender_is_the_payees() -> None:
    ends = f"<Dbtr>{PAYER}</Dbtr><Cdtr>{PAYEE}</Cdtr>"
    between = institution("IntrmyAgt1", "CCCCDEFF") + institution("IntrmyAgt2", "EEEEITRR")
    (payment,) = decoded(pacs003(ends, more=SENDER + between))
    assert bics(payment.intermediaries) == ["EEEEITRR"]


def test_the_day_is_that_of_settlement_else_of_collection() -> None:
    assert decoded(pacs003())[0].business_date == date(2026, 3, 2)
    amount = SETTLED.partition("<IntrBkSttlmDt>")[0]
    (payment,) = decoded(pacs003(settled=amount))
    assert (payment.business_date, payment.business_date_path) == (date(2026, 3, 3), f"{PATH}/ReqdColltnDt")


def test_what_is_absent_has_a_place_and_no_amount_is_a_problem() -> None:
    (payment,) = decoded(pacs003(CUSTOMERS.partition("<Cdtr>")[0], settled=""))
    assert payment.payee == Party(f"{PATH}/Cdtr")
    assert [problem.path for problem in payment.problems] == [f"{PATH}/IntrBkSttlmAmt"]
