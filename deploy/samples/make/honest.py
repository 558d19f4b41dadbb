"""Payments in order: all are executed, the odd-looking ones too."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from deploy.samples.make import orders
from deploy.samples.make.orders import OUTSIDE, OWN_BIC, OWN_COUNTRY, UNION, Order, bare
from deploy.samples.make.scenario import ANY, DISGUISES, EXECUTE, ISO, JSON, MIXED, MT, PACS, Scenario, pick

if TYPE_CHECKING:
    from deploy.samples.make.dice import Dice


def _sepa_out(dice: Dice, turn: int) -> Order:
    return orders.outgoing(dice, pick(UNION, turn), "sct")


def sepa_in(dice: Dice, turn: int) -> Order:
    """A SEPA transfer for a customer of ours."""
    return orders.incoming(dice, pick(UNION, turn), "sct")


def _instant(dice: Dice, turn: int) -> Order:
    make = orders.outgoing if turn % 2 else orders.incoming
    return make(dice, pick(UNION, turn), "sct_inst")


def cross_border_out(dice: Dice, turn: int) -> Order:
    """Leaves the Union with everything it needs."""
    return orders.outgoing(dice, pick(OUTSIDE, turn))


def _cross_border_in(dice: Dice, turn: int) -> Order:
    return orders.incoming(dice, pick(OUTSIDE, turn))


def _through_correspondent(dice: Dice, turn: int) -> Order:
    order = orders.outgoing(dice, pick(("SG", "JP", "IN", "CA"), turn))
    return replace(
        order, via=(pick(("QHDNUS33", "QTHXGB2L"), turn),), currency="USD", amount=f"{dice.number(2000, 9000)}.00"
    )


def _passing_through(dice: Dice, turn: int) -> Order:
    return orders.transit(dice, pick(OUTSIDE, turn), pick(UNION, turn))


def _small_out(dice: Dice, turn: int) -> Order:
    order = orders.outgoing(
        dice, pick(OUTSIDE, turn), currency="EUR", amount=f"{dice.number(20, 999)}.{dice.number(0, 99):02d}"
    )
    return replace(order, payer=bare(order.payer))


def _union_bank_to_bank(dice: Dice, turn: int) -> Order:
    make = orders.outgoing if turn % 2 else orders.incoming
    return make(dice, pick(UNION, turn), currency="EUR")


def _between_customers(dice: Dice, _turn: int) -> Order:
    order = orders.outgoing(dice, OWN_COUNTRY, "sct")
    return replace(order, payee=replace(order.payee, bank=OWN_BIC))


def batch_out(dice: Dice, turn: int) -> list[Order]:
    """One customer of ours pays several people at one bank, in one message."""
    first = _sepa_out(dice, turn)
    rest = [_sepa_out(dice, turn + step) for step in range(1, 4 + turn)]
    return [
        first,
        *[
            replace(one, payer=first.payer, day=first.day, payee=replace(one.payee, bank=first.payee.bank))
            for one in rest
        ],
    ]


def _old_law(dice: Dice, turn: int) -> Order:
    order = orders.outgoing(dice, pick(OUTSIDE, turn))
    order = replace(order, day=f"2024-{dice.number(4, 9):02d}-{dice.number(1, 28):02d}")
    return replace(order, payer=replace(order.payer, birth=None, numbers=(), lei=""))


def _odd_name(dice: Dice, turn: int) -> Order:
    order = orders.incoming(dice, "CH", currency="EUR")
    return replace(order, payer=replace(order.payer, name=pick(DISGUISES["honest"]["names"], turn)))


def _odd_street(dice: Dice, turn: int) -> Order:
    order = orders.incoming(dice, "DE", currency="EUR")
    return replace(order, payer=replace(order.payer, street=pick(DISGUISES["honest"]["streets"], turn)))


def _odd_text(dice: Dice, turn: int) -> Order:
    return replace(sepa_in(dice, turn), remittance=pick(DISGUISES["honest"]["texts"], turn))


def _reviewed_place(dice: Dice, turn: int) -> Order:
    return replace(sepa_in(dice, turn), remittance=pick(DISGUISES["honest"]["reviewed"], turn))


def _placeholder_id(dice: Dice, turn: int) -> Order:
    return replace(sepa_in(dice, turn), transaction_id="NOTPROVIDED", end_to_end="NOTPROVIDED")


HONEST: tuple[Scenario, ...] = (
    Scenario("sepa-out", 92, ISO, "a customer's SEPA transfer, names and IBANs", _sepa_out),
    Scenario("sepa-in", 76, ISO, "a SEPA transfer for a customer", sepa_in),
    Scenario("instant", 36, (PACS,), "an instant SEPA transfer", _instant),
    Scenario("union-wire", 48, (MT, MT, PACS), "a transfer between two Union banks over SWIFT", _union_bank_to_bank),
    Scenario("out-complete", 64, ANY, "leaves the Union with all that Art. 4 asks", cross_border_out),
    Scenario("in-complete", 60, ANY, "comes from outside the Union with all that Art. 4 asks", _cross_border_in),
    Scenario("correspondent", 16, ANY, "goes through a correspondent bank, complete", _through_correspondent),
    Scenario("transit", 22, ANY, "passes through us, complete", _passing_through),
    Scenario("small-out", 18, ANY, "leaves the Union, at most EUR 1 000: names and accounts suffice", _small_out),
    Scenario("own-customers", 14, MIXED, "both ends bank with us", _between_customers),
    Scenario("batch", 8, (PACS,), "several payments in one message, all in order", batch_out),
    Scenario("batch-json", 3, (JSON,), "several payments in one message, all in order", batch_out),
    Scenario("law-of-2015", 8, ANY, "2024, Regulation 2015/847: an address alone is enough", _old_law),
    Scenario("odd-name", 20, MIXED, "a name that only looks meaningless", _odd_name),
    Scenario("odd-street", 6, MIXED, "a street that only sounds like an embargoed place", _odd_street),
    Scenario("odd-text", 3, MIXED, "a text that speaks of a country, not to it", _odd_text),
    Scenario(
        "odd-place",
        3,
        MIXED,
        "an embargoed place, as part of a product or venue",
        _reviewed_place,
        EXECUTE,
        "place-to-review",
    ),
    Scenario("placeholder-id", 6, ISO, "NOTPROVIDED as transaction id, but both accounts are there", _placeholder_id),
)
