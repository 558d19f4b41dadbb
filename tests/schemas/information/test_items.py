from __future__ import annotations

from dataclasses import replace

import pytest

from schemas.context import Context
from schemas.finding import Item, Kind
from schemas.information.items import JUDGES, Case, transaction_identifier
from schemas.information.law import EU_2015_847, EU_2023_1113
from schemas.payment import Account, Party, Payment, PaymentIds, Rail, Value
from tests.information_builders import LEI, NEW_LAW, NO_CONTEXT, OUTGOING, POLICY, UETR, account, institution


def kind(item: Item, payment: Payment, context: Context = NO_CONTEXT, *, old: bool = False) -> str:
    law = EU_2015_847 if old else EU_2023_1113
    case = Case(payment, context, POLICY, law, payment.rail, NEW_LAW, frozenset())
    failure, _ = JUDGES[item](case)
    assert failure is None or failure.item is item
    return "" if failure is None else failure.kind.value


def told(item: Item, payment: Payment) -> str:
    _, said = JUDGES[item](Case(payment, NO_CONTEXT, POLICY, EU_2023_1113, payment.rail, NEW_LAW, frozenset()))
    return "" if said is None else said.detail


def paid_by(name: str | None, **facts: object) -> Payment:
    named = None if name is None else Value(name, "/payer/name")
    return replace(OUTGOING, payer=replace(Party("/payer", name=named), **facts))  # type: ignore[arg-type] # a test's facts


def test_every_good_item_passes() -> None:
    assert [kind(item, OUTGOING) for item in JUDGES] == [""] * 6


@pytest.mark.requirement("PAY-01", "PAY-04", "DET-12")
@pytest.mark.parametrize(
    ("payment", "expected"),
    [
        (replace(OUTGOING, payer=None), "missing"),
        (paid_by(None), "missing"),
        (paid_by(""), "missing"),
        (paid_by("   "), "missing"),
        (paid_by(None, bic=Value("BBBBFRPP", "/bic")), ""),  # AnyBIC identifies a party
        (paid_by(None, bic=Value("nonsense", "/bic")), "missing"),
        (paid_by("XXXXX"), "meaningless"),
        (paid_by("my son"), "meaningless"),
        (paid_by("my son", bic=Value("BBBBFRPP", "/bic")), ""),
        (paid_by("John Doe"), ""),
        (paid_by("Müller"), "inadmissible"),
        (paid_by("Christopher Null"), ""),
        (paid_by("AAAALULL"), "meaningless"),  # our own BIC
        (paid_by("K1001"), "meaningless"),  # the account
        (replace(paid_by("K1001"), payer_account=None, payer_institution=None), ""),
    ],
)
def test_names(payment: Payment, expected: str) -> None:
    if payment.payer_account is not None:
        payment = replace(payment, payer_account=Account("/a", number=Value("K1001", "/a/n")))
    assert kind(Item.PAYER_NAME, payment) == expected
    assert kind(Item.PAYEE_NAME, replace(payment, payee=payment.payer)) == expected


def test_what_is_told_of_a_name_that_passed() -> None:
    assert told(Item.PAYER_NAME, paid_by("John Doe")) == "specimen 'john doe' (EN), tier possible"
    saved = told(Item.PAYER_NAME, paid_by("my son", bic=Value("BBBBFRPP", "/bic")))
    assert saved == "relation 'my son' (EN), tier likely; for it: a BIC"
    assert told(Item.PAYER_NAME, paid_by("Claire Weber")) == ""


def test_a_missing_name_is_placed_where_it_should_stand() -> None:
    case = Case(paid_by(None), NO_CONTEXT, POLICY, EU_2023_1113, Rail.CBPR, NEW_LAW, frozenset())
    failure, _ = JUDGES[Item.PAYER_NAME](case)
    assert failure is not None
    assert failure.path == "/payer"
    failure, _ = JUDGES[Item.PAYER_NAME](replace(case, payment=paid_by("  ")))
    assert failure is not None
    assert failure.path == "/payer/name"


@pytest.mark.requirement("PAY-02", "PAY-05")
@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (account("LU280019400644750000"), ""),
        (account("LU290019400644750000"), "inadmissible"),
        (account("0532013000"), ""),
        (Account("/a", number=Value("LU290019400644750000", "/n")), "inadmissible"),  # an IBAN wherever it stands
        (Account("/a", number=Value("LU280019400644750000", "/n")), ""),
        (Account("/a", number=Value("4111111111111111", "/n"), scheme="CARD"), ""),
        (account("NOTPROVIDED"), "meaningless"),
        (account("DE00000000000000000000"), "meaningless"),
        (account("0"), "meaningless"),
        (Account("/a", number=Value("12_34", "/n")), "inadmissible"),
        (Account("/a", iban=Value(" ", "/i")), "missing"),
        (Account("/a", iban=Value(" ", "/i"), number=Value("0532013000", "/n")), ""),
        (Account("/a", number=Value("", "/n")), "missing"),
        (Account("/a", proxy=Value("+352691000000", "/p")), "missing"),
        (None, "missing"),
    ],
)
def test_accounts(given: Account | None, expected: str) -> None:
    assert kind(Item.PAYER_ACCOUNT, replace(OUTGOING, payer_account=given)) == expected
    assert kind(Item.PAYEE_ACCOUNT, replace(OUTGOING, payee_account=given)) == expected


