"""Shares of listed hands along chains and rings of owners: right, and settled in the end."""

from __future__ import annotations

import time

import pytest

from lists.entry import Entry, EntryKind, Holding, ListedName
from lists.ownership import with_owned
from lists.shares import Shares
from tests.bench.ownership import SHAPES, Shape, register

HEAD = "UN:1"


def company(name: str, *owners: tuple[str, float]) -> Entry:
    held = tuple(Holding(tuple(keys.split("|")) if keys else (), share) for keys, share in owners)
    return Entry("OWNERSHIP", name, EntryKind.ORGANISATION, (ListedName(name),), owners=held)


@pytest.mark.parametrize(
    ("companies", "shares"),
    [
        ([], {}),
        ([company("a", (HEAD, 0.4))], {"a": 0.4}),
        ([company("a", (HEAD, 0.4)), company("b", ("a", 0.5))], {"a": 0.4, "b": 0.2}),
        ([company("a", (f"unknown|{HEAD}", 0.3), ("unknown", 0.7))], {"a": 0.3}),
        ([company("a", (HEAD, 0.8), (HEAD, 0.8))], {"a": 1.0}),
        ([company("a", ("", 0.8))], {"a": 0.0}),
        # a = .2 + .5 b, b = .5 a: the ring settles at 4/15 and 2/15
        ([company("a", (HEAD, 0.2), ("b", 0.5)), company("b", ("a", 0.5))], {"a": 4 / 15, "b": 2 / 15}),
        # who holds all of each other never settles; it is told as it is after so many sweeps
        ([company("a", (HEAD, 1e-4), ("b", 1.0)), company("b", ("a", 1.0))], {"a": 0.05, "b": 0.05}),
    ],
)
def test_shares_settle(companies: list[Entry], shares: dict[str, float]) -> None:
    settled = Shares({one.reference: one for one in companies}, {HEAD}).settled([])
    assert settled == pytest.approx(shares, rel=1e-2)


def test_a_company_that_counts_in_full_counts_so_for_what_it_owns() -> None:
    companies = {one.reference: one for one in [company("a", (HEAD, 0.6)), company("b", ("a", 0.5))]}
    shares = Shares(companies, {HEAD})
    assert shares.settled([]) == pytest.approx({"a": 0.6, "b": 0.3})
    assert shares.settled(["a"]) == pytest.approx({"a": 1.0, "b": 0.5})


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.name)
def test_work_on_a_dense_register_stays_in_proportion(shape: Shape) -> None:
    def seconds(edges: int) -> float:
        entries = tuple(register(edges, shape))
        began = time.process_time()
        with_owned(entries)
        return time.process_time() - began

    seconds(500)
    assert seconds(20_000) < 40 * seconds(2_000) + 2.0
