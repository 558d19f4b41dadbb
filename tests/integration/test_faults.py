"""Nothing lost, nothing doubled: two workers under load, killed, paused, joined and left, and the broker killed."""

from __future__ import annotations

import random
import signal
import threading
import time
from typing import TYPE_CHECKING

import pytest

from tests.kafka import Worker, committed, exactly_once, feed, fresh_settings

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from streams.config import Settings
    from streams.edge.broker import Cluster

pytestmark = [pytest.mark.integration, pytest.mark.faults]

MESSAGES = 20_000
FEEDING_SECONDS = 60.0
SESSION_SECONDS = 6.0


@pytest.mark.timeout(280)
def test_every_message_comes_out_exactly_once_whatever_dies(
    mortal_cluster: Cluster, tmp_path: Path, closing: Callable[[Worker], Worker]
) -> None:
    settings = fresh_settings(mortal_cluster.bootstrap)
    feeder = threading.Thread(target=_feed_slowly, args=(settings,))
    first, second = (closing(Worker(settings, slot, tmp_path)) for slot in ("0", "1"))
    feeder.start()
    time.sleep(5)
    for victim in (first, second, first, second):
        _kill(victim)
        time.sleep(random.SystemRandom().uniform(2.0, 5.0))
    _pause(first)
    _kill_the_broker(mortal_cluster)
    third = closing(Worker(settings, "2", tmp_path))
    time.sleep(6)
    third.signal(signal.SIGTERM)
    assert third.wait() == 0
    feeder.join()
    _drain(settings, [first, second])
    for worker in (first, second):
        worker.signal(signal.SIGTERM)
        worker.wait()
    counts = exactly_once(settings)
    assert counts.pop("inbound") >= MESSAGES
    assert not any(counts.values()), counts


def _feed_slowly(settings: Settings) -> None:
    chunk = MESSAGES // 100
    for start in range(0, MESSAGES, chunk):
        began = time.monotonic()
        feed(settings, [(b"key-%d" % (i % 997), b"message %d" % i, []) for i in range(start, start + chunk)])
        time.sleep(max(0.0, FEEDING_SECONDS / 100 - (time.monotonic() - began)))


def _kill(worker: Worker) -> None:
    worker.signal(signal.SIGKILL)
    worker.wait()
    worker.start()


def _pause(worker: Worker) -> None:
    """Longer than the group waits for a silent member: it comes back as a zombie."""
    worker.signal(signal.SIGSTOP)
    time.sleep(SESSION_SECONDS + 3)
    worker.signal(signal.SIGCONT)
    time.sleep(2)
    worker.supervise()


def _kill_the_broker(cluster: Cluster) -> None:
    cluster.kill()
    time.sleep(1)
    cluster.start()


def _drain(settings: Settings, workers: list[Worker]) -> None:
    deadline = time.monotonic() + 90
    while committed(settings) < MESSAGES:
        assert time.monotonic() < deadline, f"{committed(settings)} of {MESSAGES} after 90 s"
        for worker in workers:
            worker.supervise()
        time.sleep(0.5)
