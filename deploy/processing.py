"""Writes PROCESSING.md beside this file: what a bank's record of processing activities needs to know (DPR-01).

python deploy/processing.py           write it
python deploy/processing.py --check   exit 1 if what stands there is not what would be written

Personal fields are those the sealer takes for personal (streams/edge/sealing.py), retention is that of the topics
(streams/topics.py), recipients who may read them (streams/access.py). Only purposes and categories are written here.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))  # run as a file: the project's own folder is not on the path

from deploy.generated import write_or_check  # noqa: E402 - after the path is set
from streams.access import JOBS, grants, identities  # noqa: E402 - same
from streams.edge.sealing import CLEAR, SEALED_PARTS  # noqa: E402 - same
from streams.topics import DAY, TOPICS, Logical, Topic  # noqa: E402 - same

if TYPE_CHECKING:
    from collections.abc import Iterator

FILE = HERE / "PROCESSING.md"
SCHEMAS = HERE.parent / "schemas" / "json"
MESSAGES = "names, addresses, accounts, identification numbers, dates and places of birth, free texts"
FINDINGS = "what was found wanting or listed in a message, and the payment's own identifiers"
# Purpose and categories of what each topic holds. Regulation (EU) 2023/1113 Art. 25(2) allows no other purpose than
# preventing money laundering and terrorist financing, and forbids any commercial one.
PURPOSES: dict[Logical, tuple[str, str]] = {
    "inbound": (
        "to judge a transfer of funds (Regulation (EU) 2023/1113 Art. 4 to 12; restrictive measures)",
        MESSAGES,
    ),
    "execute": ("to execute it", MESSAGES),
    "suspend": ("to hold it until a person has decided (Art. 8 and 12; restrictive measures)", MESSAGES),
    "reject": ("to send it back (Art. 4(6), 8 and 12)", MESSAGES),
    "decisions": ("to account for each decision (Art. 8, 12 and 16; restrictive measures)", FINDINGS),
    "alerts": ("to have a person look at it", FINDINGS),
    "entries": ("to compare payments with", "listed persons, as their publishers made them public"),
    "editions": ("to say which lists are in use", "none"),
}
RECORDS: dict[Logical, str] = {"decisions": "decision", "alerts": "alert"}
_HEAD = """# Processing of personal data

Written by `deploy/processing.py`; `make check` compares. It is what your record of processing activities (Regulation
(EU) 2016/679 Art. 30) needs to know of the filter. Nothing is used for anything else, and nothing commercially
(Regulation (EU) 2023/1113 Art. 25(2)).

Beside the topics there are two files, kept where and for as long as you say: the log of who opened sealed records and
why (`payment-filter audit`), and the log of screened customers (`payment-filter customers`). Workers keep nothing on
disk but an index of the lists. Logs, metrics, traces and the worker's page hold no personal data
(`tests/integration/test_personal_data.py`). The five years of Art. 26 are kept by your archive, which reads
`payments.decisions`; the topics hold records no longer than is said here.

| topic | purpose | personal data | kept for | who may read it |
|---|---|---|---|---|
"""
_RECORDS = """
Who they are: {jobs}.

## Fields of our own records

Personal fields are those that `PAYMENT_FILTER_SEAL_KEYS` seals. The others are about the payment, the lists and our
decision; they lead to a person only by way of the message, or of the payment's identifiers.

| topic | personal fields | other fields |
|---|---|---|
"""


def document() -> str:
    """The whole file."""
    readers = [identity for identity in identities() if any(identity in _readers(topic) for topic in TOPICS.values())]
    jobs = "; ".join(f"`{identity}` {JOBS[identity]}" for identity in readers)
    fields = "".join(_fields(logical, name) for logical, name in RECORDS.items())
    return _HEAD + "".join(map(_row, TOPICS.values())) + _RECORDS.format(jobs=jobs) + fields


def _row(topic: Topic) -> str:
    purpose, categories = PURPOSES[topic.logical]
    kept = "as long as it is in use" if topic.compacted else f"{topic.retention_ms // DAY} days"
    readers = ", ".join(f"`{identity}`" for identity in _readers(topic))
    return f"| `{topic.name}` | {purpose} | {categories} | {kept} | {readers} |\n"


def _readers(topic: Topic) -> list[str]:
    return [
        identity
        for identity in identities()
        if any(one.name == topic.name and "Read" in one.operations for one in grants(identity, "", "group"))
    ]


def _fields(logical: Logical, record: str) -> str:
    told = fields_of(record)
    named = [", ".join(f"`{place}`" for place in told if told[place] is personal) for personal in (True, False)]
    return f"| `{TOPICS[logical].name}` | {named[0]} | {named[1]} |\n"


def fields_of(record: str) -> dict[str, bool]:
    """Every field of a record of ours, and whether it is personal; the parts of a list are one field."""
    schema = json.loads((SCHEMAS / f"{record}.schema.json").read_text(encoding="utf-8"))
    found: dict[str, bool] = {}
    for place, sealed in _leaves(schema, schema, (), sealed=False):
        found[place] = found.get(place, False) or sealed
    return found


def _leaves(
    node: dict[str, Any], schema: dict[str, Any], place: tuple[str, ...], *, sealed: bool
) -> Iterator[tuple[str, bool]]:
    """Every field that holds a value, and whether the sealer seals it: its own walk, over the schema."""
    if "$ref" in node:
        node = schema["$defs"][node["$ref"].rpartition("/")[2]]
    for part in (*node.get("anyOf", ()), *([node["items"]] if "items" in node else ())):
        yield from _leaves(part, schema, place, sealed=sealed)
    for name, inner in node.get("properties", {}).items():
        within = name not in CLEAR and (sealed or (not place and name in SEALED_PARTS))
        yield from _leaves(inner, schema, (*place, name), sealed=within)
    if node.get("type") in {"string", "integer", "number", "boolean"}:
        yield ".".join(place), sealed and node["type"] == "string"


if __name__ == "__main__":
    sys.exit(write_or_check({FILE: document()}))
