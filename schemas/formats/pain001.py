"""pain.001, CustomerCreditTransferInitiation, every version by local name, single and batch: the payer's order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemas.formats.iso_initiation import Form, decode_initiation
from schemas.payment import PaymentKind

if TYPE_CHECKING:
    from schemas.formats.envelope import Body, Envelope
    from schemas.formats.limits import Limits
    from schemas.payment import Payment

BODY = "CstmrCdtTrfInitn"
_FORM = Form(
    kind=PaymentKind.INITIATION,
    transaction="CdtTrfTxInf",
    day="ReqdExctnDt",
    near="Dbtr",
    far="Cdtr",
    collected=False,
)


def decode_body(body: Body, envelope: Envelope, limits: Limits) -> tuple[Payment, ...]:
    """The payments that one CustomerCreditTransferInitiation orders, positions counted from 1."""
    return decode_initiation(body, envelope, limits, _FORM)
