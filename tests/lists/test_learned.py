"""What an index learned before it was handed over changes no answer."""

from __future__ import annotations

import pickle

import pytest

from lists.entry import Entry, EntryKind, ListedName
from lists.index import Index
from lists.learned import Learned
from schemas.decision import EditionUsed

NAMES = ("Mohammed Reza Karimi", "Aleksandr Petrovich Smirnov", "Northern Star Shipping Limited", "Al Fatah")
QUESTIONS = ("mohamad reza", "mohammedreza karimi", "x", "sascha smirnow", "northernstar", "alfatah", "quite another")


def index() -> Index:
    entries = [Entry("UN", str(n), EntryKind.PERSON, (ListedName(name),)) for n, name in enumerate(NAMES)]
    return Index.build(entries, EditionUsed("e", ()))


def answers(asked: Index) -> list[list[tuple[str, float, str]]]:
    return [[(hit.name.text, hit.score, hit.span) for hit in hits] for hits in asked.search(QUESTIONS, 0.3)]


def test_an_index_that_learned_answers_as_one_that_did_not() -> None:
    taught = index()
    before = answers(taught)
    again = pickle.loads(pickle.dumps(taught))  # noqa: S301 - what was written a moment ago
    assert any(before)
    assert answers(again) == before == answers(pickle.loads(pickle.dumps(index())))  # noqa: S301 - same


def test_what_is_learned_ahead_is_handed_over() -> None:
    taught = index()
    before = answers(index())
    taught.learn([word for question in QUESTIONS for word in question.split()])
    again = pickle.loads(pickle.dumps(taught))  # noqa: S301 - what was written a moment ago
    assert answers(taught) == answers(again) == before


@pytest.mark.parametrize("word", ["karimi", "nothing", "Ωmega"])
def test_similarity_keeps_order_and_value(word: str) -> None:
    learned = Learned.of({word: {3: 0.1 + 0.2, 1: 1.0}, "other": {}}, {})
    assert list((learned.similarity(word) or {}).items()) == [(3, 0.1 + 0.2), (1, 1.0)]
    assert learned.similarity("other") == {}
    assert learned.similarity("unknown") is None


def test_cuts() -> None:
    learned = Learned.of({}, {"alfatah": (2, True), "fatah": (0, False)})
    assert [learned.cut(word) for word in ("alfatah", "fatah", "unknown")] == [(2, True), (0, False), None]
