"""Foreign names that Chinese, Japanese and Korean write by their sounds: which are such, and whom they are like."""

from __future__ import annotations

from functools import cache
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lists.entry import EntryKind
from lists.index import Index
from lists.question import ask
from lists.sounds import consonant_key
from lists.transcribed import parts_of_foreign
from lists.transcribed_sounds import keys_of, similarity, sounds_of, without_worse
from lists.transcribed_units import loose_units_of, units_of
from schemas.decision import EditionUsed
from tests.invented_list import BACKGROUND, ENTRIES, entry

LISTED: Final = {
    "russian": ["Gennadiy ZOLBUSHEV"],
    "arab": ["Numair bin ABDULAZIZ AL-QADHBANI"],
    "servant": ["Abdul Ghafur SAMDULI"],
    "german": ["Gerhard DORTBERG"],
    "spanish": ["Jorge VALMADURO"],
    "w": ["Dawood SHINWARI"],
    "kurd": ["Alexander OLZHABEK"],
    "yahya": ["Yahya HANUZEY"],
    "korean": ["RYANG Yong Sop"],
}


@cache
def _index() -> Index:
    listed = [entry(reference, EntryKind.PERSON, *names) for reference, names in LISTED.items()]
    return Index.build([*ENTRIES, *listed], EditionUsed("transcribed"), BACKGROUND)


@pytest.mark.parametrize(
    ("name", "reference"),
    [
        ("根纳季·佐尔布舍夫", "russian"),
        ("ゲンナジー・ゾルブシェフ", "russian"),
        ("겐나디 졸부셰프", "russian"),
        ("努迈尔·本·阿卜杜勒-阿齐兹·卡兹巴尼", "arab"),
        ("ヌマイル・ビン\uff1dアブドゥルアズィーズ・アル\uff1dカズバーニー", "arab"),
        ("누마이르 빈 압둘아지즈 알카즈바니", "arab"),
        ("阿卜杜勒·加富爾·薩姆杜里", "servant"),
        ("アブドゥル・ガフール・サムドゥーリー", "servant"),
        ("格哈德·多特贝格", "german"),  # no r before consonants
        ("豪尔赫·瓦尔马杜罗总统", "spanish"),
        ("達烏德·辛瓦里", "w"),
        ("ダーウード・シンワーリー大統領", "w"),
        ("亚历山大·奥尔扎别克", "kurd"),
        ("叶海亚·哈努泽伊", "yahya"),
        ("ヤフヤー・ハヌーゼイ", "yahya"),
        ("リャン・ヨンソプ", "korean"),
    ],
)
def test_a_person_is_found(name: str, reference: str) -> None:
    hits = _index().search([name], 0.711)[0]
    assert hits, name
    assert hits[0].entry.reference == reference


@pytest.mark.parametrize(
    "name",
    [
        "根纳季·库兹涅佐夫",
        "マイケル・ジョンソン",
        "누르 하산",
        "格哈德·施罗德",
        "ホルヘ・ラミレス",
        "알렉산드르 푸시킨",
    ],
)
def test_another_person_is_not_found(name: str) -> None:
    assert not _index().search([name], 0.7)[0]


@pytest.mark.parametrize(
    ("text", "latin"),
    [
        ("阿卜杜拉·本·沙特", [("abdullah",), ("bin",), ("saud",)]),
        ("蘇丹·阿紹德", [("sultan",), ("al",), ("saud",)]),
        ("アレクサンドル・アブド\uff1dラーマン", [("alexander", "aleksandr"), ("abd",), ()]),
        ("阿卜杜拉親王", [("abdullah",)]),
        ("압둘라 국왕", [("abdullah",)]),
        ("阿卜杜勒阿齐兹·本", [("abd",), (), ("bin",)]),
    ],
)
def test_words_of_names_are_known(text: str, latin: list[tuple[str, ...]]) -> None:
    assert [part.latin for part in parts_of_foreign(text)] == latin


def test_a_word_is_read_without_its_article_too() -> None:
    assert parts_of_foreign("이브 알자와히리")[-1].texts == ("알자와히리", "자와히리")
    assert parts_of_foreign("阿卜杜拉赫曼·本")[1].texts == ("赫曼", "拉赫曼")


@pytest.mark.parametrize(
    "text",
    [
        "王建国",
        "李 丽丽",  # a Chinese name with a blank
        "김 정은",
        "예원 진호 이",  # the family name last
        "남궁 민",
        "박태 종석",
        "プーチン",  # one word may be anything
        "王國王",
        "조선 무역 회사",
        "조선남강무 역회사",
        "中国·沙特投资",
        "テスト・トレーディング",
        "Putin·普京",
        "大統領",
        "",
        "·",
        "·".join("阿" * 9),
        "阿" * 15 + "·巴",
    ],
)
def test_other_names_are_left_alone(text: str) -> None:
    assert not parts_of_foreign(text)


@pytest.mark.parametrize(
    ("text", "listed"),
    [
        ("普京", "putin"),
        ("ウラジーミル", "vladimir"),
        ("블라디미르", "vladimir"),
        ("阿列克谢", "alexei"),
        ("ヴャチェスラフ", "vyacheslav"),
        ("西拉杰丁", "sirajuddin"),
        ("シラージュッディーン", "sirajuddin"),
        ("신와르", "sinwar"),
        ("야히야", "yahya"),
        ("ウォロディミル", "volodymyr"),
        ("ジョー", "joe"),
        ("ユスフ", "yusuf"),
    ],
)
def test_the_keys_of_a_word_hold_that_of_the_listed_one(text: str, listed: str) -> None:
    units = units_of(text)
    assert consonant_key(listed) in keys_of(units)
    assert similarity(sounds_of(units), listed, 4) > 0.85


def test_vowels_tell_words_apart() -> None:
    sounds = sounds_of(units_of("普京"))
    assert similarity(sounds, "putin", 2) > similarity(sounds, "pytin", 2) > similarity(sounds, "patan", 2)
    assert not similarity(sounds, "pushkin", 2)
    assert not units_of("ッー")
    assert not _index().search(["ッー・ッー"], 0.3)[0]


def test_what_is_less_alike_than_another_word_is_doubted() -> None:
    assert without_worse({1: 0.95, 2: 0.85, 3: 0.75}) == {1: 0.95, 2: pytest.approx(0.79)}
    assert not without_worse({})


def test_an_unheard_word_still_costs() -> None:
    index = _index()
    question = ask(["格哈德·卡卡卡卡卡卡"], index._expander, index._rarity)[0]
    assert question.tokens[-1] == "xx"
    assert question.bits[-1] > 1


@given(st.text(alphabet="阿卜杜勒·普京ウラジーミル・ッァャ블라디미르 김정은国王-", max_size=40))
def test_any_text_is_read(text: str) -> None:
    for part in parts_of_foreign(text):
        assert part.texts or part.latin
        for word in part.texts:
            assert len(keys_of(units_of(word))) <= 128


def test_a_firms_own_name_is_read_by_any_characters_sounds() -> None:
    pu, di = loose_units_of("普迪")
    assert pu.heads[0] == "p"
    assert "i" in di.vowels
    (chun,) = loose_units_of("椿")  # writes no foreign names
    assert (chun.heads, chun.ends) == (("ch", "tr"), ("n", "m"))
    assert loose_units_of("普呒") == []  # no syllable of Mandarin
