"""The sieve loses no name that scores the floor: its scores are those of the Python engine."""

from __future__ import annotations

import os
import random
from typing import TYPE_CHECKING, Any, Final

import numpy as np
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
from lists.sieve import CUT_RULES, sieve_rules
from streams.edge.bench.list_files import write_lists
from tests.full_memory import float32, float64, int32, sift, small_sieve

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


ONE_BUCKET = """
qaaaaa qaaxxn qaddtv qaegmt qahfte qaiixa qakhzx qakpwe qaktlp qanvqg qaqkup qarjti qarrqu qavyiu qbbksu
qbdami qbglwp qbhymf qbmejo qbwqqh qcatkf qcfevz qcvpdk qdfoio qdgqls qdiylf qdrdac qdrkdm qdroku qdslhf
qdslny qdvrvz qeavug qebgbl qecmzk qejbst qekzwx qelebf qeoipx qepzrp qetuwt qevnbp qfiymf qfsguf qfxvhg
qfzvfs qgazul qgcuni qgdiby qggxte qgkggy qgmtwq qgokkj qgsvgo qhhmrl qhiplh qhkuyw qhrjok qibmup qidrlb
qifbqd qiqcro qittnw qizzur qjidyc qjlxnl qjtcjf qkandp qkgppe qkhefu qkmcrw qkturq qkvrtr qkwavo qkwcdj
qlcpip qljewc qljjuo qljrui qlmbfn
""".split()  # noqa: SIM905 - a list of eighty would take eighty lines
"""Words whose checksums all lead to one place of the compiled core's memory: an attacker can make them up."""


def test_words_made_up_for_one_bucket_are_answered_and_soon_forgotten(index: Index) -> None:
    names = [f"{word} mohammed" for word in ONE_BUCKET]
    expected = [[*hits] for hits in index._search_all(names, 0.3)]
    assert [hits for start in range(0, 80, 8) for hits in index.search(names[start : start + 8], 0.3)] == expected
    sieve = Index.build(index.entries, index.edition)._sieve
    assert sieve is not None
    assert sieve.left([f"{word} zyx" for word in ONE_BUCKET[:40]], 0.68) == []
    # More of them than a bucket holds at once: what was learned first is forgotten, and so kept for Python.
    assert 0 in sieve.left([f"{word} zyx" for word in ONE_BUCKET], 0.68)


def test_words_that_were_forgotten_are_kept(index: Index, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("lists.sieve.MOST", 1)
    small = Index.build(index.entries, index.edition)._sieve
    assert small is not None
    assert 0 in small.left(["zyx wvu", "tsr"], 0.68)
    assert index._sieve is not None
    assert index._sieve.left(["zyx wvu", "tsr"], 0.68) == []


def test_the_small_sieve_finds_its_name() -> None:
    scores, left = sift(small_sieve(), "muhamed abc")
    assert left == []
    assert [number for number, _ in scores] == [0, 1]
    assert 0 < scores[1][1] < scores[0][1] < 1


@pytest.mark.parametrize(
    "columns",
    [
        {"starts": int32(0)},
        {"words": float64(0, 1)},
        {"by_alphabet": int32(1)},
        {"flags": int32()},
        {"bits": float32(9, 4)},
        {"totals": float64()},
        {"exact": float64(1)},
        {"least": float32()},
        {"contained": float32(1)},
        {"rules": float64(1)},
        {"rules": np.zeros(len(sieve_rules()))},
        {"rules": np.append(sieve_rules(), 1)},
    ],
)
def test_what_is_no_sieve_is_refused(columns: dict[str, Any]) -> None:
    with pytest.raises((TypeError, ValueError), match=r"bit|words|rules"):
        small_sieve(**columns)


@pytest.mark.parametrize(
    "columns",
    [
        {"starts": int32(1, 0)},
        {"starts": int32(-1, 2)},
        {"starts": int32(0, 9)},
        {"words": int32(0, 7)},
        {"words": int32(-1, 1)},
        {"by_alphabet": int32(5, -5)},
    ],
)
def test_a_name_is_kept_where_columns_are_damaged(columns: dict[str, Any]) -> None:
    """They are pages of a file that other processes could write to."""
    assert sift(small_sieve(**columns), "muhamed abc")[1] == [0, 1]


@pytest.mark.parametrize(
    "arguments",
    [
        ("muhamed", 1.0, 0, 0, {2: 0.8}),
        ("muhamed", 1.0, 0, 0, {-1: 0.8}),
        ("muhamed", 1.0, 0, 0, {0: float("nan")}),
        ("muhamed", 1.0, 0, 0, {0: 1.5}),
        ("muhamed", 1.0, 0, 0, {0: 0}),
        ("muhamed", 1.0, 0, 0, {"0": 0.5}),
        ("muhamed", 1.0, 0, 0, {1 << 70: 0.5}),
        ("muhamed", float("nan"), 0, 0, {}),
        ("muhamed", -1.0, 0, 0, {}),
        ("muhamed", 1.0, 0, 7, {}),
        ("muhamed", 1.0, 0, -1, {}),
        ("", 1.0, 0, 0, {}),
        ("é", 1.0, 0, 0, {}),
        ("\ud800", 1.0, 0, 0, {}),
        ("muhamed", 1.0, 0, 0, None),
    ],
)
def test_what_is_no_meaning_is_refused_and_spoils_no_other(arguments: tuple[object, ...]) -> None:
    sieve = small_sieve()
    before = sift(sieve, "muhamed abc")
    with pytest.raises((TypeError, ValueError, OverflowError)):
        sieve.learn(*arguments)
    assert sift(sieve, "muhamed abc") == before


def test_what_is_no_batch_is_refused() -> None:
    sieve = small_sieve()
    for names in (None, ("a",), [1], ["a", None]):
        with pytest.raises(TypeError):
            sieve.batch(names)
    batch = sieve.batch(["muhamed", "abc", "é"])
    for lines in ("", "muhamed\n", "muhamed\nabc", "muhamed\nabc\n\n"):
        with pytest.raises(ValueError, match="lines than names"):
            sieve.batch(["muhamed", "abc"]).odd(lines)
    for number, plain, tokens in (
        (3, [], []),
        (-1, [], []),
        (2, ["É"], []),
        (2, [], [""]),
        (2, [], ["a b"]),
        (2, [], ["a"] * 25),
    ):
        with pytest.raises(ValueError, match=r"no name|no word|too many"):
            batch.add(number, plain, tokens)
    for nobody in (3, -1, "x"):
        with pytest.raises(ValueError, match="no name"):
            batch.keep(nobody)
    with pytest.raises(TypeError):
        batch.left("x")
    batch.keep(2)
    assert batch.left(0.5) == [0, 1, 2], "of what is not known nothing is said"


def test_a_batch_outlives_its_sieve() -> None:
    batch = small_sieve().batch(["muhamed"])
    assert list(batch.unknown()) == ["muhamed"]
