"""The sieve loses no name that scores the floor: its scores are those of the Python engine."""

from __future__ import annotations

import os
import random
from typing import TYPE_CHECKING, Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lists.compare import align
from lists.compiled import ENGINE, engine_for
from lists.edge.editions import load
from lists.index import Index
from lists.mutations import MUTATIONS, mutate_until
from lists.names import with_generic_forms
from lists.question import all_readings, ask, cut, in_latin, is_long
from lists.score import DIGITS, judge
from lists.sieve import CUT_RULES
from streams.edge.bench.list_files import write_lists

if TYPE_CHECKING:
    from collections.abc import Sequence

PAIRS: Final = int(os.environ.get("PAIRS", "1000000")) // 100
"""Aligned pairs; each is one of some three hundred pairs that share a word."""
FLOOR: Final = 0.5
UNSAID: Final = 2.0
"""What the sieve says where it cannot say: such a name is kept."""

pytestmark = pytest.mark.skipif(ENGINE is None, reason="no C compiler built the engine here")


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Index:
    folder = tmp_path_factory.mktemp("lists")
    write_lists(folder, ["OFAC_SDN", "UN"], 4_000, 7)
    edition = load(folder)
    return Index.build(edition.entries, edition.edition)


def _best_in_python(index: Index, names: Sequence[str]) -> tuple[list[float], int]:
    """The best score of each name without the exact floor, and how many pairs were aligned for it."""
    questions = ask(names, index._expander, index._rarity)
    best, pairs = [], 0
    for question, numbers in zip(questions, index._candidates.of(questions), strict=True):
        pairs += len(numbers)
        aligned = [(number, align(question, index._names, number)) for number in numbers]
        best.append(max((judge(question, index._names, n, a).score for n, a in aligned if a is not None), default=0.0))
    return best, pairs


def _distorted(listed: Sequence[str], dice: random.Random) -> list[str]:
    names = []
    for _, _, mutation in MUTATIONS.values():
        names += [name for _ in range(12) if (name := mutate_until(dice.choice(listed), mutation, dice))]
    words = [word for name in names for word in name.split()]
    names += [" ".join(dice.choices(words, k=dice.randint(1, 5))) for _ in range(150)]
    names += [name[: dice.randint(4, 30)] for name in names]
    return [name for name in names if all_readings(name) == [name] and in_latin(name) and not is_long(name)]


def test_the_compiled_cut_follows_the_rules_as_they_are() -> None:
    assert engine_for(CUT_RULES, "CUT_RULES"), "renew lists/compiled/names.h as its README says"


def test_scores_are_those_of_the_python_engine(index: Index) -> None:
    dice = random.Random(4)  # noqa: S311 - seeded
    listed = [name.text for entry in index.entries for name in entry.names]
    assert index._sieve is not None
    compared = said = 0
    while compared < PAIRS:
        names = _distorted(listed, dice)
        expected, pairs = _best_in_python(index, names)
        compared += pairs
        for number, score in index._sieve.batch(names).scores():
            assert score == UNSAID or round(score, DIGITS) == expected[number], names[number]
            said += score != UNSAID
    assert said > compared // 20


def test_a_name_that_scores_the_floor_is_left(index: Index) -> None:
    dice = random.Random(5)  # noqa: S311 - seeded
    listed = [name.text for entry in index.entries for name in entry.names]
    names = [*_distorted(listed, dice), *listed[:300]]
    assert index._sieve is not None
    for floor in (0.3, 0.68, 0.9):
        left = set(index._sieve.left(names, floor))
        found = {number for number, hits in enumerate(index._search_all(names, floor)) if hits}
        assert found <= left
        assert len(left - found) < len(names) // 20, "what is left should nearly always be found"


@given(st.text() | st.text("ab cd.'-ef ghABC`@/&;") | st.text("slrcdev a."))
def test_any_text_is_cut_as_in_python(index: Index, text: str) -> None:
    """What the sieve cuts by itself has one reading, and its words as they stand are those that are compared."""
    assert index._sieve is not None
    batch = index._sieve._engine.batch([text])
    lines = batch.lines()
    index._sieve._learn(batch.unknown())
    if batch.odd(with_generic_forms(lines)):
        return
    _, plain, tokens = cut(text)
    assert all_readings(text) == [text]
    assert not is_long(text)
    assert lines == " ".join(tokens) + "\n"
    assert plain == tokens


@pytest.mark.parametrize(
    "name",
    [
        "",
        " ",
        "\0",
        "a\0b",
        "\ud800",
        "żółw 名前",
        "1" * 70,
        "o" * 3_000,
        "a " * 40,
        "абв",
        "x\x1cy",
        "q0 ltd",
        "'",
        "a'b",
    ],
)
def test_hostile_names_are_answered_as_without_it(index: Index, name: str) -> None:
    assert index.search([name, "mohammed"], 0.3) == [[*hits] for hits in index._search_all([name, "mohammed"], 0.3)]


def test_words_that_were_forgotten_are_kept(index: Index, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("lists.sieve.MOST", 1)
    small = Index.build(index.entries, index.edition)._sieve
    assert small is not None
    assert 0 in small.left(["zyx wvu", "tsr"], 0.68)
    assert index._sieve is not None
    assert index._sieve.left(["zyx wvu", "tsr"], 0.68) == []
