"""Which compiled modules there are to be used: those that were built from the very sources beside them.

Each has a twin in Python that gives the same answers, so a machine without a C compiler only works more slowly.
"""

from __future__ import annotations

import zlib
from importlib import import_module, resources
from importlib.util import find_spec
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from types import ModuleType


class Built(NamedTuple):
    """The module, None where the twin answers, and in a word which of them does."""

    module: ModuleType | None
    core: str


def built(folder: str, name: str) -> Built:
    """The compiled module of that name in a package; a stale build is one of other sources than these."""
    full = f"{folder}.{name}"
    module = import_module(full) if find_spec(full) else None
    if module is None:
        return Built(None, "python")
    return (
        Built(module, "compiled") if of_these_sources(module, sources(folder)) else Built(None, "python: stale build")
    )


def sources(folder: str) -> str:
    """The checksum of the C sources in a package; "" where none are."""
    files = [file for file in resources.files(folder).iterdir() if file.name.endswith((".c", ".h"))]
    data = b"".join(file.read_bytes() for file in sorted(files, key=lambda file: file.name))
    return f"{zlib.crc32(data):08x}" if files else ""


def of_these_sources(module: object, checksum: str) -> bool:
    """Whether a module was compiled from these sources: another may misread what it is handed."""
    return not checksum or getattr(module, "SOURCES", "") == checksum
