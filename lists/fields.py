"""Everything in a payment that is screened: each value once, with the method that fits it and the place it stands.

Whatever our role and whatever the kind of payment. What does not look like the number, code or date it should be is
searched like a text: a name may stand in any element. Requirements: SCP-07, EXM-09, INT-12, SCR-01.
"""

from __future__ import annotations

import re
from enum import StrEnum
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from lists.numbers import Family, family_of_scheme

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from schemas.payment import Account, Address, Institution, Party, Payment, Value


class Method(StrEnum):
    """How a field is screened."""

    NAME = "name"  # compared whole with listed names
    TEXT = "text"  # searched for listed names, numbers and places
    LINES = "lines"  # name and address of a party or institution as one text, searched for listed names
    WHERE = "where"  # the address alone, likewise: nothing says that a name goes on in it
    ADDRESS = "address"  # searched for places and numbers
    TOWN = "town"
    COUNTRY = "country"
    NUMBER = "number"
    IBAN = "iban"
    BIC = "bic"


class Whose(StrEnum):
    """Whose field it is. Payer and payee are the two ends; the others stand behind or between them."""

    END = "end"
    PARTY = "party"
    INSTITUTION = "institution"
    PAYMENT = "payment"


class Field(NamedTuple):
    """One thing to screen. A plain tuple: some twenty are made for every payment.

    `country` is the ISO code of the address it belongs to; `party` whose it is (its facts explain a hit); `owner` the
    path of the party or institution; `parts` the values a text of several lines is made of, so that a finding can name
    the one it stands in.
    """

    method: Method
    text: str
    path: str
    country: str = ""
    family: Family = Family.OTHER
    whose: Whose = Whose.PAYMENT
    party: Party | None = None
    owner: str = ""
    parts: tuple[Value, ...] = ()

    @property
    def institution(self) -> bool:
        """Whether it says something about an institution, not about a party."""
        return self.whose is Whose.INSTITUTION


_LETTERS_OF_A_NAME = 4
# One word of four letters, or two of two: "Kim Il" is a name, "TX 0815 AB" is none.
_ASCII_WORD = re.compile(f"[A-Za-z]{{{_LETTERS_OF_A_NAME}}}|[A-Za-z]{{2}}[^A-Za-z0-9]+[A-Za-z]{{2}}")
_BIC = re.compile(r"[A-Z]{6}[A-Z0-9]{2}(?:[A-Z0-9]{3})?", re.ASCII)
_IBAN = re.compile(r"[A-Z]{2}\d{2}[A-Z0-9 ]{8,36}", re.ASCII | re.IGNORECASE)
_LEI = re.compile(r"[A-Z0-9]{18}\d{2}", re.ASCII)
_UETR = re.compile(r"[0-9a-fA-F-]{36}", re.ASCII)
_DATE = re.compile(r"[0-9TZ:+.\-]{4,35}", re.ASCII)
_LONGEST_CODE = 4


def fields_of(payment: Payment) -> tuple[Field, ...]:
    """Every field of a payment that is screened, in the order of the payment."""
    return tuple(field for field in _all(payment) if field.text.strip())


def _all(payment: Payment) -> Iterator[Field]:
    for party, whose in (
        (payment.payer, Whose.END),
        (payment.payee, Whose.END),
        (payment.ultimate_payer, Whose.PARTY),
        (payment.ultimate_payee, Whose.PARTY),
        (payment.initiating_party, Whose.PARTY),
    ):
        if party is not None:
            yield from _of_party(party, whose)
    for account in (payment.payer_account, payment.payee_account):
        if account is not None:
            yield from _of_account(account, Whose.END)
    for institution in institutions_of(payment):
        yield from _of_institution(institution)
    for text in payment.texts:
        yield Field(Method.TEXT, text.text, text.path)
    yield from _of_ids(payment)
    if payment.problems:
        yield from _of_problems(payment)


