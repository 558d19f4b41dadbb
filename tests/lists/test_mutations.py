from __future__ import annotations

from random import Random

import pytest

from lists import mutations
from lists.mutations import ANYONE, MUTATIONS, ORGANISATION, PERSON, THING, chain, mutate_until
from lists.names import tokenize

PERSON_NAME = "Vladimir Romanovich TESTOVSKY"
COMPANY = "Zvezdolet International Trading Company LLC"
NOTHING_TO_DO = {
    "typo1": "Li Po",
    "typo2": "Li Testov",
    "reorder": "Testov",
    "drop": "Ivan Testov",
    "initial": "Testov",
    "concat": "Testov",
    "split": "Li Po",
    "translit": "Li Po",
    "phonetic": "Li Po",
    "nickname": "Xerxes Testov",
    "legal_form": "LLC",
    "truncate": "Ivan Testov",
    "abbrev": "Zvezdolet",
    "diacritics": "1234",
}


def seeded(seed: int) -> Random:
    return Random(seed)  # noqa: S311 - distortions are repeatable, not secret


@pytest.mark.parametrize("kind", MUTATIONS)
def test_a_mutation_distorts_and_repeats_itself_from_the_same_seed(kind: str) -> None:
    whom, count, mutation = MUTATIONS[kind]
    assert whom in {PERSON, ORGANISATION, ANYONE, THING}
    assert count > 0
    name = COMPANY if whom == ORGANISATION else PERSON_NAME
    distorted = [mutate_until(name, mutation, seeded(seed)) for seed in range(40)]
    assert distorted == [mutate_until(name, mutation, seeded(seed)) for seed in range(40)]
    assert any(other is not None and other != name for other in distorted)


@pytest.mark.parametrize(("kind", "name"), NOTHING_TO_DO.items())
def test_a_mutation_says_so_where_there_is_nothing_to_distort(kind: str, name: str) -> None:
    assert all(MUTATIONS[kind][2](name, seeded(seed)) in {None, name} for seed in range(30))


def test_short_names_have_nothing_to_space_or_mark_or_swap() -> None:
    assert mutations.spaced("Li Po", seeded(1)) is None
    assert mutations.marked("Li Po", seeded(1)) is None
    assert mutations.leet("xyz", seeded(1)) is None
    assert mutations.initial("Al Li Po", seeded(1)) is None


def test_two_typos_may_hit_one_long_word() -> None:
    distorted = mutations.two_typos("Li TESTOVSKAYA", seeded(4))
    assert distorted is not None
    assert distorted.startswith("Li ")
    assert distorted != "Li TESTOVSKAYA"


def test_shouting_keeps_the_words() -> None:
    assert mutations.shout("Abd al-Rahman, Yusuf", seeded(1)) == "ABD AL RAHMAN YUSUF"


def test_evasions_look_like_the_name_to_the_engine() -> None:
    assert tokenize(mutations.look_alike("TESTOVSKY", seeded(2)) or "") == ["testovsky"]
    assert tokenize(mutations.invisible("TESTOVSKY", seeded(2)) or "") == ["testovsky"]


def test_a_chain_stops_where_a_step_finds_nothing() -> None:
    assert mutations.legal_form("Abcdef", seeded(1)) not in {None, "Abcdef"}
    assert {mutations.legal_form("Abcdef LLC", seeded(seed)) for seed in range(9)} >= {"Abcdef"}
    assert chain(mutations.typo, mutations.drop)("Ivan Testovsky", seeded(1)) is None
    assert mutate_until("Li Po", mutations.typo, seeded(1)) is None
