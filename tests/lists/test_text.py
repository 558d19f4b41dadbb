from __future__ import annotations

import pytest

from lists.entry import EntryKind
from lists.index import Hit, Index
from lists.text import EXACT_IN_TEXT
from lists.windows import WINDOW
from schemas.decision import EditionUsed
from tests.invented_list import BACKGROUND, entry, index


def best(text: str, floor: float = 0.3) -> Hit | None:
    hits = index().search_texts([text], floor)[0]
    return hits[0] if hits else None


MUST_BE_FOUND = [
    ("INVOICE 4411 VLADISLAV ROMANOVICH TESTOVSKY CONSULTING 03.2025", "1", "VLADISLAV ROMANOVICH TESTOVSKY"),
    ("/RFB/7730///B/O TESTOVSKY VLADISLAV FOR GOODS", "1", "TESTOVSKY VLADISLAV"),
    ("payment for Aleksndr Krasnopoltsew contract 12", "8", "Aleksndr Krasnopoltsew"),
    ("GIFT FOR MARIA FERNANDA IBARGUEN QUILAPAN HAPPY BIRTHDAY", "5", "MARIA FERNANDA IBARGUEN QUILAPAN"),
    ("STEEL PIPES MORSKOY VYMPEL LLC CONTRACT 77/24", "21", None),
    ("GOODS EX MORSKOYVYMPEL", "21", "MORSKOYVYMPEL"),
    ("FREIGHT MV OCEAN MARIGOLD BL 4471", "30", "OCEAN MARIGOLD"),
    ("rent 12 flat Mohammad Karim Zarghanpour", "4", "Mohammad Karim Zarghanpour"),
    ("Zahlung an Звездолет Heavy Industries", "20", None),
]


@pytest.mark.parametrize(("text", "reference", "span"), MUST_BE_FOUND)
def test_a_listed_name_in_a_text_is_found(text: str, reference: str, span: str | None) -> None:
    hit = best(text, 0.6)
    assert hit is not None
    assert (hit.entry.reference, hit.method) == (reference, "text")
    assert span is None or hit.span == span


@pytest.mark.parametrize(
    "text",
    [
        "INVOICE 4411 DATED 03.03.2025",
        "SALARY MARCH MARIA FERNANDEZ",
        "IMPORT EXPORT GENERAL TRADING LLC INVOICE 12",
        "I HOPE YOU ARE WELL, PAYMENT FOR GOODS",
        "",
        "12345678 99887766",
        "LOYER AVRIL",
    ],
)
def test_an_ordinary_text_is_left_alone(text: str) -> None:
    assert best(text, 0.65) is None


def test_a_name_far_into_a_long_text_is_found_across_windows() -> None:
    words = [f"filler{chr(97 + place % 20)}" for place in range(5 * WINDOW)]
    for place in range(0, len(words), 3):
        text = " ".join([*words[:place], "Vladislav Romanovich Testovsky", *words[place:]])
        hit = best(text, 0.7)
        assert hit is not None, place
        assert hit.entry.reference == "1"


def test_the_very_name_has_a_floor() -> None:
    hit = best("TRANSFER JONG SOK PAKTAE")
    assert hit is not None
    assert hit.score >= EXACT_IN_TEXT


def test_words_between_and_missing_words_cost() -> None:
    whole = best("B/O MARIA FERNANDA IBARGUEN QUILAPAN")
    parted = best("B/O MARIA FERNANDA ZYX WVU IBARGUEN TSR QUILAPAN")
    partly = best("B/O FERNANDA IBARGUEN QUILAPAN")
    assert whole is not None
    assert parted is not None
    assert partly is not None
    assert whole.score > parted.score
    assert whole.score > partly.score


def test_a_vessel_is_surer_where_the_text_speaks_of_ships() -> None:
    near = best("VESSEL OCEAN MARIGLD ARRIVED")
    far = best("FLOWERS OCEAN MARIGLD ARRIVED")
    assert near is not None
    assert far is not None
    assert near.score > far.score


