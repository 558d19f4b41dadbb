"""When which customer was screened against which version of which list: evidence, and where to go on.

One SQLite file. It holds ids and hashes, no name, and who ran what when. A customer counts as screened against a list
only with its present data, the present version of the list and the present rules (policy and engine): anything else is
asked again. Each batch is committed by itself, so an interrupted sweep goes on where it stopped. Requirement: SCR-17.
"""

from __future__ import annotations

import sqlite3
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
CREATE TABLE screened (customer TEXT, list TEXT, sha256 TEXT NOT NULL, version TEXT NOT NULL, rules TEXT NOT NULL,
  full_at TEXT, delta_at TEXT, held INTEGER NOT NULL, PRIMARY KEY (customer, list)) WITHOUT ROWID;
CREATE TABLE lists (run INTEGER, list TEXT, version TEXT NOT NULL, PRIMARY KEY (run, list)) WITHOUT ROWID;
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


class _Row(NamedTuple):
    sha256: str
    version: str
    rules: str
    full_at: str | None
    delta_at: str | None


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
        against = sweep.against
        full, delta = (at, None) if sweep.mode == FULL else (None, at)
        rows = [
            (one.id, name, one.sha256, version, against.rules, full, delta, held)
            for one, held in done
            for name, version in against.versions.items()
        ]
        with self._db:
            self._db.executemany(
                "INSERT INTO screened VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (customer, list) DO UPDATE SET "
                "sha256 = excluded.sha256, version = excluded.version, rules = excluded.rules, held = excluded.held, "
                "full_at = coalesce(excluded.full_at, full_at), delta_at = coalesce(excluded.delta_at, delta_at)",
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
        known = self._known()
        for one in customers:
            rows = known.get(one.id, {})
            missing = {name: _why(rows.get(name), one, version, against) for name, version in against.versions.items()}
            late = tuple(sorted(name for name, why in missing.items() if why))
            if late:
                times = [time for row in rows.values() for time in (row.full_at, row.delta_at) if time]
                reasons = dict.fromkeys(missing[name] for name in late)
                yield Behind(one.id, late, ", ".join(reasons), max(times, default=""))

    def freshness(self, customers: Sequence[Customer], against: Against) -> list[ListFreshness]:
        """Each list in use, in the order of names."""
        known = self._known()
        times = self._times()
        return [
            ListFreshness(
                name,
                version,
                sum(not _why(known.get(one.id, {}).get(name), one, version, against) for one in customers),
                times.get((name, version, FULL), ""),
                times.get((name, version, DELTA), ""),
            )
            for name, version in sorted(against.versions.items())
        ]

    def _known(self) -> dict[str, dict[str, _Row]]:
        known: dict[str, dict[str, _Row]] = {}
        for customer, name, *row in self._db.execute(
            "SELECT customer, list, sha256, version, rules, full_at, delta_at FROM screened"
        ):
            known.setdefault(customer, {})[name] = _Row(*row)
        return known

    def _times(self) -> dict[tuple[str, str, str], str]:
        """When the last finished sweep of each mode ended, by list and version."""
        found = self._db.execute(
            "SELECT list, version, mode, max(ended) FROM runs JOIN lists USING (run) WHERE ended IS NOT NULL "
            "GROUP BY list, version, mode"
        )
        return {(name, version, mode): ended for name, version, mode, ended in found}


def _why(row: _Row | None, customer: Customer, version: str, against: Against) -> str:
    """Why a customer does not count as screened against this list; "" where it does."""
    if row is None:
        return "never asked"
    if row.sha256 != customer.sha256:
        return "its data changed"
    if row.version != version:
        return "the list was renewed"
    return "" if row.rules == against.rules else "policy or engine changed"


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
