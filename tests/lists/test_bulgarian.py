"""Organisations named in Bulgarian, Serbian and Macedonian, as the EU's lists and their own countries write them."""

from __future__ import annotations

import dataclasses
import tomllib
from functools import cache
from pathlib import Path

import pytest

from lists.entry import EntryKind, ListedName
from lists.folding import fold
from lists.index import Index
from lists.meanings import english_of
from lists.names import tokenize
from lists.question import readings
from schemas.decision import EditionUsed
from tests.invented_list import ENTRIES

CASES = tomllib.loads(Path(__file__).with_name("bulgarian_cases.toml").read_text(encoding="utf-8"))


@cache
def _index() -> Index:
    model = next(entry for entry in ENTRIES if entry.kind is EntryKind.ORGANISATION)
    entries = [
        dataclasses.replace(model, reference=f"bulgarian-{number}", names=(ListedName(name),))
        for number, name in enumerate(CASES["listed"])
    ]
    return Index.build([*ENTRIES, *entries], EditionUsed("bulgarian"))


@pytest.mark.parametrize(("asked", "listed"), CASES["found"])
def test_an_organisation_is_found_by_what_its_words_mean(asked: str, listed: int) -> None:
    hits = _index().search([asked], 0.711)[0]
    assert hits, asked
    assert hits[0].entry.reference == f"bulgarian-{listed}"


@pytest.mark.parametrize("asked", CASES["ordinary"])
def test_an_ordinary_organisation_is_not_found(asked: str) -> None:
    assert not _index().search([asked], 0.6)[0]


@pytest.mark.parametrize(("word", "english"), CASES["words"])
def test_a_word_has_its_english(word: str, english: str) -> None:
    assert english in english_of(fold(word), foreign=True)


@pytest.mark.parametrize("surname", CASES["surnames"].split())
def test_a_surname_is_no_word(surname: str) -> None:
    assert not english_of(fold(surname), foreign=True)


@pytest.mark.parametrize(("name", "words"), CASES["tokens"])
def test_legal_forms_are_read_as_such(name: str, words: str) -> None:
    assert " ".join(tokenize(name)) == words


@pytest.mark.parametrize("text", CASES["two_names"])
def test_a_field_may_hold_the_former_name_too(text: str) -> None:
    assert readings(text)[-1] == "Завод Звезда"


@pytest.mark.parametrize(("longer", "shorter"), CASES["same_score"])
def test_an_acronym_that_the_name_spells_out_costs_nothing(longer: str, shorter: str) -> None:
    with_it, without = (hits[0].score for hits in _index().search([longer, shorter], 0.3))
    assert with_it == pytest.approx(without, abs=0.01)
