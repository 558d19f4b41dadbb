"""An index built in another process answers the same, and takes over without stopping the threads that decide."""

from __future__ import annotations

import gc
import os
import stat
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Self

import pytest

from lists.edge.editions import import_lists, load
from lists.entry import Entry, EntryKind, ListedName, ListRefused
from lists.index import Index
from schemas.decision import EditionUsed
from streams.config import Settings
from streams.edge import handover, index_builder
from streams.edge.edition_feed import PathFeed, breathe
from streams.edge.index_builder import Job, build, cache_folder
from tests.kafka import LISTS

if TYPE_CHECKING:
    from collections.abc import Iterator

MOST_PAUSE_SECONDS = 0.05


@pytest.fixture(autouse=True)
def unfrozen() -> Iterator[None]:
    yield
    gc.unfreeze()


def settings(folder: Path, **changes: object) -> Settings:
    return Settings.model_validate({"lists": LISTS, "index_cache": folder / "cache", **changes})


def test_an_index_is_the_same_after_the_handover(tmp_path: Path) -> None:
    edition = load(LISTS)
    index = Index.build(edition.entries, edition.edition)
    asked = [name.text[:-1] for entry in edition.entries for name in entry.names]
    texts = [f"payment of {name} for goods" for name in asked]
    before = index.search(asked, 0.5), index.search_texts(texts, 0.5)
    with (tmp_path / "index").open("wb") as stream:
        handover.write(index, stream)
    again, _mapped = handover.read(tmp_path / "index", lambda: None)
    assert (again.search(asked, 0.5), again.search_texts(texts, 0.5)) == before
    assert again.edition == index.edition


def test_what_is_no_index_is_refused(tmp_path: Path) -> None:
    (tmp_path / "index").write_bytes(b"something else, and longer than a header")
    with pytest.raises(ValueError, match="is no index of this version"):
        handover.read(tmp_path / "index", lambda: None)


class Stalls:
    """A thread that decides all the time: how much of the process's time others took between two of its steps.

    In the time of the processor, so that a busy machine does not count as ours.
    """

    def __enter__(self) -> Self:
        self.worst = 0.0
        self._over = False
        self._interval = sys.getswitchinterval()
        sys.setswitchinterval(0.0005)  # as a worker does
        self._thread = threading.Thread(target=self._decide)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over = True
        self._thread.join()
        sys.setswitchinterval(self._interval)

    def _decide(self) -> None:
        last = time.process_time()
        while not self._over:
            sum(range(300))
            now = time.process_time()
            self.worst, last = max(self.worst, now - last), now


def invented(count: int) -> tuple[Entry, ...]:
    """So many people who do not exist."""
    words = [f"{a}{b}" for a in ("ka", "le", "mi", "no", "pu", "ra", "so", "ti") for b in range(1_000)]
    names = (f"{words[number % 8_000]} {words[-number % 7_919]}" for number in range(count))
    return tuple(
        Entry("INVENTED", str(number), EntryKind.PERSON, (ListedName(name),)) for number, name in enumerate(names)
    )


def test_neither_taking_over_nor_letting_go_stops_the_others(tmp_path: Path) -> None:
    entries = invented(30_000)
    with (tmp_path / "index").open("wb") as stream:
        handover.write(Index.build(entries, EditionUsed("large")), stream)
    handover.read(tmp_path / "index", lambda: None)[0].search(["ka1 le2"], 0.7)  # what is loaded once in a process
    with Stalls() as stalls:
        index, mapped = handover.read(tmp_path / "index", breathe)
        assert index.search([entries[7].name], 0.7)[0]
        handover.let_go(index, breathe)
    assert mapped > 5_000_000
    # Tracing for coverage slows everything down; `python -m tests.bench.switch` measures on real lists.
    assert stalls.worst < MOST_PAUSE_SECONDS * (4 if sys.gettrace() else 1)


