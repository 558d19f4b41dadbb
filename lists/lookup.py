"""A dictionary that never changes, in flat arrays: as pages of a file, all processes of a machine may share it."""

from __future__ import annotations

import zlib
from itertools import chain, pairwise
from typing import TYPE_CHECKING, Final, TypeAlias

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    import numpy.typing as npt

Ends: TypeAlias = "npt.NDArray[np.uint32]"
"""Where each of several pieces ends; before them a 0."""

_ROOM: Final = 2
"""Buckets for each key: most questions meet an empty one, and end there."""


class Lookup:
    """Texts to whole numbers (int32), one or several each, as they were when it was made.

    Keys stand by the checksum of their letters: that is the same in every process, which Python's own hash is not.
    """

    __slots__ = ("_ends", "_letters", "_mask", "_number_ends", "_numbers", "_starts", "_views")

    def __init__(
        self,
        starts: npt.NDArray[np.uint32],
        letters: npt.NDArray[np.uint8],
        ends: Ends,
        numbers: npt.NDArray[np.int32],
        number_ends: Ends,
    ) -> None:
        self._starts, self._letters, self._ends = starts, letters, ends
        self._numbers, self._number_ends = numbers, number_ends
        self._mask = len(starts) - 2
        # Reading a number out of a view costs half of what it costs out of an array.
        self._views = starts.data, letters.data, ends.data, numbers.data, number_ends.data

    @classmethod
    def of(cls, table: Mapping[str, Sequence[int]]) -> Lookup:
        """Take a dictionary's place."""
        keys = [_raw(key) for key in table]
        buckets = 1 << (_ROOM * len(keys)).bit_length()
        wanted = np.array([zlib.crc32(key) for key in keys], np.uint32) & np.uint32(buckets - 1)
        order = np.argsort(wanted, kind="stable")
        keys = [keys[place] for place in order]
        values = list(table.values())
        values = [values[place] for place in order]
        return cls(
            np.searchsorted(wanted[order], np.arange(buckets + 1)).astype(np.uint32),
            np.frombuffer(b"".join(keys), np.uint8),
            ends_of(keys),
            np.fromiter(chain.from_iterable(values), np.int32),
            ends_of(values),
        )

    def __reduce__(self) -> tuple[type[Lookup], tuple[npt.NDArray[np.generic], ...]]:
        """Hand the arrays over, which pickle leaves where they are; the views are made again."""
        return Lookup, (self._starts, self._letters, self._ends, self._numbers, self._number_ends)

    def __len__(self) -> int:
        return len(self._ends) - 1

    def __iter__(self) -> Iterator[str]:
        """All keys, in the order of their places."""
        letters, ends = self._letters.tobytes(), self._ends.tolist()
        return (letters[start:end].decode(errors="surrogatepass") for start, end in pairwise(ends))

    def __contains__(self, key: str) -> bool:
        return self.place(key) >= 0

    def get(self, key: str, default: Sequence[int] = ()) -> Sequence[int]:
        """The numbers of a key, in the order they were given."""
        place = self.place(key)
        return default if place < 0 else self.numbers_at(place)

    def place(self, key: str) -> int:
        """Where a key stands among all; -1 where it does not."""
        raw = _raw(key)
        starts, letters, ends, _, _ = self._views
        bucket = zlib.crc32(raw) & self._mask
        for place in range(starts[bucket], starts[bucket + 1]):
            if letters[ends[place] : ends[place + 1]] == raw:
                return place
        return -1

    def range_of(self, place: int) -> range:
        """Where the numbers of the key at a place stand among all numbers."""
        ends = self._views[4]
        return range(ends[place], ends[place + 1])

    def numbers_at(self, place: int) -> list[int]:
        """The numbers of the key at a place."""
        numbers, ends = self._views[3], self._views[4]
        return numbers[ends[place] : ends[place + 1]].tolist()


def ends_of(pieces: Iterable[Sequence[object]]) -> Ends:
    """Where each piece ends once they are put together, after a 0."""
    lengths = np.fromiter(map(len, pieces), np.uint32)
    return np.concatenate((np.zeros(1, np.uint32), np.cumsum(lengths, dtype=np.uint32)))


def _raw(key: str) -> bytes:
    return key.encode(errors="surrogatepass")
