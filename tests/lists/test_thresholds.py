"""A threshold per list, field, kind of entry and strength of name; raising one never adds a finding."""

from __future__ import annotations

from dataclasses import replace

import pytest

from lists.entry import Entry, EntryKind, ListedName, Strength
from lists.index import Hit, Index
from lists.policy import ListRule, ScreenedField, ScreeningPolicy, Threshold
from lists.screen import screen
from lists.thresholds import floors, threshold_for
from schemas.decision import EditionUsed
from schemas.payment import Address, Institution, Party, Payment, PaymentIds, Text, TextKind, Value

POLICY = ScreeningPolicy(lists={"EU": ListRule(threshold=0.75), "UN": ListRule()})


def hit(name: str = "Dariusz Vellamonov", strength: Strength = Strength.PRIMARY, listed: str = "UN") -> Hit:
    listed_name = ListedName(name, strength)
    entry = Entry(listed, "1", EntryKind.PERSON, (listed_name,))
    return Hit(entry, listed_name, 0.8, "name", name, ())


@pytest.mark.requirement("SCR-05")
@pytest.mark.parametrize(
    ("rule", "found", "field"),
    [
        (Threshold(0.9, "why", list="UN"), hit(), ScreenedField.NAME),
        (Threshold(0.9, "why", field=ScreenedField.INSTITUTION), hit(), ScreenedField.INSTITUTION),
        (Threshold(0.9, "why", kind=EntryKind.PERSON), hit(), ScreenedField.TEXT),
        (Threshold(0.9, "why", strength=Strength.WEAK), hit(strength=Strength.WEAK), ScreenedField.NAME),
        (Threshold(0.9, "why", single_word=True), hit("Vellamonov"), ScreenedField.NAME),
        (Threshold(0.9, "why", single_word=False, list="EU"), hit(listed="EU"), ScreenedField.NAME),
        (Threshold(0.9, "why"), hit(), ScreenedField.ADDRESS),
    ],
)
def test_the_first_rule_that_fits_counts(rule: Threshold, found: Hit, field: ScreenedField) -> None:
    assert threshold_for(found, field, replace(POLICY, thresholds=(rule, Threshold(0.5, "later")))) == 0.9


@pytest.mark.parametrize(
    ("rule", "found", "field"),
    [
        (Threshold(0.9, "why", list="EU"), hit(), ScreenedField.NAME),
        (Threshold(0.9, "why", field=ScreenedField.TEXT), hit(), ScreenedField.NAME),
        (Threshold(0.9, "why", kind=EntryKind.VESSEL), hit(), ScreenedField.NAME),
        (Threshold(0.9, "why", strength=Strength.WEAK), hit(), ScreenedField.NAME),
        (Threshold(0.9, "why", single_word=True), hit(), ScreenedField.NAME),
    ],
)
def test_a_rule_that_does_not_fit_says_nothing(rule: Threshold, found: Hit, field: ScreenedField) -> None:
    policy = replace(POLICY, thresholds=(rule,))
    assert threshold_for(found, field, policy) == threshold_for(found, field, POLICY)


@pytest.mark.parametrize(
    ("field", "threshold"),
    [
        (ScreenedField.NAME, POLICY.name_threshold),
        (ScreenedField.INSTITUTION, POLICY.name_threshold),
        (ScreenedField.TEXT, POLICY.text_threshold),
        (ScreenedField.LINES, POLICY.text_threshold),
        (ScreenedField.ADDRESS, POLICY.address_threshold),
    ],
)
def test_without_rules_the_list_decides_then_the_field(field: ScreenedField, threshold: float) -> None:
    assert threshold_for(hit(listed="OTHER"), field, POLICY) == threshold
    assert threshold_for(hit(), field, POLICY) == threshold
    assert threshold_for(hit(listed="EU"), field, POLICY) == 0.75


def test_the_engine_is_asked_for_the_lowest_score_anything_may_need() -> None:
    rules = (
        Threshold(0.6, "why", field=ScreenedField.NAME),
        Threshold(0.5, "why", field=ScreenedField.LINES),
        Threshold(0.95, "why"),
    )
    assert floors(replace(POLICY, thresholds=rules)) == (0.6, 0.5)
    assert floors(ScreeningPolicy(address_threshold=0.4)) == (0.71, 0.4)


PAYMENT = Payment(
    "x",
    1,
    "/",
    PaymentIds(),
    payer=Party(
        "/p",
        name=Value("Darius Oktabrsky Velamonov", "/p/n"),
        address=Address("/p/a", street=Value("c/o Dariusz Oktabrski Vellamonof", "/p/a/s")),
    ),
    payee_institution=Institution("/i", name=Value("Vellamo Kredit Quorz", "/i/n")),
    texts=(Text(TextKind.REMITTANCE, "for Darius Oktabrski Velamonov", "/t"),),
)


@pytest.mark.requirement("SCR-05")
def test_raising_a_threshold_never_adds_a_finding() -> None:
    entries = [
        Entry("UN", "1", EntryKind.PERSON, (ListedName("Dariusz Oktabrski Vellamonov"),)),
        Entry("EU", "2", EntryKind.ORGANISATION, (ListedName("VELLAMO KREDITBANK QUORZ"),)),
    ]
    index = Index.build(entries, EditionUsed("test"))
    before: set[tuple[str, str]] | None = None
    for step in range(40, 100, 5):
        threshold = step / 100
        policy = ScreeningPolicy(
            name_threshold=threshold, text_threshold=threshold, address_threshold=threshold, max_findings_per_field=99
        )
        found = {(one.path, one.match.reference) for one in screen([PAYMENT], index, policy)[0] if one.match}
        assert before is None or found <= before
        before = found
    assert before is not None
