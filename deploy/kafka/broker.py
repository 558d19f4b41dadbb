"""A local Kafka in the foreground, for trying things out: `make kafka`, or this file with `--nodes 3`."""

from __future__ import annotations

import argparse
import signal
import sys
import time
from pathlib import Path

from streams.edge.broker import HEAP_MEGABYTES, Cluster
from streams.edge.errors import BrokerRefused
from streams.edge.java import BUILD


def main() -> int:
    """Start, say where, and stay until Ctrl-C, SIGTERM or the end of a node. Exit 0, or 2 when it cannot run here."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    choice = _choices()
    try:
        cluster = Cluster(choice.folder, nodes=choice.nodes, base_port=choice.port, heap_megabytes=choice.heap)
        return _serve(cluster)
    except BrokerRefused as refusal:
        print(f"kafka: {refusal}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 0


def _choices() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="broker.py", description="A local Kafka (KRaft) in the foreground.")
    parser.add_argument("--nodes", type=int, choices=(1, 3), default=1, help="one node, or three that copy each other")
    parser.add_argument(
        "--port", type=int, default=9092, help="first port; as many more as nodes, twice (0: free ones)"
    )
    parser.add_argument("--folder", type=Path, default=BUILD / "foreground", help="configuration, data and logs")
    parser.add_argument("--heap", type=int, default=HEAP_MEGABYTES, help="megabytes of Java heap for each node")
    return parser.parse_args()


def _serve(cluster: Cluster) -> int:
    print("Starting Kafka (the first time its jars are fetched, about 45 MB) ...", flush=True)
    try:
        with cluster:
            print(f"Kafka is ready. Use it with: export PAYMENT_FILTER_KAFKA_BOOTSTRAP={cluster.bootstrap}", flush=True)
            while all(node.running for node in cluster.nodes):
                time.sleep(0.5)
    except KeyboardInterrupt:
        cluster.stop()
        raise
    raise BrokerRefused(f"a node stopped by itself: see the logs in {cluster.folder}")


if __name__ == "__main__":
    sys.exit(main())
