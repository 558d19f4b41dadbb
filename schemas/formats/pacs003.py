"""pacs.003, FIToFICustomerDirectDebit, every version by local name.

The money goes from `Dbtr` to `Cdtr` as in a credit transfer, but the message goes the other way: the payee's
institution sends it to the payer's, and the payee's side supplied the data of both (Regulation (EU) 2023/1113
Art. 3(9)(b), 4).
Source of the mapping: ISO 20022 message definition reports; `DrctDbtTx` with the mandate is screened as texts.
"""

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

BODY = "FIToFICstmrDrctDbt"
_TRANSACTION = "DrctDbtTxInf"


def decode_body(body: Body, envelope: Envelope, limits: Limits) -> tuple[Payment, ...]:
    """The payments of one FIToFICustomerDirectDebit, positions counted from 1."""
    return each_payment(body, envelope, limits, _TRANSACTION, _payment)


def _payment(scope: Scope, header: Header, place: Place) -> Payment:
    collection = scope.day("ReqdColltnDt")
    read = Read(
        kind=PaymentKind.DIRECT_DEBIT,
        codes=read_codes(scope, header.codes),
        ids=read_ids(scope, header),
        amount=scope.amount("IntrBkSttlmAmt", required_at=place.path),
        instructed=scope.amount("InstdAmt"),
        day=business_day(scope, scope.day("IntrBkSttlmDt"), header.days[0], collection, *header.days[1:]),
        chain=read_chain(
            scope, header, Route(scope.institution("DbtrAgt"), scope.institution("CdtrAgt"), collected=True)
        ),
        ends=read_ends(scope, place.path),
    )
    return as_payment(place, read, scope, header)
