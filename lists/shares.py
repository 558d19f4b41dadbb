"""The share of each company in listed hands, multiplied along every chain of owners (lists.ownership)."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from lists.entry import Entry

SETTLED: Final = 1e-9
"""Shares have settled once no sweep adds more to any of them."""

SWEEPS: Final = 1_000
"""A sweep adds one step to every chain. Where companies own each other what comes round is less each time; shares that
would still grow after so many sweeps are of rings whose members hold all of each other: they are told as they are."""


class Shares:
    """A register in arrays, one row for each holding: a sweep of a million of them takes some milliseconds.

    `whole` are the owners that count in full from the beginning. Shares only ever grow, as more owners do.
    """

    def __init__(self, companies: Mapping[str, Entry], whole: Collection[str]) -> None:
        self._names = list(companies)
        self._numbers = {name: number for number, name in enumerate(self._names)}
        holdings = [(row, holding) for row, one in enumerate(companies.values()) for holding in one.owners]
        of_listed, unknown = len(self._names), len(self._names) + 1
        keys = [
            [of_listed if key in whole else self._numbers.get(key, unknown) for key in holding.owner] or [unknown]
            for _, holding in holdings
        ]
        self._keys = np.fromiter(chain.from_iterable(keys), np.int64)
        self._starts = np.cumsum([0, *map(len, keys)])[:-1]
        self._rows = np.fromiter((row for row, _ in holdings), np.int64)
        self._held = np.fromiter((holding.share for _, holding in holdings), np.float64)
        self._weights = np.zeros(len(self._names) + 2)
        self._weights[of_listed] = 1.0

    def settled(self, whole: Iterable[str]) -> dict[str, float]:
        """Each company's share in listed hands, those that count in full now among their owners."""
        count = len(self._names)
        full = np.fromiter((self._numbers[name] for name in whole), np.int64)
        weights = self._weights
        weights[full] = 1.0
        for _ in range(SWEEPS if len(self._held) else 0):
            of_owner = np.maximum.reduceat(weights[self._keys], self._starts)  # of several keys the one that counts
            held = np.minimum(np.bincount(self._rows, self._held * of_owner, count), 1.0)
            grown = float(np.max(held - weights[:count], initial=0.0))
            np.maximum(weights[:count], held, out=weights[:count])
            if grown <= SETTLED:
                break
        return dict(zip(self._names, weights[:count].tolist(), strict=True))
