from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from lists.cyrillic import little_letters, spelt_out
from lists.folding import fold

CASES = tomllib.loads(Path(__file__).with_name("engine_cases.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize(("text", "letters"), CASES["little_letters"])
def test_a_small_letter_is_a_preposition_and_a_capital_or_dotted_one_an_initial(text: str, letters: str) -> None:
    assert sorted(little_letters(text)) == letters.split()


@pytest.mark.parametrize(("text", "acronym"), CASES["spelt_out"])
def test_an_acronym_that_the_name_spells_out_is_told_apart(text: str, acronym: str) -> None:
    tokens = fold(text).split()
    assert [tokens[place] for place in spelt_out(tokens)] == acronym.split()
