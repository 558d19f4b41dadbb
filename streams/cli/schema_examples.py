"""Real records for the AsyncAPI document: samples sent through the pipeline, with fixed places and times.

Nothing here is typed in: message, decision and alert are what a worker would read and publish (invariant 2).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import orjson

from schemas.context_header import PREFIX, context_of
from streams.asyncapi import Example
from streams.cli.common import DEFAULT_LISTS, DEFAULT_POLICY, ROOT, index_at, policy_at
from streams.pipeline import filter_batch
from streams.publish import Inbound, outputs
from streams.topics import OUTCOMES, TOPICS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from schemas.decision import Decisions
    from streams.asyncapi import Content
    from streams.publish import Outgoing

SAMPLES = ROOT / "deploy" / "samples" / "payments"
RECEIVED = datetime(2026, 7, 1, 9, 30, tzinfo=UTC)
TRACE = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"
_CONTENT: dict[str, Content] = {".xml": "iso20022", ".txt": "swift", ".json": "json"}


@dataclass(frozen=True, slots=True)
class Sample:
    """One sample file, what it shows, and what a hub says beside it."""

    file: str
    shows: str
    headers: dict[str, str] = field(default_factory=dict)


SHOWN = (
    Sample(
        "pacs008/0001-instant.xml",
        "an instant transfer, complete and not listed",
        {
            f"{PREFIX}channel": "sct_inst",
            f"{PREFIX}received-at": RECEIVED.isoformat(),
            f"{PREFIX}context": '{"payer_account_based":true,"payee_account_based":true}',
            "traceparent": TRACE,
        },
    ),
    Sample("pacs008/0031-listed-text.xml", "a listed name inside the remittance text"),
    Sample("pacs008/0018-third-element-partly.xml", "information incomplete under Art. 4"),
    Sample("mt103/0003-out-complete.txt", "a complete MT103 that leaves the Union"),
    Sample("json/0004-meaningless-in.json", "a payer name that says nothing", {f"{PREFIX}direction": "incoming"}),
)


def examples() -> list[Example]:
    """Every sample as it comes in and as everything it leads to."""
    came = [_inbound(sample, offset) for offset, sample in enumerate(SHOWN)]
    questions = [(one.value, context_of(one.headers, RECEIVED)) for one in came]
    decided = filter_batch(questions, index_at(DEFAULT_LISTS), policy_at(DEFAULT_POLICY))
    together = zip(SHOWN, came, decided, strict=True)
    return [example for sample, inbound, decisions in together for example in _of(sample, inbound, decisions)]


def _inbound(sample: Sample, offset: int) -> Inbound:
    headers = tuple((name, text.encode()) for name, text in sample.headers.items())
    value = (SAMPLES / sample.file).read_bytes()
    topic = TOPICS["inbound"].name
    return Inbound(value, b"payer-7f3a", headers, topic, 0, offset, int(RECEIVED.timestamp() * 1000))


def _of(sample: Sample, inbound: Inbound, decisions: Decisions) -> Iterator[Example]:
    content = _CONTENT[Path(sample.file).suffix]
    yield _example(f"inbound-{content}", sample, dict(inbound.headers), inbound.value)
    for leaving in outputs(inbound, decisions):
        yield _example(_message(leaving, content), sample, dict(leaving.headers), leaving.value)


def _message(leaving: Outgoing, content: Content) -> str:
    return f"outcome-{content}" if leaving.topic in OUTCOMES else leaving.topic.removesuffix("s")


def _example(message: str, sample: Sample, headers: dict[str, bytes], value: bytes) -> Example:
    text = value.decode()
    payload = text if message.endswith(("iso20022", "swift")) else orjson.loads(text)
    name = Path(sample.file).stem
    return Example(message, name, sample.shows, {key: raw.decode() for key, raw in headers.items()}, payload)
