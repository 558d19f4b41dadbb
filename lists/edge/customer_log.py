"""When which customer was screened against which version of which list: evidence, and where to go on.

One SQLite file. It holds ids and hashes, no name, and who ran what when. A customer counts as screened against a list
only with its present data, the present version of the list and the present rules (policy and engine): anything else is
asked again. Each batch is committed by itself, so an interrupted sweep goes on where it stopped. Requirement: SCR-17.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from lists.customers import Customer
    from schemas.decision import EditionUsed

FULL: Final = "full"
DELTA: Final = "delta"
_SECONDS: Final = 10.0
_VERSION: Final = 1
_TABLES: Final = """
CREATE TABLE runs (run INTEGER PRIMARY KEY, mode TEXT NOT NULL, who TEXT NOT NULL, began TEXT NOT NULL, ended TEXT,
  edition TEXT NOT NULL, rules TEXT NOT NULL, customers INTEGER NOT NULL, screened INTEGER NOT NULL DEFAULT 0,
  held INTEGER NOT NULL DEFAULT 0);
CREATE TABLE lists (run INTEGER, list TEXT, version TEXT NOT NULL, PRIMARY KEY (run, list)) WITHOUT ROWID;
CREATE TABLE screened (customer TEXT PRIMARY KEY, sha256 BLOB NOT NULL, run INTEGER NOT NULL, at TEXT NOT NULL,
  full_at TEXT, held INTEGER NOT NULL) WITHOUT ROWID;
"""


class CustomerLogRefused(Exception):  # noqa: N818 - it is a refusal of the file, in one sentence
    """The log cannot be opened or written; one sentence with the way out."""


class Against(NamedTuple):
    """What a customer is screened against: the lists with their versions (hashes), and the rules (a hash)."""

    edition: str
    versions: Mapping[str, str]
    rules: str

    @classmethod
    def of(cls, edition: EditionUsed, rules: str) -> Against:
        """That of an edition."""
        return cls(edition.id, {one.id: one.sha256 for one in edition.lists}, rules)


class Sweep(NamedTuple):
    """A sweep under way: its number in the log, full or delta, and against what."""

    number: int
    mode: str
    against: Against


@dataclass(frozen=True, slots=True)
class ListFreshness:
    """One list: how many customers were screened against its present version, and when last. Times are ISO 8601, UTC.

    `full_at` is when the last whole sweep ended that asked this very version, `delta_at` the last of what had changed.
    """

    list: str
    version: str
    screened: int
    full_at: str = ""
    delta_at: str = ""


@dataclass(frozen=True, slots=True)
class Behind:
    """A customer not screened against what is in use: against which lists, why, and when it last was at all."""

    customer: str
    lists: tuple[str, ...]
    why: str
    last_at: str = ""
    last_full_at: str = ""


class _Last(NamedTuple):
    """When a customer was last screened, with which data, in which sweep."""

    sha256: bytes
    run: int
    at: str
    full_at: str | None


class CustomerLog:
    """An open log. Made by `opened`."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._db = connection

    def begin(self, mode: str, who: str, at: str, against: Against, customers: int) -> Sweep:
        """Note that a sweep begins."""
        with self._db:
            made = self._db.execute(
                "INSERT INTO runs (mode, who, began, edition, rules, customers) VALUES (?, ?, ?, ?, ?, ?)",
                (mode, who, at, against.edition, against.rules, customers),
            )
            sweep = Sweep(int(made.lastrowid or 0), mode, against)
            rows = [(sweep.number, name, version) for name, version in against.versions.items()]
            self._db.executemany("INSERT INTO lists VALUES (?, ?, ?)", rows)
        return sweep

    def note(self, sweep: Sweep, done: Sequence[tuple[Customer, bool]], at: str) -> None:
        """Note that these customers were screened, and whether somebody must look at each."""
        full_at = at if sweep.mode == FULL else None
        rows = [(one.id, one.sha256, sweep.number, at, full_at, held) for one, held in done]
        with self._db:
            self._db.executemany(
                "INSERT INTO screened VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (customer) DO UPDATE SET "
                "sha256 = excluded.sha256, run = excluded.run, at = excluded.at, held = excluded.held, "
                "full_at = coalesce(excluded.full_at, full_at)",
                rows,
            )
            self._db.execute(
                "UPDATE runs SET screened = screened + ?, held = held + ? WHERE run = ?",
                (len(done), sum(held for _, held in done), sweep.number),
            )

    def end(self, sweep: Sweep, at: str) -> None:
        """Note that the sweep asked everybody it was to ask."""
        with self._db:
            self._db.execute("UPDATE runs SET ended = ? WHERE run = ?", (at, sweep.number))

    def behind(self, customers: Sequence[Customer], against: Against) -> Iterator[Behind]:
        """Customers of the base that are not screened against what is in use, in its order."""
        sweeps, known = self._sweeps(), self._known()
        for one in customers:
            last = known.get(one.id)
            why = _why(one, last, against, sweeps)
            if why:
                reasons = ", ".join(dict.fromkeys(why.values()))
                at, full_at = (last.at, last.full_at or "") if last is not None else ("", "")
                yield Behind(one.id, tuple(why), reasons, at, full_at)

    def freshness(self, customers: int, behind: Sequence[Behind], against: Against) -> list[ListFreshness]:
        """Each list in use, in the order of names; `behind` are those of the `customers` that are not up to it."""
        late = Counter(name for one in behind for name in one.lists)
        times = self._times()
        return [
            ListFreshness(
                name,
                version,
                customers - late[name],
                times.get((name, version, FULL), ""),
                times.get((name, version, DELTA), ""),
            )
            for name, version in sorted(against.versions.items())
        ]

    def _known(self) -> dict[str, _Last]:
        found = self._db.execute("SELECT customer, sha256, run, at, full_at FROM screened")
        return {customer: _Last(*rest) for customer, *rest in found}

    def _sweeps(self) -> dict[int, tuple[str, dict[str, str]]]:
        """The rules of each sweep, and the versions of its lists."""
        sweeps: dict[int, tuple[str, dict[str, str]]] = {
            run: (rules, {}) for run, rules in self._db.execute("SELECT run, rules FROM runs")
        }
        for run, name, version in self._db.execute("SELECT run, list, version FROM lists"):
            sweeps[run][1][name] = version
        return sweeps

    def _times(self) -> dict[tuple[str, str, str], str]:
        """When the last finished sweep of each mode ended, by list and version."""
        found = self._db.execute(
            "SELECT list, version, mode, max(ended) FROM runs JOIN lists USING (run) WHERE ended IS NOT NULL "
            "GROUP BY list, version, mode"
        )
        return {(name, version, mode): ended for name, version, mode, ended in found}


