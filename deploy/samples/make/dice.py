"""Reproducible draws: the same label always falls the same way, on any machine, whatever was drawn before it."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Sequence

T = TypeVar("T")


class Dice:
    """A stream of draws named by `label`. Adding one sample never changes another, unlike one shared random seed."""

    def __init__(self, label: str) -> None:
        self._label = label
        self._thrown = 0

    def number(self, low: int, high: int) -> int:
        """A whole number from `low` to `high`, both included."""
        self._thrown += 1
        digest = hashlib.sha256(f"{self._label}/{self._thrown}".encode()).digest()
        return low + int.from_bytes(digest[:8], "big") % (high - low + 1)

    def digits(self, length: int) -> str:
        """A run of decimal digits."""
        return "".join(str(self.number(0, 9)) for _ in range(length))

    def letters(self, length: int) -> str:
        """A run of capital letters."""
        return "".join(chr(ord("A") + self.number(0, 25)) for _ in range(length))

    def pick(self, choices: Sequence[T]) -> T:
        """One of the given things."""
        return choices[self.number(0, len(choices) - 1)]

    def chance(self, percent: int) -> bool:
        """True in `percent` of 100 draws."""
        return self.number(1, 100) <= percent

    def uuid4(self) -> str:
        """A random-looking UUID, version 4, as UETRs are (ISO 20022, SWIFT gpi)."""
        digits = f"{self.number(0, 2**64 - 1):016x}{self.number(0, 2**64 - 1):016x}"
        variant = "89ab"[int(digits[16], 16) % 4]
        return f"{digits[:8]}-{digits[8:12]}-4{digits[13:16]}-{variant}{digits[17:20]}-{digits[20:32]}"
