from __future__ import annotations

import pytest

from lists.spellings import may_spell


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
    others = may_spell(word, script)
    assert other in others
    assert word not in others


def test_never_many() -> None:
    assert len(may_spell("ntsjntsjntsj", "greek")) < 16
    assert not may_spell("alm", "greek")
