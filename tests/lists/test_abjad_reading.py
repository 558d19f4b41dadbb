from __future__ import annotations

import pytest

from lists.abjad_reading import spelt_letters


@pytest.mark.parametrize(
    ("name", "spelt"),
    [
        ("پارس ام سی اس", [(1, ("mcs",))]),
        ("ال ان جی سپهر", [(1, ("ng", "nj"))]),
        ("بی بی مریم", []),
        ("بي اس في", [(0, ("bs", "ps"))]),
        ("شرکت سپهر", []),
        ("سپهر ام", []),
    ],
)
def test_letters_called_by_their_names_are_an_acronym(name: str, spelt: list[tuple[int, tuple[str, ...]]]) -> None:
    assert [(start, spellings) for start, _, spellings in spelt_letters(name.split())] == spelt


def test_an_acronym_has_so_many_spellings_at_most() -> None:
    (_, letters, spellings), *_ = spelt_letters(["ای", "جي", "ای", "بی", "ای", "جي"])
    assert len(letters) == 6
    assert len(spellings) == 48
