from __future__ import annotations

import pytest

from lists.spellings import other_spellings


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
