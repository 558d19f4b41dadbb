from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lists.sounds import abjad_keys, consonant_key, hidden_abjad_keys, sound_key


@pytest.mark.parametrize(
    "spellings",
    [
        ("yury", "yuriy", "iurii"),
        ("chemezov", "tchemezov", "chemezoff"),
        ("khamenei", "hamenei"),
        ("borisovich", "borisovitj", "borisovic"),
        ("philip", "filip"),
        ("sergei", "sergey"),
    ],
)
def test_spellings_of_one_name_sound_alike(spellings: tuple[str, ...]) -> None:
    assert len({sound_key(word) for word in spellings}) == 1


def test_consonants_fall_together_further() -> None:
    assert consonant_key("mohammed") == consonant_key("muhamad")
    assert consonant_key("ivan")[0] == "a"


def test_numbers_and_short_words_sound_as_they_stand() -> None:
    assert sound_key("1234") == "1234"
    assert sound_key("ze") == "ze"


def test_abjad_words_have_a_few_keys_in_a_fixed_order() -> None:
    assert abjad_keys("") == []
    assert hidden_abjad_keys("") == []
    assert abjad_keys("\u0645\u062d\u0645\u062f") == ["mt"]
    assert abjad_keys("\u0636\u0636\u0636\u0636\u0636\u0636") == abjad_keys("\u0636\u0636\u0636\u0636\u0636\u0636")
    assert len(abjad_keys("\u0636\u0628\u0636\u0628\u0636\u0628\u0636\u0628")) <= 12


@given(st.text("abcdefghijklmnopqrstuvwxyz0123456789", max_size=20))
def test_keys_never_fail(word: str) -> None:
    assert len(sound_key(word)) <= len(word)
    assert isinstance(consonant_key(word), str)


def test_what_arabic_writes_k_and_s_is_found_by_the_x_of_latin_letters() -> None:
    assert consonant_key("saksouk") in hidden_abjad_keys("\u0633\u0643\u0633\u0648\u0643")
    assert consonant_key("oxin") in hidden_abjad_keys("\u0627\u06a9\u0633\u06cc\u0646")


def test_what_arabic_writes_t_and_sh_is_found_by_ch() -> None:
    assert consonant_key("timchenko") in hidden_abjad_keys("\u062a\u064a\u0645\u062a\u0634\u064a\u0646\u0643\u0648")


def test_a_persian_ch_typed_as_a_j_is_found() -> None:
    assert consonant_key("cheraghi") in hidden_abjad_keys("\u062c\u0631\u0627\u063a\u064a")


def test_s_and_h_that_are_heard_apart_are_found_by_the_sh_of_latin_letters() -> None:
    assert consonant_key("ishaqi") in hidden_abjad_keys("\u0627\u0633\u062d\u0627\u0642\u064a")
