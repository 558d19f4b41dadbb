"""A word may be as long as a file: work stays in proportion, and nobody is missed for it."""

from __future__ import annotations

import random
import time

import pytest

from lists.entry import Entry, EntryKind, ListedName
from lists.index import Index
from lists.names import WORD_LETTERS_MAX, tokenize
from schemas.decision import EditionUsed

SEED = 9


def letters(count: int) -> str:
    """Letters in no order: a word that repeats itself is cheaper than one that does not."""
    return "".join(random.Random(SEED).choices("abcdefghijklmnopqrstuvwxyz", k=count))  # noqa: S311 - seeded, for the same word every time


def index_of(name: str) -> Index:
    return Index.build([Entry("UN", "1", EntryKind.ORGANISATION, (ListedName(name),))], EditionUsed("e"))


def seconds(name: str) -> float:
    """Processor seconds to build and to ask, the least of three."""
    times = []
    for _ in range(3):
        began = time.process_time()
        index_of(name).search([name], 0.5)
        times.append(time.process_time() - began)
    return min(times)


@pytest.mark.parametrize("head", ["", "abd", "Ж"])
def test_a_hundred_thousand_letters_are_indexed_in_no_time(head: str) -> None:
    short, long = seconds(head + letters(1_000)), seconds(head + letters(100_000))
    assert long < 10 * short + 1  # it was minutes: a key for each letter, each as long as the word


@pytest.mark.parametrize("count", [WORD_LETTERS_MAX - 1, WORD_LETTERS_MAX, WORD_LETTERS_MAX + 1, 300])
def test_a_long_word_is_found(count: int) -> None:
    name = letters(count)
    index = index_of(name)
    assert all(hits and hits[0].method == "exact" for hits in index.search([name, name.upper()], 0.95))
    assert index.search([name[: count // 2] + name[count // 2 + 1 :]], 0.65)[0], "a letter less"
    if count > WORD_LETTERS_MAX:  # one word in a text proves too little, of whatever length
        assert index.search_texts([f"invoice 17 of {name} paid"], 0.8)[0]


def test_no_letter_is_lost() -> None:
    name = letters(3 * WORD_LETTERS_MAX + 5)
    assert "".join(tokenize(name)) == name
    assert max(map(len, tokenize(name))) == WORD_LETTERS_MAX
