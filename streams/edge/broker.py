"""A real Apache Kafka (KRaft) on this machine, one node or three, from plain jars: for the demo, tests and bench.

The processes die with the thread that started them (Linux), so start a cluster from a thread that stays.
"""

from __future__ import annotations

import base64
import random
import shutil
import signal
import socket
import subprocess
import time
import uuid
from contextlib import ExitStack
from typing import TYPE_CHECKING, Self

from confluent_kafka import KafkaException
from confluent_kafka.admin import AdminClient

from streams.edge.child import tied
from streams.edge.errors import BrokerRefused
from streams.edge.java import RECIPE, find_java, libraries

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

READY_SECONDS = 90.0
STOP_SECONDS = 20.0
HEAP_MEGABYTES = 384


def free_ports(count: int) -> list[int]:
    """Ports nobody listens on, below the range the system takes for outgoing connections.

    A broker that restarts must find its port free: a port from the outgoing range could meanwhile be a client's.
    """
    with ExitStack() as held:
        ports: list[int] = []
        for port in random.SystemRandom().sample(range(20000, 32000), 400):
            probe = held.enter_context(socket.socket())
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            ports.append(port)
            if len(ports) == count:
                return ports
    raise BrokerRefused("no free port between 20000 and 32000 was found for a local Kafka")


def _fixed_ports(first: int, count: int) -> list[int]:
    ports = list(range(first, first + count))
    for port in ports:
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError as error:
                raise BrokerRefused(f"port {port} is in use: choose another first port for the local Kafka") from error
    return ports


class Node:
    """One broker-and-controller process."""

    def __init__(self, number: int, ports: tuple[int, int], folder: Path) -> None:
        self.number = number
        self.port, self.controller_port = ports
        self.folder = folder
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def running(self) -> bool:
        """Whether the process is there (it may not be ready yet)."""
        return self.process is not None and self.process.poll() is None

    def properties(self, nodes: Sequence[Node], extra: Mapping[str, str]) -> dict[str, str]:
        """The server.properties of this node: small, quick to start, as strict about durability as production."""
        copies, in_sync = str(min(3, len(nodes))), str(max(1, min(3, len(nodes)) - 1))
        return {
            "process.roles": "broker,controller",
            "node.id": str(self.number),
            "controller.quorum.voters": ",".join(f"{n.number}@127.0.0.1:{n.controller_port}" for n in nodes),
            "controller.listener.names": "CONTROLLER",
            "listeners": f"PLAINTEXT://127.0.0.1:{self.port},CONTROLLER://127.0.0.1:{self.controller_port}",
            "advertised.listeners": f"PLAINTEXT://127.0.0.1:{self.port}",
            "listener.security.protocol.map": "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT",
            "inter.broker.listener.name": "PLAINTEXT",
            "log.dirs": str(self.folder / "data"),
            "auto.create.topics.enable": "false",
            "unclean.leader.election.enable": "false",
            "default.replication.factor": copies,
            "min.insync.replicas": in_sync,
            "offsets.topic.replication.factor": copies,
            "offsets.topic.num.partitions": "8",
            "transaction.state.log.replication.factor": copies,
            "transaction.state.log.min.isr": in_sync,
            "transaction.state.log.num.partitions": "8",
            "share.coordinator.state.topic.replication.factor": copies,
            "share.coordinator.state.topic.min.isr": in_sync,
            "group.initial.rebalance.delay.ms": "0",
            "transaction.abort.timed.out.transaction.cleanup.interval.ms": "2000",
            # A killed node may register again only when its former life has expired.
            "broker.session.timeout.ms": "3000",
            "broker.heartbeat.interval.ms": "500",
            "num.network.threads": "2",
            "num.io.threads": "4",
            "log.cleaner.dedupe.buffer.size": str(16 << 20),  # the default takes 128 MiB of heap
            "log.segment.bytes": str(64 << 20),
            **extra,
        }

    def stop(self, with_signal: signal.Signals, seconds: float = STOP_SECONDS) -> None:
        """Send the signal and wait; a process that ignores it is killed."""
        if self.process is None:
            return
        if self.running:
            self.process.send_signal(with_signal)
        try:
            self.process.wait(seconds)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


