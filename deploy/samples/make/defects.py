"""Payments whose information about payer or payee is missing, incomplete, or says nothing."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from deploy.samples.make import orders
from deploy.samples.make.orders import OUTSIDE, UNION, Order, bare
from deploy.samples.make.scenario import ANY, DISGUISES, EXECUTE, MIXED, MT, PACS, REJECT, SUSPEND, Scenario, pick

if TYPE_CHECKING:
    from deploy.samples.make.dice import Dice


def _third_missing_in(dice: Dice, turn: int) -> Order:
    order = orders.incoming(
        dice, pick(("US", "GB", "CH", "SG"), turn), currency="EUR", amount=f"{dice.number(300, 9000)}.00"
    )
    return replace(order, payer=bare(order.payer))


def _third_missing_out(dice: Dice, turn: int) -> Order:
    order = orders.outgoing(dice, pick(OUTSIDE, turn))
    return replace(order, payer=bare(order.payer))


def _third_partly_out(dice: Dice, turn: int) -> Order:
    order = orders.outgoing(dice, pick(OUTSIDE, turn))
    return replace(
        order, payer=replace(order.payer, birth=None, lei="", numbers=(("NIDN", dice.digits(11)),), organisation=False)
    )


def _old_law_out(dice: Dice, turn: int) -> Order:
    return replace(_third_missing_out(dice, turn), day=f"2024-05-{dice.number(2, 28):02d}")


def _payee_account_missing(dice: Dice, turn: int) -> Order:
    order = (
        orders.incoming(dice, pick(("US", "GB"), turn)) if turn % 2 else orders.outgoing(dice, pick(UNION, turn), "sct")
    )
    return replace(order, payee=replace(order.payee, account=None), transaction_id="NOTPROVIDED", uetr="")


def _instant_from_outside(dice: Dice, _turn: int) -> Order:
    return orders.incoming(dice, "CH", "sct_inst")


def _meaningless_out(dice: Dice, turn: int) -> Order:
    order = orders.outgoing(dice, pick(OUTSIDE, turn))
    return replace(order, payer=replace(order.payer, name=pick(DISGUISES["meaningless"]["certain"], turn)))


def _meaningless_in(dice: Dice, turn: int) -> Order:
    order = orders.incoming(dice, pick(("US", "CA", "SG"), turn), currency="EUR", amount=f"{dice.number(300, 9000)}.00")
    return replace(order, payer=replace(order.payer, name=pick(DISGUISES["meaningless"]["certain"], turn)))


def _meaningless_large_in(dice: Dice, turn: int) -> Order:
    return replace(_meaningless_in(dice, turn), amount=f"{dice.number(20, 400)}000.00")


def _payee_name_missing(dice: Dice, turn: int) -> Order:
    order = orders.incoming(dice, pick(("US", "CA"), turn), currency="EUR")
    return replace(order, payee=replace(order.payee, name=None))


def _payer_account_missing(dice: Dice, turn: int) -> Order:
    order = orders.incoming(dice, pick(("US", "GB"), turn), currency="EUR")
    return replace(order, payer=replace(order.payer, account=None))


def _high_risk_country(dice: Dice, turn: int) -> Order:
    order = orders.incoming(dice, pick(("MM", "AF", "YE"), turn), currency="EUR")
    return replace(order, payer=bare(order.payer))


def _transit_nameless(dice: Dice, turn: int) -> Order:
    order = orders.transit(dice, pick(("US", "CA"), turn), pick(("SG", "FR"), turn), currency="EUR")
    return replace(order, payer=replace(order.payer, name=None))


def _outside_characters(dice: Dice, _turn: int) -> Order:
    order = orders.incoming(dice, "GB", currency="EUR")
    return replace(order, payer=replace(order.payer, name=f"{order.payer.name} & Partners", organisation=True))


DEFECTS: tuple[Scenario, ...] = (
    Scenario(
        "ask-afterwards",
        14,
        ANY,
        "from outside without address or birth: executed, and asked for",
        _third_missing_in,
        EXECUTE,
        "payer-third-element-missing",
    ),
    Scenario(
        "third-element-missing",
        14,
        ANY,
        "a customer's order out of the Union without address or birth",
        _third_missing_out,
        REJECT,
        "payer-third-element-missing",
    ),
    Scenario(
        "third-element-partly",
        5,
        MIXED,
        "address and document number, but no customer number",
        _third_partly_out,
        REJECT,
        "payer-third-element-incomplete",
    ),
    Scenario(
        "law-of-2015-missing", 3, ANY, "2024: not even an address", _old_law_out, REJECT, "payer-third-element-missing"
    ),
    Scenario(
        "payee-account-missing",
        7,
        MIXED,
        "no payee account, and NOTPROVIDED as transaction id",
        _payee_account_missing,
        REJECT,
        "payee-account-missing",
    ),
    Scenario(
        "instant-incomplete",
        4,
        (PACS,),
        "instant from outside without address: no time to hold it",
        _instant_from_outside,
        REJECT,
        "payer-third-element-missing",
    ),
    Scenario(
        "meaningless-out",
        6,
        ANY,
        "a customer's order with a payer name that says nothing",
        _meaningless_out,
        REJECT,
        "payer-name-meaningless",
    ),
    Scenario(
        "meaningless-large",
        4,
        MIXED,
        "a payer name that says nothing, and a large amount",
        _meaningless_large_in,
        REJECT,
        "payer-name-meaningless",
    ),
    Scenario(
        "meaningless-in",
        14,
        MIXED,
        "from outside with a payer name that says nothing",
        _meaningless_in,
        SUSPEND,
        "payer-name-meaningless",
    ),
    Scenario(
        "payee-name-missing",
        4,
        MIXED,
        "from outside without payee name",
        _payee_name_missing,
        SUSPEND,
        "payee-name-missing",
    ),
    Scenario(
        "payer-account-missing",
        4,
        MIXED,
        "from outside without payer account",
        _payer_account_missing,
        SUSPEND,
        "payer-account-missing",
    ),
    Scenario(
        "high-risk-country",
        6,
        MIXED,
        "from a high-risk country without address or birth",
        _high_risk_country,
        SUSPEND,
        "payer-third-element-missing",
    ),
    Scenario(
        "transit-nameless",
        3,
        MIXED,
        "passes through us without payer name",
        _transit_nameless,
        SUSPEND,
        "payer-name-missing",
    ),
    Scenario(
        "outside-characters",
        3,
        (MT,),
        "an ampersand in a payer name, which SWIFT does not know",
        _outside_characters,
        SUSPEND,
        "payer-name-inadmissible",
    ),
)
