from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from schemas.context import Context
from schemas.finding import Reason
from schemas.formats.detect import decode
from schemas.formats.limits import Limits
from schemas.information.amounts import amount_findings, euros_of
from schemas.payment import Amount, Message
from tests.builders import mt103, pacs008
from tests.information_builders import NEW_LAW, NO_CONTEXT, OUTGOING, POLICY


def amount(text: str, currency: str = "EUR") -> Amount:
    return Amount(Decimal(text), currency, "/amount")


@pytest.mark.requirement("PAY-17")
@pytest.mark.parametrize(
    ("text", "above"),
    [
        ("999.99", False),
        ("1000.00", False),
        ("1000", False),
        ("1E+3", False),
        ("1000.005", True),  # not rounded
        ("1000.01", True),
        ("0", False),
    ],
)
def test_exceeds_means_strictly_more(text: str, *, above: bool) -> None:
    assert euros_of(OUTGOING, Context(amount_eur=Decimal(text)), POLICY, NEW_LAW).above is above
    assert euros_of(replace(OUTGOING, amount=amount(text)), NO_CONTEXT, POLICY, NEW_LAW).above is above


@pytest.mark.requirement("PAY-16")
@pytest.mark.parametrize(
    ("linked", "above"), [("600", False), ("1000.00", False), ("1200", True), ("100", False), ("NaN", True)]
)
def test_linked_transfers_count_together(linked: str, *, above: bool) -> None:
    context = Context(amount_eur=Decimal(600), linked_total_eur=Decimal(linked))
    found = euros_of(OUTGOING, context, POLICY, NEW_LAW)
    assert found.above is above
    assert found.value == 600


def test_the_hubs_amount_comes_first_then_what_the_payer_ordered() -> None:
    payment = replace(OUTGOING, amount=amount("990"), instructed_amount=amount("1010"))
    assert euros_of(payment, NO_CONTEXT, POLICY, NEW_LAW).above
    assert not euros_of(payment, Context(amount_eur=Decimal(900)), POLICY, NEW_LAW).above
    in_dollars = replace(payment, instructed_amount=amount("1010", "USD"))
    assert not euros_of(in_dollars, NO_CONTEXT, POLICY, NEW_LAW).above


@pytest.mark.requirement("SCP-01")
@pytest.mark.parametrize("payment", [
    replace(OUTGOING, amount=amount("1", "USD")),
    replace(OUTGOING, amount=None),
    replace(OUTGOING, amount=amount("NaN")),
])  # fmt: skip
def test_no_rate_is_treated_as_above_and_said(payment: object) -> None:
    found = euros_of(payment, NO_CONTEXT, POLICY, NEW_LAW)  # type: ignore[arg-type] # a table of payments
    assert found.above
    assert found.value is None
    assert "treated as above" in found.said


@pytest.mark.parametrize(
    ("given", "detail"),
    [
        (None, "no amount"),
        (amount("1", "XXX"), "no ISO 4217"),
        (amount("1", ""), "no ISO 4217"),
        (amount("-1"), "no number of money"),
        (amount("NaN"), "no number of money"),
        (amount("Infinity"), "no number of money"),
        (amount("1.001"), "EUR has 2 decimals"),
        (amount("1.5", "JPY"), "JPY has 0 decimals"),
    ],
)
def test_an_amount_nobody_understands_is_a_finding(given: Amount | None, detail: str) -> None:
    (finding,) = amount_findings(replace(OUTGOING, amount=given))
    assert finding.reason is Reason.FIELD_UNREADABLE
    assert detail in finding.detail


@pytest.mark.parametrize(
    "given", [amount("1.001", "BHD"), amount("1300000", "JPY"), amount("1.00", "JPY"), amount("0")]
)
def test_an_amount_in_its_currency_is_none(given: Amount) -> None:
    assert amount_findings(replace(OUTGOING, amount=given)) == []


def test_what_the_payer_ordered_stands_in_for_a_missing_settlement_amount() -> None:
    assert amount_findings(replace(OUTGOING, amount=None, instructed_amount=amount("5"))) == []


@pytest.mark.parametrize(
    "raw", [pacs008(amount=None), pacs008(amount="1,5"), mt103({"32A": None}), mt103({"32A": "260302EURX"})]
)
def test_an_amount_that_the_decoder_misses_is_told_once(raw: bytes) -> None:
    message = decode(raw, Limits())
    assert isinstance(message, Message)
    (payment,) = message.payments
    found = [*payment.problems, *amount_findings(payment)]
    assert [one.reason for one in found] == [Reason.FIELD_UNREADABLE]
