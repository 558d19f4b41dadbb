"""An hour of a bank's day on a fast clock: traffic, the lists job, an incident, and what was told about it.

Times are seconds of the played hour unless they say otherwise.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import cycle
from typing import TYPE_CHECKING, Final

from streams.edge.demo.publisher import BROKEN, ListsJob, Publisher
from streams.edge.demo.told import Told, Webhook, episodes
from streams.edge.demo.traffic import DemoTraffic
from streams.edge.demo.worker import DemoWorker

if TYPE_CHECKING:
    from streams.edge.demo.messages import SampleMessage

HOUR: Final = 3_600.0
MAXIMUM_AGE_MINUTES: Final = 50
PACE: Final = 2.0
"""Messages a second of the played hour, outside the burst."""
BURST_WAITS: Final = 180.0
"""How long a payment waits in the burst: three times what the alert allows."""

# What must fire and reach somebody, and whether its end must too. A refusal is told for an hour.
EXPECTED: Final = {
    "PaymentFilterWorkerDown": True,
    "PaymentFilterListRefused": False,
    "PaymentFilterLagGrows": True,
    "PaymentFilterListAgeing": False,  # Alertmanager may keep its end to itself: ListTooOld held it back meanwhile
    "PaymentFilterListTooOld": True,
    "PaymentFilterNoneReady": True,
}
_JOB_EVERY: Final = 900.0
_TAIL_SECONDS: Final = 40.0  # of real time: how long the end waits for the last outcome and the last word
_SETTLE_SECONDS: Final = 1.0  # of real time: a doubled message would show in it
_LOOK_SECONDS: Final = 0.5  # of real time, between two looks at the workers
_PACE_SECONDS: Final = 2.0  # of real time, over which the pace of the workers is measured
_MOST_AT_ONCE: Final = 2_000
_TELLING_EVERY: Final = 25  # in a bank nearly all payments are in order


class Clock:
    """Seconds of the played hour since it began."""

    def __init__(self, speed: int) -> None:
        self.speed = speed
        self._began = time.monotonic()
        self.began_at = datetime.now(UTC)

    def now(self) -> float:
        """Now."""
        return (time.monotonic() - self._began) * self.speed

    def of(self, moment: datetime) -> float:
        """At this moment (aware)."""
        return (moment - self.began_at).total_seconds() * self.speed


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the timeline: what was done or seen, or what was told."""

    at: float
    deed: str = ""
    told: Told | None = None


@dataclass(slots=True)
class Stage:
    """All that takes part. `show` gets each row as it happens, `look` what to say meanwhile."""

    traffic: DemoTraffic
    workers: Sequence[DemoWorker]
    publisher: Publisher
    job: ListsJob
    webhook: Webhook
    show: Callable[[Row], None]
    look: Callable[[str], None]


def mixed(ordinary: Sequence[SampleMessage], telling: Sequence[SampleMessage]) -> Iterator[SampleMessage]:
    """Without end: nearly all in order, now and then one that is not."""
    usual, unusual = cycle(ordinary), cycle(telling or ordinary)
    while True:
        for _ in range(_TELLING_EVERY - 1):
            yield next(usual)
        yield next(unusual)


@dataclass(frozen=True, slots=True)
class _Deed:
    """What is done in this minute; where it awaits an alert, when that was told, in the latest minute all the same."""

    minute: int
    act: Callable[[], None]
    awaits: str = ""
    latest: int = 0


