"""No name, account or text of a payment in a log line, a metric or a topic key, over a full run; and sealed records."""

from __future__ import annotations

import os
import re
import signal
import urllib.request
from typing import TYPE_CHECKING, Any

import pytest

from schemas.finding import Finding
from schemas.formats.detect import decode
from schemas.formats.limits import Limits
from schemas.payment import Account, Party, Text
from streams.edge.broker import free_ports
from streams.edge.sealing import load_keys, new_key
from streams.topics import OUTCOMES
from tests.kafka import LISTS, POLICY, PROGRAM, Worker, committed, feed, fresh_settings, read_all, samples, wait_until

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from confluent_kafka import Message

pytestmark = [pytest.mark.integration, pytest.mark.requirement("DPR-04")]
NOBODY = {"UNKNOWN"}  # what a sample says in a name's place, and a label of ours (the rail) says too
SHORTEST = 6  # shorter texts ("NORD", "12") stand by chance in hashes, times and our own words


def _personal(raw: bytes) -> Iterator[str]:
    message = decode(raw, Limits())
    if not isinstance(message, Finding):
        for payment in message.payments:
            yield from _texts(payment)


def _texts(node: Any) -> Iterator[str]:
    """Names, addresses, numbers, accounts and free texts, wherever they stand in the decoded payment."""
    if isinstance(node, Party | Account | Text):
        yield from _values(node)
    elif isinstance(node, tuple):
        for one in node:
            yield from _texts(one)
    elif hasattr(node, "__dataclass_fields__"):
        for name in node.__dataclass_fields__:
            yield from _texts(getattr(node, name))


def _values(node: Any) -> Iterator[str]:
    if isinstance(node, tuple):
        for one in node:
            yield from _values(one)
    elif hasattr(node, "text") and hasattr(node, "path"):
        yield from re.split(r"[\r\n]+", str(node.text))
    elif hasattr(node, "__dataclass_fields__"):
        for name in node.__dataclass_fields__:
            yield from _values(getattr(node, name))


def _found(texts: set[str], where: bytes) -> list[str]:
    content = where.decode("utf-8", "replace").casefold()
    return sorted(text for text in texts if text.casefold() in content)


def _our_words(message: Message) -> bytes:
    """Key and our headers of a record we author."""
    headers = list(message.headers() or ())
    ours = [value for name, value in headers if str(name).startswith(("payment-filter-", "ce_"))]
    return b"\n".join([message.key() or b"", *(value for value in ours if isinstance(value, bytes))])


def test_names_and_accounts_of_a_full_run_stand_in_no_log_metric_or_key(
    kafka_bootstrap: str, tmp_path: Path, closing: Callable[[Worker], Worker]
) -> None:
    """The worker logs all it can say, every record is sealed, and every payment text is looked for."""
    keys = tmp_path / "keys.toml"
    keys.write_text(new_key("test", os.urandom))
    [port] = free_ports(1)
    settings = fresh_settings(
        kafka_bootstrap, lists=LISTS, policy=POLICY, http_port=port, log_level="debug", seal_keys=keys
    )
    payments = samples()
    texts = {text.strip() for _, raw, _ in payments for text in _personal(raw) if len(text.strip()) >= SHORTEST}
    texts -= NOBODY
    assert len(texts) > 1000, "the samples hold names, accounts and texts"
    worker = closing(Worker(settings, "0", tmp_path, program=(PROGRAM, "run")))
    feed(settings, [(b"%d" % number, raw, []) for number, (_, raw, _) in enumerate(payments)])
    wait_until(lambda: committed(settings) == len(payments), 240, "everything is decided")
    told = b"".join(_page(port, path) for path in ("/", "/metrics", "/readyz", "/livez"))
    worker.signal(signal.SIGTERM)
    assert worker.wait() == 0
    assert _found(texts, worker.log.read_bytes()) == []
    assert _found(texts, told) == []
    authored = read_all(settings, ["decisions", "alerts"])
    assert _found(texts, b"\n".join(map(_our_words, [*authored, *read_all(settings, OUTCOMES)]))) == []
    sealed = [message.value() or b"" for message in authored]
    assert _found(texts, b"\n".join(sealed)) == [], "records are sealed"
    opened = b"\n".join(map(load_keys(keys).unseal, sealed))
    assert len(_found(texts, opened)) > 20, "and open with the key"


def _page(port: int, path: str) -> bytes:
    with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=5) as answer:
        return bytes(answer.read())
