"""Editions: published files, verified, become one immutable version of all lists; the last good one always stays.

A store is a folder: `editions/<id>/` holds `entries.json.gz` and `manifest.json` and never changes; `current.json`
names the edition in use and when each list was last verified, and is replaced in one step.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import orjson

from lists.edge import store
from lists.edge.folder import FoundList, Skipped, find_lists
from lists.edge.gates import Passed, Refused, judged, worse
from lists.edge.loaded import LoadedEdition, LoadedList, assemble, loaded_list, renewed
from lists.entry import ListRefused

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence
    from pathlib import Path

    Check = Callable[[LoadedEdition, LoadedEdition | None], Sequence[Refused]]
    """Looks at a whole new edition, beside the one in use: what speaks against which of its lists."""

__all__ = ["LoadedEdition", "LoadedList", "Renewal", "from_store", "import_lists", "load", "renew"]


@dataclass(frozen=True, slots=True)
class Renewal:
    """The edition in use after new lists were judged, and those that were not taken."""

    edition: LoadedEdition
    refused: tuple[Refused, ...]


def load(path: Path, now: datetime | None = None) -> LoadedEdition:
    """The edition in use of a store, or one made of a folder (or file) of published lists.

    A published list that searching a folder finds and that is not whole is left out and told among the skipped files;
    where the policy requires it, `freshness` then says it is missing, and nothing is decided. Raises ListRefused with
    every problem named where a declared or own list is refused, or nothing is usable.
    """
    if store.is_store(path):
        return from_store(path)
    found, skipped = _found([path])
    passed, refused = _judged(found, now or datetime.now(UTC))
    searched = {one.source: one.files for one in found if not one.asked_for}
    _refuse_if([one for one in refused if not passed or one.list not in searched])
    left_out = [Skipped(str(searched[one.list][0]), one.sentence) for one in refused]
    return renewed(None, ((one.list, one.entries) for one in passed), (*skipped, *left_out))


def import_lists(
    paths: Sequence[Path],
    store_path: Path,
    *,
    max_drop: float,
    now: datetime | None = None,
    check: Check | None = None,
) -> LoadedEdition:
    """Verify published files and put them in use; lists they do not hold stay as they are in the store.

    Raises ListRefused with every problem named, and leaves the store as it was: who imports is there to look at them.
    Only a list that searching a folder found, and that the store never held, is left out and told among the skipped.
    """
    found, skipped = _found(paths)
    held = {one.id for one in store.current_lists(store_path)} if store.is_store(store_path) else set()
    new = {one.source: one.files[0] for one in found if not one.asked_for and one.source not in held}
    renewal = renew(found, store_path, skipped, max_drop=max_drop, now=now, check=check, all_or_none=set(new))
    told = tuple(Skipped(str(new[one.list]), one.sentence) for one in renewal.refused)
    return replace(renewal.edition, skipped=renewal.edition.skipped + told)


def renew(  # noqa: PLR0913 - the gates' own figures, each by its name
    found: Sequence[FoundList],
    store_path: Path,
    skipped: Sequence[Skipped] = (),
    *,
    max_drop: float,
    now: datetime | None = None,
    check: Check | None = None,
    all_or_none: Collection[str] | None = None,
    refused_before: Sequence[Refused] = (),
) -> Renewal:
    """Judge new lists and put those that pass in use; each that is refused stays as it is in the store.

    `refused_before` are lists that did not even arrive. Raises ListRefused where nothing could be in use, or, with
    `all_or_none`, where any list but those is refused; the store is then as it was, but for the note of what was.
    """
    now = now or datetime.now(UTC)
    previous = from_store(store_path) if store.is_store(store_path) else None
    passed, refused = _judged(found, now)
    refused = [*refused_before, *refused]
    if previous is not None:
        refused += worse(previous, [one.list for one in passed], max_drop)
    edition, passed, refused = _without_refused(previous, passed, refused, tuple(skipped), check)
    noted = [one for one in refused if one.list not in (all_or_none or ())]
    if edition is None or (all_or_none is not None and noted):
        _note_refusals(store_path, noted, now)
        _refuse_if(refused)
    assert edition is not None
    store.save(store_path, edition.edition.id, orjson.dumps(edition.entries), _manifest(edition), _current(edition))
    _note_refusals(store_path, noted, now, accepted=[one.list.id for one in passed])
    return Renewal(edition, tuple(refused))


def from_store(path: Path, edition_id: str = "") -> LoadedEdition:
    """An edition of a store, the one in use unless another is named. Raises ListRefused where it is damaged."""
    current, manifest, raw, entries = store.load(path, edition_id)
    unknown = datetime.fromtimestamp(0, UTC).isoformat()
    lists = tuple(loaded_list(one, current.verified.get(one.id, unknown)) for one in manifest.lists)
    loaded = assemble(entries, lists, raw=raw)
    if loaded.edition.id != (edition_id or current.edition):
        raise ListRefused(
            f"{path}: the entries of edition {edition_id or current.edition} were changed: import the lists"
            " into a new folder (payment-filter lists import --store)"
        )
    return loaded


def _found(paths: Sequence[Path]) -> tuple[list[FoundList], list[Skipped]]:
    found, skipped = find_lists(paths)
    if not found:
        raise ListRefused(
            f"{', '.join(map(str, paths))}: no published list found in it: give files of OFAC, UN or EU as published"
            " (lists/README.md)"
        )
    return found, skipped


def _judged(found: Sequence[FoundList], now: datetime) -> tuple[list[Passed], list[Refused]]:
    answers = [judged(one, now) for one in found]
    return [one for one in answers if isinstance(one, Passed)], [one for one in answers if isinstance(one, Refused)]


def _without_refused(
    previous: LoadedEdition | None,
    passed: list[Passed],
    refused: list[Refused],
    skipped: tuple[Skipped, ...],
    check: Check | None,
) -> tuple[LoadedEdition | None, list[Passed], list[Refused]]:
    """The new edition, without the lists that are refused on their own or by a look at the whole."""
    no = {one.list for one in refused}
    passed = [one for one in passed if one.list.id not in no]
    if previous is None and not passed:
        return None, passed, refused
    edition = renewed(previous, ((one.list, one.entries) for one in passed), skipped)
    if check is None or (previous is not None and edition.edition.id == previous.edition.id):
        return edition, passed, refused
    new = {one.list.id for one in passed}
    more = [one for one in check(edition, previous) if one.list in new]
    if not more:
        return edition, passed, refused
    return _without_refused(previous, passed, [*refused, *more], skipped, check=None)


def _note_refusals(path: Path, refused: Sequence[Refused], now: datetime, accepted: Sequence[str] = ()) -> None:
    """Keep in the store, if there is one, what was refused and when, until the list is accepted again."""
    if not store.is_store(path):
        return
    standing = {one.list: one for one in store.refusals(path) if one.list not in accepted}
    for one in refused:
        standing[one.list] = store.Refusal(one.list, one.gate, one.sentence, now.isoformat())
    store.note_refusals(path, sorted(standing.values(), key=lambda one: one.list))


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


def _refuse_if(refused: Sequence[Refused]) -> None:
    if refused:
        raise ListRefused("\n".join(one.sentence for one in refused))
