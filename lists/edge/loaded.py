"""An edition in memory: all entries, and what they are."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

import orjson

from lists.edge.folder import Skipped
from lists.entry import Entry
from schemas.decision import EditionUsed, ListUsed

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lists.edge.store import ListInManifest
    from schemas.list_records import ListVersion

_ID_LENGTH = 16


@dataclass(frozen=True, slots=True)
class LoadedList:
    """One list of an edition. `sha256` is that of the published bytes, all parts; `imported_at` of its verification."""

    id: str
    published: str
    sha256: str
    entries: int
    names: int
    imported_at: datetime
    files: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LoadedEdition:
    """All entries, and what they are: ready for `Index.build(loaded.entries, loaded.edition)`."""

    entries: Sequence[Entry]
    edition: EditionUsed
    imported_at: datetime
    lists: tuple[LoadedList, ...]
    skipped: tuple[Skipped, ...] = ()


def loaded_list(one: ListInManifest | ListVersion, verified_at: str) -> LoadedList:
    """A list as a store or the topics keep it, with the moment it was verified (ISO 8601)."""
    return LoadedList(
        one.id, one.published, one.sha256, one.entries, one.names, datetime.fromisoformat(verified_at), one.files
    )


def assemble(
    entries: tuple[Entry, ...],
    lists: tuple[LoadedList, ...],
    skipped: tuple[Skipped, ...] = (),
    *,
    raw: bytes | None = None,
) -> LoadedEdition:
    """Make an edition, its lists in the order of their ids. `raw`: the entries as they are stored already.

    The id is a hash of what the edition holds, so the same files give the same id in a store and in a folder. Stored
    bytes are hashed as they stand: a later version of Entry with more fields must not make an old edition another.
    """
    used = tuple(ListUsed(one.id, one.published, one.sha256, one.entries) for one in lists)
    digest = hashlib.sha256(orjson.dumps(used))
    digest.update(orjson.dumps(entries) if raw is None else raw)
    return LoadedEdition(
        entries,
        EditionUsed(digest.hexdigest()[:_ID_LENGTH], used),
        max(one.imported_at for one in lists),
        lists,
        skipped,
    )


def renewed(
    previous: LoadedEdition | None, fresh: Iterable[tuple[LoadedList, Iterable[Entry]]], skipped: tuple[Skipped, ...]
) -> LoadedEdition:
    """The edition of these lists and, for all others, of what the previous one holds; they keep the age they have."""
    lists: dict[str, LoadedList] = {}
    entries: dict[str, list[Entry]] = {}
    for one in previous.lists if previous is not None else ():
        lists[one.id], entries[one.id] = one, []
    for entry in previous.entries if previous is not None else ():
        entries[entry.list].append(entry)
    for one, its in fresh:
        lists[one.id], entries[one.id] = one, list(its)
    order = sorted(lists)
    return assemble(
        tuple(entry for list_id in order for entry in entries[list_id]), tuple(map(lists.__getitem__, order)), skipped
    )
