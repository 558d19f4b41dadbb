"""Nothing lost, nothing doubled: two workers under load, killed, paused, joined and left, and the broker killed."""

from __future__ import annotations

import random
import signal
import threading
import time
from itertools import cycle, islice
from typing import TYPE_CHECKING

import pytest

from tests.kafka import (
    LISTS,
    POLICY,
    PROGRAM,
    Fed,
    Supervisor,
    Worker,
    committed,
    exactly_once,
    feed,
    fresh_settings,
    samples,
    wait_until,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from streams.config import Settings
    from streams.edge.broker import Cluster

pytestmark = [pytest.mark.integration, pytest.mark.faults]

MESSAGES = 20_000
FEEDING_SECONDS = 60.0
SESSION_SECONDS = 6.0  # the group's patience with a silent member (streams/config.py)


@pytest.mark.timeout(290)
def test_every_message_comes_out_exactly_once_whatever_dies(
    mortal_cluster: Cluster, tmp_path: Path, closing: Callable[[Worker], Worker]
) -> None:
    settings = fresh_settings(mortal_cluster.bootstrap, lists=LISTS, policy=POLICY)

    def worker(slot: str) -> Worker:
        return closing(Worker(settings, slot, tmp_path, program=(PROGRAM, "run")))

    feeder = threading.Thread(target=_feed_slowly, args=(settings,))
    first, second = worker("0"), worker("1")
    with Supervisor([first, second]):
        feeder.start()
        wait_until(lambda: committed(settings) > 0, 60, "the first payments are decided")
        for victim in (first, second, first, second):
            victim.signal(signal.SIGKILL)
            time.sleep(random.SystemRandom().uniform(3.0, 6.0))
        _pause(first)
        _kill_the_broker(mortal_cluster)
        third = worker("2")
        time.sleep(10)
        third.signal(signal.SIGTERM)
        assert third.wait() == 0
        feeder.join()
        wait_until(lambda: committed(settings) == MESSAGES, 120, "everything is decided")
    for survivor in (first, second):
        survivor.signal(signal.SIGTERM)
        assert survivor.wait() == 0
    assert {-signal.SIGKILL} <= set(first.ends) & set(second.ends)
    counts = exactly_once(settings)
    assert counts.pop("inbound") == MESSAGES
    assert not any(counts.values()), counts


def _feed_slowly(settings: Settings) -> None:
    """All three formats, all scenarios of the samples, over and over."""
    messages = cycle(samples())
    chunk = MESSAGES // 100
    for _ in range(100):
        began = time.monotonic()
        batch: list[Fed] = [(name.encode(), raw, []) for name, raw, _ in islice(messages, chunk)]
        feed(settings, batch)
        time.sleep(max(0.0, FEEDING_SECONDS / 100 - (time.monotonic() - began)))


def _pause(worker: Worker) -> None:
    """Longer than the group waits for a silent member: it comes back as a zombie."""
    worker.signal(signal.SIGSTOP)
    time.sleep(SESSION_SECONDS + 3)
    worker.signal(signal.SIGCONT)
    time.sleep(2)


def _kill_the_broker(cluster: Cluster) -> None:
    cluster.kill()
    time.sleep(1)
    cluster.start()