def institutions_of(payment: Payment) -> Iterator[Institution]:
    """Every institution a payment names, in the order they are screened in."""
    named = (
        payment.payer_institution,
        payment.payee_institution,
        *payment.intermediaries,
        *payment.institutions,
        payment.sender,
        payment.receiver,
    )
    return (one for one in named if one is not None)


def _of_party(party: Party, whose: Whose) -> Iterator[Field]:
    name = party.name
    if name is not None:
        yield Field(Method.NAME, name.text, name.path, whose=whose, party=party, owner=party.path)
    address = party.address
    if address is not None:
        yield from _of_address(address, whose)
    facts = _facts(party)
    about = [*_parts(address), *_worded(*facts)]
    if about:
        yield _lines(name, address, about, Owner(party.path, whose, party))
    # Where somebody was born is no place the money goes to: only names and numbers are looked for.
    yield from (Field(Method.NUMBER, fact.text, fact.path, whose=whose) for fact in facts)
    for one in party.identifications:
        yield from _number(one.value, whose, family_of_scheme(one.scheme))
        if len(one.scheme) > _LONGEST_CODE and _has_word(one.scheme):
            yield Field(Method.TEXT, one.scheme, one.value.path, whose=whose)
        yield from _optional(Method.TEXT, one.issuer, whose)
    if party.lei is not None:
        yield from _shaped(Method.NUMBER, party.lei, _LEI, whose, Family.LEI)
    if party.bic is not None:
        yield from _shaped(Method.BIC, party.bic, _BIC, whose)
    if party.residence_country is not None:
        yield from _residence(party.residence_country, whose)
    for value in party.other:
        yield Field(Method.TEXT, value.text, value.path, whose=whose, party=party)


def _facts(party: Party) -> list[Value]:
    """Facts that tell a person from a namesake, where they hold more than a code or a date."""
    countries = (party.birth_country, *(one.country for one in party.identifications))
    facts = [value for value in (party.birth_town, *countries) if value is not None and len(value.text) > _LONGEST_CODE]
    born = party.birth_date
    return facts if born is None or _DATE.fullmatch(born.text.strip()) else [*facts, born]


def _parts(address: Address | None) -> list[Value]:
    """What a name may stand in, of an address; numbers of houses and bare postcodes have no word."""
    if address is None:
        return []
    structured = (address.street, address.building, address.postcode, address.town, address.subdivision)
    return [*address.lines, *address.other, *_worded(*structured), *_not_code(address.country)]


def _worded(*values: Value | None) -> list[Value]:
    return [value for value in values if value is not None and _has_word(value.text)]


def _not_code(country: Value | None) -> list[Value]:
    return [] if country is None or len(country.text.strip()) <= _LONGEST_CODE else [country]


class Owner(NamedTuple):
    """The party or institution whose lines these are."""

    path: str
    whose: Whose
    party: Party | None = None


def _lines(name: Value | None, address: Address | None, about: Iterable[Value], owner: Owner) -> Field:
    """A name may go on in the first line of an address; structured parts cannot be taken for more of it."""
    unstructured = address is not None and bool(address.lines or address.other)
    parts = tuple(about) if name is None or not unstructured else (name, *about)
    text = " ".join(part.text for part in parts)
    method = Method.LINES if unstructured else Method.WHERE
    path, whose, party = owner
    return Field(method, text, path, whose=whose, party=party, owner=path, parts=parts)


def _of_address(address: Address, whose: Whose) -> Iterator[Field]:
    country = address.country.text.strip() if address.country is not None else ""
    for value in (*address.lines, *address.other, address.street, address.building, address.postcode):
        if value is not None:
            yield Field(Method.ADDRESS, value.text, value.path, country, whose=whose)
    for value in (address.town, address.subdivision):
        if value is not None:
            yield Field(Method.TOWN, value.text, value.path, country, whose=whose)
    yield from _optional(Method.COUNTRY, address.country, whose)


