"""What a customer orders from its own institution: credit transfers (pain.001) and direct debits (pain.008).

A message holds blocks (`PmtInf`), each with one customer's side and many payments to or from others. The block's values
count for each of its payments; what a payment says itself goes before.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from schemas.formats import iso_parties
from schemas.formats.iso_blocks import open_blocks, within
from schemas.formats.iso_header import KINDS, business_day, open_body, read_codes, read_header
from schemas.formats.iso_scope import Scope
from schemas.formats.iso_transfer import Ends, Place, Read, Route, as_payment, read_chain, read_ids
from schemas.formats.unreadable import UnreadableError
from schemas.formats.xml_parts import Part
from schemas.formats.xml_shapes import quick_parts
from schemas.payment import Account, Institution, Party, Payment, PaymentKind, Text

if TYPE_CHECKING:
    from schemas.formats.envelope import Body, Envelope
    from schemas.formats.iso_blocks import Block
    from schemas.formats.iso_header import Header
    from schemas.formats.iso_scope import Day
    from schemas.formats.limits import Limits
    from schemas.payment import Amount

_BLOCK = "PmtInf"


class Form(NamedTuple):
    """What tells pain.001 from pain.008: names of elements, and whether money is `collected`.

    `near` is the customer's side, `far` the other one: `Dbtr` and `Cdtr`, or the other way round.
    """

    kind: PaymentKind
    transaction: str
    day: str
    near: str
    far: str
    collected: bool


class _Side(NamedTuple):
    """One end of a payment as its element or its block tells it."""

    party: Party
    account: Account | None
    institution: Institution | None
    ultimate: Party | None


class _Order(NamedTuple):
    """What a block says for each of its payments; `ultimate` are the texts of the party behind its customer."""

    form: Form
    header: Header
    side: _Side
    ultimate: list[Text]
    day: Day | None
    initiating: Party | None
    others: tuple[Institution, ...]


def decode_initiation(body: Body, envelope: Envelope, limits: Limits, form: Form) -> tuple[Payment, ...]:
    """The payments of all blocks, positions counted from 1."""
    opened = open_body(body, limits, _BLOCK)
    if not opened.transactions:
        raise UnreadableError(f"{body.path}/{_BLOCK}", f"this {body.name} holds no payment")
    initiating, forwarding = opened.header.end("InitgPty"), opened.header.institution("FwdgAgt")
    header = read_header(opened, envelope)
    blocks = open_blocks(opened, header, limits, form.transaction)
    orders = [_order(block, header, form, initiating, forwarding) for block in blocks]
    found = [
        (path, child, order) for block, order in zip(blocks, orders, strict=True) for path, child in block.transactions
    ]
    return tuple(
        _payment(Scope(quick_parts(child, path, limits)), order, Place(body.name, position, path))
        for position, (path, child, order) in enumerate(found, start=1)
    )


def _order(
    block: Block, header: Header, form: Form, initiating: Party | None, forwarding: Institution | None
) -> _Order:
    if not block.transactions:
        raise UnreadableError(f"{block.path}/{form.transaction}", "this block holds no payment")
    scope = block.scope
    ultimate = scope.take(f"Ultmt{form.near}")
    aside = Scope({} if ultimate is None else {"": [Part(ultimate.path, ultimate.leaves)]})
    aside.keep_rest({})
    side = _Side(
        party=scope.end(form.near) or Party(f"{block.path}/{form.near}"),
        account=scope.account(f"{form.near}Acct"),
        institution=scope.institution(f"{form.near}Agt"),
        ultimate=None if ultimate is None else iso_parties.end(ultimate),
    )
    codes = read_codes(scope, header.codes)
    day = business_day(scope, scope.day(form.day), *header.days)
    others = [forwarding, *scope.institutions(("ChrgsAcctAgt",))]
    scope.keep_rest(KINDS)
    return _Order(
        form=form,
        header=within(header, block, codes),
        side=side,
        ultimate=aside.texts,
        day=day,
        initiating=initiating,
        others=tuple(other for other in others if other is not None),
    )


def _payment(scope: Scope, order: _Order, place: Place) -> Payment:
    form, near = order.form, order.side
    far = _Side(
        party=scope.end(form.far) or Party(f"{place.path}/{form.far}"),
        account=scope.account(f"{form.far}Acct"),
        institution=scope.institution(f"{form.far}Agt"),
        ultimate=scope.end(f"Ultmt{form.far}"),
    )
    own = scope.end(f"Ultmt{form.near}")
    if own is not None:  # the payment's own counts, the block's is screened
        near = near._replace(ultimate=own)
        scope.texts.extend(order.ultimate)
    payer, payee = (far, near) if form.collected else (near, far)
    chain = read_chain(scope, order.header, Route(payer.institution, payee.institution, collected=form.collected))
    read = Read(
        kind=form.kind,
        codes=read_codes(scope, order.header.codes),
        ids=read_ids(scope, order.header),
        amount=_amount(scope, place.path) if "Amt" in scope.found else scope.amount("InstdAmt", required_at=place.path),
        instructed=None,
        day=order.day,
        chain=chain._replace(others=(*chain.others, *order.others)),
        ends=Ends(
            payer=payer.party,
            payer_account=payer.account,
            payee=payee.party,
            payee_account=payee.account,
            ultimate_payer=payer.ultimate,
            ultimate_payee=payee.ultimate,
            initiating=order.initiating,
        ),
    )
    return as_payment(place, read, scope, order.header)


def _amount(scope: Scope, path: str) -> Amount | None:
    """`Amt`: the amount to be paid, or another one of the same worth (`EqvtAmt`) where that is what is ordered."""
    inside = scope.enter("Amt", path)
    if "EqvtAmt" in inside.found and "InstdAmt" not in inside.found:
        equivalent = inside.enter("EqvtAmt", f"{path}/Amt")
        amount = equivalent.amount("Amt", required_at=f"{path}/Amt/EqvtAmt")
        inside.absorb(equivalent, KINDS)
    else:
        amount = inside.amount("InstdAmt", required_at=f"{path}/Amt")
    scope.absorb(inside, KINDS)
    return amount
