"""The flat dictionary answers as the dictionary it was made of."""

from __future__ import annotations

import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lists.lookup import Lookup

KEYS = st.text(st.characters(), max_size=12)  # lone surrogates too: nothing a message holds may stop a look-up
TABLES = st.dictionaries(KEYS, st.lists(st.integers(-(2**31), 2**31 - 1), max_size=4), max_size=40)


@given(TABLES, st.lists(KEYS))
def test_it_answers_as_the_dictionary_did(table: dict[str, list[int]], others: list[str]) -> None:
    lookup = pickle.loads(pickle.dumps(Lookup.of(table)))  # noqa: S301 - what was written a moment ago
    assert len(lookup) == len(table)
    assert sorted(lookup) == sorted(table)
    for key in (*table, *others):
        assert (key in lookup) is (key in table)
        assert list(lookup.get(key)) == table.get(key, [])


def test_numbers_stand_beside_the_place_of_their_key() -> None:
    lookup = Lookup.of({"one": [7], "three": [1, 2, 3], "none": []})
    place = lookup.place("three")
    assert [lookup.numbers_at(place), len(lookup.range_of(place))] == [[1, 2, 3], 3]
    assert lookup.place("two") == -1
    assert list(lookup.get("two", (9,))) == [9]


@pytest.mark.parametrize("count", [0, 1, 5_000])
def test_any_number_of_keys(count: int) -> None:
    lookup = Lookup.of({f"key {number}": [number] for number in range(count)})
    assert all(lookup.get(f"key {number}") == [number] for number in range(count))
    assert f"key {count}" not in lookup
