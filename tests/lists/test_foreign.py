"""What a name in another script tells beyond its words."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from lists.folding import fold
from lists.foreign import foreign_costs, little_letters, namesakes, other_names, parts_told, proofs_of
from lists.meanings import english_of
from lists.names import TOKENS_MAX, plain_tokens, tokenize
from lists.question import readings
from lists.rarity import Background, Rarity
from lists.similarity import as_ordinary

CASES = tomllib.loads(Path(__file__).with_name("engine_cases.toml").read_text(encoding="utf-8"))
IN_PLACE = {"small": 2.5, "known": 5.0}
AT_MOST = {"bound": 2.5, "repeated": 0.0}
FORMS = {"soe", "npp", "npo", "ano", "fkp"}


@pytest.mark.parametrize(("text", "known", "expected"), CASES["foreign_costs"])
def test_some_words_cost_less(text: str, known: list[str], expected: dict[str, str]) -> None:
    at_most, in_place = foreign_costs(text, known)
    small = {word: IN_PLACE[kind] for word, kind in expected.items() if kind in IN_PLACE}
    assert {word: bits for word, bits in in_place.items() if word not in at_most} == small
    others = {word: AT_MOST[kind] for word, kind in expected.items() if kind in AT_MOST}
    assert {word: bits for word, bits in at_most.items() if word not in FORMS} == others
    assert at_most.keys() >= FORMS


def test_long_names_are_read_as_far_as_they_are_compared() -> None:
    assert foreign_costs("Слово " + "слово " * TOKENS_MAX + "последнее", ()).in_place.keys() == {"slovo"}


@pytest.mark.parametrize(("text", "names"), CASES["other_names"])
def test_the_names_that_stand_in_one_field(text: str, names: list[str]) -> None:
    assert other_names(text) == names
    assert all(name in readings(text) for name in names)


@pytest.mark.parametrize(("text", "letters"), CASES["little_letters"])
def test_a_small_letter_is_a_preposition_and_a_capital_or_dotted_one_an_initial(text: str, letters: str) -> None:
    assert sorted(little_letters(text)) == letters.split()


@pytest.mark.parametrize(("text", "person"), CASES["namesakes"])
def test_whom_something_is_named_after_is_told_apart(text: str, person: str) -> None:
    tokens = plain_tokens(fold(text))
    english = [english_of(token, foreign=True) for token in tokens]
    assert [tokens[place] for place in namesakes(tokens, english)] == person.split()


@pytest.mark.parametrize(
    ("text", "association"), [("НПО Звездолёт", True), ("благотворительный фонд Звездолёт", False)]
)
def test_a_charity_is_no_production_association(text: str, association: bool) -> None:  # noqa: FBT001 - a case
    assert tokenize(text)[0] == "ngo"
    assert bool(parts_told("ngo", plain_tokens(fold(text)))) is association


def test_an_ordinary_word_proves_little_more_than_its_english_even_where_the_list_has_it_as_it_sounds() -> None:
    rarity = Rarity({}, 0, Background(1000, {"printing": 100}))
    printing = rarity.asked("printing")
    assert proofs_of([13.0, 13.0, 1.0], [["printing"], [], ["printing"]], rarity) == [printing + 1.5, 13.0, printing]
    assert as_ordinary({1: 1.0, 2: 0.9}) == {1: 0.99, 2: 0.9}
