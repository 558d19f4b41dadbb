"""Renew the lists from their publishers: each is fetched, judged and taken, or left as it is, by itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from lists.edge.download import Downloaded, Downloader, shown
from lists.edge.editions import Renewal, renew
from lists.edge.folder import FoundList
from lists.edge.gates import Refused, hash_problem, published_hash
from lists.entry import ListRefused
from lists.formats import by_name
from lists.formats.packed import unpacked
from lists.formats.reading import refuse_no_list

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from lists.edge.editions import Check
    from lists.edge.sources import Source
    from lists.formats.parts import ListFormat

DOWNLOADS: Final = "downloads"
_SUFFIXES: Final = frozenset({".csv", ".xml", ".zip", ".json", ".jsonl", ".txt"})
_BY_FIRST_BYTE: Final = {b"<": ".xml", b"{": ".json", b"[": ".json", b"P": ".zip"}


@dataclass(frozen=True, slots=True)
class Fetched:
    """One list as it arrived: its files, ready to be judged, and the downloads to keep once it is accepted."""

    found: FoundList
    downloads: tuple[Downloaded, ...]


def refresh(  # noqa: PLR0913 - each figure by its name
    wanted: Sequence[Source],
    store_path: Path,
    *,
    max_drop: float,
    downloader: Downloader | None = None,
    addresses: Mapping[str, str] | None = None,
    check: Check | None = None,
    now: datetime | None = None,
    tell: Callable[[str], None] = lambda _: None,
) -> Renewal:
    """Fetch these lists and put those that pass every gate in use; each that does not stays as it is in the store.

    `addresses` stand in the place of a list's own (a token in it, a mirror). `tell` hears what is going on.
    Raises ListRefused where nothing could be in use.
    """
    now = now or datetime.now(UTC)
    loader = downloader or Downloader(store_path / DOWNLOADS)
    fetched: list[Fetched] = []
    refused: list[Refused] = []
    for source in wanted:
        tell(f"{source.id}: asking {', '.join(shown(one) for one in _addresses(source, addresses))}")
        one = _fetch(source, _addresses(source, addresses), loader, now)
        if isinstance(one, Fetched):
            tell(f"{source.id}: {'new bytes' if any(d.changed for d in one.downloads) else 'unchanged'}")
            fetched.append(one)
        else:
            refused.append(one)
    renewal = renew(
        [one.found for one in fetched],
        store_path,
        max_drop=max_drop,
        now=now,
        check=check,
        refused_before=refused,
    )
    no = {one.list for one in renewal.refused}
    for download in (download for one in fetched if one.found.source not in no for download in one.downloads):
        loader.keep(download)
    return renewal


def _addresses(source: Source, instead: Mapping[str, str] | None) -> tuple[str, ...]:
    given = (instead or {}).get(source.id)
    return source.addresses if given is None else (given,)


def _fetch(source: Source, addresses: Sequence[str], loader: Downloader, now: datetime) -> Fetched | Refused:
    if not addresses:
        problem = f"nothing is published any more ({source.page}): import a copy (payment-filter lists import)"
        return Refused(source.id, "download", f"{source.id}: {problem}")
    try:
        downloads = tuple(loader.fetch(address) for address in addresses)
        hashes = [loader.fetch(address) for address in source.hashes]
    except ListRefused as refused:
        return Refused(source.id, "download", f"{source.id}: {refused}")
    for download, published in zip(downloads, hashes, strict=False):
        if problem := hash_problem(download.raw, published_hash(published.raw)):
            return Refused(source.id, "hash", f"{source.id} ({shown(download.address)}): {problem}")
    try:
        found = _found(source, downloads)
    except ListRefused as refused:
        return Refused(source.id, "format", f"{source.id} ({shown(addresses[0])}): {refused}")
    if problem := _too_old(source, found.published, now):
        return Refused(source.id, "date", f"{source.id} ({shown(addresses[0])}): {problem}")
    return Fetched(found, (*downloads, *hashes))


def _found(source: Source, downloads: Sequence[Downloaded]) -> FoundList:
    """The files of one list, recognised as what they must be. Raises ListRefused for anything else."""
    known = _format_of(source, downloads[0])
    parts: dict[str, bytes] = {}
    for download in downloads:
        name = file_name(download)
        if not known.matches(download.raw, name):
            raise ListRefused(f"{shown(download.address)} is not of the format {known.NAME}: look at the address")
        actual = known.source(download.raw, name)
        if actual != source.id:
            raise ListRefused(f"it is the list {actual} and not {source.id}: correct the address")
        parts[known.part(download.raw, name)[1]] = download.raw
    published = known.published(parts)
    minimum = source.minimum_of(published)
    files = tuple(Path(shown(download.address).removeprefix("https://")) for download in downloads)
    return FoundList(source.id, known, parts, files, published, minimum.entries, minimum.names)


def _format_of(source: Source, download: Downloaded) -> ListFormat:
    for name in source.formats:
        known = by_name(name)
        if known is not None and known.matches(download.raw, file_name(download)):
            return known
    refuse_no_list(download.raw)
    unpacked(download.raw)  # says what is wrong with an archive
    raise ListRefused(
        f"it is none of the formats this list is published in ({', '.join(source.formats)}): the file is damaged, or"
        " the publisher has changed it; look at the address"
    )


def file_name(download: Downloaded) -> str:
    """The name the address gives the file, with a suffix by its first byte where the address has none of its own."""
    name = Path(urlsplit(download.address).path).name
    if Path(name).suffix.lower() in _SUFFIXES:
        return name
    return name + _BY_FIRST_BYTE.get(download.raw.removeprefix(b"\xef\xbb\xbf").lstrip()[:1], ".csv")


def _too_old(source: Source, published: str, now: datetime) -> str:
    """A list fetched today whose own date is long past comes from a mirror or a cache that nobody renews."""
    try:
        day = date.fromisoformat(published)
    except ValueError:
        return ""
    if not source.maximum_published_days or now.date() - day <= timedelta(days=source.maximum_published_days):
        return ""
    return (
        f"was published on {day}, more than {source.maximum_published_days} days ago, though its publisher renews it"
        " more often: the address serves an old copy; correct it"
    )
