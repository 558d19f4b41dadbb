"""Everything in a payment that is screened: each value once, with the method that fits it and the place it stands.

Whatever our role and whatever the kind of payment. Requirements: SCP-07, EXM-09, INT-12.
"""

from __future__ import annotations

import re
from enum import StrEnum
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from lists.numbers import Family, family_of_scheme

if TYPE_CHECKING:
    from collections.abc import Iterator

    from schemas.payment import Account, Address, Institution, Party, Payment, Value


class Method(StrEnum):
    """How a field is screened."""

    NAME = "name"  # compared whole with listed names
    TEXT = "text"  # searched for listed names, numbers and places
    LINES = "lines"  # name and address lines of one party as one text: a name may go on in the next line
    ADDRESS = "address"  # searched for places and numbers
    TOWN = "town"
    COUNTRY = "country"
    NUMBER = "number"
    IBAN = "iban"
    BIC = "bic"


class Field(NamedTuple):
    """One thing to screen. A plain tuple: some twenty are made for every payment.

    `country` is the ISO code of the address it belongs to; `party` whose it is (its facts explain a hit); `institution`
    says it is a number of an institution.
    """

    method: Method
    text: str
    path: str
    country: str = ""
    family: Family = Family.OTHER
    institution: bool = False
    party: Party | None = None


_LETTERS_OF_A_NAME = 4
_ASCII_WORD = re.compile(f"[A-Za-z]{{{_LETTERS_OF_A_NAME}}}")


def fields_of(payment: Payment) -> tuple[Field, ...]:
    """Every field of a payment that is screened, in the order of the payment."""
    return tuple(field for field in _all(payment) if field.text.strip())


def _all(payment: Payment) -> Iterator[Field]:
    for party in (
        payment.payer,
        payment.payee,
        payment.ultimate_payer,
        payment.ultimate_payee,
        payment.initiating_party,
    ):
        if party is not None:
            yield from _of_party(party)
    for account in (payment.payer_account, payment.payee_account):
        if account is not None:
            yield from _of_account(account)
    for institution in (
        payment.payer_institution,
        payment.payee_institution,
        *payment.intermediaries,
        *payment.institutions,
        payment.sender,
        payment.receiver,
    ):
        if institution is not None:
            yield from _of_institution(institution)
    yield from (Field(Method.TEXT, text.text, text.path) for text in payment.texts)
    yield from _of_ids(payment)


def _of_party(party: Party) -> Iterator[Field]:
    if party.name is not None:
        yield Field(Method.NAME, party.name.text, party.name.path, party=party)
    if party.address is not None:
        yield from _of_address(party.address)
        lines = (*party.address.lines, *party.address.other)
        if lines:
            parts = (party.name, *lines)
            yield Field(Method.LINES, " ".join(part.text for part in parts if part), party.path, party=party)
    for identification in party.identifications:
        family = family_of_scheme(identification.scheme)
        yield Field(Method.NUMBER, identification.value.text, identification.value.path, family=family)
        yield from _optional(Method.TEXT, identification.issuer)
    yield from _optional(Method.NUMBER, party.lei, family=Family.LEI)
    yield from _optional(Method.BIC, party.bic)
    yield from _optional(Method.COUNTRY, party.residence_country)
    yield from (Field(Method.TEXT, value.text, value.path, party=party) for value in party.other)


def _of_address(address: Address) -> Iterator[Field]:
    country = address.country.text.strip() if address.country is not None else ""
    for value in (*address.lines, *address.other, address.street, address.building):
        yield from _optional(Method.ADDRESS, value, country=country)
    for value in (address.town, address.subdivision):
        yield from _optional(Method.TOWN, value, country=country)
    yield from _optional(Method.COUNTRY, address.country)


def _of_account(account: Account) -> Iterator[Field]:
    yield from _optional(Method.IBAN, account.iban)
    yield from _optional(Method.NUMBER, account.number)
    yield from _optional(Method.NUMBER, account.proxy)
    yield from _optional(Method.NAME, account.name)


def _of_institution(institution: Institution) -> Iterator[Field]:
    yield from _optional(Method.BIC, institution.bic)
    yield from _optional(Method.NUMBER, institution.lei, family=Family.LEI, institution=True)
    yield from _optional(Method.NUMBER, institution.clearing_id, institution=True)
    yield from _optional(Method.NAME, institution.name)
    if institution.address is not None:
        yield from _of_address(institution.address)
    if institution.account is not None:
        yield from _of_account(institution.account)
    yield from (Field(Method.TEXT, value.text, value.path) for value in institution.other)


def _of_ids(payment: Payment) -> Iterator[Field]:
    """References are free text up to 35 characters; those without a word in them are left out."""
    ids = payment.ids
    for value in (ids.message, ids.instruction, ids.end_to_end, ids.transaction, ids.clearing):
        if value is not None and _has_word(value.text):
            yield Field(Method.TEXT, value.text, value.path)


def _has_word(text: str) -> bool:
    if text.isascii():
        return _ASCII_WORD.search(text) is not None
    return any(alpha and len(list(run)) >= _LETTERS_OF_A_NAME for alpha, run in groupby(text, str.isalpha))


def _optional(
    method: Method,
    value: Value | None,
    *,
    country: str = "",
    family: Family = Family.OTHER,
    institution: bool = False,
) -> tuple[Field, ...]:
    return () if value is None else (Field(method, value.text, value.path, country, family, institution),)
