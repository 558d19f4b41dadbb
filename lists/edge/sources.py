"""The published lists we know: one TOML file each, shipped with the package."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from pydantic import ConfigDict, TypeAdapter

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Source:
    """One published list. Counts are what a whole list holds at the very least; ages are hours since verification."""

    __pydantic_config__ = ConfigDict(extra="forbid")

    id: str
    publisher: str
    title: str
    page: str
    addresses: tuple[str, ...]
    formats: tuple[str, ...]
    licence: str
    minimum_entries: int
    minimum_names: int
    maximum_age_hours: int


@cache
def sources() -> Mapping[str, Source]:
    """All of `lists/sources/*.toml`, by id."""
    read = TypeAdapter(Source).validate_python
    texts = (
        file.read_text("utf-8") for file in files("lists").joinpath("sources").iterdir() if file.name.endswith(".toml")
    )
    return {source.id: source for source in sorted(map(read, map(tomllib.loads, texts)), key=lambda source: source.id)}
