"""What a worker decides with: lists and policy, loaded, watched for age and for new versions, swapped in one step.

A thread of its own looks after them, so that a large edition is prepared beside the payments. Whatever is missing,
empty, stale or refused makes the worker not ready: it then takes no payment at all.
"""

from __future__ import annotations

import threading
import time
import weakref
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from itertools import product
from typing import TYPE_CHECKING, get_args

import structlog

from lists.compiled import CORE
from lists.edge.freshness import freshness
from lists.edge.gates import Gate
from lists.entry import ListRefused
from lists.index import Index
from schemas.context_header import context_of
from streams.edge import handover
from streams.edge.edition_feed import breathe, feed_of, fingerprint
from streams.edge.errors import WorkerRefused
from streams.edge.policy_file import load_policy, named_files
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

    from lists.edge.loaded import LoadedEdition, LoadedList
    from schemas.decision import Decisions
    from streams.config import Settings
    from streams.edge.edition_feed import Offered
    from streams.edge.sealing import Sealer
    from streams.metrics import Metrics
    from streams.publish import Inbound, Outgoing

LOADING = "the lists and the policy are being loaded"
UNWATCHED = "lists and policy are no longer looked after: start the worker again"
LET_GO_SECONDS, LET_GO_TURNS = 0.01, 500  # a batch takes a fraction of a second; else the next turn tries again
CLOSE_SECONDS = 5.0  # how long the end waits for the thread that looks after the lists
REFUSED_HERE = ("edition", "load")  # the gate of the worker itself; the lists job has its own

log = structlog.get_logger()


@dataclass(frozen=True, slots=True, weakref_slot=True)
class Basis:
    """What decides: replaced as a whole, so that no batch ever sees a new policy with an old index."""

    index: Index
    policy: Policy


