"""Brokers for the integration tests: the given one, Docker's, or a local one; fault tests get one they may kill."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from streams.edge.broker import Cluster
from streams.edge.provide import kafka
from tests.secured import SecuredKafka

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tests.kafka import Worker


@pytest.fixture(scope="session")
def kafka_bootstrap(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A broker that all tests share; each uses topics of its own."""
    with kafka(tmp_path_factory.mktemp("kafka")) as provided:
        yield provided.bootstrap


@pytest.fixture(scope="session")
def secured(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SecuredKafka]:
    """A broker with TLS, logins and an authorizer, and nobody's rights set; each test uses a prefix of its own."""
    with SecuredKafka(tmp_path_factory.mktemp("secured")) as kafka:
        yield kafka


@pytest.fixture
def mortal_cluster(tmp_path: Path) -> Iterator[Cluster]:
    """A broker of the test's own, to kill and restart."""
    with Cluster(tmp_path / "kafka") as cluster:
        yield cluster


@pytest.fixture
def closing() -> Iterator[Callable[[Worker], Worker]]:
    """Register a worker so that it ends with the test, whatever happens."""
    workers: list[Worker] = []

    def register(worker: Worker) -> Worker:
        workers.append(worker)
        return worker

    yield register
    for worker in workers:
        worker.close()
