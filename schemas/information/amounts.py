"""How much a payment is in EUR, and whether that is above the law's threshold of EUR 1 000.

Strictly more than 1 000.00, alone or with linked transfers, in exact decimals and never rounded. Other currencies are
converted at the ECB's reference rate of the business date, or the last one before it that the policy still takes.
Where no EUR amount can be had the payment is treated as above, and the answer says so.

Sources: Art. 5(2), 5(3), 6(2), 7(3) and 7(4) of both regulations. Requirements: SCP-01, PAY-16, PAY-17.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from schemas.finding import Finding, Reason
from schemas.identifiers import is_currency, minor_units
from schemas.payment import PaymentKind
from schemas.quick import quick

if TYPE_CHECKING:
    from datetime import date

    from schemas.context import Context
    from schemas.information.policy import InformationPolicy
    from schemas.payment import Amount, Payment


THRESHOLD = Decimal("1000.00")  # EUR, fixed by law: a policy may be stricter, never softer
_LARGEST = 30  # digits before the point: no money on earth has more, and arithmetic on them cannot fail


@quick
@dataclass(frozen=True, slots=True)
class Euros:
    """`value` None: not known. `above`: more than the threshold. `said` tells a person how that was found."""

    value: Decimal | None
    above: bool
    said: str
    path: str


@quick
@dataclass(frozen=True, slots=True)
class _Found:
    value: Decimal | None
    said: str
    path: str


def euros_of(payment: Payment, context: Context, policy: InformationPolicy, day: date) -> Euros:
    """The amount in EUR as the hub gives it, else as the message does in euro, else at the reference rate of `day`."""
    found = _found(payment, context, policy, day)
    value = found.value
    if value is None:
        return Euros(None, above=True, said=f"{found.said}: treated as above the threshold", path=found.path)
    threshold = min(policy.readings.threshold_eur, THRESHOLD)
    linked = context.linked_total_eur
    if linked is not None and not linked.is_finite():
        return Euros(value, above=True, said=f"{found.said}, an unknown total with linked transfers", path=found.path)
    if linked is not None and linked > value:
        said = f"{found.said}, EUR {linked} with linked transfers"
        return Euros(value, above=linked > threshold, said=said, path=found.path)
    return Euros(value, above=value > threshold, said=found.said, path=found.path)


def _found(payment: Payment, context: Context, policy: InformationPolicy, day: date) -> _Found:
    """What the payer ordered counts, not what is left of it on the way."""
    amounts = [one for one in (payment.instructed_amount, payment.amount) if one is not None]
    in_euro = next((one for one in amounts if one.currency == "EUR"), None)
    path = "" if in_euro is None else in_euro.path
    if context.amount_eur is not None:
        return _Found(_sane(context.amount_eur), f"EUR {context.amount_eur}", path)
    if in_euro is not None:
        return _Found(_sane(in_euro.value), f"EUR {in_euro.value}", path)
    for amount in amounts:
        found = _converted(amount, policy, day)
        if found.value is not None:
            return found
    return _Found(None, "no EUR amount and no rate", amounts[0].path if amounts else "")


def _sane(value: Decimal) -> Decimal | None:
    return value if value.is_finite() and value.adjusted() < _LARGEST else None


def _converted(amount: Amount, policy: InformationPolicy, day: date) -> _Found:
    table, value = policy.rate_table, _sane(amount.value)
    rate = None if table is None else table.on(amount.currency, day, policy.rates.maximum_age_days)
    if table is None or rate is None or value is None:
        return _Found(None, "", amount.path)
    euros = value / rate.units
    said = f"{amount.currency} {value} at {rate.units} ({table.source} of {rate.day}) is EUR {euros:.4f}"
    return _Found(euros, said, amount.path)


def amount_findings(payment: Payment) -> list[Finding]:
    """What cannot be understood about the amount: nothing at all, an unknown currency, no number, too many decimals.

    A decoder that finds no amount, or one it cannot read, has told so at its place: that is not told twice.
    """
    amount = payment.amount if payment.amount is not None else payment.instructed_amount
    if amount is None:
        told = any(problem.reason is Reason.FIELD_UNREADABLE for problem in payment.problems)
        if told or payment.kind is PaymentKind.CANCELLATION_REQUEST:
            return []
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
