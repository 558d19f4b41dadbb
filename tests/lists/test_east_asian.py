"""People of Japan, Hong Kong, Korea and Burma whose names stand in Chinese characters."""

from __future__ import annotations

from functools import cache
from typing import Final

import pytest

from lists.east_asian import as_japanese, in_burmese, in_hong_kong, in_korean
from lists.entry import EntryKind
from lists.index import Index
from schemas.decision import EditionUsed
from tests.invented_list import BACKGROUND, ENTRIES, entry

LISTED: Final = {
    "japanese": ["Nishiguchi TAKEO"],
    "hong kong": ["TSANG Cheuk-keung, Ronald"],
    "korean": ["CHOE Pyong Sop"],
    "burmese": ["Soe Thein HLAING"],
}


@cache
def _index() -> Index:
    listed = [entry(reference, EntryKind.PERSON, *names) for reference, names in LISTED.items()]
    return Index.build([*ENTRIES, *listed], EditionUsed("east-asian"), BACKGROUND)


@pytest.mark.parametrize(
    ("name", "reference"),
    [
        ("西口武夫", "japanese"),  # four characters, two of them words of firms
        ("西口 武夫", "japanese"),
        ("曾卓强", "hong kong"),
        ("曾卓強", "hong kong"),
        ("崔炳燮", "korean"),
        ("梭登莱", "burmese"),
    ],
)
def test_a_person_is_found(name: str, reference: str) -> None:
    hits = _index().search([name], 0.6)[0]
    assert hits, name
    assert hits[0].entry.reference == reference


@pytest.mark.parametrize("name", ["西口武彦", "曾卓然", "崔炳哲", "梭温", "王" * 7])
def test_another_person_is_not_found(name: str) -> None:
    assert not _index().search([name], 0.7)[0]


def test_either_half_of_a_japanese_name_must_be_known() -> None:
    assert as_japanese("髙山清司") == (2, ("takayama",), ("kiyoshi", "seiji"))
    assert as_japanese("司忍") == (1, ("tsukasa",), ("shinobu",))
    assert as_japanese("佐々木大輔") == (3, ("sasaki",), ("daisuke",))
    assert as_japanese("高山公司") is None
    assert as_japanese("山") is None
    assert as_japanese("佐々木" * 3) is None


def test_hong_kong_spells_names_of_three_characters_in_its_own_way() -> None:
    assert in_hong_kong("鄧炳強") == [("tang",), (), ("keung",)]  # "ping" is Mandarin for others
    assert not in_hong_kong("鄧強")


def test_korean_readings_begin_with_a_korean_surname() -> None:
    assert in_korean("金正恩") == ["김", "정", "은"]
    assert not in_korean("王正恩")
    assert not in_korean("金饕")


def test_every_character_must_be_burmese() -> None:
    assert in_burmese("敏昂莱") == [("min", "myint"), ("aung",), ("hlaing",)]
    assert not in_burmese("敏昂王")
