"""MT202 and MT205, transfers between institutions, with their variant COV that covers a customer transfer.

Source: SWIFT Standards MT Category 2. Sequence B of a cover repeats the customer transfer (from 50a on): payer and
payee are the customers in there, and the institutions of both sequences are the chain. MT205 differs from MT202 only
in who sends it. A message that has a customer in it is a cover whatever block 3 says, and so is one that says COV
without any.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from schemas.formats.chain import split_chain
from schemas.formats.ends import as_party
from schemas.formats.mt_fields import PAYEE, PAYER, Fields, correspondents, own_accounts, user_texts
from schemas.payment import Party, Payment, PaymentKind, Rail

if TYPE_CHECKING:
    from schemas.formats.fin import Field, FinMessage
    from schemas.payment import Account, Institution

_CUSTOMERS = frozenset({*PAYER, *PAYEE})
_NUMBERS = "12345678"
_AFTER = ("56", "57", "53", "55", "54", "58")


class _Ends(NamedTuple):
    payer: Party
    payer_account: Account | None
    payer_institution: Institution | None
    payee: Party
    payee_account: Account | None
    payee_institution: Institution | None


def decode_message(message: FinMessage) -> Payment:
    """The one payment of an MT202 or MT205, with or without COV."""
    fields, more = (Fields(part) for part in _sequences(message.fields))
    cover = message.user.get("119") == "COV" or any(field.tag in _CUSTOMERS for field in message.fields)
    kind = PaymentKind.COVER if cover else PaymentKind.INSTITUTION_CREDIT_TRANSFER
    if fields.returned() or more.returned():
        kind = PaymentKind.RETURN
    return _payment(message, (fields, more), kind, cover=cover)


def _sequences(fields: list[Field]) -> tuple[list[Field], list[Field]]:
    """Sequence A, and B from the first customer on; where A does not end with 58a before, they are mixed: all is A."""
    start = next((number for number, field in enumerate(fields) if field.tag in _CUSTOMERS), len(fields))
    if not any(field.tag.startswith("58") for field in fields[:start]):
        return fields, []
    return fields[:start], fields[start:]


def _payment(message: FinMessage, both: tuple[Fields, Fields], kind: PaymentKind, *, cover: bool) -> Payment:
    fields, more = both
    amount, day = fields.settlement()
    named, inner = fields.institutions(_NUMBERS), more.institutions(_NUMBERS)
    sender, receiver = correspondents(message)
    accounts = own_accounts(named)
    ends = _customers(both, named, inner) if cover else _institutions(named, sender)
    between = [named.get("52"), *(found.get(key) for found in (named, inner) for key in _AFTER)]
    own_end = None if cover else named.get("58")
    intermediaries, rest = split_chain(
        [sender, receiver, *between, *fields.named_in_72(), *more.named_in_72()],
        ends.payer_institution or sender,
        ends.payee_institution or receiver,
        own_end,
    )
    others = (*rest, *accounts, named.get("51"), inner.get("51"))
    behind, outer = more.ultimates(), fields.ultimates()
    named_already = (ends.payer_institution, ends.payee_institution, sender, receiver, own_end, None)
    return Payment(
        format=f"mt{message.type}{'cov' if cover else ''}",
        position=1,
        path="block 4",
        ids=fields.ids(message, more.first("70") or fields.first("70")),
        rail=Rail.SWIFT_MT,
        business_date=day,
        business_date_path="" if day is None else ":32A:1",
        amount=amount,
        instructed_amount=more.instructed() or fields.instructed(),
        payer=ends.payer,
        payer_account=ends.payer_account,
        payer_institution=ends.payer_institution,
        payee=ends.payee,
        payee_account=ends.payee_account,
        payee_institution=ends.payee_institution,
        ultimate_payer=behind[0] or outer[0],
        ultimate_payee=behind[1] or outer[1],
        intermediaries=intermediaries,
        institutions=tuple(other for other in others if other not in named_already),
        sender=sender,
        receiver=receiver,
        texts=(*fields.texts(), *more.texts(), *user_texts(message)),
        problems=(*fields.problems, *more.problems),
        kind=kind,
    )


def _customers(both: tuple[Fields, Fields], named: dict[str, Institution], inner: dict[str, Institution]) -> _Ends:
    """The customers of sequence B. Where B names no institution, that of A is meant: 52a, and 58a for the payee's."""
    fields, more = both
    customers = more if more.left else fields
    payer, payer_account = customers.party(PAYER, ":50a:")
    payee, payee_account = customers.party(PAYEE, ":59a:")
    return _Ends(
        payer=payer,
        payer_account=payer_account,
        payer_institution=inner.get("52") or named.get("52"),
        payee=payee,
        payee_account=payee_account,
        payee_institution=inner.get("57") or named.get("58"),
    )


def _institutions(named: dict[str, Institution], sender: Institution | None) -> _Ends:
    """The institutions at both ends: 52a, where absent the sender; 58a, whose account 57a may hold."""
    payer, payee = named.get("52") or sender, named.get("58")
    return _Ends(
        payer=Party(":52a:") if payer is None else as_party(payer),
        payer_account=None if payer is None else payer.account,
        payer_institution=named.get("52"),
        payee=Party(":58a:") if payee is None else as_party(payee),
        payee_account=None if payee is None else payee.account,
        payee_institution=named.get("57") or payee,
    )
