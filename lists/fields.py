"""Everything in a payment that is screened: each value once, with the method that fits it and the place it stands.

Whatever our role and whatever the kind of payment. What does not look like the number, code or date it should be is
searched like a text: a name may stand in any element. Requirements: SCP-07, EXM-09, INT-12, SCR-01.
"""

from __future__ import annotations

import re
from enum import StrEnum
from itertools import groupby
from typing import TYPE_CHECKING, Final, NamedTuple

from lists.numbers import Family, family_of_scheme

if TYPE_CHECKING:
    from collections.abc import Iterable

    from schemas.payment import Account, Address, Institution, Party, Payment, PaymentIds, Text, Value


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


# Some twenty fields are made for every payment: members of an enumeration are looked up once, here.
_NAME, _TEXT, _LINES, _WHERE, _ADDRESS = Method.NAME, Method.TEXT, Method.LINES, Method.WHERE, Method.ADDRESS
_TOWN, _COUNTRY, _NUMBER, _IBAN, _BIC = Method.TOWN, Method.COUNTRY, Method.NUMBER, Method.IBAN, Method.BIC
_END, _PARTY, _INSTITUTION, _PAYMENT = Whose.END, Whose.PARTY, Whose.INSTITUTION, Whose.PAYMENT
_OTHER: Final = Family.OTHER
_new = tuple.__new__

_LETTERS_OF_A_NAME = 4
# One word of four letters, or two of two: "Kim Il" is a name, "TX 0815 AB" is none.
_ASCII_WORD = re.compile(f"[A-Za-z]{{{_LETTERS_OF_A_NAME}}}|[A-Za-z]{{2}}[^A-Za-z0-9]+[A-Za-z]{{2}}")
_BIC_SHAPE = re.compile(r"[A-Z]{6}[A-Z0-9]{2}(?:[A-Z0-9]{3})?", re.ASCII)
_IBAN_SHAPE = re.compile(r"[A-Z]{2}\d{2}[A-Z0-9 ]{8,36}", re.ASCII | re.IGNORECASE)
_LEI_SHAPE = re.compile(r"[A-Z0-9]{18}\d{2}", re.ASCII)
_UETR = re.compile(r"[0-9a-fA-F-]{36}", re.ASCII)
_DATE = re.compile(r"[0-9TZ:+.\-]{4,35}", re.ASCII)
_LONGEST_CODE = 4


def fields_of(payment: Payment) -> tuple[Field, ...]:
    """Every field of a payment that is screened, in the order of the payment."""
    fields = _Fields()
    for party, whose in (
        (payment.payer, _END),
        (payment.payee, _END),
        (payment.ultimate_payer, _PARTY),
        (payment.ultimate_payee, _PARTY),
        (payment.initiating_party, _PARTY),
    ):
        if party is not None:
            fields.of_party(party, whose)
    for account in (payment.payer_account, payment.payee_account):
        if account is not None:
            fields.of_account(account, _END)
    for institution in institutions_of(payment):
        fields.of_institution(institution)
    for text in payment.texts:
        fields.add(_TEXT, text)
    fields.of_ids(payment.ids)
    if payment.problems:
        fields.of_problems(payment)
    return tuple(fields)


def institutions_of(payment: Payment) -> list[Institution]:
    """Every institution a payment names, in the order they are screened in."""
    named = (
        payment.payer_institution,
        payment.payee_institution,
        *payment.intermediaries,
        *payment.institutions,
        payment.sender,
        payment.receiver,
    )
    return [one for one in named if one is not None]


