"""Where a worker's editions come from: a store or folder of its own, or the topics. Each new one arrives ready-made."""

from __future__ import annotations

import gc
import time
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Final, Protocol

import structlog
from confluent_kafka import Producer

from lists.edge import store
from lists.edge.editions import load
from lists.edge.loaded import LoadedEdition, LoadedList
from lists.entry import ListRefused
from lists.index import Index
from schemas.list_records import WorkerRecord
from schemas.wire import encode
from streams.edge import handover
from streams.edge.index_builder import Job, build, loaded_lists, warm
from streams.edge.list_topics import WORKER, EditionReader
from streams.topics import full_name

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from schemas.list_records import EditionRecord, RefusalRecord
    from streams.config import Settings

FOLLOW_SECONDS: Final = 2.0
SAY_SECONDS: Final = 30.0
TRY_AGAIN_SECONDS: Final = 30.0
TRY_FIRST_SECONDS: Final = 5.0
"""The same for a worker that has no edition yet: payments wait for it."""
BREATH_SECONDS: Final = 0.0002

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Offered:
    """An edition to use. `index` None: the one in use, verified again. `announced_at` "": it was not announced."""

    edition: LoadedEdition
    index: Index | None
    announced_at: str = ""
    shared_bytes: int = 0


class Feed(Protocol):
    """Offers editions, says what was refused, hears what is in use."""

    def offered(self, in_use: LoadedEdition | None) -> Offered | None:
        """What is new since the last call. Raises ListRefused where that cannot be used; the one in use then stays."""

    def refusals(self) -> Sequence[store.Refusal | RefusalRecord]:
        """Lists that were refused when they were last tried."""

    def say(self, edition: str, *, ready: bool) -> None:
        """Tell whoever looks which edition this worker decides with."""

    def close(self) -> None:
        """Leave."""


def breathe() -> None:
    """Let the threads that decide have the interpreter."""
    time.sleep(BREATH_SECONDS)


def feed_of(settings: Settings, now: Callable[[], datetime]) -> Feed:
    """The feed the settings ask for. `now` is the clock: UTC, aware."""
    return KafkaFeed(settings, now) if settings.lists_from_kafka else PathFeed(settings, now)


class PathFeed:
    """A store, or a folder of published files, looked at again and again. The first edition is made in this process."""

    def __init__(self, settings: Settings, now: Callable[[], datetime]) -> None:
        assert settings.lists is not None
        self._settings = settings
        self._now = now
        self._path: Path = settings.lists
        self._seen: object = None

    def offered(self, in_use: LoadedEdition | None) -> Offered | None:
        """Load what was written since; the id tells whether its entries are others."""
        seen = fingerprint(self._path)
        if seen == self._seen:
            return None
        self._seen = seen
        if in_use is None:
            edition = load(self._path, self._now())
            return Offered(edition, ready_index(edition))
        if store.is_store(self._path) and (current := store.current(self._path)).edition == in_use.edition.id:
            return Offered(_verified_again(in_use, current.verified), None)
        built = build(Job(self._settings, path=self._path))
        if built.edition.id == in_use.edition.id:
            return Offered(replace(in_use, lists=built.lists, imported_at=_latest(built.lists)), None)
        index, shared = handover.read(built.file, breathe)
        edition = LoadedEdition(index.entries, built.edition, _latest(built.lists), built.lists)
        return Offered(edition, index, shared_bytes=shared)

    def refusals(self) -> Sequence[store.Refusal]:
        """What the store notes; a folder notes nothing."""
        return store.refusals(self._path)

    def say(self, edition: str, *, ready: bool) -> None:
        """Nobody listens."""

    def close(self) -> None:
        """Nothing is open."""


