"""Names of Japan: how they are told from Chinese ones, and how Japan reads their characters."""

from __future__ import annotations

import dataclasses
from functools import cache
from typing import Final

import pytest

from lists.entry import EntryKind, ListedName
from lists.folding import fold
from lists.index import Index
from lists.japanese import in_japanese, is_clan, is_japanese
from lists.tables import UNSPACED
from lists.unspaced import spoken
from schemas.decision import EditionUsed
from tests.invented_list import ENTRIES

ENOUGH: Final = 0.711
LISTED: Final = ("NAGOYA MATSUKAZE-GUMI", "KIYOMICHI-KAI", "SUGIMORI SHINYO JITSUGYO K.K.", "Takemitsu KIMURA")


@cache
def _index() -> Index:
    model = next(entry for entry in ENTRIES if entry.kind is EntryKind.ORGANISATION)
    entries = [dataclasses.replace(model, reference=name, names=(ListedName(name),)) for name in LISTED]
    return Index.build(entries, EditionUsed("japan"))


@pytest.mark.parametrize(
    ("asked", "listed"),
    [
        ("名古屋松風組", 0),
        ("四代目名古屋松風組", 0),
        ("清道会", 1),
        ("株式会社杉森信用実業", 2),
        ("木村武光", 3),
    ],
)
def test_a_japanese_name_is_found_as_japan_reads_it(asked: str, listed: int) -> None:
    hits = _index().search([asked], ENOUGH)[0]
    assert hits, asked
    assert hits[0].name.text == LISTED[listed]


def test_a_long_name_is_not_read_in_all_the_ways_there_are() -> None:
    assert not _index().search(["名古屋松風組" * 6], ENOUGH)[0]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("山健組", True),
        ("住吉會", True),
        ("张学会", False),  # a person of China
        ("张项组", True),  # nobody's given name ends so
        ("中國組織", False),
        ("組", False),
    ],
)
def test_three_characters_may_name_an_association(text: str, told: bool) -> None:  # noqa: FBT001 - a table's column
    assert is_clan(text) is told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("佐々", True),
        ("東京ガス", True),
        ("神戸製鋼", True),
        ("株式會社朝日", True),
        ("弘道会", True),
        ("北京科技有限公司", False),
        ("조선무역회사", False),
    ],
)
def test_kana_and_japans_own_words_and_names_tell(text: str, told: bool) -> None:  # noqa: FBT001 - a table's column
    assert is_japanese(text) is told


@pytest.mark.parametrize(
    ("text", "read"),
    [("松風", "matsukaze"), ("実業", "jitsugyo"), ("物産", "bussan"), ("弘道", "kodo"), ("山口", "yamaguchi")],
)
def test_characters_are_read_as_japan_reads_them(text: str, read: str) -> None:
    assert read in in_japanese(text)


def test_a_character_that_is_in_no_name_of_japan_is_not_read() -> None:
    assert in_japanese("松\u3400") == ()


def test_names_of_japan_are_not_read_as_korea_reads_them() -> None:
    assert "samjong" not in spoken("三井")


def test_every_reading_is_one_word_and_its_character_in_its_simple_form() -> None:
    for char, readings in UNSPACED.japanese.items():
        assert len(char) == 1, char
        assert char.translate(UNSPACED.simplified) == char, char
        assert all(reading.isascii() and reading.isalpha() for reading in readings), char


def test_japanese_forms_of_characters_are_read_as_the_others() -> None:
    assert fold("株式會社神戸銀行") == fold("株式会社神户银行")
