"""The part of the bank's policy that screening obeys: which lists, how fresh, from what score on."""

from __future__ import annotations

from dataclasses import dataclass, field

from pydantic import ConfigDict


@dataclass(frozen=True, slots=True)
class ListRule:
    """What the bank demands of one list. `threshold` 0 means: the default for the field."""

    __pydantic_config__ = ConfigDict(extra="forbid")

    required: bool = True
    max_age_hours: int = 24
    threshold: float = 0.0


@dataclass(frozen=True, slots=True)
class ScreeningPolicy:
    """Thresholds are on the engine's own scale, 0..1, set by measured recall (`make accuracy`)."""

    __pydantic_config__ = ConfigDict(extra="forbid")

    lists: dict[str, ListRule] = field(default_factory=dict)
    name_threshold: float = 0.71
    text_threshold: float = 0.67
    max_drop: float = 0.10
    max_findings_per_field: int = 5
    sanctioned_places: tuple[str, ...] = ()
