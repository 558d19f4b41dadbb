from __future__ import annotations

from datetime import date

import pytest

from schemas.information.law import EU_2015_847, EU_2023_1113, LAWS, in_union, law_on


@pytest.mark.requirement("SCP-04")
@pytest.mark.parametrize(
    ("day", "key"),
    [
        (date(2017, 6, 25), None),
        (date(2017, 6, 26), "tof.eu_2015_847"),
        (date(2024, 12, 29), "tof.eu_2015_847"),
        (date(2024, 12, 30), "tof.eu_2023_1113"),
        (date(9999, 12, 31), "tof.eu_2023_1113"),
        (date(1, 1, 1), None),
    ],
)
def test_the_law_of_a_day(day: date, key: str | None) -> None:
    law = law_on(day)
    assert (law.key if law else None) == key


def test_laws_follow_each_other_without_a_gap() -> None:
    assert LAWS == (EU_2015_847, EU_2023_1113)
    assert EU_2015_847.last_day is not None
    assert (EU_2023_1113.first_day - EU_2015_847.last_day).days == 1


@pytest.mark.requirement("SCP-02")
@pytest.mark.parametrize(
    ("country", "day", "inside"),
    [
        ("FR", date(2026, 3, 2), True),
        ("NO", date(2026, 3, 2), True),  # EEA
        ("IS", date(2026, 3, 2), True),
        ("LI", date(2026, 3, 2), True),
        ("CH", date(2026, 3, 2), False),  # SEPA is not enough
        ("GB", date(2020, 12, 30), True),
        ("GB", date(2020, 12, 31), True),
        ("GB", date(2021, 1, 1), False),
        ("GI", date(2020, 12, 31), True),
        ("GI", date(2021, 1, 4), False),
        ("HR", date(2013, 6, 30), False),
        ("HR", date(2013, 7, 1), True),
        ("PF", date(2026, 3, 2), False),
        ("MC", date(2026, 3, 2), False),
        (None, date(2026, 3, 2), False),
    ],
)
def test_the_union_is_decided_by_country_and_date(country: str | None, day: date, *, inside: bool) -> None:
    assert in_union(country, day) is inside


def test_the_policy_may_count_territories_as_inside() -> None:
    assert in_union("GP", date(2026, 3, 2), ("GP", "MC"))
    assert not in_union("GP", date(2026, 3, 2), ("MC",))
