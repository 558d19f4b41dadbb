"""pain.008, CustomerDirectDebitInitiation, every version by local name, single and batch: the payee's order.

All data, the payer's too, come from the payee's side.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemas.formats.iso_initiation import Form, decode_initiation
from schemas.payment import PaymentKind

if TYPE_CHECKING:
    from schemas.formats.envelope import Body, Envelope
    from schemas.formats.limits import Limits
    from schemas.payment import Payment

BODY = "CstmrDrctDbtInitn"
_FORM = Form(
    kind=PaymentKind.DIRECT_DEBIT_INITIATION,
    transaction="DrctDbtTxInf",
    day="ReqdColltnDt",
    near="Cdtr",
    far="Dbtr",
    collected=True,
)


def decode_body(body: Body, envelope: Envelope, limits: Limits) -> tuple[Payment, ...]:
    """The payments that one CustomerDirectDebitInitiation orders, positions counted from 1."""
    return decode_initiation(body, envelope, limits, _FORM)
