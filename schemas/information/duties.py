"""What our roles together ask of one payment: each item with its article. Worked out once per kind of payment.

The same few combinations of role, required set and batch come back all day, so the answer is kept. Sources: Art. 4-7
and 11 of both regulations. Requirements: PAY-09, PAY-19, DET-05, INT-08.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from schemas.assessment import RequiredSet, Step
from schemas.finding import Item
from schemas.information.items import JUDGES, Case, Judged
from schemas.information.required import ITEMS
from schemas.payment import Role

PASSED = "there"
_HEADER = (Item.PAYER_NAME, Item.PAYER_ACCOUNT, Item.PAYER_THIRD_ELEMENT)
_BATCHES = (RequiredSet.BATCH_6_1, RequiredSet.ART4_BATCH)
_NAMES = (Item.PAYER_NAME, Item.PAYEE_NAME)
_ARTICLES = {
    Item.PAYER_NAME: "4(1)(a)",
    Item.PAYER_ACCOUNT: "4(1)(b)",
    Item.PAYER_THIRD_ELEMENT: "4(1)(c)",
    Item.PAYER_LEI: "4(1)(d)",
    Item.PAYEE_NAME: "4(2)(a)",
    Item.PAYEE_ACCOUNT: "4(2)(b)",
}
Sets = tuple[tuple[Role, RequiredSet, str], ...]  # for each of our roles: what is required, by which article


@dataclass(frozen=True, slots=True)
class Duty:
    """One item to judge: the article that asks for it ("" where none does), and what to tell when it is there."""

    item: Item
    judge: Callable[[Case], Judged]
    source: str
    passed: Step


@lru_cache(maxsize=1024)
def duties_of(law: str, sets: Sets, header_stands_in: tuple[bool, ...]) -> tuple[Duty, ...]:
    """What all our roles together ask for, and the names in any case: a person may want to know of them."""
    articles: dict[Item, str] = {}
    for (role, required, article), stands_in in zip(sets, header_stands_in, strict=True):
        for item in _items(role, required, stands_in=stands_in):
            articles.setdefault(item, _article(article, item, outgoing=role is Role.PAYER))
    sources = {item: f"{law} {articles[item]}" if item in articles else "" for item in JUDGES}
    wanted = [item for item in JUDGES if item in articles or item in _NAMES]
    return tuple(
        Duty(item, JUDGES[item], sources[item], Step(item.value, "", "", PASSED, sources[item])) for item in wanted
    )


def _items(role: Role, required: RequiredSet, *, stands_in: bool) -> tuple[Item, ...]:
    """A batch whose header does not stand in must carry the payer's data in each of its transfers."""
    items = ITEMS[required]
    if required in _BATCHES and not stands_in:
        items = (*items, *_HEADER)
    if role is Role.PAYER and Item.PAYER_THIRD_ELEMENT in items:
        items = (*items, Item.PAYER_LEI)  # Art. 7(2) and 11(2) leave the LEI out: never an inbound defect
    return items


def _article(of_set: str, item: Item, *, outgoing: bool) -> str:
    """The article of the set, that of the item, and Art. 4(6) for our own orders: never executed when incomplete."""
    article = f"Art. {_ARTICLES[item]}" if of_set == "Art. 4" else f"{of_set}, {_ARTICLES[item]}"
    return f"{article}, 4(6)" if outgoing else article
