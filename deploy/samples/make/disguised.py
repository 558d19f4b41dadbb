"""Payments that name a listed party or thing, or a place under embargo, in every disguise: all are held."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from deploy.samples.make import orders
from deploy.samples.make.honest import batch_out, cross_border_out
from deploy.samples.make.listed import listed
from deploy.samples.make.orders import Order, bare
from deploy.samples.make.scenario import ANY, DISGUISES, MIXED, PACS, SUSPEND, Scenario, pick

if TYPE_CHECKING:
    from deploy.samples.make.dice import Dice
    from deploy.samples.make.scenario import Maker


def _named(how: str) -> Maker:
    """The listed name as payer of an incoming or payee of an outgoing payment."""

    def make(dice: Dice, turn: int) -> Order:
        case = pick(DISGUISES[how], turn)
        name, company = case["says"], listed(case["key"]).kind != "person"
        if turn % 2:
            order = orders.incoming(dice, pick(("CH", "SG", "IN"), turn))
            return replace(order, payer=orders.renamed(order.payer, name, dice, organisation=company))
        order = orders.outgoing(dice, pick(("CH", "IN", "SG"), turn))
        return replace(order, payee=replace(order.payee, name=name))

    return make


def _behind_the_payee(dice: Dice, turn: int) -> Order:
    name = pick(DISGUISES["ultimate"], turn)["says"]
    order = cross_border_out(dice, turn)
    return replace(order, ultimate_payee=name) if turn % 2 else replace(order, ultimate_payer=name)


def _in_text(how: str) -> Maker:
    """The listed name, ship or number inside what the payer writes to the payee."""

    def make(dice: Dice, turn: int) -> Order:
        case = pick(DISGUISES[how], turn)
        kind = case.get("kind", "IMO")
        number = listed(case["key"]).number(kind) if "{number}" in case["says"] else ""
        return replace(cross_border_out(dice, turn), remittance=case["says"].format(number=number))

    return make


def _place_in_text(dice: Dice, turn: int) -> Order:
    return replace(cross_border_out(dice, turn), remittance=pick(DISGUISES["place-text"], turn)["says"])


def _listed_bank(dice: Dice, turn: int) -> Order:
    bic = listed(pick(DISGUISES["bank"], turn)["key"]).number("SWIFT/BIC")
    if turn % 2:
        order = orders.outgoing(dice, pick(("SG", "JP", "IN"), turn))
        return replace(order, via=(pick(("QHDNUS33", "QTHXGB2L"), turn), bic))
    order = cross_border_out(dice, turn)
    return replace(order, payee=replace(order.payee, bank=bic))


def _listed_passport(dice: Dice, turn: int) -> Order:
    case = pick(DISGUISES["passport"], turn)
    order = orders.incoming(dice, "CH")
    number = ("CCPT", listed(case["key"]).number("Passport"))
    payer = orders.renamed(order.payer, case["says"], dice, organisation=False)
    return replace(order, payer=replace(payer, numbers=(number,)))


def _listed_and_incomplete(dice: Dice, turn: int) -> Order:
    order = _named("exact")(dice, turn * 2)
    assert isinstance(order, Order)
    return replace(order, payer=bare(order.payer))


def _batch_with_one_listed(dice: Dice, turn: int) -> list[Order]:
    many = batch_out(dice, turn)
    name = pick(DISGUISES["exact"], turn)["says"]
    return [*many[:2], replace(many[2], payee=replace(many[2].payee, name=name)), *many[3:]]


def _embargoed_place(dice: Dice, turn: int) -> Order:
    place = pick(DISGUISES["place"], turn)
    order = orders.outgoing(dice, pick(("CH", "IN"), turn))
    there = {"street": place["street"], "town": place["town"], "country": place["country"], "postcode": ""}
    return replace(order, payee=replace(order.payee, **there))


DISGUISED: tuple[Scenario, ...] = (
    Scenario("listed-exact", 8, ANY, "a listed name, letter by letter", _named("exact"), SUSPEND, "listed-name"),
    Scenario("listed-alias", 4, ANY, "another name the list gives", _named("alias"), SUSPEND, "listed-name"),
    Scenario("listed-typo", 6, ANY, "a listed name with a slip of the pen", _named("typo"), SUSPEND, "listed-name"),
    Scenario(
        "listed-transliteration",
        6,
        ANY,
        "a listed name, transliterated another way",
        _named("transliteration"),
        SUSPEND,
        "listed-name",
    ),
    Scenario(
        "listed-original", 5, MIXED, "a listed name in its own script", _named("original"), SUSPEND, "listed-name"
    ),
    Scenario(
        "listed-reordered",
        4,
        ANY,
        "a listed name, family name first or parts left out",
        _named("reordered"),
        SUSPEND,
        "listed-name",
    ),
    Scenario(
        "listed-ultimate", 4, MIXED, "a listed party behind payer or payee", _behind_the_payee, SUSPEND, "listed-name"
    ),
    Scenario(
        "listed-text",
        6,
        ANY,
        "a listed name inside the remittance text",
        _in_text("text"),
        SUSPEND,
        "listed-name-in-text",
    ),
    Scenario(
        "listed-vessel",
        3,
        MIXED,
        "a listed ship's name in the text",
        _in_text("vessel"),
        SUSPEND,
        "listed-name-in-text",
    ),
    Scenario(
        "listed-imo", 3, ANY, "a listed ship's IMO number in the text", _in_text("imo"), SUSPEND, "listed-identifier"
    ),
    Scenario(
        "listed-wallet", 2, MIXED, "a listed wallet in the text", _in_text("wallet"), SUSPEND, "listed-identifier"
    ),
    Scenario("listed-bank", 4, ANY, "a listed bank's BIC in the chain", _listed_bank, SUSPEND, "listed-institution"),
    Scenario(
        "listed-passport",
        2,
        MIXED,
        "a listed passport number under another name",
        _listed_passport,
        SUSPEND,
        "listed-identifier",
    ),
    Scenario(
        "listed-and-incomplete",
        3,
        MIXED,
        "listed and incomplete: held, never sent back",
        _listed_and_incomplete,
        SUSPEND,
        "listed-name",
    ),
    Scenario(
        "batch-one-listed",
        3,
        (PACS,),
        "one listed payee among many: the whole message is held",
        _batch_with_one_listed,
        SUSPEND,
        "listed-name",
    ),
    Scenario(
        "embargoed-place",
        5,
        MIXED,
        "an address inside an embargoed territory",
        _embargoed_place,
        SUSPEND,
        "sanctioned-place",
    ),
    Scenario(
        "embargoed-place-text",
        3,
        MIXED,
        "a place under embargo in the text",
        _place_in_text,
        SUSPEND,
        "sanctioned-place",
    ),
)
