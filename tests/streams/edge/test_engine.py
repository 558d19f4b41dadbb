"""What a worker decides with: it never goes on with lists that nobody looks after."""

from __future__ import annotations

import gc
import time
from typing import TYPE_CHECKING

import pytest

import streams.edge.engine as module
from streams.config import Settings
from streams.edge.edition_feed import COLLECT_EVERY
from streams.edge.engine import UNWATCHED, FilterEngine
from streams.metrics import Metrics
from tests.kafka import LISTS, POLICY

if TYPE_CHECKING:
    from collections.abc import Callable


def _settings() -> Settings:
    return Settings.model_validate({"lists": LISTS, "policy": POLICY, "lists_poll_seconds": 0.05})


def _until(condition: Callable[[], bool], seconds: float = 90) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.02)


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_a_surprise_while_looking_after_the_lists_makes_the_worker_not_ready(monkeypatch: pytest.MonkeyPatch) -> None:
    engine = FilterEngine(_settings(), Metrics())
    _until(engine.ready)

    def broken(*_: object) -> object:
        raise LookupError

    monkeypatch.setattr(module, "freshness", broken)
    _until(lambda: not engine.ready())
    assert engine.problems() == [UNWATCHED]


def test_the_index_is_out_of_the_collectors_sight_once_it_is_ready() -> None:
    before = gc.get_threshold()
    engine = FilterEngine(_settings(), Metrics())
    _until(engine.ready)
    engine.close()
    try:
        assert gc.get_freeze_count() > 100_000
        assert gc.get_threshold() == COLLECT_EVERY
    finally:
        gc.unfreeze()
        gc.set_threshold(*before)
