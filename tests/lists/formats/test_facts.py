from __future__ import annotations

import pytest

from lists.formats.facts import (
    countries_in,
    country_code,
    cut_date,
    day_first,
    iso_date,
    issuing_country,
    items,
    period,
    unique,
)


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
        ("Congo (Democratic Republic)", "CD"),
        ("Korea (Democratic People's Republic)", "KP"),
        ("Kuwaiti citizenship withdrawn in 2002", "KW"),
        ("Possibly Ethiopian", "ET"),
        ("Afghanistan (since 2009)", "AF"),
        ("None Identified", ""),
        ("BIÉLORUSSIE", "BY"),
        ("undetermined", "undetermined"),
        ("", ""),
    ],
)
def test_countries_as_publishers_write_them(name: str, code: str) -> None:
    assert country_code(name) == code


def test_unique_keeps_order_and_leaves_out_nothings() -> None:
    assert unique(["b", "", "a", "b"]) == ("b", "a")


@pytest.mark.parametrize(
    ("written", "iso"),
    [
        ("23/03/1980", "1980-03-23"),
        ("1/8/1979", "1979-08-01"),
        ("00/04/1963", "1963-04"),
        ("04/2011", "2011-04"),
        ("dd/mm/1945", "1945"),
        ("00/00/1945", "1945"),
        ("dd/mm/yyyy", ""),
        ("40/13/1945", "1945"),
    ],
)
def test_days_written_before_months(written: str, iso: str) -> None:
    assert day_first(written) == iso


def test_a_date_is_cut_where_it_is_not_known() -> None:
    assert [
        cut_date("1980", "2", "30"),
        cut_date("1980", "2", "x"),
        cut_date("0000", "1", "1"),
        cut_date("٣٤٥٦", "", ""),
    ] == [
        "1980-02-30",
        "1980-02",
        "",
        "",
    ]


@pytest.mark.parametrize(
    ("first", "last", "span"),
    [
        ("1962-01-01", "1962-12-31", "1962"),
        ("1962-02-01", "1962-02-28", "1962-02"),
        ("1960-01-01", "1962-12-31", "1960/1962"),
        ("1960-05-01", "1961-02-03", "1960-05-01/1961-02-03"),
        ("1960-05-01", "1960-05-01", "1960-05-01"),
        ("1960-05-01", "", "1960-05-01"),
        ("", "", ""),
    ],
)
def test_what_lies_between_two_days(first: str, last: str, span: str) -> None:
    assert period(first, last) == span


def test_items_that_are_counted() -> None:
    assert items("1) Saudi Arabia 2) Qatar") == ["Saudi Arabia", "Qatar"]
    assert items("(1)-(2) Tunisia (3) Libya") == ["Tunisia", "Libya"]
    assert items("(1) Tunis (2) to (6) -") == ["Tunis"]
    assert items("Iran (Islamic Republic of)") == ["Iran (Islamic Republic of)"]
    assert countries_in("a) Iraq b) Iranian (Iranian citizenship)") == ["IQ", "IR"]


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("Afghanistan passport number D0009925", "AF"),
        ("Democratic People's Republic of Korea passport", "KP"),
        ("(Afghan) (tazkira)", "AF"),
        ("US passport", "US"),
        ("no 360325", ""),
        ("issued in Iran", ""),
        ("4711", ""),
        ("", ""),
    ],
)
def test_the_country_a_document_is_said_to_be_of(written: str, code: str) -> None:
    assert issuing_country(written) == code
