"""What the ISO 20022 messages that institutions send each other have in common: chain, identifiers, ends.

Field mapping: ISO 20022 message definition reports. Values of the group header hold for each payment of the message.
Whatever has no place of its own in a payment is kept as a text, so that nothing goes unscreened.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from schemas.formats import iso_parties
from schemas.formats.chain import split_chain
from schemas.formats.forms import keep, speaking
from schemas.formats.iso_header import (
    KINDS,
    Codes,
    Header,
    Opened,
    as_reference,
    count,
    open_body,
    read_header,
    refuse_repeats,
)
from schemas.formats.iso_scope import Day, Scope
from schemas.formats.rails import iso_rail
from schemas.formats.unreadable import UnreadableError
from schemas.formats.xml_known import remember
from schemas.formats.xml_parts import Standing, sub_part
from schemas.formats.xml_shapes import quick_parts
from schemas.payment import Institution, Party, Payment, PaymentIds, TextKind, Value

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from schemas.formats.envelope import Body, Envelope
    from schemas.formats.limits import Limits
    from schemas.payment import Account, Amount, PaymentKind, Rail

# The previous instructing institutions stand before the sender, 1 next to the payer's; intermediaries after the
# receiver, 1 next to it (ISO 20022 definitions of PreviousInstructingAgent1..3 and IntermediaryAgent1..3).
BEFORE = ("PrvsInstgAgt1", "PrvsInstgAgt2", "PrvsInstgAgt3", "PrvsInstgAgt")
AFTER = ("IntrmyAgt1", "IntrmyAgt2", "IntrmyAgt3")
# A look at a member goes through its class (a quarter of a microsecond in Python 3.11): the hot ones have own names.
_REFERENCE = TextKind.REFERENCE
_OTHER = TextKind.OTHER
_UETR = re.compile(r"[0-9a-fA-F-]{36}", re.ASCII)
_IDS = {
    "InstrId": "instruction",
    "EndToEndId": "end_to_end",
    "TxId": "transaction",
    "UETR": "uetr",
    "ClrSysRef": "clearing",
}


class Chain(NamedTuple):
    """The institutions of a payment in their places."""

    payer: Institution | None
    payee: Institution | None
    sender: Institution | None
    receiver: Institution | None
    intermediaries: tuple[Institution, ...]
    others: tuple[Institution, ...]


class Route(NamedTuple):
    """What tells apart the chains of different messages.

    The payer's and the payee's institutions, `more` institutions in between, `ends` that are an end themselves; whether
    the money is `collected` (direct debit), so that the message goes from the payee's side to the payer's.
    """

    payer: Institution | None
    payee: Institution | None
    more: tuple[Institution | None, ...] = ()
    ends: tuple[Institution | None, ...] = ()
    collected: bool = False


def read_chain(scope: Scope, header: Header, route: Route) -> Chain:
    """The chain between the payer's and the payee's institutions.

    Where the message does not name the payer's institution, it is the sender; the payee's, the receiver. The ends of
    the application header are often clearing systems, which are no payment service providers: they never count.
    """
    own_sender, own_receiver = scope.institution("InstgAgt"), scope.institution("InstdAgt")
    outer = [*header.envelope_senders, *header.envelope_receivers]
    sender = own_sender or header.sender or next(iter(header.envelope_senders), None)
    receiver = own_receiver or header.receiver or next(iter(header.envelope_receivers), None)
    before, after = scope.institutions(BEFORE), scope.institutions(AFTER)
    between = [*before, own_sender, header.sender, own_receiver, header.receiver, *after, *header.reimbursement]
    first, last = (receiver, sender) if route.collected else (sender, receiver)
    ends = route.payer or first, route.payee or last, *route.ends
    intermediaries, rest = split_chain((*between, *route.more), *ends)
    others = [end for end in (*rest, *_charges(scope), *outer) if end is not sender and end is not receiver]
    return Chain(route.payer, route.payee, sender, receiver, intermediaries, tuple(others))


def _charges(scope: Scope) -> list[Institution]:
    """Who took charges: named and screened, no part of the chain by that alone."""
    found = []
    for part in scope.take_all("ChrgsInf"):
        first, others = sub_part(part, "Agt")
        second, others = sub_part(others, "Pty")
        found += [iso_parties.institution(inside) for inside in (first, second) if inside is not None]
        scope.keep(others, _OTHER)
    return found


def read_ids(scope: Scope, header: Header) -> PaymentIds:
    """The identifiers in `PmtId`."""
    part = scope.take("PmtId")
    found: dict[str, Value] = {}
    if part is not None:
        for number, (key, path, text) in enumerate(part.leaves):
            slot = _IDS.get(key)
            if slot is None or slot in found:
                keep(scope.texts, _REFERENCE, part.leaves, speaking([(number, key)]))
            else:
                found[slot] = Value(text, path)
    return as_ids(scope, header, found)


def original_ids(scope: Scope, header: Header, own: str) -> PaymentIds:
    """The identifiers of the payment that a return or a request is about; where it has none, the `own` one."""
    found = {slot: value for name, slot in _IDS.items() if (value := scope.value(f"Orgnl{name}")) is not None}
    number = scope.value(own)
    if number is not None and found.setdefault("transaction", number) is not number:
        scope.texts.extend(as_reference(number))
    return as_ids(scope, header, found)


def as_ids(scope: Scope, header: Header, found: Mapping[str, Value]) -> PaymentIds:
    """Identifiers by slot. A reference can be made to carry a name and is screened; a UETR of its form cannot."""
    for slot, value in found.items():
        if slot != "uetr" or not _UETR.fullmatch(value.text):
            scope.texts.extend(as_reference(value))
    return PaymentIds(
        message=header.message,
        instruction=found.get("instruction"),
        end_to_end=found.get("end_to_end"),
        transaction=found.get("transaction"),
        uetr=found.get("uetr"),
        clearing=found.get("clearing"),
    )


class Place(NamedTuple):
    """Which payment of which message this is: the message's name, its number counted from 1, its path."""

    format: str
    position: int
    path: str


