"""Persons named in other scripts, against a list in Latin letters."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Final

import pytest

from lists.abjad import titles_at_head
from lists.entry import EntryKind
from lists.index import Index
from lists.parting import abjad_parts
from lists.question import ask
from schemas.decision import EditionUsed
from tests.invented_list import BACKGROUND, ENTRIES, entry

CASES: Final = tomllib.loads(Path(__file__).with_name("persons.toml").read_text(encoding="utf-8"))


@cache
def _index() -> Index:
    listed = [entry(reference, EntryKind.PERSON, *names) for reference, names in CASES["listed"].items()]
    return Index.build([*ENTRIES, *listed], EditionUsed("persons"), BACKGROUND)


@pytest.mark.parametrize(("name", "reference"), CASES["found"]["names"])
def test_a_person_is_found(name: str, reference: str) -> None:
    hits = _index().search([name], 0.711)[0]
    assert hits, name
    assert hits[0].entry.reference == reference


@pytest.mark.parametrize("name", CASES["not_found"]["names"])
def test_another_person_is_not_found(name: str) -> None:
    assert not _index().search([name], 0.7)[0]


@pytest.mark.parametrize(("words", "count"), CASES["titles"]["words"])
def test_titles_are_told_from_names(words: str, count: int) -> None:
    assert titles_at_head(words.split()) == count


def test_the_english_of_a_phrase_is_never_cut() -> None:
    index = _index()
    assert index._expander.abjad_halves("aircraft") == ("air", "craft")
    assert "aircraft" in ask(["هواپیماسازی زنجان"], index._expander, index._rarity)[0].tokens


@pytest.mark.parametrize("listed", ["جابر صفدار ترشاز", "جابر صفدار ترشاز بلقنجار دبورقاني", "ترشازكبود"])
def test_a_word_is_cut_into_listed_ones(listed: str) -> None:
    words = listed.split()
    assert list(abjad_parts("".join(words), lambda word: float(word in words))) == words
