"""The published lists we know: one TOML file each, shipped with the package."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Annotated

from pydantic import ConfigDict, Field, TypeAdapter

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Minimum:
    """What a whole list published from this day on holds at the very least."""

    entries: int
    names: int
    since: Annotated[str, Field(validation_alias="from")] = ""


@dataclass(frozen=True, slots=True)
class Source:
    """One published list. Ages are hours since verification; minimums stand in the order of their days.

    `addresses` are all files of one version; `hashes` those of the SHA-256 published for each, in the same order.
    `maximum_published_days`: a list fetched today is never older than this by its own date (0: its date says nothing).
    """

    __pydantic_config__ = ConfigDict(extra="forbid")

    id: str
    publisher: str
    title: str
    page: str
    addresses: tuple[str, ...]
    formats: tuple[str, ...]
    licence: str
    maximum_age_hours: int
    minimum: tuple[Minimum, ...]
    hashes: tuple[str, ...] = ()
    maximum_published_days: int = 0

    def minimum_of(self, published: str) -> Minimum:
        """What a list of this day must hold; one that does not say its day is taken for one of today."""
        known = [minimum for minimum in self.minimum if not published or minimum.since <= published]
        return known[-1]


@cache
def sources() -> Mapping[str, Source]:
    """All of `lists/sources/*.toml`, by id."""
    read = TypeAdapter(Source).validate_python
    texts = (
        file.read_text("utf-8") for file in files("lists").joinpath("sources").iterdir() if file.name.endswith(".toml")
    )
    return {source.id: source for source in sorted(map(read, map(tomllib.loads, texts)), key=lambda source: source.id)}
