from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lists.folding import fold


@pytest.mark.parametrize(
    ("text", "latin"),
    [
        ("अहमद", "ahmad"),  # Hindi: two vowels that nobody speaks
        ("मनमोहन सिंह", "manmohan sinh"),
        ("नरेंद्र मोदी", "narendra modi"),
        ("फ़ारूक़ ख़ान", "faruq khan"),
        ("खड़गे।", "kharge,"),
        ("মোহাম্মদ রহমান", "mohammad rahman"),  # Bengali
        ("বাংলাদেশ", "bangladesh"),
        ("ਮਨਮੋਹਨ ਸਿੰਘ", "manmohan singh"),  # Punjabi
        ("નરેન્દ્ર", "narendra"),  # Gujarati
        ("தமிழ்", "tamizh"),
        ("കേരള", "kerala"),  # Malayalam speaks its last vowel
        ("യൂസുഫ് അൽ", "yusuph al"),  # ... and has letters for last consonants
        ("තිස්ස", "thissa"),  # Sinhala
        ("ꯃꯅꯤꯄꯨꯔ", "manipur"),  # Meetei
        ("दुःख अंतिम", "duhkh antim"),
        ("ि", ""),
    ],
)
def test_indian_scripts_as_they_are_spoken(text: str, latin: str) -> None:
    assert fold(text) == latin


@given(st.text(alphabet=st.characters(min_codepoint=0x900, max_codepoint=0xDFF), max_size=30))
def test_any_letters_are_written_in_latin_ones(text: str) -> None:
    assert fold(text).isascii()
