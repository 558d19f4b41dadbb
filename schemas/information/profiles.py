"""Dated rules beside the law on transfers of funds: several are in force at once, each on its own rails and places.

A payment is judged by those of its own business date (for address formats, the interbank settlement date), so a replay
meets the same ones. Sources stand in the table. Requirements: SCP-04.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from schemas.assessment import Step
from schemas.payment import Rail

_SEPA = frozenset({Rail.SCT, Rail.SCT_INST})
_SWIFT = frozenset({Rail.CBPR, Rail.TARGET2})


@dataclass(frozen=True, slots=True)
class Profile:
    """A rule with its dates. `rails` empty: every rail; `home`: our own country, "" for any; `last_day` None: open."""

    key: str
    first_day: date
    last_day: date | None
    source: str
    rails: frozenset[Rail] = frozenset()
    home: str = ""


NO_UNSTRUCTURED_CBPR = "fmt.no_unstructured_cbpr"
NO_UNSTRUCTURED_SEPA = "fmt.no_unstructured_sepa"

PROFILES = (
    Profile("rm.eu_base", date(2017, 6, 26), date(2025, 12, 29), "Regulation (EU) 2023/1113 Art. 23"),
    Profile("rm.eu_gl_2024_14_15", date(2025, 12, 30), None, "EBA/GL/2024/14; EBA/GL/2024/15"),
    Profile(
        "rail.sct_inst_ipr", date(2025, 1, 9), None, "Regulation (EU) 2024/886 Art. 5d", frozenset({Rail.SCT_INST})
    ),
    Profile("lists.uk_single", date(2026, 1, 28), None, "FCDO notice: UK Sanctions List only", home="GB"),
    Profile("fmt.hybrid_address_sepa", date(2025, 10, 5), None, "EPC rulebooks 2025", _SEPA),
    Profile("fmt.hybrid_address_cbpr", date(2025, 11, 22), None, "CBPR+ usage guidelines SR2025", _SWIFT),
    Profile(NO_UNSTRUCTURED_CBPR, date(2026, 11, 14), None, "CBPR+ usage guidelines SR2026", _SWIFT),
    Profile(NO_UNSTRUCTURED_SEPA, date(2026, 11, 15), None, "EPC rulebooks 2025 version 1.1", _SEPA),
    Profile("aml.amlr", date(2027, 7, 10), None, "Regulation (EU) 2024/1624"),
)


@lru_cache(maxsize=1024)
def profiles_on(day: date, rail: Rail, home: str) -> tuple[tuple[Profile, ...], Step]:
    """Every profile in force on that day, on that rail, for an institution in that country; and the step that says so.

    Worked out once a day for each rail.
    """
    found = tuple(
        one
        for one in PROFILES
        if one.first_day <= day
        and (one.last_day is None or day <= one.last_day)
        and (not one.rails or rail in one.rails)
        and one.home in {"", home}
    )
    keys = ", ".join(one.key for one in found) or "none"
    sources = "; ".join(dict.fromkeys(one.source for one in found)) or "no dated rule beside the law"
    return found, Step("profiles", "", "", keys, sources)


def structured_only(profiles: tuple[Profile, ...]) -> Profile | None:
    """The profile that takes no unstructured address any more, None before its day."""
    return next((one for one in profiles if one.key in {NO_UNSTRUCTURED_CBPR, NO_UNSTRUCTURED_SEPA}), None)
