"""An index as a file: written by the process that builds it, taken over by those that decide without stopping them.

The file holds a pickle and, after it, the index's arrays, which readers map: their pages are shared by all processes of
the machine. Nearly all of an index is arrays. A reader unpickles the rest in pieces of a frame (64 KB) and lets the
other threads run in between; what is replaced is taken apart in pieces too. Neither holds the interpreter for more than
a few milliseconds at a time.
"""

from __future__ import annotations

import functools
import gc
import mmap
import pickle
import struct
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, BinaryIO, Final

from lists.index import Index
from lists.rarity import Background
from lists.shelf import Shelf

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

_MAGIC: Final = b"payment-filter index 1\n"
_PAGE: Final = 4096
_OWN_PAGES: Final = 16 * _PAGE
_PIECE: Final = 500
_LARGE: Final = 1_000
_CACHED = type(functools.lru_cache(lambda: None))


class _Pickler(pickle.Pickler):
    """Leaves the product's own word table where it is: every process has it."""

    def reducer_override(self, thing: object) -> Any:
        if isinstance(thing, Background) and thing.counts is Background.shipped().counts:
            return Background.shipped, ()
        return NotImplemented


def write(index: Index, stream: BinaryIO) -> None:
    """Write an index, its caches included: header, lengths, pickle, then each array at the start of a page."""
    arrays: list[memoryview] = []

    def keep(array: pickle.PickleBuffer) -> bool:
        """Large arrays stand by themselves, each on its own pages; small ones stay where they are (True)."""
        raw = array.raw()
        if raw.nbytes >= _OWN_PAGES:
            arrays.append(raw)
        return raw.nbytes < _OWN_PAGES

    stream.write(_MAGIC + bytes(16))
    _Pickler(stream, protocol=5, buffer_callback=keep).dump(index)
    end = stream.tell()
    places = []
    for array in arrays:
        stream.seek(-stream.tell() % _PAGE, 1)
        places.append((stream.tell(), array.nbytes))
        stream.write(array)
    table = stream.tell()
    stream.write(pickle.dumps(places))
    stream.seek(len(_MAGIC))
    stream.write(struct.pack("<QQ", end, table))


def read(file: Path, breathe: Callable[[], None]) -> tuple[Index, int]:
    """Take an index over from a file: the index, and how many of its bytes are mapped. Runs `breathe` between pieces.

    The garbage collector rests meanwhile: it would walk the half-made index again and again. Raises ValueError for a
    file that is none of ours.
    """
    with file.open("rb") as stream:
        mapped = memoryview(mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ))
        if bytes(mapped[: len(_MAGIC)]) != _MAGIC:
            raise ValueError(f"{file} is no index of this version")
        _end, table = struct.unpack_from("<QQ", mapped, len(_MAGIC))
        places: list[tuple[int, int]] = pickle.loads(mapped[table:])  # noqa: S301 - our own file in our own folder
        stream.seek(len(_MAGIC) + 16)
        with _no_collection():
            arrays = [mapped[start : start + length] for start, length in places]
            index = pickle.Unpickler(_Breathing(stream, breathe), buffers=arrays).load()  # noqa: S301 - same
            assert isinstance(index, Index)
            gc.freeze()  # out of the collector's sight: it never changes
    return index, sum(length for _start, length in places)


def let_go(index: Index, breathe: Callable[[], None]) -> None:
    """Take apart an index nobody uses any more. Freed at once, its many objects would stop every thread.

    Its entries stay as long as somebody has them: they are one object, over pages of the file.
    """
    large: list[Any] = []
    ours: list[Any] = [index]
    seen = {id(index)}
    for thing in ours:  # grows while it is walked
        for part in _parts(thing):
            if id(part) in seen or isinstance(part, Background | Shelf):
                continue
            seen.add(id(part))
            if isinstance(part, tuple | dict | list) and len(part) > _LARGE:
                large.append(part)
            elif type(part).__module__.startswith("lists."):
                ours.append(part)
            elif isinstance(part, _CACHED):
                part.cache_clear()
                breathe()
    for thing in ours:
        _emptied(thing)
    del thing, part, index
    ours.clear()
    while large:
        _empty(large.pop(), breathe)


def _emptied(thing: Any) -> None:
    """Take its parts from a thing: its cached methods hold it, and it holds them."""
    getattr(thing, "__dict__", {}).clear()
    for name in _slots(thing):
        if hasattr(thing, name):
            object.__delattr__(thing, name)  # even of one that is frozen


def _parts(thing: Any) -> list[Any]:
    return [*(getattr(thing, name, None) for name in _slots(thing)), *getattr(thing, "__dict__", {}).values()]


def _slots(thing: Any) -> tuple[str, ...]:
    names = getattr(type(thing), "__slots__", ())
    return (names,) if isinstance(names, str) else tuple(names)


def _empty(container: Any, breathe: Callable[[], None]) -> None:
    if isinstance(container, dict):
        while container:
            for _ in range(min(_PIECE, len(container))):
                container.popitem()
            breathe()
        return
    pieces = list(container)
    del container
    while pieces:
        del pieces[-_PIECE:]
        breathe()


class _Breathing:
    """A file for the unpickler, which reads it frame by frame."""

    def __init__(self, stream: BinaryIO, breathe: Callable[[], None]) -> None:
        self._stream = stream
        self._breathe = breathe

    def read(self, size: int = -1) -> bytes:
        self._breathe()
        return self._stream.read(size)

    def readline(self) -> bytes:
        return self._stream.readline()


@contextmanager
def _no_collection() -> Iterator[None]:
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
