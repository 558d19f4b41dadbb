"""What our institution is in a payment, and whether the law speaks of it: role, direction, chain, scope.

Whether an institution is in the Union is decided by the country of its BIC on the payment's own date, never by the
country of an IBAN (a French IBAN may be held at an institution in French Polynesia). Sources: Regulation (EU)
2023/1113 Art. 2(1), 3(5)-(7); 2015/847 Art. 2(1), 3(5)-(7).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from schemas.context import Direction
from schemas.identifiers import bic_country
from schemas.information.law import in_union
from schemas.payment import Role

if TYPE_CHECKING:
    from datetime import date

    from schemas.context import Context
    from schemas.information.policy import InformationPolicy
    from schemas.payment import Institution, Payment

BIC_PARTY = 8  # the first eight characters name the institution; a branch is the same institution

_DIRECTIONS = {
    (Role.PAYER,): Direction.OUTGOING,
    (Role.PAYEE,): Direction.INCOMING,
    (Role.INTERMEDIARY,): Direction.TRANSIT,
    (Role.PAYER, Role.PAYEE): Direction.INTERNAL,
}
_ROLES = {direction: roles for roles, direction in _DIRECTIONS.items()}


@dataclass(frozen=True, slots=True)
class Frame:
    """Who is who, and where.

    `payer_inside` and `payee_inside`: that end's institution is in the Union. `chain_inside`: so is everyone that moves
    the payment. `prior_inside`: so is the one we have it from. Unknown counts as outside. `known` is False where
    nothing in the message or its context says what our institution is.
    """

    roles: tuple[Role, ...]
    direction: Direction
    told_by: str
    known: bool
    payer_country: str | None
    payee_country: str | None
    prior_country: str | None
    payer_inside: bool
    payee_inside: bool
    chain_inside: bool
    prior_inside: bool
    in_scope: bool


def frame_of(payment: Payment, context: Context, policy: InformationPolicy, day: date) -> Frame:
    """Role, direction and place of the whole chain, from own BICs, else from what the hub says."""
    payer_end = _end(payment.payer_institution, payment.sender)
    payee_end = _end(payment.payee_institution, payment.receiver)
    own = tuple([bic[:BIC_PARTY] for bic in policy.own_bics])
    roles, told_by, known = _roles(payment, context, own, payer_end, payee_end)
    others = (*policy.inside_codes, *policy.treated_as_domestic)
    payer_country, payee_country = country_of(payer_end), country_of(payee_end)
    countries = [payer_country, payee_country, *[country_of(step) for step in payment.intermediaries]]
    # Sender and receiver move the payment too, unless their address is that of a platform, which is no institution.
    countries += [code for code in (country_of(payment.sender), country_of(payment.receiver)) if code is not None]
    prior_country = country_of(_prior(payment, roles, own, payer_end))
    inside = [in_union(country, day, others) for country in countries]
    return Frame(
        roles=roles,
        direction=_DIRECTIONS[roles],
        told_by=told_by,
        known=known,
        payer_country=payer_country,
        payee_country=payee_country,
        prior_country=prior_country,
        payer_inside=inside[0],
        payee_inside=inside[1],
        chain_inside=all(inside),
        prior_inside=in_union(prior_country, day, others),
        in_scope=any(inside) or None in countries or in_union(_our_country(roles, countries, policy), day, others),
    )


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


def _roles(
    payment: Payment,
    context: Context,
    own: tuple[str, ...],
    payer_end: Institution | None,
    payee_end: Institution | None,
) -> tuple[tuple[Role, ...], str, bool]:
    """Our roles, who told so, and whether anything did."""
    if context.role is not None:
        return (context.role,), "the case", True
    pays, paid = _is_own(payer_end, own), _is_own(payee_end, own)
    if pays or paid:
        roles = ((Role.PAYER,) if pays else ()) + ((Role.PAYEE,) if paid else ())
        return roles, "own BIC at an end of the payment", True
    if context.direction is not None:
        return _ROLES[context.direction], f"the hub: {context.direction}", True
    if any(_is_own(step, own) for step in (*payment.intermediaries, payment.sender, payment.receiver)):
        return (Role.INTERMEDIARY,), "own BIC between the ends", True
    # Where the payer's institution is named and is not ours, the payment cannot be an order of our own customer.
    return (Role.INTERMEDIARY,), "own BIC nowhere in the message", country_of(payer_end) is not None


def _prior(
    payment: Payment, roles: tuple[Role, ...], own: tuple[str, ...], payer_end: Institution | None
) -> Institution | None:
    """The institution we have the payment from: the addressee of a request for information."""
    if Role.PAYER in roles:
        return payer_end
    if payment.sender is not None and country_of(payment.sender) and not _is_own(payment.sender, own):
        return payment.sender
    before: Institution | None = payer_end
    for step in payment.intermediaries:
        if _is_own(step, own):
            break
        before = step
    return before


def _our_country(roles: tuple[Role, ...], countries: list[str | None], policy: InformationPolicy) -> str | None:
    """Where we are established: by our own BIC in the message, else by the policy."""
    ours = {Role.PAYER: countries[0], Role.PAYEE: countries[1], Role.INTERMEDIARY: None}[roles[0]]
    return ours if ours is not None else policy.country
