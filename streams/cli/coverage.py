"""Which requirement stands where in the code, which tests show it, and whether it is met.

Both files are shipped with the information rules: requirements.toml is what is asked, coverage.json what code and
tests were found to say (tests/requirements.py writes it, a test compares it).
"""

from __future__ import annotations

import json
import tomllib
from dataclasses import dataclass
from importlib import resources
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

MET = "met"
OPEN = "partly"
NOT_MET = "not met"
SHOWN = 2  # rules and tests named for one requirement in the table; --json has them all


@dataclass(frozen=True, slots=True)
class Coverage:
    """One requirement: what it asks, where it stands, what shows it, what of it is still open.

    `later`: what another part of the product will add to a requirement that is met here.
    """

    id: str
    says: str
    rules: tuple[str, ...]
    tests: tuple[str, ...]
    open: str
    later: str = ""

    @property
    def status(self) -> str:
        """Met only where a rule and a test name it and nothing is said to be open."""
        if not (self.rules and self.tests):
            return NOT_MET
        return OPEN if self.open else MET


def coverage() -> list[Coverage]:
    """Every requirement, in the order of the catalogue (SCP-06)."""
    folder = resources.files("schemas.information")
    asked = tomllib.loads(folder.joinpath("requirements.toml").read_text(encoding="utf-8"))
    found = json.loads(folder.joinpath("coverage.json").read_text(encoding="utf-8"))
    return [
        Coverage(
            id=name,
            says=one["says"],
            rules=tuple(found[name]["rules"]),
            tests=tuple(found[name]["tests"]),
            open=one.get("open", ""),
            later=one.get("later", ""),
        )
        for name, one in asked.items()
    ]


def coverage_lines(table: Sequence[Coverage]) -> Iterator[str]:
    """The table as a person reads it, then how many requirements are met."""
    for one in table:
        yield f"{one.id}  {one.status:7}  {one.says}"
        yield from (f"{'':17}{kind}  {name}" for kind, name in _places(one))
        if one.open:
            yield f"{'':17}open  {one.open}"
        if one.later:
            yield f"{'':17}later {one.later}"
    counted = [sum(one.status == status for one in table) for status in (MET, OPEN, NOT_MET)]
    yield f"{len(table)} requirements: {counted[0]} met, {counted[1]} partly, {counted[2]} not met"


def _places(one: Coverage) -> Iterator[tuple[str, str]]:
    for kind, names in (("rule", one.rules), ("test", one.tests)):
        yield from ((kind, name) for name in names[:SHOWN])
        if len(names) > SHOWN:
            yield kind, f"and {len(names) - SHOWN} more"
