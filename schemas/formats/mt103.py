"""MT103, single customer credit transfer, with its variants STP (`{119:STP}`) and REMIT.

Source: SWIFT Standards MT Category 1, MT103; the reading of block 2 from FIN System Messages. The text block alone,
without headers, is read as an MT103 when it has a payer or payee and nothing of another type.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemas.formats.chain import split_chain
from schemas.formats.mt_fields import PAYEE, PAYER, Fields, correspondents, own_accounts, user_texts
from schemas.formats.unreadable import UnreadableError
from schemas.payment import Payment, PaymentKind, Rail

if TYPE_CHECKING:
    from schemas.formats.fin import FinMessage

# A look at a member goes through its class (a quarter of a microsecond in Python 3.11): the hot ones have own names.
_RETURN = PaymentKind.RETURN
_TRANSFER = PaymentKind.CUSTOMER_CREDIT_TRANSFER
_SWIFT_MT = Rail.SWIFT_MT
FORMAT = "mt103"


def decode_message(message: FinMessage) -> Payment:
    """The one payment of an MT103."""
    if not message.type:
        _refuse_other_fields(message)
    return _payment(message, Fields(message.fields))


def _refuse_other_fields(message: FinMessage) -> None:
    tags = {field.tag for field in message.fields}
    if not tags & {*PAYER, *PAYEE} or any(tag.startswith("58") for tag in tags) or "32A" not in tags:
        raise UnreadableError(
            "block 4", "without block 2 the message type is unknown, and the fields are not an MT103's"
        )


def _payment(message: FinMessage, fields: Fields) -> Payment:
    amount, day = fields.settlement()
    payer, payer_account = fields.party(PAYER, ":50a:")
    payee, payee_account = fields.party(PAYEE, ":59a:")
    named = fields.institutions("1234567")
    sender, receiver = correspondents(message)
    payer_institution, payee_institution = named.pop("52", None), named.pop("57", None)
    sending, accounts = named.pop("51", None), own_accounts(named)
    # Where the message does not name the payer's institution, it is the sender; the payee's, the receiver.
    intermediaries, rest = split_chain(
        [sender, receiver, named.get("56"), *fields.named_in_72(), *(named.get(key) for key in ("53", "55", "54"))],
        payer_institution or sender,
        payee_institution or receiver,
    )
    payer, payee = fields.residents(payer, payee)
    ultimate_payer, ultimate_payee = fields.ultimates()
    return Payment(
        format=FORMAT,
        position=1,
        path="block 4",
        ids=fields.ids(message, fields.first("70")),
        rail=_SWIFT_MT,
        business_date=day,
        business_date_path="" if day is None else ":32A:1",
        amount=amount,
        instructed_amount=fields.instructed(),
        payer=payer,
        payer_account=payer_account,
        payer_institution=payer_institution,
        payee=payee,
        payee_account=payee_account,
        payee_institution=payee_institution,
        ultimate_payer=ultimate_payer,
        ultimate_payee=ultimate_payee,
        intermediaries=intermediaries,
        institutions=tuple(
            [
                one
                for one in (*rest, *accounts, sending)
                if one is not None and one is not sender and one is not receiver
            ]
        ),
        sender=sender,
        receiver=receiver,
        texts=(*fields.texts(), *user_texts(message)),
        problems=tuple(fields.problems),
        kind=_RETURN if fields.returned() else _TRANSFER,
    )
