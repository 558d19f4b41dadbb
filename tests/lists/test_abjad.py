from __future__ import annotations

import pytest

from lists.abjad import LATIN_WORDS, abjad_word, knows_letters, similarity


@pytest.mark.parametrize(
    ("word", "listed", "least"),
    [
        ("محمد", "muhammad", 0.94),
        ("محمد", "mohammed", 0.94),
        ("قذافي", "gaddafi", 0.85),
        ("ضاحي", "dahi", 0.80),
        ("حقانی", "haqqani", 0.90),
        ("شريعة", "sharia", 0.85),
        ("قادر", "kader", 0.90),
        ("إبراهيم", "ibrahim", 0.90),
        ("فاطمة", "fatimah", 0.85),
        ("فهد", "fahd", 0.94),
        ("שלום", "shalom", 0.94),
        ("נתניהו", "netanyahu", 0.90),
        ("קרצאוי", "qaradawi", 0.85),
        ("להבה", "lehava", 0.94),
    ],
)
def test_latin_spellings_of_an_arabic_word(word: str, listed: str, least: float) -> None:
    assert similarity(word, listed) >= least


@pytest.mark.parametrize(
    ("word", "listed"), [("محمد", "mahdi"), ("حسن", "hussam"), ("", "ali"), ("שלום", "shimon"), ("ދިވެހި", "dhivehi")]
)
def test_letters_that_do_not_fit(word: str, listed: str) -> None:
    assert not similarity(word, listed)


def test_a_word_without_its_long_vowels_is_less_sure() -> None:
    assert 0 < similarity("حسين", "hasan") < similarity("حسن", "hasan")


def test_one_spelling() -> None:
    assert abjad_word("الشركة") == abjad_word("شرکه")
    assert abjad_word("ال") == "ال"


def test_the_table_has_arabic_and_hebrew() -> None:
    assert knows_letters("محمد")
    assert knows_letters("שלום")
    assert not knows_letters("\u078b\u07a8")
    assert LATIN_WORDS[abjad_word("أبو")] == "abu"
