"""payment-filter demo --full: workers, lists job, Prometheus and Alertmanager, through an hour with an incident."""

from __future__ import annotations

import json
import os
import re
import tempfile
import time
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from streams.cli.common import DEFAULT_LISTS, DEFAULT_POLICY, ROOT, CheckFailed, Refusal, policy_at
from streams.cli.demo_full_report import alerts_told, banner, figures, heading, timeline_row
from streams.cli.demo_report import next_steps, outcome_table, totals
from streams.cli.demo_stage import HOST, READY_SECONDS, free_port, own_topics, short, worker_environment
from streams.config import FROM_KAFKA
from streams.edge.demo.hour import MAXIMUM_AGE_MINUTES, Clock, Hour, Stage, mixed
from streams.edge.demo.messages import gather, told_outcomes
from streams.edge.demo.publisher import ListsJob, Publisher
from streams.edge.demo.told import Webhook
from streams.edge.demo.traffic import DemoTraffic
from streams.edge.demo.watch import installed, watching
from streams.edge.demo.worker import DemoWorker, demo_worker, wait_until_ready
from streams.edge.provide import kafka

if TYPE_CHECKING:
    from streams.cli.demo_screen import Screen
    from streams.config import Settings
    from streams.edge.demo.hour import Row
    from streams.edge.demo.messages import SampleMessage
    from streams.edge.demo.watch import Watch
    from streams.metrics import Metric

SPEED = 30
WORKERS = 2
DEFAULT_PAYMENTS = ROOT / "deploy" / "samples" / "payments"
_POLL_SECONDS = 10.0  # how often a worker looks for a new edition, as by default
_WARM_UP = 60
_WARM_UP_SECONDS = 60.0
_AGE = re.compile(r"max_age_hours = [0-9.]+")
_TIME: Metric = "payment_filter_time_in_filter_seconds"


@dataclass(frozen=True, slots=True)
class Full:
    """What was asked for, and the screen it is shown on."""

    screen: Screen
    speed: int
    keep: bool
    as_json: bool


def play_hour(full: Full) -> None:
    """The whole command. Raises CheckFailed where a payment is not accounted for, or an alert did not come."""
    began = time.monotonic()
    installed()
    with ExitStack() as running:
        folder = Path(running.enter_context(tempfile.TemporaryDirectory(prefix="payment-filter-demo-")))
        full.screen.step("Kafka", "starting (the first time its jars are fetched, about 15 s)")
        provided = running.enter_context(kafka(folder / "kafka"))
        full.screen.done(f"{provided.origin} at {provided.bootstrap}")
        settings = running.enter_context(own_topics(full.screen, provided, keep=full.keep))
        stage, watch = _stage(full, settings, folder, running)
        hour = _play(full, stage)
        _conclude(full, settings, hour, watch, began)


def _stage(full: Full, settings: Settings, folder: Path, running: ExitStack) -> tuple[Stage, Watch]:
    """Everything that takes part, up and warm; `running` ends it."""
    policy = _policy(folder, full.speed)
    publisher = Publisher(DEFAULT_LISTS, folder / "published")
    told = worker_environment(settings)
    job = ListsJob(publisher, folder / "store", policy, told, folder / "lists-job.log")
    running.callback(job.close)
    full.screen.step("Lists", "the lists job verifies and announces the first edition")
    if wrong := job.first():
        raise Refusal(f"the lists job failed: {wrong}")
    full.screen.done("verified and announced by `payment-filter lists import --publish`")
    workers = _workers(full, settings, folder, policy, running)
    webhook = running.enter_context(Webhook())
    traffic = DemoTraffic(settings)
    running.callback(traffic.close)
    _warm_up(full, traffic)
    full.screen.step("Watch", "starting Prometheus and Alertmanager")
    targets = [worker.address.removeprefix("http://") for worker in workers]
    watch = running.enter_context(watching(ROOT / "deploy", folder / "watch", targets, webhook.address, full.speed))
    full.screen.done(f"Prometheus at {watch.page()}, Alertmanager at {watch.alertmanager}")

    def show(row: Row) -> None:
        full.screen.row(timeline_row(row))

    return Stage(traffic, workers, publisher, job, webhook, show, full.screen.going), watch


def _policy(folder: Path, speed: int) -> Path:
    """The example policy; lists may be fifty minutes of the played hour old instead of a day."""
    hours = MAXIMUM_AGE_MINUTES / 60 / speed
    copy = folder / "policy.toml"
    copy.write_text(_AGE.sub(f"max_age_hours = {hours:.9f}", DEFAULT_POLICY.read_text("utf-8")), "utf-8")
    kept = [name for name, rule in policy_at(copy).screening.lists.items() if rule.max_age_hours > 1]
    if kept:
        raise Refusal(f"{short(DEFAULT_POLICY)} says no `max_age_hours = ` for {', '.join(kept)}: the demo needs it")
    return copy


