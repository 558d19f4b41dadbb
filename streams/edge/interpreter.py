"""How Python itself is set in a process that decides payments: once, at its start."""

from __future__ import annotations

import gc
import sys

# A commit is many short calls: with Python's 5 ms, each would wait that long for the batch being decided meanwhile.
SWITCH_SECONDS = 0.0005
COLLECT_EVERY = (20_000, 20, 50)
"""A batch allocates much and leaves no cycles: look for garbage rarely."""


def set_up_interpreter() -> None:
    """Threads take turns quickly, and garbage is looked for rarely."""
    sys.setswitchinterval(SWITCH_SECONDS)
    gc.set_threshold(*COLLECT_EVERY)
