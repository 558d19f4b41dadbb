"""Organisations named in Bulgarian, Serbian and Macedonian, as the EU's lists and their own countries write them."""

from __future__ import annotations

import dataclasses
from functools import cache

import pytest

from lists.entry import EntryKind, ListedName
from lists.folding import fold
from lists.index import Index
from lists.meanings import english_of
from lists.names import tokenize
from lists.question import readings
from schemas.decision import EditionUsed
from tests.invented_list import ENTRIES

LISTED = (
    "Veltania Liberation Army",
    "Central Election Commission of the Republic of Veltania",
    "Martyrs of the Land of the Two Lakes Brigades",
    "JSC Tulinka Aircraft Engine Plant",
    "So-called Veltania People's Republic",
    "Veltania Red Crescent Society",
)


@cache
def _index() -> Index:
    model = next(entry for entry in ENTRIES if entry.kind is EntryKind.ORGANISATION)
    entries = [
        dataclasses.replace(model, reference=f"bulgarian-{number}", names=(ListedName(name),))
        for number, name in enumerate(LISTED)
    ]
    return Index.build([*ENTRIES, *entries], EditionUsed("bulgarian"))


@pytest.mark.parametrize(
    ("asked", "listed"),
    [
        ("Армията за освобождение на Велтания", 0),
        ("Ослободилачка војска Велтаније", 0),
        ("Централната избирателна комисия (ЦИК) на Република Велтания", 1),
        ("Бригадите на мъчениците в страната на двете езера", 2),
        ("Тулински завод за самолетни двигатели АД", 3),
        ("Т.нар. „Народна република Велтания“", 4),
        ("Дружество на Червения полумесец във Велтания", 5),
        ("Друштво Црвеног полумесеца Велтаније", 5),
    ],
)
def test_an_organisation_is_found_by_what_its_words_mean(asked: str, listed: int) -> None:
    hits = _index().search([asked], 0.711)[0]
    assert hits, asked
    assert hits[0].entry.reference == f"bulgarian-{listed}"


@pytest.mark.parametrize(
    "asked",
    [
        *("Министерство на здравеопазването", "Първа общинска болница ЕООД", "Народна библиотека „Иван Вазов“"),
        *("Универзитет у Београду", "Електропривреда Србије АД", "Стопанска банка АД Скопје"),
    ],
)
def test_an_ordinary_organisation_is_not_found(asked: str) -> None:
    assert not _index().search([asked], 0.6)[0]


@pytest.mark.parametrize(
    ("word", "english"),
    [
        ("въоръжените", "armed"),
        ("мъчениците", "martyrs"),
        ("кръстоносците", "crusaders"),
        ("освободителен", "liberation"),
        ("освободителното", "liberation"),
        ("кюрдската", "kurdish"),
        ("застрахователно", "insurance"),
        ("лозарство", "viticulture"),
        ("предузеће", "company"),
        ("ослобођење", "liberation"),
        ("солюшънс", "solutions"),
        ("трейдинг", "trading"),
    ],
)
def test_a_word_has_its_english(word: str, english: str) -> None:
    assert english in english_of(fold(word), foreign=True)


@pytest.mark.parametrize(
    "surname",
    [
        *("Стоянов", "Господинов", "Здравков", "Третьяков", "Христов", "Зеленюк", "Черновски", "Стрелков", "Тютюнник"),
        *("Литвинов", "Захарова", "Баскова", "Стојановић", "Младић", "Шумилова", "Бродски", "Спасојевић", "Градинаров", "Багдади", "Пивоваров"),
    ],
)
def test_a_surname_is_no_word(surname: str) -> None:
    assert not english_of(fold(surname), foreign=True)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("Фронт в Ирак и Леванта", "front in irak and levanta"),
        ("Иванов И. В.", "ivanov i v"),
        ("И В Иванов", "i v ivanov"),
        ("Борба с врага", "borba of vraga"),
        ("Еднолично дружество с ограничена отговорност Завод", "llc zavod"),
        ("Непублично акционерно дружество Завод", "jsc zavod"),
        ("Федерално държавно бюджетно предприятие Завод", "soe zavod"),
    ],
)
def test_little_words_and_legal_forms_are_read_as_such(name: str, words: str) -> None:
    assert " ".join(tokenize(name)) == words


def test_an_acronym_that_the_name_spells_out_costs_nothing() -> None:
    index = _index()
    with_it, without = "Централна избирателна комисия (ЦИК) на Велтания", "Централна избирателна комисия на Велтания"
    longer, shorter = (hits[0].score for hits in index.search([with_it, without], 0.3))
    assert longer == pytest.approx(shorter, abs=0.01)


@pytest.mark.parametrize(
    "text",
    [
        "Завод Искра, известен преди като Завод Звезда",
        "Завод Искра с предишно име Завод Звезда",
        "Завод Искра, також відомий як Завод Звезда",
        "Предузеће Искра, раније познато као Завод Звезда",
    ],
)
def test_a_field_may_hold_the_former_name_too(text: str) -> None:
    assert readings(text)[-1] == "Завод Звезда"
