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
    abjad_words,
    english_forms,
    english_of,
    english_of_abjad,
    english_of_both,
    parts_of,
    parts_of_abjad,
)
from lists.names import plain_tokens
from lists.tables import read_text

CYRILLIC = re.compile("[\u0400-\u04ff]")


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
        ("للصرافة", "hawala"),
        ("شرکت", "company"),
        ("والجهاد", "jihad"),
        ("صنايع", "industries"),
        ("بالدم", "blood"),
        ("وللتكنولوجيا", "technology"),
        ("پالایشگاه‌هایی", "refineries"),
        ("كروه", "group"),
        ("شيبينغ", "shipping"),
        ("إنترناشونال", "international"),
        ("انجنيرنغ", "engineering"),
        ("کمپنی", "company"),
        ("پوهنتون", "university"),
        ("ردیابی", "tracking"),
        ("پیشرانش", "propulsion"),
        ("انڈسٹریز", "industries"),
        ("مرستندویه", "relief"),
        ("کۆمپانیای", "company"),
        ("یەکێتیی", "union"),
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


@pytest.mark.parametrize(
    ("words", "english"),
    [
        ("программное обеспечение", "software"),
        ("нефтеперерабатывающего завода", "refinery"),
        ("військово промислового", "military"),
        ("завод программный", ""),
        ("программный завод", ""),
    ],
)
def test_two_words_side_by_side_may_be_one_in_english(words: str, english: str) -> None:
    left, right = fold(words).split()
    assert next(iter(english_of_both(left, right)), "") == english


def test_a_pair_on_two_lines_has_the_english_of_both() -> None:
    table = meanings._Meanings(["holding | управляющ*_компани*", "management | управляющ*_компани*"])
    assert table.both(meanings._key("управляющая"), meanings._key("компания")) == ("holding", "management")


@pytest.mark.parametrize("surname", ["Колесников", "Садовников", "Пчелинцев", "Полковников", "Виноградов", "Морозов"])
def test_no_surname_is_a_word_of_organisations(surname: str) -> None:
    assert not english_of(fold(surname), foreign=True)


def test_a_word_of_several_is_so_however_typed() -> None:
    assert parts_of_abjad("خبركزاري") == parts_of_abjad("خبرگزاری") != ()


def test_a_word_of_several_is_none_of_them_by_itself() -> None:
    assert parts_of_abjad("للصرافة") == (("money", "of"), ("exchange",))
    assert "exchange" not in english_of_abjad("للصرافة")


def test_the_wide_table_is_for_other_scripts_only() -> None:
    assert "potash" in english_of("kaliynaya", foreign=True)
    assert not english_of("kaliynaya", foreign=False)


def test_an_arabic_name_is_no_company_word() -> None:
    assert not english_of_abjad("زرقاوي")
    assert not english_of_abjad("واصف")


def test_a_surname_has_a_meaning_that_is_not_sure() -> None:
    assert "star" in english_of_abjad("ستاری")
    assert not english_of_abjad("ستاری", sure=True)


@pytest.mark.parametrize(
    ("words", "parted"),
    [
        ("نرم افزار", "نرمافزار"),
        ("فرآورده های نفتی", "فرآوردههای نفتی"),
        ("الشامدمشق", "الشام دمشق"),
        ("شرکت سپهر", "شرکت سپهر"),
        ("د م", "د م"),
        ("سنگ آهن", "سنگآهن"),
        ("ذو الفقار", "ذوالفقار"),
        ("سپاه پاسداران انقلاب اسلامی", "سپاهپاسدارانانقلاباسلامی"),
        ("نصراللهپور", "نصراللهپور"),
        ("طرح وتوسعه", "طرح و توسعه"),
        ("ولی", "ولی"),
        ("سرمايه كذاري", "سرمايهكذاري"),
        ("خبر كزاري", "خبركزاري"),
    ],
)
def test_words_are_parted_as_the_dictionary_has_them(words: str, parted: str) -> None:
    assert " ".join(abjad_words(words.split())) == parted


def test_short_forms_and_given_names() -> None:
    assert "bank" in FULL_WORDS["bk"]
    assert "industries" in FULL_WORDS["ind"]
    assert LEGAL_SHORT["jt"] == "joint"
    assert "sa" in LEGAL_DOTTED
    assert "alexander" in SAME_NAMES["oleksandr"]
    assert "oleksandr" in SAME_NAMES["alexander"]
    assert "oleksandr" not in SAME_NAMES["oleksandr"]


@pytest.mark.parametrize(
    ("word", "form"),
    [("engineering", "engineers"), ("industry", "industrial"), ("industry", "industries"), ("plant", "factory"),
     ("deposits", "deposit"), ("orchard", "orchards"), ("quarry", "quarries"), ("nuclear", "nuclear")],
)  # fmt: skip
def test_a_list_may_write_another_form_or_a_relative_of_an_english_word(word: str, form: str) -> None:
    assert form in english_forms(word)


def test_what_ends_like_a_plural_may_be_another_word() -> None:
    assert "new" not in english_forms("news")
    assert "good" not in english_forms("goods")


def test_families_have_relatives_and_no_word_twice() -> None:
    lines = tomllib.loads(read_text("meanings.toml"))["families"]["english"].strip().splitlines()
    assert lines == sorted(set(lines))
    for line in lines:
        family = line.split()
        assert len(family) == len(set(family)) > 1, line
        assert re.fullmatch(r"[a-z ]+", line), line


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
        words = [word for half in foreign.split() for word in half.split("_")]
        assert all(len(word) > meanings._STEM_LETTERS for word in words if word.endswith("*")), line
        assert all(len(plain_tokens(fold(word))) == 1 for word in words if CYRILLIC.search(word)), line
