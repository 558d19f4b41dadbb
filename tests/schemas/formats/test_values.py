from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from schemas.formats.values import currency, fin_amount, fin_date, iso_amount, iso_date


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-03-02", date(2026, 3, 2)),
        (" 2026-03-02\n", date(2026, 3, 2)),
        ("2026-03-02Z", date(2026, 3, 2)),
        ("2026-03-02+01:00", date(2026, 3, 2)),
        ("2026-03-02T23:59:59.999-05:00", date(2026, 3, 2)),
    ],
)
def test_iso_dates(text: str, day: date) -> None:
    assert iso_date(text) == day


@pytest.mark.parametrize(
    "text", ["", "20260302", "2026-W10-1", "2026-3-2", "2026-13-01", "٢٠٢٦-٠٣-٠٢", "2026-03-02T", "0000-01-01"]
)
def test_what_is_no_iso_date(text: str) -> None:
    assert isinstance(iso_date(text), str)


@pytest.mark.parametrize(
    ("text", "day"), [("260302", date(2026, 3, 2)), ("790101", date(2079, 1, 1)), ("800101", date(1980, 1, 1))]
)
def test_fin_dates(text: str, day: date) -> None:
    assert fin_date(text) == day


@pytest.mark.parametrize("text", ["", "2603", "2603021", "260230", "26030x", "٢٦٠٣٠٢"])
def test_what_is_no_fin_date(text: str) -> None:
    assert isinstance(fin_date(text), str)


@pytest.mark.parametrize(("text", "amount"), [("1", "1"), ("+1.", "1"), (".5", "0.5"), ("0.00001", "0.00001")])
def test_iso_amounts(text: str, amount: str) -> None:
    assert iso_amount(text) == Decimal(amount)


@pytest.mark.parametrize("text", ["", "1,0", "-1", "1e5", "NaN", "Infinity", "1.123456", "1_000", ".", "٣", "1" * 19])
def test_what_is_no_iso_amount(text: str) -> None:
    assert isinstance(iso_amount(text), str)


@pytest.mark.parametrize(
    ("text", "amount"), [("1,", "1"), ("1234,56", "1234.56"), ("12345678901234,", "12345678901234")]
)
def test_fin_amounts(text: str, amount: str) -> None:
    assert fin_amount(text) == Decimal(amount)


@pytest.mark.parametrize("text", ["", "1", ",5", "1,0,0", "1.00", "-1,", "123456789012345,", "1,0 ", "٣,"])
def test_what_is_no_fin_amount(text: str) -> None:
    assert isinstance(fin_amount(text), str)


@pytest.mark.parametrize(("text", "code"), [("EUR", "EUR"), ("eur", None), ("EU", None), ("EURO", None), ("ÉUR", None)])
def test_currencies_have_a_shape(text: str, code: str | None) -> None:
    assert currency(text) == code


def test_a_date_with_something_far_behind_it_is_none() -> None:
    assert isinstance(iso_date("  2026-03-02" + " " * 200), date)
    assert isinstance(iso_date("2026-03-02" + " " * 200 + "x"), str)
