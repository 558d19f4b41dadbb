"""Dates and countries as publishers write them, as the entry keeps them."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from rigour.territories import lookup_territory

if TYPE_CHECKING:
    from collections.abc import Iterable

_MONTHS = {
    month: number
    for number, month in enumerate(
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"], start=1
    )
}
_DATE = re.compile(r"(?:(?:(?P<day>\d{1,2})\s+)?(?P<month>[A-Za-z]{3})[a-z]*\.?\s+)?(?P<year>\d{4})\b")
_ABOUT = re.compile(r"\b(?:circa|approximately|about|ca\.)", re.IGNORECASE)
_INTERVAL = re.compile(r"\s+to\s+|\s+-\s+|\bbetween\b|\s+and\s+", re.IGNORECASE)


def unique(values: Iterable[str]) -> tuple[str, ...]:
    """The values that are there, once each, in order."""
    return tuple(dict.fromkeys(value for value in values if value))


@lru_cache(maxsize=4096)
def country_code(name: str) -> str:
    """ISO 3166 alpha-2 (UA-43 and the like for regions) of a country's name in English; unknown ones as written."""
    territory = lookup_territory(name) if name else None
    return name if territory is None else str(territory.code).upper()


def iso_date(text: str) -> str:
    """Turn "20 May 1954", "Sep 1938", "circa 1950", "1960 to 1962" into ISO 8601-2.

    That is 1954-05-20, 1938-09, 1950~, 1960/1962; "" where there is no year.
    """
    dates = [date for part in _INTERVAL.split(text) if (date := _one_date(part))]
    if len(dates) > 1:
        return f"{dates[0]}/{dates[-1]}"
    about = "~" if dates and _ABOUT.search(text) else ""
    return "".join(dates) + about


def _one_date(text: str) -> str:
    found = _DATE.search(text)
    if found is None:
        return ""
    year, month, day = found["year"], _MONTHS.get((found["month"] or "").lower(), 0), int(found["day"] or 0)
    if not month:
        return year
    return f"{year}-{month:02d}-{day:02d}" if day else f"{year}-{month:02d}"
