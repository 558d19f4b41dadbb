"""payment-filter demo: a real Kafka, a real worker, sample payments in, and what became of each."""

from __future__ import annotations

import json
import os
import shlex
import signal
import tempfile
import time
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from lists.edge.editions import load
from lists.edge.freshness import freshness
from lists.entry import ListRefused
from streams.cli.common import (
    DEFAULT_LISTS,
    DEFAULT_POLICY,
    CheckFailed,
    JsonOption,
    ListsOption,
    PolicyOption,
    Refusal,
    policy_at,
)
from streams.cli.demo_full import DEFAULT_PAYMENTS, SPEED, Full, play_hour
from streams.cli.demo_report import alerts_table, next_steps, outcome_table, telling_alerts, totals
from streams.cli.demo_screen import Screen
from streams.cli.demo_stage import HOST, READY_SECONDS, free_port, own_topics, program, short, worker_environment
from streams.config import SettingsRefused
from streams.edge.demo.messages import gather
from streams.edge.demo.traffic import DemoTraffic
from streams.edge.demo.worker import demo_worker, wait_until_ready
from streams.edge.errors import BrokerRefused, WatchRefused, WorkerRefused
from streams.edge.provide import kafka
from streams.topics import OUTPUTS, TOPICS, full_name

if TYPE_CHECKING:
    from collections.abc import Iterator

    from streams.cli.demo_report import Telling
    from streams.config import Settings
    from streams.edge.demo.messages import Gathered
    from streams.edge.demo.traffic import Seen
    from streams.edge.demo.worker import DemoWorker

app = typer.Typer(add_completion=False)

PATIENCE_SECONDS = 60.0
IMPATIENT_SECONDS = 5.0

PaymentsOption = Annotated[
    Path, typer.Option("--payments", help="Message files, or a folder of them, in any format.", show_default=True)
]
KeepOption = Annotated[bool, typer.Option("--keep", help="Leave everything running until Ctrl-C.")]
FullOption = Annotated[
    bool,
    typer.Option(
        "--full", help="An hour of traffic in two minutes, with an incident: two workers, the lists job, Prometheus."
    ),
]
SpeedOption = Annotated[int, typer.Option("--speed", min=10, max=60, help="With --full: how fast the hour is played.")]


@dataclass(frozen=True, slots=True)
class Demo:
    """What was asked for, and the screen it is shown on."""

    screen: Screen
    lists: Path
    payments: Path
    policy: Path
    keep: bool
    as_json: bool


@app.command()
def demo(
    lists: ListsOption = DEFAULT_LISTS,
    payments: PaymentsOption = DEFAULT_PAYMENTS,
    policy: PolicyOption = DEFAULT_POLICY,
    *,
    keep: KeepOption = False,
    full: FullOption = False,
    speed: SpeedOption = SPEED,
    json_: JsonOption = False,
) -> None:
    """Start Kafka and a worker, publish the payments, and show what happens to them and why."""
    if full and (lists, payments, policy) != (DEFAULT_LISTS, DEFAULT_PAYMENTS, DEFAULT_POLICY):
        raise Refusal("--full plays its incident with the samples: leave --lists, --payments and --policy out")
    with _gently_interrupted():
        try:
            with Screen() as screen:
                if full:
                    play_hour(Full(screen, speed, keep, json_))
                else:
                    _run(Demo(screen, lists, payments, policy, keep, json_))
        except (BrokerRefused, WorkerRefused, WatchRefused, SettingsRefused) as refused:
            raise Refusal(str(refused)) from None


@contextmanager
def _gently_interrupted() -> Iterator[None]:
    """SIGTERM and a closed terminal end the demo as Ctrl-C does, so that whatever runs is stopped."""
    interrupted = float("-inf")

    def interrupt(_number: int, _frame: object) -> None:
        nonlocal interrupted
        if time.monotonic() - interrupted > IMPATIENT_SECONDS:  # sooner, it would only disturb the cleaning up
            interrupted = time.monotonic()
            raise KeyboardInterrupt

    before = {one: signal.signal(one, interrupt) for one in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)}
    try:
        yield
    finally:
        for one, handler in before.items():
            signal.signal(one, handler)


def _run(demo: Demo) -> None:

    screen = demo.screen
    gathered = _messages(demo)
    _usable_lists(demo)
    with tempfile.TemporaryDirectory(prefix="payment-filter-demo-") as folder:
        screen.step("Kafka", "starting (the first time its jars are fetched, about 15 s)")
        began = time.monotonic()
        with kafka(Path(folder) / "kafka") as provided:
            screen.done(f"{provided.origin} at {provided.bootstrap}, up in {time.monotonic() - began:.0f} s")
            with (
                own_topics(screen, provided, keep=demo.keep) as settings,
                _worker(demo, settings, Path(folder)) as worker,
            ):
                seen = _traffic(demo, settings, worker, gathered)
                _conclude(demo, settings, worker, seen)


def _messages(demo: Demo) -> Gathered:
    demo.screen.step("Payments", f"reading {short(demo.payments)}")
    try:
        gathered = gather(demo.payments)
    except OSError as error:
        raise Refusal(
            f"the payments {demo.payments} cannot be read: {(error.strerror or str(error)).lower()}"
        ) from None
    if not gathered.messages:
        there = "holds no message files" if demo.payments.exists() else "does not exist"
        raise Refusal(f"{demo.payments} {there}: name a folder of payment messages with --payments")
    skipped = ", ".join(f"{count} {why}{'s' * (count > 1)}" for why, count in gathered.skipped.items())
    invented = ", all invented" if demo.payments.resolve() == DEFAULT_PAYMENTS.resolve() else ""
    found = f"{len(gathered.messages):,} messages in {short(demo.payments)}{invented}"
    demo.screen.done(f"{found}; left aside: {skipped}" if skipped else found)
    return gathered