UTI = PaymentIds(uetr=Value(UETR, "/uetr"))


@pytest.mark.requirement("PAY-06")
@pytest.mark.parametrize(
    ("ids", "based", "rail", "expected"),
    [
        (UTI, False, Rail.CBPR, ""),
        (UTI, True, Rail.CBPR, "missing"),  # from an account, its number must be there
        (UTI, None, Rail.CBPR, "missing"),
        (UTI, None, Rail.REMITTANCE, ""),
        (UTI, True, Rail.REMITTANCE, "missing"),
        (PaymentIds(), False, Rail.CBPR, "missing"),
        (PaymentIds(transaction=Value("NOTPROVIDED", "/t")), False, Rail.CBPR, "missing"),
    ],
)
def test_an_identifier_stands_in_only_where_there_is_no_account(
    ids: PaymentIds, rail: Rail, expected: str, *, based: bool | None
) -> None:
    payment = replace(OUTGOING, ids=ids, rail=rail, payer_account=None, payee_account=None)
    assert kind(Item.PAYER_ACCOUNT, payment, Context(payer_account_based=based)) == expected
    assert kind(Item.PAYEE_ACCOUNT, payment, Context(payee_account_based=based)) == expected


@pytest.mark.requirement("PAY-07")
@pytest.mark.parametrize(
    ("ids", "expected"),
    [
        (UTI, UETR),
        (PaymentIds(uetr=Value("nonsense", "/u")), ""),
        (PaymentIds(uetr=Value("nonsense", "/u"), transaction=Value("MTO-US-77-000991", "/t")), "MTO-US-77-000991"),
        (PaymentIds(transaction=Value("NOTPROVIDED", "/t"), instruction=Value("INS-7781", "/i")), "INS-7781"),
        (PaymentIds(transaction=Value("000000", "/t")), ""),
        (PaymentIds(clearing=Value(" ", "/c")), ""),
        (PaymentIds(end_to_end=Value("INV-2026-0815", "/e"), message=Value("MSG-7781", "/m")), ""),
    ],
)
def test_what_identifies_a_transaction(ids: PaymentIds, expected: str) -> None:
    assert transaction_identifier(ids) == expected


@pytest.mark.requirement("PAY-07")
def test_an_identifier_that_was_used_before_replaces_no_account() -> None:
    remittance = replace(OUTGOING, ids=UTI, rail=Rail.REMITTANCE, payer_account=None, payee_account=None)
    for item in (Item.PAYER_ACCOUNT, Item.PAYEE_ACCOUNT):
        assert kind(item, remittance) == ""
        assert kind(item, remittance, Context(identifier_reused=True)) == "missing"
        assert kind(item, replace(OUTGOING, rail=Rail.REMITTANCE), Context(identifier_reused=True)) == ""


def test_the_third_element_names_what_is_there_and_what_is_wanted() -> None:
    partly = paid_by("Claire Weber", birth_date=Value("1979-03-02", "/d"))
    case = Case(partly, NO_CONTEXT, POLICY, EU_2023_1113, Rail.CBPR, NEW_LAW, frozenset())
    failure, _ = JUDGES[Item.PAYER_THIRD_ELEMENT](case)
    assert failure is not None
    assert (failure.kind, failure.path, failure.wanted) == (Kind.INCOMPLETE, "/payer", ("birth_place",))
    assert failure.detail == "there: birth (in part); wanted: birth_place"
    assert kind(Item.PAYER_THIRD_ELEMENT, replace(OUTGOING, payer=None)) == "missing"


GIVEN = Context(payer_lei_given=True)


@pytest.mark.parametrize(
    ("payment", "context", "old", "expected"),
    [
        (OUTGOING, GIVEN, False, "missing"),
        (replace(OUTGOING, payer=None), GIVEN, False, "missing"),
        (paid_by("A", lei=Value("", "/lei")), GIVEN, False, "missing"),
        (paid_by("A", lei=Value(LEI, "/lei")), GIVEN, False, ""),
        (paid_by("A", lei=Value(LEI[:-1] + "6", "/lei")), GIVEN, False, "inadmissible"),
        (OUTGOING, GIVEN, True, ""),  # the old law knows no LEI
        (OUTGOING, NO_CONTEXT, False, ""),  # nobody gave us one
        (replace(OUTGOING, rail=Rail.SWIFT_MT), GIVEN, False, ""),  # the format has no field for it
        (replace(OUTGOING, format="MT103"), GIVEN, False, ""),
    ],
)
def test_the_lei_of_the_payer(payment: Payment, context: Context, expected: str, *, old: bool) -> None:
    assert kind(Item.PAYER_LEI, payment, context, old=old) == expected


def test_a_bic_of_an_institution_is_no_name_of_a_payee_either() -> None:
    borrowed = replace(OUTGOING, payee=Party("/payee", name=Value("aaaachzz", "/n")))
    assert kind(Item.PAYEE_NAME, borrowed) == "meaningless"
    assert kind(Item.PAYEE_NAME, replace(borrowed, payee_institution=institution(None))) == ""