def _residence(country: Value, whose: Whose) -> Iterator[Field]:
    """A country; one that is written out, or is none, may hold anything."""
    yield Field(Method.COUNTRY, country.text, country.path, whose=whose)
    if len(country.text.strip()) > _LONGEST_CODE:
        yield Field(Method.WHERE, country.text, country.path, whose=whose)


def _of_account(account: Account, whose: Whose) -> Iterator[Field]:
    if account.iban is not None:
        yield from _shaped(Method.IBAN, account.iban, _IBAN, whose)
    yield from _number(account.number, whose)
    yield from _number(account.proxy, whose)
    yield from _optional(Method.NAME, account.name, whose)
    if len(account.scheme) > _LONGEST_CODE and _has_word(account.scheme):
        yield Field(Method.TEXT, account.scheme, account.path, whose=whose)


def _of_institution(institution: Institution) -> Iterator[Field]:
    whose = Whose.INSTITUTION
    if institution.bic is not None:
        yield from _shaped(Method.BIC, institution.bic, _BIC, whose)
    if institution.lei is not None:
        yield from _shaped(Method.NUMBER, institution.lei, _LEI, whose, Family.LEI)
    yield from _number(institution.clearing_id, whose)
    name = institution.name
    if name is not None:
        yield Field(Method.NAME, name.text, name.path, whose=whose, owner=institution.path)
    if institution.address is not None:
        yield from _of_address(institution.address, whose)
        about = _parts(institution.address)
        if about:
            yield _lines(name, institution.address, about, Owner(institution.path, whose))
    if institution.account is not None:
        yield from _of_account(institution.account, whose)
    for value in institution.other:
        yield Field(Method.TEXT, value.text, value.path, whose=whose)


def _of_ids(payment: Payment) -> Iterator[Field]:
    """References are free text up to 35 characters; those without a word in them are left out."""
    ids = payment.ids
    for value in (ids.message, ids.instruction, ids.end_to_end, ids.transaction, ids.clearing):
        if value is not None and _has_word(value.text):
            yield Field(Method.TEXT, value.text, value.path)
    if ids.uetr is not None and _UETR.fullmatch(ids.uetr.text) is None:
        yield Field(Method.TEXT, ids.uetr.text, ids.uetr.path)


def _of_problems(payment: Payment) -> Iterator[Field]:
    """What the decoder could not read as the date or amount it should be, unless it stands among the texts already."""
    told = {text.path for text in payment.texts}
    for problem in payment.problems:
        if problem.path not in told and _has_word(problem.seen):
            yield Field(Method.TEXT, problem.seen, problem.path)


def _number(value: Value | None, whose: Whose, family: Family = Family.OTHER) -> Iterator[Field]:
    """A number; one with a word in it is searched like a text too."""
    if value is not None:
        yield Field(Method.NUMBER, value.text, value.path, "", family, whose)
        if _has_word(value.text):
            yield Field(Method.TEXT, value.text, value.path, whose=whose)


def _shaped(
    method: Method, value: Value, shape: re.Pattern[str], whose: Whose, family: Family = Family.OTHER
) -> Iterator[Field]:
    """A code of a fixed shape; what has another shape is searched like a text too."""
    yield Field(method, value.text, value.path, "", family, whose)
    if len(value.text) > _LONGEST_CODE and shape.fullmatch(value.text.strip()) is None:
        yield Field(Method.TEXT, value.text, value.path, whose=whose)


def _has_word(text: str) -> bool:
    if text.isascii():
        return _ASCII_WORD.search(text) is not None
    return any(alpha and len(list(run)) >= _LETTERS_OF_A_NAME for alpha, run in groupby(text, str.isalpha))


def _optional(method: Method, value: Value | None, whose: Whose) -> tuple[Field, ...]:
    return () if value is None else (Field(method, value.text, value.path, whose=whose),)
