from __future__ import annotations

import pytest

from lists.abjad_reading import spelt_acronyms


@pytest.mark.parametrize(
    ("name", "spelt"),
    [
        ("پارس ام سی اس", [(1, 3, ["mcs"])]),
        ("ال ان جی", [(0, 3, ["lng", "lnj"])]),
        ("بی بی مریم", []),
        ("شرکت سپهر", []),
    ],
)
def test_letters_spelt_by_their_names_are_an_acronym(name: str, spelt: list[tuple[int, int, list[str]]]) -> None:
    assert list(spelt_acronyms(name.split())) == spelt


def test_an_acronym_has_few_readings() -> None:
    (_, count, spelt), *_ = spelt_acronyms(["ای", "ای", "ای", "ای"])
    assert count == 4
    assert len(spelt) == 12
