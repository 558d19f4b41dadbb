"""Find the published lists among the files of a folder: known by content, the newest of each, the rest reported."""

from __future__ import annotations

import os
import re
import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import ConfigDict, TypeAdapter, ValidationError

from lists.edge.sources import Minimum, sources
from lists.entry import ListRefused
from lists.formats import by_name, recognise
from lists.formats.parts import MAIN, ListFormat, Parts

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

DECLARATION = "lists.toml"
_SUFFIXES = frozenset({".csv", ".json", ".jsonl", ".toml", ".xml", ".zip"})
_LARGEST_BYTES = 400_000_000
_DATE = re.compile(r"(?<!\d)(20\d\d)-(\d\d)(?:-(\d\d))?(?!\d)")
_ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_FOLDERS_WITH_A_DATE = 3


@dataclass(frozen=True, slots=True)
class FoundList:
    """One version of one list: its bytes, where they stand, and how much it must hold at the least.

    `asked_for`: somebody said it is there (a lists.toml, an own list); otherwise it was found by searching.
    """

    source: str
    format: ListFormat
    parts: Parts
    files: tuple[Path, ...]
    published: str
    minimum_entries: int
    minimum_names: int
    asked_for: bool = True


@dataclass(frozen=True, slots=True)
class Skipped:
    """A file that was not used, and why."""

    file: str
    why: str


@dataclass(frozen=True, slots=True)
class _Declared:
    """One [[list]] of a lists.toml (lists/README.md)."""

    __pydantic_config__ = ConfigDict(extra="forbid")

    source: str
    files: tuple[str, ...]
    minimum_entries: int
    minimum_names: int
    published: str = ""
    format: str = ""


@dataclass(frozen=True, slots=True)
class _Declaration:
    __pydantic_config__ = ConfigDict(extra="forbid")

    list: tuple[_Declared, ...]


@dataclass(slots=True)
class _Search:
    found: list[FoundList] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)
    taken: set[Path] = field(default_factory=set)


def find_lists(paths: Sequence[Path]) -> tuple[list[FoundList], list[Skipped]]:
    """The newest version of each list in these files and folders (read recursively), by id; and what was left.

    Raises ListRefused for a path that is not there and for a lists.toml that does not hold.
    """
    search = _Search()
    files = [file for path in paths for file in _files(path)]
    for file in files:
        if file.name == DECLARATION:
            search.taken.add(file)
            search.found.extend(_declared(file, search.taken))
    _recognised([file for file in files if file not in search.taken], search)
    return _newest(search), search.skipped


def _files(path: Path) -> Iterator[Path]:
    if path.is_file():
        yield path
    elif path.is_dir():
        for folder, folders, names in os.walk(path):
            folders[:] = sorted(name for name in folders if not name.startswith("."))
            yield from (Path(folder, name) for name in sorted(names) if not name.startswith("."))
    else:
        raise ListRefused(f"{path} does not exist: give an edition store, or a folder or files of published lists")


def read(file: Path) -> bytes:
    """The bytes of a file. Raises ListRefused where it cannot be read or is too large to be a list."""
    try:
        if file.stat().st_size > _LARGEST_BYTES:
            raise ListRefused(f"{file} is larger than {_LARGEST_BYTES:,} bytes: that is no published list")
        return file.read_bytes()
    except OSError as error:
        raise ListRefused(f"{file} cannot be read ({error.strerror}): check the path and its permissions") from error


def _declared(declaration: Path, taken: set[Path]) -> Iterator[FoundList]:
    try:
        content = TypeAdapter(_Declaration).validate_python(tomllib.loads(read(declaration).decode()))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ListRefused(f"{declaration} is no TOML: {error}") from error
    except ValidationError as error:
        where = "; ".join(f"{'.'.join(map(str, one['loc']))}: {one['msg']}" for one in error.errors())
        raise ListRefused(f"{declaration} does not hold: {where} (its form is in lists/README.md)") from error
    for declared in content.list:
        files = tuple(declaration.parent / name for name in declared.files)
        taken.update(files)
        yield _declared_list(declaration, declared, files)


