"""The rail of an ISO 20022 payment, as far as the message tells; the hub's context may say better.

Rule, first match: local instrument INST → sct_inst; service level SEPA → sct; clearing system TGT → target2; another
domestic clearing system → domestic; a UETR, or BICs on both sides → cbpr; else unknown.
"""

from __future__ import annotations

from schemas.payment import Rail

# ExternalCashClearingSystem1Code of systems that settle inside one country or currency area.
_DOMESTIC = frozenset({"ACH", "CHI", "CHP", "FDA", "FDN", "FDW", "FPS", "GBC", "NPP", "RIX", "RTP", "SIC", "SIP"})


def iso_rail(
    service_levels: frozenset[str], instruments: frozenset[str], clearing: frozenset[str], *, cross_border: bool
) -> Rail:
    """The rail told by the codes of `SvcLvl`, `LclInstrm` and `ClrSys`, and by whether BICs or a UETR are there."""
    if "INST" in instruments:
        return Rail.SCT_INST
    if "SEPA" in service_levels:
        return Rail.SCT
    if "TGT" in clearing:
        return Rail.TARGET2
    if clearing & _DOMESTIC:
        return Rail.DOMESTIC
    return Rail.CBPR if cross_border else Rail.UNKNOWN
