"""The part of the bank's policy that the information rules obey. The law itself is in law.py: nobody configures it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from pydantic import ConfigDict


@dataclass(frozen=True, slots=True)
class Readings:
    """Documented readings of uncertain law; each names the memo that decided it.

    `third_element_2023` literal: Art. 4(1)(c) of 2023/1113 word by word; any_one_with_country: one of the elements
    suffices, an address only with its country.
    """

    __pydantic_config__ = ConfigDict(extra="forbid")

    third_element_2023: Literal["literal", "any_one_with_country"] = "literal"
    third_element_2023_memo: str = ""
    legal_person_document: tuple[str, ...] = ("COID", "CINC", "TXID", "SREN", "SRET", "LEI")
    intermediary_accepts_art6_2: bool = True
    inbound_small_amount_relief: Literal[False] = False
    threshold_eur: Decimal = Decimal("1000.00")
    po_box_is_address: bool = False


@dataclass(frozen=True, slots=True)
class InformationPolicy:
    """Who we are, how the bank reads uncertain law, and how it weighs what looks meaningless."""

    __pydantic_config__ = ConfigDict(extra="forbid")

    country: str
    own_bics: tuple[str, ...]
    readings: Readings = Readings()
    inside_codes: tuple[str, ...] = ("GP", "MQ", "GF", "RE", "YT", "MF", "AX")
    treated_as_domestic: tuple[str, ...] = ()
    high_risk_countries: tuple[str, ...] = ()
    value_threshold_eur: Decimal = Decimal(15000)
    allowed_names: tuple[str, ...] = ()
    request_days_eea: int = 3
    request_days_outside: int = 5
