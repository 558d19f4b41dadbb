from __future__ import annotations

import pytest

from lists.fields import Method, fields_of
from lists.numbers import Family
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
        ("town", "Vallin"),
        ("town", "Nor"),
        ("country", "NO"),
        ("lines", "Ann Vell Line One    Other Line"),
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
    assert by_text["Ann Vell Line One    Other Line"].path == "/party"


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
        ("iban", "NO94"),
        ("text", "Branch Else"),
    ]
    assert {field.text for field in fields_of(payment) if field.institution} == {"LEI2", "044525225"}


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
    ("reference", "searched"), [("сче т 12", False), ("счет 12", True), ("a½bcd", False), ("ab1cde", False)]
)
def test_a_word_is_four_letters_in_a_row_in_any_script(reference: str, searched: bool) -> None:  # noqa: FBT001 - a table of cases
    payment = Payment("x", 1, "/", PaymentIds(message=value(reference)))
    assert asked(payment) == ([("text", reference)] if searched else [])


def test_an_unstructured_address_without_name_is_one_text() -> None:
    party = Party("/p", address=Address("/a", lines=(value("ANN"), value("VELL"))))
    methods = [(field.method, field.text) for field in fields_of(Payment("x", 1, "/", PaymentIds(), payee=party))]
    assert (Method.LINES, "ANN VELL") in methods
