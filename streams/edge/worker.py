"""One worker process: checks Kafka, answers health requests, and runs the Faust app until it is told to stop."""

from __future__ import annotations

import asyncio
import platform
import time
from datetime import UTC, datetime
from typing import TYPE_CHECKING, get_args

import faust
import structlog
from prometheus_client import ProcessCollector

from lists.entry import ListRefused
from schemas.finding import Reason
from streams import ENGINE
from streams.config import PREFIX
from streams.edge.admin import missing_topics
from streams.edge.app import FilterApp, build_app
from streams.edge.errors import WorkerRefused
from streams.edge.health import Guard, HealthServer
from streams.edge.index_builder import cache_folder
from streams.edge.interpreter import set_up_interpreter
from streams.edge.logs import configure_logs
from streams.edge.loop import DropCause
from streams.edge.page import STILL, Picture, render
from streams.edge.topic_checks import losing_problems
from streams.metrics import Metrics

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from streams.config import Settings
    from streams.edge.transactions import WatchedEngine

_UNSEEN = "; or this login may not see them: `payment-filter topics access` prints the rights it needs"
ALARMING = (Reason.INTERNAL_ERROR, Reason.MESSAGE_UNREADABLE)  # the alert rules watch these
LIVE_SECONDS = 120.0  # longer than any single step of the hot path may take

log = structlog.get_logger()


def run_worker(settings: Settings, make_engine: Callable[[Metrics], WatchedEngine]) -> int:
    """Run until SIGTERM or SIGINT; gives the exit code. Raises BrokerRefused or WorkerRefused, one sentence a line."""
    configure_logs(settings.log_level, settings.slot)
    set_up_interpreter()
    missing = missing_topics(settings)
    if missing:
        raise WorkerRefused(
            f"{_and(missing)} {'does' if len(missing) == 1 else 'do'} not exist on {settings.kafka_bootstrap}: "
            f"run `payment-filter topics create` (topic prefix: {PREFIX}TOPIC_PREFIX={settings.topic_prefix!r})"
            + (_UNSEEN if settings.kafka_security_protocol != "PLAINTEXT" else "")
        )
    losing = losing_problems(settings)
    if losing:
        raise WorkerRefused("\n".join(losing))
    folder = _faust_folder(settings)
    metrics = _metrics(settings)
    engine = _traced(make_engine(metrics), settings)
    app = build_app(settings, engine, metrics, folder)
    server = _health(settings, app, engine, metrics)
    try:
        log.info("worker_starts", kafka=settings.kafka_bootstrap, http_port=server.port if server else 0)
        return _run(app)
    finally:
        engine.close()
        if server is not None:
            server.close()


def _faust_folder(settings: Settings) -> Path:
    """Where Faust makes its folders, in which we keep nothing: one for all, so that a killed worker leaves none."""
    try:
        folder = cache_folder(settings) / "faust"
        folder.mkdir(exist_ok=True)
    except (ListRefused, OSError) as refused:
        raise WorkerRefused(str(refused)) from refused
    return folder


def _metrics(settings: Settings) -> Metrics:
    """With what is known before anything happens: who this is, and counts at 0, so that their first step is seen."""
    metrics = Metrics()
    ProcessCollector(registry=metrics.registry)
    metrics.set("payment_filter_worker_info", 1, settings.slot)
    metrics.set("payment_filter_build_info", 1, ENGINE.split()[-1], platform.python_version())
    metrics.set("payment_filter_last_turn_timestamp_seconds", time.time())  # of its start
    for cause in get_args(DropCause):
        metrics.count("payment_filter_batches_dropped_total", cause, amount=0)
    for reason in ALARMING:
        metrics.count("payment_filter_reasons_total", reason.value, amount=0)
    return metrics


def _traced(engine: WatchedEngine, settings: Settings) -> WatchedEngine:
    """Nothing of tracing is loaded unless it is asked for."""
    if not settings.traces_endpoint:
        return engine
    try:
        from streams.edge.tracing import traced  # noqa: PLC0415 - an optional extra
    except ImportError as error:
        engine.close()
        raise WorkerRefused(
            f"{PREFIX}TRACES_ENDPOINT is set and {error.name} is not installed: pip install 'payment-filter[otel]'"
        ) from error
    return traced(engine, settings)


def _run(app: FilterApp) -> int:
    """Faust's own worker, without its banner, its log set-up and its hand on stdout."""
    loop = asyncio.new_event_loop()
    asyncio.set_event_loop(loop)
    worker = faust.Worker(app, loop=loop, quiet=True, redirect_stdouts=False, override_logging=False)
    worker.spinner = None
    try:
        worker.execute_from_commandline()
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else 0


def _health(settings: Settings, app: FilterApp, engine: WatchedEngine, metrics: Metrics) -> HealthServer | None:
    if settings.http_port == 0:
        return None

    started = datetime.now(UTC)

    def not_live() -> list[str]:
        idle = time.monotonic() - app.hot_path.transactions.last_turn
        return [f"the hot path stands still for {idle:.0f} s"] if idle > LIVE_SECONDS else []

    def not_ready() -> list[str]:
        turning = app.hot_path.running and not app.hot_path.transactions.stopping
        return engine.problems() + ([] if turning else ["the hot path does not run"])

    def page(query: str) -> bytes:
        problems = (*not_live(), *not_ready())
        picture = Picture(settings.slot, settings.runbook_url, problems, engine.state(), datetime.now(UTC), started)
        return render(picture, metrics, still=query == STILL)

    return HealthServer(
        settings.http_host,
        settings.http_port,
        metrics,
        not_live,
        not_ready,
        page=page,
        guard=Guard(settings.http_tls_certificate, settings.http_tls_key, settings.token()),
    )


def _and(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
