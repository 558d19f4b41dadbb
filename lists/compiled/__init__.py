"""The engine's costliest loops, compiled where the machine could do that (hatch_build.py).

Each has a twin in Python, which is the reference, gives the same answers to the last bit, and works where nothing could
be compiled. README.md beside this file says how the two are kept alike.
"""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from schemas.built import built

if TYPE_CHECKING:
    from types import ModuleType

Engine: TypeAlias = Any
"""An object of the compiled core."""


def checksum(rules: object) -> str:
    """Give a short name to rules that are written twice."""
    return f"{zlib.crc32(repr(rules).encode()):08x}"


def engine_for(rules: object, name: str) -> ModuleType | None:
    """Give the compiled engine if it follows these very rules, whose checksum it carries under a name."""
    return ENGINE if ENGINE is not None and getattr(ENGINE, name) == checksum(rules) else None


_BUILT: Final = built(__name__, "_engine")

ENGINE: Final[ModuleType | None] = _BUILT.module
CORE: Final = _BUILT.core
"""Which of the twins answers in this process; a stale build is an engine compiled from other sources than these."""
