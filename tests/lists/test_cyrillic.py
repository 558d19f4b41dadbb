from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from lists.cyrillic import little_letters, namesakes, spelt_out
from lists.folding import fold
from lists.meanings import english_of
from lists.names import plain_tokens

CASES = tomllib.loads(Path(__file__).with_name("engine_cases.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize(("text", "letters"), CASES["little_letters"])
def test_a_small_letter_is_a_preposition_and_a_capital_or_dotted_one_an_initial(text: str, letters: str) -> None:
    assert sorted(little_letters(text)) == letters.split()


@pytest.mark.parametrize(("text", "acronym"), CASES["spelt_out"])
def test_an_acronym_that_the_name_spells_out_is_told_apart(text: str, acronym: str) -> None:
    tokens = fold(text).split()
    assert [tokens[place] for place in spelt_out(tokens)] == acronym.split()


@pytest.mark.parametrize(("text", "person"), CASES["namesakes"])
def test_whom_something_is_named_after_is_told_apart(text: str, person: str) -> None:
    tokens = plain_tokens(fold(text))
    english = [english_of(token, foreign=True) for token in tokens]
    assert [tokens[place] for place in namesakes(tokens, english)] == person.split()
