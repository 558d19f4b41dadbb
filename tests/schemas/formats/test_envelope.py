from __future__ import annotations

import pytest

from schemas.formats.detect import decode
from schemas.formats.limits import Limits
from schemas.payment import Message, Payment, TextKind
from tests.builders import pacs008

DOCUMENT = pacs008().split(b"?>", 1)[1]
HEADER = (
    b'<AppHdr xmlns="urn:iso:std:iso:20022:tech:xsd:head.001.001.02">'
    b"<Fr><FIId><FinInstnId><BICFI>CCCCDEFF</BICFI></FinInstnId></FIId></Fr>"
    b"<To><FIId><FinInstnId><ClrSysMmbId><MmbId>021</MmbId></ClrSysMmbId><Nm>Bank of To</Nm></FinInstnId></FIId></To>"
    b"<BizMsgIdr>BUSINESS-1</BizMsgIdr><MsgDefIdr>pacs.008.001.08</MsgDefIdr><BizSvc>swift.cbprplus.02</BizSvc>"
    b"<CreDt>2026-03-02T09:30:00Z</CreDt><Sgntr><Signature>AAAA Person</Signature></Sgntr></AppHdr>"
)


def decoded(raw: bytes) -> Payment:
    message = decode(raw, Limits())
    assert isinstance(message, Message), message
    return message.payments[0]


@pytest.mark.parametrize(
    ("before", "after", "path"),
    [
        (b"<BusMsgEnvlp>" + HEADER, b"</BusMsgEnvlp>", "/BusMsgEnvlp/Document"),
        (b"<RequestPayload>" + HEADER, b"</RequestPayload>", "/RequestPayload/Document"),
        (
            b'<Saa:DataPDU xmlns:Saa="urn:swift:saa:xsd:saa.2.0"><Saa:Body>' + HEADER,
            b"</Saa:Body></Saa:DataPDU>",
            "/DataPDU/Body/Document",
        ),
        (
            b'<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Header/><s:Body>' + HEADER,
            b"</s:Body></s:Envelope>",
            "/Envelope/Body/Document",
        ),
    ],
)
def test_the_message_is_found_in_any_envelope(before: bytes, after: bytes, path: str) -> None:
    payment = decoded(before + DOCUMENT + after)
    assert payment.path == f"{path}/FIToFICstmrCdtTrf/CdtTrfTxInf"
    assert payment.sender
    assert payment.sender.bic
    assert payment.sender.bic.text == "CCCCDEFF"
    assert payment.receiver
    assert payment.receiver.name
    assert payment.receiver.clearing_id
    assert payment.receiver.name.text == "Bank of To"


def test_a_body_may_stand_without_document() -> None:
    inner = DOCUMENT[DOCUMENT.index(b"<FIToFI") :].removesuffix(b"</Document>")
    assert decoded(b"<Payload>" + inner + b"</Payload>").path == "/Payload/FIToFICstmrCdtTrf/CdtTrfTxInf"
    assert decoded(inner).path == "/FIToFICstmrCdtTrf/CdtTrfTxInf"


def test_header_parties_give_way_to_those_of_the_message_but_stay_named() -> None:
    both = (
        b"<InstgAgt><FinInstnId><BICFI>DDDDFRPP</BICFI></FinInstnId></InstgAgt>"
        b"<InstdAgt><FinInstnId><BICFI>EEEEITRR</BICFI></FinInstnId></InstdAgt>"
    )
    payment = decoded(b"<E>" + HEADER + DOCUMENT.replace(b"</GrpHdr>", both + b"</GrpHdr>") + b"</E>")
    assert payment.sender
    assert payment.sender.path.endswith("GrpHdr/InstgAgt")
    assert [step.path for step in payment.institutions] == ["/E/AppHdr/Fr/FIId", "/E/AppHdr/To/FIId"]


def test_what_an_envelope_says_is_screened_but_not_its_seal_and_type() -> None:
    header = HEADER.replace(b"<To><FIId>", b"<To><OrgId><Nm>Some Organisation</Nm></OrgId><FIId>")
    raw = (
        b"<E note='Noted Person'>Loose Person" + header + b"<Sender><DN>ou=person,o=bank</DN></Sender>" + DOCUMENT +
        b"<x:Signature xmlns:x='http://www.w3.org/2000/09/xmldsig#'><x:V>Signed Person</x:V></x:Signature></E>"
    )  # fmt: skip
    texts = {text.path: text for text in decoded(raw).texts}
    assert texts["/E/@note"].text == "Noted Person"
    assert texts["/E"].text == "Loose Person"
    assert texts["/E/Sender/DN"].text == "ou=person,o=bank"
    assert texts["/E/AppHdr/To/OrgId/Nm"].text == "Some Organisation"
    assert texts["/E/AppHdr/BizMsgIdr"].kind is TextKind.REFERENCE
    assert not any(name in path for path in texts for name in ("Sgntr", "Signature", "MsgDefIdr", "BizSvc", "CreDt"))


def test_a_header_without_ends() -> None:
    payment = decoded(b"<E><AppHdr><Fr><OrgId><Id>1</Id></OrgId></Fr></AppHdr>" + DOCUMENT + b"</E>")
    assert (payment.sender, payment.receiver) == (None, None)


def test_every_header_is_read() -> None:
    second = HEADER.replace(b"CCCCDEFF", b"HHHHCHZZ").replace(b"Bank of To", b"Other Bank")
    payment = decoded(b"<E>" + HEADER + second + DOCUMENT + b"</E>")
    assert payment.sender
    assert payment.sender.bic
    assert payment.sender.bic.text == "CCCCDEFF"
    assert [step.path for step in payment.institutions] == ["/E/AppHdr[2]/Fr/FIId", "/E/AppHdr[2]/To/FIId"]
