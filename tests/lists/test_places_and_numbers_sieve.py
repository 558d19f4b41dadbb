"""A sieve lets through every text in which its twin finds anything, and hardly any other."""

from __future__ import annotations

import random
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

import lists.geography
import lists.numbers
from lists.compiled import ENGINE, engine_for
from lists.entry import Entry, EntryKind, ListedName, ListedNumber
from lists.geography import PLACE_RULES, Where, may_name_a_place, may_name_a_place_in_python, places_in
from lists.numbers import NUMBER_RULES, NumberIndex

needs_the_compiled_engine = pytest.mark.skipif(ENGINE is None, reason="no C compiler built the engine here")

PLACES: Final = (
    "Tehran",
    "Bandar Abbas",
    "deir ez-zor",
    "Damascus",
    "l'avana",
    "UA",
    "Ukraine",
    "Mariupol",
    "Sevastopol",
)
NUMBERS: Final = (
    ("Passport", "A0198761"),
    ("passport", "Vallish passport number SE 012820"),
    ("Tax ID No.", "7744001497"),
    ("Email Address", "boss@example.com"),
    ("SWIFT/BIC", "VELLGB2L"),
    ("Vessel Registration Identification", "IMO 7406784"),
    ("Aircraft Tail Number", "XQ-GOM"),
    ("Company Number", "Б-12345"),
)
SPOKEN: Final = ("A0198761", "SE", "012820", "7744001497", "boss@example.com", "VELLGB2L", "VELLGB2LXXX", "IMO7406784")
BETWEEN: Final = (
    " ",
    " ",
    ", ",
    "-",
    ".",
    "/",
    "'",
    '"',
    "\n",
    "\x1c",
    "#",
    "_",
    "\0",
    "",
    "INN",
    "passport ",
    "\u2019",
    "é",
)
LETTERS: Final = "aehnrtIMO'012.-_"


@pytest.fixture(scope="module")
def listed() -> NumberIndex:
    numbers = tuple(ListedNumber(kind, value) for kind, value in NUMBERS)
    return NumberIndex.build([Entry("LIST", "1", EntryKind.PERSON, (ListedName("A"),), numbers=numbers)])


def texts(words: tuple[str, ...], count: int) -> list[str]:
    """Texts of these words, most of them with a letter more, less or another, and what stands between words."""
    dice = random.Random(4)  # noqa: S311 - seeded
    made = []
    for _ in range(count):
        parts = []
        for _ in range(dice.randint(1, 4)):
            word = dice.choice([*words, "x" * dice.randint(0, 9), str(dice.randint(1, 99_999))])
            at = dice.randint(0, len(word))
            word = word[:at] + dice.choice(["", "", dice.choice(LETTERS)]) + word[at + dice.randint(0, 1) :]
            parts += [dice.choice([word, word.lower(), word.upper()]), dice.choice(BETWEEN)]
        made.append("".join(parts))
    return made


@needs_the_compiled_engine
def test_the_sieves_follow_the_rules_as_they_are() -> None:
    assert engine_for(PLACE_RULES, "PLACE_RULES"), "renew lists/compiled/places.h as its README says"
    assert engine_for(NUMBER_RULES, "NUMBER_RULES"), "renew lists/compiled/places.h as its README says"


def test_every_text_with_a_word_of_a_place_is_let_through() -> None:
    asked = texts(PLACES, 20_000)
    told = [text for text in asked if may_name_a_place_in_python(text)]
    assert len(told) > 5_000
    assert all(map(may_name_a_place, told))
    assert sum(map(may_name_a_place, asked)) < 1.2 * len(told)


def test_every_text_with_a_listed_number_is_let_through(listed: NumberIndex) -> None:
    asked = texts(SPOKEN, 20_000)
    told = [text for text in asked if listed.text(text)]
    assert len(told) > 5_000
    assert all(map(listed.may_be_in, told))


