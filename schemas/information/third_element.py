"""The payer's third element: address, document number, customer number, or date and place of birth (Art. 4(1)(c)).

2015/847 asks for any one of them; date and place of birth count only together. 2023/1113 reads "address including the
name of the country, official personal document number and customer identification number, or, alternatively, date and
place of birth": whether "and" is meant word by word is the bank's documented reading. Requirements: PAY-03.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING

from schemas.identifiers import is_bic, is_country, is_lei
from schemas.information.characters import Convention, inadmissible
from schemas.information.countries import ends_in_country
from schemas.information.formats import unstructured
from schemas.information.meaningless import (
    is_po_box,
    judge_address_line,
    judge_birth_date,
    judge_birth_place,
    judge_id,
)
from schemas.quick import quick

if TYPE_CHECKING:
    from datetime import date

    from schemas.information.law import Law
    from schemas.information.policy import Readings
    from schemas.payment import Address, Identification, Party, Value

# ISO 20022 external codes and MT 50F codes. TELE and EMPL identify no person officially; BANK is the number a bank
# gives its customer.
PERSONAL_DOCUMENTS = frozenset({"ARNU", "CCPT", "DRLC", "NIDN", "SOSE", "TXID"})
CUSTOMER_NUMBERS = frozenset({"CUST", "BANK"})


class State(IntEnum):
    """How much of an element is there, least first."""

    ABSENT = 0
    MEANINGLESS = 1
    PARTIAL = 2
    INADMISSIBLE = 3
    FULL = 4


# A look at a member goes through its class (a quarter of a microsecond in Python 3.11): the hot ones have own names.
_ABSENT, _MEANINGLESS, _PARTIAL, _INADMISSIBLE, _FULL = State


@quick
@dataclass(frozen=True, slots=True)
class Conventions:
    """What the rail takes: characters of addresses and of numbers, and whether an address must be structured."""

    extended: Convention
    plain: Convention
    structured: bool = False


@quick
@dataclass(frozen=True, slots=True)
class Elements:
    """The four elements as found. `country`: the address names its country; `wanted`: what would complete a part."""

    address: State
    country: bool
    document: State
    customer: State
    birth: State
    birth_wanted: tuple[str, ...]


def elements_of(payer: Party | None, day: date, readings: Readings, conventions: Conventions) -> Elements:
    """What the message gives of each of the four elements."""
    if payer is None:
        return Elements(
            _ABSENT,
            country=False,
            document=_ABSENT,
            customer=_ABSENT,
            birth=_ABSENT,
            birth_wanted=(),
        )
    by_bic = payer.bic is not None and is_bic(payer.bic.text)
    address, country = (
        (_FULL, True) if by_bic else _address(payer.address, readings, conventions)
    )  # A BIC stands for the name and address in the directory, where CBPR+ forbids to repeat them.
    birth, wanted = _birth(payer, day, conventions.extended)
    document = _document(payer, readings, conventions.plain, by_bic=by_bic)
    return Elements(address, country, document, _customer(payer, conventions.plain), birth, wanted)


def judge_elements(found: Elements, law: Law, readings: Readings) -> tuple[State, tuple[str, ...]]:
    """How complete the third element is under a law and its reading, and what would complete it."""
    located = found.address
    if law.cumulative_third_element and located is _FULL and not found.country:
        located = _PARTIAL
    together: tuple[State, ...] = ()
    if law.cumulative_third_element and readings.third_element_2023 == "literal":
        together = (located, found.document, found.customer)
        best = max(_together(together), found.birth)
    else:
        best = max(located, found.document, found.customer, found.birth)
    return best, () if best is _FULL else _wanted(found, located, together)


def _together(parts: tuple[State, ...]) -> State:
    """Elements that count only together: as good as the worst, partly there where one is missing."""
    worst, best = min(parts), max(parts)
    return worst if worst >= _INADMISSIBLE else min(best, _PARTIAL)


def _wanted(found: Elements, located: State, together: tuple[State, ...]) -> tuple[str, ...]:
    """The shortest way to completeness, from what is there already."""
    if found.birth is _PARTIAL or found.birth is _INADMISSIBLE:
        return found.birth_wanted
    nameless = located is _PARTIAL and found.address is _FULL
    names = ("address_country" if nameless else "address", "document_number", "customer_number")
    if _FULL in (found.address, *together[1:]):
        pairs = zip(names, together, strict=False)  # nothing is together where any one suffices
        return tuple(name for name, state in pairs if state is not _FULL) or names[:1]
    return names[:1]


def _address(address: Address | None, readings: Readings, conventions: Conventions) -> tuple[State, bool]:
    if address is None:
        return _ABSENT, False
    structured = (address.street, address.building, address.postcode, address.town, address.subdivision)
    parts = [part for part in (*address.lines, *structured, *address.other) if part is not None and part.text.strip()]
    country = address.country is not None and is_country(address.country.text.strip())
    country = country or any(ends_in_country(line.text) for line in address.lines)
    if not parts:
        return (_PARTIAL if country else _ABSENT), country
    good = [part for part in parts if judge_address_line(part.text) is None]
    if not good:
        return _MEANINGLESS, country
    if not readings.po_box_is_address and all(is_po_box(part.text) for part in good):
        return _PARTIAL, country
    outside = any(inadmissible(part.text, conventions.extended) for part in good)
    outside = outside or (conventions.structured and unstructured(address) != "")
    return (_INADMISSIBLE if outside else _FULL), country


def _document(payer: Party, readings: Readings, convention: Convention, *, by_bic: bool) -> State:
    accepted = readings.legal_person_document
    if by_bic or (payer.lei is not None and "LEI" in accepted and is_lei(payer.lei.text)):
        return _FULL
    best = _ABSENT
    for one in payer.identifications:
        if one.scheme in (accepted if one.organisation else PERSONAL_DOCUMENTS) or one.scheme in PERSONAL_DOCUMENTS:
            best = max(best, _number(one, convention))
        elif not one.scheme:
            # A number nobody says the kind of may be any of them: partly there.
            best = max(best, min(_number(one, convention), _PARTIAL))
    return best


def _customer(payer: Party, convention: Convention) -> State:
    states = [_number(one, convention) for one in payer.identifications if one.scheme in CUSTOMER_NUMBERS]
    return max(states, default=_ABSENT)


def _number(one: Identification, convention: Convention) -> State:
    if not one.value.text.strip():
        return _ABSENT
    if judge_id(one.value.text) is not None:
        return _MEANINGLESS
    return _INADMISSIBLE if inadmissible(one.value.text, convention) else _FULL


def _birth(payer: Party, day: date, convention: Convention) -> tuple[State, tuple[str, ...]]:
    born = _birth_date(payer.birth_date, day)
    where = _birth_place(payer.birth_town, convention)
    if born is _ABSENT and where is _ABSENT:
        named = payer.birth_country is not None and is_country(payer.birth_country.text)
        return (_PARTIAL, ("birth_date", "birth_place")) if named else (_ABSENT, ())
    if born >= _INADMISSIBLE and where >= _INADMISSIBLE:
        return min(born, where), ("birth_place",)
    if max(born, where) is _MEANINGLESS:
        return _MEANINGLESS, ("birth_date", "birth_place")
    wanted = (("birth_date", born), ("birth_place", where))
    return _PARTIAL, tuple(name for name, state in wanted if state < _INADMISSIBLE)


def _birth_date(value: Value | None, day: date) -> State:
    if value is None or not value.text.strip():
        return _ABSENT
    return _FULL if judge_birth_date(value.text, day) is None else _MEANINGLESS


def _birth_place(value: Value | None, convention: Convention) -> State:
    if value is None or not value.text.strip():
        return _ABSENT
    if judge_birth_place(value.text) is not None:
        return _MEANINGLESS
    return _INADMISSIBLE if inadmissible(value.text, convention) else _FULL