def _workers(full: Full, settings: Settings, folder: Path, policy: Path, running: ExitStack) -> list[DemoWorker]:
    """Real workers, `payment-filter run`, each with its own slot, in one group; the lists come from Kafka."""
    full.screen.step("Workers", f"starting {WORKERS} times `payment-filter run`")
    workers = []
    for number in range(WORKERS):
        port = free_port()
        environment = worker_environment(
            settings,
            slot=number,
            http_port=port,
            lists=FROM_KAFKA,
            policy=policy,
            lists_poll_seconds=_POLL_SECONDS / full.speed,
        )
        log = folder / f"worker-{number}.log"
        workers.append(running.enter_context(demo_worker(environment, f"http://{HOST}:{port}", log)))
    for worker in workers:
        wait_until_ready(worker, READY_SECONDS, full.screen.tell)
    pages = " and ".join(f"{worker.address}/" for worker in workers)
    full.screen.done(f"{WORKERS} ready, one group, lists from Kafka; pages: {pages}")
    return workers


def _samples() -> tuple[list[SampleMessage], list[SampleMessage]]:
    """The samples that are executed, and all others."""
    promised = told_outcomes(DEFAULT_PAYMENTS / "manifest.csv")
    messages = gather(DEFAULT_PAYMENTS).messages
    ordinary = [one for one in messages if promised.get(one.file) == "execute"]
    return ordinary, [one for one in messages if promised.get(one.file) != "execute"]


def _warm_up(full: Full, traffic: DemoTraffic) -> None:
    """A few payments before anybody measures: the first transactions of a new Kafka are slow."""
    full.screen.step("Warm-up", f"{_WARM_UP} payments")
    ordinary, _ = _samples()
    for some in (ordinary[:1], ordinary[1:_WARM_UP]):
        traffic.publish(some)
        _until_decided(traffic, len(traffic.seen.outcomes) + len(some))
    full.screen.done(f"{_WARM_UP} payments are through")


def _until_decided(traffic: DemoTraffic, count: int) -> None:
    deadline = time.monotonic() + _WARM_UP_SECONDS
    while not (len(traffic.seen.sent) == count and traffic.seen.complete):
        traffic.publish(())  # hears which of the published ones Kafka took
        traffic.read_some()
        if time.monotonic() > deadline:
            raise Refusal(f"the first payments have no outcome after {_WARM_UP_SECONDS:.0f} s")


def _play(full: Full, stage: Stage) -> Hour:
    full.screen.step("Hour", "the lists job runs once more")
    stage.job.begin()
    while (ended := stage.job.ended()) is None:
        time.sleep(0.1)
    if any(ended.values()):
        raise Refusal(f"the lists job failed: {'; '.join(filter(None, ended.values()))}")
    full.screen.done(f"is played in {3600 / full.speed:.0f} s")
    full.screen.show(banner(full.speed))
    full.screen.row(heading())
    ordinary, telling = _samples()
    hour = Hour(stage, mixed(ordinary, telling), Clock(full.speed), published=len(stage.traffic.seen.sent))
    hour.play()
    return hour


def _conclude(full: Full, settings: Settings, hour: Hour, watch: Watch, began: float) -> None:
    """The tables, the figures for machines, what was not as it must be, and staying up where that was asked."""
    seen, since, until = hour.stage.traffic.seen, hour.clock.began_at, datetime.now(UTC)
    fired = watch.fired((until - since).total_seconds())
    result: dict[str, float] = dict(totals(seen))
    for name, end in (("", until), ("before_burst_", hour.burst_at)):
        for quantile in (50, 99):
            value = watch.quantile_ms(quantile / 100, _TIME, since, end)
            result[f"{name}p{quantile}_ms"] = round(value, 1)
    problems = [*seen.problems(), *hour.problems(fired)]
    full.screen.show(alerts_told(hour.rows, hour.clock, fired), outcome_table(seen), figures(result))
    full.screen.show(next_steps(_places(full, settings, hour.stage, watch, time.monotonic() - began)))
    if full.as_json:
        print(json.dumps(result), flush=True)
    if problems:
        raise CheckFailed(f"the hour did not go as it must: {'; '.join(problems)}")
    if full.keep:
        full.screen.step("Running", "staying up")
        full.screen.done(f"everything stays up. Stop it with Ctrl-C here, or with: kill {os.getpid()}")
        hour.stay()


def _places(full: Full, settings: Settings, stage: Stage, watch: Watch, seconds: float) -> dict[str, str]:
    """Where each thing is (or was), and how long it all took."""
    pages = {f"Worker {number}": f"{one.address}/ (page), /metrics" for number, one in enumerate(stage.workers)}
    now = "It all stays up" if full.keep else "It all stops now; KEEP=1 (--keep) leaves it running"
    return {
        "Kafka": settings.kafka_bootstrap,
        **pages,
        "Prometheus": watch.page(),
        "Alertmanager": f"{watch.alertmanager}; or: amtool alert --alertmanager.url={watch.alertmanager}",
        "Webhook": f"{stage.webhook.address} (on-call, working-day, weekly), in this process",
        "Runbook": "deploy/RUNBOOK.md, by the section an alert names",
        "Time": f"{seconds:.0f} s in all. {now}",
    }
