"""The compiled sieve keeps just the texts in which the Python twin sees names that could be found."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, Any, Final, cast

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lists.compiled import ENGINE
from lists.expanded import Expansion
from lists.index import Index
from lists.near import NearInPython, near_words
from lists.text_sieve import SHAPE, TextSieve, text_sieve_of
from lists.windows import LETTERS_MAX, windows_of
from schemas.decision import EditionUsed
from tests.full_memory import float32, int32
from tests.invented_list import BACKGROUND, ENTRIES, index

if TYPE_CHECKING:
    from collections.abc import Sequence

pytestmark = pytest.mark.skipif(ENGINE is None, reason="no C compiler built the engine here")

NAMES: Final = [name.text for entry in ENTRIES for name in entry.names]
WORDS: Final = [word for name in NAMES for word in name.split()]
# What names.py joins, parts, repairs or rewrites, whole and in pieces.
_SPECIAL: Final = """
    s a l r i m de DE c v c.v. s.a. S.A.S. llc LLC L.L.C. limited limitied Ltd. liability company co & and of jt stk pte
    cmpny incorp gmbh sarl s.a.r.l spa ooo o.o.o. sp. z o.o. A/S k.s. De.R.L. de-cv x_de cv abd abdu abdul Abdulrahman
    abdul-rahman Abderrahmane abdul1234 ebdul obtain o'neill D`x @ m@il a@b @home p.u.t.i.n p-u-t-i-n P_U_T_I_N x. x.y
    x.y.z 1 12 123 1234 T3638 12AB 1a2b3 03.03.2025 10/2026 - -- / : ; ( ) " é Straße Иванов 名前 محمد \u200b
    invoice payment goods thank you street rent salary mohammadali mariafernanda oceanmarigold vympelovamorskoy
