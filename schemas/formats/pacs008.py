"""pacs.008, FIToFICustomerCreditTransfer, every published version from 02 to 13, by local name.

Field mapping: ISO 20022 message definition reports. Values of the group header hold for each payment of the message.
Whatever has no place of its own in a payment is kept as a text, so that nothing goes unscreened.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from schemas.finding import Finding
from schemas.formats import iso_parties
from schemas.formats.chain import split_chain
from schemas.formats.iso_scope import Scope
from schemas.formats.rails import iso_rail
from schemas.formats.unreadable import UnreadableError, unreadable_field
from schemas.formats.xml_parts import Part, children, parts, sub_part
from schemas.payment import Institution, Party, Payment, PaymentIds, Text, TextKind, Value

if TYPE_CHECKING:
    from lxml import etree

    from schemas.formats.envelope import Body, Envelope
    from schemas.formats.limits import Limits

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
_IDS = {
    "InstrId": "instruction",
    "EndToEndId": "end_to_end",
    "TxId": "transaction",
    "UETR": "uetr",
    "ClrSysRef": "clearing",
}


@dataclass(slots=True)
class _Header:
    """What the group header and the envelope say for every payment of the message."""

    message: Value | None
    day: tuple[date, str] | None
    created: tuple[date, str] | None
    sender: Institution | None
    receiver: Institution | None
    reimbursement: list[Institution]
    named: list[Institution]
    kind: _PaymentKind
    texts: list[Text]
    problems: list[Finding]


@dataclass(slots=True)
class _PaymentKind:
    """The codes that tell the rail."""

    services: set[str]
    instruments: set[str]
    clearing: set[str]


def decode_body(body: Body, envelope: Envelope, limits: Limits) -> list[Payment]:
    """The payments of one FIToFICustomerCreditTransfer, positions counted from 1."""
    skip = frozenset({_HEADER, _TRANSACTION})
    found = parts(body.element, body.path, limits, skip)
    outside = Scope(found, [])
    outside.keep_rest({})
    header: _Header | None = None
    transactions: list[tuple[str, etree._Element]] = []
    for name, path, child in children(body.element, body.path):
        if name == _TRANSACTION:
            transactions.append((path, child))
        elif name == _HEADER:
            header = _header(Scope(parts(child, path, limits), []), envelope, outside.texts)
    if not transactions:
        raise UnreadableError(f"{body.path}/{_TRANSACTION}", f"{body.name} holds no payment")
    if len(transactions) > limits.max_payments:
        raise UnreadableError(
            body.path, f"holds {len(transactions)} payments; at most {limits.max_payments} are allowed"
        )
    if header is None:
        header = _header(Scope({}, []), envelope, outside.texts)
    return [
        _payment(Scope(parts(child, path, limits), []), path, header, body.name, position)
        for position, (path, child) in enumerate(transactions, start=1)
    ]


def _header(scope: Scope, envelope: Envelope, texts: list[Text]) -> _Header:
    settlement = scope.take("SttlmInf")
    reimbursement: list[Institution] = []
    kind = _PaymentKind(set(), set(), set())
    if settlement is not None:
        kind.clearing = _codes(settlement, "ClrSys/")
        reimbursement = _reimbursement(scope, settlement)
    _read_kind(scope, kind)
    message = scope.value("MsgId")
    day = scope.day("IntrBkSttlmDt")
    created = scope.day("CreDtTm", time=True)
    sender, receiver = scope.institution("InstgAgt"), scope.institution("InstdAgt")
    scope.keep_rest(_KINDS)
    named = [
        end
        for end, instead in ((envelope.sender, sender), (envelope.receiver, receiver))
        if end is not None and instead is not None
    ]
    return _Header(
        message=message,
        day=day,
        created=created,
        sender=sender or envelope.sender,
        receiver=receiver or envelope.receiver,
        reimbursement=reimbursement,
        named=named,
        kind=kind,
        texts=[*_reference(message), *scope.texts, *texts, *envelope.texts],
        problems=[*envelope.problems, *scope.problems],
    )


def _reimbursement(scope: Scope, settlement: Part) -> list[Institution]:
    """The institutions that settle a cover, each with its account; the rest of the settlement becomes texts."""
    found = []
    for name in _REIMBURSEMENT:
        part, account = sub_part(settlement, name), sub_part(settlement, f"{name}Acct")
        if part is not None or account is not None:
            where = part or Part(f"{settlement.path}/{name}")
            found.append(iso_parties.institution(where, None if account is None else scope.as_account(account)))
    scope.keep(settlement.leaves, TextKind.OTHER)
    return found


def _codes(part: Part, prefix: str) -> set[str]:
    return {text.strip() for key, _, text in part.leaves if key.startswith(prefix)}


def _read_kind(scope: Scope, kind: _PaymentKind) -> None:
    part = scope.take("PmtTpInf")
    if part is not None:
        kind.services = _codes(part, "SvcLvl/")
        kind.instruments = _codes(part, "LclInstrm/")
        scope.keep(part.leaves, TextKind.PURPOSE)


def _payment(scope: Scope, path: str, header: _Header, name: str, position: int) -> Payment:
    kind = _PaymentKind(header.kind.services, header.kind.instruments, header.kind.clearing)
    _read_kind(scope, kind)
    ids = _ids(scope, header)
    amount = scope.amount("IntrBkSttlmAmt")
    if amount is None and not scope.problems:
        scope.problems.append(unreadable_field(f"{path}/IntrBkSttlmAmt", "", "the payment has no amount"))
    instructed = scope.amount("InstdAmt")
    day = scope.day("IntrBkSttlmDt") or header.day or header.created
    payer_institution, payee_institution = scope.institution("DbtrAgt"), scope.institution("CdtrAgt")
    sender = scope.institution("InstgAgt") or header.sender
    receiver = scope.institution("InstdAgt") or header.receiver
    before, after = scope.institutions(_BEFORE), scope.institutions(_AFTER)
    charges = _charges(scope)
    # Where the message does not name the payer's institution, it is the sender; the payee's, the receiver.
    intermediaries, rest = split_chain(
        [*before, sender, receiver, *after, *header.reimbursement],
        payer_institution or sender,
        payee_institution or receiver,
    )
    payer, payee = scope.party("Dbtr"), scope.party("Cdtr")
    ultimate_payer, ultimate_payee = scope.party("UltmtDbtr"), scope.party("UltmtCdtr")
    initiating = scope.party("InitgPty")
    payer_account, payee_account = scope.account("DbtrAcct"), scope.account("CdtrAcct")
    cross_border = ids.uetr is not None or _both_bics(payer_institution, payee_institution)
    scope.keep_rest(_KINDS)
    return Payment(
        format=name,
        position=position,
        path=path,
        ids=ids,
        rail=iso_rail(kind.services, kind.instruments, kind.clearing, cross_border=cross_border),
        business_date=None if day is None else day[0],
        business_date_path="" if day is None else day[1],
        amount=amount,
        instructed_amount=instructed,
        payer=payer or Party(f"{path}/Dbtr"),
        payer_account=payer_account,
        payer_institution=payer_institution,
        payee=payee or Party(f"{path}/Cdtr"),
        payee_account=payee_account,
        payee_institution=payee_institution,
        ultimate_payer=ultimate_payer,
        ultimate_payee=ultimate_payee,
        initiating_party=initiating,
        intermediaries=intermediaries,
        institutions=(*rest, *charges, *header.named),
        sender=sender,
        receiver=receiver,
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
    # A reference can be made to carry a name; the UETR cannot and is only a number.
    for slot, value in found.items():
        if slot != "uetr" or len(value.text) > _UETR_LENGTH:
            scope.texts.extend(_reference(value))
    return PaymentIds(
        message=header.message,
        instruction=found.get("instruction"),
        end_to_end=found.get("end_to_end"),
        transaction=found.get("transaction"),
        uetr=found.get("uetr"),
        clearing=found.get("clearing"),
    )


_UETR_LENGTH = 36


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