class Hour:
    """Plays it. `published` are messages that went through before, to warm everything up."""

    def __init__(self, stage: Stage, messages: Iterator[SampleMessage], clock: Clock, published: int = 0) -> None:
        self.stage = stage
        self.clock = clock
        self.rows: list[Row] = []
        self._messages = messages
        self._published = published
        self._steady, self._steady_from = published, 0.0
        self.burst_at = clock.began_at
        self._burst_from: int | None = None
        self._job_due = HOUR
        self._by_hand = False
        self._killed = False
        self._heard = 0
        self._look_at = 0.0
        self._why_not: dict[int, str] = {}
        self._decided: deque[tuple[float, int]] = deque()

    def play(self) -> None:
        """The hour, and what is left of it: until everything is decided and what must be over is over."""
        plan = self._plan()
        while (now := self.clock.now()) < HOUR:
            while plan and self._is_due(plan[0], now):
                plan.pop(0).act()
            self._feed(now)
            self._turn()
        self._done(f"The hour is over: {self._published:,} messages came in")
        self._wait_for_the_end()

    def stay(self) -> None:
        """Go on without traffic until interrupted."""
        while True:
            self._turn_after_the_hour()

    def problems(self, fired: set[str]) -> list[str]:
        """What should have been told and was not. `fired` are the alerts Prometheus knows of."""
        told = episodes(row.told for row in self.rows if row.told is not None)
        begun = {one.name for one, _ in told}
        lasting = {one.name for one, over in told if over is None}
        found = [f"{name} did not fire" for name in EXPECTED if name not in fired]
        found += [f"{name} fired and did not reach the webhook" for name in EXPECTED if name in fired - begun]
        ends = [name for name, ends in EXPECTED.items() if ends and name in lasting]
        return found + [f"the end of {name} did not reach the webhook" for name in ends]

    def _plan(self) -> list[_Deed]:
        """In their order. Two wait for an alert, on a slow machine longer: a burst ends, and somebody was woken."""
        return [
            _Deed(0, lambda: self._done(f"Traffic begins, {PACE:.0f} a second; all lists just verified")),
            _Deed(3, self._cut_in_half),
            _Deed(7, self._kill),
            _Deed(14, self._start_again),
            _Deed(15, self._run_the_job),
            _Deed(30, self._run_the_job),
            _Deed(32, self._burst),
            _Deed(39, self._end_burst, "PaymentFilterLagGrows", 43),
            _Deed(53, self._mend, "PaymentFilterNoneReady", 57),
        ]

    def _is_due(self, deed: _Deed, now: float) -> bool:
        told = not deed.awaits or deed.awaits in {row.told.name for row in self.rows if row.told is not None}
        return now >= deed.minute * 60 and (told or now >= deed.latest * 60)

    def _cut_in_half(self) -> None:
        held, holds = self.stage.publisher.cut_in_half()
        self._done(f"The publisher of {BROKEN} gives half a file, {holds} of {held} entries")

    def _kill(self) -> None:
        worker = self.stage.workers[1]
        worker.kill()
        self._killed = True
        self._done(f"Worker 1 ({worker.address.removeprefix('http://')}) is killed (SIGKILL)")

    def _start_again(self) -> None:
        self.stage.workers[1].start_again()
        self._killed = False
        self._done("Worker 1 is started again, with the same slot")

    def _run_the_job(self) -> None:
        self.stage.job.begin()

    def _burst(self) -> None:
        self._burst_from, self.burst_at = self._published, datetime.now(UTC)
        self._done("A burst: the hub sends faster than two workers can decide")

    def _end_burst(self) -> None:
        assert self._burst_from is not None
        minutes = (self.clock.now() - self.clock.of(self.burst_at)) / 60
        self._done(f"The burst ends: {self._published - self._burst_from:,} messages in {minutes:.0f} minutes")
        self._steady, self._steady_from, self._burst_from = self._published, self.clock.now(), None

    def _mend(self) -> None:
        self.stage.publisher.mend()
        self._by_hand = True  # after a run that may still be under way
        self._done(f"Somebody reads the runbook: {BROKEN} is fetched again and imported by hand")

    def _feed(self, now: float) -> None:
        """Publish what is due: a steady stream, or, in the burst, enough to keep payments waiting."""
        if self._burst_from is None:
            due = self._steady + (now - self._steady_from) * PACE - self._published
        else:
            waiting = self._published - len(self.stage.traffic.seen.outcomes)
            due = max(PACE * self.clock.speed, self._decided_per_second()) * BURST_WAITS / self.clock.speed - waiting
        count = min(_MOST_AT_ONCE, max(0, int(due)))
        self.stage.traffic.publish([next(self._messages) for _ in range(count)])
        self._published += count

    def _decided_per_second(self) -> float:
        """Of real time."""
        now, count = time.monotonic(), len(self.stage.traffic.seen.outcomes)
        self._decided.append((now, count))
        while self._decided[0][0] < now - _PACE_SECONDS:
            self._decided.popleft()
        began, before = self._decided[0]
        return (count - before) / max(_LOOK_SECONDS, now - began)

    def _turn(self) -> None:
        """Read what came out, and look at everybody."""
        self.stage.traffic.publish(())  # hears which of the published ones Kafka took
        self.stage.traffic.read_some()
        self._hear()
        ended = self.stage.job.ended()
        if ended is not None:
            became = [why or f"{name} verified" for name, why in ended.items()]
            self._done(f"The lists job ran: {'; '.join(became)}")
        if self._by_hand and self.stage.job.begin(BROKEN):
            self._by_hand = False
        if time.monotonic() >= self._look_at:
            self._look_at = time.monotonic() + _LOOK_SECONDS
            self._look()

    def _hear(self) -> None:
        told = self.stage.webhook.told()
        for one in told[self._heard :]:
            if one.began >= self.clock.began_at:  # what Prometheus thought before its first scrape is none of this hour
                self._row(Row(self.clock.of(one.at), told=one))
        self._heard = len(told)

    def _look(self) -> None:
        """Whether each worker takes payments, told when that changes."""
        for number, worker in enumerate(self.stage.workers):
            if number == 1 and self._killed:
                self._why_not[number] = "it is dead"
                continue
            why = "; ".join(worker.problems())
            if why != self._why_not.get(number, ""):
                self._tell_readiness(number, why)
                self._why_not[number] = why
        minutes, seconds = divmod(int(self.clock.now()), 60)
        decided = len(self.stage.traffic.seen.outcomes)
        self.stage.look(f"{minutes:02}:{seconds:02} of 60:00, {decided:,} of {self._published:,} messages decided")

    def _tell_readiness(self, number: int, why: str) -> None:
        if not why:
            self._done(f"Worker {number} takes payments")
        elif not self._why_not.get(number):
            self._done(f"Worker {number} takes no payments: {why.partition(':')[0]}")

    def _done(self, deed: str) -> None:
        self._row(Row(self.clock.now(), deed=deed))

    def _row(self, row: Row) -> None:
        self.rows.append(row)
        self.stage.show(row)

    def _turn_after_the_hour(self) -> None:
        """The lists job goes on, so that no list grows old while the rest is decided."""
        if self.clock.now() >= self._job_due and self.stage.job.begin():
            self._job_due = self.clock.now() + _JOB_EVERY
        self._turn()

    def _wait_for_the_end(self) -> None:
        seen, names = self.stage.traffic.seen, set(EXPECTED)
        deadline = time.monotonic() + _TAIL_SECONDS
        while time.monotonic() < deadline:
            self._turn_after_the_hour()
            over = not [one for one in self.problems(names) if one.startswith("the end of")]
            if over and len(seen.sent) == self._published and seen.complete:
                break
        settled = time.monotonic() + _SETTLE_SECONDS
        while time.monotonic() < settled:
            self._turn()
