"""Whether what a payment says of its parties fits together.

The guidelines count inconsistent information among what is missing; since honest people live abroad and banks pay in
their own name, the bank's policy decides whether it is told (the default) or counts.
Source: EBA/GL/2024/11. Birth dates that cannot be true and P.O. boxes are judged with the third element.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from schemas.finding import Item
from schemas.identifiers import iban_country, is_country
from schemas.information.lexicon import LEXICON, words_of
from schemas.information.policy import Weight
from schemas.information.scope import country_of
from schemas.payment import Value
from schemas.quick import quick

if TYPE_CHECKING:
    from schemas.information.policy import Consistency
    from schemas.payment import Account, Institution, Party, Payment

# A look at a member goes through its class (a quarter of a microsecond in Python 3.11): the hot ones have own names.
_PAYER_NAME, _PAYEE_NAME = Item.PAYER_NAME, Item.PAYEE_NAME
# Legal forms that are no surname and no word of one.
_COMPANY_FORMS = frozenset(
    {"gmbh", "sarl", "sasu", "eurl", "asbl", "aisbl", "kgaa", "ohg", "mbh", "vzw", "srl", "ltd", "limited", "llc"}
    | {"llp", "plc", "inc", "corp", "oyj", "aps", "pte", "pty"}
)
_PERSONAL = frozenset({"ARNU", "CCPT", "DRLC", "NIDN", "SOSE"})
_DEFAULT_BIRTH_DATES = frozenset({"1970-01-01", "19700101"})
_LONGEST = 280


@quick
@dataclass(frozen=True, slots=True)
class Inconsistency:
    """Two facts that do not go together, at the place of the one that is doubtful, and how the policy weighs that."""

    weight: Weight
    item: Item
    value: Value
    detail: str


def inconsistencies(payment: Payment, weights: Consistency) -> list[Inconsistency]:
    """Everything that does not fit and that the policy does not leave aside, payer first."""
    ends = (
        (payment.payer, payment.payer_account, payment.payer_institution, _PAYER_NAME),
        (payment.payee, payment.payee_account, payment.payee_institution, _PAYEE_NAME),
    )
    found: list[Inconsistency] = []
    for party, account, institution, item in ends:
        if party is not None:
            judged = (
                _name(party, institution, payment, item, weights.name),
                _kind(party, item, weights.kind),
                _place(party, account, institution, item, weights.place),
            )
            found += [one for one in judged if one is not None]
    payer = payment.payer
    if payer is not None and payer.birth_date is not None and payer.birth_date.text in _DEFAULT_BIRTH_DATES:
        told = "a date of birth that systems write for 'none', and that many people really have"
        found.append(Inconsistency(weights.birth_date, Item.PAYER_THIRD_ELEMENT, payer.birth_date, told))
    return [one for one in found if one.weight != "off"] if found else found


def _name(party: Party, own: Institution | None, payment: Payment, item: Item, weight: Weight) -> Inconsistency | None:
    """A customer with the name of an institution of the same payment."""
    if party.name is None or party.bic is not None:
        return None
    name = ""
    for institution in (own, payment.sender, payment.receiver):
        if institution is None or institution.name is None:
            continue
        if _begin_apart(party.name.text, institution.name.text):
            continue
        name = name or "".join(words_of(party.name.text[:_LONGEST]))
        if name and _joined(institution.name.text[:_LONGEST]) == name:
            return Inconsistency(weight, item, party.name, "the name of an institution of the payment")
    return None


def _begin_apart(first: str, second: str) -> bool:
    """Whether two names differ in their first letter, as most do; only said where that is the first one compared."""
    if not (first.isascii() and second.isascii()):
        return False
    start, other = first[:1], second[:1]
    return start.isalnum() and other.isalnum() and start.lower() != other.lower()


@lru_cache(maxsize=8192)  # correspondents come back all day
def _joined(name: str) -> str:
    return "".join(words_of(name))


def _kind(party: Party, item: Item, weight: Weight) -> Inconsistency | None:
    """A company with a person's data, a person with a company's."""
    person, company = party.birth_date is not None, party.lei is not None
    for one in party.identifications:
        person = person or (one.scheme in _PERSONAL and not one.organisation)
        company = company or one.organisation
    if party.name is None or not (person or company):
        return None
    words = party.name.text[:_LONGEST].lower().replace(".", "").split()
    if len(words) < 2:  # noqa: PLR2004 - a legal form or a title stands beside a name
        return None
    if person and words[-1] in _COMPANY_FORMS:
        return Inconsistency(weight, item, party.name, "a company's name beside a person's data")
    if not person and words[0] in LEXICON.titles and words[-1] not in LEXICON.legal_forms:
        return Inconsistency(weight, item, party.name, "a person's title beside a company's number")
    return None


def _place(
    party: Party, account: Account | None, institution: Institution | None, item: Item, weight: Weight
) -> Inconsistency | None:
    """An address in a country that is neither that of the account nor that of the institution."""
    value = None if party.address is None else party.address.country
    iban = "" if account is None or account.iban is None else account.iban.text
    if value is None or value.text == iban[:2] or not is_country(value.text):
        return None
    places = {place for place in (iban_country(iban), country_of(institution)) if place is not None}
    if not places or value.text in places:
        return None
    about = Item.PAYER_THIRD_ELEMENT if item is _PAYER_NAME else item
    detail = f"an address in {value.text}, account and institution in {' and '.join(sorted(places))}"
    return Inconsistency(weight, about, value, detail)
