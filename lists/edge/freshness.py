"""Whether the edition in use still meets the policy: every required list there, not empty, verified lately enough.

Requirements: SCR-11, SCR-17.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from lists.edge.editions import LoadedEdition
    from lists.policy import ScreeningPolicy

_UNITS_TOLD = 2
_WAY_OUT = "fetch the list and run payment-filter lists import"


def freshness(edition: LoadedEdition, policy: ScreeningPolicy, now: datetime) -> list[str]:
    """One sentence per problem, in the policy's order; none means the edition may decide.

    Ages count from verification: a list its publisher did not change for a month is current if it was fetched today.
    """
    loaded = {one.id: one for one in edition.lists}
    problems = []
    for list_id, rule in policy.lists.items():
        if not rule.required:
            continue
        one = loaded.get(list_id)
        if one is None:
            problems.append(f"list {list_id} is required and not in the edition: {_WAY_OUT}")
        elif not one.entries:
            problems.append(f"list {list_id} is required and empty: {_WAY_OUT}")
        elif (age := now - one.imported_at) > timedelta(hours=rule.max_age_hours):
            problems.append(
                f"list {list_id} was verified {_told(age / timedelta(hours=1))} ago, at most"
                f" {_told(rule.max_age_hours)} are allowed: {_WAY_OUT}"
            )
    return problems


def _told(hours: float) -> str:
    """A span in the unit in which an age just above its limit differs from it."""
    for unit, name in ((1.0, "h"), (1 / 60, "min")):
        if hours >= _UNITS_TOLD * unit:
            return f"{hours / unit:.0f} {name}"
    return f"{hours * 3600:.0f} s"
