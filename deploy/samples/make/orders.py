"""A payment before it has a format: who pays whom, through which banks, what it says. All of it invented."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from deploy.samples.make.numbers import BBAN, iban, lei

if TYPE_CHECKING:
    from deploy.samples.make.dice import Dice

OWN_BIC = "EXBKLULL"
OWN_COUNTRY = "LU"
UNION = ("DE", "FR", "BE", "NL", "IT", "ES", "AT", "IE", "PT", "PL", "FI", "SE")
OUTSIDE = ("CH", "GB", "US", "JP", "SG", "CA", "IN")
CURRENCIES = {"CH": "CHF", "GB": "GBP", "US": "USD", "JP": "JPY", "SG": "SGD", "CA": "CAD"}
Rail = Literal["sct", "sct_inst", "cbpr"]


@dataclass(frozen=True)
class End:
    """Payer or payee; None or empty: the message does not say. `birth`: date, town, country."""

    name: str | None
    account: str | None
    bank: str
    country: str
    organisation: bool = False
    street: str = ""
    building: str = ""
    postcode: str = ""
    town: str = ""
    birth: tuple[str, str, str] | None = None
    numbers: tuple[tuple[str, str], ...] = ()
    lei: str = ""

    @property
    def has_address(self) -> bool:
        """Whether the message carries an address of this end."""
        return bool(self.town)


@dataclass(frozen=True)
class Order:
    """One payment. `via` are the banks between the two ends' banks, in order."""

    payer: End
    payee: End
    rail: Rail
    amount: str
    currency: str
    day: str
    number: str
    uetr: str
    via: tuple[str, ...] = ()
    remittance: str = ""
    instruction: str = ""
    regulatory: str = ""
    ultimate_payer: str = ""
    ultimate_payee: str = ""
    purpose: str = ""
    transaction_id: str | None = None
    end_to_end: str | None = None
    extra: dict[str, str] = field(default_factory=dict)

    @property
    def chain(self) -> tuple[str, ...]:
        """Every bank the payment passes, from the payer's to the payee's, each once."""
        return tuple(dict.fromkeys((self.payer.bank, *self.via, self.payee.bank)))

    @property
    def sender(self) -> str:
        """The bank that sends us the message, or we ourselves where the payment is our customer's."""
        ours = self.chain.index(next(bank for bank in self.chain if bank.startswith(OWN_BIC)))
        return self.chain[max(0, ours - 1)]

    @property
    def receiver(self) -> str:
        """The bank the message goes to: we, or the next one where the payment is our customer's."""
        ours = self.chain.index(next(bank for bank in self.chain if bank.startswith(OWN_BIC)))
        return self.chain[min(1, len(self.chain) - 1)] if ours == 0 else self.chain[ours]


@cache
def _tables() -> dict[str, Any]:
    path = Path(__file__).parent / "people.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))


def bank_of(country: str, dice: Dice) -> str:
    """The BIC of an invented bank there."""
    return str(dice.pick(_tables()[country]["banks"]))


def party(country: str, bank: str, dice: Dice, *, organisation: bool | None = None) -> End:
    """An honest payer or payee with account and address; a company in 4 of 10 draws."""
    table = _tables()[country]
    company = dice.chance(40) if organisation is None else organisation
    name = dice.pick(table["companies"]) if company else f"{dice.pick(table['first'])} {dice.pick(table['last'])}"
    postcode, town = dice.pick(table["towns"])
    return End(
        name=name,
        account=iban(country, dice) if country in BBAN else dice.digits(10),
        bank=bank,
        country=country,
        organisation=company,
        street=dice.pick(table["streets"]),
        building=str(dice.number(1, 140)),
        postcode=postcode,
        town=town,
    )


def with_third_element(end: End, dice: Dice) -> End:
    """What Art. 4(1)(c) asks beyond name and account: a birth, or address, registration and customer numbers."""
    if end.organisation:
        numbers = (("COID", f"B{dice.digits(6)}"), ("CUST", f"C{dice.digits(8)}"))
        return replace(end, numbers=numbers, lei=lei(dice) if dice.chance(40) else "")
    day = f"{dice.number(1946, 2003)}-{dice.number(1, 12):02d}-{dice.number(2, 28):02d}"
    return replace(end, birth=(day, end.town, end.country))


def bare(end: End) -> End:
    """Name and account only, as most SEPA payments are."""
    return replace(end, street="", building="", postcode="", town="", birth=None, numbers=(), lei="")


def renamed(end: End, name: str, dice: Dice, *, organisation: bool) -> End:
    """The same end under another name, with what the law asks of a person or of an organisation."""
    other = replace(end, name=name, organisation=organisation, birth=None, numbers=(), lei="")
    return with_third_element(other, dice) if end.birth or end.numbers else other


def outgoing(dice: Dice, country: str, rail: Rail = "cbpr", **given: Any) -> Order:
    """Our customer pays somebody in that country."""
    payer = party(OWN_COUNTRY, OWN_BIC, dice)
    payee = party(country, bank_of(country, dice), dice)
    return _order(payer, payee, dice, rail, **given)


def incoming(dice: Dice, country: str, rail: Rail = "cbpr", **given: Any) -> Order:
    """Somebody in that country pays our customer."""
    payer = party(country, bank_of(country, dice), dice)
    payee = party(OWN_COUNTRY, OWN_BIC, dice)
    return _order(payer, payee, dice, rail, **given)


def transit(dice: Dice, source: str, target: str, **given: Any) -> Order:
    """Neither end is ours: we pass the payment on."""
    payer, payee = party(source, bank_of(source, dice), dice), party(target, bank_of(target, dice), dice)
    return _order(payer, payee, dice, "cbpr", via=(OWN_BIC,), **given)


def _order(payer: End, payee: End, dice: Dice, rail: Rail, **given: Any) -> Order:
    """SEPA payments carry names and IBANs; others carry all that Art. 4 asks of the payer."""
    if rail != "cbpr":
        payer, payee = bare(payer), bare(payee)
    elif payer.country not in UNION or payee.country not in UNION:
        payer = with_third_element(payer, dice)
    foreign = payee.country if payer.country == OWN_COUNTRY else payer.country
    currency = CURRENCIES.get(foreign, "EUR") if rail == "cbpr" and dice.chance(60) else "EUR"
    order = Order(
        payer=payer,
        payee=payee,
        rail=rail,
        amount=_amount(dice, currency, 20 if rail != "cbpr" else 1_500),
        currency=currency,
        day=f"2026-{dice.number(3, 6):02d}-{dice.number(1, 28):02d}",
        number=f"{dice.letters(2)}{dice.digits(8)}",
        uetr=dice.uuid4(),
        remittance=remittance(dice),
    )
    return replace(order, **given)


def _amount(dice: Dice, currency: str, least: int) -> str:
    whole = dice.pick((dice.number(least, least * 4), dice.number(least, 9_800)))
    return str(whole * 100) if currency == "JPY" else f"{whole}.{dice.number(0, 99):02d}"


def remittance(dice: Dice) -> str:
    """What people write to the payee."""
    texts = _tables()["texts"]
    text: str = dice.pick(texts["remittance"])
    return text.format(n=dice.digits(6), k=dice.number(1, 90), m=f"{dice.pick(texts['months'])} 2026")
