from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lists.folding import fold, visible
from lists.listed import exact_keys
from lists.names import plain_tokens, repaired_legal_word, tokenize
from lists.question import readings

CASES = tomllib.loads(Path(__file__).with_name("engine_cases.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize(("text", "folded"), CASES["fold"])
def test_any_script_becomes_lower_case_latin(text: str, folded: str) -> None:
    assert fold(text).strip() == folded


def test_marks_over_arabic_letters_and_broken_text_leave() -> None:
    marked = "\u0645\u064f\u062d\u064e\u0645\u0651\u064e\u062f"
    assert fold(marked) == fold("\u0645\u062d\u0645\u062f")
    assert not fold("\ud800")


def test_invisible_characters_leave() -> None:
    assert visible("a\u200b\u2060\ufeff\u0640b") == "ab"


def test_words_are_parted_where_the_shapes_of_letters_part_them() -> None:
    assert visible("ﺳﺎﺯﻧﺪگیﻗﺎﺋﻢ") == "ﺳﺎﺯﻧﺪگی ﻗﺎﺋﻢ"
    assert visible("ﻗﺮﺍﺭگﺎﻩﺳﺎﺯﻧﺪگی") == "ﻗﺮﺍﺭگﺎﻩ ﺳﺎﺯﻧﺪگی"
    assert visible("القابضةدمشق") == "القابضة دمشق"
    assert visible("ﻛﻨﺪﺓﻣﺤﻤﺪ") == "ﻛﻨﺪﺓ ﻣﺤﻤﺪ"
    assert visible("ﷲﻣﺤﻤﺪ") == "ﷲ ﻣﺤﻤﺪ"


def test_what_was_copied_from_left_to_right_is_turned_round() -> None:
    assert visible("SA 12 ﺪﻤﺤﻣ") == "ﻣﺤﻤﺪ 12 SA"
    assert visible("ﻣﺤﻤﺪ 12 SA") == "ﻣﺤﻤﺪ 12 SA"


@pytest.mark.parametrize(("text", "tokens"), CASES["tokens"])
def test_names_are_cut_into_comparable_words(text: str, tokens: str) -> None:
    assert " ".join(tokenize(text)) == tokens


def test_a_misspelt_legal_word_is_put_right_and_others_are_left_alone() -> None:
    assert repaired_legal_word("compnay") == "company"
    assert repaired_legal_word("companion") == "companion"
    assert repaired_legal_word("obshestvo") == "obshchestvo"
    assert repaired_legal_word("stok") == "stok"
    assert repaired_legal_word("jt") == "joint"


@pytest.mark.parametrize(("text", "parts"), CASES["readings"])
def test_one_field_may_hold_several_names(text: str, parts: list[str]) -> None:
    assert readings(text) == parts


_TEXT = st.text(max_size=60)


@given(_TEXT)
def test_folding_gives_only_small_ascii(text: str) -> None:
    folded = fold(text)
    assert folded.isascii()
    assert folded == folded.lower()


@given(_TEXT)
def test_tokens_are_letters_and_digits(text: str) -> None:
    assert all(token.isalnum() and token.isascii() for token in tokenize(text))


_WORDS = CASES["words"]


@given(st.permutations(_WORDS), st.integers(1, len(_WORDS)))
def test_the_exact_key_does_not_depend_on_order_or_case(words: list[str], count: int) -> None:
    straight, turned = words[:count], [word.swapcase() for word in reversed(words[:count])]
    keys = [exact_keys(plain_tokens(fold(" ".join(order))), [])[0] for order in (straight, turned)]
    assert keys[0] == keys[1]
