"""Organisations named in other scripts, against a list in Latin letters."""

from __future__ import annotations

import dataclasses
import tomllib
from functools import cache
from pathlib import Path

import pytest

from lists.entry import EntryKind, ListedName
from lists.index import Index
from lists.names import TOKENS_MAX
from schemas.decision import EditionUsed
from tests.invented_list import ENTRIES

CASES = tomllib.loads(Path(__file__).with_name("engine_cases.toml").read_text(encoding="utf-8"))
LISTED = CASES["other_scripts_listed"]


@cache
def _index() -> Index:
    model = next(entry for entry in ENTRIES if entry.kind is EntryKind.ORGANISATION)
    entries = [
        dataclasses.replace(model, reference=f"other-{number}", names=(ListedName(name),))
        for number, name in enumerate(LISTED)
    ]
    return Index.build([*ENTRIES, *entries], EditionUsed("other-scripts"))


@pytest.mark.parametrize(("asked", "listed"), CASES["other_scripts"])
def test_an_organisation_is_found_by_what_its_words_mean(asked: str, listed: int) -> None:
    hits = _index().search([asked], 0.6)[0]
    assert hits, asked
    assert hits[0].entry.reference == f"other-{listed}"


def test_the_only_word_of_a_name_is_met_where_it_means_the_listed_one_and_not_where_it_is_misspelt() -> None:
    meant, misspelt = (_index().search([name], 0.5)[0][0].score for name in ("Ястреб", "Hawkk"))
    assert meant > 0.75
    assert misspelt < meant


def test_an_ordinary_word_costs_little_in_place_of_one_that_was_not_met_and_all_where_none_is_missing() -> None:
    in_place, one_more = (_index().search([name], 0.0)[0][0] for name in CASES["ordinary_words"])
    step = "(ordinary words may mean those not met)"
    assert step in {piece.listed for piece in in_place.pieces}
    assert step not in {piece.listed for piece in one_more.pieces}
    for hit in (in_place, one_more):
        assert sum(piece.points for piece in hit.pieces) == pytest.approx(100 * hit.score)
    assert in_place.score > one_more.score


def test_a_word_that_is_many_stays_one_where_a_name_has_no_room() -> None:
    long = " ".join(["НПО"] * (TOKENS_MAX + 2))
    assert isinstance(_index().search([long], 0.5)[0], list)


@pytest.mark.parametrize("asked", CASES["other_scripts_ordinary"])
def test_an_ordinary_name_is_not_found(asked: str) -> None:
    assert not _index().search([asked], 0.7)[0]
