"""Transfers the law leaves out, each with the facts that prove it. What is not proved is not exempt.

The facts come from the hub (`instrument_kind`, `instrument_facts`), or from the type of the message where that alone
proves them. Sanctions and fraud checks run on exempt transfers all the same.

Source: Art. 2(3) and 2(4) of 2015/847 and of 2023/1113. Requirements: EXM-01 to EXM-09, one function each.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from schemas.payment import PaymentKind

if TYPE_CHECKING:
    from collections.abc import Callable

    from schemas.context import Context
    from schemas.information.scope import Frame
    from schemas.payment import Payment

_YES = frozenset({"true", "yes", "1", "y"})
_NO = frozenset({"false", "no", "0", "n"})


@dataclass(frozen=True, slots=True)
class Exemption:
    """What became of a claim to be exempt: granted or not, the article, and the facts that decided."""

    granted: bool
    article: str
    because: str


Facts = dict[str, str]


_BY_TYPE = {
    PaymentKind.INSTITUTION_CREDIT_TRANSFER: Exemption(
        granted=True,
        article="Art. 2(4)(c)",
        because="a transfer between institutions on their own behalf, by its type of message",
    ),
    PaymentKind.RETURN: Exemption(
        granted=True,
        article="Art. 3(9)",
        because="it gives back the money of a payment whose information was checked; no payer has ordered it",
    ),
    PaymentKind.CANCELLATION_REQUEST: Exemption(
        granted=True, article="Art. 3(9)", because="a request to cancel moves no money"
    ),
}


def exemption_of(payment: Payment, context: Context, frame: Frame) -> Exemption | None:
    """The exemption that the type of message proves or the hub's facts claim; None where nobody claims one.

    What the hub says of the instrument outweighs the type: a cover it knows of is never an own payment. Every answer
    carries the facts that decided, granted or not (EXM-07, EXM-09).
    """
    if context.instrument_kind is None:
        return _BY_TYPE.get(payment.kind)
    kind = context.instrument_kind.strip().lower()
    facts = {name.strip().lower(): text.strip() for name, text in context.instrument_facts}
    rule = _RULES.get(kind)
    if payment.kind is PaymentKind.COVER and rule is _own_account:
        said = "the message covers a customer's transfer, whatever the hub says"
        return Exemption(granted=False, article="Art. 2(4)(c)", because=said)
    if rule is None:
        return Exemption(granted=False, article="Art. 2(3)-(4)", because=f"no exemption is known for {kind!r}")
    return rule(facts, frame)


def _is(facts: Facts, answers: frozenset[str], *names: str) -> bool:
    return any(facts.get(name, "").lower() in answers for name in names)


def _given(facts: Facts, *names: str) -> bool:
    """A fact is given as yes, or as the number itself."""
    return any(facts.get(name, "").lower() not in {"", *_NO} for name in names)


# A hub names its facts in its own words; these are the ones we know.
_GOODS = (
    *("goods_or_services", "goods_or_services_only", "only_goods_or_services", "exclusively_goods_or_services"),
    *("goods_only", "goods", "goods_services", "goods_and_services", "exclusively_goods_services", "for_goods"),
    *("merchant", "merchant_payment", "payee_is_merchant", "payee_is_trader"),
)
_NUMBER = (
    *("number_present", "number_in_message", "number_in_transfer", "number_accompanies", "number", "card_number"),
    *("number_accompanies_transfer", "pan", "pan_present", "pan_in_message", "pan_accompanies", "instrument_id"),
    *("number_in_all_transfers", "instrument_number", "instrument_number_present", "card_number_present"),
    *("msisdn", "device_id"),
)
_PERSONS = ("person_to_person", "p2p", "between_persons", "between_individuals", "peer_to_peer")


def _card(facts: Facts, _frame: Frame) -> Exemption:
    """Card, e-money instrument, phone or like device: only for goods or services, its number in every transfer.

    Both must be shown (EXM-01, EXM-02); between persons it never holds (EXM-03).
    """
    goods = _is(facts, _YES, *_GOODS)
    number = _given(facts, *_NUMBER)
    persons = _is(facts, _YES, *_PERSONS)
    said = (
        f"goods or services {_word(goods)}, number in the transfer {_word(number)}, person to person {_word(persons)}"
    )
    return Exemption(goods and number and not persons, "Art. 2(3)", said)


def _cash_withdrawal(facts: Facts, _frame: Frame) -> Exemption:
    """Cash that the payer draws from the payer's own account (EXM-05)."""
    own = _is(facts, _YES, "own_account", "same_holder", "from_own_account")
    return Exemption(own, "Art. 2(4)(a)", f"cash from the payer's own account {_word(own)}")


def _public_levy(facts: Facts, frame: Frame) -> Exemption:
    """Taxes, fines and levies to a public authority, within one Member State only (EXM-06)."""
    state = facts.get("authority_country", "").upper()
    within = bool(state) and state == frame.payer_country == frame.payee_country and frame.payer_inside
    where = f"payer's institution in {frame.payer_country}, payee's in {frame.payee_country}"
    return Exemption(within, "Art. 2(4)(b)", f"levy of an authority of {state or 'an unknown state'}, {where}")


def _own_account(facts: Facts, _frame: Frame) -> Exemption:
    """Both ends are institutions on their own behalf; the cover of a customer's transfer is not (EXM-07)."""
    customer = not _is(facts, _NO, "cover_of_customer_transfer")
    return Exemption(not customer, "Art. 2(4)(c)", f"cover of a customer's transfer {_word(customer)}")


def _cheque_image(_facts: Facts, _frame: Frame) -> Exemption:
    """Exchange of cheque images, truncated cheques among them (EXM-08)."""
    return Exemption(granted=True, article="Art. 2(4)(d)", because="exchange of cheque images")


def _word(holds: bool) -> str:  # noqa: FBT001 # yes or no is all there is to say
    return "yes" if holds else "not shown"


_RULES: dict[str, Callable[[Facts, Frame], Exemption]] = {
    **dict.fromkeys(
        ("card", "card_goods", "payment_card", "e_money", "emoney", "e_money_instrument", "phone", "mobile", "device"),
        _card,
    ),
    "cash_withdrawal": _cash_withdrawal,
    "public_levy": _public_levy,
    "psp_own_account": _own_account,
    **dict.fromkeys(("cheque_image", "truncated_cheque"), _cheque_image),
}
