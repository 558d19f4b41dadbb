"""What a published list must pass before it decides about payments: each gate says no in one clear sentence."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final, Literal

from lists.edge.loaded import LoadedList
from lists.entry import Entry, ListRefused

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from pathlib import Path

    from lists.edge.folder import FoundList
    from lists.edge.loaded import LoadedEdition

Gate = Literal[
    # The publisher's address gave no file, or a file that was cut off.
    "download",
    # The bytes are not those of the hash published beside them.
    "hash",
    # Not well-formed, not whole, not of the format, or one reference twice.
    "format",
    # Names that were read in the wrong encoding.
    "encoding",
    # Fewer entries or names than a whole list has.
    "count",
    # Fewer entries than in use, by more than the policy allows.
    "drop",
    # Older than the one in use, from the future, or too old for a list fetched today.
    "date",
    # The list's own names are not found in an index of it.
    "own_names",
    # Distorted names are found too seldom, or more seldom than in the edition in use.
    "recall",
]
HASH_SUFFIX: Final = ".sha256"
_SHA256 = re.compile(r"\b[0-9a-fA-F]{64}\b")
_MOST_MISREAD_SHARE = 0.01
_MOST_MISREAD = 3
_CLOCKS_APART = timedelta(days=2)  # a publisher east of us has tomorrow already


@dataclass(frozen=True, slots=True)
class Refused:
    """One list that must not be used, and the gate that says so."""

    list: str
    gate: Gate
    sentence: str


@dataclass(frozen=True, slots=True)
class Passed:
    """One list that passed the gates which need no earlier edition."""

    list: LoadedList
    entries: tuple[Entry, ...]


def judged(found: FoundList, now: datetime) -> Passed | Refused:
    """Read one list and put it through the gates that need no earlier edition."""
    where = f"{found.source} ({', '.join(map(str, found.files))})"
    if problem := _hash_problem(found.files):
        return Refused(found.source, "hash", f"{where}: {problem}")
    try:
        entries = tuple(found.format.parse(found.parts, found.source))
    except ListRefused as refused:
        return Refused(found.source, "format", f"{where}: {refused}")
    names = sum(len(entry.names) for entry in entries)
    gates: tuple[tuple[Gate, str], ...] = (
        ("count", _too_few(found, len(entries), names)),
        ("format", _told_twice(entries)),
        ("encoding", _misread(entries)),
        ("date", _from_the_future(found.published, now)),
    )
    for gate, problem in gates:
        if problem:
            return Refused(found.source, gate, f"{where}: {problem}")
    files = tuple(map(str, found.files))
    loaded = LoadedList(found.source, found.published, _digest(found), len(entries), names, now, files)
    return Passed(loaded, entries)


def worse(previous: LoadedEdition, fresh: Sequence[LoadedList], max_drop: float) -> list[Refused]:
    """What speaks against putting new lists in the place of those in use."""
    refused = []
    in_use = {one.id: one for one in previous.lists}
    for one in fresh:
        old = in_use.get(one.id)
        if old is None:
            continue
        if one.entries < old.entries * (1 - max_drop):
            problem = (
                f"{one.id} would shrink from {old.entries:,} entries to {one.entries:,}, more than the {max_drop:.0%}"
                " the policy allows (max_drop): the edition in use stays; fetch the list again"
            )
            refused.append(Refused(one.id, "drop", problem))
        if one.published and one.published < old.published:
            problem = (
                f"{one.id} of {one.published} is older than the one in use ({old.published}): the edition in use stays"
            )
            refused.append(Refused(one.id, "date", problem))
    return refused


def published_hash(text: bytes) -> str:
    """The SHA-256 a publisher's hash file gives (`sha256sum` or bare); "" where it gives none."""
    found = _SHA256.search(text[:4096].decode("ascii", errors="replace"))
    return "" if found is None else found.group().lower()


def hash_problem(raw: bytes, expected: str) -> str:
    """What is wrong with these bytes by the publisher's hash; "" where nothing is."""
    if not expected:
        return "its hash file holds no SHA-256: fetch both again"
    actual = hashlib.sha256(raw).hexdigest()
    if actual == expected:
        return ""
    return f"its SHA-256 is {actual[:12]}… and not the published {expected[:12]}…: it was damaged on its way, fetch it"


def _hash_problem(files: Sequence[Path]) -> str:
    for file in files:
        beside = file.with_name(file.name + HASH_SUFFIX)
        if beside.is_file() and (problem := hash_problem(file.read_bytes(), published_hash(beside.read_bytes()))):
            return f"{file.name}: {problem}"
    return ""


def _too_few(found: FoundList, entries: int, names: int) -> str:
    for what, count, least in (("entries", entries, found.minimum_entries), ("names", names, found.minimum_names)):
        if count < least:
            return (
                f"holds {count:,} {what} where at least {least:,} are expected of a list of"
                f" {found.published or 'today'}: it is cut short; fetch it again (an older list says its day in its"
                " folder's name, a small one is declared in a lists.toml: lists/README.md)"
            )
    return ""


def _told_twice(entries: Sequence[Entry]) -> str:
    reference, times = Counter(entry.reference for entry in entries).most_common(1)[0] if entries else ("", 0)
    return f"entry {reference} stands in it {times} times: the file is damaged, fetch it again" if times > 1 else ""


def _misread(entries: Sequence[Entry]) -> str:
    """Names whose bytes were UTF-8 and were read as something else on their way: nobody would be found by them."""
    foreign = [name.text for entry in entries for name in entry.names if not name.text.isascii()]
    wrong = [name for name in foreign if _is_misread(name)]
    if len(wrong) <= max(_MOST_MISREAD, len(foreign) * _MOST_MISREAD_SHARE):
        return ""
    return f"{len(wrong):,} of its names are in a wrong encoding, the first {wrong[0][:40]!r}: fetch it again"


def _is_misread(name: str) -> bool:
    if "\ufffd" in name:
        return True
    for wrong in ("cp1252", "latin-1"):
        try:
            return not name.encode(wrong).decode("utf-8").isascii()
        except UnicodeError:
            continue
    return False


def _from_the_future(published: str, now: datetime) -> str:
    try:
        day = date.fromisoformat(published)
    except ValueError:
        return ""  # a month, a year, or nothing: old lists say no more
    if day <= (now + _CLOCKS_APART).date():
        return ""
    return f"says it was published on {day}, and today is {now.date()}: look at this machine's clock, then at the file"


def _digest(found: FoundList) -> str:
    digest = hashlib.sha256()
    for part in sorted(found.parts):
        digest.update(found.parts[part])
    return digest.hexdigest()
