"""Which lists apply to which payment; what is left out is said."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from lists.applies import ALL_APPLY, Applying
from lists.entry import Entry, EntryKind, ListedName, ListedNumber
from lists.facts import Known
from lists.index import Index
from lists.policy import EntityRule, ListRule, ScreeningPolicy
from lists.screen import screen
from schemas.decision import EditionUsed
from schemas.finding import Reason
from schemas.payment import (
    Account,
    Address,
    Amount,
    Identification,
    Institution,
    Party,
    Payment,
    PaymentIds,
    Rail,
    Text,
    TextKind,
    Value,
)

NAME = "Dariusz Oktabrski Vellamonov"
OTHER = "Gorvandel Trustworx Ypsilon"
ENTITIES = {
    "lu": EntityRule(bics=("EXBKLULL",), national="EU"),
    "uk": EntityRule(bics=("EXBKGB2L",), national="UKSL"),
}
POLICY = ScreeningPolicy(
    lists={
        "EU": ListRule(skip_instant_ends=True),
        "UN": ListRule(),
        "UKSL": ListRule(required=False, entities=("uk",)),
        "OFAC_NON_SDN": ListRule(required=False, currencies=("USD",), countries=("US",)),
    },
    entities=ENTITIES,
)


def value(text: str, path: str = "/x") -> Value:
    return Value(text, path)


def payment(currency: str = "EUR", own: str = "EXBKLULL", **fields: object) -> Payment:
    base = Payment(
        "pacs.008",
        1,
        "/",
        PaymentIds(),
        amount=Amount(Decimal(1), currency, "/amt"),
        payer_institution=Institution("/bank", bic=value(own)),
    )
    return replace(base, **fields)  # type: ignore[arg-type]  # any fields of a payment


@pytest.fixture(scope="module")
def index() -> Index:
    passport = ListedNumber("Passport", "X0198761432")
    entries = [
        Entry(name, f"{name}.1", EntryKind.PERSON, (ListedName(NAME),), numbers=(passport,)) for name in POLICY.lists
    ]
    return Index.build(entries, EditionUsed("test"))


@pytest.mark.requirement("SCR-12")
@pytest.mark.parametrize(
    ("asked", "out"),
    [
        (payment(), {"UKSL", "OFAC_NON_SDN"}),
        (payment("USD"), {"UKSL"}),
        (payment("USD", "EXBKGB2LXXX"), set()),
        (payment(own="EXBKGB2L"), {"OFAC_NON_SDN"}),
        (payment(own="OTHRLULL"), {"OFAC_NON_SDN"}),  # none of our entities is recognised: all their lists apply
        (payment(amount=None), {"UKSL"}),  # the currency is not known
        (payment(instructed_amount=Amount(Decimal(1), "USD", "/i")), {"UKSL"}),
        (payment(payee=Party("/p", address=Address("/a", country=value("us")))), {"UKSL"}),
        (payment(payee=Party("/p", residence_country=value("US"))), {"UKSL"}),
        (payment(intermediaries=(Institution("/i", bic=value("CITIUS33")),)), {"UKSL"}),
        (payment(payee_account=Account("/a", iban=value("US00"))), {"UKSL"}),
        (payment(sender=Institution("/s", bic=value("EXBKGB2L"))), {"OFAC_NON_SDN"}),
    ],
)
def test_lists_by_entity_and_nexus(asked: Payment, out: set[str]) -> None:
    found = Applying(POLICY).left_out(asked, None)
    assert found.everywhere == out
    assert len(found.why) == len(out)


def test_without_narrowed_lists_all_apply() -> None:
    assert Applying(ScreeningPolicy(lists={"UN": ListRule()})).left_out(payment(rail=Rail.SCT_INST), None) is ALL_APPLY


def test_a_list_of_other_currencies_only() -> None:
    policy = ScreeningPolicy(lists={"X": ListRule(currencies=("USD",))})
    assert Applying(policy).left_out(payment(), None).why == ("X was not applied: the payment has no nexus to USD",)


@pytest.mark.requirement("SCR-06")
def test_what_is_not_screened_always_has_its_reason(index: Index) -> None:
    [findings] = screen([payment(payer=Party("/p", name=value(NAME)))], index, POLICY)
    told = {finding.match.list for finding in findings if finding.match}
    assert told == {"EU", "UN"}
    [why] = [finding for finding in findings if finding.reason is Reason.LISTS_NOT_APPLIED]
    assert "UKSL was not applied: it is not a list of lu" in why.detail
    assert "OFAC_NON_SDN was not applied: the payment has no nexus to USD or US" in why.detail


def lists_found(asked: Payment, index: Index, rail: Rail | None = None) -> dict[str, set[str]]:
    [findings] = screen([asked], index, POLICY, [Known(rail=rail)])
    told: dict[str, set[str]] = {}
    for finding in findings:
        if finding.match:
            told.setdefault(finding.path, set()).add(finding.match.list)
    return told


@pytest.mark.requirement("SCR-06")
def test_payer_and_payee_of_an_instant_transfer_are_not_asked_about_union_lists(index: Index) -> None:
    numbers = (Identification(value("X0198761432", "/number")),)
    asked = payment(
        "USD",
        rail=Rail.SCT_INST,
        payer=Party("/payer", name=value(NAME, "/payer/name"), identifications=numbers),
        payee_account=Account("/acct", name=value(NAME, "/acct/name")),
        ultimate_payee=Party("/ultimate", name=value(NAME, "/ultimate/name")),
        payee_institution=Institution("/bank", name=value(NAME, "/bank/name")),
        texts=(Text(TextKind.REMITTANCE, NAME, "/text"),),
    )
    others, every = {"UN", "OFAC_NON_SDN"}, {"EU", "UN", "OFAC_NON_SDN"}
    assert lists_found(asked, index) == {
        "/payer/name": others,
        "/number": others,
        "/acct/name": others,
        "/ultimate/name": every,
        "/bank/name": every,
        "/text": every,
    }
    assert set(lists_found(replace(asked, rail=Rail.SCT), index).values().__iter__().__next__()) == every
    # The hub's word on the channel counts more than the message's.
    assert lists_found(asked, index, Rail.SCT)["/payer/name"] == every
    assert lists_found(replace(asked, rail=Rail.SCT), index, Rail.SCT_INST)["/payer/name"] == others
    [findings] = screen([asked], index, POLICY)
    assert any("Art. 5d(2)" in finding.detail for finding in findings)
