"""What contradicts between a party and an entry; discounts are bounded, namesakes need both facts on both sides."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lists.entry import Entry, EntryKind, ListedName
from lists.facts import NOTHING_KNOWN, Contradiction, Facts, Known, contradictions, discounted, homonym
from lists.index import Index
from lists.policy import MOST_DISCOUNT, Discounts, Homonyms, ScreeningPolicy
from lists.screen import screen
from schemas.decision import EditionUsed
from schemas.finding import Family, Finding, Reason
from schemas.payment import Identification, Party, Payment, PaymentIds, Value

NAME = "Dariusz Oktabrski Vellamonov"
PERSON = Entry(
    "UN", "1", EntryKind.PERSON, (ListedName(NAME),), birth_dates=("1961-05-03", "1963~"), countries=("IR", "RU")
)


def value(text: str) -> Value:
    return Value(text, "/x")


@pytest.mark.parametrize(
    ("here", "listed", "contradicts"),
    [
        ("1961-05-03", ("1961-05-03",), False),
        ("1961-12-31", ("1961-05-03",), False),  # years only
        ("1962", ("1961",), False),  # a year's slip
        ("1963", ("1961",), True),
        ("1963", ("1961", "1963"), False),
        ("1966", ("1961~",), False),
        ("1967", ("1961~",), True),
        ("1967", ("1961?",), True),
        ("1965", ("1961/1964",), False),
        ("1966", ("1961/1964",), True),
        ("1990", ("1961/..",), False),
        ("1990", ("unknown",), False),
        ("", ("1961",), False),
        ("1990", (), False),
        ("no date", ("1961",), False),
    ],
)
def test_birth_years(here: str, listed: tuple[str, ...], contradicts: bool) -> None:  # noqa: FBT001 - a table of cases
    found = contradictions(Facts(birth_date=here), replace(PERSON, birth_dates=listed))
    assert [one.fact for one in found] == (["birth_year"] if contradicts else [])


@pytest.mark.parametrize(
    ("here", "listed", "contradicts"),
    [("LU", ("IR", "RU"), True), ("RU", ("IR", "RU"), False), ("LU", ("Yugoslavia",), False), ("", ("IR",), False)],
)
def test_nationalities(here: str, listed: tuple[str, ...], contradicts: bool) -> None:  # noqa: FBT001 - a table of cases
    found = contradictions(Facts(nationality=here), replace(PERSON, countries=listed))
    assert bool(found) is contradicts


@pytest.mark.parametrize(
    ("party", "kind"),
    [
        (Party("/p", birth_date=value("1980-01-01")), EntryKind.PERSON),
        (Party("/p", identifications=(Identification(value("1"), "CCPT"),)), EntryKind.PERSON),
        (Party("/p", lei=value("1")), EntryKind.ORGANISATION),
        (Party("/p", bic=value("1")), EntryKind.ORGANISATION),
        (Party("/p", identifications=(Identification(value("1"), "COID", organisation=True),)), EntryKind.ORGANISATION),
        (Party("/p", birth_date=value("1980-01-01"), lei=value("1")), None),
        (Party("/p"), None),
    ],
)
def test_the_kind_of_a_party(party: Party, kind: EntryKind | None) -> None:
    facts = Facts.of(party, NOTHING_KNOWN, payer=False)
    assert facts.kind is kind
    told = contradictions(replace(facts, birth_date=""), replace(PERSON, kind=EntryKind.ORGANISATION))
    assert bool(told) is (kind is EntryKind.PERSON)
    assert not contradictions(replace(facts, birth_date=""), replace(PERSON, kind=EntryKind.VESSEL))


def test_verified_facts_are_the_payers_and_come_first() -> None:
    passport = Identification(value("1"), "CCPT", country=value("fr"))
    party = Party("/p", birth_date=value("1980-01-01"), identifications=(passport,))
    known = Known(payer_birth_date="1975-02-02", payer_nationality="lu")
    kind = EntryKind.PERSON
    assert Facts.of(party, known, payer=True) == Facts("1975-02-02", "LU", verified_nationality=True, kind=kind)
    assert Facts.of(party, known, payer=False) == Facts("1980-01-01", "FR", kind=kind)
    two = replace(party, identifications=(passport, replace(passport, country=value("DE"))))
    assert Facts.of(two, NOTHING_KNOWN, payer=True).nationality == ""


@pytest.mark.requirement("SCR-16")
@pytest.mark.parametrize(
    ("facts", "is_namesake"),
    [
        (Facts("1975-01-02", "LU", verified_nationality=True), True),
        (Facts("1975-01-02", "RU", verified_nationality=True), False),  # the nationality is the same
        (Facts("1961-05-03", "LU", verified_nationality=True), False),  # the birth date is the same
        (Facts("1961-03-05", "LU", verified_nationality=True), False),  # day and month may be swapped
        (Facts("1961", "LU", verified_nationality=True), False),  # a year alone fits
        (Facts("1961-06-03", "LU", verified_nationality=True), False),  # 1963~ fits
        (Facts("1975-01-02", "LU"), False),  # nobody verified the nationality
        (Facts("", "LU", verified_nationality=True), False),
        (Facts("1975-01-02", ""), False),
    ],
)
def test_a_namesake_differs_in_birth_date_and_nationality(facts: Facts, is_namesake: bool) -> None:  # noqa: FBT001 - a table of cases
    assert bool(homonym(facts, PERSON)) is is_namesake


@pytest.mark.requirement("SCR-16")
def test_what_the_list_does_not_tell_clears_nobody() -> None:
    facts = Facts("1975-01-02", "LU", verified_nationality=True)
    for entry in (
        replace(PERSON, birth_dates=()),
        replace(PERSON, countries=()),
        replace(PERSON, birth_dates=("1961", "unknown")),
        replace(PERSON, countries=("IR", "stateless")),
        replace(PERSON, kind=EntryKind.ORGANISATION),
    ):
        assert homonym(facts, entry) == ()
    full = replace(PERSON, birth_dates=("1961-05-03",))
    assert homonym(replace(facts, birth_date="1961-07-09"), full)
    assert not homonym(replace(facts, birth_date="1961-05"), full)


@given(st.lists(st.sampled_from(["birth_year", "nationality", "kind"]), unique=True), st.floats(0, 1))
def test_discounts_are_bounded_and_told(facts: list[str], score: float) -> None:
    discounts = Discounts(birth_year=0.1, nationality=0.04, kind=0.08, most=0.12)
    lower, pieces = discounted(score, tuple(Contradiction(fact, "a", "b") for fact in facts), discounts)
    assert score * (1 - MOST_DISCOUNT) - 0.001 <= lower <= score + 0.0001
    assert len(pieces) <= len(facts)
    assert all(piece.points <= 0 for piece in pieces)
    assert discounted(score, (), discounts) == (round(score, 4), ())


PARTY = Party("/payer", name=Value("Dariusz Oktabrski Velamonow", "/payer/name"), birth_date=value("1985-01-01"))
POLICY = ScreeningPolicy(discounts=Discounts(birth_year=0.1, most=0.15))


def found(party: Party, policy: ScreeningPolicy, known: Known = NOTHING_KNOWN) -> list[Finding]:
    index = Index.build([PERSON], EditionUsed("test"))
    return list(screen([Payment("x", 1, "/", PaymentIds(), payer=party)], index, policy, [known])[0])


def test_a_discount_lowers_the_score_and_its_piece_says_why() -> None:
    [plain] = found(PARTY, ScreeningPolicy())
    [lower] = found(PARTY, POLICY)
    assert plain.match is not None
    assert lower.match is not None
    assert lower.match.score == pytest.approx(plain.match.score * 0.9, abs=1e-4)
    assert sum(piece.points for piece in lower.match.pieces) == pytest.approx(100 * lower.match.score, abs=0.02)
    assert lower.match.pieces[-1].query == "1985-01-01"
    assert lower.reason is Reason.LISTED_NAME


def test_what_falls_below_the_threshold_stays_in_the_record() -> None:
    [plain] = found(PARTY, ScreeningPolicy())
    assert plain.match is not None
    strict = replace(POLICY, name_threshold=plain.match.score - 0.001)
    [told] = found(PARTY, strict)
    assert told.reason is Reason.LISTED_NAME_DISCOUNTED
    assert told.facts.family is Family.RECORD
    assert told.match is not None
    assert "what contradicts is below" in told.detail


def test_an_exact_name_is_held_whatever_contradicts() -> None:
    exact = replace(PARTY, name=Value(NAME, "/payer/name"), lei=None)
    [told] = found(exact, replace(POLICY, discounts=Discounts(birth_year=0.15, nationality=0.15, kind=0.15, most=0.15)))
    assert told.reason is Reason.LISTED_NAME


@pytest.mark.requirement("SCR-16")
def test_a_namesake_is_proposed_and_cleared_only_where_the_policy_says_so() -> None:
    known = Known(payer_birth_date="1985-01-01", payer_nationality="LU")
    [proposed] = found(PARTY, ScreeningPolicy(), known)
    assert proposed.reason is Reason.LISTED_NAME
    assert "namesake" in proposed.detail
    [kept] = found(PARTY, ScreeningPolicy(homonyms=Homonyms.OFF), known)
    assert "namesake" not in kept.detail
    [cleared] = found(PARTY, ScreeningPolicy(homonyms=Homonyms.CLEAR), known)
    assert cleared.reason is Reason.LISTED_NAME_CLEARED
    [unknown] = found(PARTY, ScreeningPolicy(homonyms=Homonyms.CLEAR), replace(known, payer_nationality=""))
    assert unknown.reason is Reason.LISTED_NAME