"""
SPECIAL: Final = _SPECIAL.split()
BLANKS: Final = [" "] * 8 + ["", "\n", "  ", "\t", "\x1c", "\xa0", "\x85", "\0", ", ", "-", ".", "'", "/"]
FLOORS: Final = (0.0, 0.3, 0.67, 0.9, 1.5)


def by_the_twin(texts: Sequence[str], floor: float) -> list[int]:
    """The texts with a window that may hold a name, all in Python."""
    names: Any = index()
    windows = windows_of(texts, names._expander, names._ordinary)
    bounds = names._text_bounds
    found = zip(windows, bounds._strongest_in_python(floor - 0.001, windows), strict=True)
    return sorted({window.text for window, numbers in found if numbers})


def sieve() -> TextSieve:
    return cast("TextSieve", cast("Any", index())._text_sieve)


def new_sieve() -> TextSieve:
    """A sieve that knows no word yet."""
    names: Any = index()
    matrix = names._text_bounds._strongest.func.__self__
    return cast("TextSieve", text_sieve_of(names._sieve, names._text_bounds, matrix, names._expander, names._ordinary))


def made_up(dice: random.Random) -> str:
    words = [dice.choice((*SPECIAL, *dice.choices(WORDS, k=40))) for _ in range(dice.randint(0, 40))]
    return "".join(word + dice.choice(BLANKS) for word in words)


@pytest.mark.parametrize("floor", FLOORS)
def test_it_keeps_what_the_twin_keeps(floor: float) -> None:
    dice = random.Random(str(floor))  # noqa: S311 - seeded
    texts = [made_up(dice) for _ in range(600)]
    texts += [dice.choice((str.upper, str.lower))(f"INVOICE 12, {dice.choice(NAMES)} 3/2026") for _ in range(200)]
    wanted = by_the_twin(texts, floor)
    assert new_sieve().holding(texts, floor) == wanted
    assert [number for number, text in enumerate(texts) if sieve().holding([text], floor)] == wanted
    assert wanted


@settings(max_examples=300)
@given(st.lists(st.text(st.sampled_from("aabcdelmorstvLV 01. -_'@`*&/\n\0é")) | st.text(), max_size=4))
def test_any_text_is_read_as_the_twin_reads_it(texts: list[str]) -> None:
    assert sieve().holding(texts, 0.0) == by_the_twin(texts, 0.0)


def test_a_long_text_is_read_to_its_end_and_no_further() -> None:
    filler = "thank you " * (LETTERS_MAX // 10)
    name = "Vladislav Romanovich Testovsky"
    texts = [filler[: LETTERS_MAX - len(name)] + name, filler + name, "o" * 100_000, "testov" * 20_000]
    assert sieve().holding(texts, 0.67) == by_the_twin([text[:LETTERS_MAX] for text in texts], 0.67) == [0]


def test_words_that_push_each_other_out_of_the_memory_are_searched_without_it() -> None:
    letters = np.arange(ord("a"), ord("z") + 1, dtype=np.uint32)
    hashes = np.array([2166136261], np.uint32)
    for _ in range(5):
        hashes = np.uint32(16777619) * (hashes[:, None] ^ letters).ravel()
    one_shelf = np.flatnonzero((hashes ^ hashes >> np.uint32(16)) % np.uint32(1 << 16) == 7)[:100]
    words = ["".join(chr(97 + int(number) // 26**place % 26) for place in (4, 3, 2, 1, 0)) for number in one_shelf]
    tried = new_sieve()
    assert tried.holding([" 12345 ".join(words), "rent"], 0.67) == [0]
    assert tried.holding(["rent", *words[:4]], 0.67) == []


def test_what_is_forgotten_is_learned_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("lists.text_sieve.MOST", 2)
    texts = [f"payment {name} ok" for name in NAMES]
    once_again = new_sieve()
    wanted = by_the_twin(texts, 0.67)
    for _ in range(3):
        assert once_again.holding(texts, 0.67) == wanted


def _core(**other: Any) -> Any:
    assert ENGINE is not None
    matrix = ENGINE.Matrix(int32(0, 1), int32(0), float32(15), 1)
    given = {"matrix": matrix, "words": near_words(["mohammed"]), "column": float32(1), "shape": SHAPE} | other
    column = given["column"]
    return ENGINE.Texts(given["matrix"], given["words"], column, column, column, 8.0, 14.0, 1.0, given["shape"])


def test_what_is_no_sieve_is_refused() -> None:
    for other in (
        {"matrix": None},
        {"words": NearInPython([])},
        {"column": float32()},
        {"shape": (6, 6, 3, 5, 24)},
        {"shape": (14, -1, 3, 5, 24)},
        {"shape": (14, 6, 3, 5, 25)},
        {"shape": (14, 6)},
    ):
        with pytest.raises((TypeError, ValueError)):
            _core(**other)


def test_what_is_no_word_or_text_is_refused() -> None:
    core = _core()
    right = Expansion({0: 1.0}, int32(0), float32(1))
    assert core.sift(["mohammed"], 0.5, 1) == (b"\x03", ["mohammed"], [])
    for word, cut, expansion in (
        ("mohammed", 8, right),
        ("mohammed", -1, right),
        ("żółw", 0, right),
        ("\ud800", 0, right),
        (7, 0, right),
        ("mohammed", 0, None),
        ("mohammed", 0, Expansion({}, int32(1), float32(1))),
        ("mohammed", 0, Expansion({}, int32(0), float32(float("nan")))),
    ):
        with pytest.raises((TypeError, ValueError)):
            core.learn(word, 0, cut, expansion)
    with pytest.raises(ValueError, match="ASCII"):
        core.learn_pair("żółw", right)
    core.learn("mohammed", 0, 0, right)
    assert core.sift(["mohammed"], 0.5, 1) == (b"\x01", [], [])
    for lines in (["żółw"], ["\ud800"], [7], "text", None):
        with pytest.raises((TypeError, ValueError)):
            core.sift(lines, 0.5, 1)
    for texts in ([7], "text", None):
        with pytest.raises(TypeError):
            core.fold(texts)
    with pytest.raises(TypeError):
        core.forget("all")
    assert core.fold(["\ud800", "żółw", "Ab  C", ""]) == [None, None, "ab c", ""]


def test_what_a_word_stands_for_in_names_it_stands_for_in_texts() -> None:
    names: Any = Index.build(ENTRIES, EditionUsed("again"), BACKGROUND)
    assert names._sieve.meant("testovskij") is None
    names.search(["Vladislav Testovskij", "Zqxw"], 0.5)
    meant = names._sieve.meant("testovskij")
    assert list(meant.items()) == list(names._expander.of_word("testovskij").similarity.items()) != []
    assert names._sieve.meant("zqxw") == {}
    texts = ["gift for Vladislav Testovskij", "gift for Zqxw"]
    assert names._text_sieve.holding(texts, 0.3) == by_the_twin(texts, 0.3) == [0]
    for wrong in ("żółw", 7, "\ud800"):
        with pytest.raises((TypeError, ValueError)):
            names._sieve.meant(wrong)
