"""What tests of decoders ask: the payments of a message, and where things stand in the builders' pacs.008."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from schemas.formats.detect import decode
from schemas.formats.limits import Limits
from schemas.payment import Message
from tests.builders import element, pacs008

if TYPE_CHECKING:
    from schemas.payment import Institution, Payment

BODY = "/Document/FIToFICstmrCdtTrf"
PATH = f"{BODY}/CdtTrfTxInf"


def decoded(raw: bytes) -> list[Payment]:
    """The payments of a message that is readable."""
    message = decode(raw, Limits())
    assert isinstance(message, Message), message
    return list(message.payments)


def one(**overrides: Any) -> Payment:
    """The payment of a pacs.008 with something spoilt."""
    (payment,) = decoded(pacs008(**overrides))
    return payment


def institution(name: str, bic: str | None = None, more: str = "") -> str:
    """XML of an institution."""
    return f"<{name}><FinInstnId>{element('BICFI', bic)}{more}</FinInstnId></{name}>"


def bics(institutions: tuple[Institution, ...]) -> list[str]:
    """The BIC of each, or its place where it has none."""
    return [step.bic.text if step.bic else step.path for step in institutions]


def texts(payment: Payment) -> dict[str, str]:
    """The texts by place, relative to the payment."""
    return {text.path.removeprefix(f"{PATH}/"): text.text for text in payment.texts}
