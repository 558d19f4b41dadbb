from __future__ import annotations

import pytest

from lists.formats.facts import country_code, iso_date, unique


@pytest.mark.parametrize(
    ("written", "iso"),
    [
        ("20 May 1954", "1954-05-20"),
        ("Sep 1938", "1938-09"),
        ("1962", "1962"),
        ("circa 1950", "1950~"),
        ("1960 to 1962", "1960/1962"),
        ("01 Jan 1960 to 31 Dec 1962", "1960-01-01/1962-12-31"),
        ("between 1960 and 1962", "1960/1962"),
        ("7 September 1938", "1938-09-07"),
        ("31 Foo 1938", "1938"),
        ("unknown", ""),
        ("circa unknown", ""),
    ],
)
def test_dates_as_publishers_write_them(written: str, iso: str) -> None:
    assert iso_date(written) == iso


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Korea, North", "KP"),
        ("Burma", "MM"),
        ("Iran (Islamic Republic of)", "IR"),
        ("Cote d Ivoire", "CI"),
        ("undetermined", "undetermined"),
        ("", ""),
    ],
)
def test_countries_as_publishers_write_them(name: str, code: str) -> None:
    assert country_code(name) == code


def test_unique_keeps_order_and_leaves_out_nothings() -> None:
    assert unique(["b", "", "a", "b"]) == ("b", "a")
