from __future__ import annotations

import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lists.candidates import MOST
from lists.entry import EntryKind, Strength
from lists.index import Background, Hit, Index
from lists.score import EXACT, EXACT_GLUED, EXACT_THING
from schemas.decision import EditionUsed
from tests.invented_list import ENTRIES, entry, index

ROOT = Path(__file__).resolve().parents[2]


def best(name: str, floor: float = 0.3) -> Hit | None:
    hits = index().search([name], floor)[0]
    return hits[0] if hits else None


def score_of(name: str, reference: str) -> float:
    return max((hit.score for hit in index().search([name], 0.0)[0] if hit.entry.reference == reference), default=0.0)


CASES = tomllib.loads((ROOT / "tests" / "lists" / "engine_cases.toml").read_text(encoding="utf-8"))
MUST_BE_FOUND = [(name, reference) for name, reference in CASES["found"]]


@pytest.mark.parametrize(("name", "reference"), MUST_BE_FOUND)
def test_must_be_found(name: str, reference: str) -> None:
    hit = best(name, 0.6)
    assert hit is not None
    assert hit.entry.reference == reference


@pytest.mark.parametrize("name", CASES["not_found"])
def test_must_not_be_found(name: str) -> None:
    assert best(name, 0.7) is None


@pytest.mark.parametrize(("reference", "better", "worse"), CASES["ranks"])
def test_must_rank_above(reference: str, better: str, worse: str) -> None:
    assert score_of(better, reference) > score_of(worse, reference)


def _turned(name: str) -> list[str]:
    words = name.split()
    return [name, name.upper(), name.lower(), " ".join(reversed(words)), " ".join(words[1:] + words[:1])]


@pytest.mark.parametrize("listed", ENTRIES, ids=lambda entry: entry.name)
def test_an_exact_name_is_always_found(listed: object) -> None:
    """The exact floor: any listed name, in any order of words and any case; one-word weak aliases and things less."""
    for name in listed.names:  # type: ignore[attr-defined]  # parametrize loses the type
        one_word = len(name.text.split()) == 1
        for asked in _turned(name.text):
            score = score_of(asked, listed.reference)  # type: ignore[attr-defined]  # same
            if one_word and name.strength is Strength.WEAK:
                assert score < EXACT_THING
            elif one_word and listed.kind in {EntryKind.VESSEL, EntryKind.AIRCRAFT}:  # type: ignore[attr-defined]  # same
                assert score >= EXACT_THING
            else:
                assert score >= EXACT


def test_the_same_letters_glued_are_found() -> None:
    hit = best("VLADISLAVROMANOVICHTESTOVSKY")
    assert hit is not None
    assert hit.score >= EXACT_GLUED
    assert hit.method == "exact"


def test_one_hit_an_entry_best_first_at_or_above_the_floor() -> None:
    hits = index().search(["Vladislav Testovsky Aleksandr Krasnopoltsev"], 0.2)[0]
    references = [hit.entry.reference for hit in hits]
    assert len(references) == len(set(references))
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
    assert all(hit.score >= 0.2 for hit in hits)


def test_of_equal_names_of_an_entry_the_first_in_the_alphabet_is_told() -> None:
    twins = [entry("b", EntryKind.PERSON, "Ab Vympelov"), entry("a", EntryKind.PERSON, "Vympelov Ab", "Vympelov, Ab")]
    hits = Index.build(twins, EditionUsed("twins"), Background()).search(["Ab Vympelov"], 0.5)[0]
    assert [hit.entry.reference for hit in hits] == ["a", "b"]
    assert hits[0].name.text == "Vympelov Ab"


@pytest.mark.parametrize(("name", "_reference"), MUST_BE_FOUND)
def test_the_pieces_add_up_to_the_score(name: str, _reference: str) -> None:
    for hit in index().search([name], 0.0)[0]:
        assert sum(piece.points for piece in hit.pieces) == pytest.approx(100 * hit.score, abs=0.006)


def test_every_step_of_a_score_is_told() -> None:
    hits = index().search(["Mohamad Q Zarghanpour Lahore Jones", "V. Testovsky", "Grozny"], 0.0)
    told = {piece.listed for found in hits for hit in found for piece in hit.pieces if not piece.query}
    assert "karim" in told
    assert "(evidence in all matched bits)" in told
    assert "(what an initial leaves open)" in told
    assert "(weak alias)" in told
    extra = [piece for piece in hits[0][0].pieces if not piece.listed]
    assert {piece.query for piece in extra} >= {"lahore", "jones"}
    assert all(piece.points <= 0 for piece in extra)