def test_what_is_let_go_is_given_back(tmp_path: Path) -> None:
    people = invented(3_000)
    file = tmp_path / "large.index"
    with file.open("wb") as stream:
        handover.write(Index.build(people, EditionUsed("large")), stream)

    def mapped() -> bool:
        return str(file) in Path("/proc/self/maps").read_text("utf-8")

    index, _bytes = handover.read(file, lambda: None)
    entries = index.entries
    assert index.search([entries[0].name], 0.9)[0]
    assert index.numbers.text("no number of theirs") == []
    handover.let_go(index, lambda: None)
    del index
    assert tuple(entries) == people, "who has them keeps them"
    assert mapped()
    del entries
    assert not mapped()


def test_a_new_edition_is_built_in_a_process_of_its_own(tmp_path: Path) -> None:
    store = tmp_path / "store"
    import_lists([LISTS], store, max_drop=0.1)
    feed = PathFeed(settings(tmp_path, lists=store), lambda: load(store).imported_at)
    first = feed.offered(None)
    assert first is not None
    assert feed.offered(first.edition) is None
    current = store / "current.json"
    current.write_text(current.read_text().replace('": "20', '": "21'))
    verified = feed.offered(first.edition)
    assert verified is not None
    assert verified.index is None
    assert verified.edition.imported_at.year > first.edition.imported_at.year
    (tmp_path / "un").mkdir()
    raw = (LISTS / "un" / "consolidated.xml").read_text("utf-8").replace("2026-11-02T", "2026-11-03T")
    (tmp_path / "un" / "un.xml").write_text(raw, "utf-8")
    (tmp_path / "un" / "lists.toml").write_text(
        '[[list]]\nsource = "UN"\nfiles = ["un.xml"]\nminimum_entries = 10\nminimum_names = 10\n'
    )
    renewed = import_lists([tmp_path / "un"], store, max_drop=0.1)
    second = feed.offered(first.edition)
    assert second is not None
    assert second.index is not None
    assert second.edition.edition == renewed.edition == second.index.edition
    assert tuple(second.edition.entries) == renewed.entries


def test_the_builder_says_why_lists_are_refused(tmp_path: Path) -> None:
    (tmp_path / "lists").mkdir()
    with pytest.raises(ListRefused, match="no published list found in it"):
        build(Job(settings(tmp_path), path=tmp_path / "lists"))


def test_a_builder_that_dies_leaves_the_edition_in_use(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(index_builder, "tied", lambda _program: [sys.executable, "-c", "raise SystemExit(9)"])
    with pytest.raises(ListRefused, match="ended with 9: the edition in use stays"):
        build(Job(settings(tmp_path), path=LISTS))


def test_several_workers_start_at_once_beside_old_indexes(tmp_path: Path) -> None:
    """Each of them tidies the folder up: one that found an old index gone meanwhile ended, and waited half a minute."""
    here = settings(tmp_path)
    folder = cache_folder(here)
    yesterday = time.time() - 86_400
    old = [folder / f"old-{number}.index" for number in range(200)]
    for file in old:
        file.write_bytes(b"old")
        os.utime(file, (yesterday, yesterday))
    with ThreadPoolExecutor(3) as workers:
        built = list(workers.map(build, [Job(here, path=LISTS)] * 3))
    assert len({one.file for one in built}) == 1
    assert sum(file.exists() for file in old) == 1  # the edition before the one in use stays


def test_a_full_disk_is_one_sentence(tmp_path: Path) -> None:
    here = settings(tmp_path)
    edition = load(LISTS)
    (cache_folder(here) / f".{edition.edition.id}.lock").mkdir()
    with pytest.raises(ListRefused, match=r"the index cannot be built: Is a directory \(.*\.lock\)"):
        build(Job(here, path=LISTS))


def test_the_shared_folder_is_ours_alone(tmp_path: Path) -> None:
    folder = cache_folder(settings(tmp_path))
    assert stat.S_IMODE(folder.stat().st_mode) & 0o077 == 0
    folder.chmod(0o777)
    with pytest.raises(ListRefused, match="can be written by others"):
        cache_folder(settings(tmp_path))
    (tmp_path / "file").write_text("")
    with pytest.raises(ListRefused, match="cannot be made"):
        cache_folder(settings(tmp_path, index_cache=tmp_path / "file" / "cache"))
    assert str(os.geteuid()) in cache_folder(Settings.model_validate({"lists": LISTS})).name
