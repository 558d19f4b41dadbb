"""Messages nobody can read, or that would harm whoever tries: held, never dropped."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

_BOMB = b"""<?xml version="1.0"?>
<!DOCTYPE lolz [<!ENTITY a "lollollol"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:pacs.008.001.08"><FIToFICstmrCdtTrf>&c;</FIToFICstmrCdtTrf></Document>
"""
_STATUS = b"""<?xml version="1.0" encoding="UTF-8"?>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:pacs.002.001.10"><FIToFIPmtStsRpt><GrpHdr><MsgId>S1</MsgId>
<CreDtTm>2026-03-02T09:00:00</CreDtTm></GrpHdr></FIToFIPmtStsRpt></Document>
"""


def _cut(raw: bytes) -> bytes:
    return raw[: len(raw) * 3 // 5]


def _without_amount(raw: bytes) -> bytes:
    start, end = raw.index(b"<IntrBkSttlmAmt"), raw.index(b"</IntrBkSttlmAmt>") + len(b"</IntrBkSttlmAmt>")
    return raw[:start] + raw[end:]


# slug, format of a good message, what is done to it, what it shows, expected reason
DAMAGES: tuple[tuple[str, str, Callable[[bytes], bytes], str, str], ...] = (
    ("cut-off", "pacs008", _cut, "the end of the XML is missing", "message-unreadable"),
    ("cut-off", "mt103", _cut, "the end of the MT103 is missing", "message-unreadable"),
    ("cut-off", "json", _cut, "the end of the JSON is missing", "message-unreadable"),
    ("entity-bomb", "pacs008", lambda _raw: _BOMB, "XML entities that multiply", "message-unreadable"),
    ("not-a-payment", "pacs008", lambda _raw: _STATUS, "a status report, which is no payment", "message-unreadable"),
    ("not-text", "mt103", lambda _raw: bytes(range(128, 256)), "bytes that are no text", "message-unreadable"),
    ("no-amount", "pacs008", _without_amount, "no amount", "field-unreadable"),
    (
        "bad-amount",
        "json",
        lambda raw: raw.replace(b'"value": "', b'"value": "EUR ', 1),
        "an amount that is no number",
        "field-unreadable",
    ),
)
