"""One valid message per format; a test spoils one thing and sees what happens. All names and numbers are invented."""

from __future__ import annotations

import json
from typing import Any
from xml.sax.saxutils import escape

UETR = "7a562c67-ca16-48ba-b074-65581be6f001"
_NAMESPACE = "urn:iso:std:iso:20022:tech:xsd:pacs.008.001."

PAYER_ADDRESS = (
    "<PstlAdr><StrtNm>Rue du Moulin</StrtNm><BldgNb>12</BldgNb><PstCd>1234</PstCd>"
    "<TwnNm>Luxembourg</TwnNm><Ctry>LU</Ctry></PstlAdr>"
)
PAYEE_ADDRESS = "<PstlAdr><TwnNm>Lyon</TwnNm><Ctry>FR</Ctry><AdrLine>3 quai des Brumes</AdrLine></PstlAdr>"
PAYER_ID = (
    "<Id><PrvtId><DtAndPlcOfBirth><BirthDt>1980-02-29</BirthDt><CityOfBirth>Esch</CityOfBirth>"
    "<CtryOfBirth>LU</CtryOfBirth></DtAndPlcOfBirth><Othr><Id>19800229123</Id><SchmeNm><Cd>NIDN</Cd></SchmeNm>"
    "<Issr>LU</Issr></Othr></PrvtId></Id>"
)


def element(name: str, text: str | None, attributes: str = "") -> str:
    """`<name>text</name>`, escaped; nothing where the text is None."""
    return "" if text is None else f"<{name}{attributes}>{escape(text)}</{name}>"


def wrapped(outer: str, inner: str) -> str:
    """The inner XML in nested elements (`A/B/C`); nothing where there is no inner XML."""
    if not inner:
        return ""
    names = outer.split("/")
    return "".join(f"<{name}>" for name in names) + inner + "".join(f"</{name}>" for name in reversed(names))


def transaction(  # noqa: PLR0913  every argument is one thing a test may spoil
    *,
    end_to_end: str | None = "INV-2026-0815",
    transaction_id: str | None = "TX0815",
    uetr: str | None = UETR,
    service_level: str | None = None,
    local_instrument: str | None = None,
    amount: str | None = "2500.00",
    currency: str | None = "EUR",
    date: str | None = "2026-03-02",
    before_payer: str = "",
    payer_name: str | None = "Claire Weber",
    payer_address: str = PAYER_ADDRESS,
    payer_id: str = PAYER_ID,
    payer_more: str = "",
    payer_iban: str | None = "LU280019400644750000",
    payer_account: str = "",
    payer_bic: str | None = "AAAALULL",
    payee_bic: str | None = "BBBBFRPP",
    payee_name: str | None = "Paul Martin",
    payee_address: str = PAYEE_ADDRESS,
    payee_id: str = "",
    payee_iban: str | None = "FR1420041010050500013M02606",
    payee_account: str = "",
    remittance: str | None = "Invoice 0815 of February",
    after_payee: str = "",
) -> str:
    """One `CdtTrfTxInf`. None leaves an element out; the other arguments are XML to put in its place."""
    ids = element("EndToEndId", end_to_end) + element("TxId", transaction_id) + element("UETR", uetr)
    kind = wrapped("SvcLvl", element("Cd", service_level)) + wrapped("LclInstrm", element("Cd", local_instrument))
    ccy = "" if currency is None else f' Ccy="{escape(currency)}"'
    parts = (
        wrapped("PmtId", ids) + wrapped("PmtTpInf", kind),
        element("IntrBkSttlmAmt", amount, ccy) + element("IntrBkSttlmDt", date) + "<ChrgBr>SHAR</ChrgBr>",
        before_payer,
        wrapped("Dbtr", element("Nm", payer_name) + payer_address + payer_id + payer_more),
        wrapped("DbtrAcct", wrapped("Id", element("IBAN", payer_iban)) + payer_account),
        wrapped("DbtrAgt/FinInstnId", element("BICFI", payer_bic)),
        wrapped("CdtrAgt/FinInstnId", element("BICFI", payee_bic)),
        wrapped("Cdtr", element("Nm", payee_name) + payee_address + payee_id),
        wrapped("CdtrAcct", wrapped("Id", element("IBAN", payee_iban)) + payee_account),
        wrapped("RmtInf", element("Ustrd", remittance)),
        after_payee,
    )
    return wrapped("CdtTrfTxInf", "".join(parts))


