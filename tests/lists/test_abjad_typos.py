from __future__ import annotations

import copy

import pytest

from lists.abjad_typos import english_if_mistyped
from lists.vocabulary import Vocabulary


@pytest.mark.parametrize(
    ("word", "english"),
    [
        ("صایع", "industries"),  # a letter lost
        ("صناایع", "industries"),  # one too many
        ("مهندسى", "engineering"),  # none wrong
        ("مهندیس", "engineering"),  # two changed about
        ("مهتدسی", "engineering"),  # other dots
        ("والتكنولوجبا", "technology"),  # in a form of it
        ("تكنولوميا", "technology"),  # any letter of a long word
    ],
)
def test_a_word_of_the_dictionary_is_known_with_one_letter_wrong(word: str, english: str) -> None:
    assert english in english_if_mistyped(word)


@pytest.mark.parametrize("word", ["شهد", "ولتانيا", "خننج", "مهمدسي", "ציון", ""])
def test_another_word_is_not(word: str) -> None:
    assert not english_if_mistyped(word)


def test_consonants_are_found_with_one_wrong_also_in_a_copy() -> None:
    words = Vocabulary(["mustafa", "bahrumsyah"], {"mustafa": 1, "bahrumsyah": 1})
    for vocabulary in (words, copy.copy(words)):
        assert [key for key, _ in vocabulary.near_consonants(["brxms"])] == ["brms"]
