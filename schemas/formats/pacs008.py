"""pacs.008, FIToFICustomerCreditTransfer, every published version from 02 to 13, by local name.

Field mapping: ISO 20022 message definition reports. Values of the group header hold for each payment of the message.
Whatever has no place of its own in a payment is kept as a text, so that nothing goes unscreened.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from schemas.finding import Finding
from schemas.formats import iso_parties
from schemas.formats.chain import split_chain
from schemas.formats.iso_scope import Day, Scope
from schemas.formats.rails import iso_rail
from schemas.formats.unreadable import UnreadableError
from schemas.formats.xml_parts import Part, Parts, children, parts, sub_part
from schemas.payment import Institution, Party, Payment, PaymentIds, Text, TextKind, Value

if TYPE_CHECKING:
    from lxml import etree

    from schemas.formats.envelope import Body, Envelope
    from schemas.formats.limits import Limits

BODY = "FIToFICstmrCdtTrf"
_HEADER = "GrpHdr"
_TRANSACTION = "CdtTrfTxInf"
_KINDS = {
    "RmtInf": TextKind.REMITTANCE,
    "RltdRmtInf": TextKind.REMITTANCE,
    "InstrForCdtrAgt": TextKind.INSTRUCTION,
    "InstrForNxtAgt": TextKind.INSTRUCTION,
    "RgltryRptg": TextKind.REGULATORY,
    "Tax": TextKind.REGULATORY,
    "Purp": TextKind.PURPOSE,
    "PmtTpInf": TextKind.PURPOSE,
}
# The previous instructing institutions stand before the sender, 1 next to the payer's; intermediaries after the
# receiver, 1 next to it (ISO 20022 definitions of PreviousInstructingAgent1..3 and IntermediaryAgent1..3).
_BEFORE = ("PrvsInstgAgt1", "PrvsInstgAgt2", "PrvsInstgAgt3", "PrvsInstgAgt")
_AFTER = ("IntrmyAgt1", "IntrmyAgt2", "IntrmyAgt3")
_REIMBURSEMENT = ("InstgRmbrsmntAgt", "ThrdRmbrsmntAgt", "InstdRmbrsmntAgt")
_UETR = re.compile(r"[0-9a-fA-F-]{36}", re.ASCII)
_IDS = {
    "InstrId": "instruction",
    "EndToEndId": "end_to_end",
    "TxId": "transaction",
    "UETR": "uetr",
    "ClrSysRef": "clearing",
}


class _Kind(NamedTuple):
    """The codes that tell the rail."""

    services: frozenset[str] = frozenset()
    instruments: frozenset[str] = frozenset()


@dataclass(slots=True)
class _Header:
    """What the group header and the envelope say for every payment of the message."""

    message: Value | None
    days: tuple[Day | Finding | None, ...]
    sender: Institution | None
    receiver: Institution | None
    reimbursement: list[Institution]
    envelope_senders: list[Institution]
    envelope_receivers: list[Institution]
    kind: _Kind
    clearing: frozenset[str]
    texts: list[Text]
    problems: list[Finding]


def decode_body(body: Body, envelope: Envelope, limits: Limits) -> tuple[Payment, ...]:
    """The payments of one FIToFICustomerCreditTransfer, positions counted from 1."""
    outside = Scope(parts(body.element, body.path, limits, frozenset({_HEADER, _TRANSACTION})))
    outside.keep_rest({})
    headers: list[Parts] = []
    transactions: list[tuple[str, etree._Element]] = []
    for name, path, child in children(body.element, body.path):
        if name == _TRANSACTION:
            transactions.append((path, child))
        elif name == _HEADER:
            headers.append(parts(child, path, limits))
        if len(transactions) > limits.max_payments:
            raise UnreadableError(path, f"the message holds more than {limits.max_payments} payments")
    if len(headers) > 1:
        raise UnreadableError(f"{body.path}/{_HEADER}[2]", "is a second group header; which one counts is not told")
    if not transactions:
        raise UnreadableError(f"{body.path}/{_TRANSACTION}", f"this {body.name} holds no payment")
    header = _header(Scope(headers[0] if headers else {}), envelope, outside.texts)
    return tuple(
        _payment(Scope(parts(child, path, limits)), path, header, body.name, position)
        for position, (path, child) in enumerate(transactions, start=1)
    )


def _header(scope: Scope, envelope: Envelope, texts: list[Text]) -> _Header:
    settlement = scope.take("SttlmInf")
    clearing = frozenset[str]()
    reimbursement: list[Institution] = []
    if settlement is not None:
        clearing = _codes(settlement, "ClrSys/")
        reimbursement = _reimbursement(scope, settlement)
    kind = _kind(scope, _Kind())
    message = scope.value("MsgId")
    days = scope.day("IntrBkSttlmDt"), scope.day("CreDtTm")
    sender, receiver = scope.institution("InstgAgt"), scope.institution("InstdAgt")
    scope.keep_rest(_KINDS)
    return _Header(
        message=message,
        days=days,
        sender=sender,
        receiver=receiver,
        reimbursement=reimbursement,
        envelope_senders=envelope.senders,
        envelope_receivers=envelope.receivers,
        kind=kind,
        clearing=clearing,
        texts=[*_reference(message), *scope.texts, *texts, *envelope.texts],
        problems=scope.problems,
    )


def _reimbursement(scope: Scope, settlement: Part) -> list[Institution]:
    """The institutions that settle a cover, each with its account; the rest of the settlement becomes texts."""
    found = []
    for name in _REIMBURSEMENT:
        part, account = sub_part(settlement, name), sub_part(settlement, f"{name}Acct")
        if part is not None or account is not None:
            where = part or Part(f"{settlement.path}/{name}", [])
            found.append(iso_parties.institution(where, None if account is None else scope.as_account(account)))
    scope.keep(settlement.leaves, TextKind.OTHER)
    return found


def _codes(part: Part, prefix: str) -> frozenset[str]:
    return frozenset(text.strip() for key, _, text in part.leaves if key.startswith(prefix))


def _kind(scope: Scope, instead: _Kind) -> _Kind:
    part = scope.take("PmtTpInf")
    if part is None:
        return instead
    scope.keep(part.leaves, TextKind.PURPOSE)
    return _Kind(_codes(part, "SvcLvl/"), _codes(part, "LclInstrm/"))


def _business_day(scope: Scope, header: _Header) -> Day | None:
    """The settlement date of the payment, else of the message, else the day the message was made.

    One that cannot be read is a problem if it would have counted.
    """
    for day in (scope.day("IntrBkSttlmDt"), *header.days):
        if isinstance(day, Finding):
            scope.problems.append(day)
        elif day is not None:
            return day
    return None


class _Chain(NamedTuple):
    """The institutions of a payment in their places."""

    payer: Institution | None
    payee: Institution | None
    sender: Institution | None
    receiver: Institution | None
    intermediaries: tuple[Institution, ...]
    others: tuple[Institution, ...]


def _chain(scope: Scope, header: _Header) -> _Chain:
    payer, payee = scope.institution("DbtrAgt"), scope.institution("CdtrAgt")
    own_sender, own_receiver = scope.institution("InstgAgt"), scope.institution("InstdAgt")
    outer = [*header.envelope_senders, *header.envelope_receivers]
    sender = own_sender or header.sender or next(iter(header.envelope_senders), None)
    receiver = own_receiver or header.receiver or next(iter(header.envelope_receivers), None)
    before, after = scope.institutions(_BEFORE), scope.institutions(_AFTER)
    # Where the message does not name the payer's institution, it is the sender; the payee's, the receiver. The ends of
    # the application header are often clearing systems, which are no payment service providers: they never count.
    between = [*before, own_sender, header.sender, own_receiver, header.receiver, *after, *header.reimbursement]
    intermediaries, rest = split_chain(between, payer or sender, payee or receiver)
    others = [end for end in (*rest, *_charges(scope), *outer) if end is not sender and end is not receiver]
    return _Chain(payer, payee, sender, receiver, intermediaries, tuple(others))


def _payment(scope: Scope, path: str, header: _Header, name: str, position: int) -> Payment:
    kind = _kind(scope, header.kind)
    ids = _ids(scope, header)
    amount = scope.amount("IntrBkSttlmAmt", required_at=path)
    instructed = scope.amount("InstdAmt")
    day = _business_day(scope, header)
    chain = _chain(scope, header)
    payer, payee = scope.party("Dbtr"), scope.party("Cdtr")
    ultimate_payer, ultimate_payee = scope.party("UltmtDbtr"), scope.party("UltmtCdtr")
    initiating = scope.party("InitgPty")
    payer_account, payee_account = scope.account("DbtrAcct"), scope.account("CdtrAcct")
    cross_border = ids.uetr is not None or _both_bics(chain.payer, chain.payee)
    scope.keep_rest(_KINDS)
    return Payment(
        format=name,
        position=position,
        path=path,
        ids=ids,
        rail=iso_rail(kind.services, kind.instruments, header.clearing, cross_border=cross_border),
        business_date=None if day is None else day.date,
        business_date_path="" if day is None else day.path,
        amount=amount,
        instructed_amount=instructed,
        payer=payer or Party(f"{path}/Dbtr"),
        payer_account=payer_account,
        payer_institution=chain.payer,
        payee=payee or Party(f"{path}/Cdtr"),
        payee_account=payee_account,
        payee_institution=chain.payee,
        ultimate_payer=ultimate_payer,
        ultimate_payee=ultimate_payee,
        initiating_party=initiating,
        intermediaries=chain.intermediaries,
        institutions=chain.others,
        sender=chain.sender,
        receiver=chain.receiver,
        texts=(*scope.texts, *header.texts),
        problems=(*scope.problems, *header.problems),
    )


def _ids(scope: Scope, header: _Header) -> PaymentIds:
    part = scope.take("PmtId")
    found: dict[str, Value] = {}
    if part is not None:
        for leaf in part.leaves:
            slot = _IDS.get(leaf[0])
            if slot is None or slot in found:
                scope.keep([leaf], TextKind.REFERENCE)
            else:
                found[slot] = Value(leaf[2], leaf[1])
    # A reference can be made to carry a name; a UETR of the right form cannot.
    for slot, value in found.items():
        if slot != "uetr" or not _UETR.fullmatch(value.text):
            scope.texts.extend(_reference(value))
    return PaymentIds(
        message=header.message,
        instruction=found.get("instruction"),
        end_to_end=found.get("end_to_end"),
        transaction=found.get("transaction"),
        uetr=found.get("uetr"),
        clearing=found.get("clearing"),
    )


def _reference(value: Value | None) -> list[Text]:
    if value is None or not value.text.strip():
        return []
    return [Text(TextKind.REFERENCE, value.text, value.path)]


def _charges(scope: Scope) -> list[Institution]:
    """Who took charges: named and screened, no part of the chain by that alone."""
    found = []
    for part in scope.take_all("ChrgsInf"):
        for name in ("Agt", "Pty"):
            inside = sub_part(part, name)
            if inside is not None:
                found.append(iso_parties.institution(inside))
        scope.keep(part.leaves, TextKind.OTHER)
    return found


def _both_bics(payer_institution: Institution | None, payee_institution: Institution | None) -> bool:
    ends = (payer_institution, payee_institution)
    return all(end is not None and end.bic is not None for end in ends)
