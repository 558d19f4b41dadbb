"""pacs.004, PaymentReturn, every version by local name: money that goes back.

Who gives it back is the payer, who gets it back the payee. Newer versions say so in the return chain (`RtrChain`);
where there is none, the original payment (`OrgnlTxRef`) is read backwards. A message may return a whole group without
naming its payments: it is then one payment, of the group's total.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemas.formats.iso_header import KINDS, Codes, business_day, open_body, read_codes, read_header
from schemas.formats.iso_original import read_original
from schemas.formats.iso_scope import Scope
from schemas.formats.iso_transfer import Place, Read, Route, as_payment, original_ids, payments_of, read_chain
from schemas.payment import Payment, PaymentKind

if TYPE_CHECKING:
    from schemas.formats.envelope import Body, Envelope
    from schemas.formats.iso_header import Header
    from schemas.formats.iso_original import Original
    from schemas.formats.limits import Limits

BODY = "PmtRtr"
_TRANSACTION = "TxInf"
_TOTAL = "TtlRtrdIntrBkSttlmAmt"
_AMOUNT = "RtrdIntrBkSttlmAmt"


def decode_body(body: Body, envelope: Envelope, limits: Limits) -> tuple[Payment, ...]:
    """The payments of one PaymentReturn, positions counted from 1."""
    opened = open_body(body, limits, _TRANSACTION)
    if opened.transactions:
        return payments_of(opened, read_header(opened, envelope), body, limits, _payment)
    whole = Scope({_AMOUNT: opened.header.take_all(_TOTAL)})
    return (_payment(whole, read_header(opened, envelope), Place(body.name, 1, body.path)),)


def _payment(scope: Scope, header: Header, place: Place) -> Payment:
    original = _returned(scope, place.path)
    read = Read(
        kind=PaymentKind.RETURN,
        codes=original.codes,
        ids=original_ids(scope, header, "RtrId"),
        amount=scope.amount(_AMOUNT, required_at=place.path),
        instructed=scope.amount("RtrdInstdAmt"),
        day=business_day(scope, scope.day("IntrBkSttlmDt"), *header.days),
        chain=read_chain(
            scope, header, Route(original.payer_institution, original.payee_institution, more=original.between)
        ),
        ends=original.ends,
    )
    return as_payment(place, read, scope, header)


def _returned(scope: Scope, path: str) -> Original:
    """The return as a chain from who gives back to who gets back.

    Its rail is told by the original, and so are the accounts that the chain leaves out.
    """
    if "RtrChain" not in scope.found:
        return read_original(scope, "OrgnlTxRef", path).turned()
    reference = scope.enter("OrgnlTxRef", path)
    codes = read_codes(reference, Codes())
    chain = read_original(scope, "RtrChain", path)
    ends = chain.ends
    if ends.payer_account is None:
        ends = ends._replace(payer_account=reference.account("CdtrAcct"))
    if ends.payee_account is None:
        ends = ends._replace(payee_account=reference.account("DbtrAcct"))
    scope.absorb(reference, KINDS)
    return chain._replace(codes=codes, ends=ends)
