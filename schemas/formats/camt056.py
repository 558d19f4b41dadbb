"""camt.056, FIToFIPaymentCancellationRequest, every version by local name: a request that moves no money.

It is passed on as what it is; whoever it names is screened. Payer and payee are those of the payment to be cancelled
(`OrgnlTxRef`), where the message names them. A request for a whole group, or for nothing in particular, is one payment.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemas.formats.iso_blocks import open_blocks, within
from schemas.formats.iso_header import KINDS, as_reference, business_day, open_body, read_header
from schemas.formats.iso_original import read_original
from schemas.formats.iso_scope import Scope
from schemas.formats.iso_transfer import Place, Read, Route, as_payment, original_ids, read_chain
from schemas.formats.xml_shapes import quick_parts
from schemas.payment import Payment, PaymentKind

if TYPE_CHECKING:
    from schemas.formats.envelope import Body, Envelope
    from schemas.formats.iso_header import Header, Opened
    from schemas.formats.limits import Limits

BODY = "FIToFIPmtCxlReq"
_HEADER = "Assgnmt"
_BLOCK = "Undrlyg"
_TRANSACTION = "TxInf"


def decode_body(body: Body, envelope: Envelope, limits: Limits) -> tuple[Payment, ...]:
    """The payments that one FIToFIPaymentCancellationRequest is about, positions counted from 1."""
    opened = open_body(body, limits, _BLOCK, _HEADER)
    header = _header(opened, envelope)
    places: list[tuple[str, Scope, Header]] = []
    for block in open_blocks(opened, header, limits, _TRANSACTION):
        block.scope.keep_rest(KINDS)
        inner = within(header, block, header.codes)
        found = [(path, Scope(quick_parts(child, path, limits)), inner) for path, child in block.transactions]
        places += found or [(block.path, Scope({}), inner)]
    return tuple(
        _request(scope, inner, Place(body.name, position, path))
        for position, (path, scope, inner) in enumerate(places or [(body.path, Scope({}), header)], start=1)
    )


def _header(opened: Opened, envelope: Envelope) -> Header:
    """Who asks whom, in the places of sender and receiver."""
    scope = opened.header
    number = scope.value("Id")
    sender, receiver = scope.institution_inside("Assgnr", "Agt"), scope.institution_inside("Assgne", "Agt")
    header = read_header(opened, envelope)
    header.message, header.sender, header.receiver = number, sender, receiver
    header.texts[:0] = as_reference(number)
    return header


def _request(scope: Scope, header: Header, place: Place) -> Payment:
    original = read_original(scope, "OrgnlTxRef", place.path)
    read = Read(
        kind=PaymentKind.CANCELLATION_REQUEST,
        codes=original.codes,
        ids=original_ids(scope, header, "CxlId"),
        amount=scope.amount("OrgnlIntrBkSttlmAmt"),
        instructed=None,
        day=business_day(scope, *header.days),
        chain=read_chain(
            scope, header, Route(original.payer_institution, original.payee_institution, more=original.between)
        ),
        ends=original.ends,
    )
    return as_payment(place, read, scope, header)
