"""payment-filter bench: speed on this machine, every figure beside a reference measured in the same run."""

from __future__ import annotations

import os
import platform
import signal
import subprocess
import sys
import tempfile
import uuid
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import orjson
import typer
from pydantic import TypeAdapter

from streams.cli.common import DEFAULT_POLICY, JsonOption, PolicyOption, Refusal, note, policy_at
from streams.config import SettingsRefused, load_settings
from streams.edge.admin import create_topics
from streams.edge.bench import inside
from streams.edge.bench.inprocess import EXIT_REFUSED, Speed, Task, read_transfers
from streams.edge.bench.list_files import write_lists
from streams.edge.bench.processes import end, launch, memory, one_core, pids_mentioning, running
from streams.edge.bench.report import Moved, Report
from streams.edge.bench.traffic import Traffic, delete_topics, preload
from streams.edge.broker import free_ports
from streams.edge.errors import BrokerRefused
from streams.edge.provide import Provided, kafka

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from streams.config import Settings

app = typer.Typer(add_completion=False)
LIST_NAMES = 57_000
TAKEN_SECONDS = 240.0
WORKER = ("-c", "from streams.cli.main import main; main()", "run")
BARE_LOOP = ("-m", "streams.edge.bench.bare_loop")
INPROCESS = ("-m", "streams.edge.bench.inprocess")


@dataclass(frozen=True, slots=True)
class Effort:
    """How much is measured: of transfers, names and messages how many, of latencies how many seconds."""

    stage_transfers: int
    names: int
    brute_force_names: int
    worker_seconds: float
    bare_messages: int
    warm_up_seconds: float
    latency_seconds: float


WARM_UP_RATE = 400.0  # messages a second: about a hundred transactions
QUICK = Effort(1_280, 2_000, 50, 6.0, 40_000, 2.0, 6.0)
FULL = Effort(6_400, 8_000, 400, 20.0, 200_000, 4.0, 20.0)


