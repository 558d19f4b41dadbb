"""An institution that is a payer or payee itself, the same for every format."""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemas.payment import Identification, Party

if TYPE_CHECKING:
    from schemas.payment import Institution


def as_party(institution: Institution) -> Party:
    """The institution as an end of a payment; its clearing number is one that identifies an organisation."""
    number = institution.clearing_id
    return Party(
        path=institution.path,
        name=institution.name,
        address=institution.address,
        identifications=() if number is None else (Identification(number, organisation=True),),
        lei=institution.lei,
        bic=institution.bic,
        other=institution.other,
    )
