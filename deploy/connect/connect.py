"""Connect to the payment filter in Python: `python connect.py send FILE…`, `alerts`, or `decision ID`.

Needs confluent-kafka. PAYMENT_FILTER_KAFKA_BOOTSTRAP says where Kafka is, PAYMENT_FILTER_TOPIC_PREFIX how topics begin;
SETTINGS shows what a Kafka with TLS and a login asks for beside.
"""

from __future__ import annotations

import json
import os
import sys
import time
import uuid
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Self

from confluent_kafka import Consumer, KafkaException, Message, Producer, TopicPartition

if TYPE_CHECKING:
    from collections.abc import Iterator

SETTINGS = {
    "bootstrap.servers": "BOOTSTRAP",
    "security.protocol": "SECURITY_PROTOCOL",  # SASL_SSL: name and password; SSL: a certificate
    "sasl.mechanism": "SASL_MECHANISM",  # SCRAM-SHA-512
    "sasl.username": "SASL_USERNAME",
    "sasl.password": "SASL_PASSWORD",
    "ssl.ca.location": "SSL_CA_LOCATION",  # who vouches for the brokers (PEM)
    "ssl.certificate.location": "SSL_CERTIFICATE_LOCATION",  # with SSL: your certificate chain and its key (PEM)
    "ssl.key.location": "SSL_KEY_LOCATION",
}
SAID = {option: os.environ.get(f"PAYMENT_FILTER_KAFKA_{name}", "") for option, name in SETTINGS.items()}
KAFKA = {"bootstrap.servers": "localhost:9092"} | {option: value for option, value in SAID.items() if value}
PREFIX = os.environ.get("PAYMENT_FILTER_TOPIC_PREFIX", "")
OUTCOMES = [f"{PREFIX}payments.{outcome}" for outcome in ("execute", "suspend", "reject")]
PATIENCE_SECONDS = 60.0


def send(files: list[str]) -> None:
    """Publish each file as one message and wait for its outcome, found by where the message stood."""
    with Reader(OUTCOMES, from_now=True) as reader:  # listen before you speak
        waiting = publish(files)
        for message in reader.messages():
            headers = headers_of(message)
            file = waiting.pop(headers["payment-filter-source"], None)
            if file is not None:
                print(f"{file} {headers['payment-filter-outcome']} {headers['payment-filter-decision-id']}", flush=True)
            if not waiting:
                return
    sys.exit(f"no outcome within {PATIENCE_SECONDS:.0f} s for: {', '.join(waiting.values())}")


def publish(files: list[str]) -> dict[str, str]:
    """Where each message stands once Kafka has it: topic/partition/offset -> file."""
    stands: dict[str, str] = {}

    def written(file: str, error: object, message: Message) -> None:
        if error is not None:
            sys.exit(f"{file} was not published: {error}")
        stands[f"{message.topic()}/{message.partition()}/{message.offset()}"] = file

    producer = Producer({**KAFKA, "enable.idempotence": True})
    for file in files:
        # In production the key is a keyed hash of the payer's account: order is kept for each payer.
        producer.produce(
            f"{PREFIX}payments.inbound",
            Path(file).read_bytes(),
            key=Path(file).name,
            on_delivery=partial(written, file),
        )
    producer.flush(PATIENCE_SECONDS)
    return stands


def alerts() -> None:
    """Every alert once, told apart by ce_id: the same payment sent or decided again makes no second alert."""
    seen: set[str] = set()  # keep this beside your cases, in the same transaction
    with Reader([f"{PREFIX}payments.alerts"], to_end=True) as reader:
        for message in reader.messages():
            alert_id = headers_of(message)["ce_id"]
            if alert_id not in seen:
                seen.add(alert_id)
                alert = json.loads(message.value() or b"")
                print(f"{alert_id} {alert['case_id']} {alert['severity']} {alert['kind']}", flush=True)


def decision(decision_id: str) -> None:
    """Read one decision record, and say why."""
    with Reader([f"{PREFIX}payments.decisions"], to_end=True) as reader:
        for message in reader.messages():
            if headers_of(message)["payment-filter-decision-id"] == decision_id:
                record = json.loads(message.value() or b"")
                print(f"{record['outcome']} under policy {record['policy']['id']}, edition {record['edition']['id']}")
                for finding in record["findings"]:
                    print(f"{finding['reason']} at {finding['path']}: {finding['sentence']} ({finding['source']})")
                return
    sys.exit(f"there is no decision {decision_id}")


class Reader:
    """Reads topics, only what was committed; from now on, or from the beginning to what is there now."""

    def __init__(self, topics: list[str], *, from_now: bool = False, to_end: bool = False) -> None:
        self._consumer = Consumer(
            {
                **KAFKA,
                # In production a stable name (rights are given to what begins so), and commit after the work is done.
                "group.id": f"{PREFIX}cases.{uuid.uuid4()}",
                "isolation.level": "read_committed",
                "enable.auto.commit": False,
            }
        )
        self._open: dict[tuple[str, int], int] = {}
        places = []
        for topic in topics:
            for partition in self._consumer.list_topics(topic, 20).topics[topic].partitions:
                low, high = self._bounds(TopicPartition(topic, partition))
                places.append(TopicPartition(topic, partition, high if from_now else low))
                if to_end and high > low:
                    self._open[topic, partition] = high
        self._to_end = to_end
        self._consumer.assign(places)

    def _bounds(self, place: TopicPartition) -> tuple[int, int]:
        """First offset and the one after the last. A partition whose leader is just changing is asked again."""
        until = time.monotonic() + PATIENCE_SECONDS
        while True:
            try:
                low, high = self._consumer.get_watermark_offsets(place, 20)
            except KafkaException:
                if time.monotonic() > until:
                    raise
                time.sleep(0.5)
            else:
                return low, high

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._consumer.close()

    def messages(self) -> Iterator[Message]:
        """What comes, until the end of what was there, or until patience is over."""
        until = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < until and (self._open or not self._to_end):
            message = self._consumer.poll(0.2)
            if message is not None and message.error() is not None:
                raise KafkaException(message.error())
            if message is not None:
                yield message
            self._close_what_was_read()

    def _close_what_was_read(self) -> None:
        """By position, not by record: the last offset of a transaction is Kafka's own mark and never arrives."""
        for place in self._consumer.position(self._consumer.assignment()):
            if place.offset >= self._open.get((place.topic, place.partition), place.offset + 1):
                del self._open[place.topic, place.partition]


def headers_of(message: Message) -> dict[str, str]:
    """Headers as text; those of the filter are UTF-8, those of the hub may be anything."""
    headers = dict(message.headers() or ())
    return {name: value.decode(errors="replace") for name, value in headers.items() if isinstance(value, bytes)}


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["send", *files] if files:
            send(files)
        case ["alerts"]:
            alerts()
        case ["decision", wanted]:
            decision(wanted)
        case _:
            sys.exit((__doc__ or "").splitlines()[0])
