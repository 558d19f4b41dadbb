"""The bank's own lists: what an entry asks for happens, until it expires; nothing vanishes from the record."""

from __future__ import annotations

import datetime as dt

import pytest

from lists.entry import Entry, EntryKind, ListedName, ListedNumber, OwnAction, OwnTerms
from lists.facts import Known
from lists.index import Index
from lists.policy import ScreeningPolicy
from lists.screen import screen
from schemas.decision import EditionUsed
from schemas.finding import Finding, Reason
from schemas.payment import Account, Party, Payment, PaymentIds, Text, TextKind, Value

NAME = "Gorvandel Trustworx Ypsilon"
IBAN = "LU280019400644750000"


def own(action: OwnAction, expires: str = "2026-12-31") -> Index:
    terms = OwnTerms("fraud prevention", "compliance", "account closed for fraud", action, expires)
    entry = Entry(
        "OWN_FRAUDS",
        "1",
        EntryKind.ORGANISATION,
        (ListedName(NAME),),
        numbers=(ListedNumber("IBAN", IBAN),),
        terms=terms,
    )
    return Index.build([entry], EditionUsed("test"))


PAYMENT = Payment(
    "x",
    1,
    "/",
    PaymentIds(),
    payee=Party("/payee", name=Value(NAME, "/payee/name")),
    payee_account=Account("/acct", iban=Value(IBAN, "/acct/iban")),
    texts=(Text(TextKind.REMITTANCE, f"goods of {NAME}", "/text"),),
)


def found(index: Index, on: dt.date | None) -> list[Finding]:
    return list(screen([PAYMENT], index, ScreeningPolicy(), [Known(on=on)])[0])


@pytest.mark.requirement("SCR-14")
@pytest.mark.parametrize(
    ("action", "on", "reason"),
    [
        (OwnAction.SUSPEND, dt.date(2026, 12, 31), Reason.OWN_LIST_HIT),
        (OwnAction.SUSPEND, None, Reason.OWN_LIST_HIT),
        (OwnAction.REVIEW, dt.date(2026, 11, 22), Reason.OWN_LIST_REVIEW),
        (OwnAction.SUSPEND, dt.date(2027, 1, 1), Reason.OWN_LIST_EXPIRED),
        (OwnAction.REVIEW, dt.date(2027, 1, 1), Reason.OWN_LIST_EXPIRED),
    ],
)
def test_an_own_list_asks_for_what_its_entry_says(action: OwnAction, on: dt.date | None, reason: Reason) -> None:
    told = found(own(action), on)
    assert {finding.path for finding in told} == {"/payee/name", "/acct/iban", "/text"}
    assert {finding.reason for finding in told} == {reason}
    assert all("fraud prevention: account closed for fraud; compliance answers for it" in one.detail for one in told)
