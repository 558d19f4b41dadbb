"""The worker of a demo: a real `payment-filter run` in a process of its own, watched through its health address."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import contextmanager
from typing import TYPE_CHECKING

from prometheus_client.parser import text_string_to_metric_families

from streams.edge.child import tied
from streams.edge.errors import EXIT_RESTART, WorkerRefused
from streams.metrics import quantile_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from streams.metrics import Metric

STOP_SECONDS = 20.0
MOST_STARTS = 4
_ANSWER_SECONDS = 2.0
_LOG_LINES = 3

_RUN = (sys.executable, "-c", "from streams.cli.main import main; main()", "run")


class DemoWorker:
    """A running worker. `address` is where it answers /metrics, /readyz and /livez."""

    def __init__(self, environment: Mapping[str, str], address: str, log: Path) -> None:
        self.address = address
        self.log = log
        self._environment = environment
        self._starts = 0
        self.process = self._start()

    def _start(self) -> subprocess.Popen[bytes]:
        self._starts += 1
        with self.log.open("ab") as output:
            return subprocess.Popen(
                tied(_RUN, signal.SIGTERM),
                env={**os.environ, **self._environment},
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                start_new_session=True,  # Ctrl-C in the terminal is the demo's to handle
            )

    def problems(self) -> list[str]:
        """Why it takes no payments yet; empty when it does. Raises WorkerRefused when it has died."""
        self.must_live()
        try:
            self._get("/readyz")
        except urllib.error.HTTPError as answer:
            return [str(problem) for problem in json.loads(answer.read())["problems"]]
        except OSError:
            return ["it is starting"]
        return []

    def must_live(self) -> None:
        """Start it again when it asks for that, as a supervisor would.

        Raises WorkerRefused with its last words when it has ended otherwise, or too often.
        """
        code = self.process.poll()
        if code == EXIT_RESTART and self._starts < MOST_STARTS:
            self.process = self._start()
        elif code is not None:
            raise WorkerRefused(f"the worker stopped with exit code {code}: {self.last_words()}")

    def last_words(self) -> str:
        """The end of what it wrote."""
        lines = self.log.read_text(encoding="utf-8", errors="replace").strip().splitlines()
        return " / ".join(lines[-_LOG_LINES:]) or "it said nothing"

    def quantiles_ms(self, metric: Metric, *quantiles: float) -> list[float]:
        """Quantiles of a histogram of seconds, in milliseconds, linear inside its buckets (as Prometheus does)."""
        buckets = _buckets(self._get("/metrics").decode(), metric)
        return [1000 * quantile_of(buckets, quantile) for quantile in quantiles]

    def _get(self, path: str) -> bytes:
        with urllib.request.urlopen(self.address + path, timeout=_ANSWER_SECONDS) as answer:  # noqa: S310 - our own http address
            content: bytes = answer.read()
        return content

    def kill(self) -> None:
        """SIGKILL: it can finish nothing."""
        self.process.kill()
        self.process.wait()

    def start_again(self) -> None:
        """As its supervisor would, after it was killed."""
        self.process = self._start()

    def stop(self) -> None:
        """SIGTERM, so that it finishes the batch in hand; a worker that does not end is killed."""
        if self.process.poll() is None:
            self.process.terminate()
        try:
            self.process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


@contextmanager
def demo_worker(environment: Mapping[str, str], address: str, log: Path) -> Iterator[DemoWorker]:
    """A worker for the time of the block, with these variables beside those of the demo itself."""
    worker = DemoWorker(environment, address, log)
    try:
        yield worker
    finally:
        worker.stop()


def wait_until_ready(worker: DemoWorker, seconds: float, tell: Callable[[str], None]) -> float:
    """Wait until it takes payments; gives the seconds that took. Raises WorkerRefused, naming why, when it does not.

    `tell` is told again and again why it is not yet, and how long that has been.
    """
    started = time.monotonic()
    while problems := worker.problems():
        waited = time.monotonic() - started
        if waited > seconds:
            raise WorkerRefused(f"the worker is not ready after {waited:.0f} s: {'; '.join(problems)}")
        tell(f"{problems[0]}, {waited:.0f} s")
        time.sleep(0.2)
    return time.monotonic() - started


def _buckets(exposition: str, metric: str) -> list[tuple[float, float]]:
    """Upper bound in seconds and cumulative count of each bucket, in order; the last bound is infinite."""
    samples = [
        sample
        for family in text_string_to_metric_families(exposition)
        if family.name == metric
        for sample in family.samples
        if sample.name == f"{metric}_bucket"
    ]
    return sorted((float(sample.labels["le"]), sample.value) for sample in samples)
