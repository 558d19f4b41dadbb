"""How much a payment is in EUR, and whether that is above the law's threshold of EUR 1 000.

Strictly more than 1 000.00, alone or with linked transfers, in exact decimals. Where no EUR amount can be had the
payment is treated as above, and the answer says so. Source: Art. 5(2), 5(3), 6(2), 7(3) and 7(4) of both regulations.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from schemas.finding import Finding, Reason
from schemas.identifiers import is_currency, minor_units

if TYPE_CHECKING:
    from schemas.context import Context
    from schemas.information.policy import InformationPolicy
    from schemas.payment import Amount, Payment


THRESHOLD = Decimal("1000.00")  # EUR, fixed by law: a policy may be stricter, never softer


@dataclass(frozen=True, slots=True)
class Euros:
    """`value` None: not known. `above`: more than the threshold. `said` tells a person how that was found."""

    value: Decimal | None
    above: bool
    said: str
    path: str


def euros_of(payment: Payment, context: Context, policy: InformationPolicy) -> Euros:
    """The amount in EUR as the hub gives it, else as the message does where its currency is the euro."""
    amount = _in_euro(payment)
    path = "" if amount is None else amount.path
    value = context.amount_eur if context.amount_eur is not None else (amount.value if amount is not None else None)
    if value is None or not value.is_finite():
        return Euros(None, above=True, said="no EUR amount and no rate: treated as above the threshold", path=path)
    threshold = min(policy.readings.threshold_eur, THRESHOLD)
    linked = context.linked_total_eur
    if linked is not None and not linked.is_finite():
        return Euros(value, above=True, said=f"EUR {value}, an unknown total with linked transfers", path=path)
    if linked is not None and linked > value:
        said = f"EUR {value}, EUR {linked} with linked transfers"
        return Euros(value, above=linked > threshold, said=said, path=path)
    return Euros(value, above=value > threshold, said=f"EUR {value}", path=path)


def _in_euro(payment: Payment) -> Amount | None:
    """What the payer ordered counts, not what is left of it on the way; each only where it is in euro."""
    for amount in (payment.instructed_amount, payment.amount):
        if amount is not None and amount.currency == "EUR":
            return amount
    return None


def amount_findings(payment: Payment) -> list[Finding]:
    """What cannot be understood about the amount: nothing at all, an unknown currency, no number, too many decimals."""
    amount = payment.amount if payment.amount is not None else payment.instructed_amount
    if amount is None:
        return [Finding(Reason.FIELD_UNREADABLE, payment.path, "", "the message gives no amount")]
    seen = f"{amount.value} {amount.currency}"
    if not is_currency(amount.currency):
        detail = f"{amount.currency!r} is no ISO 4217 currency"
    elif not amount.value.is_finite() or amount.value < 0:
        detail = "the amount is no number of money"
    elif _decimals(amount.value) > (minor_units(amount.currency) or 0):
        detail = f"{amount.currency} has {minor_units(amount.currency)} decimals"
    else:
        return []
    return [Finding(Reason.FIELD_UNREADABLE, amount.path, seen, detail)]


def _decimals(value: Decimal) -> int:
    exponent = value.normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0
