"""One kind of sample payment: how many, in which formats, and what must become of them."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from deploy.samples.make.orders import Order

if TYPE_CHECKING:
    from deploy.samples.make.dice import Dice

EXECUTE, SUSPEND, REJECT = "execute", "suspend", "reject"
PACS, MT, JSON = "pacs008", "mt103", "json"
ANY = (PACS, MT, PACS, JSON)
ISO = (PACS, PACS, JSON)
MIXED = (PACS, JSON)
Maker = Callable[["Dice", int], Order | Sequence[Order]]


@dataclass(frozen=True)
class Scenario:
    """One kind of sample. `reason` is the first reason expected, empty where nothing is found."""

    slug: str
    count: int
    formats: tuple[str, ...]
    shows: str
    make: Maker
    outcome: str = EXECUTE
    reason: str = ""


DISGUISES = tomllib.loads((Path(__file__).parent / "disguises.toml").read_text(encoding="utf-8"))


def pick(choices: Sequence[Any], turn: int) -> Any:
    """The choices in turn, so that every one is shown."""
    return choices[turn % len(choices)]
