"""The AsyncAPI document: complete, true, and accepted by AsyncAPI's own parser."""

from __future__ import annotations

import json
import subprocess
from functools import cache
from typing import TYPE_CHECKING, Any

import jsonschema
import pytest

from schemas.context_header import PREFIX
from schemas.wire import ADAPTERS
from streams.asyncapi import HUB_HEADERS, carried, lifted
from streams.cli.schema_examples import SHOWN
from streams.cli.schemas import documents, record_schemas
from streams.publish import CLOUD_EVENT_HEADERS, OUR_HEADERS
from streams.topics import TOPICS
from tests.kafka import ROOT
from tests.node import installed

if TYPE_CHECKING:
    from pathlib import Path

CHECKER = ROOT / "tests" / "asyncapi"


@cache
def _made() -> dict[str, bytes]:
    return documents()


def _document() -> Any:
    return json.loads(_made()["asyncapi.json"])


def test_the_written_documents_are_up_to_date() -> None:
    """Also says that the examples are the same every time they are made."""
    stale = [name for name, made in _made().items() if (ROOT / "schemas" / name).read_bytes() != made]

    assert stale == [], "run payment-filter schemas"


def test_every_topic_of_payments_is_a_channel_with_its_settings() -> None:
    channels = _document()["channels"]

    assert set(channels) == {logical for logical, topic in TOPICS.items() if topic.name.startswith("payments.")}
    for logical, channel in channels.items():
        topic = TOPICS[logical]
        assert channel["address"] == topic.name
        assert channel["bindings"]["kafka"]["topicConfiguration"]["max.message.bytes"] == topic.max_message_bytes


def test_there_is_an_example_of_every_message_and_every_outcome() -> None:
    messages = _document()["components"]["messages"]

    assert {name for names in carried().values() for name in names} == set(messages)
    assert [name for name, message in messages.items() if not message["examples"]] == []
    outcomes = {one["headers"][f"{PREFIX}outcome"] for one in messages["decision"]["examples"]}
    assert outcomes == {"execute", "reject", "suspend"}
    assert len(messages["decision"]["examples"]) == len(SHOWN)


def test_published_records_bear_exactly_the_headers_that_are_described() -> None:
    messages = _document()["components"]["messages"]

    for name in ADAPTERS.keys() & messages.keys():
        described = messages[name]["headers"]
        assert set(described["required"]) == set(described["properties"]) == {*OUR_HEADERS, *CLOUD_EVENT_HEADERS}
        for example in messages[name]["examples"]:
            assert set(example["headers"]) == set(described["required"])
            assert example["headers"]["ce_type"] == described["properties"]["ce_type"]["const"]


def test_what_came_in_leaves_with_its_headers_and_ours() -> None:
    messages = _document()["components"]["messages"]
    for content in ("iso20022", "swift", "json"):
        came = {one["name"]: one for one in messages[f"inbound-{content}"]["examples"]}
        for left in messages[f"outcome-{content}"]["examples"]:
            assert left["payload"] == came[left["name"]]["payload"]
            assert left["headers"].items() >= came[left["name"]]["headers"].items()
            assert set(left["headers"]) <= {*HUB_HEADERS, *OUR_HEADERS}


@pytest.mark.parametrize("name", ["decision", "alert", "payment", "context"])
def test_examples_are_valid_by_the_published_schema(name: str) -> None:
    """The parser checks the document's copy by the rules of draft 07; this checks the files by their own draft."""
    checker = jsonschema.Draft202012Validator(record_schemas()[name])
    messages = _document()["components"]["messages"]
    shown = {
        "decision": [one["payload"] for one in messages["decision"]["examples"]],
        "alert": [one["payload"] for one in messages["alert"]["examples"]],
        "payment": [one["payload"] for one in messages["inbound-json"]["examples"]],
        "context": [
            json.loads(one["headers"][f"{PREFIX}context"])
            for one in messages["inbound-iso20022"]["examples"]
            if f"{PREFIX}context" in one["headers"]
        ],
    }[name]

    assert shown
    for one in shown:
        checker.validate(one)


def test_two_parts_of_one_name_are_refused() -> None:
    with pytest.raises(ValueError, match="'Part': rename one"):
        lifted({"a": {"$defs": {"Part": {"type": "string"}}}, "b": {"$defs": {"Part": {"type": "null"}}}})


def _checked(file: Path) -> tuple[int, list[dict[str, Any]]]:
    folder = installed(CHECKER)
    order = ["node", str(CHECKER / "validate.cjs"), str(folder), str(file)]
    done = subprocess.run(order, capture_output=True, text=True, check=False, timeout=120)
    assert not done.stderr, done.stderr
    return done.returncode, [json.loads(line) for line in done.stdout.splitlines()]


def test_asyncapis_own_parser_accepts_it() -> None:
    code, said = _checked(ROOT / "schemas" / "asyncapi.json")

    assert (code, [one for one in said if one["code"] != "asyncapi-latest-version"]) == (0, [])


def test_asyncapis_own_parser_refuses_what_is_wrong(tmp_path: Path) -> None:
    """It does not compare examples with schemas in version 3 documents: the test above does."""
    document = _document()
    document["operations"]["sendAlerts"]["channel"]["$ref"] = "#/channels/nowhere"
    broken = tmp_path / "asyncapi.json"
    broken.write_text(json.dumps(document))

    code, said = _checked(broken)

    assert code == 1
    assert any("nowhere" in one["message"] for one in said)
