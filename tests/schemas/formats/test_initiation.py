"""pain.001 and pain.008: what customers order."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from schemas.finding import Finding
from schemas.formats.detect import decode
from schemas.formats.limits import Limits
from schemas.payment import Amount, Party, PaymentKind, Rail
from tests.decoding import bics, decoded, institution
from tests.iso_builders import ORDERER, block, order, pain001, pain008

BODY = "/Document/CstmrCdtTrfInitn"
PATH = f"{BODY}/PmtInf/CdtTrfTxInf"


def test_the_payers_side_stands_in_the_block() -> None:
    (payment,) = decoded(pain001())
    assert payment.kind is PaymentKind.INITIATION
    assert (payment.format, payment.path, payment.rail) == ("pain.001.001.09", PATH, Rail.SCT)
    assert payment.problems == ()
    assert payment.payer
    assert payment.payer.name
    assert (payment.payer.name.text, payment.payer.name.path) == ("Claire Weber", f"{BODY}/PmtInf/Dbtr/Nm")
    assert payment.payee
    assert payment.payee.name
    assert (payment.payee.name.text, payment.payee.name.path) == ("Paul Martin", f"{PATH}/Cdtr/Nm")
    assert payment.amount == Amount(Decimal("2500.00"), "EUR", f"{PATH}/Amt/InstdAmt")
    assert (payment.business_date, payment.business_date_path) == (date(2026, 3, 2), f"{BODY}/PmtInf/ReqdExctnDt/Dt")
    assert payment.payer_institution
    assert payment.payee_institution
    assert bics((payment.payer_institution, payment.payee_institution)) == ["AAAALULL", "BBBBFRPP"]
    assert payment.initiating_party
    assert payment.initiating_party.name
    assert payment.initiating_party.name.text == "Weber Trust"
    assert (payment.sender, payment.receiver, payment.intermediaries) == (None, None, ())
    assert bics(payment.institutions) == ["GGGGLULL"]
    assert {text.text for text in payment.texts} == {"E-1", "P-1", "MSG-0815"}


@pytest.mark.parametrize("version", [f"001.{number:02}" for number in range(3, 13)] + ["002.03", "003.03"])
def test_every_version_decodes(version: str) -> None:
    day = "<ReqdExctnDt>2026-03-02</ReqdExctnDt>"
    (payment,) = decoded(pain001(block(order(), day=day), version=version))
    assert (payment.format, payment.business_date) == (f"pain.001.{version}", date(2026, 3, 2))


def test_a_batch_keeps_its_order_and_each_block_its_side() -> None:
    second = ORDERER.replace("Claire Weber", "Second Payer").replace("AAAALULL", "CCCCDEFF")
    payments = decoded(pain001(block(order(), order()), block(order(), side=second)))
    assert [payment.position for payment in payments] == [1, 2, 3]
    assert [payment.path for payment in payments] == [PATH, f"{PATH}[2]", f"{BODY}/PmtInf[2]/CdtTrfTxInf"]
    names = [payment.payer.name for payment in payments if payment.payer]
    assert [name and name.text for name in names] == ["Claire Weber", "Claire Weber", "Second Payer"]


def test_what_a_payment_says_itself_goes_before_and_the_blocks_is_screened() -> None:
    behind = "<UltmtDbtr><Nm>Behind All</Nm></UltmtDbtr>"
    own = "<UltmtDbtr><Nm>Behind One</Nm></UltmtDbtr><UltmtCdtr><Nm>Behind Payee</Nm></UltmtCdtr>"
    kind = "<PmtTpInf><LclInstrm><Cd>INST</Cd></LclInstrm></PmtTpInf>"
    first, second = decoded(pain001(block(order(more=own + kind), order(), more=behind)))
    told = [payment.ultimate_payer.name for payment in (first, second) if payment.ultimate_payer]
    assert [name and name.text for name in told] == ["Behind One", "Behind All"]
    assert first.ultimate_payee
    assert "Behind All" in {text.text for text in first.texts}
    assert "Behind All" not in {text.text for text in second.texts}
    assert (first.rail, second.rail) == (Rail.SCT_INST, Rail.SCT)


AMOUNTS = {
    "equivalent": (
        '<Amt><EqvtAmt><Amt Ccy="USD">7.00</Amt><CcyOfTrf>EUR</CcyOfTrf></EqvtAmt></Amt>',
        Amount(Decimal("7.00"), "USD", f"{PATH}/Amt/EqvtAmt/Amt"),
        [],
    ),
    "both": (
        '<Amt><InstdAmt Ccy="EUR">5.00</InstdAmt><EqvtAmt><Amt Ccy="USD">7.00</Amt></EqvtAmt></Amt>',
        Amount(Decimal("5.00"), "EUR", f"{PATH}/Amt/InstdAmt"),
        [],
    ),
    "older place": ('<InstdAmt Ccy="EUR">5.00</InstdAmt>', Amount(Decimal("5.00"), "EUR", f"{PATH}/InstdAmt"), []),
    "none in its place": ("<Amt/>", None, [f"{PATH}/Amt/InstdAmt"]),
    "none at all": ("", None, [f"{PATH}/InstdAmt"]),
    "no number": ('<Amt><InstdAmt Ccy="EUR">many</InstdAmt></Amt>', None, [f"{PATH}/Amt/InstdAmt"]),
    "empty equivalent": ("<Amt><EqvtAmt><X/></EqvtAmt></Amt>", None, [f"{PATH}/Amt/EqvtAmt/Amt"]),
}


@pytest.mark.parametrize("name", AMOUNTS)
def test_amounts(name: str) -> None:
    amount, expected, problems = AMOUNTS[name]
    (payment,) = decoded(pain001(block(order(amount))))
    assert payment.amount == expected
    assert [problem.path for problem in payment.problems] == problems


def test_the_day_is_that_of_execution_else_the_messages_own() -> None:
    (payment,) = decoded(pain001(block(order(), day="<ReqdExctnDt><DtTm>soon</DtTm></ReqdExctnDt>")))
    assert payment.business_date == date(2026, 3, 1)
    assert [(problem.path, problem.seen) for problem in payment.problems] == [
        (f"{BODY}/PmtInf/ReqdExctnDt/DtTm", "soon")
    ]


def test_what_is_absent_has_a_place() -> None:
    raw = pain001(block(order(end=""), side=""), header="")
    (payment,) = decoded(raw)
    assert payment.payer == Party(f"{BODY}/PmtInf/Dbtr")
    assert payment.payee == Party(f"{PATH}/Cdtr")
    assert (payment.payer_institution, payment.payee_institution, payment.institutions) == (None, None, ())


def test_institutions_in_between_and_beside() -> None:
    beside = institution("ChrgsAcctAgt", "HHHHUS33")
    (payment,) = decoded(pain001(block(order(more=institution("IntrmyAgt1", "EEEEITRR")), more=beside)))
    assert bics(payment.intermediaries) == ["EEEEITRR"]
    assert bics(payment.institutions) == ["GGGGLULL", "HHHHUS33"]


REFUSED = {
    "no block": (b"<CstmrCdtTrfInitn><GrpHdr/></CstmrCdtTrfInitn>", "/CstmrCdtTrfInitn/PmtInf", "holds no payment"),
    "a block without payments": (
        pain001(block(order()), block()),
        f"{BODY}/PmtInf[2]/CdtTrfTxInf",
        "this block holds no payment",
    ),
    "too many in all": (
        pain001(block(order(), order()), block(order(), order())),
        f"{BODY}/PmtInf[2]",
        "more than 3 payments",
    ),
    "two headers": (
        b"<CstmrCdtTrfInitn><GrpHdr/><GrpHdr/></CstmrCdtTrfInitn>",
        "/CstmrCdtTrfInitn/GrpHdr[2]",
        "second",
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_refused(name: str) -> None:
    raw, path, says = REFUSED[name]
    finding = decode(raw, Limits(max_payments=3))
    assert isinstance(finding, Finding)
    assert finding.path == path
    assert says in finding.detail


def test_a_large_header_is_not_repeated_in_thousands_of_payments() -> None:
    large = "<X>" + "<Y>y</Y>" * 1900 + "</X>"
    for raw in (
        pain001(block("<CdtTrfTxInf/>" * 5000, more=large)),
        pain001(block("<CdtTrfTxInf/>" * 5000), large),
    ):
        finding = decode(raw, Limits())
        assert isinstance(finding, Finding)
        assert "too many" in finding.detail


def test_direct_debits_are_ordered_by_the_payee() -> None:
    (payment,) = decoded(pain008())
    path = "/Document/CstmrDrctDbtInitn/PmtInf"
    assert payment.kind is PaymentKind.DIRECT_DEBIT_INITIATION
    assert payment.payer
    assert payment.payer.name
    assert (payment.payer.name.text, payment.payer.name.path) == ("Claire Weber", f"{path}/DrctDbtTxInf/Dbtr/Nm")
    assert payment.payee
    assert payment.payee.name
    assert (payment.payee.name.text, payment.payee.name.path) == ("Paul Martin", f"{path}/Cdtr/Nm")
    assert payment.payee_account
    assert payment.payee_account.iban
    assert payment.amount == Amount(Decimal("25.00"), "EUR", f"{path}/DrctDbtTxInf/InstdAmt")
    assert payment.business_date == date(2026, 3, 2)
    assert payment.payer_institution
    assert payment.payee_institution
    assert bics((payment.payer_institution, payment.payee_institution)) == ["AAAALULL", "BBBBFRPP"]
    assert {"M-1", "Scheme Name"} <= {text.text for text in payment.texts}
