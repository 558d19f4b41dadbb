"""What a field in Chinese, Japanese or Korean may hold besides itself: numbers, second names, endings put right."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lists.east_asian_fields import east_asian_readings
from lists.folding import fold


@pytest.mark.parametrize(
    ("text", "latin"),
    [
        ("甲乙集团第五十五研究所", "55 research institute"),
        ("第一百零三研究所", "103 research institute"),
        ("第十研究所", "10 research institute"),
        ("七〇二研究所", "702 research institute"),
        ("一○一厂", "101 factory"),
        ("第607研究所", "607 research institute"),
        ("三五〇三工厂", "3503 factory"),
        ("77호실", "77 office"),
        ("제77호실", "77 bureau"),
        ("77국", "77 bureau"),
        ("조선로동당 77호실", "77 office"),
        ("3.14만화영화촬영소", "march 14 animation film studio"),
        ("3월14일공장", "march 14 factory"),
        ("가람산역회사", "ka ram san trading company"),
        ("가람산업은행", None),  # an industrial bank has lost nothing
        ("永明科技有限公司", None),
        ("第二设计院", None),  # an ordinal is a word
        ("王二小", None),
        ("五粮液", None),
    ],
)
def test_further_readings(text: str, latin: str | None) -> None:
    found = [" ".join(fold(one).split()) for one in east_asian_readings(text)]
    if latin is None:
        assert found == []
    else:
        assert any(one.endswith(latin) for one in found), found


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("甲乙矿业公司\uff08又名丙丁煤炭公司\uff09", ["甲乙矿业公司", "丙丁煤炭公司"]),
        ("甲乙矿业公司(丙丁煤炭公司)", ["甲乙矿业公司", "丙丁煤炭公司"]),
        ("가람무역회사 일명 나래상사", ["가람무역회사", "나래상사"]),
        ("甲乙丙公司、丁戊己公司", ["甲乙丙公司", "丁戊己公司"]),
        ("甲乙国际(香港)有限公司", []),  # a place, and the name goes on
        ("甲乙矿业有限公司\uff08香港\uff09", ["甲乙矿业有限公司"]),
        ("Acme (又名) Ltd", []),
        ("Acme Trading, Ltd", []),
    ],
)
def test_names_side_by_side_are_asked_by_themselves(text: str, names: list[str]) -> None:
    assert east_asian_readings(text) == names


ALPHABET = "第제三五十百0123456789호실.월月일日국局所(又名),;公司은행역회사조선로동당 a\u3007\uff08\uff09\uff1b"


@given(st.text(st.sampled_from(ALPHABET), max_size=30))
def test_any_field_gives_names_of_its_own_letters(text: str) -> None:
    for name in east_asian_readings(text):
        assert name != text
        assert len(name) <= 5 * len(text) + 30
