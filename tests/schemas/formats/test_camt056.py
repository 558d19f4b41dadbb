from __future__ import annotations

from datetime import date

from schemas.finding import Finding
from schemas.formats.detect import decode
from schemas.formats.limits import Limits
from schemas.payment import Party, PaymentKind, Rail
from tests.decoding import bics, decoded
from tests.iso_builders import REQUEST, camt056

BODY = "/Document/FIToFIPmtCxlReq"
PATH = f"{BODY}/Undrlyg/TxInf"


def test_a_request_to_cancel_names_the_payment_it_is_about() -> None:
    (payment,) = decoded(camt056())
    assert payment.kind is PaymentKind.CANCELLATION_REQUEST
    assert (payment.path, payment.rail, payment.amount) == (PATH, Rail.SCT, None)
    assert payment.problems == ()
    assert payment.payer
    assert payment.payer.name
    assert (payment.payer.name.text, payment.payer.name.path) == ("Claire Weber", f"{PATH}/OrgnlTxRef/Dbtr/Nm")
    assert payment.sender
    assert payment.receiver
    assert bics((payment.sender, payment.receiver)) == ["CCCCDEFF", "DDDDFRPP"]
    assert (payment.business_date, payment.business_date_path) == (date(2026, 3, 4), f"{BODY}/Assgnmt/CreDtTm")
    assert payment.ids.message
    assert payment.ids.transaction
    assert (payment.ids.message.text, payment.ids.transaction.text) == ("A-1", "T-1")
    assert {"A-1", "X-1", "K-1"} <= {text.text for text in payment.texts}


def test_one_payment_for_each_that_is_named_and_one_for_a_group() -> None:
    group = "<Undrlyg><OrgnlGrpInfAndCxl><OrgnlMsgId>MSG-1</OrgnlMsgId></OrgnlGrpInfAndCxl></Undrlyg>"
    payments = decoded(camt056(f"<Undrlyg>{REQUEST}{REQUEST}</Undrlyg>{group}"))
    assert [payment.path for payment in payments] == [PATH, f"{PATH}[2]", f"{BODY}/Undrlyg[2]"]
    assert [payment.position for payment in payments] == [1, 2, 3]
    assert "MSG-1" in {text.text for text in payments[2].texts}
    assert "MSG-1" not in {text.text for text in payments[0].texts}


def test_a_request_for_nothing_in_particular_is_still_screened() -> None:
    raw = camt056("<SplmtryData>Evil Person</SplmtryData>").replace(b"<Agt>", b"<Pty><Nm>Some One</Nm></Pty><Agt>", 1)
    (payment,) = decoded(raw.replace(b"<Assgne>", b"<Other>").replace(b"</Assgne>", b"</Other>"))
    assert payment.path == BODY
    assert payment.payer == Party(f"{BODY}/OrgnlTxRef/Dbtr")
    assert {"Evil Person", "Some One"} <= {text.text for text in payment.texts}
    assert payment.sender
    assert payment.receiver is None


def test_a_party_instead_of_an_institution_is_screened() -> None:
    raw = camt056().replace(b"<Agt><FinInstnId><BICFI>CCCCDEFF</BICFI></FinInstnId></Agt>", b"<Pty><Nm>A B</Nm></Pty>")
    (payment,) = decoded(raw)
    assert payment.sender is None
    assert "A B" in {text.text for text in payment.texts}


def test_too_many_requests_are_refused() -> None:
    finding = decode(camt056(f"<Undrlyg>{REQUEST * 3}</Undrlyg>"), Limits(max_payments=2))
    assert isinstance(finding, Finding)
    assert finding.path == f"{BODY}/Undrlyg"
