"""What a payment says where a rule found nothing wrong: who, which numbers, at which place, for `explain`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemas.finding import Item
from schemas.information.items import transaction_identifier
from schemas.payment import Value

if TYPE_CHECKING:
    from collections.abc import Iterator

    from schemas.payment import Account, Institution, Party, Payment


def seen(payment: Payment, item: Item, *, good: bool) -> list[Value]:
    """The values that make up an item, each with its place; an identifier for an account only where it was accepted."""
    payer = payment.payer
    if item is Item.PAYER_THIRD_ELEMENT:
        return [] if payer is None else list(_third_element(payer))
    if item in {Item.PAYER_LEI, Item.PAYEE_LEI}:
        return _given(payer.lei if payer is not None else None)
    of_payer = item in {Item.PAYER_NAME, Item.PAYER_ACCOUNT}
    if item in {Item.PAYER_NAME, Item.PAYEE_NAME}:
        party = payer if of_payer else payment.payee
        return [] if party is None else _given(party.name, party.bic)[:1]
    number = _number(payment.payer_account if of_payer else payment.payee_account)
    return number or (_identifier(payment) if good else [])


def parties(payment: Payment) -> Iterator[tuple[str, str]]:
    """Who pays whom, through whom: a word and what the message says, only where it says anything."""
    ends = (
        ("payer", payment.payer, payment.payer_account, payment.payer_institution),
        ("payee", payment.payee, payment.payee_account, payment.payee_institution),
    )
    for word, party, account, institution in ends:
        told = [one.text for one in (*([] if party is None else _given(party.name, party.bic)), *_number(account))]
        told += [] if institution is None else [f"at {_institution(institution)}"]
        if told:
            yield word, ", ".join(told)
    others = (("behind payer", payment.ultimate_payer), ("behind payee", payment.ultimate_payee))
    for word, party in (*others, ("initiated by", payment.initiating_party)):
        if party is not None and party.name is not None:
            yield word, party.name.text
    if payment.intermediaries:
        yield "through", ", ".join(map(_institution, payment.intermediaries))


def _given(*values: Value | None) -> list[Value]:
    return [one for one in values if one is not None and one.text.strip()]


def _number(account: Account | None) -> list[Value]:
    return [] if account is None else _given(account.iban, account.number)[:1]


def _identifier(payment: Payment) -> list[Value]:
    """Where there is no account, the transaction's own identifier stands in for it."""
    text = transaction_identifier(payment.ids)
    ids = payment.ids
    return [one for one in _given(ids.uetr, ids.transaction, ids.clearing, ids.instruction) if one.text == text][:1]


def _third_element(payer: Party) -> Iterator[Value]:
    if payer.address is not None:
        part = payer.address
        yield from _given(part.street, part.building, part.postcode, part.town, part.country, *part.lines)
    for one in payer.identifications:
        yield Value(f"{one.scheme or 'number'} {one.value.text}", one.value.path)
    yield from _given(payer.lei, payer.birth_date, payer.birth_town, payer.birth_country)


def _institution(institution: Institution) -> str:
    known = _given(institution.bic, institution.name, institution.clearing_id)
    return known[0].text if known else "an institution without a name"
