from __future__ import annotations

import math

import pytest

from lists.accuracy import rate, share_at, threshold_at


def test_the_threshold_lets_at_most_so_many_alert() -> None:
    clean = [place / 1000 for place in range(1000)]
    for alerts in (1, 5, 20):
        threshold = threshold_at(clean, alerts)
        assert sum(score >= threshold for score in clean) == alerts


def test_equal_scores_alert_together_or_not_at_all() -> None:
    clean = [0.9] * 10 + [0.1] * 990
    assert threshold_at(clean, 5) == math.nextafter(0.9, math.inf)
    assert share_at(clean, threshold_at(clean, 5)) == 0


def test_every_name_may_alert() -> None:
    assert threshold_at([0.5, 0.6], 1000) == 0.0


def test_no_clean_names_are_an_error() -> None:
    with pytest.raises(ValueError, match="at least one"):
        threshold_at([], 5)


def test_recall_by_name_and_by_class() -> None:
    measured = rate({"typo": [0.9, 0.9, 0.9, 0.1], "exact": [1.0]}, [0.5] * 1000, 5)
    assert measured.micro == pytest.approx(4 / 5)
    assert measured.macro == pytest.approx((0.75 + 1) / 2)
    assert measured.by_class == {"typo": 0.75, "exact": 1.0}
    assert rate({}, [0.5], 5).macro == 0.0
