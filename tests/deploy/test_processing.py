"""What the record of processing is told is what the product does: each topic, each field of a real record."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest

from deploy import processing
from streams.access import identities
from streams.edge.sealing import MARK, load_keys, new_key
from streams.topics import TOPICS
from tests.kafka import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = pytest.mark.requirement("DPR-01")
DOCUMENT = processing.FILE.read_text(encoding="utf-8")
MESSAGES = json.loads((ROOT / "schemas" / "asyncapi.json").read_text(encoding="utf-8"))["components"]["messages"]


def test_every_topic_has_purpose_category_retention_and_recipients() -> None:
    assert set(processing.PURPOSES) == set(TOPICS)
    rows = [line.split(" | ") for line in DOCUMENT.splitlines() if line.startswith(("| `payments.", "| `lists."))]
    described = {row[0].strip("| `"): row for row in rows if len(row) == 5}
    assert set(described) == {topic.name for topic in TOPICS.values()}
    assert all(all(cell.strip(" |") for cell in row) for row in described.values())
    assert any(f"`{identity}`" in DOCUMENT for identity in identities())


def test_the_file_is_what_the_script_writes() -> None:
    script = str(ROOT / "deploy" / "processing.py")
    assert subprocess.run([sys.executable, script, "--check"], check=False, timeout=60).returncode == 0


@pytest.mark.parametrize("record", processing.RECORDS.values())
def test_personal_fields_are_those_that_are_sealed_in_real_outputs(record: str, tmp_path: Path) -> None:
    keys = tmp_path / "keys"
    keys.write_text(new_key("test", os.urandom), encoding="utf-8")
    sealer = load_keys(keys)
    told = processing.fields_of(record)
    seen: dict[str, bool] = {}
    for example in _examples(record):
        for place, value in _leaves(json.loads(sealer.seal(json.dumps(example).encode())), ()):
            seen[place] = seen.get(place, False) or str(value).startswith(MARK)
    assert len(seen) > 40
    assert {place: told[place] for place in seen if seen[place]} == dict.fromkeys((p for p in seen if seen[p]), True)
    clear_but_filled = {place for place, sealed in seen.items() if not sealed and told[place]}
    assert not clear_but_filled


def _examples(record: str) -> Iterator[dict[str, Any]]:
    """The real outputs in the AsyncAPI document."""
    for message in MESSAGES.values():
        for example in message.get("examples", ()):
            payload = example.get("payload")
            if (
                isinstance(payload, dict)
                and ("alert_id" in payload) == (record == "alert")
                and "decision_id" in payload
            ):
                yield payload


def _leaves(node: Any, place: tuple[str, ...]) -> Iterator[tuple[str, Any]]:
    if isinstance(node, dict):
        for name, inner in node.items():
            yield from _leaves(inner, (*place, name))
    elif isinstance(node, list):
        for inner in node:
            yield from _leaves(inner, place)
    elif node not in (None, ""):
        yield ".".join(place), node
