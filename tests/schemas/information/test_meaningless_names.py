"""Precision and recall on real names: an honest person's name must never be taken for a placeholder."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from schemas.information.lexicon import Tier
from schemas.information.meaningless import judge_address_line, judge_name
from tests.shared import SHARED

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.shared

FILES = [
    ("yente_negatives_us_20k.csv", ",", 0, 1),
    ("yente_report_negatives_global.csv", ",", 0, 1),
    ("yente_positives_un_untreated.csv", ",", 0, 1),
    ("yente_positives_us_congress_untreated.csv", ",", 0, 1),
    ("cleanco_companies.csv", ";", 0, 0),
    ("dnb_company_names.csv", ",", 1, 1),
]


def names(file: str, delimiter: str, column: int, skip: int) -> Iterator[str]:
    with (SHARED / "data" / "names" / file).open(encoding="utf-8", newline="") as lines:
        rows = list(csv.reader(lines, delimiter=delimiter))[skip:]
    return (row[column] for row in rows if len(row) > column and row[column].strip())


@pytest.mark.parametrize(("file", "delimiter", "column", "skip"), FILES)
def test_at_most_one_clean_name_in_a_thousand_is_called_meaningless(
    file: str, delimiter: str, column: int, skip: int
) -> None:
    clean = list(names(file, delimiter, column, skip))
    wrong = [name for name in clean if (verdict := judge_name(name)) and verdict.tier is not Tier.POSSIBLE]
    assert len(clean) >= 500
    assert len(wrong) <= len(clean) / 1000, wrong[:20]


def lexicon() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load((SHARED / "regulation" / "meaningless.yaml").read_text())
    return loaded


def test_no_trap_is_blocked() -> None:
    for kind, traps in lexicon()["traps_must_not_block"].items():
        judge = judge_address_line if "address" in kind else judge_name
        blocked = [trap for trap in traps if (verdict := judge(trap)) and verdict.tier is not Tier.POSSIBLE]
        assert blocked == [], kind


def test_every_term_for_a_name_is_known_with_its_tier() -> None:
    for group, facts in lexicon()["lexical"].items():
        if "name" not in facts["fields"]:
            continue
        for term in (term for terms in facts["terms"].values() for term in terms):
            verdict = judge_name(term)
            assert verdict is not None, (group, term)
            assert verdict.tier.value == facts["tier"], (group, term)


SHAPES = (
    *("random_repeat", "random_sequence", "keyboard_walk", "unpronounceable", "repeated_group"),
    *("punctuation_only", "contact_as_name", "initials_or_title_only"),
)


@pytest.mark.parametrize("group", SHAPES)
def test_every_example_of_a_shape_is_found(group: str) -> None:
    missed = [text for text in lexicon()["language_neutral"][group]["examples"] if judge_name(str(text)) is None]
    assert missed == []
