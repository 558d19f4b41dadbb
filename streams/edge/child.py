"""Processes that never outlive the one that started them, however that one ends."""

from __future__ import annotations

import os
import signal
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

# A small Python that becomes the program: Linux signals it when its parent dies, and every thread it starts stays on
# its cores. (A preexec_fn would do the same, but is unsafe in a process with threads.)
_BECOME = """
import ctypes, os, sys
parent, last_signal, cores = sys.argv[1:4]
try:
    ctypes.CDLL(None).prctl(1, int(last_signal))
except AttributeError:
    pass  # not Linux: to end it in good order is then all there is
if os.getppid() != int(parent):
    sys.exit(0)
if cores:
    os.sched_setaffinity(0, map(int, cores.split(",")))
os.execv(sys.argv[4], sys.argv[4:])
"""


def tied(
    program: Sequence[str], last_signal: signal.Signals = signal.SIGKILL, cores: Collection[int] = ()
) -> list[str]:
    """The command line that runs this program (an absolute path and its arguments) tied to the calling process.

    The program gets `last_signal` when the caller dies; it is bound to these cores, if any are given.
    """
    bound = ",".join(map(str, sorted(cores)))
    return [sys.executable, "-c", _BECOME, str(os.getpid()), str(int(last_signal)), bound, *program]
