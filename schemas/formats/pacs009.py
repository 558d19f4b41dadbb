"""pacs.009, FinancialInstitutionCreditTransfer, core and cover (COV), every published version from 02 on.

A core transfer has institutions at both ends, acting for themselves. A cover carries the customer transfer it covers
(`UndrlygCstmrCdtTrf`): payer and payee are the customers in there (Regulation (EU) 2023/1113 Art. 2 leaves out only
transfers between providers on their own behalf), and the institutions at the ends of the cover are part of the chain.
One whose application header says that it is a cover (CBPR+: `swift.cbprplus.cov.02`) is one, if it names no customer.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemas.formats import iso_parties
from schemas.formats.iso_header import KINDS, business_day, read_codes
from schemas.formats.iso_scope import Scope
from schemas.formats.iso_transfer import (
    AFTER,
    BEFORE,
    Ends,
    Read,
    Route,
    as_payment,
    each_payment,
    read_chain,
    read_ends,
    read_ids,
)
from schemas.formats.xml_parts import Part, inner_parts
from schemas.payment import Party, Payment, PaymentKind

if TYPE_CHECKING:
    from schemas.formats.envelope import Body, Envelope
    from schemas.formats.iso_header import Header
    from schemas.formats.iso_transfer import Place
    from schemas.formats.limits import Limits
    from schemas.payment import Amount, Institution

BODY = "FICdtTrf"
OLD_BODY = "FinInstnCdtTrf"  # in versions 02 and 03
_TRANSACTION = "CdtTrfTxInf"
_UNDERLYING = "UndrlygCstmrCdtTrf"


def decode_body(body: Body, envelope: Envelope, limits: Limits) -> tuple[Payment, ...]:
    """The payments of one FinancialInstitutionCreditTransfer, positions counted from 1."""
    return each_payment(body, envelope, limits, _TRANSACTION, _payment)


def _payment(scope: Scope, header: Header, place: Place) -> Payment:
    underlying = scope.take(_UNDERLYING)
    if underlying is None and any(".cov." in service for service in header.services):
        underlying = Part(f"{place.path}/{_UNDERLYING}", [])
    if underlying is None:
        kind, instructed = PaymentKind.INSTITUTION_CREDIT_TRANSFER, scope.amount("InstdAmt")
        ends, route = _core(scope, place.path)
    else:
        kind = PaymentKind.COVER
        ends, route, instructed = _cover(scope, underlying)
    read = Read(
        kind=kind,
        codes=read_codes(scope, header.codes),
        ids=read_ids(scope, header),
        amount=scope.amount("IntrBkSttlmAmt", required_at=place.path),
        instructed=instructed,
        day=business_day(scope, scope.day("IntrBkSttlmDt"), *header.days),
        chain=read_chain(scope, header, route),
        ends=ends,
    )
    return as_payment(place, read, scope, header)


def _core(scope: Scope, path: str) -> tuple[Ends, Route]:
    """Institutions pay each other; an end whose account no other institution holds is its own institution."""
    payer, payee = scope.take("Dbtr"), scope.take("Cdtr")
    ends = Ends(
        payer=Party(f"{path}/Dbtr") if payer is None else iso_parties.end(payer),
        payer_account=scope.account("DbtrAcct"),
        payee=Party(f"{path}/Cdtr") if payee is None else iso_parties.end(payee),
        payee_account=scope.account("CdtrAcct"),
        ultimate_payer=scope.end("UltmtDbtr"),
        ultimate_payee=scope.end("UltmtCdtr"),
    )
    own = [None if part is None else iso_parties.institution(part) for part in (payer, payee)]
    payers, payees = scope.institution("DbtrAgt") or own[0], scope.institution("CdtrAgt") or own[1]
    return ends, Route(payers, payees, ends=tuple(own))


def _cover(scope: Scope, underlying: Part) -> tuple[Ends, Route, Amount | None]:
    """The customers of the underlying transfer, and every institution of both chains."""
    inside = Scope(inner_parts(underlying))
    ends = read_ends(inside, underlying.path)
    payers, payees = inside.institution("DbtrAgt"), inside.institution("CdtrAgt")
    more = [*inside.institutions(BEFORE), *inside.institutions(AFTER), *_of_the_cover(scope)]
    instructed = inside.amount("InstdAmt")
    inside.keep_rest(KINDS)
    scope.texts.extend(inside.texts)
    scope.problems.extend(inside.problems)
    return ends, Route(payers, payees, more=tuple(more)), instructed


def _of_the_cover(scope: Scope) -> list[Institution]:
    """Those who pay the cover to each other, in the order the money goes."""
    return scope.institutions(("UltmtDbtr", "Dbtr", "DbtrAgt", "CdtrAgt", "Cdtr", "UltmtCdtr"))
