"""Who is listed for other measures than on its funds is shown and not held, where the policy says so; else held."""

from __future__ import annotations

import pytest

from lists.entry import Entry, EntryKind, ListedName, ListedNumber, OwnAction, OwnTerms
from lists.index import Index
from lists.policy import OtherMeasures, ScreeningPolicy
from lists.screen import screen
from schemas.decision import EditionUsed
from schemas.finding import Family, Finding, Reason
from schemas.payment import Party, Payment, PaymentIds, Text, TextKind, Value

NAME = "Gorvandel Trustworx Ypsilon"
IMO = "9187629"
PAYMENT = Payment(
    "x",
    1,
    "/",
    PaymentIds(),
    payee=Party("/payee", name=Value(NAME, "/payee/name")),
    texts=(Text(TextKind.REMITTANCE, f"freight of {NAME}", "/text"), Text(TextKind.REMITTANCE, f"IMO {IMO}", "/imo")),
)
PORTS = "ships may not enter ports; payments are not forbidden (LEG-014)"
POLICY = ScreeningPolicy(
    other_measures=(
        OtherMeasures("CH", ("Travel Ban",), "of another list"),
        OtherMeasures("UK", ("Travel Ban", "Prohibition of Port Entry", "Detention"), PORTS),
    )
)
HELD = {Reason.LISTED_NAME, Reason.LISTED_NAME_IN_TEXT, Reason.LISTED_IDENTIFIER}
SHOWN = {Reason.LISTED_OTHER_MEASURE}


def found(measures: tuple[str, ...], policy: ScreeningPolicy, listed: str = "UK") -> list[Finding]:
    names, numbers = (ListedName(NAME),), (ListedNumber("IMO number", IMO),)
    entry = Entry(listed, "1", EntryKind.VESSEL, names, numbers=numbers, measures=measures)
    return list(screen([PAYMENT], Index.build([entry], EditionUsed("test")), policy)[0])


@pytest.mark.parametrize(
    ("measures", "policy", "listed", "reasons"),
    [
        (("Travel Ban",), POLICY, "UK", SHOWN),
        (("Prohibition of port entry", "DETENTION"), POLICY, "UK", SHOWN),
        (("Travel Ban", "Asset freeze"), POLICY, "UK", HELD),  # one measure on funds holds
        (("Travel Ban", "A measure of next year"), POLICY, "UK", HELD),  # what the policy does not name holds
        ((), POLICY, "UK", HELD),  # a list that does not tell
        (("Prohibition of Port Entry",), POLICY, "CH", HELD),  # another list's rule
        (("Travel Ban",), ScreeningPolicy(), "UK", HELD),  # a policy that names none
    ],
)
def test_what_a_measure_weighs(
    measures: tuple[str, ...], policy: ScreeningPolicy, listed: str, reasons: set[Reason]
) -> None:
    assert {finding.reason for finding in found(measures, policy, listed)} == reasons


def test_the_finding_names_the_measures_and_why_it_does_not_hold() -> None:
    for finding in found(("Travel Ban", "Detention"), POLICY):
        assert finding.facts.family is Family.NOTICE
        assert "(UK 1); Travel Ban, Detention" in finding.detail
        assert finding.detail.endswith(f"shown and not held: {PORTS}")
    assert all("(UK 1); Asset freeze" in finding.detail for finding in found(("Asset freeze",), ScreeningPolicy()))


def test_the_banks_own_list_says_itself_what_happens() -> None:
    terms = OwnTerms("fraud", "desk", "case 1", OwnAction.SUSPEND, "2999-12-31")
    entry = Entry("OWN", "1", EntryKind.VESSEL, (ListedName(NAME),), measures=("Travel Ban",), terms=terms)
    policy = ScreeningPolicy(other_measures=(OtherMeasures("OWN", ("Travel Ban",), "x"),))
    findings = screen([PAYMENT], Index.build([entry], EditionUsed("test")), policy)[0]
    assert {finding.reason for finding in findings} == {Reason.OWN_LIST_HIT}
