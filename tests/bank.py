"""A bank for tests: workers as processes of their own under a supervisor, and a hub that never stops sending."""

from __future__ import annotations

import re
import signal
import threading
import urllib.error
import urllib.request
from typing import TYPE_CHECKING, Self

from streams.edge.broker import free_ports
from tests.kafka import PROGRAM, Fed, Supervisor, Worker, feed, samples, wait_until

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from streams.config import Settings


class Bank:
    """Starts workers by their slot, each with an address for its metrics; counts what its hub has sent.

    Within the block, a worker that ends is started again, as on any real machine: one may end with 70 by itself.
    """

    def __init__(self, settings: Settings, folder: Path, closing: Callable[[Worker], Worker]) -> None:
        self.settings = settings
        self.workers: dict[str, Worker] = {}
        self.ports: dict[str, int] = {}
        self.sent = 0
        self._folder = folder
        self._closing = closing
        self._over = threading.Event()
        self._hub = threading.Thread(target=self._send)
        self._started: list[Worker] = []
        self._supervisor = Supervisor(self._started)

    def __enter__(self) -> Self:
        self._supervisor.__enter__()
        return self

    def __exit__(self, *_: object) -> None:
        self._supervisor.__exit__()
        self.stop_sending()

    def start(self, slot: str, **more: str) -> None:
        """A worker with these settings beside the common ones, as environment variables."""
        [self.ports[slot]] = free_ports(1)
        port = str(self.ports[slot])
        worker = Worker(
            self.settings, slot, self._folder, program=(PROGRAM, "run"), PAYMENT_FILTER_HTTP_PORT=port, **more
        )
        self.workers[slot] = self._closing(worker)
        self._started.append(worker)

    def restart(self, slot: str) -> None:
        """As an operator does: SIGTERM, and the supervisor starts it again; gives back when it takes payments."""
        worker = self.workers[slot]
        before = len(worker.ends)
        worker.signal(signal.SIGTERM)
        wait_until(lambda: len(worker.ends) > before, 40, f"worker {slot} ends")
        assert worker.ends[-1] == 0
        wait_until(lambda: self.ready(slot), 60, f"worker {slot} is ready again")

    def metrics(self, slot: str) -> str:
        """What it tells Prometheus; empty where it does not answer."""
        return self.get(slot, "/metrics")[1]

    def ready(self, slot: str) -> bool:
        """Whether it takes payments."""
        return self.get(slot, "/readyz")[0] == 200

    def get(self, slot: str, path: str) -> tuple[int, str]:
        """Status and text; 0 where it does not answer."""
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.ports[slot]}{path}", timeout=5) as answer:
                return int(answer.status), str(answer.read().decode())
        except urllib.error.HTTPError as refused:
            with refused:
                return refused.code, refused.read().decode()
        except OSError:
            return 0, ""

    def decided_by(self, slot: str) -> float:
        """How many messages it has committed since it started."""
        counted = re.findall(r"^payment_filter_messages_total\{.*\} (\S+)$", self.metrics(slot), re.MULTILINE)
        return sum(map(float, counted))

    def send_all_the_time(self) -> None:
        """Let the hub begin."""
        self._hub.start()

    def stop_sending(self) -> None:
        """Let the hub finish what it is sending."""
        self._over.set()
        if self._hub.is_alive():
            self._hub.join()

    def _send(self) -> None:
        payments: list[Fed] = [(name.encode(), raw, []) for name, raw, _ in samples()[:40]]
        while not self._over.wait(0.3):
            feed(self.settings, payments)
            self.sent += len(payments)
