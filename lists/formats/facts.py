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
_DAY_FIRST = re.compile(r"(?:(?:(\w{1,2})[/.-])?(\w{1,2})[/.-])?(\d{4})\b")
_ITEM = re.compile(r"(?:^|(?<=[\s,;.)]))\(?(?:\d{1,2}|[a-z])\)(?:\s*(?:-|to)\s*\(?(?:\d{1,2}|[a-z])\))?\s*")
_ASIDE = re.compile(r"\s*\([^()]*\)?\s*")
_DOUBT = re.compile(r"^(?:possibly|allegedly|reportedly)\s+", re.IGNORECASE)
_NO_COUNTRY = frozenset({"none identified", "unknown", "none", "n/a", "not known"})
# As in: Congo (Democratic Republic).
_BRACKETED_PART = re.compile(r"^(.+?)\s*\((.+)\)$")
_WORDS = re.compile(r"[^\W\d_]+(?:[ '-][^\W\d_]+)*")
_LONGEST_COUNTRY = 5
_CODE_LETTERS = 2
_INTERVAL = re.compile(r"\s+to\s+|\s+-\s+|\bbetween\b|\s+and\s+", re.IGNORECASE)


def unique(values: Iterable[str]) -> tuple[str, ...]:
    """The values that are there, once each, in order."""
    return tuple(dict.fromkeys(value for value in values if value))


@lru_cache(maxsize=4096)
def country_code(name: str) -> str:
    """ISO 3166 alpha-2 (UA-43 and the like for regions) of a country's or people's name; unknown ones as written.

    What publishers add to it ("Kuwaiti citizenship withdrawn in 2002") is passed over; "None Identified" is no country.
    """
    if not name or name.casefold() in _NO_COUNTRY:
        return ""
    turned = (_BRACKETED_PART.sub(rf"\2 {of} \1", name) for of in ("of", "of the"))
    readings = (name, *turned, _ASIDE.sub(" ", name).strip())
    return next(filter(None, map(_code, readings)), "") or issuing_country(name) or name


def _code(name: str) -> str:
    territory = lookup_territory(name) if name else None
    return "" if territory is None else str(territory.code).upper()


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


def day_first(text: str) -> str:
    """Turn 23/03/1980 into 1980-03-23; 00/00/1980, dd/mm/1980 and what is no number count as not known."""
    found = _DAY_FIRST.search(text)
    if found is None:
        return ""
    return cut_date(found.group(3), found.group(2) or "", found.group(1) or "")


def cut_date(year: str, month: str, day: str) -> str:
    """An ISO date as far as it is known: 1980-03-23, 1980-03, 1980; "" without a year of four digits."""
    if re.fullmatch(r"\d{4}", year, re.ASCII) is None or year == "0000":
        return ""
    if not _is_between(month, 12):
        return year
    date = f"{year}-{int(month):02d}"
    return f"{date}-{int(day):02d}" if _is_between(day, 31) else date


def _is_between(text: str, most: int) -> bool:
    return re.fullmatch(r"\d{1,2}", text, re.ASCII) is not None and 1 <= int(text) <= most


def period(first: str, last: str) -> str:
    """What lies between two ISO days: a day, a whole month or year under their own name, else first/last."""
    if not first or not last or first == last:
        return first or last
    if first[:4] == last[:4] and first[4:] == "-01-01" and last[4:] == "-12-31":
        return first[:4]
    if first[:7] == last[:7] and first[7:] == "-01" and last[8:] in {"28", "29", "30", "31"}:
        return first[:7]
    if first[4:] == "-01-01" and last[4:] == "-12-31":
        return f"{first[:4]}/{last[:4]}"
    return f"{first}/{last}"


def issuing_country(text: str) -> str:
    """The country of "Afghanistan passport number D0009925, issued on 2 ...", "Pakistani. Cancelled"; "" where none.

    Only what stands before the first word that is no part of a country's name is asked for: a place of issue is none.
    """
    head = _WORDS.match(_DOUBT.sub("", _ITEM.sub("", text).strip(" (")))
    words = head.group().split() if head else []
    heads = (" ".join(words[:length]) for length in range(min(len(words), _LONGEST_COUNTRY), 0, -1))
    # Two letters are a country's code if they are written as one: "no 360325" begins with no country.
    return next(filter(None, (_code(head) for head in heads if len(head) > _CODE_LETTERS or head.isupper())), "")


def items(text: str) -> list[str]:
    """The items of "(1) Libya (2) Tunisia", "a) Iraq b) Iran"; the text itself where nothing is counted."""
    return [item for part in _ITEM.split(text) if (item := part.strip(" ,;")) and item != "-"]


def countries_in(text: str) -> list[str]:
    """Codes of the countries in a field: "1) Saudi Arabia 2) Qatar", "Afghanistan (since 2009)"."""
    return [country_code(name) for item in items(text) if (name := _ASIDE.sub(" ", item).strip(" ."))]
