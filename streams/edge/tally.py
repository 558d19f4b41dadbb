"""What a decided batch adds to the metrics once it is committed: words of closed lists only, nothing of a payment."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from schemas.finding import Family
from schemas.payment import Rail
from streams.metrics import Metric
from streams.publish import alert_kind

if TYPE_CHECKING:
    from collections.abc import Iterable

    from schemas.decision import Decision, Decisions
    from streams.metrics import Metrics

UNKNOWN = "unknown"


@dataclass(slots=True)
class Tally:
    """Counts one batch. `messages` is how many it holds."""

    counts: Counter[tuple[Metric, tuple[str, ...]]] = field(default_factory=Counter)
    scores: list[tuple[str, float]] = field(default_factory=list)
    rails: set[str] = field(default_factory=set)
    messages: int = 0

    def add(self, decisions: Decisions) -> None:
        """Count one message."""
        self.messages += 1
        self.counts["payment_filter_messages_total", (decisions.outcome.label, decisions.format)] += 1
        findings = [finding for decision in decisions.decisions for finding in decision.findings]
        for reason in {finding.reason for finding in findings}:
            self.counts["payment_filter_reasons_total", (reason.value,)] += 1
        for match in (finding.match for finding in findings if finding.match is not None):
            self.counts["payment_filter_list_findings_total", (match.list, match.method)] += 1
            self.scores.append((match.list, match.score))
        kind = alert_kind(decisions)
        if kind is not None:
            self.counts["payment_filter_alerts_total", (kind,)] += 1
        for decision in decisions.decisions:
            self._add_payment(decision, decisions.format)

    def _add_payment(self, decision: Decision, format_: str) -> None:
        frame = decision.assessment
        rail = (frame.rail if frame is not None else Rail.UNKNOWN).value
        self.rails.add(rail)
        self.counts["payment_filter_payments_total", (decision.outcome.label, rail)] += 1
        if not decision.findings:
            return
        for name in {finding.match.list for finding in decision.findings if finding.match is not None}:
            self.counts["payment_filter_list_alerts_total", (name, rail)] += 1
        country = (frame.prior_country if frame is not None else None) or UNKNOWN
        for reason in {one.reason.value for one in decision.findings if one.facts.family is Family.DEFECT}:
            self.counts["payment_filter_information_defects_total", (country, reason)] += 1
            self.counts["payment_filter_format_defects_total", (format_, reason)] += 1

    def count(self, metrics: Metrics, lists: Iterable[str]) -> None:
        """Add it all up. Every list in use is counted from 0 on each rail: silence must be seen to be silence."""
        for name in lists:
            for rail in self.rails:
                metrics.count("payment_filter_list_alerts_total", name, rail, amount=0)
        for (metric, labels), amount in self.counts.items():
            metrics.count(metric, *labels, amount=amount)
        for name, score in self.scores:
            metrics.observe("payment_filter_list_score_ratio", score, name)
