"""Which lists apply to a payment: by our entity, by nexus of currency and country, and on instant rails by its ends.

Whatever is not known makes a list apply: where none of our entities is recognised, all lists are. Instant transfers:
beside the daily verification of their own customers, the two institutions "shall not ... verify whether the payer or
the payee ... are persons or entities subject to targeted financial restrictive measures" (Regulation (EU) 260/2012
Art. 5d(2), inserted by (EU) 2024/886). That touches lists of Union measures and the two ends only; every other list,
institution and text is screened as always. Requirements: SCR-06, SCR-12.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from lists.fields import institutions_of
from schemas.payment import Rail

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lists.policy import ListRule, ScreeningPolicy
    from schemas.payment import Institution, Party, Payment

_BANK = 8
INSTANT_LAW = "Regulation (EU) 260/2012 Art. 5d(2)"


class LeftOut(NamedTuple):
    """Lists that do not apply to a payment, or to its payer and payee only, and one sentence for each."""

    everywhere: frozenset[str] = frozenset()
    ends: frozenset[str] = frozenset()
    why: tuple[str, ...] = ()


ALL_APPLY = LeftOut()


class Applying:
    """Says of each payment which lists do not apply to it."""

    def __init__(self, policy: ScreeningPolicy) -> None:
        self._policy = policy
        rules = policy.lists.items()
        self._special = [(name, rule) for name, rule in rules if rule.narrowed or rule.skip_instant_ends]
        self._narrowed = any(rule.narrowed for _, rule in self._special)

    def left_out(self, payment: Payment, rail: Rail | None) -> LeftOut:
        """What the policy leaves out for this payment; `rail` is the hub's word, None where it has none."""
        instant = (rail or payment.rail) is Rail.SCT_INST
        if not self._special or not (self._narrowed or instant):
            return ALL_APPLY
        entities = _entities(payment, self._policy)
        everywhere, ends, why = set(), set(), []
        for name, rule in self._special:
            if reason := _no_nexus(payment, rule, entities):
                everywhere.add(name)
                why.append(f"{name} was not applied: {reason}")
            elif rule.skip_instant_ends and instant:
                ends.add(name)
                why.append(f"{name} was not applied to payer and payee: instant transfer, {INSTANT_LAW}")
        return LeftOut(frozenset(everywhere), frozenset(ends), tuple(why))


def _no_nexus(payment: Payment, rule: ListRule, entities: frozenset[str]) -> str:
    """Why a list has nothing to do with the payment; "" where it has."""
    if rule.entities and entities and entities.isdisjoint(rule.entities):
        return f"it is not a list of {' or '.join(sorted(entities))}"
    if not (rule.currencies or rule.countries):
        return ""
    currencies = {amount.currency for amount in (payment.amount, payment.instructed_amount) if amount is not None}
    if not currencies or not currencies.isdisjoint(rule.currencies):
        return ""
    if not rule.countries or _countries(payment).isdisjoint(rule.countries):
        nexus = " or ".join((*rule.currencies, *rule.countries))
        return f"the payment has no nexus to {nexus}"
    return ""


def _entities(payment: Payment, policy: ScreeningPolicy) -> frozenset[str]:
    """Which of our entities have a part in the payment."""
    banks = {one.bic.text.strip().upper()[:_BANK] for one in institutions_of(payment) if one.bic is not None}
    return frozenset(
        name
        for name, entity in policy.entities.items()
        if any(bic.strip().upper()[:_BANK] in banks for bic in entity.bics)
    )


def _parties(payment: Payment) -> Iterator[Party]:
    named = (
        payment.payer,
        payment.payee,
        payment.ultimate_payer,
        payment.ultimate_payee,
        payment.initiating_party,
    )
    return (one for one in named if one is not None)


def _countries(payment: Payment) -> set[str]:
    """Every country that an address, a residence, a BIC or an IBAN tells."""
    everyone: list[Party | Institution] = [*_parties(payment), *institutions_of(payment)]
    addresses = [one.address for one in everyone]
    told = [address.country for address in addresses if address is not None]
    told += [party.residence_country for party in _parties(payment)]
    codes = [value.text.strip().upper() for value in told if value is not None]
    codes += [one.bic.text.strip().upper()[4:6] for one in everyone if one.bic is not None]
    accounts = (payment.payer_account, payment.payee_account)
    codes += [one.iban.text.strip().upper()[:2] for one in accounts if one is not None and one.iban is not None]
    return set(codes)
