"""A process of its own that makes the index of an edition, so that the worker goes on deciding meanwhile.

The index goes into a folder that all workers of the machine share: the first one's builder makes it, the others take
it as it is. `build` starts the process and waits; `main` is the process.
"""

from __future__ import annotations

import fcntl
import hashlib
import heapq
import os
import pickle
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Final

from lists.edge.editions import load
from lists.edge.loaded import LoadedList, loaded_list
from lists.entry import ListRefused
from lists.index import Background, Index
from schemas.decision import EditionUsed, ListUsed
from schemas.list_records import EditionRecord
from streams.config import Settings
from streams.edge import handover
from streams.edge.child import tied
from streams.edge.errors import BrokerRefused

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from contextlib import AbstractContextManager

    from lists.entry import Entry

WARM_WORDS: Final = 20_000
"""The most frequent words of ordinary names: what an index has met once, it answers far faster."""

_PATIENCE_SECONDS: Final = 600.0
_KEPT: Final = 2  # the edition in use and the one before it: a worker that lags may still take that
_KEPT_SECONDS: Final = 3_600.0
_ROOT: Final = Path(__file__).resolve().parents[2]


@dataclass(frozen=True, slots=True)
class Job:
    """What to build: the lists at a path, or the edition announced on Kafka."""

    settings: Settings
    path: Path | None = None
    record: EditionRecord | None = None


@dataclass(frozen=True, slots=True)
class Built:
    """An edition whose index stands in a file, ready to be taken over (handover.read)."""

    edition: EditionUsed
    lists: tuple[LoadedList, ...]
    file: Path


def build(job: Job) -> Built:
    """Have it built. Raises ListRefused, in one sentence, where the lists are refused or the process failed."""
    paths = os.pathsep.join(path for path in (str(_ROOT), *sys.path) if path)
    done = subprocess.run(
        tied([sys.executable, "-c", "from streams.edge.index_builder import main; main()"]),
        input=pickle.dumps(job),
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": paths},
        timeout=_PATIENCE_SECONDS,
        check=False,
    )
    if done.returncode:
        raise ListRefused(
            f"the process that builds the index ended with {done.returncode}: the edition in use stays; its last words"
            " stand in the log"
        )
    answer = pickle.loads(done.stdout)  # noqa: S301 - our own child's answer, over its own pipe
    if isinstance(answer, str):
        raise ListRefused(answer)
    assert isinstance(answer, Built)
    return answer


def warm(index: Index) -> None:
    """Let an index meet ordinary words."""
    index.search(ordinary_words(), floor=1.0)


def ordinary_words() -> list[str]:
    """The most frequent words of ordinary names, the most frequent first."""
    counts = Background.shipped().counts
    return heapq.nlargest(WARM_WORDS, counts, key=lambda word: (counts[word], word))


def main() -> None:
    """Read the job from standard input, answer on standard output: what was built, or why not."""
    job = pickle.load(sys.stdin.buffer)  # noqa: S301 - our own parent's job, over its own pipe
    answer: Built | str
    try:
        answer = _build(job)
    except (ListRefused, BrokerRefused) as refused:
        answer = str(refused)
    except OSError as error:  # a full disk, say
        answer = (
            f"the index cannot be built: {error.strerror or error} ({error.filename or cache_folder(job.settings)})"
        )
    sys.stdout.buffer.write(pickle.dumps(answer))


def cache_folder(settings: Settings) -> Path:
    """The folder the workers of this machine share; made for this user alone. Raises ListRefused for another's.

    Who could write there could make a worker run anything: it holds pickles.
    """
    folder = settings.index_cache or Path(tempfile.gettempdir()) / f"payment-filter-{os.geteuid()}"
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        state = folder.stat()
    except OSError as error:
        raise ListRefused(f"{folder} cannot be made ({error.strerror}): set PAYMENT_FILTER_INDEX_CACHE") from error
    if state.st_uid != os.geteuid() or state.st_mode & 0o022:
        raise ListRefused(
            f"{folder} can be written by others: delete it, or set PAYMENT_FILTER_INDEX_CACHE to a folder of one's own"
        )
    return folder


def _build(job: Job) -> Built:
    folder = cache_folder(job.settings)
    if job.record is not None:
        return _from_kafka(job.settings, job.record, folder)
    assert job.path is not None
    edition = load(job.path, datetime.now(UTC))
    return Built(edition.edition, edition.lists, _index_file(folder, edition.edition, lambda: edition.entries))


def _from_kafka(settings: Settings, record: EditionRecord, folder: Path) -> Built:
    from streams.edge.list_topics import fetch  # noqa: PLC0415 - Kafka's client only where it is used

    used = EditionUsed(
        record.edition, tuple(ListUsed(one.id, one.published, one.sha256, one.entries) for one in record.lists)
    )
    return Built(used, loaded_lists(record), _index_file(folder, used, lambda: fetch(settings, record)))


def loaded_lists(record: EditionRecord) -> tuple[LoadedList, ...]:
    """The lists of an announced edition, with the moments they were verified."""
    return tuple(loaded_list(one, one.verified_at) for one in record.lists)


def _index_file(folder: Path, used: EditionUsed, entries: Callable[[], Sequence[Entry]]) -> Path:
    """The file of this edition's index, made if it is not there; of several builders one makes it, the others wait."""
    file = folder / f"{used.id}-{_fingerprint()}.index"
    with _locked(folder / f".{used.id}.lock"):
        if not _used_now(file):
            index = Index.build(tuple(entries()), used)
            index.learn(ordinary_words())
            beside = file.with_suffix(".new")
            with beside.open("wb") as stream:
                handover.write(index, stream)
            beside.replace(file)
    _forget_old(folder)
    return file


def _used_now(file: Path) -> bool:
    """Whether it is there; if so nobody forgets it before whoever asked has mapped it."""
    with _tidying(file.parent):
        if there := file.exists():
            os.utime(file)
    return there


def _forget_old(folder: Path) -> None:
    """Old indexes go; whoever has one mapped keeps it."""
    with _tidying(folder):
        files = sorted(folder.glob("*.index"), key=lambda file: file.stat().st_mtime, reverse=True)
        for file in files[_KEPT:]:
            if time.time() - file.stat().st_mtime > _KEPT_SECONDS:
                file.unlink()


def _tidying(folder: Path) -> AbstractContextManager[None]:
    """One builder at a time says what is used and what goes: several workers start at once on a machine."""
    return _locked(folder / ".tidying.lock")


def _fingerprint() -> str:
    """Changes with every byte of our own code and tables, and with the libraries whose objects an index holds."""
    digest = hashlib.sha256(f"{sys.version} {version('numpy')} {version('scipy')}".encode())
    for package in ("lists", "schemas"):
        for file in sorted((_ROOT / package).rglob("*")):
            if file.suffix in {".py", ".toml", ".tsv", ".gz", ".so"} and file.is_file():
                digest.update(file.read_bytes())
    return digest.hexdigest()[:16]


@contextmanager
def _locked(file: Path) -> Iterator[None]:
    with file.open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
