"""The outer levels of an ISO 20022 message: its group header, and what else counts for every payment in it.

Field mapping: ISO 20022 message definition reports. Whatever has no place of its own is kept as a text of each payment,
so that nothing goes unscreened.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from schemas.finding import Finding
from schemas.formats import iso_parties
from schemas.formats.iso_scope import Day, Scope
from schemas.formats.unreadable import UnreadableError
from schemas.formats.xml_parts import Apart, Part, Parts, Standing, parts, sub_part
from schemas.formats.xml_shapes import quick_parts
from schemas.payment import Institution, Text, TextKind, Value

if TYPE_CHECKING:
    from schemas.formats.envelope import Body, Envelope
    from schemas.formats.limits import Limits

HEADER = "GrpHdr"
KINDS = {
    "RmtInf": TextKind.REMITTANCE,
    "RltdRmtInf": TextKind.REMITTANCE,
    "InstrForCdtrAgt": TextKind.INSTRUCTION,
    "InstrForDbtrAgt": TextKind.INSTRUCTION,
    "InstrForNxtAgt": TextKind.INSTRUCTION,
    "RgltryRptg": TextKind.REGULATORY,
    "Tax": TextKind.REGULATORY,
    "Purp": TextKind.PURPOSE,
    "PmtTpInf": TextKind.PURPOSE,
    "PmtInfId": TextKind.REFERENCE,
    "CdtrSchmeId": TextKind.REFERENCE,
    "RtrRsnInf": TextKind.INSTRUCTION,
    "CxlRsnInf": TextKind.INSTRUCTION,
}
# A look at a member goes through its class (a quarter of a microsecond in Python 3.11): the hot ones have own names.
_OTHER = TextKind.OTHER
_PURPOSE = TextKind.PURPOSE
_REFERENCE = TextKind.REFERENCE
_REIMBURSEMENT = ("InstgRmbrsmntAgt", "ThrdRmbrsmntAgt", "InstdRmbrsmntAgt")
# Each payment repeats the texts of its header: a small file must not become a large heap.
_MAX_REPEATED = 2_000_000


class Codes(NamedTuple):
    """The codes that tell the rail."""

    services: frozenset[str] = frozenset()
    instruments: frozenset[str] = frozenset()


class Opened(NamedTuple):
    """A body taken apart: its header, texts outside of header and payments, and the payments with their paths.

    `values` counts the texts of the first two; `standing` is the header's element.
    """

    header: Scope
    texts: list[Text]
    transactions: list[Standing]
    values: int
    standing: list[Standing]


@dataclass(slots=True)
class Header:
    """What counts for every payment of the message."""

    message: Value | None
    days: tuple[Day | Finding | None, ...]
    sender: Institution | None
    receiver: Institution | None
    reimbursement: list[Institution]
    envelope_senders: list[Institution]
    envelope_receivers: list[Institution]
    codes: Codes
    clearing: frozenset[str]
    texts: list[Text]
    problems: list[Finding]
    values: int
    services: list[str]


def refuse_repeats(values: int, path: str) -> None:
    """Refuse a message whose payments repeat too many values of their header; `values` is counted over all of them."""
    if values > _MAX_REPEATED:
        raise UnreadableError(path, f"holds values that count for each of its payments: {values} in all, too many")


def open_body(body: Body, limits: Limits, transaction: str, header: str = HEADER) -> Opened:
    """The parts of a message whose payments are the elements of that name."""
    assert body.element is not None, "only a message of a known shape has none, and that is never opened"
    apart: Apart = {header: [], transaction: []}
    outside = Scope(parts(body.element, body.path, limits, apart))
    outside.keep_rest({})
    headers, transactions = apart[header], apart[transaction]
    if len(transactions) > limits.max_payments:
        path, _ = transactions[limits.max_payments]
        raise UnreadableError(path, f"the message holds more than {limits.max_payments} payments")
    if len(headers) > 1:
        raise UnreadableError(headers[1][0], "is a second group header; which one counts is not told")
    first = quick_parts(headers[0][1], headers[0][0], limits) if headers else {}
    return Opened(Scope(first), outside.texts, transactions, count(first) + len(outside.texts), headers)


def count(found: Parts) -> int:
    """How many texts there are in all parts together."""
    return sum(len(part.leaves) for several in found.values() for part in several)


def read_header(opened: Opened, envelope: Envelope) -> Header:
    """The group header, the envelope and what else stands outside of the payments."""
    scope = opened.header
    values = opened.values + len(envelope.texts)
    settlement = scope.take("SttlmInf")
    clearing = frozenset[str]()
    reimbursement: list[Institution] = []
    if settlement is not None:
        clearing = codes_in(settlement, "ClrSys/")
        reimbursement = _reimbursement(scope, settlement)
    codes = read_codes(scope, Codes())
    message = scope.value("MsgId")
    days = scope.day("IntrBkSttlmDt"), scope.day("CreDtTm")
    sender, receiver = scope.institution("InstgAgt"), scope.institution("InstdAgt")
    scope.keep_rest(KINDS)
    return Header(
        message=message,
        days=days,
        sender=sender,
        receiver=receiver,
        reimbursement=reimbursement,
        envelope_senders=envelope.senders,
        envelope_receivers=envelope.receivers,
        codes=codes,
        clearing=clearing,
        texts=[*as_reference(message), *scope.texts, *opened.texts, *envelope.texts],
        problems=scope.problems,
        values=values,
        services=envelope.services,
    )


def _reimbursement(scope: Scope, settlement: Part) -> list[Institution]:
    """The institutions that settle a cover, each with its account; the rest of the settlement becomes texts."""
    found = []
    covered = any(key.startswith(_REIMBURSEMENT) for key, _, _ in settlement.leaves)
    for name in _REIMBURSEMENT if covered else ():
        part, settlement = sub_part(settlement, name)
        account, settlement = sub_part(settlement, f"{name}Acct")
        if part is not None or account is not None:
            where = part or Part(f"{settlement.path}/{name}", [])
            found.append(iso_parties.institution(where, None if account is None else scope.as_account(account)))
    scope.keep(settlement, _OTHER)
    return found


def codes_in(part: Part, prefix: str) -> frozenset[str]:
    """The texts under that prefix."""
    return frozenset(text.strip() for key, _, text in part.leaves if key.startswith(prefix))


def read_codes(scope: Scope, instead: Codes) -> Codes:
    """The type of the payment; `instead` counts where it gives none."""
    part = scope.take("PmtTpInf")
    if part is None:
        return instead
    scope.keep(part, _PURPOSE)
    return Codes(
        codes_in(part, "SvcLvl/") or instead.services,
        codes_in(part, "LclInstrm/") or instead.instruments,
    )


def business_day(scope: Scope, *days: Day | Finding | None) -> Day | None:
    """The first day that is told: usually the settlement date, of the payment, else of the message, else its making.

    One that cannot be read is a problem if it would have counted.
    """
    for day in days:
        if isinstance(day, Finding):
            scope.problems.append(day)
        elif day is not None:
            return day
    return None


def as_reference(value: Value | None) -> list[Text]:
    """The text of a reference, if it says anything."""
    if value is None or not value.text.strip():
        return []
    return [Text(_REFERENCE, value.text, value.path)]
