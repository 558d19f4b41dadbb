"""Dates and amounts as messages write them: the value, or a sentence that says what is wrong."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from functools import lru_cache

# An XML Schema date with or without zone, or the day of a date and time.
_ISO_DATE = re.compile(r"(\d{4}-\d{2}-\d{2})(?:T[\d:.]{1,20})?(?:Z|[+-]\d{2}:\d{2})?", re.ASCII)
_LONGER_THAN_A_DATE = 50
_FIN_DATE = re.compile(r"\d{6}", re.ASCII)
# ISO 20022 ActiveCurrencyAndAmount: 18 digits, 5 of them decimals, never negative.
_ISO_AMOUNT = re.compile(r"\+?(?:\d{1,18}(?:\.\d{0,5})?|\.\d{1,5})", re.ASCII)
# SWIFT FIN 15d: digits and exactly one comma, at least one digit before it.
_FIN_AMOUNT = re.compile(r"(?=.{2,15}\Z)\d+,\d*", re.ASCII)
_CURRENCY = re.compile(r"[A-Z]{3}", re.ASCII)


def iso_date(text: str) -> date | str:
    """`2026-03-02` or `2026-03-02T09:30:00Z`, with or without a time zone: the day as the sender counts it."""
    return _iso_date(text.strip()[:_LONGER_THAN_A_DATE])  # nothing long is ever kept in a cache


@lru_cache(maxsize=4096)
def _iso_date(text: str) -> date | str:
    shape = _ISO_DATE.fullmatch(text)
    return _day(shape[1]) if shape else "is not a date of the form YYYY-MM-DD"


@lru_cache(maxsize=4096)
def fin_date(text: str) -> date | str:
    """`260302`; the century as FIN reads it: 80 to 99 are 19xx (SWIFT User Handbook, YYMMDD)."""
    if not _FIN_DATE.fullmatch(text):
        return "is not a date of the form YYMMDD"
    century = "19" if text >= "80" else "20"
    return _day(f"{century}{text[:2]}-{text[2:4]}-{text[4:]}")


def iso_amount(text: str) -> Decimal | str:
    """`1234.50` of ISO 20022."""
    stripped = text.strip()
    return Decimal(stripped) if _ISO_AMOUNT.fullmatch(stripped) else "is not an amount such as 1234.50"


def fin_amount(text: str) -> Decimal | str:
    """`1234,50` or `1234,` of SWIFT FIN."""
    if not _FIN_AMOUNT.fullmatch(text):
        return "is not an amount such as 1234,50 (digits and one comma, 15 characters at most)"
    return Decimal(text.replace(",", "."))


def currency(text: str) -> str | None:
    """The code if it has the shape of one: three capital letters; whether it exists is for the rules to say."""
    return text if _CURRENCY.fullmatch(text) else None


def _day(text: str) -> date | str:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return "is not a day of the calendar"
