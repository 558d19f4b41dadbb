"""The compiled engine and its twins in Python give the same answers, to the last bit."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import lists.compiled
from lists.compiled import CORE, ENGINE, engine_for
from lists.edge.editions import load
from lists.expanded import Expansion
from lists.index import Index
from lists.near import KEY_RULES, Asked, NearInPython, near_words
from lists.similarity import SIMILARITY_RULES, SOUND, SPELLING, first_within, first_within_in_python
from lists.sounds import SOUND_RULES, consonant_key, consonant_key_in_python, sound_key, sound_key_in_python
from lists.tables import NICKNAMES, WORDS, read_frequencies
from lists.windows import Window
from streams.edge.bench.list_files import write_lists
from tests.full_memory import ask_names, float32, int32, question

if TYPE_CHECKING:
    from collections.abc import Callable

    from lists.edge.loaded import LoadedEdition

PAIRS: Final = int(os.environ.get("PAIRS", "1000000"))
"""Fewer with sanitizers (make sanitize)."""
FLOOR: Final = 0.5
ROOT: Final = Path(__file__).parents[2]
LETTERS: Final = "abcdefghijklmnopqrstuvwxyz0123456789"

needs_the_compiled_engine = pytest.mark.skipif(ENGINE is None, reason="no C compiler built the engine here")


def _words() -> list[str]:
    return sorted(word for word in {*read_frequencies().counts, *NICKNAMES} if word.isascii())


def _respelled(word: str, dice: random.Random) -> str:
    for _ in range(dice.randint(1, 3)):
        place = dice.randrange(len(word) + 1)
        word = (
            word[:place] + dice.choice(["", dice.choice(LETTERS), "h", "ei", "y"]) + word[place + dice.randint(0, 1) :]
        )
    return word


@needs_the_compiled_engine
def test_the_compiled_engine_follows_the_rules_as_they_are() -> None:
    assert CORE == "compiled"
    assert engine_for(SOUND_RULES, "SOUND_RULES"), "renew lists/compiled/sounds.h as its README says"
    assert engine_for(KEY_RULES, "KEY_RULES"), "renew lists/compiled/words.h as its README says"


@needs_the_compiled_engine
def test_an_engine_that_follows_other_rules_is_not_used() -> None:
    assert engine_for((*KEY_RULES, 1), "KEY_RULES") is None


@given(st.text(LETTERS) | st.text("aeiouyhjcfkstoxq1") | st.text())
def test_a_word_sounds_the_same(word: str) -> None:
    assert sound_key(word) == sound_key_in_python(word)
    assert consonant_key(word) == consonant_key_in_python(word)


@needs_the_compiled_engine
def test_a_million_pairs_are_as_alike() -> None:
    dice = random.Random(1)  # noqa: S311 - seeded
    words = _words()
    twin, compiled = NearInPython(words), near_words(words)
    assert not isinstance(compiled, NearInPython)
    compared = 0
    while compared < PAIRS:
        asked = [Asked(_respelled(dice.choice(words), dice), joined=dice.random() < 0.3) for _ in range(5_000)]
        compared += twin.pairs(asked)
        assert compiled.near(asked) == twin.near(asked)


@pytest.mark.parametrize(
    "word", ["", "a", "x" * 70, "mohammedmohammedmohammedmohammedmohammedmohammedmohammedmohammed", "o" * 9_000]
)
def test_words_of_any_length_are_looked_up(word: str) -> None:
    words = ["mohammed", "mohammed" * 8, "x" * 69, "ab"]
    asked = [Asked(word), Asked(word, joined=True)]
    assert near_words(words).near(asked) == NearInPython(words).near(asked)


def test_words_in_other_letters_are_compared_in_python() -> None:
    assert isinstance(near_words(["żółw"]), NearInPython)


@needs_the_compiled_engine
def test_a_word_in_other_letters_is_refused_rather_than_missed() -> None:
    with pytest.raises(ValueError, match="ASCII"):
        near_words(["zolw"]).near([Asked("żółw")])


@pytest.fixture(scope="module")
def edition(tmp_path_factory: pytest.TempPathFactory) -> LoadedEdition:
    folder = tmp_path_factory.mktemp("lists")
    write_lists(folder, ["OFAC_SDN", "UN"], 4_000, 7)
    return load(folder)


@pytest.fixture
def twins(edition: LoadedEdition, monkeypatch: pytest.MonkeyPatch) -> tuple[Index, Index]:
    compiled = Index.build(edition.entries, edition.edition)
    monkeypatch.setattr(lists.compiled, "ENGINE", None)
    monkeypatch.setattr(lists.index, "ENGINE", None)
    return compiled, Index.build(edition.entries, edition.edition)


def test_names_and_texts_find_the_same(twins: tuple[Index, Index], edition: LoadedEdition) -> None:
    dice = random.Random(2)  # noqa: S311 - seeded
    listed = [name.text for entry in edition.entries for name in entry.names]
    names = [_respelled(dice.choice(listed).lower(), dice) for _ in range(1_500)]
    names += [
        f"{one.partition(' ')[0]} {dice.choice(LETTERS)} {other}" for one, other in zip(names, names[7:], strict=False)
    ]
    texts = [
        f"invoice {place} for {one}, {other} and thanks"
        for place, (one, other) in enumerate(zip(names, listed, strict=False))
    ]
    compiled, in_python = twins
    assert compiled.search(names, FLOOR) == in_python.search(names, FLOOR)
    assert compiled.search_texts([*texts, " ".join(texts[:40]), ""], FLOOR) == in_python.search_texts(
        [*texts, " ".join(texts[:40]), ""], FLOOR
    )
    assert any(compiled.search(names, FLOOR))


@needs_the_compiled_engine
def test_what_is_no_expansion_is_refused() -> None:
    assert ENGINE is not None
    starts, names, bits = np.array([0, 1], np.int32), np.array([0], np.int32), np.array([1], np.float32)
    matrix = ENGINE.Matrix(starts, names, bits, 1)
    column = np.ones(1, np.float32)
    wrong = Window(0, ["a"], [(0, Expansion({}, np.array([0], np.int64), np.array([1], np.float32)))])
    with pytest.raises(TypeError, match="32-bit"):
        matrix.windows(column, column, column, 8.0, 1.0, 1.0, 1, 0.0, [wrong])
    with pytest.raises(ValueError, match="shape"):
        ENGINE.Words(("word",), b"", b"", (0.0,) * 7)
    with pytest.raises(TypeError):
        ENGINE.Words((1,), SPELLING.tobytes(), SOUND.tobytes(), SIMILARITY_RULES)


def _engine_of(words: list[str]) -> Any:
    """The words as the compiled core holds them."""
    return near_words(words)


def test_the_first_word_within_so_many_edits_is_the_same() -> None:
    dice = random.Random(6)  # noqa: S311 - seeded
    choices = WORDS.legal_words
    for _ in range(20_000):
        word, most = _respelled(dice.choice(choices), dice), dice.randint(0, 3)
        assert first_within(word, choices, most) == first_within_in_python(word, choices, most)
    for word in ("", "x" * 70, "limited" * 10):
        assert first_within(word, (*choices, "x" * 69), 2) == first_within_in_python(word, (*choices, "x" * 69), 2)


@needs_the_compiled_engine
def test_what_are_no_words_is_refused() -> None:
    engine = _engine_of(["mohammed"])
    assert ENGINE is not None
    calls: list[Callable[[], object]] = [
        lambda: ENGINE.first_within("żółw", ("a",), 1),
        lambda: ENGINE.first_within("a", (1,), 1),
        lambda: ENGINE.first_within("a", ("\ud800",), 1),
        lambda: ENGINE.first_within("a", ["a"], 1),
        lambda: engine.may_be_parted(1),
        lambda: engine.may_be_parted("\ud800"),
    ]
    for call in calls:
        with pytest.raises((TypeError, ValueError)):
            call()


@needs_the_compiled_engine
def test_a_word_may_be_parted_wherever_a_listed_word_stands() -> None:
    dice = random.Random(7)  # noqa: S311 - seeded
    listed = _words()[::7]
    known, engine = set(listed), _engine_of(listed)
    told = 0
    for _ in range(3_000):
        word = dice.choice(listed) + _respelled(dice.choice(listed), dice)
        right = {at for at in range(1, len(word)) if word[:at] in known or word[at:] in known}
        places = engine.may_be_parted(word)
        assert right <= set(places)
        assert places == sorted(places)
        told += len(places) - len(right)
    assert told < 3_000, "hardly any other place is told"


_HOSTILE: Final = [
    "",
    "\0",
    "a\0b",
    "\ud800",
    "żółw",
    "名前",
    "😀x",
    "1" * 70,
    "o" * 100_000,
    "h" * 64,
    "ei" * 33,
    "c\0c",
]


@pytest.mark.parametrize("word", _HOSTILE)
def test_a_hostile_word_sounds_the_same(word: str) -> None:
    assert sound_key(word) == sound_key_in_python(word)
    assert consonant_key(word) == consonant_key_in_python(word)


@pytest.mark.parametrize("listed", [[], ["a"], ["mohammed"] * 3, ["x" * 60, "x" * 66, "y\0z"]])
def test_hostile_words_are_as_alike(listed: list[str]) -> None:
    dice = random.Random(3)  # noqa: S311 - seeded
    asked = [Asked(word, joined=joined) for word in _HOSTILE if word.isascii() for joined in (False, True)]
    asked += [Asked("".join(dice.choices("xymohaed\0\x7f", k=dice.randint(0, 90)))) for _ in range(2_000)]
    assert near_words(listed).near(asked) == NearInPython(listed).near(asked)


@needs_the_compiled_engine
@pytest.mark.parametrize(
    ("starts", "names", "bits", "count"),
    [
        (int32(), int32(), float32(), 2),
        (int32(0, 2), int32(0), float32(1), 2),
        (int32(0, 1), int32(2), float32(1), 2),
        (int32(0, 1), int32(-1), float32(1), 2),
        (int32(1, 0), int32(0), float32(1), 2),
        (int32(0, 1), int32(0), float32(float("nan")), 2),
        (int32(0, 1), int32(0), float32(-1), 2),
        (int32(0, 1), int32(0), float32(), 2),
        (int32(0, 1), int32(0), float32(1), -1),
        (np.array([0, 1]), int32(0), float32(1), 2),
        (b"\0" * 8, b"\0" * 4, b"\0" * 4, 2),
    ],
)
def test_what_is_no_matrix_is_refused(starts: object, names: object, bits: object, count: int) -> None:
    assert ENGINE is not None
    with pytest.raises((TypeError, ValueError), match=r"32-bit|matrix"):
        ENGINE.Matrix(starts, names, bits, count)


@needs_the_compiled_engine
@pytest.mark.parametrize(
    "expansion",
    [
        None,
        (1,),
        ({}, int32(0), float32(float("nan"))),
        ({}, int32(0), float32(-1)),
        ({}, int32(0), float32(float("inf"))),
        ({}, int32(7), float32(1)),
        ({}, int32(-1), float32(1)),
        ({}, int32(0, 0), float32(1)),
    ],
)
def test_a_question_with_a_wrong_weight_is_refused_and_spoils_no_other(expansion: object) -> None:
    assert ENGINE is not None
    matrix = ENGINE.Matrix(int32(0, 2), int32(0, 1), float32(4, 4), 2)
    right: tuple[object, ...] = ({}, int32(0), float32(1))
    before = ask_names(matrix, question(right))
    with pytest.raises((TypeError, ValueError, IndexError)):
        ask_names(matrix, question(right, expansion))
    with pytest.raises((TypeError, ValueError, IndexError)):
        matrix.windows(*[np.ones(2, np.float32)] * 3, 8.0, 1.0, 1.0, 1, 0.0, [question((0, right), (0, expansion))])
    assert ask_names(matrix, question(right)) == before == [[0, 1]]


@needs_the_compiled_engine
def test_columns_that_are_too_short_are_refused() -> None:
    assert ENGINE is not None
    matrix = ENGINE.Matrix(int32(0, 2), int32(0, 1), float32(4, 4), 2)
    with pytest.raises(TypeError, match="32-bit"):
        ask_names(matrix, question(), np.ones(1, np.float32))
    with pytest.raises(ValueError, match="fewer"):
        ask_names(matrix, question(), most=-1)
    with pytest.raises(TypeError):
        matrix.windows(*[float32()] * 3, 8.0, 1.0, 1.0, 1, 0.0, [])


@needs_the_compiled_engine
def test_a_list_that_changes_while_it_is_read_is_read_as_it_was() -> None:
    class Changing:
        def __init__(self, asked: list[Any]) -> None:
            self.asked = asked

        def __bool__(self) -> bool:
            self.asked.clear()
            return False

    asked: list[Any] = []
    asked += [(str(b"mohammed", "ascii"), Changing(asked)), (str(b"ab", "ascii"), False)]
    assert near_words(["mohammed", "ab"]).near(asked) == [[(0, 1.0)], [(1, 1.0)]]


@needs_the_compiled_engine
def test_what_would_write_beyond_a_word_is_refused() -> None:
    assert ENGINE is not None
    for groups in [(("", ""),), (("a", "bb"),), (("a" * 9, "b"),), (("a", "b"),) * 65, ("ab",), (("a", "b"),)]:
        with pytest.raises((TypeError, ValueError)):
            ENGINE.following(groups, sound_key_in_python, consonant_key_in_python)
    with pytest.raises(ValueError, match="ASCII"):
        ENGINE.Words(("żółw",), SPELLING.tobytes(), SOUND.tobytes(), SIMILARITY_RULES)
    assert sound_key("tech") == sound_key_in_python("tech")


@needs_the_compiled_engine
def test_a_full_memory_is_told_wherever_it_strikes() -> None:
    pytest.importorskip("_testcapi")
    # In a process without pytest and without a tracer of coverage, which does not bear what is done here.
    done = subprocess.run(
        [sys.executable, "-m", "tests.full_memory"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) > 0, "no allocation of the engine was made to fail"
