"""What decoding and checking cost by format, beside a plain lxml parse of the same bytes.

The messages are those of `transfers`, and for pacs.008 also a message of about 5 kB as correspondents send it: business
application header, a chain of six institutions, hybrid addresses, structured remittance, indented. Decoding, parsing
and checking take turns, a few messages at a time, so that what else runs on the machine slows all three alike.
"""

from __future__ import annotations

import re
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from typing import TYPE_CHECKING, Final
from xml.sax.saxutils import escape

from lxml import etree

from schemas.context import Context
from schemas.formats.detect import decode
from schemas.information.check import check
from schemas.payment import Message
from streams.edge.bench.transfers import as_json, as_mt103, as_pacs008, drawn

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from streams.edge.bench.transfers import Transfer
    from streams.policy import Policy

LARGE: Final = "pacs.008 of 5 kB"
_TURN: Final = 20
_CONTEXT: Final = Context(received_at=datetime(2026, 11, 2, 10, tzinfo=UTC))


@dataclass(frozen=True, slots=True)
class Cost:
    """Microseconds of processor time per message; `lxml_us` is None where the format is no XML."""

    bytes: int
    decode_us: float
    check_us: float
    lxml_us: float | None

    @property
    def ratio(self) -> float | None:
        """Decoding in plain parses."""
        return None if self.lxml_us is None else self.decode_us / self.lxml_us


def costs(seed: int, count: int, policy: Policy, listed: Sequence[str]) -> dict[str, Cost]:
    """So many messages of each format; as many before them only warm up."""
    source = drawn(seed, policy.information.own_bics[0], listed)
    drawn_once = list(islice(source, 2 * count))
    return {
        name: _cost([write(one) for one in drawn_once], policy, is_xml=name.startswith("pacs"))
        for name, write in _WRITERS.items()
    }


def _cost(messages: Sequence[bytes], policy: Policy, *, is_xml: bool) -> Cost:
    spent = [0.0, 0.0, 0.0]
    for start in range(0, len(messages), _TURN):
        if start == len(messages) // 2 // _TURN * _TURN:
            spent, first = [0.0, 0.0, 0.0], start
        batch = messages[start : start + _TURN]
        began = time.process_time()
        decoded = [decode(raw, policy.decoding) for raw in batch]
        spent[0] += time.process_time() - began
        spent[1] += _check(decoded, policy)
        spent[2] += _parse(batch) if is_xml else 0.0
    measured = len(messages) - first
    decoding, checking, parsing = (round(1e6 * seconds / measured, 1) for seconds in spent)
    return Cost(sum(map(len, messages)) // len(messages), decoding, checking, parsing if is_xml else None)


def _check(decoded: Sequence[object], policy: Policy) -> float:
    payments = [payment for message in decoded if isinstance(message, Message) for payment in message.payments]
    began = time.process_time()
    for payment in payments:
        check(payment, _CONTEXT, policy.information)
    return time.process_time() - began


def _parse(batch: Sequence[bytes]) -> float:
    began = time.process_time()
    for raw in batch:
        etree.fromstring(raw)
    return time.process_time() - began


def as_large_pacs008(one: Transfer) -> bytes:
    """The transfer as `as_pacs008` writes it, in an envelope and with what correspondent banking adds, indented."""
    first, second = (escape(name) for name in one.names[4:])
    more = {
        "<ChrgBr>": _AROUND.format(
            amount=one.amount, first=first, second=second, payer_bic=one.bics[0], payee_bic=one.bics[1]
        ),
        "<RmtInf>": "<Purp><Cd>SUPP</Cd></Purp>",
        "</RmtInf>": _STRUCTURED.format(number=one.number, amount=one.amount),
    }
    text = as_pacs008(one).decode().partition("?>")[2]
    for mark, added in more.items():
        text = text.replace(mark, added + mark)
    for place in ("Dbtr", "Cdtr"):
        text = re.sub(rf"(<{place}>.*?)</{place}>", rf"\1{_PERSON}</{place}>", text)
    header = _HEADER.format(payer_bic=one.bics[0], payee_bic=one.bics[1], number=one.number)
    root = etree.fromstring(f"<Envelope>{header}{text}</Envelope>")
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)


_BANK = "<{0}><FinInstnId><BICFI>{1}</BICFI><Nm>{2}</Nm></FinInstnId></{0}>"
_HEADER = (
    '<AppHdr xmlns="urn:iso:std:iso:20022:tech:xsd:head.001.001.02">'
    "<Fr><FIId><FinInstnId><BICFI>{payer_bic}</BICFI></FinInstnId></FIId></Fr>"
    "<To><FIId><FinInstnId><BICFI>{payee_bic}</BICFI></FinInstnId></FIId></To>"
    "<BizMsgIdr>M{number}</BizMsgIdr><MsgDefIdr>pacs.008.001.08</MsgDefIdr><BizSvc>swift.cbprplus.02</BizSvc>"
    "<CreDt>2026-11-02T09:30:00+01:00</CreDt></AppHdr>"
)
_AROUND = (
    '<InstdAmt Ccy="EUR">{amount}</InstdAmt>'
    + _BANK.format("PrvsInstgAgt1", "BNCHFRPP", "Banque de la Seine")
    + _BANK.format("InstgAgt", "{payer_bic}", "{first}")
    + _BANK.format("InstdAgt", "{payee_bic}", "{second}")
    + _BANK.format("IntrmyAgt1", "BNCHNL2A", "Amstelbank")
)
_STRUCTURED = (
    "<Strd><RfrdDocInf><Tp><CdOrPrtry><Cd>CINV</Cd></CdOrPrtry></Tp><Nb>INV-{number}</Nb><RltdDt>2026-10-28</RltdDt>"
    '</RfrdDocInf><RfrdDocAmt><DuePyblAmt Ccy="EUR">{amount}</DuePyblAmt></RfrdDocAmt>'
    "<AddtlRmtInf>as agreed</AddtlRmtInf></Strd>"
)
_PERSON = (
    "<Id><PrvtId><DtAndPlcOfBirth><BirthDt>1979-04-12</BirthDt><CityOfBirth>Trier</CityOfBirth>"
    "<CtryOfBirth>DE</CtryOfBirth></DtAndPlcOfBirth><Othr><Id>77120934</Id><SchmeNm><Cd>CUST</Cd></SchmeNm></Othr>"
    "</PrvtId></Id><CtryOfRes>DE</CtryOfRes>"
)
_WRITERS: dict[str, Callable[[Transfer], bytes]] = {
    "json": as_json,
    "pacs.008": as_pacs008,
    LARGE: as_large_pacs008,
    "mt103": as_mt103,
}
