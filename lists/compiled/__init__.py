"""The engine's costliest loops, compiled where the machine could do that (hatch_build.py).

Each has a twin in Python, which is the reference, gives the same answers to the last bit, and works where nothing could
be compiled. README.md beside this file says how the two are kept alike.
"""

from __future__ import annotations

import zlib
from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from types import ModuleType

_NAME: Final = "lists.compiled._engine"

ENGINE: Final[ModuleType | None] = import_module(_NAME) if find_spec(_NAME) else None
CORE: Final = "compiled" if ENGINE else "python"
"""Which of the twins answers in this process."""


def checksum(rules: object) -> str:
    """Give a short name to rules that are written twice."""
    return f"{zlib.crc32(repr(rules).encode()):08x}"


def engine_for(rules: object, name: str) -> ModuleType | None:
    """Give the compiled engine if it follows these very rules, whose checksum it carries under a name."""
    return ENGINE if ENGINE is not None and getattr(ENGINE, name) == checksum(rules) else None
