"""Every metric of the filter, declared once. Labels never hold a name, an account or free text.

`Metric` is the catalogue; `DECLARATIONS` gives each its kind, labels and the sentence /metrics shows.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

Metric = Literal[
    # Counter: messages whose outcome is committed. The sum over outcomes is "messages in".
    "payment_filter_messages_total",
    # Counter: payments whose outcome is committed, by rail. The volume that watchdogs measure by.
    "payment_filter_payments_total",
    # Counter: reasons given, each once per message. A sudden rise of one reason is a feed or a rule gone wrong.
    "payment_filter_reasons_total",
    # Counter: listed findings by list and method. A list that never finds anything may not be loaded.
    "payment_filter_list_findings_total",
    # Counter: payments in which a list was found, by list and rail; from 0 on once the rail carries payments.
    # None for hours while volume flows means that screening has gone blind there.
    "payment_filter_list_alerts_total",
    # Histogram: score of each listed finding, 0 to 1, by list. A heap just above the threshold is work for nothing.
    "payment_filter_list_score_ratio",
    # Counter: payments that lack information, by the prior institution's country and by reason: whom to ask.
    "payment_filter_information_defects_total",
    # Counter: the same by message format: a format that suddenly fails is a decoder or a hub gone wrong.
    "payment_filter_format_defects_total",
    # Counter: alerts published, by kind: the work waiting for people.
    "payment_filter_alerts_total",
    # Counter: batches given up and read again, by cause (rebalance, aborted, not_ready, slow). Harmless, but not often.
    "payment_filter_batches_dropped_total",
    # Histogram: from read off the topic until outcome, decision and offsets are committed. The promise to the hub.
    "payment_filter_time_in_filter_seconds",
    # Histogram: one batch, read to commit.
    "payment_filter_batch_seconds",
    # Histogram: messages in one batch. Near the limit all the time means the worker is at its limit.
    "payment_filter_batch_messages",
    # Histogram: one stage of a batch: decode, screen, decide, publish, commit.
    "payment_filter_stage_seconds",
    # Gauge: messages not yet taken, by partition. Rising means too few workers.
    "payment_filter_consumer_lag_messages",
    # Gauge: 1 when the worker takes payments, 0 when it does not; /readyz says why.
    "payment_filter_ready",
    # Gauge: seconds since each list of the edition in use was fetched.
    "payment_filter_edition_age_seconds",
    # Gauge: how old each list may be by the policy, in seconds; older ones that are required stop the worker.
    "payment_filter_list_maximum_age_seconds",
    # Gauge: entries of each list of the edition in use.
    "payment_filter_list_entries",
    # Counter: lists or whole editions refused, by the gate that said no; from 0 on for the lists of the edition.
    # What is in use stays, and grows old.
    "payment_filter_list_refusals_total",
    # Gauge: always 1; its label names the edition in use. Two editions among the workers for long means one is stuck.
    "payment_filter_edition_info",
    # Gauge: always 1; its labels name the policy in force. Two policies among the workers for long are two outcomes.
    "payment_filter_policy_info",
    # Gauge: unix time by which the policy is to be reviewed; a month later it is refused, and no payment is taken.
    "payment_filter_policy_review_timestamp_seconds",
    # Gauge: seconds from the announcement of the edition in use to its use here (0 for lists that were not announced).
    "payment_filter_edition_switch_seconds",
    # Gauge: editions held in memory: 2 while one takes the other's place, else 1.
    "payment_filter_editions_in_memory",
    # Gauge: bytes of the index in use that all workers of this machine share.
    "payment_filter_index_shared_bytes",
    # Gauge: 1 for the screening core in use: "compiled", or "python", the same answers at half the speed
    # ("python: stale build": it was compiled from other sources than these; python hatch_build.py).
    "payment_filter_screening_core",
    # Gauge: unix time of the last turn of the hot path; standing still means it hangs.
    "payment_filter_last_turn_timestamp_seconds",
    # Gauge: always 1; its label is the stable name of this worker. Two of one slot fence each other.
    "payment_filter_worker_info",
    # Gauge: always 1; its labels name the version that runs, and Python's.
    "payment_filter_build_info",
]

Kind = Literal["counter", "gauge", "histogram"]

_SECONDS = (0.001, 0.002, 0.005, 0.01, 0.02, 0.03, 0.05, 0.075, 0.1, 0.15, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 60.0)
_SCORES = (0.6, 0.65, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95, 1.0)
_MESSAGES = (1.0, 2.0, 4.0, 8.0, 16.0, 32.0, 64.0, 128.0, 256.0, 512.0, 1024.0)


@dataclass(frozen=True, slots=True)
class Declaration:
    """What a metric is. `buckets` are upper bounds, for histograms only."""

    kind: Kind
    sentence: str
    labels: tuple[str, ...] = ()
    buckets: tuple[float, ...] = _SECONDS


DECLARATIONS: dict[Metric, Declaration] = {
    "payment_filter_messages_total": Declaration(
        "counter", "Messages whose outcome is committed.", ("outcome", "format")
    ),
    "payment_filter_payments_total": Declaration(
        "counter", "Payments whose outcome is committed.", ("outcome", "rail")
    ),
    "payment_filter_reasons_total": Declaration("counter", "Reasons given, each once per message.", ("reason",)),
    "payment_filter_list_findings_total": Declaration("counter", "Listed findings.", ("list", "method")),
    "payment_filter_list_alerts_total": Declaration(
        "counter", "Payments in which an entry of the list was found.", ("list", "rail")
    ),
    "payment_filter_list_score_ratio": Declaration("histogram", "Score of each listed finding.", ("list",), _SCORES),
    "payment_filter_information_defects_total": Declaration(
        "counter", "Payments that lack information, by the prior institution's country.", ("country", "reason")
    ),
    "payment_filter_format_defects_total": Declaration(
        "counter", "Payments that lack information, by format.", ("format", "reason")
    ),
    "payment_filter_alerts_total": Declaration("counter", "Alerts published.", ("kind",)),
    "payment_filter_batches_dropped_total": Declaration(
        "counter", "Batches given up before commit and read again.", ("cause",)
    ),
    "payment_filter_time_in_filter_seconds": Declaration("histogram", "From read to committed, per message."),
    "payment_filter_batch_seconds": Declaration("histogram", "From read to committed, per batch."),
    "payment_filter_batch_messages": Declaration("histogram", "Messages in one batch.", (), _MESSAGES),
    "payment_filter_stage_seconds": Declaration("histogram", "One stage of one batch.", ("stage",)),
    "payment_filter_consumer_lag_messages": Declaration("gauge", "Messages not yet taken.", ("partition",)),
    "payment_filter_ready": Declaration("gauge", "1 when the worker takes payments."),
    "payment_filter_edition_age_seconds": Declaration("gauge", "Seconds since the list was fetched.", ("list",)),
    "payment_filter_list_maximum_age_seconds": Declaration("gauge", "How old the list may be.", ("list",)),
    "payment_filter_list_entries": Declaration("gauge", "Entries of the list.", ("list",)),
    "payment_filter_list_refusals_total": Declaration("counter", "Refused lists and editions.", ("list", "gate")),
    "payment_filter_edition_info": Declaration("gauge", "The edition in use.", ("edition",)),
    "payment_filter_policy_info": Declaration("gauge", "The policy in force.", ("policy", "version", "sha256")),
    "payment_filter_policy_review_timestamp_seconds": Declaration("gauge", "Unix time the policy's review is due."),
    "payment_filter_edition_switch_seconds": Declaration("gauge", "Seconds from announcement to use."),
    "payment_filter_editions_in_memory": Declaration("gauge", "Editions held in memory."),
    "payment_filter_index_shared_bytes": Declaration("gauge", "Bytes of the index shared by this machine's workers."),
    "payment_filter_screening_core": Declaration("gauge", "1 for the screening core in use.", ("core",)),
    "payment_filter_last_turn_timestamp_seconds": Declaration("gauge", "Unix time of the hot path's last turn."),
    "payment_filter_worker_info": Declaration("gauge", "The worker's stable name.", ("slot",)),
    "payment_filter_build_info": Declaration("gauge", "What runs.", ("version", "python")),
}


class Metrics:
    """The metrics of one process, in a registry of their own (so that tests and two apps do not mix)."""

    def __init__(self, registry: CollectorRegistry | None = None) -> None:
        self.registry = registry or CollectorRegistry()
        self._counters: dict[Metric, Counter] = {}
        self._gauges: dict[Metric, Gauge] = {}
        self._histograms: dict[Metric, Histogram] = {}
        for name, declared in DECLARATIONS.items():
            self._declare(name, declared)

    def _declare(self, name: Metric, declared: Declaration) -> None:
        if declared.kind == "counter":
            self._counters[name] = Counter(name, declared.sentence, declared.labels, registry=self.registry)
        elif declared.kind == "gauge":
            self._gauges[name] = Gauge(name, declared.sentence, declared.labels, registry=self.registry)
        else:
            self._histograms[name] = Histogram(
                name, declared.sentence, declared.labels, registry=self.registry, buckets=declared.buckets
            )

    def count(self, name: Metric, *labels: str, amount: float = 1) -> None:
        """Add to a counter."""
        counter = self._counters[name]
        (counter.labels(*labels) if labels else counter).inc(amount)

    def set(self, name: Metric, value: float, *labels: str) -> None:
        """Set a gauge."""
        gauge = self._gauges[name]
        (gauge.labels(*labels) if labels else gauge).set(value)

    def replace(self, name: Metric, values: Mapping[tuple[str, ...], float]) -> None:
        """Set a gauge for exactly these label values; no scrape in between sees one missing that stays."""
        gone = self.values(name).keys() - values.keys()
        for labels, value in values.items():
            self.set(name, value, *labels)
        for labels in gone:
            self._gauges[name].remove(*labels)

    def observe(self, name: Metric, value: float, *labels: str, times: int = 1) -> None:
        """Add the same value to a histogram, once or several times."""
        histogram = self._histograms[name]
        child = histogram.labels(*labels) if labels else histogram
        for _ in range(times):
            child.observe(value)

    def values(self, name: Metric) -> dict[tuple[str, ...], float]:
        """What a counter or gauge stands at now, by its label values in the order they are declared."""
        declared = DECLARATIONS[name]
        metric = (self._counters if declared.kind == "counter" else self._gauges)[name]
        return {
            tuple(sample.labels[label] for label in declared.labels): sample.value
            for family in metric.collect()
            for sample in family.samples
            if sample.name == name
        }

    def quantile(self, name: Metric, quantile: float) -> float | None:
        """A quantile of a histogram without labels, as Prometheus gives it; None where nothing was observed."""
        samples = [sample for family in self._histograms[name].collect() for sample in family.samples]
        buckets = sorted((float(one.labels["le"]), one.value) for one in samples if one.name == f"{name}_bucket")
        return quantile_of(buckets, quantile) if buckets[-1][1] else None

    def forget(self, name: Metric) -> None:
        """Drop all label values of a gauge: partitions or lists that are no longer ours."""
        self._gauges[name].clear()


def quantile_of(buckets: Sequence[tuple[float, float]], quantile: float) -> float:
    """A quantile from upper bounds and cumulative counts, linear inside a bucket as in Prometheus; 0 for none.

    The buckets are in order and end with the infinite bound.
    """
    wanted = quantile * buckets[-1][1] if buckets else 0.0
    below_bound, below_count = 0.0, 0.0
    for bound, count in buckets:
        if count >= wanted and count > 0:
            share = (wanted - below_count) / (count - below_count) if count > below_count else 1.0
            return below_bound if bound == float("inf") else below_bound + share * (bound - below_bound)
        below_bound, below_count = bound, count
    return 0.0