@needs_the_compiled_engine
def test_ordinary_texts_are_not_let_through(listed: NumberIndex) -> None:
    for text in ("", "Invoice 10234 of 12.10.2026, thank you", "12 Main Street\n1234 Vallin", "x" * 5_000):
        assert not listed.may_be_in(text)
        assert not may_name_a_place(text)


@given(st.text(max_size=80), st.sampled_from(Where), st.sampled_from(["", "FR", "UA"]))
def test_what_is_not_let_through_names_no_place(text: str, where: Where, country: str) -> None:
    if places_in(text, where, country):
        assert country == "UA" or may_name_a_place(text)


def test_without_the_engine_the_twins_answer(listed: NumberIndex, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = [*texts(PLACES, 300), *texts(SPOKEN, 300)]
    found = [(places_in(text, Where.TEXT), listed.text(text)) for text in asked]
    monkeypatch.setattr(lists.geography, "_SIEVE", b"")
    monkeypatch.setattr(lists.numbers, "_ENGINE", None)
    numbers = tuple(ListedNumber(kind, value) for kind, value in NUMBERS)
    twin = NumberIndex.build([Entry("LIST", "1", EntryKind.PERSON, (ListedName("A"),), numbers=numbers)])
    assert [(places_in(text, Where.TEXT), twin.text(text)) for text in asked] == found
    assert twin.may_be_in("anything")
    assert not may_name_a_place("Invoice 10234")


@needs_the_compiled_engine
def test_what_is_no_sieve_is_refused() -> None:
    assert ENGINE is not None
    sieve = ENGINE.key_table(("word",))
    for wrong in (b"", b"\0" * 3, b"\0" * 12):
        with pytest.raises(ValueError, match="size"):
            ENGINE.may_hold_a_number(wrong, "word")
        with pytest.raises(ValueError, match="size"):
            ENGINE.may_name_a_place(wrong, "word", 7, 16)
    for text in ("żółw", "\ud800"):
        with pytest.raises(ValueError, match="ASCII"):
            ENGINE.may_hold_a_number(sieve, text)
        with pytest.raises(ValueError, match="ASCII"):
            ENGINE.may_name_a_place(sieve, text, 7, 16)
        with pytest.raises(ValueError, match="ASCII"):
            ENGINE.key_table((text,))
    for least, most in ((0, 16), (7, 63)):
        with pytest.raises(ValueError, match="length"):
            ENGINE.may_name_a_place(sieve, "word", least, most)
    for keys in (["word"], (1,), ("word", None)):
        with pytest.raises(TypeError):
            ENGINE.key_table(keys)
    for arguments in ((sieve,), (sieve, b"word"), (bytearray(sieve), "word")):
        with pytest.raises(TypeError):
            ENGINE.may_hold_a_number(*arguments)


@needs_the_compiled_engine
@pytest.mark.parametrize("table", [b"\xff" * 64, b"\1\0\0\0", b"\0" * 4])
def test_any_table_is_read_within_its_size(table: bytes) -> None:
    assert ENGINE is not None
    for text in [
        "",
        "'",
        "a'",
        "a" * 62,
        "b" * 63,
        "IMO7406784",
        "SE 012820",
        "x" * 100_000,
        "\0 \0",
        "@",
        "a-b.c#d" * 99,
    ]:
        assert ENGINE.may_hold_a_number(table, text) in {True, False}
        assert ENGINE.may_name_a_place(table, text, 1, 62) in {True, False}


@needs_the_compiled_engine
def test_a_sieve_of_many_keys_holds_them_all() -> None:
    assert ENGINE is not None
    keys = tuple(f"{number:05d}X" for number in range(20_000))
    sieve = ENGINE.key_table(keys)
    assert all(ENGINE.may_hold_a_number(sieve, key) for key in keys)
    assert not any(ENGINE.may_hold_a_number(sieve, f"{number:05d}Y") for number in range(2_000))
