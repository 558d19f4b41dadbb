from __future__ import annotations

from decimal import Decimal

from schemas.payment import Amount, Party, PaymentKind, Rail
from tests.builders import UETR
from tests.decoding import bics, decoded, institution
from tests.iso_builders import ORIGINAL, ORIGINAL_IDS, PAYER, RETURN_CHAIN, SENDER, group_return, pacs004

PATH = "/Document/PmtRtr/TxInf"


def test_the_original_payment_is_read_backwards() -> None:
    (payment,) = decoded(pacs004(more=SENDER))
    assert payment.kind is PaymentKind.RETURN
    assert (payment.path, payment.rail) == (PATH, Rail.SCT)
    assert payment.payer
    assert payment.payer.name
    assert (payment.payer.name.text, payment.payer.name.path) == ("Paul Martin", f"{PATH}/OrgnlTxRef/Cdtr/Nm")
    assert payment.payee
    assert payment.payee.name
    assert payment.payee.name.text == "Claire Weber"
    assert payment.payer_account
    assert payment.payer_account.iban
    assert payment.payer_account.iban.text.startswith("FR")
    assert payment.payer_institution
    assert payment.payee_institution
    assert bics((payment.payer_institution, payment.payee_institution)) == ["BBBBFRPP", "AAAALULL"]
    assert bics(payment.intermediaries) == ["CCCCDEFF", "DDDDFRPP"]
    assert payment.amount == Amount(Decimal("2490.00"), "EUR", f"{PATH}/RtrdIntrBkSttlmAmt")
    assert "Account closed" in {text.text for text in payment.texts}


def test_the_return_chain_says_who_gives_back() -> None:
    (payment,) = decoded(pacs004(RETURN_CHAIN + ORIGINAL))
    assert payment.payer
    assert payment.payer.name
    assert (payment.payer.name.text, payment.payer.name.path) == ("Paul Martin", f"{PATH}/RtrChain/Dbtr/Pty/Nm")
    assert payment.payee
    assert payment.payee.path == f"{PATH}/RtrChain/Cdtr/Pty"
    assert bics(payment.intermediaries) == ["EEEEITRR"]
    assert payment.rail is Rail.SCT
    assert payment.payer_account
    assert payment.payer_account.path == f"{PATH}/OrgnlTxRef/CdtrAcct"
    assert payment.payee_account
    assert payment.payee_account.path == f"{PATH}/OrgnlTxRef/DbtrAcct"
    assert "Claire Weber" in {text.text for text in payment.texts}  # of the reference


def test_accounts_of_the_return_chain_go_before_those_of_the_original() -> None:
    own = (
        "<DbtrAcct><Id><Othr><Id>A-1</Id></Othr></Id></DbtrAcct><CdtrAcct><Id><Othr><Id>A-2</Id></Othr></Id></CdtrAcct>"
    )
    (payment,) = decoded(pacs004(RETURN_CHAIN.replace("</RtrChain>", f"{own}</RtrChain>") + ORIGINAL))
    assert payment.payer_account
    assert payment.payer_account.number
    assert payment.payee_account
    assert payment.payee_account.number
    assert (payment.payer_account.number.text, payment.payee_account.number.text) == ("A-1", "A-2")
    assert "LU280019400644750000" in {text.text for text in payment.texts}


def test_an_institution_may_give_back_itself() -> None:
    chain = f"<RtrChain><Dbtr>{institution('Agt', 'BBBBFRPP')}</Dbtr><Cdtr>stray<Pty>{PAYER}</Pty></Cdtr></RtrChain>"
    (payment,) = decoded(pacs004(chain))
    assert payment.payer
    assert payment.payer.bic
    assert (payment.payer.bic.text, payment.payer.path) == ("BBBBFRPP", f"{PATH}/RtrChain/Dbtr/Agt")
    assert "stray" in {text.text for text in payment.texts}


def test_the_identifiers_are_those_of_the_payment_returned() -> None:
    ids = decoded(pacs004())[0].ids
    told = (ids.message, ids.instruction, ids.end_to_end, ids.transaction, ids.uetr, ids.clearing)
    assert [value and value.text for value in told] == ["MSG-0815", "I-1", "E-1", "T-1", UETR, "C-1"]
    assert "R-1" in {text.text for text in decoded(pacs004())[0].texts}
    (payment,) = decoded(pacs004(ids="<RtrId>R-1</RtrId>"))
    assert payment.ids.transaction
    assert payment.ids.transaction.text == "R-1"
    assert decoded(pacs004(ids=ORIGINAL_IDS))[0].ids == ids


def test_a_return_that_names_nobody_has_places_for_them() -> None:
    (payment,) = decoded(pacs004(""))
    assert payment.payer == Party(f"{PATH}/OrgnlTxRef/Cdtr")
    assert payment.payee == Party(f"{PATH}/OrgnlTxRef/Dbtr")
    assert payment.payer_institution is None


def test_the_return_of_a_whole_group_is_one_payment() -> None:
    (payment,) = decoded(group_return())
    assert payment.kind is PaymentKind.RETURN
    assert payment.path == "/Document/PmtRtr"
    assert payment.amount == Amount(Decimal("9.00"), "EUR", "/Document/PmtRtr/GrpHdr/TtlRtrdIntrBkSttlmAmt")
    assert "MSG-1" in {text.text for text in payment.texts}
    assert [problem.path for problem in decoded(group_return(""))[0].problems] == [
        "/Document/PmtRtr/RtrdIntrBkSttlmAmt"
    ]
