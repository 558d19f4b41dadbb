"""Recall and alert rate: what share of true names is found when so many clean names in a thousand raise an alert."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

ALERTS_PER_THOUSAND: Final = (1, 2, 5, 10, 20)
"""The rates a report gives, in alerts per 1,000 clean names."""


@dataclass(frozen=True, slots=True)
class Rate:
    """How a matcher does at one alert rate; shares 0..1, alert rates per thousand."""

    alerts_per_thousand: float
    threshold: float
    micro: float
    macro: float
    by_class: Mapping[str, float]


def threshold_at(clean: Sequence[float], alerts_per_thousand: float) -> float:
    """Give the lowest score at which at most so many of a thousand clean names alert.

    `clean` are the best scores of the clean names. A name alerts from this score on. Raises ValueError for no names.
    """
    if not clean:
        raise ValueError("No clean names: an alert rate needs at least one.")
    allowed = int(len(clean) * alerts_per_thousand / 1000)
    if allowed >= len(clean):
        return 0.0
    # Just above the first score that is not allowed to alert: equal scores alert together or not at all.
    return math.nextafter(sorted(clean, reverse=True)[allowed], math.inf)


def share_at(scores: Sequence[float], threshold: float) -> float:
    """Give the share of scores that reach a threshold; 0 for none."""
    return sum(score >= threshold for score in scores) / len(scores) if scores else 0.0


def rate(found: Mapping[str, Sequence[float]], clean: Sequence[float], alerts_per_thousand: float) -> Rate:
    """Measure recall by class at one alert rate. `found`: by class, the score the true entry got for each name.

    Micro: all names alike; macro: all classes alike.
    """
    threshold = threshold_at(clean, alerts_per_thousand)
    by_class = {name: share_at(scores, threshold) for name, scores in found.items()}
    everything = [score for scores in found.values() for score in scores]
    return Rate(
        alerts_per_thousand,
        threshold,
        share_at(everything, threshold),
        sum(by_class.values()) / len(by_class) if by_class else 0.0,
        by_class,
    )
