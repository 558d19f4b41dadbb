"""Which institutions count as intermediaries of a payment, the same for every format.

Regulation (EU) 2023/1113 Art. 3(5) and 5(1): everyone who passes the funds on between the payer's and the payee's
institution, including those that settle a cover between them (rules of the mapping: 53a, 54a, 55a, 56a, previous
instructing and intermediary institutions). One that is the payer's or payee's own institution under another field is
none, but stays named for screening.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from schemas.payment import Institution


def split_chain(
    candidates: Iterable[Institution | None],
    *ends: Institution | None,
) -> tuple[tuple[Institution, ...], tuple[Institution, ...]]:
    """The candidates as (intermediaries, the rest), each in the order given; nobody is an intermediary twice.

    `ends` are the payer's and the payee's institutions, and payer and payee where they are institutions themselves.
    """
    known: set[str] = set()
    themselves = {id(end) for end in ends}
    for end in ends:
        if end is not None:
            known.update(_keys(end))
    intermediaries: list[Institution] = []
    rest: list[Institution] = []
    for candidate in candidates:
        if candidate is None:
            continue
        # An end itself, as sender and receiver often are, needs no comparison.
        keys = [] if id(candidate) in themselves else _keys(candidate)
        if not keys or not known.isdisjoint(keys):
            rest.append(candidate)
        else:
            intermediaries.append(candidate)
            known.update(keys)
    return tuple(intermediaries), tuple(rest)


def _keys(institution: Institution) -> list[str]:
    """What tells that two institutions are the same one: BIC without branch, LEI, clearing number, name."""
    found = []
    bic, lei, clearing, name = institution.bic, institution.lei, institution.clearing_id, institution.name
    if bic is not None and (text := bic.text.strip()):
        found.append("bic " + text.upper()[:_BANK])
    if lei is not None and (text := lei.text.strip()):
        found.append("lei " + text.upper())
    if clearing is not None and (text := clearing.text.strip()):
        found.append("clearing " + text.upper())
    if name is not None and (text := name.text.strip()):
        found.append("name " + text.upper())
    return found


_BANK = 8  # characters of a BIC without its branch