def _why(
    customer: Customer, last: _Last | None, against: Against, sweeps: Mapping[int, tuple[str, Mapping[str, str]]]
) -> dict[str, str]:
    """The lists that a customer does not count as screened against, in the order of names, and why."""
    everything = sorted(against.versions)
    if last is None:
        return dict.fromkeys(everything, "never asked")
    if last.sha256 != customer.sha256:
        return dict.fromkeys(everything, "its data changed")
    rules, versions = sweeps[last.run]
    if rules != against.rules:
        return dict.fromkeys(everything, "policy or engine changed")
    return {name: "the list was renewed" for name in everything if versions.get(name) != against.versions[name]}


@contextmanager
def opened(path: Path, *, writing: bool) -> Iterator[CustomerLog]:
    """The log in this file; made where it is to be written and is not there. Raises CustomerLogRefused."""
    if not writing and not path.is_file():
        raise CustomerLogRefused(f"there is no log {path}; payment-filter customers screen makes it")
    try:
        connection = sqlite3.connect(path, timeout=_SECONDS)
        try:
            _prepare(connection, path)
            yield CustomerLog(connection)
        finally:
            connection.close()
    except sqlite3.Error as error:
        raise CustomerLogRefused(f"the log of customers {path} cannot be used: {error}") from None


def _prepare(connection: sqlite3.Connection, path: Path) -> None:
    [version] = connection.execute("PRAGMA user_version").fetchone()
    if version == _VERSION:
        return
    tables = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
    if version or tables:
        raise CustomerLogRefused(f"{path} is a database, but no log of customers of this version; name another file")
    connection.executescript(f"BEGIN; {_TABLES} PRAGMA user_version = {_VERSION}; COMMIT;")
