from __future__ import annotations

from dataclasses import replace

import pytest

from lists.fields import Method, Whose, fields_of
from lists.numbers import Family
from schemas.finding import Finding, Reason
from schemas.payment import (
    Account,
    Address,
    Identification,
    Institution,
    Party,
    Payment,
    PaymentIds,
    Text,
    TextKind,
    Value,
)


def value(text: str) -> Value:
    return Value(text, f"/{text.lower().replace(' ', '-')}")


ADDRESS = Address(
    "/adr",
    lines=(value("Line One"), value("  ")),
    street=value("Main Street"),
    building=value("Tower"),
    postcode=value("1234"),
    town=value("Vallin"),
    subdivision=value("Nor"),
    country=value("NO"),
    other=(value("Other Line"),),
)
PARTY = Party(
    "/party",
    name=value("Ann Vell"),
    address=ADDRESS,
    identifications=(Identification(value("A123"), "CCPT", issuer=value("Issuer Office")),),
    lei=value("LEI1"),
    bic=value("VELLNO22"),
    residence_country=value("SE"),
    other=(value("Else"),),
)
ACCOUNT = Account("/acct", iban=value("NO93"), number=value("777"), proxy=value("a@b.c"), name=value("Vell Savings"))
BANK = Institution(
    "/bank",
    bic=value("BANKNO22"),
    lei=value("LEI2"),
    clearing_id=value("044525225"),
    name=value("Vell Bank"),
    address=Address("/bankadr", town=value("Oslo")),
    account=Account("/bankacct", iban=value("NO94")),
    other=(value("Branch Else"),),
)


def asked(payment: Payment) -> list[tuple[str, str]]:
    return [(field.method.value, field.text) for field in fields_of(payment)]


def test_everything_of_a_party() -> None:
    payment = Payment("x", 1, "/", PaymentIds(), payer=PARTY)
    assert asked(payment) == [
        ("name", "Ann Vell"),
        ("address", "Line One"),
        ("address", "Other Line"),
        ("address", "Main Street"),
        ("address", "Tower"),
        ("address", "1234"),
        ("town", "Vallin"),
        ("town", "Nor"),
        ("country", "NO"),
        ("lines", "Ann Vell Line One    Other Line Main Street Tower Vallin"),
        ("number", "A123"),
        ("text", "Issuer Office"),
        ("number", "LEI1"),
        ("bic", "VELLNO22"),
        ("country", "SE"),
        ("text", "Else"),
    ]
    by_text = {field.text: field for field in fields_of(payment)}
    assert by_text["A123"].family is Family.PASSPORT
    assert by_text["LEI1"].family is Family.LEI
    assert by_text["Vallin"].country == "NO"
    assert by_text["Ann Vell"].party is PARTY
    assert by_text["Ann Vell Line One    Other Line Main Street Tower Vallin"].path == "/party"


def test_everything_of_accounts_and_institutions() -> None:
    payment = Payment("x", 1, "/", PaymentIds(), payee_account=ACCOUNT, intermediaries=(BANK,))
    assert asked(payment) == [
        ("iban", "NO93"),
        ("number", "777"),
        ("number", "a@b.c"),
        ("name", "Vell Savings"),
        ("bic", "BANKNO22"),
        ("number", "LEI2"),
        ("number", "044525225"),
        ("name", "Vell Bank"),
        ("town", "Oslo"),
        ("where", "Oslo"),
        ("iban", "NO94"),
        ("text", "Branch Else"),
    ]
    institution = {field.text for field in fields_of(payment) if field.institution}
    assert institution >= {"LEI2", "044525225", "Vell Bank", "BANKNO22"}
    assert not institution & {"NO93", "777", "a@b.c", "Vell Savings"}


@pytest.mark.parametrize(
    ("party", "searched"),
    [
        (Party("/p", bic=value("ANN VELL")), ("text", "ANN VELL")),
        (Party("/p", lei=value("ANN VELL")), ("text", "ANN VELL")),
        (Party("/p", birth_town=value("Ann Vell")), ("where", "Ann Vell")),
        (Party("/p", birth_country=value("Ann Vell")), ("where", "Ann Vell")),
        (Party("/p", birth_date=value("Ann Vell")), ("where", "Ann Vell")),
        (Party("/p", residence_country=value("Ann Vell")), ("where", "Ann Vell")),
        (Party("/p", identifications=(Identification(value("Ann Vell")),)), ("text", "Ann Vell")),
        (Party("/p", identifications=(Identification(value("1"), scheme="Ann Vell"),)), ("text", "Ann Vell")),
        (Party("/p", identifications=(Identification(value("1"), country=value("Ann Vell")),)), ("where", "Ann Vell")),
        (Party("/p", address=Address("/a", town=value("Ann Vell"))), ("where", "Ann Vell")),
        (Party("/p", address=Address("/a", country=value("Ann Vell"))), ("where", "Ann Vell")),
    ],
)
def test_what_is_no_code_is_searched_for_names(party: Party, searched: tuple[str, str]) -> None:
    assert searched in asked(Payment("x", 1, "/", PaymentIds(), payer=party))