def _declared_list(declaration: Path, declared: _Declared, files: tuple[Path, ...]) -> FoundList:
    where = f"{declaration}, list {declared.source}"
    if absent := [str(file) for file in files if not file.is_file()]:
        raise ListRefused(f"{where}: {', '.join(absent)} is not there: put it there or take the list out")
    if declared.published and not _ISO_DATE.fullmatch(declared.published):
        raise ListRefused(f"{where}: published = {declared.published!r} is no date: write it as 2026-05-01")
    raws = {file: read(file) for file in files}
    known = by_name(declared.format) if declared.format else _format_of(raws)
    if known is None:
        raise ListRefused(f"{where}: {', '.join(declared.files)} is of no known format: see lists/formats")
    parts = {known.part(raw, file.name)[1]: raw for file, raw in raws.items()}
    return FoundList(
        declared.source,
        known,
        parts,
        files,
        known.published(parts) or declared.published,
        declared.minimum_entries,
        declared.minimum_names,
    )


def _format_of(raws: dict[Path, bytes]) -> ListFormat | None:
    return next((known for file, raw in raws.items() if (known := recognise(raw, file.name)) is not None), None)


def _recognised(files: Iterable[Path], search: _Search) -> None:
    """Group the recognised files to lists: the parts of one list stand in one folder."""
    groups: dict[tuple[Path, str, str, str], dict[str, tuple[Path, bytes]]] = {}
    for file in files:
        if file.suffix.lower() not in _SUFFIXES:
            search.skipped.append(Skipped(str(file), "no list format we read has this kind of file"))
            continue
        raw = read(file)
        known = recognise(raw, file.name)
        if known is None:
            search.skipped.append(Skipped(str(file), "not one of the list formats we read"))
            continue
        group, part = known.part(raw, file.name)
        groups.setdefault((file.parent, known.NAME, group, known.source(raw, file.name)), {})[part] = (file, raw)
    for (_folder, name, _group, source_id), members in groups.items():
        known = by_name(name)
        assert known is not None
        search.found.append(_official(source_id, known, members))


def _official(source_id: str, known: ListFormat, members: dict[str, tuple[Path, bytes]]) -> FoundList:
    parts = {part: raw for part, (_file, raw) in members.items()}
    files = tuple(file for file, _raw in members.values())
    published = known.published(parts) or _date_in_path(files[0])
    # What is no published list is one of the bank's own: it may be as short as the bank wants it.
    is_own = source_id not in sources()
    least = Minimum(entries=1, names=1) if is_own else sources()[source_id].minimum_of(published)
    return FoundList(source_id, known, parts, files, published, least.entries, least.names, asked_for=is_own)


def _date_in_path(file: Path) -> str:
    """A day or month in the file's name or its folders': OFAC's csv carries no date of its own."""
    for name in (file.name, *(folder.name for folder in file.parents[:_FOLDERS_WITH_A_DATE])):
        if (date := _DATE.search(name)) is not None:
            return "-".join(part for part in date.groups() if part)
    return ""


def _newest(search: _Search) -> list[FoundList]:
    """One version per list. Parts without their main file are no version: they are reported, and count for nothing."""
    best: dict[str, FoundList] = {}
    whole = [found for found in search.found if _is_whole(found, search)]
    for found in sorted(whole, key=lambda found: (found.published, sum(map(len, found.parts.values())), found.files)):
        if (older := best.get(found.source)) is not None:
            why = f"version {older.published or 'without date'} of {found.source}; {found.published} is used"
            search.skipped.extend(Skipped(str(file), why) for file in older.files)
        best[found.source] = found
    return [best[source_id] for source_id in sorted(best)]


def _is_whole(found: FoundList, search: _Search) -> bool:
    if {MAIN, "sdn"} & set(found.parts):
        return True
    why = f"part of {found.source} without its main file beside it"
    search.skipped.extend(Skipped(str(file), why) for file in found.files)
    return False
