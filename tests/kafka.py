"""Reading and feeding Kafka in tests, and workers as real processes."""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
import threading
import time
import uuid
from collections import Counter, defaultdict
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Self

from confluent_kafka import Consumer, KafkaException, Message, Producer, TopicPartition
from pydantic import SecretStr

from streams.config import Settings
from streams.edge.admin import create_topics
from streams.topics import OUTCOMES, Logical, full_name

if TYPE_CHECKING:
    import signal
    from collections.abc import Callable, Iterable, Sequence

ROOT = Path(__file__).resolve().parents[1]
PROGRAM = str(Path(sys.executable).with_name("payment-filter"))
LISTS = ROOT / "deploy" / "samples" / "lists"
POLICY = ROOT / "deploy" / "policy.toml"
TRIVIAL_WORKER = ROOT / "tests" / "integration" / "trivial_worker.py"


Fed = tuple[bytes | None, bytes | None, list[tuple[str, bytes | None]]]
"""A message to feed: key, value, headers."""


def samples() -> list[tuple[str, bytes, str]]:
    """The demo's payments: name, bytes, and the outcome their manifest promises."""
    folder = ROOT / "deploy" / "samples" / "payments"
    with (folder / "manifest.csv").open(encoding="utf-8") as manifest:
        return [(row["file"], (folder / row["file"]).read_bytes(), row["outcome"]) for row in csv.DictReader(manifest)]


def fresh_settings(bootstrap: str, **changes: object) -> Settings:
    """Settings with topics of their own (created), so that tests do not see each other."""
    prefix = f"t{uuid.uuid4().hex[:10]}."
    settings = Settings.model_validate(
        {"kafka_bootstrap": bootstrap, "topic_prefix": prefix, "partitions": 4, **changes}
    )
    create_topics(settings)
    return settings


def environment(settings: Settings, **more: str) -> dict[str, str]:
    """The settings as a worker process takes them: in its environment."""
    given = settings.model_dump(exclude_unset=True, mode="json")
    given |= {name: value.get_secret_value() for name, value in settings if isinstance(value, SecretStr)}
    return os.environ | {f"PAYMENT_FILTER_{name.upper()}": str(value) for name, value in given.items()} | more


def run_command(settings: Settings, *command: str, **more: str) -> subprocess.CompletedProcess[str]:
    """`payment-filter COMMAND` with these settings, run to its end."""
    return subprocess.run(
        [PROGRAM, *command],
        env=environment(settings, **more),
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
        cwd=ROOT,
    )


def feed(settings: Settings, messages: Iterable[Fed]) -> None:
    """Publish (key, value, headers) to the inbound topic; every one is acknowledged when this returns."""
    failed: list[str] = []
    producer = Producer(
        {
            **settings.kafka_options(),
            "enable.idempotence": True,
            "log_level": 0,
            "linger.ms": 5,
            "message.max.bytes": 20_000_000,
            "message.timeout.ms": 120_000,
            "reconnect.backoff.max.ms": 500,
        }
    )
    topic = full_name("inbound", settings.topic_prefix)
    for key, value, headers in messages:
        producer.produce(
            topic,
            value,
            key,
            headers=list(headers),
            on_delivery=lambda error, _: failed.append(str(error)) if error else None,
        )
        producer.poll(0)
    left = producer.flush(150)
    assert not failed, failed[:3]
    assert left == 0, f"{left} messages were not acknowledged"


def read_all(
    settings: Settings, topics: Sequence[Logical], isolation: str = "read_committed", group: str = ""
) -> list[Message]:
    """Everything that stands on these topics now, up to their ends as this isolation level sees them."""
    consumer = Consumer(
        {
            **settings.kafka_options(),
            "group.id": group or f"reader-{uuid.uuid4().hex}",
            "enable.auto.commit": False,
            "isolation.level": isolation,
            "enable.partition.eof": True,
        }
    )
    try:
        names = [full_name(logical, settings.topic_prefix) for logical in topics]
        known = consumer.list_topics(timeout=20).topics
        open_ends = {(name, number) for name in names for number in known[name].partitions}
        consumer.assign([TopicPartition(name, number, 0) for name, number in open_ends])
        found: list[Message] = []
        deadline = time.monotonic() + 60
        while open_ends and time.monotonic() < deadline:
            for message in consumer.consume(2000, 0.5):
                if message.error() is None:
                    found.append(message)
                else:
                    open_ends.discard((str(message.topic()), int(message.partition() or 0)))
        assert not open_ends, f"the ends of {sorted(open_ends)} were not reached: an open transaction blocks them"
        return found
    finally:
        consumer.close()


