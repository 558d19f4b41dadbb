from __future__ import annotations

import pytest

from schemas.payment import TextKind
from tests.builders import pacs008, transaction
from tests.decoding import BODY, decoded, one, texts


def test_what_stands_in_a_spoilt_field_is_screened() -> None:
    assert "Evil Person" in texts(one(amount="Evil Person")).values()
    assert "Evil Person" in texts(one(after_payee="<Dbtr><Nm>Evil Person</Nm></Dbtr>")).values()


ELSEWHERE = {
    "instruction": ("<InstrForNxtAgt><InstrInf>{}</InstrInf></InstrForNxtAgt>", TextKind.INSTRUCTION),
    "regulator": ("<RgltryRptg><Authrty><Nm>{}</Nm></Authrty></RgltryRptg>", TextKind.REGULATORY),
    "country of a report": ("<RgltryRptg><Dtls><Ctry>IR</Ctry><Inf>{}</Inf></Dtls></RgltryRptg>", TextKind.REGULATORY),
    "purpose": ("<Purp><Prtry>{}</Prtry></Purp>", TextKind.PURPOSE),
    "invoicer": (
        "<RltdRmtInf><RmtLctnDtls><ElctrncAdr>{}</ElctrncAdr></RmtLctnDtls></RltdRmtInf>",
        TextKind.REMITTANCE,
    ),
    "tax": ("<Tax><Cdtr><TaxId>{}</TaxId></Cdtr></Tax>", TextKind.REGULATORY),
    "unknown element": ("<Whatever><Deep><Er>{}</Er></Deep></Whatever>", TextKind.OTHER),
    "supplementary data": ("<SplmtryData><Envlp><X>{}</X></Envlp></SplmtryData>", TextKind.OTHER),
    "stray text in a part": ("<Whatever>{}<X/></Whatever>", TextKind.OTHER),
    "stray text after an element": ("<Whatever><X/>{}</Whatever>", TextKind.OTHER),
    "stray text in the payment": ("{}", TextKind.OTHER),
    "attribute": ('<Whatever a="{}"/>', TextKind.OTHER),
    "attribute of a text": ('<Whatever a="{}">x</Whatever>', TextKind.OTHER),
    "attribute deeper": ('<Whatever><X a="{}"><Y/></X></Whatever>', TextKind.OTHER),
    "number of payments": ("<Deep><NbOfTxs>{}</NbOfTxs></Deep>", TextKind.OTHER),
    "code": ("<Deep><Cd>{}</Cd></Deep>", TextKind.OTHER),
    "character data": ("<Whatever><![CDATA[{}]]></Whatever>", TextKind.OTHER),
    "second end-to-end id": ("<PmtId><EndToEndId>{}</EndToEndId></PmtId>", TextKind.OTHER),
}


@pytest.mark.parametrize("name", ELSEWHERE)
def test_a_name_is_screened_wherever_it_stands(name: str) -> None:
    xml, kind = ELSEWHERE[name]
    payment = one(after_payee=xml.format("Evil Person"))
    assert [text.kind for text in payment.texts if text.text == "Evil Person"] == [kind]


@pytest.mark.parametrize("slot", ["end_to_end", "transaction_id", "uetr"])
def test_a_name_in_a_reference_is_screened(slot: str) -> None:
    payment = one(**{slot: "Evil Person"})
    assert [text.kind for text in payment.texts if text.text == "Evil Person"] == [TextKind.REFERENCE]


def test_a_name_in_the_references_of_a_payment_twice() -> None:
    raw = pacs008().replace(b"<PmtId>", b"<PmtId><EndToEndId>first</EndToEndId>")
    (payment,) = decoded(raw)
    assert [text.text for text in payment.texts if text.path.endswith("EndToEndId[2]")] == ["INV-2026-0815"]


def test_dates_amounts_and_codes_are_no_texts() -> None:
    payment = one(
        before_payer='<InstdAmt Ccy="USD">2600.00</InstdAmt><XchgRate>1.04</XchgRate>',
        after_payee="<Purp><Cd>GDDS</Cd></Purp><InstrForCdtrAgt><Cd>PHOB</Cd></InstrForCdtrAgt>",
        service_level="SEPA",
    )
    assert set(texts(payment)) == {"PmtId/EndToEndId", "PmtId/TxId", "RmtInf/Ustrd", f"{BODY}/GrpHdr/MsgId"}


@pytest.mark.parametrize(
    "name", ["Ev<!-- x -->il", "Ev<?x y?>il", "<![CDATA[Evil]]>", "Ev<![CDATA[il]]>", "&#69;vil", "E&#x76;il"]
)
def test_no_trick_splits_a_name(name: str) -> None:
    raw = pacs008(payer_name="@").replace(b"@", name.encode())
    (payment,) = decoded(raw)
    assert payment.payer
    assert payment.payer.name
    assert payment.payer.name.text == "Evil"


def test_elements_inside_a_name_hide_nothing() -> None:
    raw = pacs008(payer_name="@").replace(b"@", b"Evil <b>Person</b> Limited")
    (payment,) = decoded(raw)
    assert payment.payer
    assert [value.text for value in payment.payer.other] == ["Person", " Limited"]
    assert payment.payer.name
    assert payment.payer.name.text == "Evil "


def test_what_stands_beside_the_payments_is_screened_with_each() -> None:
    raw = pacs008(transactions=[transaction(), transaction()]).replace(
        b"</FIToFICstmrCdtTrf>",
        b"<SplmtryData><Envlp>Evil Person</Envlp></SplmtryData></FIToFICstmrCdtTrf>",
    )
    for payment in decoded(raw):
        assert "Evil Person" in {text.text for text in payment.texts}


def test_values_that_are_empty_are_no_texts() -> None:
    payment = one(remittance=" ", end_to_end="", after_payee="<Whatever/>")
    assert set(texts(payment)) == {"PmtId/TxId", f"{BODY}/GrpHdr/MsgId"}


def test_a_message_id_with_something_inside() -> None:
    raw = pacs008().replace(b"<MsgId>MSG-0815</MsgId>", b"<MsgId a='Evil Person'>M<x>Inner</x></MsgId>")
    (payment,) = decoded(raw)
    assert payment.ids.message
    assert payment.ids.message.text == "M"
    assert {"Evil Person", "Inner"} <= {text.text for text in payment.texts}


def test_schema_locations_are_no_texts() -> None:
    xsi = b' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="urn:x y.xsd"'
    (payment,) = decoded(pacs008().replace(b"<Document", b"<Document" + xsi))
    assert not any("y.xsd" in text.text for text in payment.texts)


@pytest.mark.parametrize("encoding", ["UTF-8", "iso-8859-1", "windows-1252"])
def test_names_in_the_encoding_the_message_declares(encoding: str) -> None:
    raw = pacs008(payer_name="Jörg Müller").replace(b"UTF-8", encoding.encode()).decode().encode(encoding)
    (payment,) = decoded(raw)
    assert payment.payer
    assert payment.payer.name
    assert payment.payer.name.text == "Jörg Müller"
