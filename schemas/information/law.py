"""Which law is in force on a day, and which countries are the Union on that day. Fixed here, never configurable.

A payment is judged by the law of its own business date, so a replay next year decides as today.
Sources: Regulation (EU) 2015/847 Art. 26, Regulation (EU) 2023/1113 Art. 40 (both by their dates of application).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache


@dataclass(frozen=True, slots=True)
class Law:
    """One regulation on information accompanying transfers of funds, and what distinguishes it.

    `last_day` None: still in force. `cumulative_third_element`: Art. 4(1)(c) joins address, document number and
    customer number by "and". `lei`: Art. 4(1)(d) exists.
    """

    key: str
    title: str
    first_day: date
    last_day: date | None
    cumulative_third_element: bool
    lei: bool


EU_2015_847 = Law(
    key="tof.eu_2015_847",
    title="Regulation (EU) 2015/847",
    first_day=date(2017, 6, 26),
    last_day=date(2024, 12, 29),
    cumulative_third_element=False,
    lei=False,
)
EU_2023_1113 = Law(
    key="tof.eu_2023_1113",
    title="Regulation (EU) 2023/1113",
    first_day=date(2024, 12, 30),
    last_day=None,
    cumulative_third_element=True,
    lei=True,
)
LAWS = (EU_2015_847, EU_2023_1113)


def law_on(day: date) -> Law | None:
    """The law in force on a day; None before the first law this product knows."""
    return next((law for law in reversed(LAWS) if law.first_day <= day), None)


# First and last day on which an institution with a BIC of this country counts as established in the Union.
# EEA states take part by the EEA Agreement; Gibraltar left with the United Kingdom at the end of the transition.
_ALWAYS = date.min
_OPEN = date.max
_MEMBERS = "AT BE BG CY CZ DE DK EE ES FI FR GR HU IE IT LT LU LV MT NL PL PT RO SE SI SK"
_EEA = "IS LI NO"
_END_OF_TRANSITION = date(2020, 12, 31)
UNION: dict[str, tuple[date, date]] = {
    **dict.fromkeys(f"{_MEMBERS} {_EEA}".split(), (_ALWAYS, _OPEN)),
    "HR": (date(2013, 7, 1), _OPEN),
    "GB": (_ALWAYS, _END_OF_TRANSITION),
    "GI": (_ALWAYS, _END_OF_TRANSITION),
}


@lru_cache(maxsize=65_536)
def in_union(country: str | None, day: date, others: tuple[str, ...] = ()) -> bool:
    """Whether an institution with a BIC of this country is established in the Union on that day.

    `others` are codes the bank's policy counts as inside: territories of member states with a code of their own, and
    countries treated as domestic under an Art. 24 agreement (2023/1113 Art. 35). An unknown country is outside:
    what cannot be proved gives no relief.
    """
    if country is None:
        return False
    if country in others:
        return True
    first, last = UNION.get(country, (_OPEN, _ALWAYS))
    return first <= day <= last
