"""Korean syllables as foreign words, and Korean organisations against a list in Latin letters."""

from __future__ import annotations

import dataclasses
from functools import cache
from typing import Final

import pytest

from lists.entry import EntryKind, ListedName
from lists.index import Index
from lists.korean import loanwords
from lists.unspaced_words import in_kana, placed
from schemas.decision import EditionUsed
from tests.invented_list import ENTRIES

ENOUGH: Final = 0.711
LISTED: Final = (
    "LAZELOS GROUP",
    "GENERAL MAPPING BUREAU",
    "KOREA POMHYANG SHPG CO",
    "RAKWON SILVER STAR TRADING CORPORATION",
    "KALINTEX JAPAN K.K.",
)


@cache
def _index() -> Index:
    model = next(entry for entry in ENTRIES if entry.kind is EntryKind.ORGANISATION)
    entries = [dataclasses.replace(model, reference=name, names=(ListedName(name),)) for name in LISTED]
    return Index.build(entries, EditionUsed("korea"))


@pytest.mark.parametrize(
    ("asked", "listed"),
    [
        ("라젤로스 그룹", 0),
        ("조선범향해운회사", 2),
        ("락원은성무역회사", 3),
        ("カリンテックス・ジャパン株式会社", 4),
        ("カリンテックスジャパン", 4),
    ],
)
def test_a_name_is_found_by_its_sound_and_by_what_its_words_mean(asked: str, listed: int) -> None:
    hits = _index().search([asked], ENOUGH)[0]
    assert hits, asked
    assert hits[0].name.text == LISTED[listed]


def test_the_state_or_party_before_a_name_costs_little() -> None:
    with_owner, with_other = (_index().search([f"{before} 地图总局"], 0.0)[0][0].score for before in ("북한", "광주"))
    assert with_owner > with_other


@pytest.mark.parametrize(
    ("text", "foreign"),
    [
        ("라자루스", "lazarus"),
        ("헤즈볼라", "hezbola"),
        ("글로콤", "glocom"),
        ("알렐라", "alela"),  # two l are one sound
        ("보스톡", "vostok"),
    ],
)
def test_syllables_may_write_a_foreign_word(text: str, foreign: str) -> None:
    assert foreign in loanwords(text)


@pytest.mark.parametrize("text", ["볼가", "라자루a", "가나다라마바사아자"])
def test_what_is_too_short_or_too_long_or_no_korean_is_no_foreign_word(text: str) -> None:
    assert loanwords(text) == ()


def test_two_known_words_of_kana_are_no_name() -> None:
    assert not set(in_kana(placed("アジアトレーディング", ["asia", "trading"])))
