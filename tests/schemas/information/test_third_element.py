from __future__ import annotations

from dataclasses import replace

import pytest

from schemas.information.characters import convention_of
from schemas.information.law import EU_2015_847, EU_2023_1113
from schemas.information.policy import Readings
from schemas.information.third_element import Conventions, State, elements_of, judge_elements
from schemas.payment import Party, Rail, Value
from tests.information_builders import LEI, NEW_LAW, address, number

SWIFT = Conventions(
    convention_of(Rail.SWIFT_MT, "MT103", extended=True), convention_of(Rail.SWIFT_MT, "MT103", extended=False)
)
NOBODY = Party("/payer")
BORN = replace(NOBODY, birth_date=Value("1979-03-02", "/d"), birth_town=Value("Esch", "/t"))
LOCATED = replace(NOBODY, address=address(street="5 avenue de la Gare", town="Luxembourg", country="LU"))
DOCUMENT = number("1979030212345", "NIDN")
CUSTOMER = number("C-778899", "CUST")
COMPANY = number("B123456", "COID", organisation=True)
ALL_THREE = replace(LOCATED, identifications=(DOCUMENT, CUSTOMER))
STREET = address(street="5 avenue de la Gare", town="Luxembourg")

FULL, ABSENT, PARTIAL = State.FULL, State.ABSENT, State.PARTIAL
MEANINGLESS, INADMISSIBLE = State.MEANINGLESS, State.INADMISSIBLE


def judged(payer: Party | None, *, literal: bool = True, old: bool = False, **readings: object) -> State:
    reading = Readings(third_element_2023="literal" if literal else "any_one_with_country", **readings)  # type: ignore[arg-type] # a test's knobs
    found = elements_of(payer, NEW_LAW, reading, SWIFT)
    return judge_elements(found, EU_2015_847 if old else EU_2023_1113, reading)[0]


def wanted(payer: Party, *, literal: bool = True) -> tuple[str, ...]:
    reading = Readings(third_element_2023="literal" if literal else "any_one_with_country")
    found = elements_of(payer, NEW_LAW, reading, SWIFT)
    return judge_elements(found, EU_2023_1113, reading)[1]