def test_codes_and_dates_of_their_own_shape_are_not_searched() -> None:
    party = Party(
        "/p", birth_date=value("1980-02-29"), birth_country=value("LU"), bic=value("AAAALULL"), lei=value("5" * 20)
    )
    account = Account("/a", iban=value("LU28 0019 4006 4475 0000"), scheme="BBAN")
    asked_for = asked(Payment("x", 1, "/", PaymentIds(uetr=value("7" * 36)), payer=party, payer_account=account))
    assert [method for method, _ in asked_for] == ["number", "bic", "iban"]


def test_what_the_decoder_could_not_read_is_searched_where_it_is_no_text_already() -> None:
    problem = Finding(Reason.FIELD_UNREADABLE, "/date", "Ann Vell", "the date is none")
    ids = PaymentIds(uetr=value("Ann Vell"))
    account = Account("/acct", scheme="Ann Vell Scheme")
    payment = Payment("x", 1, "/", ids, problems=(problem,), payee_account=account)
    assert asked(payment) == [("text", "Ann Vell Scheme"), ("text", "Ann Vell"), ("text", "Ann Vell")]
    assert len(asked(replace(payment, texts=(Text(TextKind.OTHER, "Ann Vell", "/date"),)))) == 3


def test_whose_a_field_is() -> None:
    payment = Payment(
        "x", 1, "/", PaymentIds(), payer=Party("/p", name=value("Ann")), ultimate_payer=Party("/u", name=value("Bo"))
    )
    assert [field.whose for field in fields_of(payment)] == [Whose.END, Whose.PARTY]


@pytest.mark.parametrize("role", ["payer", "payee", "ultimate_payer", "ultimate_payee", "initiating_party"])
def test_every_party_is_screened(role: str) -> None:
    payment = Payment("x", 1, "/", PaymentIds(), **{role: Party("/p", name=value("Ann"))})  # type: ignore[arg-type] # one of five
    assert asked(payment) == [("name", "Ann")]


@pytest.mark.parametrize("role", ["payer_institution", "payee_institution", "sender", "receiver"])
def test_every_institution_is_screened(role: str) -> None:
    payment = Payment("x", 1, "/", PaymentIds(), **{role: Institution("/i", bic=value("B"))})  # type: ignore[arg-type] # one of four
    assert asked(payment) == [("bic", "B")]
    among_others = Payment("x", 1, "/", PaymentIds(), institutions=(Institution("/i", bic=value("B")),))
    assert asked(among_others) == [("bic", "B")]


def test_texts_and_references_with_words() -> None:
    ids = PaymentIds(
        message=value("MSG-20260815-001"),
        instruction=value("ann2vell3"),
        end_to_end=value("INVOICE 12"),
        transaction=value("AB12CD34"),
        uetr=value("7a562c67-aaaa-bbbb-cccc-dddddddddddd"),
    )
    payment = Payment("x", 1, "/", ids, texts=(Text(TextKind.REMITTANCE, "for goods", "/t"),))
    assert asked(payment) == [("text", "for goods"), ("text", "ann2vell3"), ("text", "INVOICE 12")]


@pytest.mark.parametrize(
    ("reference", "searched"),
    [
        ("сче т 12", False),
        ("kim il", True),
        ("TX 12 AB", False),
        ("счет 12", True),
        ("a½bcd", False),
        ("ab1cde", False),
    ],
)
def test_a_word_is_four_letters_in_a_row_in_any_script(reference: str, searched: bool) -> None:  # noqa: FBT001 - a table of cases
    payment = Payment("x", 1, "/", PaymentIds(message=value(reference)))
    assert asked(payment) == ([("text", reference)] if searched else [])


def test_an_unstructured_address_without_name_is_one_text() -> None:
    party = Party("/p", address=Address("/a", lines=(value("ANN"), value("VELL"))))
    methods = [(field.method, field.text) for field in fields_of(Payment("x", 1, "/", PaymentIds(), payee=party))]
    assert (Method.LINES, "ANN VELL") in methods


def test_an_address_of_codes_alone_is_no_text() -> None:
    bank = Institution("/i", address=Address("/a", postcode=value("1234"), country=value("LU")))
    assert asked(Payment("x", 1, "/", PaymentIds(), sender=bank)) == [("address", "1234"), ("country", "LU")]


def test_what_is_blank_is_no_field() -> None:
    blank = value("  ")
    address = Address("/a", lines=(blank,), street=blank, country=blank)
    party = Party("/p", name=blank, address=address, bic=blank, residence_country=blank)
    assert asked(Payment("x", 1, "/", PaymentIds(), payer=party, payer_account=Account("/c", iban=blank))) == []
