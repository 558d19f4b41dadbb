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
        ("Maria Fernanda Ibarguen Kwilapang", "(the words left over, by their letters)"),
        ("V. Romanovich Testovsky Petrov", "(what an initial leaves open)"),
    ],
)  # fmt: skip
def test_each_rule_shows_itself(name: str, step: str) -> None:
    steps = {piece.listed for hit in index().search([name], 0.0)[0] for piece in hit.pieces}
    assert step in steps


def best(name: str, reference: str) -> float:
    return max((hit.score for hit in index().search([name], 0.0)[0] if hit.entry.reference == reference), default=0.0)


def test_words_left_over_count_only_where_they_are_alike_and_the_others_prove_something() -> None:
    assert best("Maria Fernanda Ibarguen Kwilapang", "5") > best("Maria Fernanda Ibarguen Hoffmann", "5")
    assert best("Fernanda Hoffmannsthal Quilapanova", "5") < 0.5


def test_a_missing_word_weighs_less_for_a_person() -> None:
    assert best("Vladislav Testovsky", "1") > best("Zvezdolet Industries", "20")


def test_the_only_word_of_a_name_nearly_met_counts_by_its_length() -> None:
    assert best("Zvezdolett", "20") > best("Grosny", "1")
