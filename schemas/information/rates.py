"""The European Central Bank's euro reference rates, as it publishes them: units of a currency per euro.

Read are its CSV files (one day, or the history: a date, then one column a currency) and its XML files (one day, 90
days, or the history). The edge reads the file; here it becomes an immutable table. Rates serve the thresholds of the
law only, never a booking. Source: ECB, eurofxref (daily, hist-90d, hist); requirement SCP-01.
"""

from __future__ import annotations

import csv
import hashlib
from bisect import bisect_right
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

from lxml import etree

from schemas.identifiers import is_currency

if TYPE_CHECKING:
    from collections.abc import Iterator

_CUBE = "{*}Cube"
_NOT_QUOTED = frozenset({"", "N/A", "-"})
Days = dict[date, dict[str, Decimal]]


class RatesRefused(Exception):  # noqa: N818 - it is a refusal of the whole file, in one sentence
    """The file holds no reference rates."""


@dataclass(frozen=True, slots=True)
class Rate:
    """How many units of a currency one euro was worth, and the day the bank published it for."""

    units: Decimal
    day: date


class RateTable:
    """All rates of one file. Its text names the file and its hash: it is part of what a decision depends on."""

    __slots__ = ("_by_day", "_days", "newest", "sha256", "source")

    def __init__(self, source: str, raw: bytes, by_day: Days) -> None:
        self.source = source
        self.sha256 = hashlib.sha256(raw).hexdigest()
        self._by_day = by_day
        self._days = sorted(by_day)
        self.newest = self._days[-1]

    def __str__(self) -> str:
        return f"{self.source}, {len(self._days)} days to {self.newest}, sha256 {self.sha256}"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, RateTable) and str(self) == str(other)

    def __hash__(self) -> int:
        return hash(self.sha256)

    def on(self, currency: str, day: date, maximum_age_days: int) -> Rate | None:
        """The rate of that day, else the last one before it that is not older than so many days; None for none."""
        for place in range(bisect_right(self._days, day) - 1, -1, -1):
            published = self._days[place]
            if (day - published).days > maximum_age_days:
                return None
            units = self._by_day[published].get(currency)
            if units is not None:
                return Rate(units, published)
        return None


def parse_rates(source: str, raw: bytes) -> RateTable:
    """The table in this file. Raises RatesRefused where it is in none of the bank's layouts, or says no rate at all."""
    try:
        rows = list(_from_xml(raw) if raw.lstrip().startswith(b"<") else _from_csv(raw))
    except (ValueError, InvalidOperation, etree.XMLSyntaxError, csv.Error) as error:
        raise RatesRefused(f"{source} holds no ECB reference rates: {' '.join(str(error).split())}") from None
    by_day: Days = {}
    for day, currency, units in rows:
        if is_currency(currency) and units.is_finite() and units > 0:
            by_day.setdefault(day, {})[currency] = units
    if not by_day:
        raise RatesRefused(f"{source} holds no ECB reference rates: no day with a rate above zero")
    return RateTable(source, raw, by_day)


def _from_csv(raw: bytes) -> Iterator[tuple[date, str, Decimal]]:
    """Columns are named by currency; the last one is empty, since every line ends in a comma."""
    lines = csv.reader(raw.decode("utf-8-sig").splitlines(), skipinitialspace=True)
    heading = [name.strip() for name in next(lines, [])]
    if not heading or heading[0] != "Date":
        raise ValueError("the first column is not Date")
    for line in filter(any, lines):
        day = _day(line[0].strip())
        for currency, text in zip(heading[1:], line[1:], strict=False):
            if text.strip() not in _NOT_QUOTED:
                yield day, currency, Decimal(text.strip())


def _day(text: str) -> date:
    """2026-11-20 in the history, 20 November 2026 in the daily file."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return datetime.strptime(text, "%d %B %Y").date()  # noqa: DTZ007 - a day has no time zone


def _from_xml(raw: bytes) -> Iterator[tuple[date, str, Decimal]]:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    for day in etree.fromstring(raw, parser).iter(_CUBE):
        if "time" in day.attrib:
            published = date.fromisoformat(str(day.attrib["time"]))
            for rate in day.iterchildren(_CUBE):
                yield published, rate.get("currency", ""), Decimal(rate.get("rate", ""))
