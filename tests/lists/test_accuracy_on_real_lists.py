"""The targets of the first screening set, on the real lists: `make accuracy` prints the figures in full."""

from __future__ import annotations

from functools import cache

import pytest

from lists.accuracy import ALERTS_PER_THOUSAND
from tests.bench.accuracy import Report, measure

pytestmark = [pytest.mark.shared, pytest.mark.timeout(900)]

FIVE = ALERTS_PER_THOUSAND.index(5)


@cache
def report() -> Report:
    return measure("reporting", everything=False, sample=2000)


def test_recall_at_five_alerts_per_thousand_clean_names() -> None:
    ours, brute = report().recall[FIVE]["micro"], report().brute_force[FIVE]["micro"]
    assert ours >= 0.90
    assert ours >= brute + 0.15


def test_no_class_is_left_behind() -> None:
    weak = {kind: row["recall"] for kind, row in report().classes.items() if not kind.startswith("nonlatin")}
    assert min(weak.values()) >= 0.65, weak
    assert report().recall[FIVE]["macro"] >= 0.88


def test_names_in_texts() -> None:
    assert report().text["micro"] >= 0.85


def test_every_name_of_the_united_nations_is_found_and_nearly_every_distorted_one() -> None:
    assert report().un["untreated"] == 1.0
    assert report().un["treated"] >= 0.95
