"""From what score on a name counts: by list, field, kind of entry and strength of the name (SCR-05)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lists.policy import ScreenedField

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lists.index import Hit
    from lists.policy import ScreeningPolicy, Threshold

_NAMES = frozenset({ScreenedField.NAME, ScreenedField.INSTITUTION})


def threshold_for(hit: Hit, field: ScreenedField, policy: ScreeningPolicy) -> float:
    """The score this hit must reach: the first rule that fits it, else that of its list, else that of the field."""
    special = next((rule.threshold for rule in policy.thresholds if _fits(rule, hit, field)), 0.0)
    listed = policy.lists.get(hit.entry.list)
    return special or (listed.threshold if listed is not None else 0.0) or default_of(field, policy)


def default_of(field: ScreenedField, policy: ScreeningPolicy) -> float:
    """The threshold of a kind of field."""
    if field in _NAMES:
        return policy.name_threshold
    return policy.address_threshold if field is ScreenedField.ADDRESS else policy.text_threshold


def _fits(rule: Threshold, hit: Hit, field: ScreenedField) -> bool:
    return (
        (not rule.list or rule.list == hit.entry.list)
        and (rule.field is None or rule.field is field)
        and (rule.kind is None or rule.kind is hit.entry.kind)
        and (rule.strength is None or rule.strength is hit.name.strength)
        and (rule.single_word is None or rule.single_word is (len(hit.name.text.split()) == 1))
    )


def floors(policy: ScreeningPolicy) -> tuple[float, float]:
    """The lowest score that any name, and that any text, may need."""
    lists = [rule.threshold for rule in policy.lists.values() if rule.threshold > 0]
    return (
        min([policy.name_threshold, *lists, *_of(policy, names=True)]),
        min([policy.text_threshold, policy.address_threshold, *lists, *_of(policy, names=False)]),
    )


def _of(policy: ScreeningPolicy, *, names: bool) -> Iterator[float]:
    for rule in policy.thresholds:
        if rule.field is None or (rule.field in _NAMES) is names:
            yield rule.threshold