def committed(settings: Settings) -> int:
    """How many inbound messages the group has behind it (-1: Kafka does not say now)."""
    consumer = Consumer({**settings.kafka_options(), "group.id": settings.full_group, "log_level": 0})
    try:
        topic = full_name("inbound", settings.topic_prefix)
        places = [TopicPartition(topic, number) for number in range(settings.partitions)]
        return sum(max(0, place.offset) for place in consumer.committed(places, timeout=5))
    except KafkaException:
        return -1
    finally:
        consumer.close()


def wait_until(condition: Callable[[], bool], seconds: float, what: str) -> None:
    """Fail with `what` when the condition does not come true in time."""
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, f"not within {seconds:.0f} s: {what}"
        time.sleep(0.1)


class Worker:
    """A worker as a process of its own, logging to a file. `program` is what follows the interpreter."""

    def __init__(self, settings: Settings, slot: str, folder: Path, program: Sequence[str] = (), **more: str) -> None:
        self.slot = slot
        self.log = folder / f"worker-{slot}.log"
        self._program = [sys.executable, *(program or (str(TRIVIAL_WORKER),))]
        self._environment = environment(settings, PAYMENT_FILTER_SLOT=slot, **more)
        self.ends: list[int] = []
        self.process: subprocess.Popen[bytes] | None = None
        self.start()

    def start(self) -> None:
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(self._program, env=self._environment, stdout=log, stderr=log, cwd=ROOT)

    @property
    def running(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def signal(self, what: signal.Signals) -> None:
        assert self.process is not None
        self.process.send_signal(what)

    def wait(self, seconds: float = 40) -> int:
        assert self.process is not None
        code = self.process.wait(seconds)
        self.ends.append(code)
        return code

    def close(self) -> None:
        if self.process is not None:
            with suppress(ProcessLookupError):
                self.process.kill()
            self.process.wait()

    def events(self, name: str) -> list[dict[str, object]]:
        """The log lines of this event."""
        lines = self.log.read_text(encoding="utf-8").splitlines()
        parsed = [json.loads(line) for line in lines if line.startswith("{")]
        return [line for line in parsed if line.get("event") == name]


class Supervisor:
    """Starts workers again when they end, as Docker or systemd do, until the block ends."""

    def __init__(self, workers: Sequence[Worker]) -> None:
        self._workers = workers
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._watch)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._over.wait(0.2):
            for worker in self._workers:
                if not worker.running:
                    worker.wait()
                    worker.start()


def source_of(message: Message) -> str:
    """topic/partition/offset of the inbound record an output belongs to."""
    headers = dict(message.headers() or ())
    value = headers["payment-filter-source"]
    assert isinstance(value, bytes)
    return value.decode()


def exactly_once(settings: Settings) -> dict[str, int]:
    """Compare what went in with what came out, read_committed. Counts of every kind of mistake; all must be 0."""
    inbound = {f"{m.topic()}/{m.partition()}/{m.offset()}": m for m in read_all(settings, ["inbound"])}
    outcomes: dict[str, list[Message]] = defaultdict(list)
    for message in read_all(settings, OUTCOMES):
        outcomes[source_of(message)].append(message)
    decisions = Counter(source_of(message) for message in read_all(settings, ["decisions"]))
    return {
        "inbound": len(inbound),
        "lost": sum(source not in outcomes for source in inbound),
        "doubled": sum(len(found) - 1 for found in outcomes.values()),
        "invented": sum(source not in inbound for source in outcomes),
        "changed": sum(
            found[0].value() != inbound[source].value() or found[0].key() != inbound[source].key()
            for source, found in outcomes.items()
            if source in inbound
        ),
        "decisions_lost": sum(source not in decisions for source in inbound),
        "decisions_doubled": sum(count - 1 for count in decisions.values()),
    }
