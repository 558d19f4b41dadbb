"""The compiled engine when memory is full: run as a program, because a full memory strikes everybody in the process."""

from __future__ import annotations

import sys
from importlib import import_module
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import numpy as np

from lists.compiled import ENGINE
from lists.near import Asked, near_words

if TYPE_CHECKING:
    import numpy.typing as npt


def float32(*numbers: float) -> npt.NDArray[np.float32]:
    """Numbers as the engine takes weights."""
    return np.array(numbers, np.float32)


def int32(*numbers: int) -> npt.NDArray[np.int32]:
    """Numbers as the engine takes places."""
    return np.array(numbers, np.int32)


def question(*expansions: object) -> SimpleNamespace:
    """A question as the engine sees one."""
    return SimpleNamespace(total=1.0, expansions=list(expansions))


def ask_names(matrix: Any, question: object, column: object = None, most: int = 24) -> object:
    """Ask a matrix for names, with weights of 1."""
    column = np.ones(2, np.float32) if column is None else column
    return matrix.names(
        column, column, np.ones(4, np.float32), np.ones(4, np.float32), 8, 0.5, 0.5, 0.0, most, [question]
    )


def strike() -> int:
    """Let one allocation after the other fail; gives how often the engine said so."""
    assert ENGINE is not None
    memory: Any = import_module("_testcapi")
    count = 300  # numbers that Python does not hold ready
    names, bits, column = np.arange(count, dtype=np.int32), np.ones(count, np.float32), np.ones(count, np.float32)
    long = near_words(["x" * 66])
    told = 0
    for place in range(40):
        matrix = ENGINE.Matrix(int32(0, count), names, bits, count)
        asked = question(({}, int32(0), float32(1)))
        for call in (
            lambda matrix=matrix, asked=asked: ask_names(matrix, asked, column, 300),
            lambda: long.near([Asked("x" * 67)]),
            lambda: near_words(["mohammed"]),
        ):
            memory.set_nomemory(place, place + 1)
            try:
                call()
            except MemoryError:
                told += 1
            finally:
                memory.remove_mem_hooks()
    return told


if __name__ == "__main__":
    sys.stdout.write(str(strike()))
