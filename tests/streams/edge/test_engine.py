"""What a worker decides with: it never goes on with lists that nobody looks after."""

from __future__ import annotations

import gc
import shutil
import time
from typing import TYPE_CHECKING

import orjson
import pytest

import streams.edge.engine as module
from lists.edge import store as stores
from lists.edge.editions import import_lists, load
from lists.edge.loaded import assemble
from streams.config import Settings
from streams.edge.engine import UNWATCHED, FilterEngine
from streams.metrics import Metrics
from tests.kafka import LISTS, POLICY

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def _settings(**changes: object) -> Settings:
    return Settings.model_validate({"lists": LISTS, "policy": POLICY, "lists_poll_seconds": 0.05} | changes)


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
    engine.close()  # waits for the thread, so that its surprise is told within this test


def test_the_index_is_out_of_the_collectors_sight_once_it_is_ready() -> None:
    engine = FilterEngine(_settings(), Metrics())
    _until(engine.ready)
    engine.close()
    try:
        assert gc.get_freeze_count() > 100_000
    finally:
        gc.unfreeze()


def test_an_edition_that_would_stop_the_worker_is_refused(tmp_path: Path) -> None:
    store = tmp_path / "store"
    import_lists([LISTS], store, max_drop=0.1)
    engine = FilterEngine(_settings(lists=store, index_cache=tmp_path / "cache"), Metrics())
    _until(engine.ready)
    shutil.rmtree(store)
    only_un = load(LISTS)
    un = [entry for entry in only_un.entries if entry.list == "UN"]
    [one] = [one for one in only_un.lists if one.id == "UN"]
    lacking = assemble(tuple(un), (one,))
    stores.save(
        store,
        lacking.edition.id,
        orjson.dumps(lacking.entries),
        stores.Manifest(
            lacking.edition.id,
            (stores.ListInManifest(one.id, one.published, one.sha256, one.entries, one.names, one.files),),
        ),
        stores.Current(lacking.edition.id, {"UN": one.imported_at.isoformat()}),
    )
    _until(lambda: any("EU is required" in problem for problem in engine._lists_refused))
    assert engine.ready()
    engine.close()
