from __future__ import annotations

import numpy as np
import pytest

from lists.score import DIGITS, Ledger, words_at
from lists.similarity import Spoken, similarities
from tests.invented_list import index


def alike(word: str, other: str) -> float:
    first = np.zeros(1, np.int64)
    return float(similarities(Spoken.of([word]), first, Spoken.of([other]), first)[0])


@pytest.mark.parametrize(
    ("word", "nearer", "farther"),
    [
        ("testovsky", "testovsky", "testovskiy"),
        ("testovsky", "testovskiy", "tistovskya"),
        ("testovsky", "testosvky", "tsetosvky"),
        ("vympel", "vimpel", "bympel"),
        ("kharkov", "harkov", "marlov"),
        ("anna", "ana", "hanka"),
    ],
)
def test_nearer_words_are_more_alike(word: str, nearer: str, farther: str) -> None:
    assert 1 >= alike(word, nearer) > alike(word, farther) >= 0


def test_short_words_that_differ_are_different() -> None:
    assert alike("li", "lu") < 0.75
    assert alike("abc", "xyz") == 0


def test_a_ledger_adds_up_and_puts_the_rest_on_the_last_piece() -> None:
    ledger = Ledger()
    ledger.add("a", "b", 1.0, 10.0, 33.333)
    ledger.factor("nothing", 1.0)
    ledger.factor("half", 0.5)
    assert [piece.points for piece in ledger.pieces] == [33.33, -16.66]
    ledger.settle(0.17)
    assert sum(piece.points for piece in ledger.pieces) == pytest.approx(17.0)
    ledger.settle(0.17)
    assert len(ledger.pieces) == 2


def test_masks_are_written_out() -> None:
    assert words_at(0b101, ["one", "two", "three"]) == "one three"


def test_scores_have_a_fixed_number_of_digits() -> None:
    for hit in index().search(["Vladislav Testovski Petrov"], 0.0)[0]:
        assert hit.score == round(hit.score, DIGITS)


@pytest.mark.parametrize(
    ("name", "step"),
    [
        ("Zvezdolet Heavy Industrie Joint Stock Compny Kazan Lenina 5", "(the listed name inside a longer field)"),
        ("Testovsk Vladislavro Manovich", "(all letters compared)"),
        ("Brivant", "(only one word agrees)"),
        ("OCEAN MARIGOLDS", "(name of a vessel or aircraft)"),
        ("Brivanta GmbH", "(the very name, word for word)"),
    ],
)  # fmt: skip
def test_each_rule_shows_itself(name: str, step: str) -> None:
    steps = {piece.listed for hit in index().search([name], 0.0)[0] for piece in hit.pieces}
    assert step in steps
