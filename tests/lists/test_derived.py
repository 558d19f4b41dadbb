from __future__ import annotations

import pytest

from lists.derived import ordinals, places_of


@pytest.mark.parametrize(
    ("adjective", "place", "stem"),
    [
        ("tulskiy", "tula", ""),
        ("kaluzhskiy", "kaluga", "kaluzh"),
        ("penzenskiy", "penza", "penzen"),
        ("omskaya", "omsk", ""),
    ],
)
def test_the_place_of_an_adjective(adjective: str, place: str, stem: str) -> None:
    places, told = places_of(adjective)
    assert place in places
    assert told == stem


def test_other_words_have_no_place() -> None:
    assert places_of("zavod") == ([], "")


def test_ordinals() -> None:
    assert "61st" in ordinals("61")
    assert "841" in ordinals("841o")
    assert not ordinals("zavod")
