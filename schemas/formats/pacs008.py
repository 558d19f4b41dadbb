"""pacs.008, FIToFICustomerCreditTransfer, every published version from 02 to 13, by local name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemas.formats.iso_header import business_day, read_codes
from schemas.formats.iso_transfer import Read, Route, as_payment, each_payment, read_chain, read_ends, read_ids
from schemas.payment import Payment, PaymentKind

if TYPE_CHECKING:
    from schemas.formats.envelope import Body, Envelope
    from schemas.formats.iso_header import Header
    from schemas.formats.iso_scope import Scope
    from schemas.formats.iso_transfer import Place
    from schemas.formats.limits import Limits

# A look at a member goes through its class (a quarter of a microsecond in Python 3.11): the hot ones have own names.
_KIND = PaymentKind.CUSTOMER_CREDIT_TRANSFER
BODY = "FIToFICstmrCdtTrf"
_TRANSACTION = "CdtTrfTxInf"


def decode_body(body: Body, envelope: Envelope, limits: Limits) -> tuple[Payment, ...]:
    """The payments of one FIToFICustomerCreditTransfer, positions counted from 1."""
    return each_payment(body, envelope, limits, _TRANSACTION, _payment)


def _payment(scope: Scope, header: Header, place: Place) -> Payment:
    read = Read(
        kind=_KIND,
        codes=read_codes(scope, header.codes),
        ids=read_ids(scope, header),
        amount=scope.amount("IntrBkSttlmAmt", required_at=place.path),
        instructed=scope.amount("InstdAmt"),
        day=business_day(scope, scope.day("IntrBkSttlmDt"), *header.days),
        chain=read_chain(scope, header, Route(scope.institution("DbtrAgt"), scope.institution("CdtrAgt"))),
        ends=read_ends(scope, place.path),
    )
    return as_payment(place, read, scope, header)