class Ends(NamedTuple):
    """The two ends of a payment and those behind them."""

    payer: Party
    payer_account: Account | None
    payee: Party
    payee_account: Account | None
    ultimate_payer: Party | None = None
    ultimate_payee: Party | None = None
    initiating: Party | None = None


def read_ends(scope: Scope, path: str) -> Ends:
    """Payer and payee, always there, if only with the place where they should stand; and those behind them."""
    return Ends(
        payer=scope.end("Dbtr") or Party(f"{path}/Dbtr"),
        payer_account=scope.account("DbtrAcct"),
        payee=scope.end("Cdtr") or Party(f"{path}/Cdtr"),
        payee_account=scope.account("CdtrAcct"),
        ultimate_payer=scope.end("UltmtDbtr"),
        ultimate_payee=scope.end("UltmtCdtr"),
        initiating=scope.end("InitgPty"),
    )


class Read(NamedTuple):
    """What a decoder has read of one payment."""

    kind: PaymentKind
    ids: PaymentIds
    codes: Codes
    day: Day | None
    amount: Amount | None
    instructed: Amount | None
    ends: Ends
    chain: Chain


Decode: TypeAlias = "Callable[[Scope, Header, Place], Payment]"


def as_payment(place: Place, read: Read, scope: Scope, header: Header) -> Payment:
    """The payment; everything that is left in its element becomes texts."""
    ends, chain, day = read.ends, read.chain, read.day
    scope.keep_rest(KINDS)
    return Payment(
        format=place.format,
        position=place.position,
        path=place.path,
        ids=read.ids,
        rail=_rail(read, header),
        business_date=None if day is None else day.date,
        business_date_path="" if day is None else day.path,
        amount=read.amount,
        instructed_amount=read.instructed,
        payer=ends.payer,
        payer_account=ends.payer_account,
        payer_institution=chain.payer,
        payee=ends.payee,
        payee_account=ends.payee_account,
        payee_institution=chain.payee,
        ultimate_payer=ends.ultimate_payer,
        ultimate_payee=ends.ultimate_payee,
        initiating_party=ends.initiating,
        intermediaries=chain.intermediaries,
        institutions=chain.others,
        sender=chain.sender,
        receiver=chain.receiver,
        texts=(*scope.texts, *header.texts),
        problems=(*scope.problems, *header.problems),
        kind=read.kind,
    )


def _rail(read: Read, header: Header) -> Rail:
    ends = (read.chain.payer, read.chain.payee)
    both_bics = all(end is not None and end.bic is not None for end in ends)
    cross_border = read.ids.uetr is not None or both_bics
    return iso_rail(read.codes.services, read.codes.instruments, header.clearing, cross_border=cross_border)


def each_payment(
    body: Body,
    envelope: Envelope,
    limits: Limits,
    transaction: str,
    decode: Decode,
) -> tuple[Payment, ...]:
    """Every payment of a message that has them side by side under that name; refuses one that has none."""
    known = body.known
    if known is not None:
        header = read_header(Opened(Scope(known.group), [], [], count(known.group), []), envelope)
        return (decode(Scope(known.payment), header, Place(body.name, 1, known.payment_path)),)
    opened = open_body(body, limits, transaction)
    if not opened.transactions:
        raise UnreadableError(f"{body.path}/{transaction}", f"this {body.name} holds no payment")
    payments = payments_of(opened, read_header(opened, envelope), body, limits, decode)
    if body.element is not None and len(payments) == len(opened.standing) == 1:
        found = [*opened.standing, *opened.transactions]
        remember(envelope.raw, body.name, Standing(body.path, body.element), envelope.headers, found, limits)
    return payments


def payments_of(opened: Opened, header: Header, body: Body, limits: Limits, decode: Decode) -> tuple[Payment, ...]:
    """The payments of a message, positions counted from 1."""
    refuse_repeats(header.values * len(opened.transactions), body.path)
    return tuple(
        decode(Scope(quick_parts(child, path, limits)), header, Place(body.name, position, path))
        for position, (path, child) in enumerate(opened.transactions, start=1)
    )
