"""What a message says about an earlier payment: the reference of a return or of a request to cancel (`OrgnlTxRef`)."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from schemas.formats.iso_header import KINDS, Codes, read_codes
from schemas.formats.iso_transfer import AFTER, BEFORE, Ends, read_ends

if TYPE_CHECKING:
    from schemas.formats.iso_scope import Scope
    from schemas.payment import Institution


class Original(NamedTuple):
    """An earlier payment, or the chain of its return: ends, their institutions, those between, codes of its rail."""

    ends: Ends
    payer_institution: Institution | None
    payee_institution: Institution | None
    between: tuple[Institution, ...]
    codes: Codes

    def turned(self) -> Original:
        """The same payment backwards: who was paid gives the money back."""
        ends = self.ends
        return self._replace(
            ends=Ends(
                payer=ends.payee,
                payer_account=ends.payee_account,
                payee=ends.payer,
                payee_account=ends.payer_account,
                ultimate_payer=ends.ultimate_payee,
                ultimate_payee=ends.ultimate_payer,
                initiating=ends.initiating,
            ),
            payer_institution=self.payee_institution,
            payee_institution=self.payer_institution,
        )


def read_original(scope: Scope, name: str, path: str) -> Original:
    """The element of that name in the payment at that path; what has no place of its own becomes texts."""
    inside = scope.enter(name, path)
    original = Original(
        ends=read_ends(inside, f"{path}/{name}"),
        payer_institution=inside.institution("DbtrAgt"),
        payee_institution=inside.institution("CdtrAgt"),
        between=tuple(inside.institutions(BEFORE + AFTER)),
        codes=read_codes(inside, Codes()),
    )
    scope.absorb(inside, KINDS)
    return original
