"""The figures that `make accuracy` prints meet what is asked."""

from __future__ import annotations

import pytest

from tests.bench.lexicon_accuracy import Figure, lines, measure, precision, recall


@pytest.mark.requirement("DET-14")
def test_held_back_disguises_are_found() -> None:
    *_, total = recall()
    assert total.texts > 5_000
    assert total.share >= total.target


@pytest.mark.shared
def test_clean_names_are_left_alone() -> None:
    *_, total = precision()
    assert total.texts > 20_000
    assert total.share >= total.target


def test_the_report_says_what_is_missed() -> None:
    told = lines([Figure("recall, all disguises", 100, 50, 0.98), Figure("precision, x", 0, 0, 0.999)])
    assert told[0].endswith("50.000% of    100  (wanted 98.0%)  MISSED")
    assert len(measure()) >= 8