class Cluster:
    """A local Kafka. `start()` returns when every node answers; as a context manager it stops at the end.

    `folder` holds configuration, data and logs (`node-1/broker.log`); `base_port` 0 takes free ports; `extra` adds
    to or replaces lines of server.properties. Raises BrokerRefused in one sentence when it cannot run here.
    """

    def __init__(
        self,
        folder: Path,
        *,
        nodes: int = 1,
        base_port: int = 0,
        heap_megabytes: int = HEAP_MEGABYTES,
        extra: Mapping[str, str] | None = None,
    ) -> None:
        self.folder = folder.resolve()
        self.heap_megabytes = heap_megabytes
        self.extra = dict(extra or {})
        self.client: dict[str, str] = {}  # how `wait` logs in, where `extra` asks for a login
        ports = free_ports(2 * nodes) if base_port == 0 else _fixed_ports(base_port, 2 * nodes)
        self.nodes = [Node(i + 1, (ports[i], ports[nodes + i]), self.folder / f"node-{i + 1}") for i in range(nodes)]
        self._java = find_java()
        self._libraries = libraries(self._java)

    @property
    def bootstrap(self) -> str:
        """The address clients take: all nodes, separated by commas."""
        return ",".join(f"127.0.0.1:{node.port}" for node in self.nodes)

    def __enter__(self) -> Self:
        with ExitStack() as undo:
            undo.callback(self.stop)  # whatever ends the start, no broker is left behind
            self.format()
            self.start()
            undo.pop_all()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def format(self) -> None:
        """Write fresh configuration and empty storage for every node; what was there is gone."""
        cluster_id = base64.urlsafe_b64encode(b"\x00" + uuid.uuid4().bytes[1:]).decode().rstrip("=")
        for node in self.nodes:
            shutil.rmtree(node.folder, ignore_errors=True)
            node.folder.mkdir(parents=True)
            lines = (f"{name}={value}\n" for name, value in node.properties(self.nodes, self.extra).items())
            (node.folder / "server.properties").write_text("".join(lines), encoding="utf-8")
        processes = [
            self._launch(node, 128, "kafka.tools.StorageTool", self._format_order(node, cluster_id))
            for node in self.nodes
        ]
        for node, process in zip(self.nodes, processes, strict=True):
            if process.wait(READY_SECONDS):
                raise BrokerRefused(f"the storage of the local Kafka could not be formatted: see {self.log(node)}")

    def start(self, seconds: float = READY_SECONDS) -> None:
        """Start every node that does not run, and wait until all answer."""
        for node in self.nodes:
            if not node.running:
                node.process = self._launch(
                    node, self.heap_megabytes, "kafka.Kafka", [str(node.folder / "server.properties")]
                )
        self.wait(seconds)

    def wait(self, seconds: float = READY_SECONDS) -> None:
        """Wait until the cluster answers with all its nodes: an open port alone says little."""
        deadline = time.monotonic() + seconds
        address = {"bootstrap.servers": self.bootstrap, **self.client}
        client = AdminClient({**address, "log_level": 0, "reconnect.backoff.max.ms": 250})
        while time.monotonic() < deadline:
            dead = next((node for node in self.nodes if not node.running), None)
            if dead is not None:
                raise BrokerRefused(f"the local Kafka stopped while starting: see {self.log(dead)}")
            try:
                if len(client.list_topics(timeout=1).brokers) == len(self.nodes):
                    return
            except KafkaException:
                time.sleep(0.05)
        raise BrokerRefused(f"the local Kafka did not answer within {seconds:.0f} s: see {self.log(self.nodes[0])}")

    def kill(self, number: int = 1) -> None:
        """End one node (1 is the first) without warning, as a power cut would."""
        self.nodes[number - 1].stop(signal.SIGKILL)

    def restart(self, number: int = 1) -> None:
        """Kill one node and start it again on the same ports with the same data."""
        self.kill(number)
        self.start()

    def stop(self) -> None:
        """Stop every node in good order; leaves data and logs."""
        for node in self.nodes:
            if node.running and node.process is not None:
                node.process.send_signal(signal.SIGTERM)
        for node in self.nodes:
            node.stop(signal.SIGTERM)

    def log(self, node: Node) -> Path:
        """What the node wrote."""
        return node.folder / "broker.log"

    def _format_order(self, node: Node, cluster_id: str) -> list[str]:
        return ["format", "-t", cluster_id, "-c", str(node.folder / "server.properties")]

    def _launch(self, node: Node, heap: int, main: str, arguments: list[str]) -> subprocess.Popen[bytes]:
        java = [
            str(self._java),
            f"-Xms{min(heap, 128)}m",
            f"-Xmx{heap}m",
            "-XX:+UseSerialGC",
            # Such a broker lives for minutes; its second compiler would take a core from the others for the first few.
            "-XX:TieredStopAtLevel=1",
            "-Djava.awt.headless=true",
        ]
        java += [f"-Dlog4j2.configurationFile={RECIPE / 'log4j2.yaml'}", "-cp", f"{self._libraries}/*", main]
        with self.log(node).open("ab") as log:
            return subprocess.Popen(
                tied([*java, *arguments]),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,  # Ctrl-C in the terminal is ours to handle
            )
