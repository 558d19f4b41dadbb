"""A broker for the demo, the tests and the bench: the one that is given, else Docker, else a local one from jars."""

from __future__ import annotations

import os
import socket
import time
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from confluent_kafka import KafkaException
from confluent_kafka.admin import AdminClient

from streams.edge.broker import READY_SECONDS, Cluster, free_ports

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

GIVEN = "PAYMENT_FILTER_KAFKA_BOOTSTRAP"
IMAGE = "apache/kafka:4.3.1"
DOCKER_HOST = "unix:///var/run/docker.sock"


@dataclass(frozen=True, slots=True)
class Provided:
    """A running Kafka: its address, and in words where it comes from."""

    bootstrap: str
    origin: str


@contextmanager
def kafka(folder: Path) -> Iterator[Provided]:
    """A running Kafka for the time of the block; what was started here is stopped at its end, whatever happens.

    `folder` takes the data of a local broker. Raises BrokerRefused, one sentence, where none can be had.
    """
    given = os.environ.get(GIVEN)
    if given:
        yield Provided(given, f"the one in {GIVEN}")
    elif docker_answers():
        with _container() as bootstrap:
            yield Provided(bootstrap, f"a Docker container of {IMAGE}")
    else:
        with Cluster(folder) as cluster:
            yield Provided(cluster.bootstrap, "a local broker from jars")


def docker_answers() -> bool:
    """Whether Docker's library is installed and a daemon answers."""
    host = os.environ.get("DOCKER_HOST", DOCKER_HOST)
    if host.startswith("unix://") and not _listens(host.removeprefix("unix://")):
        return False  # asked first because Docker's library leaves its socket open when nobody listens
    try:
        import docker  # noqa: PLC0415 - only where the development dependencies are installed
    except ImportError:
        return False
    try:
        client = docker.from_env(timeout=3)
        try:
            return bool(client.ping())
        finally:
            client.close()
    except (docker.errors.DockerException, OSError):
        return False


def _listens(path: str) -> bool:
    with socket.socket(socket.AF_UNIX) as probe:
        return probe.connect_ex(path) == 0


@contextmanager
def _container() -> Iterator[str]:
    """A broker in a container. The port is chosen here: the broker must know the address its clients will use."""
    from testcontainers.core.container import DockerContainer  # noqa: PLC0415 - a development dependency

    [port] = free_ports(1)
    container = DockerContainer(IMAGE).with_bind_ports(9092, port).with_envs(**_container_settings(port))
    with container:
        bootstrap = f"{container.get_container_host_ip()}:{port}"
        _wait_until_it_answers(bootstrap)
        yield bootstrap


def _container_settings(port: int) -> dict[str, str]:
    return {
        "KAFKA_NODE_ID": "1",
        "KAFKA_PROCESS_ROLES": "broker,controller",
        "KAFKA_LISTENERS": "PLAINTEXT://:9092,CONTROLLER://:9093",
        "KAFKA_ADVERTISED_LISTENERS": f"PLAINTEXT://localhost:{port}",
        "KAFKA_CONTROLLER_LISTENER_NAMES": "CONTROLLER",
        "KAFKA_LISTENER_SECURITY_PROTOCOL_MAP": "CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT",
        "KAFKA_CONTROLLER_QUORUM_VOTERS": "1@localhost:9093",
        "KAFKA_OFFSETS_TOPIC_REPLICATION_FACTOR": "1",
        "KAFKA_TRANSACTION_STATE_LOG_REPLICATION_FACTOR": "1",
        "KAFKA_TRANSACTION_STATE_LOG_MIN_ISR": "1",
        "KAFKA_GROUP_INITIAL_REBALANCE_DELAY_MS": "0",
        "KAFKA_AUTO_CREATE_TOPICS_ENABLE": "false",
    }


def _wait_until_it_answers(bootstrap: str) -> None:
    client = AdminClient({"bootstrap.servers": bootstrap, "log_level": 0, "reconnect.backoff.max.ms": 250})
    deadline = time.monotonic() + READY_SECONDS
    while True:
        try:
            client.list_topics(timeout=1)
        except KafkaException:
            if time.monotonic() > deadline:
                raise
        else:
            return
