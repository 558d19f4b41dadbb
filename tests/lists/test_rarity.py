from __future__ import annotations

import pytest

from lists.entry import Entry, EntryKind, ListedName
from lists.index import Index
from lists.policy import ScreeningPolicy
from lists.rarity import BITS_MAX, BITS_MIN, FLOOD_BITS, Background, Rarity, begins_legal_word, is_legal_word
from schemas.decision import EditionUsed

RARITY = Rarity({"ivanov": 400, "testovsky": 1, "trading": 900}, 20_000, Background(1000, {"smith": 50, "maria": 20}))


def test_rare_words_prove_more_than_common_ones() -> None:
    assert RARITY.of_person("testovsky") > RARITY.of_person("ivanov") > RARITY.of_person("trading")
    assert RARITY.of_person("smith") < RARITY.of_person("unheardof")
    assert BITS_MIN <= RARITY.of_person("unheardof") <= BITS_MAX


def test_particles_letters_and_legal_forms_prove_little() -> None:
    assert RARITY.of_person("al") < 2
    assert RARITY.of_person("x") < 3
    assert RARITY.of_person("xy") <= 6
    assert RARITY.of_organisation("llc") < 1
    assert RARITY.of_person("llc") > 5
    assert RARITY.of_organisation("obshestvo") < 2


@pytest.mark.parametrize(("word", "most"), [("mr", 1.0), ("20240101", 2.0), ("moscow", 5.0), ("unheardof", 14.0)])
def test_what_a_word_of_the_payment_costs_when_the_list_lacks_it(word: str, most: float) -> None:
    assert RARITY.asked(word) <= most


def test_a_background_counts_names_and_texts() -> None:
    background = Background.counted(["Maria Smith", "John Smith", "Smith Smith"], ["rent april", "rent may"], least=2)
    assert background.names == 3
    assert background.counts["smith"] == 3
    assert background.text_words == {"rent"}
    assert Background.counted([]).counts == {}


def test_without_a_background_the_lists_alone_count() -> None:
    assert Rarity({}, 0, Background()).of_person("smith") == BITS_MAX


def test_the_shipped_background_knows_ordinary_names() -> None:
    shipped = Background.shipped()
    assert shipped.names == 1_000_000
    assert shipped.counts["martin"] > shipped.counts["ivanov"] > 0
    assert "invoice" in shipped.text_words
    assert Rarity({}, 0, shipped).is_ordinary("martin")


@pytest.mark.parametrize("word", ["joint", "jiont", "limitied", "responsabilidade"])
def test_legal_words_are_known_though_misspelt(word: str) -> None:
    assert is_legal_word(word)
    assert not is_legal_word(f"q{word[::-1]}")


FLOOD = ["Dariusz Oktabrski Vellamonov"] * 50_000 + ["Maria Smith"] * 100
FLOODED_TEXTS = ["rent for Oktabrski Vellamonov"] * 50_000


@pytest.mark.parametrize("word", ["oktabrski", "vellamonov", "dariusz", "smith"])
def test_a_flood_of_a_name_takes_few_bits_from_it(word: str) -> None:
    flooded = Rarity({}, 0, Background.of(FLOOD))
    shipped = Rarity({}, 0, Background.shipped())
    assert shipped.of_person(word) - FLOOD_BITS - 0.1 <= flooded.of_person(word)
    assert Rarity({}, 0, Background.counted(FLOOD)).of_person("oktabrski") < 2  # unbounded it would prove nothing


def test_a_flood_makes_no_word_ordinary() -> None:
    bounded = Background.of(FLOOD, FLOODED_TEXTS)
    assert "oktabrski" not in bounded.text_words
    assert "rent" in bounded.text_words
    assert not Rarity({}, 0, bounded).is_ordinary("vellamonov")
    assert Rarity({}, 0, bounded).is_ordinary("smith")


def test_bounds_rest_on_a_trusted_table() -> None:
    own = Background(100, {"vell": 50, "smith": 3})
    bounded = own.bounded(Background(1000, {"vell": 10}))
    assert bounded.counts == {"vell": 8, "smith": 0}
    assert bounded.ordinary == frozenset({"vell"})


@pytest.mark.parametrize("name", ["Dariusz Oktabrski Vellamonov", "Darius Oktabrsky Velamonov", "VELLAMONOV, DARIUSZ"])
def test_a_flooded_name_is_found_all_the_same(name: str) -> None:
    entry = Entry("UN", "1", EntryKind.PERSON, (ListedName("Dariusz Oktabrski Vellamonov"),))
    index = Index.build([entry], EditionUsed("test"), Background.of(FLOOD, FLOODED_TEXTS))
    policy = ScreeningPolicy()
    assert index.search([name], policy.name_threshold)[0]
    if len(name.split()) > 2:  # a name in a text that lacks a word is not found without a flood either
        assert index.search_texts([f"rent for {name} of May"], policy.text_threshold)[0]


def test_the_beginning_of_a_legal_word_is_known() -> None:
    assert begins_legal_word("limi")
    assert begins_legal_word("corporati")
    assert not begins_legal_word("corporation")
    assert not begins_legal_word("lim")
