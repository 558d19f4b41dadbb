"""Reference rates in the layouts of the ECB: which day counts, how old a rate may be, what is refused."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from schemas.assessment import RequiredSet
from schemas.information.amounts import euros_of
from schemas.information.check import check
from schemas.information.policy import Rates
from schemas.information.rates import Rate, RatesRefused, parse_rates
from schemas.payment import Amount
from tests.information_builders import NO_CONTEXT, OUTGOING, POLICY

HISTORY = b"""Date,USD,JPY,BGN,CYP,
2026-02-27,1.0500,160.00,1.9558,N/A,
2026-02-26,1.0400,159.00,1.9558,N/A,
2026-02-20,1.0300,158.00,1.9558,N/A,
"""
ONE_DAY = b"Date, USD, JPY, BGN, \n27 February 2026, 1.0500, 160.00, 1.9558, \n"
XML = b"""<?xml version="1.0" encoding="UTF-8"?>
<gesmes:Envelope xmlns:gesmes="http://www.gesmes.org/xml/2002-08-01"
                 xmlns="http://www.ecb.int/vocabulary/2002-08-01/eurofxref">
  <gesmes:subject>Reference rates</gesmes:subject>
  <Cube>
    <Cube time='2026-02-27'><Cube currency='USD' rate='1.0500'/><Cube currency='JPY' rate='160.00'/></Cube>
    <Cube time='2026-02-26'><Cube currency='USD' rate='1.0400'/></Cube>
  </Cube>
</gesmes:Envelope>"""
FRIDAY, MONDAY = date(2026, 2, 27), date(2026, 3, 2)
TABLE = parse_rates("eurofxref-hist.csv", HISTORY)
WITH_RATES = replace(POLICY, rates=Rates("eurofxref-hist.csv"), rate_table=TABLE)


@pytest.mark.parametrize("raw", [HISTORY, ONE_DAY, XML, b"\xef\xbb\xbf" + HISTORY])
def test_every_layout_gives_the_same_rate(raw: bytes) -> None:
    table = parse_rates("f", raw)
    assert table.on("USD", FRIDAY, 0) == Rate(Decimal("1.0500"), FRIDAY)
    assert table.newest == FRIDAY


@pytest.mark.parametrize(
    ("day", "age", "expected"),
    [
        (FRIDAY, 0, Rate(Decimal("1.0500"), FRIDAY)),
        (MONDAY, 3, Rate(Decimal("1.0500"), FRIDAY)),
        (MONDAY, 2, None),
        (date(2026, 2, 25), 5, Rate(Decimal("1.0300"), date(2026, 2, 20))),
        (date(2026, 2, 25), 4, None),
        (date(2026, 2, 19), 99, None),
    ],
)
def test_the_last_rate_before_the_day_counts_while_it_is_young_enough(
    day: date, age: int, expected: Rate | None
) -> None:
    assert TABLE.on("USD", day, age) == expected


def test_a_currency_that_is_not_quoted_has_no_rate() -> None:
    assert TABLE.on("CYP", FRIDAY, 99) is None
    assert TABLE.on("CHF", FRIDAY, 99) is None


@pytest.mark.parametrize(
    "raw",
    [
        *(b"", b"\xff\xfe", b"Name,USD\n", b"Date,USD,\nyesterday,1.05,\n", b"Date,USD,\n2026-02-27,much,\n"),
        *(b"Date,USD,\n2026-02-27,0,\n", b"Date,USD,\n2026-02-27,NaN,\n", b"<Cube", b"<Cube/>"),
        *(b"<C><Cube time='x'><Cube currency='USD' rate='1'/></Cube></C>", b"Date,QQQ,\n2026-02-27,1,\n"),
    ],
)
def test_what_holds_no_rates_is_refused_in_one_sentence(raw: bytes) -> None:
    with pytest.raises(RatesRefused, match=r"^f holds no ECB reference rates: .+$"):
        parse_rates("f", raw)


def test_a_table_is_told_by_its_file_its_days_and_its_hash() -> None:
    again = parse_rates("eurofxref-hist.csv", HISTORY)
    assert str(TABLE) == f"eurofxref-hist.csv, 3 days to 2026-02-27, sha256 {TABLE.sha256}"
    assert (again == TABLE, again == "a table", hash(again) == hash(TABLE)) == (True, False, True)
    assert parse_rates("eurofxref-hist.csv", ONE_DAY) != TABLE


@pytest.mark.requirement("SCP-01", "PAY-17")
@pytest.mark.parametrize(
    ("text", "currency", "above"),
    [
        ("1050.00", "USD", False),  # exactly EUR 1 000
        ("1050.01", "USD", True),
        ("160000", "JPY", False),
        ("160001", "JPY", True),
        ("1955.80", "BGN", False),
        ("1.000", "BHD", True),  # not quoted: no rate
    ],
)
def test_any_currency_meets_the_same_threshold(text: str, currency: str, *, above: bool) -> None:
    payment = replace(OUTGOING, amount=Amount(Decimal(text), currency, "/amount"))
    found = check(payment, NO_CONTEXT, WITH_RATES)
    assert found.required_set is (RequiredSet.ART4 if above else RequiredSet.ART6_2)
    assert found.findings == ()


@pytest.mark.requirement("SCP-01")
def test_the_rate_its_day_and_its_source_are_told() -> None:
    payment = replace(OUTGOING, amount=Amount(Decimal("1050.00"), "USD", "/amount"))
    step = next(step for step in check(payment, NO_CONTEXT, WITH_RATES).steps if step.rule == "amount")
    assert step.saw == "USD 1050.00 at 1.0500 (eurofxref-hist.csv of 2026-02-27) is EUR 1000.0000"
    assert step.conclusion == "not above EUR 1 000"


def test_what_the_payer_ordered_is_converted_before_what_is_settled() -> None:
    dollars, yen = (Amount(Decimal(2000), currency, "/amount") for currency in ("USD", "JPY"))
    ordered = replace(OUTGOING, instructed_amount=yen, amount=dollars)
    assert not euros_of(ordered, NO_CONTEXT, WITH_RATES, MONDAY).above
    unquoted = replace(ordered, instructed_amount=replace(yen, currency="CHF"))
    assert euros_of(unquoted, NO_CONTEXT, WITH_RATES, MONDAY).above


@pytest.mark.parametrize("text", ["1E+40", "NaN", "sNaN", "Infinity"])
def test_an_absurd_amount_has_no_euro_amount(text: str) -> None:
    payment = replace(OUTGOING, amount=Amount(Decimal(text), "USD", "/amount"))
    assert euros_of(payment, NO_CONTEXT, WITH_RATES, MONDAY).value is None
