"""Chinese, Japanese and Korean names: how they are parted, how they sound, what they may stand for."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lists.folding import fold
from lists.tables import UNSPACED, read_text
from lists.unspaced import UNSPACED_SCRIPT, as_foreign, romaji, spoken, without_helping_vowels, words_of
from lists.unspaced_words import joined, placed

TABLE: Final = tomllib.loads(read_text("unspaced.toml"))
LINES: Final = [line for language in TABLE["words"].values() for line in language.strip().splitlines()]


@pytest.mark.parametrize(
    ("text", "latin"),
    [
        ("深圳市思凯沃克科技有限公司", "shenzhen si kai wo ke technology co ltd"),
        ("東方機械進出口", "oriental machinery import export"),  # traditional forms are read as simplified ones
        ("조선남강무 역회사", "korea nam kang trading company"),
        ("深圳市思凯沃克科技有限公 司", "shenzhen si kai wo ke technology co ltd"),  # where a line ended
        ("思凯沃克解放阵线", "si kai wo ke liberation front"),
        ("基地组织", "al qaida"),  # the press has names of its own for armed groups
        ("가람련합업소", "ka ram complex"),  # a character lost
        ("가람주식사", "ka ram co ltd"),
        ("조선민주주의인민공화국", "democratic peoples republic korea"),
        ("제2경제위원회", "second economic committee"),
        ("第2设计院", "second design institute"),
        ("(주)가람전자", "co ltd ka ram electronics"),
        ("㈱アジアモーターズ", "co ltd asia motor"),
        ("株式会社テストトレーディング", "co ltd tesuto trading"),
        ("王建国", "wang jian guo"),  # fewer than four characters are a person
        ("김정은", "kim jong un"),
        ("국방성", "ministry defense"),  # unless all three are a known word
        ("國防部", "ministry defense"),
        ("长厦", "chang xia"),
        ("ABC科技有限公司 2", "abc technology co ltd 2"),
    ],
)
def test_known_words_become_english_and_the_rest_sounds(text: str, latin: str) -> None:
    assert fold(text) == latin


@pytest.mark.parametrize(
    ("text", "one_word"),
    [
        ("思凯沃克", "sikaiwoke"),
        ("长乐", "changyue"),
        ("永利", "winglee"),
        ("南川江", "namchongang"),  # Korean, in a Chinese paper
        ("합장강", "hapjanggang"),
        ("로은산", "rounsan"),
        ("박일", "pagil"),
        ("부강", "bugang"),
        ("영변", "yeongbyeon"),
        ("녕변", "nyongbyon"),
        ("서울", "seoul"),
        ("국아", "guga"),
        ("대평강", "taepyonggang"),  # the breathed consonants are never voiced
        ("평천", "phyongchon"),
        ("용악", "ryongak"),  # as the North begins it
        ("리명수", "imyongsu"),  # as the South does
        ("로은", "noun"),
        ("スピード", "spid"),
    ],
)
def test_characters_side_by_side_are_one_word_however_it_is_spelt(text: str, one_word: str) -> None:
    assert one_word in spoken(text)


@pytest.mark.parametrize(
    ("kana", "latin"),
    [
        ("テクノロジー", "tekunoroji"),
        ("キャッシュ", "kyasshu"),
        ("ジャパン", "japan"),
        ("チョコ", "choko"),
        ("ファイナンス", "fainansu"),
        ("ウェブ", "webu"),
        ("ディーゼル", "dizeru"),
        ("ァ", "a"),
        ("ャ", "ya"),
        ("さくら", "sakura"),
    ],
)
def test_kana_are_written_in_hepburns_letters(kana: str, latin: str) -> None:
    assert romaji(kana) == latin


def test_foreign_words_lose_the_vowels_japanese_gave_them() -> None:
    assert without_helping_vowels("torasuto") == "trast"
    assert without_helping_vowels("supido") == "spid"


def test_chinese_characters_may_write_a_foreign_name() -> None:
    assert "skyvelk" in as_foreign("思凯韦尔克")
    assert as_foreign("思凯韦尔克")[0] == "skaivelk"
    assert not as_foreign("思凯")  # two characters are a Chinese name
    assert not as_foreign("思凯镇")


def test_words_are_placed_where_they_stand_and_legal_forms_written_otherwise_are_passed_over() -> None:
    tokens = ["shenzhen", "si", "kai", "technology", "llc"]
    words = placed("深圳思凯科技有限公司", tokens)
    assert [(place, word.text) for place, word in words] == [(0, "深圳"), (1, "思凯"), (3, "科技")]
    assert (0b110, "sikai") in set(joined(words))
    assert (0b111, "shenzhensikai") in set(joined(words))
    assert not set(joined(placed("深圳科技有限公司", ["shenzhen", "technology", "llc"])))


def test_a_word_may_stand_for_fewer_words_or_for_more() -> None:
    (dprk,) = words_of("조선민주주의인민공화국")
    assert (("dprk",),) in dprk.also
    assert not list(dprk.spare)
    technology = next(word for word in words_of("北京科技公司") if word.text == "科技")
    assert [*technology.spare] == [("science",)]


def test_every_line_can_be_met() -> None:
    for line in LINES:
        english, _, words = line.partition(" | ")
        assert re.fullmatch(r"-|[a-z0-9]+(?: \+? ?[a-z0-9]+)*", english), line
        for word in words.split():
            assert UNSPACED_SCRIPT.sub("", word) == "", line
            assert word.translate(UNSPACED.simplified) == word, f"{word} has a simpler form"


def test_no_word_stands_twice_for_as_many_words() -> None:
    counted = Counter(
        (word, english.count("+"), english)
        for english, _, words in (line.partition(" | ") for line in LINES)
        for word in words.split()
    )
    assert not [key for key, times in counted.items() if times > 1]


def test_every_character_has_one_reading_in_each_table() -> None:
    for name, at in (
        ("readings", 0),
        ("japanese", 0),
        ("foreign", 0),
        ("surnames", 0),
        ("cantonese", 1),
        ("korean", 1),
    ):
        rows = [row.split() for row in TABLE["letters"][name].replace("|", "\n").strip().splitlines()]
        seen = Counter(char for row in rows for char in (row[:1] if at == 0 else row[1:]))
        assert not [char for char, times in seen.items() if times > 1], name


@given(st.text(st.sampled_from("中国科技有限公司王建조선무역회사テクノロジー・株式会社 a2()")))
def test_no_character_is_lost_or_read_twice(text: str) -> None:
    assert re.fullmatch(r"[a-z0-9 ()-]*", fold(text))
    for word in words_of(text):
        assert word.text
        assert bool(word.english) != bool(word.syllables)
