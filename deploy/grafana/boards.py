"""What each dashboard shows, as data: generate.py makes Grafana's JSON of it. One more panel is one more line here.

A dashboard of cases and deadlines has its place at the end of `BOARDS`; the links between the dashboards follow a tag,
so it joins them by itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal["stat", "timeseries", "bargauge", "names"]

RATE = "[$__rate_interval]"
OF_JOB = '{job="$job"}'


@dataclass(frozen=True, slots=True)
class Query:
    """One PromQL expression and what its series are called. `bands` are the buckets of a histogram."""

    expr: str
    legend: str = ""
    bands: bool = False


@dataclass(frozen=True, slots=True)
class Panel:
    """One panel. `width` of 24; `names` shows labels instead of numbers."""

    kind: Kind
    title: str
    description: str
    unit: str
    queries: tuple[Query, ...]
    width: int = 12


@dataclass(frozen=True, slots=True)
class Board:
    """One dashboard."""

    uid: str
    title: str
    description: str
    panels: tuple[Panel, ...]


def _rate(counter: str, by: str = "", more: str = "") -> str:
    """Per second, summed, by some labels."""
    grouped = f" by ({by}) " if by else ""
    return f'sum{grouped}(rate({counter}{{job="$job"{more}}}{RATE}))'


def _quantile(quantile: float, histogram: str) -> str:
    return f"histogram_quantile({quantile}, {_rate(histogram + '_bucket', 'le')})"


def _lines(title: str, description: str, unit: str, *queries: tuple[str, str], width: int = 12) -> Panel:
    return Panel("timeseries", title, description, unit, tuple(Query(*query) for query in queries), width)


def _stat(title: str, description: str, unit: str, expr: str) -> Panel:
    return Panel("stat", title, description, unit, (Query(expr),), 4)


def _bars(title: str, description: str, expr: str, legend: str, *, bands: bool = False) -> Panel:
    return Panel("bargauge", title, description, "short", (Query(expr, legend, bands),), 12)


def _names(title: str, description: str, expr: str, legend: str) -> Panel:
    return Panel("names", title, description, "none", (Query(expr, legend),), 8)


_MESSAGES = _rate("payment_filter_messages_total")
_TIME = "payment_filter_time_in_filter_seconds"
_AGE = (
    f"payment_filter_edition_age_seconds{OF_JOB}"
    f" / on (job, instance, list) payment_filter_list_maximum_age_seconds{OF_JOB}"
)
_IN_TIME = _rate(f"{_TIME}_bucket", more=',le="0.5"') + " / " + _rate(f"{_TIME}_count")
_LISTED = _rate("payment_filter_alerts_total", more=',kind="sanctions"')
_STAGE = "payment_filter_stage_seconds"
_DEFECTS = "payment_filter_information_defects_total"

NOW = Board(
    "payment-filter-now",
    "Payment filter: Now",
    "Is money flowing, and is anything stuck?",
    (
        _stat("Workers that take payments", "At 0 every payment waits.", "short", f"sum(payment_filter_ready{OF_JOB})"),
        _stat("Messages a second", "With their outcome committed.", "mps", _MESSAGES),
        _stat(
            "Messages waiting", "In Kafka, not yet read.", "short", f"sum(payment_filter_consumer_lag_messages{OF_JOB})"
        ),
        _stat("99 % are through within", "From read to committed.", "s", _quantile(0.99, _TIME)),
        _stat("Through within half a second", "Promised: 99.9 %, over thirty days.", "percentunit", _IN_TIME),
        _stat(
            "Oldest list", "Share of the age its policy allows; at 100 % workers stop.", "percentunit", f"max({_AGE})"
        ),
        _lines(
            "Outcomes",
            "Messages a second by outcome.",
            "mps",
            (_rate("payment_filter_messages_total", "outcome"), "{{outcome}}"),
        ),
        _lines(
            "Time in the filter",
            "From read off the topic until outcome, decision and offsets are committed.",
            "s",
            *((_quantile(quantile, _TIME), f"{quantile:.0%}") for quantile in (0.5, 0.95, 0.99)),
        ),
        _lines(
            "Messages waiting, over time",
            "Rising for minutes means that more comes in than the workers can do.",
            "short",
            (f"sum(payment_filter_consumer_lag_messages{OF_JOB})", "waiting"),
        ),
        _lines(
            "Payments by rail",
            "A rail that falls to nothing while others flow is a feed gone quiet.",
            "cps",
            (_rate("payment_filter_payments_total", "rail"), "{{rail}}"),
        ),
        _lines(
            "Work for people",
            "Alerts a second by kind.",
            "cps",
            (_rate("payment_filter_alerts_total", "kind"), "{{kind}}"),
        ),
        _lines(
            "Workers",
            "1: takes payments. 0: does not, and its page says why.",
            "short",
            (f"payment_filter_ready{OF_JOB}", "{{instance}}"),
        ),
    ),
)

SCREENING = Board(
    "payment-filter-screening",
    "Payment filter: Screening",
    "What the lists find, with which certainty, in which edition.",
    (
        _lines(
            "Payments with a finding, by list",
            "A list that finds nobody for hours while payments flow may not be screened.",
            "cps",
            (_rate("payment_filter_list_alerts_total", "list"), "{{list}}"),
        ),
        _lines(
            "Payments with a finding, by rail",
            "The same by rail.",
            "cps",
            (_rate("payment_filter_list_alerts_total", "rail"), "{{rail}}"),
        ),
        _bars(
            "Findings by score",
            "Upper bound of each band. A heap just above the threshold is work for nothing.",
            f"sum by (le) (increase(payment_filter_list_score_ratio_bucket{OF_JOB}[$__range]))",
            "{{le}}",
            bands=True,
        ),
        _lines(
            "Findings by method",
            "How they were found: name, text, identifier, institution, place, exact.",
            "cps",
            (_rate("payment_filter_list_findings_total", "method"), "{{method}}"),
        ),
        _lines(
            "Share of messages with an alert about a listed party",
            "The alert rate that people live with; about 0.5 % of names at the shipped threshold.",
            "percentunit",
            (f"{_LISTED} / {_MESSAGES}", "share"),
        ),
        _lines(
            "Age of the lists",
            "Share of what the policy allows, since each was verified; at 100 % a required list stops the workers.",
            "percentunit",
            (f"max by (list) ({_AGE})", "{{list}}"),
        ),
        _bars(
            "Entries in use",
            "A list that shrank is a list cut short.",
            f"max by (list) (payment_filter_list_entries{OF_JOB})",
            "{{list}}",
        ),
        _lines(
            "Lists refused",
            "By list and the gate that said no; the edition in use stays.",
            "short",
            (
                f"sum by (list, gate) (increase(payment_filter_list_refusals_total{OF_JOB}{RATE}))",
                "{{list}}: {{gate}}",
            ),
        ),
        _names(
            "Edition in use",
            "More than one for long means that a worker is stuck on an old one.",
            f"count by (edition) (payment_filter_edition_info{OF_JOB})",
            "{{edition}}",
        ),
    ),
)

INFORMATION = Board(
    "payment-filter-information",
    "Payment filter: Information quality",
    "Who sends payments that do not say enough about payer and payee (Regulation (EU) 2023/1113).",
    (
        _lines(
            "Missing information, by reason",
            "Payments a second; a payment that lacks two things counts under both reasons.",
            "cps",
            (_rate(_DEFECTS, "reason"), "{{reason}}"),
        ),
        _bars(
            "By country of the prior institution",
            "Whom to talk to first: the fifteen countries with the most, over the time shown.",
            f"topk(15, sum by (country) (increase({_DEFECTS}{OF_JOB}[$__range])))",
            "{{country}}",
        ),
        _lines(
            "By format",
            "A format that suddenly fails is a mapping gone wrong at the hub.",
            "cps",
            (_rate("payment_filter_format_defects_total", "format"), "{{format}}"),
        ),
        _lines(
            "Reasons per payment",
            "How much is missing from the mean payment.",
            "percentunit",
            (f"{_rate(_DEFECTS)} / {_rate('payment_filter_payments_total')}", "reasons per payment"),
        ),
        _lines(
            "All reasons",
            "Every reason given, each once per message.",
            "cps",
            (_rate("payment_filter_reasons_total", "reason"), "{{reason}}"),
        ),
        _lines(
            "Formats",
            "Messages a second by format; `unreadable` are those the filter cannot read.",
            "mps",
            (_rate("payment_filter_messages_total", "format"), "{{format}}"),
        ),
    ),
)

ENGINE_ROOM = Board(
    "payment-filter-engine-room",
    "Payment filter: Engine room",
    "Where the time goes, worker by worker.",
    (
        _lines(
            "Messages by worker",
            "A ready worker far below the others has too few partitions, or keys fall unevenly.",
            "mps",
            (_rate("payment_filter_messages_total", "instance"), "{{instance}}"),
        ),
        _lines(
            "Time by stage",
            "Mean of one batch. commit is Kafka; screen is the lists.",
            "s",
            (f"{_rate(f'{_STAGE}_sum', 'stage')} / {_rate(f'{_STAGE}_count', 'stage')}", "{{stage}}"),
        ),
        _lines(
            "Messages in a batch",
            "Near the limit (256) all the time means that the worker is at its limit.",
            "short",
            (_quantile(0.5, "payment_filter_batch_messages"), "half"),
            (_quantile(0.99, "payment_filter_batch_messages"), "99 %"),
        ),
        _lines(
            "Time of a batch",
            "From read to committed.",
            "s",
            (_quantile(0.5, "payment_filter_batch_seconds"), "half"),
            (_quantile(0.99, "payment_filter_batch_seconds"), "99 %"),
        ),
        _lines(
            "Batches given up and read again",
            "By cause. Harmless, but not often: each is decided twice.",
            "cps",
            (_rate("payment_filter_batches_dropped_total", "cause"), "{{cause}}"),
        ),
        _lines(
            "Messages waiting, by partition",
            "One partition that stands while others move is a message that is slow every time.",
            "short",
            (f"sum by (partition) (payment_filter_consumer_lag_messages{OF_JOB})", "{{partition}}"),
        ),
        _lines(
            "Since the hot path's last turn",
            "Above a minute the worker hangs.",
            "s",
            (f"time() - payment_filter_last_turn_timestamp_seconds{OF_JOB}", "{{instance}}"),
        ),
        _lines(
            "Processor",
            "Cores in use by each worker; one worker is about one core.",
            "short",
            (_rate("process_cpu_seconds_total", "instance"), "{{instance}}"),
        ),
        _lines(
            "Memory",
            "Resident; it grows while a new edition is prepared beside the one in use. Shared: once for all workers.",
            "bytes",
            (f"process_resident_memory_bytes{OF_JOB}", "{{instance}}"),
            (f"payment_filter_index_shared_bytes{OF_JOB}", "{{instance}}, shared index"),
        ),
        _lines(
            "Editions in memory",
            "Two while one takes the other's place; two for long means that a batch does not end.",
            "short",
            (f"payment_filter_editions_in_memory{OF_JOB}", "{{instance}}"),
        ),
        _lines(
            "Announcement to use of an edition",
            "All workers are to be on one edition within a minute; 0 for lists that were not announced through Kafka.",
            "s",
            (f"payment_filter_edition_switch_seconds{OF_JOB}", "{{instance}}"),
        ),
        _lines(
            "Days until the policy's review",
            "Thirty days after it the policy is refused and workers stop.",
            "d",
            (f"(min(payment_filter_policy_review_timestamp_seconds{OF_JOB}) - time()) / 86400", "days"),
        ),
        _names(
            "Version",
            "What runs.",
            f"count by (version, python) (payment_filter_build_info{OF_JOB})",
            "{{version}} on Python {{python}}",
        ),
        _names(
            "Policy in force",
            "More than one for long means that the same payment may get two outcomes.",
            f"count by (policy, version) (payment_filter_policy_info{OF_JOB})",
            "{{policy}} {{version}}",
        ),
        _names(
            "Slots",
            "The stable name of each worker.",
            f"count by (slot) (payment_filter_worker_info{OF_JOB})",
            "{{slot}}",
        ),
        _names(
            "Screening core",
            "Compiled, or plain Python: the same answers at half the speed.",
            f"count by (core) (payment_filter_screening_core{OF_JOB})",
            "{{core}}",
        ),
    ),
)

BOARDS = (NOW, SCREENING, INFORMATION, ENGINE_ROOM)
