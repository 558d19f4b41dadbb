"""The part of the bank's policy that the information rules obey. The law itself is in law.py: nobody configures it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from pydantic import ConfigDict

from schemas.context import PriorStage
from schemas.information.rates import RateTable
from schemas.payment import Rail, Role


@dataclass(frozen=True, slots=True)
class Rates:
    """Where the ECB's reference rates are, and how many days before a payment the last one may have been published.

    `file` "": none; then every payment in another currency is treated as above the threshold. It is named from the
    folder of the policy. Five days bridge the longest run of days without rates (Easter, Christmas).
    """

    __pydantic_config__ = ConfigDict(extra="forbid")

    file: str = ""
    maximum_age_days: int = 5


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


Weight = Literal["off", "notice", "missing"]


@dataclass(frozen=True, slots=True)
class Consistency:
    """How facts about a party that do not go together weigh: not at all, told, or as if the item were missing.

    `place`: the address is in the country of neither account nor institution; `name`: the name is that of an
    institution of the payment; `kind`: a company's name beside a person's data or the other way round; `birth_date`: a
    date that systems write for "none" and that people really have.
    """

    __pydantic_config__ = ConfigDict(extra="forbid")

    place: Weight = "notice"
    name: Weight = "notice"
    kind: Weight = "notice"
    birth_date: Weight = "notice"


@dataclass(frozen=True, slots=True)
class Extension:
    """Characters beyond the rail's own that the bank has agreed with one counterparty (its BIC), until a day."""

    __pydantic_config__ = ConfigDict(extra="forbid")

    counterparty: str
    characters: str
    contract: str
    expires: date


@dataclass(frozen=True, slots=True)
class Monitoring:
    """Which payments are also reviewed afterwards, and why. Every field given must hold; none given: every payment.

    Real time always runs: what is decided here is only whether a second look follows.
    """

    __pydantic_config__ = ConfigDict(extra="forbid")

    mode: Literal["real_time", "ex_post"]
    reason: str
    role: Role | None = None
    rail: Rail | None = None
    high_risk_country: bool | None = None
    prior_psp_stage: PriorStage | None = None


@dataclass(frozen=True, slots=True)
class InformationPolicy:
    """Who we are, how the bank reads uncertain law, and how it weighs what looks meaningless.

    `not_institutions` are BICs of those who only carry messages or clear (Art. 2(4)): they are no part of the chain.
    `unstructured_address`: whether an address in a format that its scheme no longer takes is told, or outside the
    conventions. `rate_table` is no setting: whoever loads the policy puts the rates there that `rates` names.
    """

    __pydantic_config__ = ConfigDict(extra="forbid", arbitrary_types_allowed=True)

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
    rates: Rates = Rates()
    rate_table: RateTable | None = None
    not_institutions: tuple[str, ...] = ()
    consistency: Consistency = Consistency()
    unstructured_address: Literal["notice", "inadmissible"] = "notice"
    character_extensions: tuple[Extension, ...] = ()
    monitoring: tuple[Monitoring, ...] = ()
