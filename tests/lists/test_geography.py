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
        ("Travel guide North Korea", TEXT, "", "KP review"),
        ("History of Persia, 2 vols", TEXT, "", "IR review"),
        ("Invoice 12: Reiseführer durch Syrien", TEXT, "", "SY review"),
        ("Iran travel guide", TEXT, "", "IR review"),
        ("Carte de Cuba", TEXT, "", "CU review"),
        # goods and journeys are meant, whatever book is named beside them
        ("Travel guide for trip to North Korea", TEXT, "", "KP hit"),
        ("Book shipment Iran", TEXT, "", "IR hit"),
        ("spare parts, map of Iran", TEXT, "", "IR hit"),
        ("book trip to Iran", TEXT, "", "IR hit"),
        ("payment to Iran for books", TEXT, "", "IR hit"),
        # addresses that are written as Russian ones
        ("Simferopol", TOWN, "RU", "UA-43 hit"),
        ("ul. Lenina 1, Donetsk", ADDRESS, "RU", "UA-14 hit"),
        # postcodes, where their country is told
        ("95000", ADDRESS, "UA", "UA-43 hit"),
        ("99011", ADDRESS, "UA", "UA-43 hit"),
        ("83001", ADDRESS, "ua", "UA-14 hit"),
        ("91055", ADDRESS, "UA", "UA-09 hit"),
        ("295001", ADDRESS, "RU", "UA-43 hit"),
        ("299011", ADDRESS, "RU", "UA-43 hit"),
        ("283001", ADDRESS, "RU", "UA-14 hit"),
        ("294000", ADDRESS, "RU", "UA-09 hit"),
        ("UA-95015", ADDRESS, "", "UA-43 hit"),
        ("vul. Pushkina 5, 83001, Ukraine", ADDRESS, "", "UA-14 hit"),
        ("ul. Mira 7 295017 Russia", ADDRESS, "", "RU hit UA-43 hit"),
        ("Rent for flat 98600 Ukraine", TEXT, "", "UA-43 review"),
        ("01001", ADDRESS, "UA", ""),
        ("82999", ADDRESS, "UA", ""),
        ("88000", ADDRESS, "UA", ""),
        ("101000", ADDRESS, "RU", ""),
        ("290000", ADDRESS, "RU", ""),
        ("95000", ADDRESS, "FR", ""),  # Cergy
        ("95000", ADDRESS, "", ""),
        ("283001", ADDRESS, "IN", ""),  # Agra
        ("invoice 95000/2026 Ukraine", TEXT, "", ""),
        ("EUR 95000,00 Ukraine", TEXT, "", ""),
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