@pytest.mark.requirement("PAY-03")
@pytest.mark.parametrize(
    ("payer", "old", "literal", "any_one"),
    [
        (None, ABSENT, ABSENT, ABSENT),
        (NOBODY, ABSENT, ABSENT, ABSENT),
        # each alternative alone
        (LOCATED, FULL, PARTIAL, FULL),
        (replace(NOBODY, identifications=(DOCUMENT,)), FULL, PARTIAL, FULL),
        (replace(NOBODY, identifications=(CUSTOMER,)), FULL, PARTIAL, FULL),
        (replace(NOBODY, identifications=(COMPANY,)), FULL, PARTIAL, FULL),
        (BORN, FULL, FULL, FULL),
        # together
        (ALL_THREE, FULL, FULL, FULL),
        (replace(LOCATED, identifications=(COMPANY, CUSTOMER)), FULL, FULL, FULL),
        (replace(LOCATED, identifications=(CUSTOMER,), lei=Value(LEI, "/lei")), FULL, FULL, FULL),
        (replace(LOCATED, identifications=(CUSTOMER,), lei=Value("nonsense", "/lei")), FULL, PARTIAL, FULL),
        # an address has its country under the new law
        (replace(NOBODY, address=STREET), FULL, PARTIAL, PARTIAL),
        (replace(ALL_THREE, address=STREET), FULL, PARTIAL, FULL),
        (replace(NOBODY, address=address("5 AVENUE DE LA GARE", "1611 LUXEMBOURG")), FULL, PARTIAL, FULL),
        (replace(NOBODY, address=address(country="LU")), PARTIAL, PARTIAL, PARTIAL),
        (replace(NOBODY, address=address(country="XX")), ABSENT, ABSENT, ABSENT),
        (replace(NOBODY, address=address(street="5 rue X", country="ZZ")), FULL, PARTIAL, PARTIAL),
        # date and place of birth only together
        (replace(BORN, birth_town=None), PARTIAL, PARTIAL, PARTIAL),
        (replace(BORN, birth_date=None), PARTIAL, PARTIAL, PARTIAL),
        (replace(BORN, birth_town=None, birth_country=Value("LU", "/c")), PARTIAL, PARTIAL, PARTIAL),
        (replace(NOBODY, birth_country=Value("LU", "/c")), PARTIAL, PARTIAL, PARTIAL),
        (replace(NOBODY, birth_country=Value("ZZ", "/c")), ABSENT, ABSENT, ABSENT),
        (replace(BORN, birth_town=Value(" ", "/t"), birth_date=Value("", "/d")), ABSENT, ABSENT, ABSENT),
        # what means nothing
        (replace(NOBODY, address=address("ADRESSE INCONNUE")), MEANINGLESS, MEANINGLESS, MEANINGLESS),
        (replace(NOBODY, identifications=(number("NOTPROVIDED", "TXID"),)), MEANINGLESS, MEANINGLESS, MEANINGLESS),
        (replace(NOBODY, birth_date=Value("1900-01-01", "/d")), MEANINGLESS, MEANINGLESS, MEANINGLESS),
        (replace(BORN, birth_date=Value("1900-01-01", "/d")), PARTIAL, PARTIAL, PARTIAL),
        (replace(BORN, birth_town=Value("UNKNOWN", "/t")), PARTIAL, PARTIAL, PARTIAL),
        (replace(LOCATED, identifications=(number("0000", "NIDN"),)), FULL, PARTIAL, FULL),
        # a number of no known kind may be any of them; others identify nobody
        (replace(NOBODY, identifications=(number("778899A"),)), PARTIAL, PARTIAL, PARTIAL),
        (replace(NOBODY, identifications=(number("778899A", "TELE"),)), ABSENT, ABSENT, ABSENT),
        (replace(NOBODY, identifications=(number(" ", "NIDN"),)), ABSENT, ABSENT, ABSENT),
        # a BIC stands for name, address and registration
        (replace(NOBODY, bic=Value("BBBBFRPP", "/bic")), FULL, PARTIAL, FULL),
        (replace(NOBODY, bic=Value("BBBBFRPP", "/bic"), identifications=(CUSTOMER,)), FULL, FULL, FULL),
        (replace(NOBODY, bic=Value("nonsense", "/bic")), ABSENT, ABSENT, ABSENT),
        # outside the conventions of the rail
        (replace(NOBODY, address=address("4 MILL & LANE", "LEEDS GB")), INADMISSIBLE, PARTIAL, INADMISSIBLE),
        (replace(ALL_THREE, address=address("4 MILL & LANE", country="GB")), FULL, INADMISSIBLE, FULL),
        (replace(BORN, birth_town=Value("Zürich", "/t")), INADMISSIBLE, INADMISSIBLE, INADMISSIBLE),
    ],
)  # fmt: skip
def test_under_both_laws_and_both_readings(payer: Party | None, old: State, literal: State, any_one: State) -> None:
    assert judged(payer, old=True) is old
    assert judged(payer) is literal
    assert judged(payer, literal=False) is any_one


def test_a_post_office_box_is_an_address_only_if_the_bank_reads_it_so() -> None:
    boxed = replace(NOBODY, address=address("PO BOX 1234"))
    assert judged(boxed, old=True) is PARTIAL
    assert judged(boxed, old=True, po_box_is_address=True) is FULL
    assert judged(replace(NOBODY, address=address("PO BOX 1234", town="Dubai", country="AE")), old=True) is FULL


@pytest.mark.parametrize(
    ("payer", "literal", "parts"),
    [
        (BORN, True, ()),
        (NOBODY, True, ("address",)),
        (replace(BORN, birth_town=Value("Zürich", "/t")), True, ("birth_place",)),
        (replace(BORN, birth_town=None), True, ("birth_place",)),
        (replace(BORN, birth_date=None), True, ("birth_date",)),
        (replace(NOBODY, birth_country=Value("LU", "/c")), True, ("birth_date", "birth_place")),
        (LOCATED, True, ("document_number", "customer_number")),
        (replace(NOBODY, identifications=(DOCUMENT,)), True, ("address", "customer_number")),
        (replace(NOBODY, address=STREET), False, ("address_country",)),
        (replace(NOBODY, address=STREET), True, ("address_country", "document_number", "customer_number")),
        (replace(NOBODY, address=STREET, identifications=(number("00", "NIDN"),)), False, ("address_country",)),
        (replace(ALL_THREE, address=STREET), True, ("address_country",)),
        (replace(NOBODY, address=address(country="LU")), True, ("address",)),
        (replace(NOBODY, birth_date=Value("1900-01-01", "/d")), True, ("address",)),
    ],
)
def test_what_would_complete_it(payer: Party, parts: tuple[str, ...], *, literal: bool) -> None:
    assert wanted(payer, literal=literal) == parts
