from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lists.folding import fold
from lists.greek import greek_to_latin


@pytest.mark.parametrize(
    ("text", "latin"),
    [
        ("Χαμάς", "khamas"),
        ("ΧΟΥΘΙ", "khouthi"),
        ("Μπιν Λάντεν", "bin lanten"),
        ("Ντόνετσκ", "donetsk"),
        ("τζιχάντ", "jikhant"),
        ("Λουγκάνσκ", "lougansk"),
        ("αυτό", "avto"),
        ("άυλος", "aylos"),  # an accent on the first vowel parts the two
        ("λαϊκή ΛΑΪΚΗ", "laiki laiki"),
        ("Οσάµα", "osama"),  # the sign of a millionth for the letter
        ("∆ίκτυο Κόσμος", "diktyo kosmos"),  # the sign of a difference for the letter
        ("Ἀθῆναι", "athinai"),
    ],
)
def test_greek_as_lists_write_it(text: str, latin: str) -> None:
    assert fold(text) == latin


@given(st.text(alphabet="αάβγδεέζηήθιίϊΐκλμνξοόπρσςτυύϋΰφχψωώ ΑΒΓ-'", max_size=40))
def test_accents_change_no_single_letter(text: str) -> None:
    assert fold(text).isascii()
    assert greek_to_latin(text) == greek_to_latin(greek_to_latin(text))
