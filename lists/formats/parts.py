"""What every format module offers, and the shape of what it reads.

A list is one file, or several that only make sense together (OFAC's csv). Both are `Parts`: part name -> bytes; a
single file stands under MAIN.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Protocol, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lists.entry import Entry

Parts: TypeAlias = Mapping[str, bytes]
MAIN = "main"


def one_file(_raw: bytes, filename: str) -> tuple[str, str]:
    """The `part` of a format in which one file is one list."""
    return filename, MAIN


class ListFormat(Protocol):
    """One published format; a module of this package is one."""

    @property
    def NAME(self) -> str:  # noqa: N802 - a constant of the module
        """The module's own name, as lists.toml and sources/*.toml give it."""

    def matches(self, raw: bytes, filename: str) -> bool:
        """Whether this file is of this format, by its first bytes."""

    def part(self, raw: bytes, filename: str) -> tuple[str, str]:
        """(group, part): files of one folder with the same group make up one list."""

    def source(self, raw: bytes, filename: str) -> str:
        """Which published list the file is: an id of sources/*.toml."""

    def published(self, parts: Parts) -> str:
        """The ISO date the publisher gives in the file; "" where it gives none."""

    def parse(self, parts: Parts, source_id: str) -> Iterator[Entry]:
        """The entries, in the publisher's order. Raises ListRefused for anything but a whole, sound list."""
