"""Alert rules, scrapes and routes for a clock that runs faster: a copy in which every duration is divided.

Prometheus' own clock cannot be sped up. What is judged over minutes is therefore judged over seconds: `for`, windows,
offsets, intervals. A threshold in seconds of waiting is divided, one per second multiplied; counts, shares, and the
times of machine and calendar stay. A rule whose thresholds nobody has looked at is refused.
"""

from __future__ import annotations

import re
from typing import Any, Final, Literal
from urllib.parse import urlsplit

import yaml

Meaning = Literal["stays", "divided", "multiplied"]

THRESHOLDS: Final[dict[str, tuple[Meaning, ...]]] = {
    # One word for each number (but 0) that the alert compares with, in their order.
    "PaymentFilterNoneReady": ("stays",),
    "PaymentFilterWorkerStuck": ("stays",),  # how long a process stands still is its own time, whatever is played
    "PaymentFilterLagGrows": ("divided",),  # seconds that payments wait
    "PaymentFilterSlow": ("stays", "multiplied"),  # the machine's latency; messages a second
    "PaymentFilterBudgetBurnsFast": ("stays", "stays"),
    "PaymentFilterBudgetBurnsSteadily": ("stays", "stays"),
    "PaymentFilterBudgetBurnsSlowly": ("stays", "stays"),
    "PaymentFilterListSilent": ("stays",),
    "PaymentFilterAlertRateHigh": ("stays", "stays", "stays"),
    "PaymentFilterAlertRateLow": ("stays", "stays", "stays"),
    "PaymentFilterListAgeing": ("stays",),  # a share of the age the policy allows, and the policy's age is divided
    "PaymentFilterListTooOld": ("stays",),
    "PaymentFilterPolicyReviewDue": ("stays",),  # days of the calendar
    "PaymentFilterEditionsDiffer": ("stays",),
    "PaymentFilterPoliciesDiffer": ("stays",),
    "PaymentFilterTransactionsAbort": ("stays",),
    "PaymentFilterSkew": ("stays", "multiplied", "stays"),  # messages a second
    "PaymentFilterUnreadable": ("stays",),
    "PaymentFilterSlotTwice": ("stays",),
}

_UNITS: Final = {
    "ms": 1,
    "s": 1_000,
    "m": 60_000,
    "h": 3_600_000,
    "d": 86_400_000,
    "w": 604_800_000,
    "y": 31_536_000_000,
}
_DURATION = r"(?:\d+(?:ms|[smhdwy]))+"
_PARTS = re.compile(r"(\d+)(ms|[smhdwy])")
_WINDOW = re.compile(rf"\[{_DURATION}(?::(?:{_DURATION})?)?\]|\boffset\s+-?{_DURATION}")
_COMPARED = re.compile(
    r"(?P<before>(?:==|!=|<=?|>=?)\s*(?:(?:bool|on|ignoring|group_left|group_right)\b\s*(?:\([^)]*\))?\s*)*)"
    r"(?P<number>\d[\d.]*)"
)
_LOOK: Final = "say in THRESHOLDS (streams/edge/demo/speed.py) what becomes of it when time runs faster"
_OF_ROUTES: Final = frozenset({"group_wait", "group_interval", "repeat_interval", "resolve_timeout"})
_OF_SCRAPES: Final = frozenset({"scrape_interval", "scrape_timeout", "evaluation_interval"})
_OF_RULES: Final = frozenset({"for", "keep_firing_for", "interval", "query_offset"})


def faster(duration: str, speed: int) -> str:
    """A duration as Prometheus writes it (1h30m), divided; to the millisecond. Raises ValueError for anything else."""
    if not re.fullmatch(_DURATION, duration):
        raise ValueError(f"{duration!r} is no duration of Prometheus")
    milliseconds = round(sum(int(number) * _UNITS[unit] for number, unit in _PARTS.findall(duration)) / speed)
    return f"{milliseconds // 1_000}s" if milliseconds % 1_000 == 0 else f"{milliseconds}ms"


def faster_rules(text: str, speed: int) -> str:
    """A file of rules for a clock that runs `speed` times as fast. Raises ValueError for a threshold not looked at."""
    file = _divided(yaml.safe_load(text), _OF_RULES, speed)
    for rule in (rule for group in file["groups"] for rule in group["rules"]):
        named = str(rule.get("alert", rule.get("record")))
        rule["expr"] = _faster_expression(named, str(rule["expr"]), speed)
    return yaml.safe_dump(file, sort_keys=False, width=1_000)


def faster_routes(text: str, speed: int, webhooks: str) -> str:
    """Alertmanager's file: its waits divided, its webhooks at this address; their paths stay, and say who is told."""
    file = _divided(yaml.safe_load(text), _OF_ROUTES, speed)
    for hook in (hook for receiver in file["receivers"] for hook in receiver.get("webhook_configs", [])):
        hook["url"] = webhooks + urlsplit(hook["url"]).path
    return yaml.safe_dump(file, sort_keys=False)


def faster_scrapes(text: str, speed: int, alertmanager: str) -> str:
    """Prometheus' file: its intervals divided, alerts to this host:port; workers are found in targets/ alone."""
    file = _divided(yaml.safe_load(text), _OF_SCRAPES, speed)
    for job in file["scrape_configs"]:
        job.pop("dns_sd_configs", None)  # the services of compose
    file["alerting"]["alertmanagers"] = [{"static_configs": [{"targets": [alertmanager]}]}]
    return yaml.safe_dump(file, sort_keys=False)


def _divided(node: Any, keys: frozenset[str], speed: int) -> Any:
    """The same structure, with the durations under these keys divided."""
    if isinstance(node, dict):
        return {
            key: faster(value, speed) if key in keys and isinstance(value, str) else _divided(value, keys, speed)
            for key, value in node.items()
        }
    return [_divided(one, keys, speed) for one in node] if isinstance(node, list) else node


def _faster_expression(named: str, expression: str, speed: int) -> str:
    known = iter(THRESHOLDS.get(named, ()))

    def window(found: re.Match[str]) -> str:
        return re.sub(_DURATION, lambda duration: faster(duration[0], speed), found[0])

    def threshold(found: re.Match[str]) -> str:
        number = float(found["number"])
        meaning = next(known, None) if number else "stays"
        if meaning is None:
            raise ValueError(f"the rule {named} compares with {found['number']}: {_LOOK}")
        value = {"stays": number, "divided": number / speed, "multiplied": number * speed}[meaning]
        return f"{found['before']}{value:.12g}"

    quick = _COMPARED.sub(threshold, _WINDOW.sub(window, expression))
    if rest := len(list(known)):
        raise ValueError(f"the rule {named} compares with {rest} numbers fewer than are known: {_LOOK}")
    return quick
