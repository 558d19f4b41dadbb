"""A real Prometheus and a real Alertmanager with the product's own files, on a clock that runs faster (speed.py)."""

from __future__ import annotations

import json
import shutil
import signal
import subprocess
import time
import urllib.parse
import urllib.request
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from math import nan
from typing import TYPE_CHECKING, Any, Final

import yaml

from streams.edge.broker import free_ports
from streams.edge.child import tied
from streams.edge.demo.speed import faster, faster_routes, faster_rules, faster_scrapes
from streams.edge.errors import WatchRefused

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from datetime import datetime
    from pathlib import Path

    from streams.metrics import Metric

READY_SECONDS: Final = 60.0
STOP_SECONDS: Final = 10.0
_ANSWER_SECONDS: Final = 10.0
# What Prometheus leaves to its options: how long a sample counts, and how often a firing alert is told again.
_LOOKBACK, _TELL_AGAIN = "5m", "1m"
_INSTALL = "install them (Debian: apt-get install prometheus prometheus-alertmanager)"


@dataclass(frozen=True, slots=True)
class Programs:
    """Where the two are installed."""

    prometheus: str
    alertmanager: str


def installed() -> Programs:
    """Both programs. Raises WatchRefused, one sentence, where one is missing."""
    prometheus = shutil.which("prometheus")
    alertmanager = shutil.which("prometheus-alertmanager") or shutil.which("alertmanager")
    if prometheus is None or alertmanager is None:
        missing = [name for name, path in (("Prometheus", prometheus), ("Alertmanager", alertmanager)) if path is None]
        raise WatchRefused(f"the full demo needs {' and '.join(missing)}: {_INSTALL}")
    return Programs(prometheus, alertmanager)


class Watch:
    """Both, running; the addresses people open, and what Prometheus answers."""

    def __init__(self, prometheus: str, alertmanager: str) -> None:
        self.prometheus = f"http://{prometheus}"
        self.alertmanager = f"http://{alertmanager}"

    def page(self) -> str:
        """Where Prometheus shows the alerts to people: Debian's package keeps an older page."""
        for path in ("/alerts", "/classic/alerts"):
            with suppress(OSError):
                _get(self.prometheus + path)
                return self.prometheus + path
        return f"{self.prometheus}/api/v1/alerts"

    def ask(self, path: str, **query: str) -> Any:
        """The `data` of an answer of Prometheus' API. Raises WatchRefused where it does not answer."""
        try:
            return self._data(path, **query)
        except OSError as error:
            raise WatchRefused(f"Prometheus at {self.prometheus} no longer answers: {error}") from None

    def _data(self, path: str, **query: str) -> Any:
        return json.loads(_get(f"{self.prometheus}/api/v1/{path}?{urllib.parse.urlencode(query)}"))["data"]

    def fired(self, seconds: float) -> set[str]:
        """The names of the alerts that fired within so many seconds, whether or not anybody was told."""
        window = f"{max(1, round(seconds))}s"
        expression = f'count by (alertname) (count_over_time(ALERTS{{alertstate="firing"}}[{window}]))'
        return {one["metric"]["alertname"] for one in self.ask("query", query=expression)["result"]}

    def quantile_ms(self, quantile: float, metric: Metric, since: datetime, until: datetime) -> float:
        """A quantile over all workers between two times, of a histogram of seconds, in milliseconds; nan for none."""
        window = f"{max(1, round((until - since).total_seconds()))}s"
        expression = f"histogram_quantile({quantile}, sum by (le) (increase({metric}_bucket[{window}])))"
        found = self.ask("query", query=expression, time=until.isoformat())["result"]
        return 1000 * float(found[0]["value"][1]) if found else nan

    def awaits(self, targets: int) -> str:
        """What is missing until it has scraped so many workers and no alert is pending or fires; "" for nothing.

        Raises OSError before it listens. Until its first scrape, some seconds after its start, there are no workers
        for Prometheus.
        """
        found = self._data("targets")["activeTargets"]
        up = sum(target["health"] == "up" for target in found)
        if up != targets or len(found) != targets:
            return f"it could scrape {up} of {targets} workers"
        alerts = {f"{one['labels']['alertname']} ({one['state']})" for one in self._data("alerts")["alerts"]}
        return f"an alert is there before the hour began: {', '.join(sorted(alerts))}" if alerts else ""