class _Fields(list[Field]):
    """Takes a payment apart; blank values are no fields."""

    __slots__ = ()

    def add(  # noqa: PLR0913, PLR0917 - a field has so many sides
        self,
        method: Method,
        value: Value | Text,
        whose: Whose = _PAYMENT,
        country: str = "",
        family: Family = _OTHER,
        party: Party | None = None,
        owner: str = "",
    ) -> None:
        """One value as it stands."""
        text = value.text
        if text.strip():
            self.append(_new(Field, (method, text, value.path, country, family, whose, party, owner, ())))

    def add_all(self, method: Method, values: Iterable[Value | None], whose: Whose, country: str) -> None:
        """Those of an address that are there."""
        self += [
            _new(Field, (method, value.text, value.path, country, _OTHER, whose, None, "", ()))
            for value in values
            if value is not None and value.text.strip()
        ]

    def add_number(self, value: Value, whose: Whose, family: Family = _OTHER) -> None:
        """A number; one with a word in it is searched like a text too."""
        self.add(_NUMBER, value, whose, "", family)
        if _has_word(value.text):
            self.add(_TEXT, value, whose)

    def add_shaped(
        self, method: Method, value: Value, shape: re.Pattern[str], whose: Whose, family: Family = _OTHER
    ) -> None:
        """A code of a fixed shape; what has another shape is searched like a text too."""
        text = value.text
        if not text.strip():
            return
        self.append(_new(Field, (method, text, value.path, "", family, whose, None, "", ())))
        if len(text) > _LONGEST_CODE and shape.fullmatch(text.strip()) is None:
            self.add(_TEXT, value, whose)

    def add_scheme(self, scheme: str, path: str, whose: Whose) -> None:
        """The word for a kind of number, where it is more than a code."""
        if len(scheme) > _LONGEST_CODE and _has_word(scheme):
            self.append(Field(_TEXT, scheme, path, whose=whose))

    def of_party(self, party: Party, whose: Whose) -> None:
        """Name, address, both as one text, and every fact, number and code."""
        name, address, path = party.name, party.address, party.path
        if name is not None:
            self.add(_NAME, name, whose, "", _OTHER, party, path)
        if address is not None:
            self.of_address(address, whose)
        facts = _facts(party) if party.identifications or _is_born(party) else []
        about = _parts(address) if address is not None else []
        if facts:
            about += _worded(*facts)
        if about:
            self.of_lines(name, address, about, path, whose, party)
        # Where somebody was born is no place the money goes to: only names and numbers are looked for.
        for fact in facts:
            self.add(_NUMBER, fact, whose)
        self.of_numbers(party, whose)
        for value in party.other:
            self.add(_TEXT, value, whose, "", _OTHER, party)

    def of_numbers(self, party: Party, whose: Whose) -> None:
        """What identifies a party, and the country it lives in."""
        for one in party.identifications:
            self.add_number(one.value, whose, family_of_scheme(one.scheme))
            self.add_scheme(one.scheme, one.value.path, whose)
            if one.issuer is not None:
                self.add(_TEXT, one.issuer, whose)
        if party.lei is not None:
            self.add_shaped(_NUMBER, party.lei, _LEI_SHAPE, whose, Family.LEI)
        if party.bic is not None:
            self.add_shaped(_BIC, party.bic, _BIC_SHAPE, whose)
        if party.residence_country is not None:
            self.of_residence(party.residence_country, whose)

    def of_lines(  # noqa: PLR0913, PLR0917 - the party's or institution's own
        self,
        name: Value | None,
        address: Address | None,
        about: Iterable[Value],
        path: str,
        whose: Whose,
        party: Party | None = None,
    ) -> None:
        """A name may go on in the first line of an address; structured parts cannot be taken for more of it."""
        unstructured = address is not None and bool(address.lines or address.other)
        parts = tuple(about) if name is None or not unstructured else (name, *about)
        text = " ".join([part.text for part in parts])
        method = _LINES if unstructured else _WHERE
        if text.strip():
            self.append(_new(Field, (method, text, path, "", _OTHER, whose, party, path, parts)))

    def of_address(self, address: Address, whose: Whose) -> None:
        """Each part by itself, with the country it belongs to."""
        country = address.country.text.strip() if address.country is not None else ""
        values = (*address.lines, *address.other, address.street, address.building, address.postcode)
        self.add_all(_ADDRESS, values, whose, country)
        self.add_all(_TOWN, (address.town, address.subdivision), whose, country)
        if address.country is not None:
            self.add(_COUNTRY, address.country, whose)

    def of_residence(self, country: Value, whose: Whose) -> None:
        """A country; one that is written out, or is none, may hold anything."""
        self.add(_COUNTRY, country, whose)
        if len(country.text.strip()) > _LONGEST_CODE:
            self.add(_WHERE, country, whose)

    def of_account(self, account: Account, whose: Whose) -> None:
        """Its numbers, its name and its scheme."""
        if account.iban is not None:
            self.add_shaped(_IBAN, account.iban, _IBAN_SHAPE, whose)
        for number in (account.number, account.proxy):
            if number is not None:
                self.add_number(number, whose)
        if account.name is not None:
            self.add(_NAME, account.name, whose)
        self.add_scheme(account.scheme, account.path, whose)

    def of_institution(self, institution: Institution) -> None:
        """Codes, name, address, its own account and all else."""
        if institution.bic is not None:
            self.add_shaped(_BIC, institution.bic, _BIC_SHAPE, _INSTITUTION)
        if institution.lei is not None:
            self.add_shaped(_NUMBER, institution.lei, _LEI_SHAPE, _INSTITUTION, Family.LEI)
        if institution.clearing_id is not None:
            self.add_number(institution.clearing_id, _INSTITUTION)
        name, address, path = institution.name, institution.address, institution.path
        if name is not None:
            self.add(_NAME, name, _INSTITUTION, "", _OTHER, None, path)
        if address is not None:
            self.of_address(address, _INSTITUTION)
            about = _parts(address)
            if about:
                self.of_lines(name, address, about, path, _INSTITUTION)
        if institution.account is not None:
            self.of_account(institution.account, _INSTITUTION)
        for value in institution.other:
            self.add(_TEXT, value, _INSTITUTION)

    def of_ids(self, ids: PaymentIds) -> None:
        """References are free text up to 35 characters; those without a word in them are left out."""
        for value in (ids.message, ids.instruction, ids.end_to_end, ids.transaction, ids.clearing):
            if value is not None and _has_word(value.text):
                self.add(_TEXT, value)
        if ids.uetr is not None and _UETR.fullmatch(ids.uetr.text) is None:
            self.add(_TEXT, ids.uetr)

    def of_problems(self, payment: Payment) -> None:
        """What the decoder could not read as the date or amount it should be, unless it is among the texts already."""
        told = {text.path for text in payment.texts}
        for problem in payment.problems:
            if problem.path not in told and _has_word(problem.seen):
                self.append(Field(_TEXT, problem.seen, problem.path))


