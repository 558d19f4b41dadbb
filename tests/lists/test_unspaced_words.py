"""Chinese organisations: what their proper names are in Latin letters, by their sound or by their meaning."""

from __future__ import annotations

import dataclasses
import tomllib
from collections import Counter
from functools import cache
from typing import Final

import pytest

from lists.entry import EntryKind, ListedName
from lists.index import Index
from lists.tables import UNSPACED, read_text
from lists.unspaced import ways_to_write, words_of
from schemas.decision import EditionUsed
from tests.invented_list import ENTRIES

ASKED: Final = [
    ("芯百电子有限公司", "COREBAI ELECTRONICS LTD"),
    ("芯 百电子有限公司", "COREBAI ELECTRONICS LTD"),
    ("銀星電子廠", "SILVERSTAR ELECTRONICS FACTORY"),
    ("中科石墨有限公司", "SINOTECH GRAPHITE LTD"),
    ("金龍石墨廠", "GOLDEN DRAGON GRAPHITE FACTORY"),
    ("北部石油石墨廠", "NORTHOIL GRAPHITE FACTORY"),
    ("罗友石墨有限公司", "ROYO GRAPHITE LTD"),
    ("凯尔多林石墨有限公司", "KELDORIN GRAPHITE LTD"),  # a foreign word by its sounds
    ("香港凱爾多林石墨有限公司", "KELDORIN GRAPHITE LTD"),
    ("巴丹諾維茲石墨有限公司", "BADAN NOVITZ GRAPHITE LTD"),  # two of them
    ("太原市普罗迪石墨有限公司", "TAIYUAN PRODIC GRAPHITE LTD"),  # the English name resembles the sound
    ("軒友石墨有限公司", "HIN YAU GRAPHITE LTD"),  # Hong Kong's sounds
    ("第七十七石墨研究所", "77TH GRAPHITE RESEARCH INSTITUTE"),
    ("조선로동당 98호실", "OFFICE 98"),
    ("9.14흑연공장", "SEPTEMBER 14 GRAPHITE FACTORY"),
    ("발도로노프", "BALDORONOFF"),
    ("銀星石墨廠(凯尔多林石墨有限公司)", "KELDORIN GRAPHITE LTD"),
    ("가람오일합영회사", "KARAM OIL JV CO LTD"),
    ("가람산역회사", "KARAMSAN TRADING COMPANY"),  # a character of the ending lost
]


@cache
def _index() -> Index:
    model = next(entry for entry in ENTRIES if entry.kind is EntryKind.ORGANISATION)
    entries = [
        dataclasses.replace(model, reference=listed, names=(ListedName(listed),))
        for listed in dict.fromkeys(listed for _, listed in ASKED)
    ]
    return Index.build([*ENTRIES, *entries], EditionUsed("chinese"))


@pytest.mark.parametrize(("asked", "listed"), ASKED)
def test_a_proper_name_is_found_by_what_its_characters_mean(asked: str, listed: str) -> None:
    hits = _index().search([asked], 0.711)[0]
    assert hits
    assert hits[0].entry.reference == listed


@pytest.mark.parametrize(
    ("char", "ways"),
    [
        ("芯", {"xin", "sam", "chip", "core"}),
        ("龍", {"long", "lung", "dragon", "lon", "ron"}),  # "lon" and "ron" in foreign names
        ("廈", {"xia", "sha", "ha", "mansion"}),  # and its definition
    ],
)
def test_a_character_of_a_proper_name_is_its_sounds_and_its_meanings(char: str, ways: set[str]) -> None:
    assert set(ways_to_write(char)) == ways


def test_a_word_made_of_known_ones_also_means_what_they_mean() -> None:
    (corps,) = words_of("建设兵团")
    assert corps.english == (("production",), ("construction",), ("corps",))
    assert (("construction",), ("corps",)) in corps.also
    (china_oil,) = words_of("中国石油")
    assert ("cnpc", "petrochina") in [english[0] for english in china_oil.also]


def test_of_two_ways_to_part_a_name_the_one_that_leaves_its_own_name_whole_is_taken() -> None:
    assert [word.text for word in words_of("杭州科明智能技术")] == ["杭州", "科明", "智能", "技术"]


def test_each_character_has_one_row_of_meanings_in_its_simplest_form() -> None:
    rows = tomllib.loads(read_text("unspaced.toml"))["letters"]["meanings"]
    characters = Counter(char for char in rows if not char.isascii())
    assert [char for char, times in characters.items() if times > 1] == []
    assert [char for char in characters if char.translate(UNSPACED.simplified) != char] == []