class FilterEngine:
    """Decides batches with the edition and policy in use. `now` is the clock: UTC, aware."""

    def __init__(
        self, settings: Settings, metrics: Metrics, now: Callable[[], datetime] = lambda: datetime.now(UTC)
    ) -> None:
        assert settings.policy is not None
        try:
            self._sealer = None if settings.seal_keys is None else load_keys(settings.seal_keys)
        except SealRefused as refused:
            raise WorkerRefused(str(refused)) from None
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
        self._feed = feed_of(settings, now)
        self._lists_refused: list[str] = []
        self._told_refusals: set[tuple[str, str]] = set()
        self._let_go: list[tuple[weakref.ref[Basis], Index]] = []
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
        self._thread.join(CLOSE_SECONDS)

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
            self._put_in_use(Basis(self._index, self._policy))
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
            self._feed.close()

    def _refresh_policy(self) -> list[str]:
        """Read the policy again when it, a file it names or the day changed: it may be approved until a date only."""
        named = () if self._policy is None else named_files(self._policy_path, self._policy)
        files = [fingerprint(file) for file in (self._policy_path, *named)]
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
        """Take a new edition. One that is refused leaves the one in use in place, for as long as that is fresh."""
        if self._let_go:
            return []  # a third edition is not begun while the first is still in memory
        try:
            offered = self._feed.offered(self._edition)
        except (ListRefused, OSError) as refused:
            self._refuse_edition(str(refused).splitlines())
        else:
            if offered is not None and not self._would_stop(offered):
                self._take(offered)
        self._tell_refusals()
        return [] if self._edition is not None else self._lists_refused

    def _would_stop(self, offered: Offered) -> bool:
        """Whether another edition would make a ready worker stop: it is refused, for as long as its own is fresh."""
        if offered.index is None or self._edition is None or self._policy is None:
            return False
        rules, now = self._policy.screening, self._now()
        problems = freshness(offered.edition, rules, now)
        if not problems or freshness(self._edition, rules, now):
            return False
        self._refuse_edition(problems)
        handover.let_go(offered.index, breathe)
        return True

    def _take(self, offered: Offered) -> None:
        self._edition, self._lists_refused = offered.edition, []
        if offered.index is None:
            log.info("edition_verified_again", edition=offered.edition.edition.id)
            return
        unused = None if self._basis is not None and self._basis.index is self._index else self._index
        self._index = offered.index
        if unused is not None:  # it came while there was no policy to use it with
            handover.let_go(unused, breathe)
        self._metrics.set("payment_filter_index_shared_bytes", offered.shared_bytes)
        if offered.announced_at:
            since = self._now() - datetime.fromisoformat(offered.announced_at)
            self._metrics.set("payment_filter_edition_switch_seconds", since.total_seconds())
        log.info("edition_in_use", edition=offered.edition.edition.id, entries=len(offered.edition.entries))

    def _put_in_use(self, basis: Basis) -> None:
        """Switch in one step. The index before is taken apart once the batch that still uses it is decided."""
        before, self._basis = self._basis, basis
        if before is not None and before.index is not basis.index:
            self._let_go.append((weakref.ref(before), before.index))
        del before
        self._metrics.set("payment_filter_editions_in_memory", 1 + len(self._let_go))
        for _ in range(LET_GO_TURNS if self._let_go else 0):
            if self._let_go[0][0]() is None:
                handover.let_go(self._let_go.pop()[1], breathe)
                break
            self._closing.wait(LET_GO_SECONDS)

    def _tell_refusals(self) -> None:
        for one in self._feed.refusals():
            if (one.list, one.at) not in self._told_refusals:
                self._told_refusals.add((one.list, one.at))
                self._metrics.count("payment_filter_list_refusals_total", one.list, one.gate)
                self._note_refused(f"list {one.list}", [one.sentence], datetime.fromisoformat(one.at))
                log.warning("list_refused", list=one.list, gate=one.gate, problem=one.sentence, at=one.at)

    def _refuse_edition(self, problems: list[str]) -> None:
        if problems != self._lists_refused:
            self._metrics.count("payment_filter_list_refusals_total", *REFUSED_HERE)
        self._lists_refused = problems
        self._note_refused("lists", problems)
        log.warning("edition_refused", problems=problems)

    def _note_refused(self, what: str, problems: Sequence[str], at: datetime | None = None) -> None:
        """Keep the last few for the page. A policy is tried again at every look: the same refusal is told once."""
        told = tuple(problems)
        if not self._refused or (self._refused[0].what, self._refused[0].problems) != (what, told):
            self._refused = (Refused(at or self._now(), what, told), *self._refused)[:REFUSALS_KEPT]

    def _show(self) -> None:
        self._metrics.set("payment_filter_ready", float(self.ready()))
        self._metrics.set("payment_filter_screening_core", 1, CORE)
        self._metrics.set("payment_filter_editions_in_memory", float(self._index is not None) + len(self._let_go))
        self._feed.say(self._basis.index.edition.id if self._basis is not None else "", ready=self.ready())
        state, replace = self.state(), self._metrics.replace
        used = state.policy
        replace("payment_filter_edition_info", {(state.edition,): 1} if state.edition else {})
        replace("payment_filter_policy_info", {(used.id, used.version, used.sha256): 1} if used is not None else {})
        if state.review_before is not None:
            due = datetime.combine(state.review_before, datetime.min.time(), UTC).timestamp()
            self._metrics.set("payment_filter_policy_review_timestamp_seconds", due)
        replace("payment_filter_list_entries", {(one.id,): one.entries for one in state.lists})
        for place in product((one.id for one in state.lists), get_args(Gate)):  # a first refusal must be seen as a step
            self._metrics.count("payment_filter_list_refusals_total", *place, amount=0)
        replace("payment_filter_edition_age_seconds", {(one.id,): one.age_seconds for one in state.lists})
        limits: dict[tuple[str, ...], float] = {
            (one.id,): one.maximum_age_seconds for one in state.lists if one.maximum_age_seconds is not None
        }
        replace("payment_filter_list_maximum_age_seconds", limits)


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
