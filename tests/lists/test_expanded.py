from __future__ import annotations

import pytest

from lists.expanded import NOTHING, best_weights, either, expansion_of, strict


def test_the_arrays_hold_what_the_similarities_say() -> None:
    expansion = expansion_of({7: 0.9, 3: 1.0})
    assert expansion.ids.tolist() == [7, 3]
    assert expansion.weights.tolist() == pytest.approx([0.9**1.5, 1.0])


def test_a_word_that_stands_for_nothing_always_gives_the_same_nothing() -> None:
    assert expansion_of({}) is NOTHING
    assert strict(expansion_of({7: 0.92})) is NOTHING
    assert either([NOTHING, NOTHING]) is NOTHING


def test_only_what_is_almost_the_same_word_is_strict() -> None:
    assert strict(expansion_of({7: 0.92, 3: 0.93})).similarity == {3: 0.93}


def test_of_several_readings_the_best_counts_once() -> None:
    first, second = expansion_of({7: 0.8, 3: 0.9}), expansion_of({3: 0.85, 7: 0.9, 1: 0.7})
    assert either([first]) is first
    assert either([first, second]).similarity == {7: 0.9, 3: 0.9, 1: 0.7}
    best = best_weights([first, second])
    assert best.ids.tolist() == [1, 3, 7]
    assert best.weights.tolist() == pytest.approx([0.7**1.5, 0.9**1.5, 0.9**1.5])