@app.command()
def bench(
    lists: Annotated[
        Path | None, typer.Option(help="Your own lists: edition store or folder. Default: invented ones.")
    ] = None,
    policy: PolicyOption = DEFAULT_POLICY,
    quick: Annotated[bool, typer.Option("--quick", help="About a minute; the figures vary more.")] = False,
    no_kafka: Annotated[bool, typer.Option("--no-kafka", help="Only what one core does without Kafka.")] = False,
    messages: Annotated[int, typer.Option(min=0, help="Transfers through Kafka; 0 takes what fills the time.")] = 0,
    names: Annotated[int, typer.Option(min=100, help="Names on the invented lists.")] = LIST_NAMES,
    seed: Annotated[int, typer.Option(help="Of the invented names and transfers.")] = 1,
    rate: Annotated[float, typer.Option(min=0, help="Latencies at so many a second; 0: half of what it can do.")] = 0,
    json: JsonOption = False,
) -> None:
    """Measure speed beside references: a bare transaction loop, and comparing names by brute force."""
    signal.signal(signal.SIGTERM, _interrupted)
    rules = policy_at(policy)
    effort = QUICK if quick else FULL
    with tempfile.TemporaryDirectory(prefix="payment-filter-bench-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        plan = Plan(folder, lists or folder / "lists", policy, effort, messages, seed, rate)
        if lists is None:
            note(f"inventing lists of {names:,} names (seed {seed})")
            plan.lists.mkdir()
            write_lists(plan.lists, list(rules.screening.lists), names, seed)
        report = plan.report(with_kafka=not no_kafka, shown="invented" if lists is None else str(lists))
    print(report.table(), file=sys.stderr if json else sys.stdout)
    if json:
        sys.stdout.buffer.write(orjson.dumps(report.as_json()) + b"\n")


def _interrupted(*_: object) -> NoReturn:
    raise KeyboardInterrupt


@dataclass(frozen=True, slots=True)
class Plan:
    """One run of the report."""

    folder: Path
    lists: Path
    policy: Path
    effort: Effort
    messages: int
    seed: int
    rate: float = 0.0

    def report(self, *, with_kafka: bool, shown: str) -> Report:
        """Measure everything, the parts without Kafka first."""
        speed = self.speed()
        worker = bare = None
        origin = ""
        if with_kafka:
            try:
                with kafka(self.folder / "kafka") as provided:
                    note(f"Kafka: {provided.origin}")
                    origin = provided.origin
                    worker, bare = self.moved(provided, speed)
            except (BrokerRefused, SettingsRefused) as refused:
                raise Refusal(str(refused)) from None
        return Report(speed, worker, bare, _machine(), origin, self.seed, shown)

    def speed(self) -> Speed:
        """What one core does without Kafka, measured by a process bound to one."""
        effort = self.effort
        task = Task(
            lists=str(self.lists.resolve()),
            policy=str(self.policy.resolve()),
            folder=str(self.folder),
            seed=self.seed,
            transfers=max(self.messages, effort.stage_transfers, 20_000 if effort is FULL else 5_000),
            stage_transfers=effort.stage_transfers,
            names=effort.names,
            brute_force_names=effort.brute_force_names,
        )
        program = (*INPROCESS, orjson.dumps(asdict(task)).decode())
        process = launch(program, one_core(), folder=self.folder, output=subprocess.PIPE)
        try:
            output, _ = process.communicate()
        finally:
            end(process)
        if process.returncode == EXIT_REFUSED:
            raise Refusal(output.decode())
        if process.returncode:
            raise Refusal(f"the measurement without Kafka failed (exit {process.returncode}); why stands above")
        return TypeAdapter(Speed).validate_json(output)

    def moved(self, provided: Provided, speed: Speed) -> tuple[Moved, Moved]:
        """The worker, then the bare loop at the rate of its latencies, on the same broker with the same messages.

        A bare loop goes before both: a broker that has just started compiles itself on the core that is left, and
        whoever is measured first would pay for it.
        """
        transfers = read_transfers(self.folder)
        self._measured("warming up the broker", provided, transfers, self.effort.bare_messages, WARM_UP_RATE)
        wanted = self.messages or round(speed.transfers_per_second * self.effort.worker_seconds)
        worker = self._measured("worker", provided, transfers, wanted, self.rate)
        bare = self._measured("bare loop", provided, transfers, self.effort.bare_messages, worker.latency.rate)
        return worker, bare

    def _measured(self, what: str, provided: Provided, transfers: Sequence[bytes], count: int, rate: float) -> Moved:
        """One process on one core: its steady rate on preloaded messages, then latencies (0: at half that rate)."""
        program = WORKER if what == "worker" else BARE_LOOP
        with ExitStack() as stack:
            is_worker = what == "worker"
            port = free_ports(1)[0] if is_worker else 0
            settings = stack.enter_context(_fresh_topics(provided, port))
            note(f"{what}: publishing {count:,} messages")
            preload(settings, transfers, count)
            note(f"{what}: starting")
            log = self.folder / f"{program[-1]}.log"
            process = stack.enter_context(running(program, one_core(), self._environment(settings), log))
            brokers = pids_mentioning(str((self.folder / "kafka").resolve()))
            traffic = Traffic(settings, process, log, brokers)
            stack.callback(traffic.close)
            steady = traffic.steady_rate(count, TAKEN_SECONDS)
            held = memory(process.pid)
            full = inside.read(port) if is_worker else {}
            evenly = rate or steady.per_second / 2
            note(f"{what}: {steady.per_second:,.0f}/s; now latencies at {evenly:,.0f}/s")
            latency = traffic.latency(transfers, evenly, self.effort.warm_up_seconds, self.effort.latency_seconds)
            half = inside.read(port) if is_worker else {}
        return Moved(steady, latency, held, inside.between({}, full), inside.between(full, half))

    def _environment(self, settings: Settings) -> dict[str, str]:
        return {
            "PAYMENT_FILTER_KAFKA_BOOTSTRAP": settings.kafka_bootstrap,
            "PAYMENT_FILTER_TOPIC_PREFIX": settings.topic_prefix,
            "PAYMENT_FILTER_LISTS": str(self.lists.resolve()),
            "PAYMENT_FILTER_POLICY": str(self.policy.resolve()),
            "PAYMENT_FILTER_SLOT": settings.slot,
            "TMPDIR": str(self.folder),  # what a worker leaves there when it is killed goes with our folder
            "PAYMENT_FILTER_HTTP_HOST": inside.HOST,
            "PAYMENT_FILTER_HTTP_PORT": str(settings.http_port),
        }


@contextmanager
def _fresh_topics(provided: Provided, port: int) -> Iterator[Settings]:
    """Settings with topics of their own, which are deleted at the end: the broker may be somebody's."""
    own = {
        "kafka_bootstrap": provided.bootstrap,
        "topic_prefix": f"bench-{uuid.uuid4().hex[:8]}.",
        "slot": "bench",
        "http_port": port,
    }
    settings = load_settings().model_copy(update=own)
    create_topics(settings)
    try:
        yield settings
    finally:
        delete_topics(settings)


def _machine() -> str:
    cores = os.cpu_count() or 1
    return f"{cores} cores, {platform.machine()}, {platform.system()}, Python {platform.python_version()}"
