from __future__ import annotations

import copy

import pytest

from lists.expanded import NOTHING, strict
from lists.expansion import Expander
from lists.folding import fold
from lists.near import Asked, NearInPython, near_keys
from lists.rarity import Background, Rarity
from lists.vocabulary import Vocabulary

WORDS = (
    "testovsky", "vladimir", "mohammad", "muhammad", "trading", "international", "khalil", "rosneft", "morskoy",
    "vympel", "bergshtain", "al", "alexander", "yusuf", "shipping", "krasny", "oktyabr", "zarghanpour", "ivanovich",
    "logistics", "mn", "yeni", "1917", "vladislov", "kaluga", "penza", "baku", "volga", "reshetnev",
)  # fmt: skip
COUNTS = dict.fromkeys(WORDS, 1) | {"trading": 60, "international": 40, "shipping": 30, "logistics": 30}


@pytest.fixture(scope="module")
def expander() -> Expander:
    vocabulary = Vocabulary(WORDS, COUNTS)
    return Expander(vocabulary, Rarity(COUNTS, 100, Background(1000, {"samson": 5})))


def alike(expander: Expander, word: str) -> dict[str, float]:
    found = expander.of_word(word).similarity
    return {WORDS[number]: similarity for number, similarity in found.items()}


@pytest.mark.parametrize(
    ("word", "listed", "least"),
    [
        ("testovsky", "testovsky", 1.0),
        ("testovskiy", "testovsky", 0.9),
        ("tstovsky", "testovsky", 0.85),
        ("wladimir", "vladimir", 0.9),
        ("mohamed", "mohammad", 0.8),
        ("mohd", "mohammad", 0.8),
        ("vova", "vladimir", 0.8),
        ("volodya", "vladimir", 0.8),
        ("trdg", "trading", 0.7),
        ("intl", "international", 0.8),
        ("shpg", "shipping", 0.7),
        ("log", "logistics", 0.8),
        ("shp", "shipping", 0.7),
        ("t3stovsky", "testovsky", 0.9),
        ("rosneftag", "rosneft", 0.9),
        ("ooorosneft", "rosneft", 0.9),
        ("oktiabr", "oktyabr", 0.9),
        ("zerghanpur", "zarghanpour", 0.8),
    ],
)
def test_a_word_stands_for_listed_words(expander: Expander, word: str, listed: str, least: float) -> None:
    assert alike(expander, word).get(listed, 0.0) >= least


@pytest.mark.parametrize(
    "word", ["x", "smith", "2024", "7x7", "zzzzzzzzzz", "tx", "qz", "qqqqgmbh", "vlad", "tri", "lrosneft9"]
)
def test_a_strange_word_stands_for_nothing_sure(expander: Expander, word: str) -> None:
    assert all(similarity < 0.9 for similarity in alike(expander, word).values())


def test_the_arrays_tell_the_same_as_the_table(expander: Expander) -> None:
    expansion = expander.of_word("mohamed")
    assert expansion.ids.tolist() == list(expansion.similarity)
    assert expansion.weights.tolist() == pytest.approx([value**1.5 for value in expansion.similarity.values()])


def test_a_single_letter_is_left_to_the_alignment(expander: Expander) -> None:
    assert expander.of_word("v") is NOTHING
    assert expander.of_word("zzzzzzzz") is NOTHING
    assert expander.of_joined("zzzzzzzz") is NOTHING


def test_consonants_of_arabic_and_hebrew_find_latin_words(expander: Expander) -> None:
    def found(word: str, folded: str) -> set[str]:
        return {WORDS[number] for number in expander.of_abjad(word, folded).similarity}

    assert "khalil" in found("\u062e\u0644\u064a\u0644", "khlyl")
    assert "mohammad" in found("\u0645\u062d\u0645\u062f", "mhmd")
    assert "bergshtain" in found("\u05d1\u05e8\u05d2\u05e9\u05d8\u05d9\u05d9\u05df", "brgshtyyn")
    assert "mohammad" not in found("\u0645\u062f", "md")
    assert expander.of_abjad("\u0627", "x") is NOTHING


def test_exact_and_strict_and_cut_words(expander: Expander) -> None:
    assert list(expander.exactly("vympel").similarity.values()) == [1.0]
    assert expander.exactly("vympol") is NOTHING
    assert strict(expander.of_word("khaliil")).similarity
    assert strict(expander.of_word("mohd")) is NOTHING
    cut = {WORDS[number]: value for number, value in expander.of_cut_word("zargh").similarity.items()}
    assert cut.keys() == {"zarghanpour"}
    assert expander.of_cut_word("xx") is NOTHING


@pytest.mark.parametrize(
    ("word", "halves"),
    [
        ("morskoyvympel", ("morskoy", "vympel")),
        ("alkhalil", ("al", "khalil")),
        ("vladimirtestovskiy", ("vladimir", "testovskiy")),
        ("vladimyrtestovsky", ("vladimyr", "testovsky")),
        ("krasnyqqqqq", None),
        ("qqqqqkrasny", None),
        ("qqqqvympelqqq", None),
        ("short", None),
        ("vympel1917x", None),
    ],
)
def test_two_words_written_as_one_are_parted(expander: Expander, word: str, halves: tuple[str, str] | None) -> None:
    assert expander.split(word) == halves


