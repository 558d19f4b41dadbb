"""What decoding costs most, compiled where the machine could do that (hatch_build.py).

Each has a twin in Python, which is the reference, gives the same answers, and works where nothing could be compiled.
README.md beside this file says how the two are kept alike.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from schemas.built import built

if TYPE_CHECKING:
    from types import ModuleType

_BUILT: Final = built(__name__, "_core")

MODULE: Final[ModuleType | None] = _BUILT.module
CORE: Final = _BUILT.core
"""Which of the twins answers in this process."""
