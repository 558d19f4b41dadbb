"""The shipped measure: what the engine finds at each threshold, read so that doubt counts against a threshold."""

from __future__ import annotations

import itertools

import pytest

from lists.measured import NAMES, TEXTS, Measured, alerts_at, read_measured, recall_at, row_at
from lists.policy import ScreeningPolicy

TABLE = (Measured(0.5, 0.9, 0.8, "typo", 20.0), Measured(0.6, 0.8, 0.7, "drop", 10.0))


def test_a_threshold_between_two_rows_counts_as_the_worse() -> None:
    assert recall_at(TABLE, 0.4) == 0.9
    assert recall_at(TABLE, 0.5) == 0.9
    assert recall_at(TABLE, 0.51) == 0.8
    assert recall_at(TABLE, 0.61) == 0.0
    assert row_at(TABLE, 1.0).weakest_class == ""
    assert alerts_at(TABLE, 0.59) == 20.0
    assert alerts_at(TABLE, 0.7) == 10.0
    assert alerts_at(TABLE, 0.4) == 1000.0


def test_a_file_is_read_in_the_order_of_thresholds() -> None:
    text = "# made by\nname\t0.60\t0.8\t0.7\tdrop\t10.0\nname\t0.50\t0.9\t0.8\ttypo\t20.0"
    assert read_measured(text) == {"name": TABLE}


@pytest.mark.requirement("SCR-05")
def test_the_shipped_measure_falls_with_the_threshold() -> None:
    for table in (NAMES, TEXTS):
        assert len(table) >= 40
        for before, after in itertools.pairwise(table):
            assert before.threshold < after.threshold
            assert before.recall >= after.recall >= after.weakest
            assert before.alerts_per_thousand >= after.alerts_per_thousand


def test_the_defaults_hold_the_floors() -> None:
    policy = ScreeningPolicy()
    assert recall_at(NAMES, policy.name_threshold) >= policy.minimum_recall
    assert recall_at(TEXTS, policy.text_threshold) >= policy.minimum_text_recall
