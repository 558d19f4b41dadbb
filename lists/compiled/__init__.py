"""The engine's costliest loops, compiled where the machine could do that (hatch_build.py).

Each has a twin in Python, which is the reference, gives the same answers to the last bit, and works where nothing could
be compiled. README.md beside this file says how the two are kept alike.
"""

from __future__ import annotations

import zlib
from importlib import import_module, resources
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any, Final, TypeAlias

if TYPE_CHECKING:
    from types import ModuleType

Engine: TypeAlias = Any
"""An object of the compiled core."""

_NAME: Final = "lists.compiled._engine"


def checksum(rules: object) -> str:
    """Give a short name to rules that are written twice."""
    return f"{zlib.crc32(repr(rules).encode()):08x}"


def engine_for(rules: object, name: str) -> ModuleType | None:
    """Give the compiled engine if it follows these very rules, whose checksum it carries under a name."""
    return ENGINE if ENGINE is not None and getattr(ENGINE, name) == checksum(rules) else None


def _sources() -> str:
    """The checksum of the C sources beside this file; "" where none are."""
    files = [file for file in resources.files(__name__).iterdir() if file.name.endswith((".c", ".h"))]
    data = b"".join(file.read_bytes() for file in sorted(files, key=lambda file: file.name))
    return f"{zlib.crc32(data):08x}" if files else ""


def of_these_sources(built: object, sources: str) -> bool:
    """Say whether an engine was compiled from these sources: another may misread what it is handed."""
    return not sources or getattr(built, "SOURCES", "") == sources


_BUILT: Final = import_module(_NAME) if find_spec(_NAME) else None
_FITS: Final = of_these_sources(_BUILT, _sources())

ENGINE: Final[ModuleType | None] = _BUILT if _FITS else None
CORE: Final = "compiled" if ENGINE else "python" if _BUILT is None else "python: stale build"
"""Which of the twins answers in this process; a stale build is an engine compiled from other sources than these."""
