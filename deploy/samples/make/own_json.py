"""An order in the product's own JSON (schemas/formats/payment_json.py)."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

    from deploy.samples.make.orders import End, Order


def own_json(orders: Sequence[Order]) -> bytes:
    """One payment as an object, several as a list of them."""
    payments = [_payment(order) for order in orders]
    document: Any = payments[0] if len(payments) == 1 else {"payments": payments}
    return json.dumps(document, ensure_ascii=False, indent=1).encode() + b"\n"


def _payment(order: Order) -> dict[str, Any]:
    texts = {"remittance": order.remittance, "instruction": order.instruction, "regulatory": order.regulatory}
    return _told(
        ids=_told(
            end_to_end=order.number if order.end_to_end is None else order.end_to_end,
            transaction=f"T{order.number}" if order.transaction_id is None else order.transaction_id,
            uetr=order.uetr,
        ),
        rail=order.rail,
        amount={"value": order.amount, "currency": order.currency},
        business_date=order.day,
        payer=_end(order.payer),
        payer_account=_account(order.payer.account),
        payer_institution={"bic": order.payer.bank},
        payee=_end(order.payee),
        payee_account=_account(order.payee.account),
        payee_institution={"bic": order.payee.bank},
        ultimate_payer=_told(name=order.ultimate_payer),
        ultimate_payee=_told(name=order.ultimate_payee),
        intermediaries=[{"bic": bank} for bank in order.chain[1:-1]],
        texts=[{"kind": kind, "text": text} for kind, text in texts.items() if text],
    )


def _end(end: End) -> dict[str, Any]:
    address = _told(
        street=end.street,
        building=end.building,
        postcode=end.postcode,
        town=end.town,
        country=end.country if end.town else "",
    )
    birth = end.birth or ("", "", "")
    numbers = [{"value": value, "scheme": scheme, "organisation": end.organisation} for scheme, value in end.numbers]
    return _told(
        name=end.name,
        address=address,
        birth_date=birth[0],
        birth_town=birth[1],
        birth_country=birth[2],
        identifications=numbers,
        lei=end.lei,
    )


def _account(account: str | None) -> dict[str, str]:
    if not account:
        return {} if account is None else {"number": ""}
    return {"iban": account} if account[:2].isalpha() else {"number": account}


def _told(**members: Any) -> dict[str, Any]:
    """Only what is said: an absent member means the message did not say."""
    return {name: value for name, value in members.items() if value not in (None, "", {}, [])}
