"""The log of the customer base: who counts as screened against what, for how long, and what an interruption leaves."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from lists.customers import Customer
from lists.edge.customer_log import DELTA, FULL, Against, CustomerLogRefused, opened
from schemas.decision import EditionUsed, ListUsed

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.requirement("SCR-17")
ANN, BO = Customer("1", "Ann Vell"), Customer("2", "Bo Quorz")
BASE = [ANN, BO]
EDITION = EditionUsed("e1", (ListUsed("EU", "2026-11-20", "eu1", 9), ListUsed("UN", "2026-11-20", "un1", 9)))
NOW = Against.of(EDITION, "rules")
RENEWED = Against.of(replace(EDITION, lists=(replace(EDITION.lists[0], sha256="eu2"), EDITION.lists[1])), "rules")


def sweep(path: Path, when: tuple[str, str], customers: list[Customer], against: Against = NOW) -> None:
    """One sweep of a mode at a time; one killed does not end."""
    mode, at = when
    with opened(path, writing=True) as log:
        made = log.begin(mode, "ann", at, against, len(customers))
        log.note(made, [(one, one is BO) for one in customers], at)
        if "killed" not in at:
            log.end(made, at)


def behind(
    path: Path, customers: list[Customer], against: Against = NOW
) -> list[tuple[str, tuple[str, ...], str, str]]:
    with opened(path, writing=False) as log:
        return [(one.customer, one.lists, one.why, one.last_at) for one in log.behind(customers, against)]


def test_whoever_is_not_screened_against_the_present_version_is_listed(tmp_path: Path) -> None:
    path = tmp_path / "log"
    sweep(path, (FULL, "t1"), [ANN])
    assert behind(path, BASE) == [("2", ("EU", "UN"), "never asked", "")]
    sweep(path, (DELTA, "t2"), [BO])
    assert behind(path, BASE) == []
    assert behind(path, BASE, RENEWED) == [
        ("1", ("EU",), "the list was renewed", "t1"),
        ("2", ("EU",), "the list was renewed", "t2"),
    ]
    assert behind(path, [replace(ANN, birth_date="1980")]) == [("1", ("EU", "UN"), "its data changed", "t1")]
    assert behind(path, [ANN], NOW._replace(rules="others")) == [("1", ("EU", "UN"), "policy or engine changed", "t1")]


def test_each_list_tells_its_last_sweeps(tmp_path: Path) -> None:
    path = tmp_path / "log"
    sweep(path, (FULL, "t1"), BASE)
    sweep(path, (DELTA, "t2"), [BO])
    sweep(path, (FULL, "t3 killed"), [ANN])
    sweep(path, (DELTA, "t4"), [ANN], RENEWED)
    with opened(path, writing=False) as log:
        told = {
            one.list: (one.screened, one.full_at, one.delta_at)
            for one in log.freshness(2, [*log.behind(BASE, RENEWED)], RENEWED)
        }
    assert told == {"EU": (1, "", "t4"), "UN": (2, "t1", "t4")}


def test_no_name_is_in_the_log(tmp_path: Path) -> None:
    sweep(tmp_path / "log", (FULL, "t1"), BASE)
    raw = (tmp_path / "log").read_bytes()
    assert b"Vell" not in raw
    assert b"Quorz" not in raw


def test_what_is_no_log_is_refused_and_left_as_it_is(tmp_path: Path) -> None:
    text, other = tmp_path / "text", tmp_path / "other"
    text.write_text("customers\n" * 200)
    with sqlite3.connect(other) as database:
        database.execute("CREATE TABLE mine (one TEXT)")
    database.close()
    for path, sentence in ((text, "cannot be used"), (other, "name another file"), (tmp_path, "cannot be used")):
        with pytest.raises(CustomerLogRefused, match=sentence), opened(path, writing=True):
            pytest.fail("opened")
    with pytest.raises(CustomerLogRefused, match="customers screen makes it"), opened(tmp_path / "x", writing=False):
        pytest.fail("opened")
    assert text.read_text() == "customers\n" * 200
