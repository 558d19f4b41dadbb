"""What a worker decides with: lists and policy, loaded, watched for age and for new versions, swapped in one step.

A thread of its own looks after them, so that a large edition is prepared beside the payments. Whatever is missing,
empty, stale or refused makes the worker not ready: it then takes no payment at all.
"""

from __future__ import annotations

import gc
import heapq
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import structlog

from lists.edge.editions import load
from lists.edge.freshness import freshness
from lists.entry import ListRefused
from lists.index import Background, Index
from schemas.context_header import context_of
from streams.edge.policy_file import load_policy, named_files
from streams.fitting import too_large, without_detail
from streams.metrics import Metric
from streams.pipeline import filter_batch
from streams.policy import Policy, PolicyRefused
from streams.publish import alert_kind, outputs

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date
    from pathlib import Path

    from lists.edge.editions import LoadedEdition
    from schemas.decision import Decisions
    from streams.config import Settings
    from streams.metrics import Metrics
    from streams.publish import Inbound, Outgoing

LOADING = "the lists and the policy are being loaded"
UNWATCHED = "lists and policy are no longer looked after: start the worker again"
WARM_WORDS = 20_000  # the most frequent words of ordinary names: what an index has met once, it answers far faster
COLLECT_EVERY = (20_000, 20, 50)  # a batch allocates much and leaves no cycles: look for garbage rarely

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Basis:
    """What decides: replaced as a whole, so that no batch ever sees a new policy with an old index."""

    index: Index
    policy: Policy


@dataclass(slots=True)
class Tally:
    """What one batch adds to the counters once it is committed."""

    counts: Counter[tuple[Metric, tuple[str, ...]]] = field(default_factory=Counter)

    def add(self, decisions: Decisions) -> None:
        """Count one message."""
        self.counts["payment_filter_messages_total", (decisions.outcome.label, decisions.format)] += 1
        findings = [finding for decision in decisions.decisions for finding in decision.findings]
        for reason in {finding.reason for finding in findings}:
            self.counts["payment_filter_reasons_total", (reason.value,)] += 1
        for match in (finding.match for finding in findings if finding.match is not None):
            self.counts["payment_filter_list_findings_total", (match.list, match.method)] += 1
        kind = alert_kind(decisions)
        if kind is not None:
            self.counts["payment_filter_alerts_total", (kind,)] += 1