@contextmanager
def watching(deploy: Path, folder: Path, targets: Sequence[str], webhooks: str, speed: int) -> Iterator[Watch]:
    """Scrape these workers (host:port) and tell alerts to these webhooks, for the time of the block.

    `deploy` holds prometheus/ and alertmanager/. Raises WatchRefused where one of the two does not start.
    """
    programs = installed()
    first, second = (f"127.0.0.1:{port}" for port in free_ports(2))
    ours, routes = deploy / "prometheus", deploy / "alertmanager" / "alertmanager.yaml"
    texts = {
        "prometheus.yaml": faster_scrapes((ours / "prometheus.yaml").read_text("utf-8"), speed, second),
        "rules.yaml": faster_rules((ours / "rules.yaml").read_text("utf-8"), speed),
        "alertmanager.yaml": faster_routes(routes.read_text("utf-8"), speed, webhooks),
        "targets/workers.yaml": yaml.safe_dump([{"targets": list(targets)}]),
    }
    _write(folder, texts)
    watch = Watch(first, second)
    with ExitStack() as running:
        log = folder / "alertmanager.log"
        process = running.enter_context(_program(_alertmanager(programs, folder, second), log))
        _wait(
            process, lambda: "" if _get(f"{watch.alertmanager}/-/ready") else "its answer is empty", "Alertmanager", log
        )
        log = folder / "prometheus.log"
        process = running.enter_context(_program(_prometheus(programs, folder, first, speed), log))
        _wait(process, lambda: watch.awaits(len(targets)), "Prometheus", log)
        yield watch


def _write(folder: Path, texts: Mapping[str, str]) -> None:
    (folder / "targets").mkdir(parents=True)
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8")


def _prometheus(programs: Programs, folder: Path, address: str, speed: int) -> list[str]:
    return [
        programs.prometheus,
        f"--config.file={folder / 'prometheus.yaml'}",
        f"--storage.tsdb.path={folder / 'series'}",
        f"--web.listen-address={address}",
        f"--query.lookback-delta={faster(_LOOKBACK, speed)}",
        f"--rules.alert.resend-delay={faster(_TELL_AGAIN, speed)}",
        "--log.level=warn",
    ]


def _alertmanager(programs: Programs, folder: Path, address: str) -> list[str]:
    return [
        programs.alertmanager,
        f"--config.file={folder / 'alertmanager.yaml'}",
        f"--storage.path={folder / 'silences'}",
        f"--web.listen-address={address}",
        "--cluster.listen-address=",  # it is alone
        "--log.level=warn",
    ]


@contextmanager
def _program(command: Sequence[str], log: Path) -> Iterator[subprocess.Popen[bytes]]:
    with log.open("ab") as output:
        process = subprocess.Popen(
            tied(command, signal.SIGKILL),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            start_new_session=True,
        )
    try:
        yield process
    finally:
        process.terminate()
        try:
            process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _wait(process: subprocess.Popen[bytes], awaits: Callable[[], str], name: str, log: Path) -> None:
    """Until nothing is missing any more. Raises WatchRefused: what is missing, and the program's last words."""
    began = time.monotonic()
    while missing := _asked(awaits):
        waited = time.monotonic() - began
        if process.poll() is not None or waited > READY_SECONDS:
            words = " / ".join([missing, *log.read_text(encoding="utf-8", errors="replace").strip().splitlines()[-2:]])
            raise WatchRefused(f"{name} is not ready after {waited:.0f} s: {words}")
        time.sleep(0.1)


def _asked(awaits: Callable[[], str]) -> str:
    try:
        return awaits()
    except OSError as error:
        return f"it does not answer ({error})"


def _get(url: str) -> bytes:
    with urllib.request.urlopen(url, timeout=_ANSWER_SECONDS) as answer:  # noqa: S310 - our own http address
        content: bytes = answer.read()
    return content