def _facts(party: Party) -> list[Value]:
    """Facts that tell a person from a namesake, where they hold more than a code or a date."""
    countries = [one.country for one in party.identifications]
    told = (party.birth_town, party.birth_country, *countries)
    facts = [value for value in told if value is not None and len(value.text) > _LONGEST_CODE]
    born = party.birth_date
    return facts if born is None or _DATE.fullmatch(born.text.strip()) else [*facts, born]


def _is_born(party: Party) -> bool:
    return party.birth_date is not None or party.birth_town is not None or party.birth_country is not None


def _parts(address: Address) -> list[Value]:
    """What a name may stand in, of an address; numbers of houses and bare postcodes have no word."""
    structured = _worded(address.street, address.building, address.postcode, address.town, address.subdivision)
    country = address.country
    if country is not None and len(country.text.strip()) > _LONGEST_CODE:
        structured.append(country)
    return [*address.lines, *address.other, *structured]


def _worded(*values: Value | None) -> list[Value]:
    return [value for value in values if value is not None and _has_word(value.text)]


def _has_word(text: str) -> bool:
    if text.isascii():
        return _ASCII_WORD.search(text) is not None
    return any(alpha and len(list(run)) >= _LETTERS_OF_A_NAME for alpha, run in groupby(text, str.isalpha))