class FilterEngine:
    """Decides batches with the edition and policy in use. `now` is the clock: UTC, aware."""

    def __init__(
        self, settings: Settings, metrics: Metrics, now: Callable[[], datetime] = lambda: datetime.now(UTC)
    ) -> None:
        assert settings.lists is not None
        assert settings.policy is not None
        self._lists_path: Path = settings.lists
        self._policy_path: Path = settings.policy
        self._poll_seconds = settings.lists_poll_seconds
        self._metrics = metrics
        self._now = now
        self._basis: Basis | None = None
        self._problems = [LOADING]
        self._policy: Policy | None = None
        self._policy_seen: tuple[object, date] | None = None
        self._edition: LoadedEdition | None = None
        self._index: Index | None = None
        self._lists_seen: object = None
        self._lists_refused: list[str] = []
        self._tally = Tally()
        self._closing = threading.Event()
        self._thread = threading.Thread(target=self._look_after, name="lists", daemon=True)
        self._thread.start()

    def ready(self) -> bool:
        """Whether payments may be decided now."""
        return not self._problems

    def problems(self) -> list[str]:
        """Why not, one sentence each."""
        return list(self._problems)

    def close(self) -> None:
        """Stop looking after lists and policy."""
        self._closing.set()

    def decide(self, batch: Sequence[Inbound]) -> list[list[Outgoing]]:
        """Decide a batch and say what to publish; only called while ready."""
        basis = self._basis
        assert basis is not None
        stages = _Stages(self._metrics)
        questions = [(record.value, context_of(_said(record), _received(record))) for record in batch]
        decided = filter_batch(questions, basis.index, basis.policy, stages.mark)
        tally = Tally()
        answers = [_answer(record, decisions, tally) for record, decisions in zip(batch, decided, strict=True)]
        self._tally = tally
        stages.mark("publish")
        return answers

    def committed(self) -> None:
        """The batch decided last is committed: now it counts."""
        for (name, labels), amount in self._tally.counts.items():
            self._metrics.count(name, *labels, amount=amount)

    def refresh(self) -> None:
        """Load what is new, judge what is in use, and say whether payments may be decided."""
        problems = self._refresh_policy()
        if problems:
            self._problems = problems  # said before the lists are loaded, which may take a while
        problems = problems + self._refresh_lists()
        if self._edition is not None and self._policy is not None:
            problems += freshness(self._edition, self._policy.screening, self._now())
        if self._index is not None and self._policy is not None:
            self._basis = Basis(self._index, self._policy)
        if problems != self._problems:
            (log.warning if problems else log.info)("readiness", ready=not problems, problems=problems)
        self._problems = problems
        self._show()

    def _look_after(self) -> None:
        try:
            while not self._closing.is_set():
                self.refresh()
                self._closing.wait(self._poll_seconds)
        finally:
            if not self._closing.is_set():  # a surprise ended this thread: nobody would see the lists grow stale
                self._problems = [UNWATCHED]

    def _refresh_policy(self) -> list[str]:
        """Read the policy again when it, a file it names or the day changed: it may be approved until a date only."""
        named = () if self._policy is None else named_files(self._policy_path, self._policy)
        files = [_fingerprint(file) for file in (self._policy_path, *named)]
        seen = (files, self._now().date())
        if self._policy is not None and seen == self._policy_seen:
            return []
        try:
            self._policy = load_policy(self._policy_path, seen[1])
        except PolicyRefused as refused:
            self._policy = None
            return [f"policy {self._policy_path}: {problem}" for problem in refused.problems]
        self._policy_seen = seen
        log.info("policy_in_use", id=self._policy.used.id, version=self._policy.used.version)
        return []

    def _refresh_lists(self) -> list[str]:
        """Load a new edition. One that is refused leaves the one in use in place, for as long as that is fresh."""
        seen = _fingerprint(self._lists_path)
        if seen != self._lists_seen:
            self._lists_seen = seen
            try:
                edition = load(self._lists_path, self._now())
                self._index = _ready_index(edition)
            except (ListRefused, OSError) as refused:
                self._lists_refused = str(refused).splitlines()
                log.warning("edition_refused", problems=self._lists_refused)
            else:
                self._edition = edition
                log.info("edition_in_use", edition=edition.edition.id, entries=len(edition.entries))
        return [] if self._edition is not None else self._lists_refused

    def _show(self) -> None:
        self._metrics.set("payment_filter_ready", float(self.ready()))
        if self._edition is None:
            return
        self._metrics.forget("payment_filter_list_entries")
        self._metrics.forget("payment_filter_edition_age_seconds")
        for one in self._edition.lists:
            self._metrics.set("payment_filter_list_entries", one.entries, one.id)
            age = (self._now() - one.imported_at).total_seconds()
            self._metrics.set("payment_filter_edition_age_seconds", age, one.id)


def _ready_index(edition: LoadedEdition) -> Index:
    """An index that has met ordinary words, its memory put out of the garbage collector's sight.

    The collector would otherwise walk hundreds of megabytes that never change, again and again, within a batch.
    """
    index = Index.build(edition.entries, edition.edition)
    counts = Background.shipped().counts
    index.search(heapq.nlargest(WARM_WORDS, counts, key=lambda word: (counts[word], word)), floor=1.0)
    gc.unfreeze()  # what an edition before this one left behind
    gc.collect()
    gc.freeze()
    gc.set_threshold(*COLLECT_EVERY)
    return index


class _Stages:
    """Measures the stages of one batch: each lasts from the mark before to its own."""

    def __init__(self, metrics: Metrics) -> None:
        self._metrics = metrics
        self._from = time.perf_counter()

    def mark(self, stage: str) -> None:
        now = time.perf_counter()
        self._metrics.observe("payment_filter_stage_seconds", now - self._from, stage)
        self._from = now


def _answer(record: Inbound, decisions: Decisions, tally: Tally) -> list[Outgoing]:
    leaving = outputs(record, decisions)
    if too_large(leaving):
        decisions = without_detail(decisions)
        leaving = outputs(record, decisions)
    tally.add(decisions)
    return leaving


def _said(record: Inbound) -> list[tuple[str, bytes]]:
    """What the hub says in headers; Kafka allows a header without a value, which says nothing."""
    return [(name, value) for name, value in record.headers if value is not None]


def _received(record: Inbound) -> datetime:
    return datetime.fromtimestamp(record.timestamp_ms / 1000, UTC)


def _fingerprint(path: Path) -> object:
    """Changes whenever the file, or anything in the folder, is written. Of a store only what names the edition."""
    current = path / "current.json"
    files = [current] if current.is_file() else sorted(path.rglob("*")) if path.is_dir() else [path]
    found = []
    for file in files:
        try:
            state = file.stat()
        except OSError:
            continue
        found.append((str(file), state.st_mtime_ns, state.st_size, state.st_ino))
    return tuple(found)
