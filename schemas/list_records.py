"""What stands on the topic `lists.editions`, as typed records: the edition to use, who uses it, what was refused.

Keys: `current`, `worker/<group>/<slot>`, `refusal/<list>`. The entries stand on `lists.entries`, a list in chunks of
packed JSON under `<list>/<version>/<number>`; a version is the hash of the chunks, so an unchanged list is sent once.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ListVersion:
    """One list of an edition: as published (`sha256` of those bytes), when it was last verified, and its chunks."""

    id: str
    published: str
    sha256: str
    entries: int
    names: int
    verified_at: str
    files: tuple[str, ...]
    version: str
    chunks: int


@dataclass(frozen=True, slots=True)
class EditionRecord:
    """The edition every worker is to use. It is announced in one transaction with its chunks."""

    edition: str
    announced_at: str
    lists: tuple[ListVersion, ...]


@dataclass(frozen=True, slots=True)
class WorkerRecord:
    """Which edition a worker decides with ("" for none yet), since when, and when it last said so."""

    slot: str
    edition: str
    ready: bool
    since: str
    said_at: str


@dataclass(frozen=True, slots=True)
class RefusalRecord:
    """A list that was refused when it was last tried; its version in use stays, and its age counts on."""

    list: str
    gate: str
    sentence: str
    at: str
