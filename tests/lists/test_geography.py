from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lists.geography import Level, Where, place_of_country, places_in

TEXT, ADDRESS, TOWN, NAME = Where.TEXT, Where.ADDRESS, Where.TOWN, Where.NAME


@pytest.mark.parametrize(
    ("words", "where", "country", "expected"),
    [
        # meant
        ("SHIPMENT TO BANDAR ABBAS", TEXT, "", "IR hit"),
        ("goods via Bandar-e Abbas", TEXT, "", "IR hit"),
        ("Goods ex Syria", TEXT, "", "SY hit"),
        ("CUBA IN TRANSIT", TEXT, "", "CU hit"),
        ("donation Mariupol children", TEXT, "", "UA-14 hit"),
        ("DONETZK PEOPLE'S REPUBLIC", TEXT, "", "UA-14 hit"),
        ("PYONGYNAG", TEXT, "", "KP hit"),
        ("Тегеран", TEXT, "", "IR hit"),
        ("تهران", TEXT, "", "IR hit"),
        ("12 Rue de Damas", ADDRESS, "SY", "SY hit"),
        ("Valiasr avenue Tehran", ADDRESS, "", "IR hit"),
        ("Teheran", TOWN, "IR", "IR hit"),
        ("Damascus", TOWN, "", "SY hit"),
        ("in Krim", TEXT, "", "UA-43 hit"),
        ("KRIM 4711", TEXT, "", "UA-43 hit"),
        ("KRIM", TEXT, "", "UA-43 hit"),
        # somewhere else for certain
        ("12 RUE DE DAMAS 75014 PARIS", ADDRESS, "FR", "SY drop"),
        ("Loyer 12 rue de Damas", TEXT, "", "SY drop"),
        ("avenue de Téhéran", ADDRESS, "", "IR drop"),
        ("5 avenue Teheran", ADDRESS, "", "IR drop"),
        ("5 place de la Crimée", ADDRESS, "FR", "UA-43 drop"),
        ("HAVANA STREET 5 DENVER", ADDRESS, "US", "CU drop"),
        ("via Teheran 3 Roma", ADDRESS, "IT", "IR drop"),
        ("CUBA, NY 14727", ADDRESS, "", "CU drop"),
        ("Damascus 20872", ADDRESS, "US", "SY drop"),
        ("MOSCOW ID", TEXT, "", "RU drop"),
        ("CUBA AL 36907", TEXT, "", "CU drop"),
        # for a person to look at
        ("Damascus", TOWN, "FR", "SY review"),
        ("12 Chausseestr, Yalta", ADDRESS, "DE", "UA-43 review"),
        ("BANK MELLI IRAN", NAME, "", "IR review"),
        ("HOTEL CRIMEA", TEXT, "", "UA-43 review"),
        ("TEHRAN RESTAURANT PARIS", TEXT, "", "IR review"),
        ("CUBA LIBRE", TEXT, "", "CU review"),
        ("KRIM ANDRE LOYER", TEXT, "", "UA-43 review"),
        ("loyer Damas", TEXT, "", "SY review"),
        ("DNR", TEXT, "", "UA-14 review"),
        ("TEHRAN ROAD FREIGHT", TEXT, "", "IR review"),
        # nothing of the kind
        ("ASSYRIAN CHURCH", TEXT, "", ""),
        ("SIBERIA TOUR, LIBERIA INVOICE", TEXT, "", ""),
        ("NEW YORK OFFICE", TEXT, "", ""),
        ("SALAIRE MARS", TEXT, "", ""),
        ("kish", TEXT, "", ""),
        ("", TEXT, "", ""),
        ("---", TEXT, "", ""),
    ],
)
def test_what_words_mean(words: str, where: Where, country: str, expected: str) -> None:
    assert " ".join(f"{place.code} {place.level}" for place in places_in(words, where, country)) == expected


def test_every_place_is_told_with_the_words_that_stood_there() -> None:
    places = places_in("From Téhéran (Iran)\nto La  Habana", TEXT)
    assert [(place.code, place.span) for place in places] == [("IR", "Téhéran"), ("IR", "Iran"), ("CU", "La  Habana")]
    assert all(place.why for place in places)


def test_a_long_text_is_searched_like_a_short_one() -> None:
    long = "x" * 20_000 + " to Tehran " + "damascusdamascus" * 1_000
    assert [(place.code, place.span) for place in places_in(long, TEXT)] == [("IR", "Tehran")]


def test_articles_alone_make_no_street() -> None:
    assert places_in("de la Havana", TEXT)[0].level is Level.HIT


def test_the_longest_name_counts() -> None:
    assert [place.name for place in places_in("Santiago de Cuba", TEXT)] == ["santiago de cuba"]


def test_a_country_code_is_its_place() -> None:
    place = place_of_country(" ir ")
    assert place is not None
    assert (place.code, place.level, place.watched) == ("IR", Level.HIT, True)
    assert place_of_country("FR") is None


@given(st.text(max_size=120), st.sampled_from(Where), st.sampled_from(["", "FR", "US", "IR"]))
def test_any_text_gives_spans_of_itself(text: str, where: Where, country: str) -> None:
    for place in places_in(text, where, country):
        assert place.span in text
