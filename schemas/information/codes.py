"""ISO 20022 codes: why a payment is returned or held (pacs.002), and what is asked for (camt.110).

The SEPA schemes accept only their own short list of reasons. Where a listed party or a fraud may be behind it, or a
check did not run, no reason is given at all: a status must not tip off. Sources: ISO external code sets
ExternalStatusReason1Code and investigation codes; EPC guidance on reason codes; Regulation (EU) 2023/1113 Art. 8, 12.

Requirements: MNG-05, MNG-07.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemas.decision import InformationRequest, Outcome
from schemas.finding import Family, Finding, Item, Kind, Reason
from schemas.payment import Rail

if TYPE_CHECKING:
    from collections.abc import Iterable

_SEPA = frozenset({Rail.SCT, Rail.SCT_INST})
_NEUTRAL = "RR04"  # regulatory reason
_FILE_FORMAT = "FF01"

# Item and kind -> (code on other rails, code in the SEPA schemes).
_STATUS: dict[tuple[Item, Kind], tuple[str, str]] = {
    **dict.fromkeys([(Item.PAYER_ACCOUNT, Kind.MISSING), (Item.PAYER_ACCOUNT, Kind.MEANINGLESS)], ("RR01", "RR01")),
    (Item.PAYER_ACCOUNT, Kind.INADMISSIBLE): ("AC02", "RR01"),
    **dict.fromkeys([(Item.PAYEE_ACCOUNT, kind) for kind in Kind], ("AC03", "AC01")),
    **dict.fromkeys([(Item.PAYER_NAME, Kind.MISSING), (Item.PAYER_NAME, Kind.MEANINGLESS)], ("BE08", "RR02")),
    **dict.fromkeys([(Item.PAYEE_NAME, Kind.MISSING), (Item.PAYEE_NAME, Kind.MEANINGLESS)], ("BE22", "RR03")),
    **dict.fromkeys(
        [(item, Kind.INADMISSIBLE) for item in (Item.PAYER_NAME, Item.PAYEE_NAME, Item.PAYER_THIRD_ELEMENT)],
        ("RR10", "RR04"),
    ),
    **dict.fromkeys(
        [(Item.PAYER_THIRD_ELEMENT, Kind.MISSING), (Item.PAYER_THIRD_ELEMENT, Kind.MEANINGLESS)], ("RR02", "RR02")
    ),
    (Item.PAYER_THIRD_ELEMENT, Kind.INCOMPLETE): ("RR12", "RR02"),
    **dict.fromkeys([(Item.PAYER_LEI, Kind.MISSING), (Item.PAYER_LEI, Kind.INADMISSIBLE)], ("RR12", "RR04")),
}
_COUNTRY_ONLY = ("address_country",)

_REQUEST_TYPE = "RQFI/FWTR"
_AGAIN = "admissible_characters"
_ASKED: dict[Item, str] = {
    Item.PAYER_ACCOUNT: "DTOR/RQAC",
    Item.PAYER_NAME: "DTOR/RQNM",
    Item.PAYER_LEI: "DTOR/RQLE",
    Item.PAYEE_NAME: "CTOR/RQNM",
    Item.PAYEE_ACCOUNT: "CTOR/RQAC",
    Item.PAYEE_LEI: "CTOR/RQLE",
}
_PARTS: dict[str, str] = {
    "address": "DTOR/RQPA",
    "address_country": "DTOR/RQCC",
    "document_number": "DTOR/NIDN",
    "customer_number": "DTOR/CUST",
    "birth_date": "DTOR/RQDB",
    "birth_place": "DTOR/RQCB",
}


def status_codes(findings: Iterable[Finding], outcome: Outcome, rail: Rail) -> tuple[str, ...]:
    """The status reasons of a rejected or suspended payment, in the order of its findings; neutral where needed.

    A suspended payment without codes is pending without reason; a rejected one always has a code.
    """
    if outcome is Outcome.EXECUTE:
        return ()
    seen = tuple(findings)
    secret = any(finding.facts.family is Family.LISTED for finding in seen)
    codes = () if secret else tuple(dict.fromkeys(code for code in (_code(one, rail) for one in seen) if code))
    return codes or ((_NEUTRAL,) if outcome is Outcome.REJECT else ())


def _code(finding: Finding, rail: Rail) -> str:
    if finding.reason is Reason.MESSAGE_UNREADABLE:
        return _FILE_FORMAT
    item, kind = finding.facts.item, finding.facts.kind
    if item is None or kind is None:
        return ""
    if finding.wanted == _COUNTRY_ONLY and rail not in _SEPA:
        return "BE10"
    general, sepa = _STATUS[item, kind]
    return sepa if rail in _SEPA else general


def requests(findings: Iterable[Finding]) -> tuple[InformationRequest, ...]:
    """What to ask the prior institution for: the items that fail, each once (type/sub-type/reason/sub-reason).

    What came in characters outside the rail's conventions is asked for again within them (MNG-07).
    """
    asked: dict[InformationRequest, None] = {}
    for finding in findings:
        item = finding.facts.item
        if item is None:
            continue
        parts = [_PARTS[name] for name in finding.wanted] or [_ASKED.get(item, _PARTS["address"])]
        variant = _AGAIN if finding.facts.kind is Kind.INADMISSIBLE else ""
        asked.update(dict.fromkeys(InformationRequest(item.value, f"{_REQUEST_TYPE}/{one}", variant) for one in parts))
    return tuple(asked)
