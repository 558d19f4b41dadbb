"""One published format per file; FORMATS is tried in order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lists.entry import ListRefused
from lists.formats import (
    ch_seco_xml,
    eu_fsf_csv,
    eu_fsf_xml,
    fr_gels_json,
    ofac_advanced_xml,
    ofac_csv,
    ofac_enhanced_xml,
    ofac_xml,
    opensanctions_csv,
    opensanctions_json,
    own_csv,
    own_toml,
    ownership_csv,
    uk_fcdo_xml,
    uk_ofsi_csv,
    un_xml,
    us_csl_csv,
)

if TYPE_CHECKING:
    from lists.formats.parts import ListFormat

__all__ = ["FORMATS", "ListRefused", "by_name", "recognise"]

FORMATS: tuple[ListFormat, ...] = (
    ofac_csv,
    ofac_xml,
    ofac_advanced_xml,
    ofac_enhanced_xml,
    un_xml,
    eu_fsf_xml,
    eu_fsf_csv,
    uk_fcdo_xml,
    uk_ofsi_csv,
    fr_gels_json,
    ch_seco_xml,
    us_csl_csv,
    opensanctions_json,
    opensanctions_csv,
    own_csv,
    own_toml,
    ownership_csv,
)


def recognise(raw: bytes, filename: str) -> ListFormat | None:
    """The format of a file, by its first bytes and its name; None where it is no list of a known format."""
    return next((known for known in FORMATS if known.matches(raw, filename)), None)


def by_name(name: str) -> ListFormat | None:
    """The format of this module name; None where there is none."""
    return next((known for known in FORMATS if name == known.NAME), None)
