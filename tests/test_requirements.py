"""The table of requirements tells what code and tests say today, and claims nothing that no test shows."""

from __future__ import annotations

import pytest

from streams.cli.coverage import MET, NOT_MET, OPEN, Coverage, coverage
from tests.requirements import TABLE, ids_in, required, rules, shown, written


def test_the_table_is_what_code_and_tests_say() -> None:
    assert TABLE.read_text() == written(), "run: python -m tests.requirements"


def test_every_marker_and_docstring_names_a_known_requirement() -> None:
    assert {name for name, _ in shown()} - set(required()) <= {"MNG-09"}  # a labelled case of a later issue
    assert {name for name, _ in rules()} - set(required()) == set()


@pytest.mark.requirement("SCP-06")
def test_nothing_is_claimed_that_no_test_shows() -> None:
    for one in coverage():
        proved = bool(one.rules) and bool(one.tests)
        assert (one.status != NOT_MET) is proved, one.id
        assert (one.status == OPEN) is (proved and bool(one.open)), one.id


def test_every_requirement_of_the_information_rules_is_met_or_says_what_is_open() -> None:
    assert [one.id for one in coverage() if one.status == NOT_MET] == []
    assert sum(one.status == MET for one in coverage()) >= 55


def test_a_requirement_without_a_test_is_not_met() -> None:
    assert Coverage("PAY-01", "says", ("a.rule",), (), "").status == NOT_MET
    assert Coverage("PAY-01", "says", (), ("a test",), "").status == NOT_MET
    assert Coverage("PAY-01", "says", ("a.rule",), ("a test",), "").status == MET
    assert Coverage("PAY-01", "says", ("a.rule",), ("a test",), "later").status == OPEN


def test_a_range_of_ids_names_each() -> None:
    assert ids_in("EXM-01 to EXM-03, PAY-01") == {"EXM-01", "EXM-02", "EXM-03", "PAY-01"}
