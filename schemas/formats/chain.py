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
    if institution is None:
        return set()
    known = (
        ("bic", institution.bic, 8),
        ("lei", institution.lei, None),
        ("clearing", institution.clearing_id, None),
        ("name", institution.name, None),
    )
    return {
        f"{kind} {text[:length]}"
        for kind, value, length in known
        if value is not None and (text := value.text.strip().upper())
    }
