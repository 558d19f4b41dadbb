"""What an engine tells of itself: lists and policy in use, what it refused, and the gauges that follow."""

from __future__ import annotations

import shutil
from datetime import UTC, date, datetime
from itertools import product
from typing import TYPE_CHECKING, get_args

import pytest

from lists.edge import store
from lists.edge.editions import import_lists
from lists.edge.gates import Gate
from streams.config import Settings
from streams.edge.engine import FilterEngine
from streams.edge.state import REFUSALS_KEPT, Refused
from streams.metrics import Metrics
from tests.kafka import LISTS, POLICY, wait_until

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

REFUSED = ("edition", "load")
LIST_IDS = ("EU", "OFAC_NON_SDN", "OFAC_SDN", "UN")


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A folder with lists and a policy of the test's own."""
    shutil.copytree(LISTS, tmp_path / "lists")
    shutil.copy(POLICY, tmp_path / "policy.toml")
    return tmp_path


@pytest.fixture
def metrics() -> Metrics:
    return Metrics()


@pytest.fixture
def engine(place: Path, metrics: Metrics) -> Iterator[FilterEngine]:
    given = {"lists": place / "lists", "policy": place / "policy.toml", "lists_poll_seconds": 0.05}
    engine = FilterEngine(Settings.model_validate(given), metrics)
    wait_until(engine.ready, 90, "the engine is ready")
    yield engine
    engine.close()


def test_it_tells_which_lists_and_policy_are_in_use(engine: FilterEngine, metrics: Metrics) -> None:
    wait_until(lambda: bool(metrics.values("payment_filter_policy_info")), 10, "the gauges are set")
    state = engine.state()
    assert {one.id: one.required for one in state.lists} == {
        "EU": True,
        "OFAC_NON_SDN": False,
        "OFAC_SDN": True,
        "UN": True,
    }
    assert all(one.maximum_age_seconds == 86_400 for one in state.lists)
    assert metrics.values("payment_filter_edition_info") == {(state.edition,): 1}
    assert metrics.values("payment_filter_list_maximum_age_seconds")[("EU",)] == 86_400
    refusals = metrics.values("payment_filter_list_refusals_total")
    assert set(refusals) == {REFUSED, *product(LIST_IDS, get_args(Gate))}  # a rate sees the first step from 0 only
    assert set(refusals.values()) == {0}
    used = state.policy
    assert used is not None
    assert metrics.values("payment_filter_policy_info") == {(used.id, used.version, used.sha256): 1}
    assert state.refused == ()
    due = datetime.combine(date(2027, 4, 30), datetime.min.time(), UTC)
    assert metrics.values("payment_filter_policy_review_timestamp_seconds") == {(): due.timestamp()}


def test_a_refused_edition_is_told_and_counted_and_the_one_in_use_stays(
    engine: FilterEngine, metrics: Metrics, place: Path
) -> None:
    before = engine.state().edition
    (place / "lists" / "un" / "consolidated.xml").write_text("<cut", encoding="utf-8")
    wait_until(lambda: bool(engine.state().refused), 30, "the edition is refused")
    state = engine.state()
    assert state.edition == before
    assert state.refused[0].what == "lists"
    assert metrics.values("payment_filter_list_refusals_total")[REFUSED] >= 1
    assert engine.ready()


def test_what_the_lists_job_refused_is_told_and_counted(place: Path, metrics: Metrics) -> None:
    at = datetime(2026, 11, 22, 3, 4, tzinfo=UTC)
    import_lists([place / "lists"], place / "store", max_drop=0.1)
    store.note_refusals(place / "store", [store.Refusal("UN", "count", "UN holds too few", at.isoformat())])
    given = {"lists": place / "store", "policy": place / "policy.toml", "lists_poll_seconds": 0.05}
    engine = FilterEngine(Settings.model_validate(given), metrics)
    try:
        wait_until(engine.ready, 90, "the engine is ready")
        assert engine.state().refused == (Refused(at, "list UN", ("UN holds too few",)),)
        assert metrics.values("payment_filter_list_refusals_total")["UN", "count"] == 1
    finally:
        engine.close()


def test_the_same_refused_policy_is_told_once_and_the_latest_come_first(engine: FilterEngine, place: Path) -> None:
    engine.close()  # from here on this test alone looks after the policy
    engine._thread.join(30)
    policy = place / "policy.toml"
    for number in range(REFUSALS_KEPT + 2):
        policy.write_text(f"[policy]\nid = {number}\n", encoding="utf-8")
        seen = [one.problems for one in engine.state().refused]
        engine.refresh()
        engine.refresh()
        assert len(engine.state().refused) <= REFUSALS_KEPT, seen
    told = engine.state().refused
    assert len(told) == len({one.problems for one in told})
    assert [one.at for one in told] == sorted((one.at for one in told), reverse=True)
    assert not engine.ready()
