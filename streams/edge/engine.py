"""What a worker decides with: lists and policy, loaded, watched for age and for new versions, swapped in one step.

A thread of its own looks after them, so that a large edition is prepared beside the payments. Whatever is missing,
empty, stale or refused makes the worker not ready: it then takes no payment at all.
"""

from __future__ import annotations

import gc
import heapq
import threading
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING

import structlog

from lists.edge.editions import load
from lists.edge.freshness import freshness
from lists.entry import ListRefused
from lists.index import Background, Index
from schemas.context_header import context_of
from streams.edge.errors import WorkerRefused
from streams.edge.policy_file import load_policy, rates_path
from streams.edge.records import Answer
from streams.edge.sealing import SealRefused, load_keys
from streams.edge.state import REFUSALS_KEPT, EngineState, ListInUse, Pace, Refused
from streams.edge.tally import Tally
from streams.fitting import too_large, without_detail
from streams.pipeline import filter_batch
from streams.policy import Policy, PolicyRefused
from streams.publish import outputs

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date
    from pathlib import Path

    from lists.edge.editions import LoadedEdition, LoadedList
    from schemas.decision import Decisions
    from streams.config import Settings
    from streams.edge.sealing import Sealer
    from streams.metrics import Metrics
    from streams.publish import Inbound, Outgoing

LOADING = "the lists and the policy are being loaded"
UNWATCHED = "lists and policy are no longer looked after: start the worker again"
WARM_WORDS = 20_000  # the most frequent words of ordinary names: what an index has met once, it answers far faster
REFUSED_HERE = ("edition", "load")  # the gate of the worker itself; the lists job has its own
COLLECT_EVERY = (20_000, 20, 50)  # a batch allocates much and leaves no cycles: look for garbage rarely

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Basis:
    """What decides: replaced as a whole, so that no batch ever sees a new policy with an old index."""

    index: Index
    policy: Policy


class FilterEngine:
    """Decides batches with the edition and policy in use. `now` is the clock: UTC, aware."""

    def __init__(
        self, settings: Settings, metrics: Metrics, now: Callable[[], datetime] = lambda: datetime.now(UTC)
    ) -> None:
        assert settings.lists is not None
        assert settings.policy is not None
        try:
            self._sealer = None if settings.seal_keys is None else load_keys(settings.seal_keys)
        except SealRefused as refused:
            raise WorkerRefused(str(refused)) from None
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
        self._refused: tuple[Refused, ...] = ()
        self._pace = Pace()
        self._metrics.count("payment_filter_list_refusals_total", *REFUSED_HERE, amount=0)
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

    def decide(self, batch: Sequence[Inbound]) -> Answer:
        """Decide a batch and say what to publish; only called while ready. It counts once it is committed."""
        basis = self._basis
        assert basis is not None
        stages = _Stages(self._metrics)
        questions = [(record.value, context_of(_said(record), _received(record))) for record in batch]
        decided = filter_batch(questions, basis.index, basis.policy, stages.mark)
        tally = Tally()
        leaving = [
            _answer(record, decisions, tally, self._sealer) for record, decisions in zip(batch, decided, strict=True)
        ]
        stages.mark("publish")
        return Answer(leaving, partial(self._count, tally))

    def _count(self, tally: Tally) -> None:
        tally.count(self._metrics, () if self._edition is None else [one.id for one in self._edition.lists])
        self._pace.add(tally.messages)

    def state(self) -> EngineState:
        """What decides at this moment; for any thread."""
        edition, policy = self._edition, self._policy
        return EngineState(
            "" if edition is None else edition.edition.id,
            () if edition is None else tuple(self._in_use(one, policy) for one in edition.lists),
            None if policy is None else policy.used,
            None if policy is None else policy.policy.review_before,
            self._refused,
            self._pace.per_second(),
        )

    def _in_use(self, one: LoadedList, policy: Policy | None) -> ListInUse:
        rule = None if policy is None else policy.screening.lists.get(one.id)
        age = (self._now() - one.imported_at).total_seconds()
        most = None if rule is None else rule.max_age_hours * 3600.0
        return ListInUse(one.id, one.published, one.entries, age, most, rule is not None and rule.required)

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
        """Read the policy again when it, its rates or the day changed: it may be approved until a date only."""
        rates = None if self._policy is None else rates_path(self._policy_path, self._policy)
        files = [_fingerprint(self._policy_path), None if rates is None else _fingerprint(rates)]
        seen = (files, self._now().date())
        if self._policy is not None and seen == self._policy_seen:
            return []
        try:
            self._policy = load_policy(self._policy_path, seen[1])
        except PolicyRefused as refused:
            self._policy = None
            self._note_refused("policy", refused.problems)
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
                self._note_refused("lists", self._lists_refused)
                self._metrics.count("payment_filter_list_refusals_total", *REFUSED_HERE)
                log.warning("edition_refused", problems=self._lists_refused)
            else:
                self._edition = edition
                log.info("edition_in_use", edition=edition.edition.id, entries=len(edition.entries))
        return [] if self._edition is not None else self._lists_refused

    def _note_refused(self, what: str, problems: Sequence[str]) -> None:
        """Keep the last few for the page. A policy is tried again at every look: the same refusal is told once."""
        told = tuple(problems)
        if not self._refused or (self._refused[0].what, self._refused[0].problems) != (what, told):
            self._refused = (Refused(self._now(), what, told), *self._refused)[:REFUSALS_KEPT]

    def _show(self) -> None:
        self._metrics.set("payment_filter_ready", float(self.ready()))
        state, replace = self.state(), self._metrics.replace
        used = state.policy
        replace("payment_filter_edition_info", {(state.edition,): 1} if state.edition else {})
        replace("payment_filter_policy_info", {(used.id, used.version, used.sha256): 1} if used is not None else {})
        if state.review_before is not None:
            due = datetime.combine(state.review_before, datetime.min.time(), UTC).timestamp()
            self._metrics.set("payment_filter_policy_review_timestamp_seconds", due)
        replace("payment_filter_list_entries", {(one.id,): one.entries for one in state.lists})
        replace("payment_filter_edition_age_seconds", {(one.id,): one.age_seconds for one in state.lists})
        limits: dict[tuple[str, ...], float] = {
            (one.id,): one.maximum_age_seconds for one in state.lists if one.maximum_age_seconds is not None
        }
        replace("payment_filter_list_maximum_age_seconds", limits)


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


def _answer(record: Inbound, decisions: Decisions, tally: Tally, sealer: Sealer | None) -> list[Outgoing]:
    leaving = _sealed(outputs(record, decisions), sealer)
    if too_large(leaving):
        decisions = without_detail(decisions)
        leaving = _sealed(outputs(record, decisions), sealer)
    tally.add(decisions)
    return leaving


def _sealed(leaving: list[Outgoing], sealer: Sealer | None) -> list[Outgoing]:
    return leaving if sealer is None else sealer.seal_outputs(leaving)


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
