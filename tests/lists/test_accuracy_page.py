"""lists/ACCURACY.md is kept: it must be of this engine and tell every class."""

from __future__ import annotations

import re

from lists.mutations import MUTATIONS
from tests.bench import fingerprint
from tests.bench.accuracy_page import ABOUT, PAGE

KEPT = PAGE.read_text(encoding="utf-8")


def test_the_kept_figures_are_of_this_engine() -> None:
    found = re.search(r"engine `(\w+)`", KEPT)
    assert found is not None
    assert found.group(1) == fingerprint.of_engine(), "the engine answers otherwise than when measured: make accuracy"


def test_every_class_is_told() -> None:
    told = set(re.findall(r"^\| (\S+) \|", KEPT, re.MULTILINE))
    assert set(MUTATIONS) <= told
    assert set(MUTATIONS) <= set(ABOUT)