def pacs008(
    *,
    version: str = "08",
    header: str = "",
    transactions: list[str] | None = None,
    namespace: str | None = None,
    **overrides: Any,
) -> bytes:
    """A valid pacs.008. `header` is XML inside GrpHdr; `overrides` are those of `transaction`."""
    body = "".join(transactions if transactions is not None else [transaction(**overrides)])
    xmlns = f"{_NAMESPACE}{version}" if namespace is None else namespace
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><Document xmlns="{xmlns}"><FIToFICstmrCdtTrf><GrpHdr>'
        "<MsgId>MSG-0815</MsgId><CreDtTm>2026-03-02T09:30:00Z</CreDtTm><NbOfTxs>1</NbOfTxs>"
        f"<SttlmInf><SttlmMtd>CLRG</SttlmMtd></SttlmInf>{header}</GrpHdr>{body}</FIToFICstmrCdtTrf></Document>"
    ).encode()


MT103_FIELDS = {
    "20": "REF0815",
    "23B": "CRED",
    "32A": "260302EUR2500,00",
    "33B": "EUR2500,00",
    "50K": "/LU280019400644750000\nCLAIRE WEBER\n12 RUE DU MOULIN\n1234 LUXEMBOURG LU",
    "59": "/FR1420041010050500013M02606\nPAUL MARTIN\n3 QUAI DES BRUMES\n69000 LYON FR",
    "70": "INVOICE 0815 OF FEBRUARY",
    "71A": "SHA",
}


def mt103(  # noqa: PLR0913  every argument is one thing a test may spoil
    fields: dict[str, str | None] | None = None,
    *,
    sender: str = "AAAALULL",
    receiver: str = "BBBBFRPP",
    uetr: str | None = UETR,
    trailer: str = "{5:{CHK:0123456789AB}}",
    newline: str = "\r\n",
) -> bytes:
    """A valid MT103 on its way out. `fields` replace or add to the defaults; None leaves one out."""
    wanted = {**MT103_FIELDS, **(fields or {})}
    order = sorted((tag for tag, text in wanted.items() if text is not None), key=lambda tag: (tag[:2], tag))
    lines = "\n".join(f":{tag}:{wanted[tag]}" for tag in order)
    user = "" if uetr is None else f"{{3:{{121:{uetr}}}}}"
    text = f"{{1:F01{sender}AXXX0000000000}}{{2:I103{receiver}XXXXN}}{user}{{4:\n{lines}\n-}}{trailer}"
    return text.replace("\n", newline).encode()


PAYMENT: dict[str, Any] = {
    "ids": {"end_to_end": "INV-2026-0815", "transaction": "TX0815", "uetr": UETR},
    "amount": {"value": "2500.00", "currency": "EUR"},
    "business_date": "2026-03-02",
    "payer": {
        "name": "Claire Weber",
        "address": {"street": "Rue du Moulin", "building": "12", "town": "Luxembourg", "country": "LU"},
    },
    "payer_account": {"iban": "LU280019400644750000"},
    "payer_institution": {"bic": "AAAALULL"},
    "payee": {"name": "Paul Martin"},
    "payee_account": {"iban": "FR1420041010050500013M02606"},
    "payee_institution": {"bic": "BBBBFRPP"},
    "texts": [{"kind": "remittance", "text": "Invoice 0815 of February"}],
}


def payment_dict(**overrides: Any) -> dict[str, Any]:
    """One payment in the product's own JSON; None leaves a member out."""
    return {name: value for name, value in {**PAYMENT, **overrides}.items() if value is not None}


def payment_json(payments: list[dict[str, Any]] | None = None, **overrides: Any) -> bytes:
    """A valid message in the product's own JSON: one payment, or the `payments` given."""
    return json.dumps(payment_dict(**overrides) if payments is None else {"payments": payments}).encode()
