"""Which institutions count as intermediaries of a payment, the same for every format.

Regulation (EU) 2023/1113 Art. 3(5) and 5(1): everyone who passes the funds on between the payer's and the payee's
institution, including those that settle a cover between them (rules of the mapping: 53a, 54a, 55a, 56a, previous
instructing and intermediary institutions). One that is the payer's or payee's own institution under another field is
none, but stays named for screening.
"""

from __future__ import annotations

from functools import lru_cache
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
    known = frozenset[str]().union(*map(_keys, ends))
    intermediaries: list[Institution] = []
    rest: list[Institution] = []
    for candidate in candidates:
        if candidate is None:
            continue
        keys = _keys(candidate)
        if not keys or not keys.isdisjoint(known):
            rest.append(candidate)
        else:
            intermediaries.append(candidate)
            known |= keys
    return tuple(intermediaries), tuple(rest)


def _keys(institution: Institution | None) -> frozenset[str]:
    """What tells that two institutions are the same one: BIC without branch, LEI, clearing number, name."""
    if institution is None:
        return _NOBODY
    bic, lei, clearing, name = institution.bic, institution.lei, institution.clearing_id, institution.name
    found = (
        "" if bic is None else bic.text,
        "" if lei is None else lei.text,
        "" if clearing is None else clearing.text,
        "" if name is None else name.text,
    )
    # Nothing long is ever kept in a cache; correspondents come back all day.
    return _told(*found) if sum(map(len, found)) <= _LONGEST_KEPT else _told.__wrapped__(*found)


@lru_cache(maxsize=8192)
def _told(bic: str, lei: str, clearing: str, name: str) -> frozenset[str]:
    known = frozenset([f"bic {bic.strip().upper()[:_BANK]}"] if bic.strip() else [])
    texts = (("lei", lei), ("clearing", clearing), ("name", name))
    return known.union([f"{what} {text.strip().upper()}" for what, text in texts if text.strip()])


_BANK = 8  # characters of a BIC without its branch
_NOBODY = frozenset[str]()
_LONGEST_KEPT = 200
