"""What our institution is in a payment, and whether the law speaks of it: role, direction, chain, scope.

Whether an institution is in the Union is decided by the country of its BIC on the payment's own date, never by the
country of an IBAN (a French IBAN may be held at an institution in French Polynesia).

A direct debit is collected by the payee's institution, which therefore supplies the data: the duties of the two ends
change places (`Frame.duties`), the roles do not. A customer's order has come to the customer's own institution.

Sources: Regulation (EU) 2023/1113 Art. 2(1), 3(5)-(7); 2015/847 Art. 2(1), 3(5)-(7); EBA/GL/2024/11 (direct debits).
Requirements: SCP-02, SCP-03, SCP-08.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from schemas.context import Direction
from schemas.identifiers import bic_country, iban_country
from schemas.information.law import in_union
from schemas.payment import PaymentKind, Role
from schemas.quick import quick

if TYPE_CHECKING:
    from datetime import date

    from schemas.context import Context
    from schemas.information.policy import InformationPolicy
    from schemas.payment import Account, Institution, Payment

# A look at a member goes through its class (a quarter of a microsecond in Python 3.11): the hot ones have own names.
_PAYER, _PAYEE, _INTERMEDIARY = Role.PAYER, Role.PAYEE, Role.INTERMEDIARY
# By whether our own BIC stands where the payment starts from, and where it goes to.
_AT_ENDS: dict[tuple[bool, bool], tuple[Role, ...]] = {
    (False, False): (),
    (True, False): (_PAYER,),
    (False, True): (_PAYEE,),
    (True, True): (_PAYER, _PAYEE),
}
BIC_PARTY = 8  # the first eight characters name the institution; a branch is the same institution

_DIRECTIONS = {
    (Role.PAYER,): Direction.OUTGOING,
    (Role.PAYEE,): Direction.INCOMING,
    (Role.INTERMEDIARY,): Direction.TRANSIT,
    (Role.PAYER, Role.PAYEE): Direction.INTERNAL,
}
_DUTIES = {direction: duties for duties, direction in _DIRECTIONS.items()}
_OTHER_END = {Role.PAYER: Role.PAYEE, Role.PAYEE: Role.PAYER, Role.INTERMEDIARY: Role.INTERMEDIARY}
_COLLECTED = frozenset({PaymentKind.DIRECT_DEBIT, PaymentKind.DIRECT_DEBIT_INITIATION})
_ORDERS = frozenset({PaymentKind.INITIATION, PaymentKind.DIRECT_DEBIT_INITIATION})


@quick
@dataclass(frozen=True, slots=True)
class Frame:
    """Who is who, and where.

    `roles`: what we are. `duties`: whose duties we have, the other end's where the payment is collected. Then follows
    who is in the Union: `payer_inside` and `payee_inside` that end's institution, `supplier_inside` and
    `receiver_inside` the one that must supply the data and the one that must check them, `chain_inside` everyone that
    moves the payment, `prior_inside` the one we have it from. Unknown counts as outside. `known` is False where nothing
    in the message or its context says what our institution is.
    """

    roles: tuple[Role, ...]
    duties: tuple[Role, ...]
    direction: Direction
    told_by: str
    known: bool
    payer_country: str | None
    payee_country: str | None
    prior_country: str | None
    payer_inside: bool
    payee_inside: bool
    supplier_inside: bool
    receiver_inside: bool
    chain_inside: bool
    prior_inside: bool
    in_scope: bool


def frame_of(payment: Payment, context: Context, policy: InformationPolicy, day: date) -> Frame:
    """Role, direction and place of the whole chain, from own BICs, else from what the hub says."""
    collected = payment.kind in _COLLECTED
    if policy.not_institutions:
        payment = _without(payment, tuple([bic[:BIC_PARTY] for bic in policy.not_institutions]))
    first, last = _ends(payment, collected=collected)
    own = tuple([bic[:BIC_PARTY] for bic in policy.own_bics])
    duties, told_by, known = _duties(payment, context, own, first, last)
    roles = tuple([_OTHER_END[duty] for duty in duties]) if collected else duties
    others = (*policy.inside_codes, *policy.treated_as_domestic)
    payer_end, payee_end = (last, first) if collected else (first, last)
    payer_country = country_of(payer_end) or _ordered_country(payment, payer_end, payment.payer_account)
    payee_country = country_of(payee_end) or _ordered_country(payment, payee_end, payment.payee_account)
    countries = [payer_country, payee_country, *[country_of(step) for step in payment.intermediaries]]
    # Sender and receiver move the payment too, unless their address is that of a platform, which is no institution.
    countries += [code for code in (country_of(payment.sender), country_of(payment.receiver)) if code is not None]
    prior = country_of(_prior(payment, duties, own, first, collected=collected))
    inside = [in_union(country, day, others) for country in countries]
    return Frame(
        roles=roles,
        duties=duties,
        direction=_DIRECTIONS[duties],
        told_by=told_by,
        known=known,
        payer_country=payer_country,
        payee_country=payee_country,
        prior_country=prior,
        payer_inside=inside[0],
        payee_inside=inside[1],
        supplier_inside=inside[1] if collected else inside[0],
        receiver_inside=inside[0] if collected else inside[1],
        chain_inside=all(inside),
        prior_inside=in_union(prior, day, others),
        in_scope=any(inside) or None in countries or in_union(_our_country(roles, countries, policy), day, others),
    )


def _without(payment: Payment, actors: tuple[str, ...]) -> Payment:
    """The payment without those who only carry messages or clear: they move no money (Art. 2(4); EXM-04)."""
    return replace(
        payment,
        sender=None if _is_own(payment.sender, actors) else payment.sender,
        receiver=None if _is_own(payment.receiver, actors) else payment.receiver,
        intermediaries=tuple([one for one in payment.intermediaries if not _is_own(one, actors)]),
    )


def _ends(payment: Payment, *, collected: bool) -> tuple[Institution | None, Institution | None]:
    """The institution the payment starts from, and the one it goes to."""
    starts, goes = payment.payer_institution, payment.payee_institution
    if collected:
        starts, goes = goes, starts
    return _end(starts, payment.sender), _end(goes, payment.receiver)


def _ordered_country(payment: Payment, end: Institution | None, account: Account | None) -> str | None:
    """Where an end of a customer's order is, by its IBAN: orders need no BIC (Regulation (EU) 260/2012 Art. 5(7)).

    It gives no lasting relief: the transfer that we make of the order names its institutions, and is checked again.
    """
    if payment.kind not in _ORDERS or account is None or account.iban is None:
        return None
    return None if end is not None and end.clearing_id is not None else iban_country(account.iban.text)


def country_of(institution: Institution | None) -> str | None:
    """The country of an institution's BIC; None when it has none that names a country."""
    if institution is None or institution.bic is None:
        return None
    return bic_country(institution.bic.text)


