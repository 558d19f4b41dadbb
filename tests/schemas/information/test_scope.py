from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from schemas.context import Context, Direction
from schemas.information.policy import InformationPolicy
from schemas.information.scope import Frame, country_of, frame_of
from schemas.payment import Institution, Payment, PaymentIds, Role, Value
from tests.information_builders import (
    INCOMING,
    INTRA_UNION,
    NEW_LAW,
    NO_CONTEXT,
    OURS,
    OUTGOING,
    POLICY,
    TRANSIT,
    institution,
)

EMPTY = Payment("x", 0, "/", PaymentIds())


def frame(payment: Payment, context: Context = NO_CONTEXT, policy: InformationPolicy = POLICY) -> Frame:
    return frame_of(payment, context, policy, NEW_LAW)


@pytest.mark.requirement("SCP-03")
@pytest.mark.parametrize(
    ("payment", "roles", "direction"),
    [
        (OUTGOING, (Role.PAYER,), Direction.OUTGOING),
        (INCOMING, (Role.PAYEE,), Direction.INCOMING),
        (TRANSIT, (Role.INTERMEDIARY,), Direction.TRANSIT),
        (replace(OUTGOING, payee_institution=institution(OURS)), (Role.PAYER, Role.PAYEE), Direction.INTERNAL),
        (replace(OUTGOING, payer_institution=institution("AAAALULLABC")), (Role.PAYER,), Direction.OUTGOING),
    ],
)
def test_role_from_our_own_bic(payment: Payment, roles: tuple[Role, ...], direction: Direction) -> None:
    found = frame(payment)
    assert (found.roles, found.direction, found.known) == (roles, direction, True)


def test_a_case_may_give_the_role() -> None:
    assert frame(OUTGOING, Context(role=Role.INTERMEDIARY)).roles == (Role.INTERMEDIARY,)


@pytest.mark.parametrize(("direction", "roles"), [
    (Direction.OUTGOING, (Role.PAYER,)),
    (Direction.INCOMING, (Role.PAYEE,)),
    (Direction.TRANSIT, (Role.INTERMEDIARY,)),
    (Direction.INTERNAL, (Role.PAYER, Role.PAYEE)),
])  # fmt: skip
def test_the_hub_tells_where_the_message_does_not(direction: Direction, roles: tuple[Role, ...]) -> None:
    found = frame(EMPTY, Context(direction=direction))
    assert (found.roles, found.known) == (roles, True)


def test_the_message_outweighs_the_hub() -> None:
    assert frame(OUTGOING, Context(direction=Direction.INCOMING)).roles == (Role.PAYER,)


def test_an_end_the_message_does_not_name_is_its_neighbour() -> None:
    sent = replace(OUTGOING, payer_institution=None, sender=institution(OURS))
    assert frame(sent).roles == (Role.PAYER,)
    received = replace(INCOMING, payee_institution=Institution("/empty"), receiver=institution(OURS))
    assert frame(received).roles == (Role.PAYEE,)


def test_an_end_named_without_bic_is_somebody_else() -> None:
    named = Institution("/payer_institution", name=Value("Some Bank", "/n"))
    found = frame(replace(OUTGOING, payer_institution=named, sender=institution(OURS)))
    assert found.roles == (Role.INTERMEDIARY,)
    assert found.known
    cleared = Institution("/payer_institution", clearing_id=Value("USABA021000021", "/n"))
    assert frame(replace(OUTGOING, payer_institution=cleared, sender=institution(OURS))).payer_country is None


def test_own_bic_nowhere_is_transit_only_where_the_payers_institution_is_known() -> None:
    foreign = replace(OUTGOING, payer_institution=institution("AAAADEFF"))
    assert (frame(foreign).roles, frame(foreign).known) == ((Role.INTERMEDIARY,), True)
    assert (frame(EMPTY).roles, frame(EMPTY).known) == ((Role.INTERMEDIARY,), False)


@pytest.mark.requirement("PAY-10", "SCP-02")
@pytest.mark.parametrize(
    ("payment", "inside"),
    [
        (INTRA_UNION, True),
        (replace(INTRA_UNION, intermediaries=(institution("AAAAUS33"),)), False),
        (replace(INTRA_UNION, intermediaries=(institution("AAAADEFF"),)), True),
        (replace(INTRA_UNION, intermediaries=(institution(None),)), False),  # not proved
        (replace(INTRA_UNION, receiver=institution("AAAAUS33")), False),
        (replace(INTRA_UNION, receiver=institution("TRGTXEPMXXX")), True),  # a platform is no institution
        (replace(INTRA_UNION, payee_institution=institution("AAAAPFPP")), False),  # French IBAN, Polynesian BIC
        (replace(INTRA_UNION, payee_institution=institution("nonsense")), False),
        (replace(INTRA_UNION, payee_institution=institution("AAAAGPGP")), True),  # inside code of the policy
    ],
)
def test_the_whole_chain_in_the_union(payment: Payment, *, inside: bool) -> None:
    assert frame(payment).chain_inside is inside


@pytest.mark.requirement("SCP-02")
def test_out_of_scope_only_where_nobody_is_in_the_union_ourselves_included() -> None:
    outside = replace(INCOMING, payee_institution=institution("AAAAGB2L"))
    british = InformationPolicy(country="GB", own_bics=("AAAAGB2L",))
    assert not frame(outside, policy=british).in_scope
    assert frame_of(outside, NO_CONTEXT, british, date(2020, 12, 30)).in_scope
    assert frame(TRANSIT).in_scope  # we are in the Union, the ends are not
    assert frame(replace(outside, payer_institution=institution(None)), policy=british).in_scope  # unknown: not proved
    through = replace(outside, intermediaries=(institution("AAAADEFF"),))
    assert frame(through, policy=british).in_scope


def test_prior_is_who_we_have_it_from() -> None:
    assert frame(OUTGOING).prior_country == "LU"
    assert frame(INCOMING).prior_country == "US"
    assert frame(replace(INCOMING, intermediaries=(institution("AAAADEFF"),))).prior_country == "DE"
    assert frame(replace(INCOMING, sender=institution("AAAACHZZ"))).prior_country == "CH"
    assert frame(replace(INCOMING, sender=institution(OURS))).prior_country == "US"
    first = replace(TRANSIT, intermediaries=(institution(OURS), institution("AAAADEFF")))
    assert frame(first).prior_country == "US"


def test_country_of_nothing() -> None:
    assert country_of(None) is None
    assert country_of(institution(None)) is None
