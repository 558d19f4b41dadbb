"""An edition store on disk: written beside, then put in place in one step; read back whole or refused."""

from __future__ import annotations

import fcntl
import gzip
import os
import shutil
import zlib
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import orjson
from pydantic import ConfigDict, TypeAdapter, ValidationError

from lists.entry import Entry, ListRefused

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

_CURRENT = "current.json"
_EDITIONS = "editions"
_ENTRIES = "entries.json.gz"
_MANIFEST = "manifest.json"
_REFUSED = "refused.json"
_LOCK = ".lock"


@dataclass(frozen=True, slots=True)
class ListInManifest:
    """One list of a stored edition, as published."""

    __pydantic_config__ = ConfigDict(extra="forbid")

    id: str
    published: str
    sha256: str
    entries: int
    names: int
    files: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a stored edition holds."""

    __pydantic_config__ = ConfigDict(extra="forbid")

    edition: str
    lists: tuple[ListInManifest, ...]


@dataclass(frozen=True, slots=True)
class Current:
    """The edition in use, and when each of its lists was last verified (ISO 8601)."""

    __pydantic_config__ = ConfigDict(extra="forbid")

    edition: str
    verified: dict[str, str]


@dataclass(frozen=True, slots=True)
class Refusal:
    """A list that was refused last time it was tried, by which gate, and when (ISO 8601); its edition in use stays."""

    __pydantic_config__ = ConfigDict(extra="forbid")

    list: str
    gate: str
    sentence: str
    at: str


def is_store(path: Path) -> bool:
    """Whether this folder is an edition store."""
    return (path / _CURRENT).is_file()


def save(path: Path, edition_id: str, entries: bytes, manifest: Manifest, current: Current) -> None:
    """Put an edition into a store and in use. A crash at any moment leaves the edition in use as it was."""
    try:
        (path / _EDITIONS).mkdir(parents=True, exist_ok=True)
        with _locked(path):
            if not (path / _EDITIONS / edition_id).is_dir():
                _write_edition(path / _EDITIONS, edition_id, entries, manifest)
            _write(path / f"{_CURRENT}.new", orjson.dumps(current, option=orjson.OPT_INDENT_2))
            (path / f"{_CURRENT}.new").replace(path / _CURRENT)
            _sync_folder(path)
    except OSError as error:
        raise ListRefused(
            f"edition store {path} cannot be written: {error.strerror}; give --store a folder that can"
        ) from error


def load(path: Path, edition_id: str = "") -> tuple[Current, Manifest, bytes, tuple[Entry, ...]]:
    """The edition in use, or the named one: its entries as they are stored, and read.

    Raises ListRefused, naming the file, where it is not as it was written.
    """
    file = path / _CURRENT
    try:
        current = TypeAdapter(Current).validate_json(file.read_bytes())
        folder = path / _EDITIONS / (edition_id or current.edition)
        file = folder / _MANIFEST
        manifest = TypeAdapter(Manifest).validate_json(file.read_bytes())
        file = folder / _ENTRIES
        with gzip.open(file) as packed:
            raw = packed.read()
        entries = _entries_adapter().validate_json(raw)
    except (OSError, EOFError, zlib.error, ValidationError) as error:
        raise ListRefused(_damaged(file)) from error
    return current, manifest, raw, entries


def current(path: Path) -> Current:
    """Which edition is in use, and when its lists were verified. Raises ListRefused where that cannot be read."""
    try:
        return TypeAdapter(Current).validate_json((path / _CURRENT).read_bytes())
    except (OSError, ValidationError) as error:
        raise ListRefused(_damaged(path / _CURRENT)) from error


def current_lists(path: Path) -> tuple[ListInManifest, ...]:
    """The lists of the edition in use, without their entries. Raises ListRefused where they cannot be read."""
    file = path / _EDITIONS / current(path).edition / _MANIFEST
    try:
        return TypeAdapter(Manifest).validate_json(file.read_bytes()).lists
    except (OSError, ValidationError) as error:
        raise ListRefused(_damaged(file)) from error


def editions(path: Path) -> list[str]:
    """The ids of all editions a store keeps, the one written last at the end."""
    kept = [folder for folder in (path / _EDITIONS).iterdir() if not folder.name.startswith(".")]
    return [folder.name for folder in sorted(kept, key=lambda folder: (folder.stat().st_mtime_ns, folder.name))]


def refusals(path: Path) -> tuple[Refusal, ...]:
    """The lists that were refused when they were last tried; none where the note is missing or damaged."""
    try:
        return TypeAdapter(tuple[Refusal, ...]).validate_json((path / _REFUSED).read_bytes())
    except (OSError, ValidationError):
        return ()


def note_refusals(path: Path, standing: Sequence[Refusal]) -> None:
    """Replace that note in one step."""
    with _locked(path):
        _write(path / f"{_REFUSED}.new", orjson.dumps(standing, option=orjson.OPT_INDENT_2))
        (path / f"{_REFUSED}.new").replace(path / _REFUSED)


def _damaged(file: Path) -> str:
    return f"{file} is missing or damaged: import the lists into a new folder (payment-filter lists import --store)"


@cache
def _entries_adapter() -> TypeAdapter[tuple[Entry, ...]]:
    return TypeAdapter(tuple[Entry, ...])


def _write_edition(editions: Path, edition_id: str, entries: bytes, manifest: Manifest) -> None:
    beside = editions / f".{edition_id}.new"
    shutil.rmtree(beside, ignore_errors=True)
    beside.mkdir()
    # No time in the gzip header: the same edition is the same bytes.
    _write(beside / _ENTRIES, gzip.compress(entries, compresslevel=5, mtime=0))
    _write(beside / _MANIFEST, orjson.dumps(manifest, option=orjson.OPT_INDENT_2))
    _sync_folder(beside)
    beside.rename(editions / edition_id)
    _sync_folder(editions)


def _write(file: Path, content: bytes) -> None:
    with file.open("wb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    """Two imports at once come one after the other."""
    with (path / _LOCK).open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
