"""A real Prometheus for tests: Debian's, in a process of its own, with the product's rules and quick scrapes."""

from __future__ import annotations

import json
import subprocess
import urllib.parse
import urllib.request
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import yaml

from streams.edge.broker import free_ports
from tests.kafka import wait_until
from tests.monitoring import PROMETHEUS, needed

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path


class Asked:
    """A running Prometheus, and what it answers."""

    def __init__(self, address: str) -> None:
        self.address = address

    def get(self, path: str, **query: str) -> Any:
        """The `data` of an answer of its API."""
        url = f"{self.address}/api/v1/{path}?{urllib.parse.urlencode(query)}"
        with urllib.request.urlopen(url, timeout=10) as answer:  # noqa: S310 - our own http address
            said = json.loads(answer.read())
        assert said["status"] == "success"
        return said["data"]

    def values(self, expression: str) -> list[float]:
        """The values of an instant query."""
        return [float(one["value"][1]) for one in self.get("query", query=expression)["result"]]

    def answers(self) -> bool:
        """Whether it has scraped every target at least once."""
        try:
            targets = self.get("targets")["activeTargets"]
        except OSError:
            return False
        return bool(targets) and all(target["health"] == "up" for target in targets)


@contextmanager
def prometheus(folder: Path, targets: Sequence[str]) -> Iterator[Asked]:
    """Scrapes these targets each second and judges the product's rules, for the time of the block."""
    program = needed("prometheus")
    [port] = free_ports(1)
    config = yaml.safe_load((PROMETHEUS / "prometheus.yaml").read_text(encoding="utf-8"))
    config["global"] |= {"scrape_interval": "1s", "evaluation_interval": "1s"}
    config["rule_files"] = [str(PROMETHEUS / "rules.yaml")]
    config["scrape_configs"] = [{"job_name": "payment-filter", "static_configs": [{"targets": list(targets)}]}]
    del config["alerting"]
    file = folder / "prometheus.yaml"
    file.write_text(yaml.safe_dump(config), encoding="utf-8")
    address = f"127.0.0.1:{port}"
    options = (f"--config.file={file}", f"--storage.tsdb.path={folder / 'tsdb'}", f"--web.listen-address={address}")
    with (folder / "prometheus.log").open("wb") as log:
        process = subprocess.Popen([program, *options], stdout=log, stderr=log, cwd=folder)
    asked = Asked(f"http://{address}")
    try:
        wait_until(asked.answers, 60, f"Prometheus scrapes {', '.join(targets)}")
        yield asked
    finally:
        process.terminate()
        process.wait(20)