def test_answers_depend_on_nothing_but_the_name() -> None:
    names = [name for name, _ in MUST_BE_FOUND] + CASES["not_found"]
    together = index().search(names, 0.2)
    fresh = Index.build(ENTRIES, EditionUsed("invented"), index_background())
    assert together == [fresh.search([name], 0.2)[0] for name in names]
    assert together == [
        hits for start in range(0, len(names), 7) for hits in fresh.search(names[start : start + 7], 0.2)
    ]
    assert together == list(reversed(fresh.search(list(reversed(names)), 0.2)))


def index_background() -> Background:
    from tests.invented_list import BACKGROUND  # noqa: PLC0415 - beside its one use

    return BACKGROUND


_PRINT = """
import pathlib, tomllib
from tests.invented_list import index
cases = tomllib.loads(pathlib.Path("tests/lists/engine_cases.toml").read_text(encoding="utf-8"))
names = [name for name, _ in cases["found"]]
texts = ["PAYMENT FOR " + name + " GOODS" for name in names]
for hits in [*index().search(names, 0.2), *index().search_texts(texts, 0.2)]:
    print([(hit.entry.reference, hit.name.text, hit.score, hit.span, hit.pieces) for hit in hits])
"""


def test_answers_do_not_depend_on_the_process_or_its_hash_seed(capsys: pytest.CaptureFixture[str]) -> None:
    environment = {"PYTHONHASHSEED": "12345", "PYTHONPATH": str(ROOT)}
    elsewhere = subprocess.run(
        [sys.executable, "-c", _PRINT], cwd=ROOT, env=environment, capture_output=True, check=True, text=True
    ).stdout
    exec(_PRINT, {})  # noqa: S102 - the very same lines, here
    assert capsys.readouterr().out == elsewhere
    assert len(elsewhere) > 1000


def test_a_long_field_is_searched_as_a_text_too() -> None:
    words = [f"word{chr(97 + place % 26)}x" for place in range(60)]
    field = " ".join([*words, "Vladislav Romanovich Testovsky", *words])
    hit = best(field, 0.6)
    assert hit is not None
    assert (hit.entry.reference, hit.method) == ("1", "text")
    letters = "x" * 3000 + " Vladislav Romanovich Testovsky"
    assert best(letters, 0.6) is not None


HOSTILE = [
    *("\x00", "\x00" * 500, "a" * 10_000, "a " * 5_000, "\ud800", "\u202e" * 100, "\ufdfa" * 500, "\uff11" * 900),
    *(
        "'" * 999,
        ";" * 2_000,
        "-" * 2_000,
        "a-" * 3_000,
        "S.A." * 900,
        "().*+?[]^$|\\",
        "%s%n{0}",
        "<script>",
        "1" * 4_000,
    ),
    *("\u05d0" * 5_000, "\u0627" * 5_000, "\uac00" * 3_000, "\u6f22" * 5_000, "\U0001f642" * 1_000, "a\u0431" * 3_000),
    *("abdul" * 500, "/" * 500 + " a.k.a. " * 400, "tt" * 4_000 + " " + "xyz " * 2_000),
]


@pytest.mark.timeout(60)
def test_hostile_names_and_texts_are_answered() -> None:
    assert len(index().search(HOSTILE, 0.5)) == len(HOSTILE)
    assert len(index().search_texts(HOSTILE, 0.5)) == len(HOSTILE)


@given(st.lists(st.text(max_size=80), max_size=4))
@settings(deadline=None, max_examples=60)
def test_any_names_are_answered_one_by_one(names: list[str]) -> None:
    together = index().search(names, 0.1)
    assert together == [index().search([name], 0.1)[0] for name in names]


def test_of_very_many_like_names_the_most_promising_are_compared() -> None:
    many = [entry(f"{number:03}", EntryKind.PERSON, f"Ivan Vympelov Q{number}") for number in range(60)]
    alike = Index.build([*many, entry("best", EntryKind.PERSON, "Vympelov Ivan")], EditionUsed("many"), Background())
    hits = alike.search(["Ivan Vympelov"], 0.1)[0]
    assert hits[0].entry.reference == "best"
    assert len(hits) <= MOST


def test_an_empty_edition_answers_nothing() -> None:
    nothing = Index.build([], EditionUsed("empty"), Background())
    assert nothing.search(["Vladislav Testovsky"], 0.0) == [[]]
    assert nothing.search_texts(["Vladislav Testovsky"], 0.0) == [[]]
    assert nothing.search([], 0.0) == []


def test_entries_without_a_comparable_name_do_no_harm() -> None:
    odd = Index.build(
        [entry("1", EntryKind.PERSON), entry("2", EntryKind.PERSON, "!?", "Ivan Vympelov")], EditionUsed("odd")
    )
    assert [hit.entry.reference for hit in odd.search(["Ivan Vympelov"], 0.5)[0]] == ["2"]


def test_the_index_tells_what_it_holds() -> None:
    assert tuple(index().entries) == ENTRIES
    assert index().edition.id == "invented"
    assert index().names >= len(ENTRIES)