def _end(institution: Institution | None, neighbour: Institution | None) -> Institution | None:
    """An end's institution; where the message names none, the one that sends or receives the message is meant."""
    if institution is None or (
        institution.bic is None and institution.clearing_id is None and institution.name is None
    ):
        return neighbour
    return institution


def _is_own(institution: Institution | None, own: tuple[str, ...]) -> bool:
    return institution is not None and institution.bic is not None and institution.bic.text[:BIC_PARTY] in own


def _duties(
    payment: Payment, context: Context, own: tuple[str, ...], first: Institution | None, last: Institution | None
) -> tuple[tuple[Role, ...], str, bool]:
    """Whose duties we have, who told so, and whether anything did. `first` is the end that the payment starts from."""
    if context.role is not None:
        duty = _OTHER_END[context.role] if payment.kind in _COLLECTED else context.role
        return (duty,), "the case", True
    duties = _AT_ENDS[_is_own(first, own), _is_own(last, own)]
    if duties:
        return duties, "own BIC at an end of the payment", True
    if context.direction is not None:
        return _DUTIES[context.direction], f"the hub: {context.direction}", True
    if any(_is_own(step, own) for step in (*payment.intermediaries, payment.sender, payment.receiver)):
        return (_INTERMEDIARY,), "own BIC between the ends", True
    if payment.kind in _ORDERS and country_of(first) is None:
        return (_PAYER,), "a customer's order comes to the customer's institution", True
    # Where the first institution is named and is not ours, the payment cannot be an order of our own customer.
    return (_INTERMEDIARY,), "own BIC nowhere in the message", country_of(first) is not None


def _prior(
    payment: Payment, duties: tuple[Role, ...], own: tuple[str, ...], first: Institution | None, *, collected: bool
) -> Institution | None:
    """The institution we have the payment from: the addressee of a request for information."""
    if _PAYER in duties:
        return first
    if payment.sender is not None and country_of(payment.sender) and not _is_own(payment.sender, own):
        return payment.sender
    before: Institution | None = first
    for step in reversed(payment.intermediaries) if collected else payment.intermediaries:
        if _is_own(step, own):
            break
        before = step
    return before


def _our_country(roles: tuple[Role, ...], countries: list[str | None], policy: InformationPolicy) -> str | None:
    """Where we are established: by our own BIC in the message, else by the policy."""
    ours = {Role.PAYER: countries[0], Role.PAYEE: countries[1], Role.INTERMEDIARY: None}[roles[0]]
    return ours if ours is not None else policy.country