def _usable_lists(demo: Demo) -> None:
    """Refuse at once what the worker would refuse a minute later."""
    demo.screen.step("Lists", f"reading {short(demo.lists)}")
    rules = policy_at(demo.policy)
    try:
        loaded = load(demo.lists)
    except ListRefused as refused:
        raise Refusal(str(refused)) from None
    problems = freshness(loaded, rules.screening, datetime.now(UTC))
    if problems:
        raise Refusal("\n".join(problems))
    held = ", ".join(f"{one.id} {one.entries:,}" for one in loaded.lists)
    skipped = f"; {len(loaded.skipped)} other files left aside" if loaded.skipped else ""
    invented = ", all invented" if demo.lists.resolve() == DEFAULT_LISTS.resolve() else ""
    total = sum(one.entries for one in loaded.lists)
    demo.screen.done(f"{total:,} entries ({held}) in {short(demo.lists)}{invented}{skipped}")


@contextmanager
def _worker(demo: Demo, settings: Settings, folder: Path) -> Iterator[DemoWorker]:
    """The real worker, `payment-filter run`, ready to take payments."""
    port = free_port()
    environment = worker_environment(
        settings, slot="demo", http_port=port, lists=demo.lists.resolve(), policy=demo.policy.resolve()
    )
    address = f"http://{HOST}:{port}"
    demo.screen.step("Worker", "starting `payment-filter run`, which loads the lists")
    with demo_worker(environment, address, folder / "worker.log") as worker:
        took = wait_until_ready(worker, READY_SECONDS, demo.screen.tell)
        demo.screen.done(f"`payment-filter run`, process {worker.process.pid}, ready in {took:.0f} s")
        yield worker


def _traffic(demo: Demo, settings: Settings, worker: DemoWorker, gathered: Gathered) -> Seen:

    total = len(gathered.messages)
    demo.screen.step("Messages", f"publishing {total:,} to {full_name('inbound', settings.topic_prefix)}")
    traffic = DemoTraffic(settings)

    def look(seen: Seen) -> None:
        worker.must_live()
        demo.screen.part(len(seen.outcomes), total, "decided")

    try:
        began = time.monotonic()
        traffic.all_through(gathered.messages, look, PATIENCE_SECONDS)
        took = time.monotonic() - began
    except BrokerRefused as refused:
        raise Refusal(f"{refused}. The worker's last words: {worker.last_words()}") from None
    finally:
        traffic.close()
    demo.screen.done(
        f"{total:,} decided in {took:.0f} s, every outcome committed together with its decision and offset"
    )
    return traffic.seen


def _conclude(demo: Demo, settings: Settings, worker: DemoWorker, seen: Seen) -> None:
    """The report, the figures for machines, and staying up where that was asked."""
    result: dict[str, float] = dict(totals(seen))
    p50, p99 = worker.quantiles_ms("payment_filter_time_in_filter_seconds", 0.5, 0.99)
    result |= {"p50_ms": round(p50, 1), "p99_ms": round(p99, 1)}
    alerts = telling_alerts(seen)
    demo.screen.show(outcome_table(seen), _sums(result))
    if alerts:
        demo.screen.show(alerts_table(alerts, demo.payments))
    demo.screen.show(next_steps(_next_steps(demo, settings, worker, seen, alerts)))
    if demo.as_json:
        print(json.dumps(result), flush=True)
    if seen.problems():
        raise CheckFailed(f"not every message came out once and unchanged: {'; '.join(seen.problems())}")
    if demo.keep:
        _stay(demo, worker)


def _sums(result: dict[str, float]) -> str:
    return (
        f"{result['in']} messages in = {result['execute']} execute + {result['suspend']} suspend + "
        f"{result['reject']} reject, each exactly once, its bytes untouched.\n"
        f"Time in filter, from read to committed: half of them within {result['p50_ms']:.0f} ms (p50), "
        f"99 of 100 within {result['p99_ms']:.0f} ms (p99)."
    )


def _next_steps(
    demo: Demo, settings: Settings, worker: DemoWorker, seen: Seen, alerts: list[Telling]
) -> dict[str, str]:
    shown = alerts[0].message.file if alerts else next(iter(seen.sent.values())).file
    explain = [program(), "explain", short(shown)]
    if demo.lists.resolve() != DEFAULT_LISTS.resolve():
        explain += ["--lists", short(demo.lists)]
    if demo.policy.resolve() != DEFAULT_POLICY.resolve():
        explain += ["--policy", short(demo.policy)]
    steps = {"Why, piece by piece": shlex.join(explain)}
    for logical in OUTPUTS:
        count = seen.records.get(logical, 0)
        steps[f"Topic {full_name(logical, settings.topic_prefix)}"] = f"{count:,} records. {TOPICS[logical].holds}"
    steps["Metrics"] = f"{worker.address}/metrics, health at /readyz and /livez"
    if demo.keep:
        return {**steps, "Kafka": settings.kafka_bootstrap}
    again = "make demo KEEP=1" if os.environ.get("MAKELEVEL") else f"{program()} demo --keep"
    return {**steps, "Look inside": f"{again} leaves Kafka and the worker running; without it they stop now"}


def _stay(demo: Demo, worker: DemoWorker) -> None:
    """Keep everything running until Ctrl-C or SIGTERM, or until the worker ends by itself."""
    demo.screen.step("Running", "staying up")
    demo.screen.done(f"Kafka and the worker stay up. Stop them with Ctrl-C here, or with: kill {os.getpid()}")
    while True:
        worker.must_live()
        time.sleep(0.5)
