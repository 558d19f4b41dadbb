"""How Hong Kong writes characters."""

from __future__ import annotations

import pytest

from lists.cantonese import in_cantonese, spellings
from lists.tables import HAN_READINGS


@pytest.mark.parametrize(
    ("char", "written"),
    [
        ("陳", "chan"),
        ("軒", "hin"),
        ("榮", "wing"),
        ("孫", "suen"),
        ("林", "lam"),
        ("森", "sum"),
        ("詩", "sze"),
        ("余", "yu"),
        ("成", "shing"),
        ("張", "cheung"),
        ("郭", "kwok"),
    ],
)
def test_usual_spellings(char: str, written: str) -> None:
    assert written in in_cantonese(char)


def test_what_no_name_has_is_not_written() -> None:
    assert in_cantonese("a") == ()
    assert spellings("xyz") == ()


def test_every_sound_of_the_table_can_be_written() -> None:
    assert [sound for sound in set(HAN_READINGS.cantonese.values()) if sound != "m" and not spellings(sound)] == []
    assert len(HAN_READINGS.japanese) > 6_000
    assert len(HAN_READINGS.korean) > 5_000
