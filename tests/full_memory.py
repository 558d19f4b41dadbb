"""The compiled engine when memory is full: run as a program, because a full memory strikes everybody in the process."""

from __future__ import annotations

import sys
from importlib import import_module
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import numpy as np

from lists.compiled import ENGINE
from lists.near import Asked, near_words
from lists.sieve import sieve_rules

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


def float64(*numbers: float) -> npt.NDArray[np.float64]:
    """Numbers as the sieve takes bits."""
    return np.array(numbers, np.float64)


def small_sieve(most: int = 100, rules: object = None, **columns: object) -> Any:
    """A compiled sieve of one listed name, "mohammed ab"; any of its columns may be another one."""
    assert ENGINE is not None
    words = near_words(["mohammed", "ab"])
    starts = np.minimum(np.arange(3 + 36, dtype=np.int32), 2)
    matrix = ENGINE.Matrix(starts, int32(0, 0), float32(9, 4), 1)
    listed: dict[str, object] = {
        "starts": int32(0, 2),
        "words": int32(0, 1),
        "by_alphabet": int32(1, 0),
        "flags": int32(20),
    }
    listed |= {"bits": float64(9, 4), "totals": float64(13)}
    bounds: dict[str, object] = {
        "most_bits": float32(13),
        "least": float32(3),
        "evidence": float32(*[1] * 4),
        "contained": float32(*[1] * 4),
    }
    exact = columns.pop("exact", int32())
    for name, column in columns.items():
        (listed if name in listed else bounds)[name] = column
    numbers = sieve_rules() if rules is None else rules
    engine = getattr(words, "__self__", words)
    return ENGINE.Sieve(
        engine, matrix, tuple(listed.values()), exact, (*bounds.values(), 8, 0.5, 0.5, 0.0, 24), numbers, most
    )


def sift(sieve: Any, name: str) -> tuple[Any, Any]:
    """Teach a sieve two words, and ask it for a name of them."""
    sieve.learn("muhamed", 9.0, 0, 0, {0: 0.8})
    sieve.learn("abc", 4.0, 0, 0, {1: 0.7})
    sieve.learn_beginning("abc", {1: 0.7})
    batch = sieve.batch([name, "é"])
    batch.odd(batch.lines())
    batch.add(1, ["muhamed"], ["muhamed"])
    batch.unknown()
    batch.beginnings()
    return batch.scores(), batch.left(0.99)


def strike() -> int:
    """Let one allocation after the other fail; gives how often the engine said so."""
    assert ENGINE is not None
    memory: Any = import_module("_testcapi")
    count = 300  # numbers that Python does not hold ready
    names, bits, column = np.arange(count, dtype=np.int32), np.ones(count, np.float32), np.ones(count, np.float32)
    long = near_words(["x" * 66])
    sieve = small_sieve(1_000)
    told = 0
    for place in range(40):
        matrix = ENGINE.Matrix(int32(0, count), names, bits, count)
        asked = question(({}, int32(0), float32(1)))
        for call in (
            lambda matrix=matrix, asked=asked: ask_names(matrix, asked, column, 300),
            lambda: long.near([Asked("x" * 67)]),
            lambda: near_words(["mohammed"]),
            small_sieve,
            lambda: sift(sieve, "muhamed abc"),
            lambda place=place: sift(sieve, f"muhamed abc {place}x"),
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
