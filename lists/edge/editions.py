"""Editions: published files, verified, become one immutable version of all lists; the last good one always stays.

A store is a folder: `editions/<id>/` holds `entries.json.gz` and `manifest.json` and never changes; `current.json`
names the edition in use and when each list was last verified, and is replaced in one step.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import orjson

from lists.edge import store
from lists.edge.folder import FoundList, Skipped, find_lists
from lists.entry import Entry, ListRefused
from schemas.decision import EditionUsed, ListUsed

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

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

    entries: tuple[Entry, ...]
    edition: EditionUsed
    imported_at: datetime
    lists: tuple[LoadedList, ...]
    skipped: tuple[Skipped, ...] = ()


def load(path: Path, now: datetime | None = None) -> LoadedEdition:
    """The edition in use of a store, or one made of a folder (or file) of published lists.

    Raises ListRefused with every problem named: damaged or cut files, too few entries, nothing usable.
    """
    if store.is_store(path):
        return from_store(path)
    return _edition([path], now or datetime.now(UTC))


def import_lists(
    paths: Sequence[Path],
    store_path: Path,
    *,
    max_drop: float,
    now: datetime | None = None,
    check: Callable[[LoadedEdition], Sequence[str]] | None = None,
) -> LoadedEdition:
    """Verify published files and put them in use; lists they do not hold stay as they are in the store.

    `check` may look at the whole new edition and name problems (a run of its names against itself). Raises ListRefused
    with every problem named, and leaves the store as it was.
    """
    fresh = _edition(paths, now or datetime.now(UTC))
    previous = from_store(store_path) if store.is_store(store_path) else None
    if previous is not None:
        _refuse_if(_worse_than(previous, fresh, max_drop))
        fresh = _carried_over(previous, fresh)
    _refuse_if([] if check is None else list(check(fresh)))
    store.save(store_path, fresh.edition.id, orjson.dumps(fresh.entries), _manifest(fresh), _current(fresh))
    return fresh


def from_store(path: Path) -> LoadedEdition:
    """The edition in use of a store. Raises ListRefused where it is damaged."""
    current, manifest, entries = store.load(path)
    verified = {list_id: datetime.fromisoformat(when) for list_id, when in current.verified.items()}
    lists = tuple(
        LoadedList(one.id, one.published, one.sha256, one.entries, one.names, verified[one.id], one.files)
        for one in manifest.lists
    )
    loaded = _assemble(entries, lists)
    if loaded.edition.id != current.edition:
        raise ListRefused(f"{path}: the entries of edition {current.edition} were changed: import the lists again")
    return loaded


def _edition(paths: Sequence[Path], now: datetime) -> LoadedEdition:
    found, skipped = find_lists(paths)
    if not found:
        raise ListRefused(
            f"{', '.join(map(str, paths))}: no published list found in it: give files of OFAC, UN or EU as published"
            " (lists/README.md)"
        )
    problems: list[str] = []
    entries: list[Entry] = []
    lists: list[LoadedList] = []
    for one in found:
        try:
            parsed, loaded = _verified(one, now)
        except ListRefused as refused:
            problems.append(f"{one.source} ({', '.join(map(str, one.files))}): {refused}")
        else:
            entries += parsed
            lists.append(loaded)
    _refuse_if(problems)
    return _assemble(tuple(entries), tuple(lists), tuple(skipped))


def _verified(found: FoundList, now: datetime) -> tuple[list[Entry], LoadedList]:
    """The entries of one list, after the gates that need no earlier edition."""
    entries = list(found.format.parse(found.parts, found.source))
    names = sum(len(entry.names) for entry in entries)
    for what, count, least in (("entries", len(entries), found.minimum_entries), ("names", names, found.minimum_names)):
        if count < least:
            raise ListRefused(
                f"holds {count:,} {what} where at least {least:,} are expected of a list of"
                f" {found.published or 'today'}: it is cut short; fetch it again (an older list says its day in its"
                " folder's name, a small one is declared in a lists.toml: lists/README.md)"
            )
    reference, times = Counter(entry.reference for entry in entries).most_common(1)[0] if entries else ("", 0)
    if times > 1:
        raise ListRefused(f"entry {reference} stands in it {times} times: the file is damaged, fetch it again")
    digest = hashlib.sha256()
    for part in sorted(found.parts):
        digest.update(found.parts[part])
    files = tuple(map(str, found.files))
    loaded = LoadedList(found.source, found.published, digest.hexdigest(), len(entries), names, now, files)
    return entries, loaded


def _assemble(
    entries: tuple[Entry, ...], lists: tuple[LoadedList, ...], skipped: tuple[Skipped, ...] = ()
) -> LoadedEdition:
    """The id is a hash of what the edition holds, so the same files give the same id in a store and in a folder."""
    used = tuple(ListUsed(one.id, one.published, one.sha256, one.entries) for one in lists)
    digest = hashlib.sha256(orjson.dumps(used))
    digest.update(orjson.dumps(entries))
    return LoadedEdition(
        entries,
        EditionUsed(digest.hexdigest()[:_ID_LENGTH], used),
        max(one.imported_at for one in lists),
        lists,
        skipped,
    )


def _worse_than(previous: LoadedEdition, fresh: LoadedEdition, max_drop: float) -> list[str]:
    """What speaks against putting new lists in the place of those in use."""
    problems = []
    in_use = {one.id: one for one in previous.lists}
    for one in fresh.lists:
        old = in_use.get(one.id)
        if old is None:
            continue
        if one.entries < old.entries * (1 - max_drop):
            problems.append(
                f"{one.id} would shrink from {old.entries:,} entries to {one.entries:,}, more than the {max_drop:.0%}"
                " the policy allows (max_drop): the edition in use stays; fetch the list again"
            )
        if one.published and one.published < old.published:
            problems.append(
                f"{one.id} of {one.published} is older than the one in use ({old.published}): the edition in use stays"
            )
    return problems


def _carried_over(previous: LoadedEdition, fresh: LoadedEdition) -> LoadedEdition:
    renewed = {one.id for one in fresh.lists}
    lists = sorted((*fresh.lists, *(one for one in previous.lists if one.id not in renewed)), key=lambda one: one.id)
    of: dict[str, list[Entry]] = {one.id: [] for one in lists}
    for entry in (*fresh.entries, *(entry for entry in previous.entries if entry.list not in renewed)):
        of[entry.list].append(entry)
    return _assemble(tuple(entry for one in lists for entry in of[one.id]), tuple(lists), fresh.skipped)


def _manifest(edition: LoadedEdition) -> store.Manifest:
    return store.Manifest(
        edition.edition.id,
        tuple(
            store.ListInManifest(one.id, one.published, one.sha256, one.entries, one.names, one.files)
            for one in edition.lists
        ),
    )


def _current(edition: LoadedEdition) -> store.Current:
    return store.Current(edition.edition.id, {one.id: one.imported_at.isoformat() for one in edition.lists})


def _refuse_if(problems: Sequence[str]) -> None:
    if problems:
        raise ListRefused("\n".join(problems))
