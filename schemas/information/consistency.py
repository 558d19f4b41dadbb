"""Whether what a payment says of its parties fits together.

The guidelines count inconsistent information among what is missing; since honest people live abroad and banks pay in
their own name, the bank's policy decides whether it is told (the default) or counts.
Source: EBA/GL/2024/11. Birth dates that cannot be true and P.O. boxes are judged with the third element.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from schemas.finding import Item
from schemas.identifiers import iban_country, is_country
from schemas.information.lexicon import LEXICON, words_of
from schemas.information.scope import country_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from schemas.payment import Account, Institution, Party, Payment

# Legal forms that are no surname and no word of one.
_COMPANY_FORMS = frozenset(
    {"gmbh", "sarl", "sasu", "eurl", "asbl", "aisbl", "kgaa", "ohg", "mbh", "vzw", "srl", "ltd", "limited", "llc"}
    | {"llp", "plc", "inc", "corp", "oyj", "aps", "pte", "pty"}
)
_PERSONAL = frozenset({"ARNU", "CCPT", "DRLC", "NIDN", "SOSE"})
_DEFAULT_BIRTH_DATES = frozenset({"1970-01-01", "19700101"})
_LONGEST = 280


@dataclass(frozen=True, slots=True)
class Inconsistency:
    """Two facts that do not go together, at the place of the one that is doubtful."""

    item: Item
    path: str
    seen: str
    detail: str


def inconsistencies(payment: Payment) -> list[Inconsistency]:
    """Everything that does not fit, payer first."""
    ends = (
        (payment.payer, payment.payer_account, payment.payer_institution, Item.PAYER_NAME),
        (payment.payee, payment.payee_account, payment.payee_institution, Item.PAYEE_NAME),
    )
    found: list[Inconsistency] = []
    for party, account, institution, item in ends:
        if party is not None:
            found += _names(party, institution, payment, item)
            found += _kinds(party, item)
            found += _places(party, account, institution, item)
    payer = payment.payer
    if payer is not None and payer.birth_date is not None and payer.birth_date.text in _DEFAULT_BIRTH_DATES:
        told = "a date of birth that systems write for 'none', and that many people really have"
        found.append(Inconsistency(Item.PAYER_THIRD_ELEMENT, payer.birth_date.path, payer.birth_date.text, told))
    return found


def _names(party: Party, own: Institution | None, payment: Payment, item: Item) -> Iterator[Inconsistency]:
    """A customer with the name of an institution of the same payment."""
    if party.name is None or party.bic is not None:
        return
    named = [one.name for one in (own, payment.sender, payment.receiver) if one is not None and one.name is not None]
    words = words_of(party.name.text[:_LONGEST]) if named else []
    if words and any(words_of(name.text[:_LONGEST]) == words for name in named):
        yield Inconsistency(item, party.name.path, party.name.text, "the name of an institution of the payment")


def _kinds(party: Party, item: Item) -> Iterator[Inconsistency]:
    """A company with a person's data, a person with a company's."""
    if party.name is None:
        return
    words = words_of(party.name.text[:_LONGEST])
    if len(words) < 2:  # noqa: PLR2004 - a legal form or a title stands beside a name
        return
    person = party.birth_date is not None or any(
        one.scheme in _PERSONAL and not one.organisation for one in party.identifications
    )
    company = party.lei is not None or any(one.organisation for one in party.identifications)
    if person and words[-1] in _COMPANY_FORMS:
        yield Inconsistency(item, party.name.path, party.name.text, "a company's name beside a person's data")
    if company and not person and words[0] in LEXICON.titles and words[-1] not in LEXICON.legal_forms:
        yield Inconsistency(item, party.name.path, party.name.text, "a person's title beside a company's number")


def _places(
    party: Party, account: Account | None, institution: Institution | None, item: Item
) -> Iterator[Inconsistency]:
    """An address in a country that is neither that of the account nor that of the institution."""
    value = None if party.address is None else party.address.country
    if value is None or not is_country(value.text):
        return
    iban = None if account is None or account.iban is None else iban_country(account.iban.text)
    places = {place for place in (iban, country_of(institution)) if place is not None}
    if places and value.text not in places:
        about = Item.PAYER_THIRD_ELEMENT if item is Item.PAYER_NAME else item
        detail = f"an address in {value.text}, account and institution in {' and '.join(sorted(places))}"
        yield Inconsistency(about, value.path, value.text, detail)