def test_a_single_word_proves_less() -> None:
    lone = best("ORDER BRIVANTA 12")
    with_form = best("ORDER BRIVANTA GMBH 12")
    near = best("ORDER BRIVNTA 12", 0.0)
    assert lone is not None
    assert with_form is not None
    assert with_form.score > lone.score
    assert near is None or near.score < lone.score


@pytest.mark.parametrize(("text", "_reference", "_span"), MUST_BE_FOUND)
def test_the_pieces_add_up_to_the_score(text: str, _reference: str, _span: str | None) -> None:
    for hit in index().search_texts([text], 0.0)[0]:
        assert sum(piece.points for piece in hit.pieces) == pytest.approx(100 * hit.score, abs=0.006)


def test_a_name_made_of_reference_words_or_known_as_weak_proves_less() -> None:
    entries = [
        entry("1", EntryKind.ORGANISATION, "September LLC"),
        entry("3", EntryKind.PERSON, "Maria JONG"),
        entry("2", EntryKind.PERSON, "Olga VYMPELOVA", weak=("Krasnaya Zvezdochka",)),
    ]
    small = Index.build(entries, EditionUsed("small"), BACKGROUND)
    told = small.search_texts(["RENT SEPTEMBER LLC", "GIFT KRASNAYA ZVEZDOCHKA OK", "GIFT FOR MARIA JONG"], 0.0)
    pieces = {piece.listed for hits in told for hit in hits for piece in hit.pieces}
    assert "(only words of payment references agree)" in pieces
    assert "(weak alias)" in pieces
    assert told[2][0].score == EXACT_IN_TEXT
    assert told[2][0].pieces[-1].listed == "(the very name, word for word)"


def test_the_span_is_told_as_it_stands_in_the_text() -> None:
    spans = [
        ("inv 7 TESTOVSKY 4711 VLADISLAV ROMANOVICH ok", "TESTOVSKY 4711 VLADISLAV ROMANOVICH"),
        ("inv Vladislav, Romanovich; Testovsky / ok", "Vladislav, Romanovich; Testovsky"),
        ("x Vladislav y Vladislav Romanovich 12345 Testovsky", "Vladislav Romanovich 12345 Testovsky"),
        ("goods p.a.k.t.a.e jong sok", "p.a.k.t.a.e jong sok"),
        (
            "Vladislav Romanovich 1111 Testovsky Vladislav Romanovich 2222 Testovsky",
            "Vladislav Romanovich 1111 Testovsky",
        ),
        ("shares of MorskoyVympel, agreed", "MorskoyVympel,"),
    ]
    for text, span in spans:
        hit = best(text)
        assert hit is not None
        assert hit.span == span


def test_answers_do_not_depend_on_the_other_texts() -> None:
    texts = [text for text, _, _ in MUST_BE_FOUND] * 40
    together = index().search_texts(texts, 0.2)
    alone = [index().search_texts([text], 0.2)[0] for text, _, _ in MUST_BE_FOUND]
    assert together == alone * 40


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Platform service fee of March", False),
        ("United business trip", False),
        ("payment to OOO Service Platform", True),
        ("SERVICE PLATFORM LLC invoice 12", True),
        ("Quorzandel Platform invoice 12", True),
        ("United energy shipping invoice", True),
    ],
)
def test_two_words_of_every_day_are_a_name_only_with_its_legal_form(text: str, found: bool) -> None:  # noqa: FBT001 - a table of cases
    names = (
        "LIMITED LIABILITY COMPANY SERVICE PLATFORM",
        "BUSINESS UNITED LLC",
        "QUORZANDEL PLATFORM",
        "UNITED ENERGY SHIPPING",
    )
    entries = [entry(str(place), EntryKind.ORGANISATION, name) for place, name in enumerate(names)]
    [hits] = Index.build(entries, EditionUsed("small")).search_texts([text], 0.67)
    assert bool(hits) is found
