from __future__ import annotations

import pytest

from lists.spellings import other_spellings, romanisations


@pytest.mark.parametrize(
    ("word", "script", "other"),
    [
        ("khamas", "greek", "hamas"),
        ("ampntala", "greek", "abdala"),
        ("basar", "greek", "bashar"),
        ("yusuph", "indic", "yusuf"),
        ("ajij", "indic", "aziz"),
    ],
)
def test_a_word_may_be_what_its_script_cannot_write(word: str, script: str, other: str) -> None:
    others = other_spellings(word, script)
    assert other in others
    assert word not in others


def test_never_many() -> None:
    assert len(other_spellings("ntsjntsjntsj", "greek")) < 16
    assert not other_spellings("alm", "greek")


@pytest.mark.parametrize(
    ("word", "spelling"),
    [("khamriya", "hamria"), ("aksiom", "axiom"), ("kamar", "qamar")],
)
def test_a_word_is_known_by_other_romanisations(word: str, spelling: str) -> None:
    assert spelling in romanisations(word)


def test_a_word_of_one_romanisation_and_one_of_many() -> None:
    assert not romanisations("vad")
    assert len(romanisations("khyoyatszhiyksyuoyk" * 3)) < 64
