"""What the bank may not choose about its screening (policy-sketch: guards), and what it should look at soon.

Every problem is one sentence that names the setting. Requirements: SCR-05, SCR-06, SCR-10, SCR-11.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from lists.measured import NAMES, TEXTS, recall_at
from lists.policy import MINIMUM_LISTS, MOST_DISCOUNT, Homonyms, ScreenedField
from lists.score import EXACT
from schemas.identifiers import is_bic

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lists.policy import ScreeningPolicy

THRESHOLD_RANGE: Final = (0.30, 0.999)
RECALL_RANGE: Final = (0.80, 1.0)
HIGH_THRESHOLD: Final = 0.90
"""A threshold above it is lawful, and told: few distorted names reach it (SCR-10)."""
OF_NAMES: Final = frozenset({ScreenedField.NAME, ScreenedField.INSTITUTION})
_MOST_HOURS: Final = 1_000_000  # a century: whoever means "never" says so
_NOT_UNION_MEASURES: Final = frozenset({"UN", "OFAC_SDN", "OFAC_NON_SDN", "UKSL"})

ON_FUNDS: Final = re.compile(
    r"asset|bank|block|capital|econom|financ|freez|frozen|fund|invest|loan|payment|resource|sdn|securit|trust",
    re.IGNORECASE,
)
"""Words of measures on funds and economic resources: who is listed for one is never let through (SAMLA 2018 s. 3)."""


def problems_of_screening(screening: ScreeningPolicy) -> list[str]:
    """Every reason to refuse this part of the policy; empty where it is lawful."""
    found = [
        *_thresholds(screening),
        *_lists(screening),
        *_entities(screening),
        *_measures(screening),
        *_reduction(screening),
    ]
    if not any(rule.required for rule in screening.lists.values()):
        found.append("lists: name at least one required list, otherwise nothing is screened")
    return [f"screening.{sentence}" for sentence in found]


def warnings_of_screening(screening: ScreeningPolicy) -> list[str]:
    """What is lawful and deserves a second look."""
    told = [
        f"screening.{name}: {value} is above {HIGH_THRESHOLD}; hardly any distorted name reaches it"
        for name, value, _ in thresholds_of(screening)
        if value > HIGH_THRESHOLD
    ]
    if screening.homonyms is Homonyms.CLEAR:
        told.append("screening.homonyms: namesakes are cleared without a person looking at them")
    return told


def thresholds_of(screening: ScreeningPolicy) -> Iterator[tuple[str, float, bool | None]]:
    """Every threshold: its name, its value, and whether it is one of names (True), of texts (False) or both (None)."""
    yield "name_threshold", screening.name_threshold, True
    yield "text_threshold", screening.text_threshold, False
    yield "address_threshold", screening.address_threshold, False
    yield from (
        (f"lists.{name}.threshold", rule.threshold, None) for name, rule in screening.lists.items() if rule.threshold
    )
    for place, rule in enumerate(screening.thresholds, start=1):
        yield f"thresholds.{place}", rule.threshold, None if rule.field is None else rule.field in OF_NAMES


def _thresholds(screening: ScreeningPolicy) -> Iterator[str]:
    low, high = THRESHOLD_RANGE
    for name, value, _ in thresholds_of(screening):
        if not low <= value <= high:
            yield f"{name}: {value} is outside {low} to {high}; at 1 and above no name would ever be found"
    for place, rule in enumerate(screening.thresholds, start=1):
        if not rule.reason.strip():
            yield f"thresholds.{place}: gives no reason; a threshold must be explained"
    least, most = RECALL_RANGE
    if not least <= screening.minimum_recall <= most:
        yield f"minimum_recall: {screening.minimum_recall} is outside {least} to {most}"
    for name, value, table in (("name", screening.name_threshold, NAMES), ("text", screening.text_threshold, TEXTS)):
        floor = screening.minimum_recall if table is NAMES else screening.minimum_text_recall
        recall = recall_at(table, value)
        if recall < floor:
            yield f"{name}_threshold: {value} finds {recall:.3f} of distorted names, fewer than the floor of {floor}"


def _lists(screening: ScreeningPolicy) -> Iterator[str]:
    for name in MINIMUM_LISTS:
        rule = screening.lists.get(name)
        if rule is None or not rule.required:
            yield f"lists.{name}: is part of the minimum set of lists and must be required"
        elif rule.narrowed:
            yield f"lists.{name}: is part of the minimum set of lists and applies to every payment"
    for name, rule in screening.lists.items():
        if rule.skip_instant_ends and name in _NOT_UNION_MEASURES:
            yield f"lists.{name}.skip_instant_ends: Art. 5d(2) speaks of lists of Union measures only"
        if not 0 < rule.max_age_hours < _MOST_HOURS:  # nan and inf are neither
            yield f"lists.{name}.max_age_hours: must be above 0 and below {_MOST_HOURS:,}"
        for entity in rule.entities:
            if entity not in screening.entities:
                yield f"lists.{name}.entities: {entity!r} is none of screening.entities"


def _entities(screening: ScreeningPolicy) -> Iterator[str]:
    for name, entity in screening.entities.items():
        if not entity.bics or not all(map(is_bic, entity.bics)):
            yield f"entities.{name}.bics: needs at least one BIC, and BICs only"
        national = screening.lists.get(entity.national)
        if national is None or not national.required:
            yield f"entities.{name}.national: {entity.national!r} must be a required list of screening.lists"
        elif national.currencies or national.countries or (national.entities and name not in national.entities):
            yield f"entities.{name}.national: {entity.national!r} must apply to every payment of {name}"


def _measures(screening: ScreeningPolicy) -> Iterator[str]:
    for place, rule in enumerate(screening.other_measures, start=1):
        where = f"other_measures.{place}"
        if not rule.reason.strip():
            yield f"{where}: gives no reason; a listing that does not hold must be explained"
        if rule.list in MINIMUM_LISTS or rule.list not in screening.lists:
            yield f"{where}.list: {rule.list!r} must be one of screening.lists and none of the minimum set"
        if not rule.measures:
            yield f"{where}.measures: names none"
        for measure in rule.measures:
            word = ON_FUNDS.search(measure)
            if word is not None:
                yield f"{where}.measures: {measure!r} speaks of money ({word.group()!r}); such a listing always holds"
            elif not measure.strip():
                yield f"{where}.measures: {measure!r} is empty"


def _reduction(screening: ScreeningPolicy) -> Iterator[str]:
    discounts = screening.discounts
    for name in ("birth_year", "nationality", "kind", "most"):
        value = getattr(discounts, name)
        if not 0 <= value <= MOST_DISCOUNT:
            yield f"discounts.{name}: {value} is outside 0 to {MOST_DISCOUNT}"
    highest = max(value for _, value, _ in thresholds_of(screening))
    if discounts.most and EXACT * (1 - discounts.most) < highest:
        yield f"discounts.most: {discounts.most} would take an exact name below the threshold of {highest}"
    if screening.good_guys_table is not None:
        yield "good_guys_table: is no setting; name a file in good_guys"
