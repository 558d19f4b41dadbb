"""A father's name that the list lacks is no evidence against; one that contradicts is."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Final

import pytest

from lists.entry import EntryKind
from lists.fathers import fathers_in, kinds_of
from lists.index import Index
from schemas.decision import EditionUsed
from tests.invented_list import BACKGROUND, ENTRIES, entry

CASES: Final = tomllib.loads(Path(__file__).with_name("fathers.toml").read_text(encoding="utf-8"))
LIKELY: Final = 0.74
DOUBTED: Final = 0.71


@cache
def _index() -> Index:
    listed = [
        entry(reference, EntryKind.ORGANISATION if reference == "company" else EntryKind.PERSON, *names)
        for reference, names in CASES["listed"].items()
    ]
    return Index.build([*ENTRIES, *listed], EditionUsed("fathers"), BACKGROUND)


def _score(name: str, reference: str) -> float:
    return max((hit.score for hit in _index().search([name], 0.0)[0] if hit.entry.reference == reference), default=0.0)


def test_patronymics_are_told_from_other_words() -> None:
    assert [word for word in CASES["patronymics"].split() if not kinds_of(word)] == []
    assert [word for word in CASES["others"].split() if kinds_of(word)] == []


@pytest.mark.parametrize(("name", "fathers"), CASES["links"]["names"])
def test_a_chain_of_fathers_is_told_from_the_family(name: str, fathers: str) -> None:
    words, mask = name.split(), fathers_in(name.split())
    assert " ".join(word for place, word in enumerate(words) if mask >> place & 1) == fathers


@pytest.mark.parametrize(("name", "reference"), CASES["found"]["names"])
def test_a_father_whom_the_list_does_not_name_is_no_evidence_against(name: str, reference: str) -> None:
    assert _score(name, reference) > LIKELY


@pytest.mark.parametrize(("name", "reference"), CASES["doubtful"]["names"])
def test_a_father_counts_against_a_name_that_he_contradicts(name: str, reference: str) -> None:
    assert _score(name, reference) < DOUBTED


def test_the_sieve_keeps_what_is_found() -> None:
    names = [name for name, _ in CASES["found"]["names"]]
    assert all(_index().search(names, LIKELY))
    assert [[hit.score for hit in hits] for hits in _index().search(names, LIKELY)] == [
        [hit.score for hit in hits] for hits in _index()._search_all(names, LIKELY)
    ]


def test_the_explanation_says_why_a_father_costs_little() -> None:
    pieces = _index().search(["Oskar Vasilievich ZUBARTENKO"], LIKELY)[0][0].pieces
    told = {piece.listed for piece in pieces if piece.query == "vasilievich"}
    assert told == {"(a father's name, which the list does not contradict)"}
