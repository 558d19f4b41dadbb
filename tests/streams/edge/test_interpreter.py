"""What a worker's start sets in Python itself."""

from __future__ import annotations

import gc
import sys

from streams.edge.interpreter import COLLECT_EVERY, SWITCH_SECONDS, set_up_interpreter


def test_threads_take_turns_quickly_and_garbage_is_looked_for_rarely() -> None:
    turns, thresholds = sys.getswitchinterval(), gc.get_threshold()
    try:
        set_up_interpreter()
        assert sys.getswitchinterval() == SWITCH_SECONDS
        assert gc.get_threshold() == COLLECT_EVERY
    finally:
        sys.setswitchinterval(turns)
        gc.set_threshold(*thresholds)