class KafkaFeed:
    """The edition announced on the topics; a new worker needs nothing else."""

    def __init__(self, settings: Settings, now: Callable[[], datetime]) -> None:
        self._settings = settings
        self._now = now
        self._reader = EditionReader(settings)
        self._producer = Producer({**settings.kafka_options(), "enable.idempotence": True, "log_level": 0})
        self._taken: EditionRecord | None = None
        self._tried: EditionRecord | None = None
        self._not_before = 0.0
        self._said: tuple[str, bool] | None = None
        self._since = ""
        self._say_again = 0.0

    def offered(self, in_use: LoadedEdition | None) -> Offered | None:
        """Take what is announced. A failure is tried again after a while: chunks may be on their way."""
        self._reader.follow(FOLLOW_SECONDS)
        record = self._reader.board.current
        if record is None:
            raise ListRefused(
                "no edition is announced on the topics yet: run payment-filter lists publish --store, or lists refresh"
                " --publish"
            )
        if record == self._taken or (record == self._tried and time.monotonic() < self._not_before):
            return None
        pause = TRY_FIRST_SECONDS if in_use is None else TRY_AGAIN_SECONDS
        self._tried, self._not_before = record, time.monotonic() + pause
        offered = self._take(record, in_use)
        self._taken = record
        return offered

    def _take(self, record: EditionRecord, in_use: LoadedEdition | None) -> Offered:
        lists = loaded_lists(record)
        if in_use is not None and in_use.edition.id == record.edition:
            return Offered(replace(in_use, lists=lists, imported_at=_latest(lists)), None, record.announced_at)
        built = build(Job(self._settings, record=record))
        index, shared = handover.read(built.file, breathe)
        edition = LoadedEdition(index.entries, built.edition, _latest(lists), lists)
        return Offered(edition, index, record.announced_at, shared)

    def refusals(self) -> Sequence[RefusalRecord]:
        """What stands on the topic."""
        return list(self._reader.board.refusals.values())

    def say(self, edition: str, *, ready: bool) -> None:
        """Announce a change at once, and what stays every half minute: a silent worker is a dead one."""
        changed = (edition, ready) != self._said
        if not changed and time.monotonic() < self._say_again:
            self._producer.poll(0)
            return
        now = self._now().isoformat()
        if changed:
            self._said, self._since = (edition, ready), now
        self._say_again = time.monotonic() + SAY_SECONDS
        record = WorkerRecord(self._settings.slot, edition, ready, self._since, now)
        key = f"{WORKER}{self._settings.full_group}/{self._settings.slot}"
        self._producer.produce(full_name("editions", self._settings.topic_prefix), encode(record), key.encode(), 0)
        self._producer.poll(0)

    def close(self) -> None:
        """Say that this worker is gone, and leave Kafka."""
        key = f"{WORKER}{self._settings.full_group}/{self._settings.slot}"
        self._producer.produce(full_name("editions", self._settings.topic_prefix), None, key.encode(), 0)
        self._producer.flush(FOLLOW_SECONDS)
        self._reader.close()


def ready_index(edition: LoadedEdition) -> Index:
    """Build an index in this process, its memory put out of the garbage collector's sight.

    The collector would otherwise walk hundreds of megabytes that never change, again and again, within a batch.
    """
    index = Index.build(edition.entries, edition.edition)
    warm(index)
    gc.collect()
    gc.freeze()
    return index


def fingerprint(path: Path) -> object:
    """Changes whenever the file, or anything in the folder, is written. Of a store only what names the edition."""
    current = path / "current.json"
    files = [current] if current.is_file() else sorted(path.rglob("*")) if path.is_dir() else [path]
    found = []
    for file in files:
        try:
            state = file.stat()
        except OSError:
            continue
        found.append((str(file), state.st_mtime_ns, state.st_size, state.st_ino))
    return tuple(found)


def _verified_again(edition: LoadedEdition, when: Mapping[str, str]) -> LoadedEdition:
    lists = tuple(replace(one, imported_at=datetime.fromisoformat(when[one.id])) for one in edition.lists)
    return replace(edition, lists=lists, imported_at=_latest(lists))


def _latest(lists: Sequence[LoadedList]) -> datetime:
    return max(one.imported_at for one in lists)