def test_a_word_is_one_word_where_it_is_listed_or_nearly_or_ordinary(expander: Expander) -> None:
    assert expander.stands_for_a_word("vympel")
    assert expander.stands_for_a_word("testovskiy")
    assert expander.stands_for_a_word("samson")
    assert not expander.stands_for_a_word("morskoyvympel")


def test_numbers_and_short_words_are_only_found_as_they_stand() -> None:
    assert near_keys("1917") == {b"1917"}
    assert near_keys("mn") == {b"mn"}
    assert near_keys("abc") == {b"abc", b"1abk", b"2abk"}


def test_words_looked_up_together_get_the_answers_they_get_alone() -> None:
    words = ["testovskiy", "mohamed", "1917", "x", "zzzzzzzz", "vympol", "vova", "testovsky", "w1adimir", ""]
    joined = [left + right for left in words for right in words]
    alone, together = (Expander(Vocabulary(WORDS, COUNTS), Rarity(COUNTS, 100, Background())) for _ in range(2))
    together.look_up([*words, *words], joined)
    together.look_up([], [])
    together.look_up(words, joined)
    for word in words:
        assert together.of_word(word).similarity == alone.of_word(word).similarity
    for word in joined:
        assert together.of_joined(word).similarity == alone.of_joined(word).similarity


def test_an_empty_vocabulary_is_asked_in_vain() -> None:
    assert Vocabulary((), {}).near([Asked("testovsky"), Asked("x", joined=True)]) == [[], []]


def test_a_cut_word_stands_for_those_that_begin_so_unless_it_is_whole_and_they_are_many() -> None:
    words = ("kim", *(f"kim{first}{second}" for first in "abcdefgh" for second in "abcdefgh"), "zargha", "zarghanpour")
    counts = dict.fromkeys(words, 1)
    many = Expander(Vocabulary(words, counts), Rarity(counts, 100, Background(1000, {"samson": 5})))
    assert many.of_cut_word("kim") is NOTHING
    assert len(many.of_cut_word("ki").ids) == 65
    assert (
        many.of_cut_word("zargh").similarity[len(words) - 1]
        > many.of_cut_word("zargha").similarity[len(words) - 1] - 0.1
    )


@pytest.mark.parametrize(
    ("word", "halves"),
    [("alkhalil", ("al", "khalil")), ("yeniyusuf", ("yeni", "yusuf")), ("khalil", None), ("alkhal", None)],
)
def test_a_word_is_cut_in_two(expander: Expander, word: str, halves: tuple[str, str] | None) -> None:
    assert expander.halves(word) == halves


def test_initials_stand_for_no_word_by_themselves(expander: Expander) -> None:
    initial = expander.of_initial("k")
    assert not initial.similarity
    assert initial.ids.tolist() == [len(WORDS) + 10]


def test_a_word_in_cyrillic_is_read_by_meaning_and_without_its_ending(expander: Expander) -> None:
    assert WORDS.index("trading") in expander.of_foreign("torgovyy").similarity
    assert WORDS.index("rosneft") in expander.of_foreign("rosneftskiy").similarity


def test_a_vocabulary_is_the_same_in_another_process() -> None:
    words = ["mohammed", "trading", "petrol"]
    told = Vocabulary(words, dict.fromkeys(words, 1))
    asked = [Asked("mohamed")]
    for near in (told.near, NearInPython(words).near):  # what is compiled is made again there, the rest is taken along
        told.near = near
        there = copy.deepcopy(told)  # by way of its state, as from one process to another
        assert there.ids == told.ids
        assert there.near(asked) == told.near(asked)


def test_a_place_is_met_by_its_adjective_and_a_number_by_its_ordinal(expander: Expander) -> None:
    assert expander.of_foreign("xyz") is NOTHING
    assert WORDS.index("rosneft") in expander.of_foreign("rosnevtskaya").similarity


def test_a_meaning_is_met_in_a_third_language_too(expander: Expander) -> None:
    assert WORDS.index("trading") not in expander.of_meaning(("tradin",)).similarity
    assert (
        WORDS.index("international") in expander.of_meaning(("internacional",)).similarity
    )  # of seven letters and more


def test_a_greek_name_is_read_by_all_its_letters_may_spell(expander: Expander) -> None:
    assert WORDS.index("khalil") in expander.of_spelt["greek"]("khalil").similarity
    assert WORDS.index("trading") in expander.of_spelt["greek"](fold("εμπορική")).similarity
    assert expander.of_spelt["greek"]("xntx") is NOTHING


def test_hebrew_writes_the_arabic_article_as_one_with_its_word(expander: Expander) -> None:
    assert WORDS.index("khalil") in expander.of_abjad("אלחליל", "").similarity


@pytest.mark.parametrize(
    ("adjective", "place"),
    [("kaluzhskiy", "kaluga"), ("volzhskaya", "volga"), ("penzenskoe", "penza"), ("bakinskiy", "baku")],
)
def test_an_adjective_changes_the_end_of_its_place(expander: Expander, adjective: str, place: str) -> None:
    assert WORDS.index(place) in expander.of_foreign(adjective).similarity


def test_yo_is_read_without_its_dots(expander: Expander) -> None:
    assert expander.of_foreign("reshetnyov").similarity[WORDS.index("reshetnev")] == 1


def test_an_endless_arabic_word_is_nobodys(expander: Expander) -> None:
    """1,900 letters without a blank took two thirds of a second, all of it on how they may be spelt."""
    assert expander.of_abjad("خليل" * 475, "") is NOTHING
