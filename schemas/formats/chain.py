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


_NOTHING = frozenset({"bic ", "lei ", "clearing ", "name "})


def split_chain(
    candidates: Iterable[Institution | None],
    *ends: Institution | None,
) -> tuple[tuple[Institution, ...], tuple[Institution, ...]]:
    """The candidates as (intermediaries, the rest), each in the order given; nobody is an intermediary twice.

    `ends` are the payer's and the payee's institutions, and payer and payee where they are institutions themselves.
    """
    known = set[str]().union(*map(_keys, ends))
    intermediaries: list[Institution] = []
    rest: list[Institution] = []
    for candidate in candidates:
        if candidate is None:
            continue
        keys = _keys(candidate)
        if not keys or keys & known:
            rest.append(candidate)
        else:
            intermediaries.append(candidate)
            known |= keys
    return tuple(intermediaries), tuple(rest)


def _keys(institution: Institution | None) -> set[str]:
    """What tells that two institutions are the same one: BIC without branch, LEI, clearing number, name."""
    found: set[str] = set()
    if institution is None:
        return found
    bic, lei, clearing, name = institution.bic, institution.lei, institution.clearing_id, institution.name
    if bic is not None:
        found.add(f"bic {bic.text.strip().upper()[:8]}")
    if lei is not None:
        found.add(f"lei {lei.text.strip().upper()}")
    if clearing is not None:
        found.add(f"clearing {clearing.text.strip().upper()}")
    if name is not None:
        found.add(f"name {name.text.strip().upper()}")
    found -= _NOTHING
    return found
