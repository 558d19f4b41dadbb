from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from typing import Any

import jsonschema
import pytest

from schemas.finding import Reason
from schemas.formats.detect import decode
from schemas.formats.limits import Limits
from schemas.formats.payment_json import json_schema
from schemas.payment import Amount, Message, Party, Payment, PaymentKind, Rail, TextKind
from tests.builders import payment_dict, payment_json

AMOUNT = {"value": "1", "currency": "EUR"}
INSTITUTION = {
    "bic": "CCCCDEFF",
    "lei": "529900T8BM49AURSDO55",
    "clearing_id": "021",
    "name": "Bank",
    "address": {"lines": ["Street 1"], "country": "DE", "other": ["Floor 2"]},
    "account": {"number": "9", "scheme": "BBAN", "proxy": "a@b", "name": "Account"},
    "other": ["Branch"],
}
PARTY = {
    "name": "A Company",
    "birth_date": "1980-02-29",
    "birth_town": "Esch",
    "birth_country": "LU",
    "identifications": [{"value": "B1", "scheme": "COID", "organisation": True, "issuer": "RCS", "country": "LU"}],
    "lei": "529900T8BM49AURSDO55",
    "bic": "GGGGLULL",
    "residence_country": "LU",
    "other": ["Contact"],
}
EVERYTHING = payment_dict(
    kind="cover",
    rail="sct_inst",
    instructed_amount={"value": "3", "currency": "USD"},
    payer=PARTY,
    ultimate_payer=PARTY,
    ultimate_payee=PARTY,
    initiating_party=PARTY,
    payer_institution=INSTITUTION,
    intermediaries=[INSTITUTION, INSTITUTION],
    institutions=[INSTITUTION],
    sender=INSTITUTION,
    receiver=INSTITUTION,
    ids={name: name for name in ("message", "instruction", "end_to_end", "transaction", "uetr", "clearing")},
)


def decoded(raw: bytes) -> list[Payment]:
    message = decode(raw, Limits())
    assert isinstance(message, Message), message
    return list(message.payments)


def test_a_payment_has_every_value_with_its_pointer() -> None:
    (payment,) = decoded(payment_json())
    assert (payment.format, payment.position, payment.path) == ("json", 1, "/")
    assert payment.amount == Amount(Decimal("2500.00"), "EUR", "/amount")
    assert (payment.business_date, payment.business_date_path) == (date(2026, 3, 2), "/business_date")
    assert payment.rail is Rail.UNKNOWN
    assert payment.payer
    assert payment.payer.name
    assert payment.payer.name.path == "/payer/name"
    assert payment.payer_account
    assert payment.payer_account.iban
    assert payment.payer_account.iban.path == "/payer_account/iban"
    assert [(text.kind, text.path) for text in payment.texts] == [
        (TextKind.REMITTANCE, "/texts/0/text"),
        (TextKind.REFERENCE, "/ids/end_to_end"),
        (TextKind.REFERENCE, "/ids/transaction"),
    ]


def test_everything_that_can_be_said() -> None:
    (payment,) = decoded(payment_json([EVERYTHING]))
    assert payment.path == "/payments/0"
    assert payment.rail is Rail.SCT_INST
    assert payment.intermediaries[1].account
    assert payment.intermediaries[1].account.number
    assert payment.intermediaries[1].account.number.path == "/payments/0/intermediaries/1/account/number"
    assert payment.sender
    assert payment.sender.address
    assert payment.sender.address.other[0].path == "/payments/0/sender/address/other/0"
    assert payment.initiating_party
    (number,) = payment.initiating_party.identifications
    assert number.issuer
    assert (number.scheme, number.organisation, number.issuer.text) == ("COID", True, "RCS")
    assert len([text for text in payment.texts if text.kind is TextKind.REFERENCE]) == 5


def test_several_payments_in_order() -> None:
    payments = decoded(payment_json([payment_dict(), payment_dict(payer=None, payee=None)]))
    assert [(payment.position, payment.path) for payment in payments] == [(1, "/payments/0"), (2, "/payments/1")]
    assert payments[1].payer == Party("/payments/1/payer")
    assert payments[1].payee == Party("/payments/1/payee")


def test_the_least_a_payment_says() -> None:
    (payment,) = decoded(payment_json([{"amount": AMOUNT}]))
    assert (payment.business_date, payment.business_date_path, payment.texts) == (None, "", ())


def test_a_name_that_is_the_word_payments_is_a_name() -> None:
    (payment,) = decoded(payment_json(payer={"name": "payments"}))
    assert payment.payer
    assert payment.payer.name
    assert payment.payer.name.text == "payments"


@pytest.mark.parametrize(
    ("overrides", "path", "seen"),
    [
        ({"amount": {"value": "1,00", "currency": "EUR"}}, "/amount/value", "1,00"),
        ({"amount": {"value": "1", "currency": "Euro"}}, "/amount/currency", "Euro"),
        ({"instructed_amount": {"value": "", "currency": "EUR"}}, "/instructed_amount/value", ""),
        ({"business_date": "tomorrow"}, "/business_date", "tomorrow"),
        ({"business_date": "2026-02-30"}, "/business_date", "2026-02-30"),
    ],
)
def test_a_field_that_makes_no_sense_is_a_problem(overrides: dict[str, Any], path: str, seen: str) -> None:
    (payment,) = decoded(payment_json(**overrides))
    (problem,) = payment.problems
    assert (problem.reason, problem.path, problem.seen) == (Reason.FIELD_UNREADABLE, path, seen)
    assert payment.payer
    assert payment.payer.name


def test_the_schema_is_valid_and_agrees_with_the_decoder() -> None:
    schema = json_schema()
    jsonschema.Draft202012Validator.check_schema(schema)
    for good in (payment_dict(), EVERYTHING, {"payments": [EVERYTHING]}, {"amount": AMOUNT}):
        jsonschema.validate(good, schema)
        assert decoded(json.dumps(good).encode())
    wrong: list[dict[str, Any]] = [{}, {"payments": []}, payment_dict(payer={"nam": "x"}), payment_dict(rail="horse")]
    for bad in wrong:
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate(bad, schema)
        assert not isinstance(decode(json.dumps(bad).encode(), Limits()), Message)


def test_the_kind_is_a_customers_transfer_unless_it_is_told() -> None:
    assert decoded(payment_json())[0].kind is PaymentKind.CUSTOMER_CREDIT_TRANSFER
    assert decoded(payment_json(**EVERYTHING))[0].kind is PaymentKind.COVER
