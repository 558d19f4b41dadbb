from __future__ import annotations

import re
import tomllib

import pytest

from lists import meanings
from lists.folding import fold
from lists.meanings import (
    FULL_WORDS,
    LEGAL_DOTTED,
    LEGAL_SHORT,
    SAME_NAMES,
    english_of,
    english_of_abjad,
    parts_of,
    parts_of_abjad,
)
from lists.tables import read_text


@pytest.mark.parametrize(
    ("word", "english"),
    [
        ("агентство", "agency"),
        ("агентства", "agency"),
        ("машиностроительный", "machinery"),
        ("объединённая", "united"),
        ("виробничий", "production"),
        ("мир", "peace"),
        ("Υπουργείου", "ministry"),
        ("συριακή", "syrian"),
        ("на", "of"),
        ("калийная", "potash"),
        ("Ισλαµικός", "islamic"),
        ("του", "of"),
        ("επιχειρήσεων", "operations"),
        ("संगठन", "organisation"),
    ],
)
def test_a_word_in_another_alphabet_has_its_english(word: str, english: str) -> None:
    assert english in english_of(fold(word), foreign=True)


@pytest.mark.parametrize("word", ["mir", "motors", "industries", "smith", "testovsky"])
def test_in_latin_letters_short_words_english_ones_and_names_mean_themselves(word: str) -> None:
    assert not english_of(word, foreign=False)


def test_a_transliterated_word_has_its_english_too() -> None:
    assert english_of("agentstvo", foreign=False) == ("agency",)
    assert not english_of("x", foreign=True)
    assert not english_of("testovskiy", foreign=True)


@pytest.mark.parametrize(
    ("word", "english"),
    [
        ("شركة", "company"),
        ("الشركة", "company"),
        ("للصرافة", "exchange"),
        ("شرکت", "company"),
        ("والجهاد", "jihad"),
        ("صنايع", "industries"),
        ("بالدم", "blood"),
        ("התנועה", "movement"),
        ("והחברה", "company"),
        ("של", "of"),
    ],
)
def test_an_arabic_or_persian_word_has_its_english_whatever_its_spelling(word: str, english: str) -> None:
    assert english in english_of_abjad(word)


@pytest.mark.parametrize(
    ("word", "parts"),
    [
        ("НПО", "scientific production association"),
        ("машиностроительный", "machine building"),
        ("завод", ""),
        ("Ραδιοτηλεόρασης", "radio television"),
        ("КБ", "design bureau"),
    ],
)
def test_a_word_may_stand_for_several_english_ones(word: str, parts: str) -> None:
    assert " ".join(choices[0] for choices in parts_of(fold(word))) == parts
    assert not parts_of_abjad("\u0634\u0631\u0643\u0629")


def test_the_wide_table_is_for_other_scripts_only() -> None:
    assert "potash" in english_of("kaliynaya", foreign=True)
    assert not english_of("kaliynaya", foreign=False)


def test_an_arabic_name_is_no_company_word() -> None:
    assert not english_of_abjad("زرقاوي")
    assert not english_of_abjad("واصف")


def test_short_forms_and_given_names() -> None:
    assert "bank" in FULL_WORDS["bk"]
    assert "industries" in FULL_WORDS["ind"]
    assert LEGAL_SHORT["jt"] == "joint"
    assert "sa" in LEGAL_DOTTED
    assert "alexander" in SAME_NAMES["oleksandr"]
    assert "oleksandr" in SAME_NAMES["alexander"]
    assert "oleksandr" not in SAME_NAMES["oleksandr"]


def test_every_concept_has_english_and_foreign_words() -> None:
    for name, line in tomllib.loads(read_text("meanings.toml"))["concepts"].items():
        english, _, foreign = line.partition("|")
        assert english.split(), name
        assert foreign.split(), name
        assert all(len(word) > meanings._STEM_LETTERS for word in foreign.split() if word.endswith("*")), name


@pytest.mark.parametrize("language", tomllib.loads(read_text("organisations.toml")))
def test_every_line_of_organisations_words_can_be_met(language: str) -> None:
    for line in tomllib.loads(read_text("organisations.toml"))[language].strip().splitlines():
        english, _, foreign = line.partition("|")
        assert re.fullmatch(r"[a-z0-9]+(?: \+? ?[a-z0-9]+)* ", english), line
        assert foreign.split(), line
        assert all(len(word) > meanings._STEM_LETTERS for word in foreign.split() if word.endswith("*")), line
