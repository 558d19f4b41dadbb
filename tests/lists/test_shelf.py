"""Entries put away come back as they were, each field of them."""

from __future__ import annotations

import pickle
from dataclasses import fields

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lists.entry import Entry, EntryKind, Holding, ListedName, ListedNumber, OwnAction, OwnTerms, Strength
from lists.shelf import Shelf

FULL = Entry(
    list="OWN_FRAUDS",
    reference="F-1",
    kind=EntryKind.VESSEL,
    names=(ListedName("Mirza"), ListedName("Мирза", Strength.WEAK, "cyrl", former=True)),
    birth_dates=("1961~",),
    birth_places=("Oslo",),
    countries=("NO", "SE"),
    addresses=("Storgata 1", "Storgata 2"),
    numbers=(ListedNumber("passport", "A1", "NO"), ListedNumber("IMO", "9187629")),
    programmes=("P1", "P2"),
    listed_on="2026-01-01",
    remarks="as told",
    measures=("Asset freeze",),
    terms=OwnTerms("fraud", "desk", "case 17", OwnAction.REVIEW, "2027-05-01"),
    owners=(Holding(("UN:1", "C-2"), 0.5, control=True, source="register"),),
)
BARE = Entry("UN", "1", EntryKind.PERSON, ())
ENTRIES = st.lists(st.builds(Entry), max_size=6)


def test_every_field_of_an_entry_is_tried() -> None:
    blank = Entry("", "", EntryKind.PERSON, ())
    assert [field.name for field in fields(Entry) if getattr(FULL, field.name) == getattr(blank, field.name)] == []


@given(ENTRIES)
def test_entries_come_back_as_they_were(entries: list[Entry]) -> None:
    shelf = pickle.loads(pickle.dumps(Shelf.of([FULL, BARE, *entries])))  # noqa: S301 - what was written a moment ago
    assert list(shelf) == [FULL, BARE, *entries]
    assert [shelf[number] for number in range(len(shelf))] == [FULL, BARE, *entries]


def test_it_is_a_sequence() -> None:
    shelf = Shelf.of([FULL, BARE])
    assert (len(shelf), shelf[-1], list(shelf[1:]), BARE in shelf) == (2, BARE, [BARE], True)
    assert shelf[0] is shelf[0]  # kept in hand: a payment's other fields mean the same entry
    with pytest.raises(IndexError):
        shelf[2]
