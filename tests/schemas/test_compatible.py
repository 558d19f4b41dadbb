"""No change breaks who reads our records, or writes for us, without a new major version of the record."""

from __future__ import annotations

import copy
import json
import re
from typing import TYPE_CHECKING, Any

import jsonschema
import pytest

from schemas.wire import ADAPTERS, VERSIONS
from streams.cli.schemas import documents, record_schemas, released
from tests.kafka import ROOT
from tests.schemas.compatible import breaks_readers, breaks_writers

if TYPE_CHECKING:
    from pathlib import Path

RELEASED = ROOT / "schemas" / "json" / "released"
WRITTEN_BY_US = set(ADAPTERS)


def _numbers(folder: Path) -> tuple[int, ...]:
    return tuple(int(number) for number in re.findall(r"\d+", folder.name))


LAST = max(RELEASED.iterdir(), key=_numbers)


def _released() -> dict[str, Any]:
    return {file.name.removesuffix(".schema.json"): json.loads(file.read_bytes()) for file in sorted(LAST.iterdir())}


@pytest.mark.parametrize("name", sorted(_released()))
def test_the_last_release_is_not_broken(name: str) -> None:
    old, new = _released()[name], record_schemas().get(name)
    if new is not None and old["$id"] != new["$id"]:
        return  # a new major version, said in its id and in ce_type: whoever reads the old one is warned

    assert new is not None, (
        f"{name} of release {LAST.name} is gone: keep it, or say so in CHANGELOG and remove it there"
    )
    broken = breaks_readers(old, new) if name in WRITTEN_BY_US else breaks_writers(old, new)
    assert broken == [], (
        f"{name} breaks who connected to release {LAST.name}. Keep what was there and add beside it, "
        f"or raise VERSIONS[{name!r}] in schemas/wire.py and say so in CHANGELOG"
    )


def test_records_of_the_last_release_are_still_read() -> None:
    """Decisions are kept for 90 days and longer: today's schema takes the released examples, and theirs takes ours."""
    messages = json.loads((ROOT / "schemas" / "asyncapi.json").read_bytes())["components"]["messages"]
    for name in ("decision", "alert"):
        for example in messages[name]["examples"]:
            jsonschema.Draft202012Validator(record_schemas()[name]).validate(example["payload"])
            if _released()[name]["$id"].endswith(f"v{VERSIONS[name]}"):
                jsonschema.Draft202012Validator(_without_words(_released()[name])).validate(example["payload"])


def _without_words(schema: Any) -> Any:
    """Without the closed enumerations: readers are told to expect new words."""
    if isinstance(schema, dict):
        return {key: _without_words(value) for key, value in schema.items() if key != "enum"}
    return [_without_words(item) for item in schema] if isinstance(schema, list) else schema


def test_every_published_record_has_its_version() -> None:
    for name, schema in record_schemas().items():
        assert schema["$id"] == f"urn:payment-filter:schema:{name}:v{VERSIONS.get(name, 1)}"


def test_a_release_keeps_its_schemas_beside() -> None:
    made = {name: content for name, content in documents().items() if name.startswith("json/")}

    kept = released(made)

    assert list(kept.values()) == list(made.values())
    assert all(re.fullmatch(r"json/released/\d+\.\d+\.\d+/[a-z-]+\.schema\.json", name) for name in kept)


OLD: dict[str, Any] = {
    "type": "object",
    "required": ["id", "kind"],
    "properties": {
        "id": {"type": "string"},
        "kind": {"enum": ["a", "b"], "type": "string"},
        "note": {"anyOf": [{"type": "string"}, {"type": "null"}]},
        "parts": {"type": "array", "items": {"$ref": "#/$defs/Part"}},
    },
    "$defs": {"Part": {"type": "object", "properties": {"size": {"type": "number"}}, "required": ["size"]}},
}


def _changed(**fields: Any) -> dict[str, Any]:
    new = copy.deepcopy(OLD)
    new["properties"] |= fields
    return new


def _part(properties: Any, required: list[str]) -> dict[str, Any]:
    new = copy.deepcopy(OLD)
    new["$defs"]["Part"] |= {"properties": properties, "required": required}
    return new


@pytest.mark.parametrize(
    ("new", "reader", "writer"),
    [
        (OLD, [], []),
        (_changed(more={"type": "string"}), [], []),
        (_changed(kind={"enum": ["a", "b", "c"], "type": "string"}), [], []),
        (_changed(kind={"enum": ["a"], "type": "string"}), [], ["/kind no longer takes 'b'"]),
        (
            _changed(id={"type": "integer"}),
            ["/id had type 'string' and has 'integer'"],
            ["/id had type 'string' and has 'integer'"],
        ),
        (_changed(note={"type": "string"}), [], ["/note may no longer be null"]),
        (_changed(id={"anyOf": [{"type": "string"}, {"type": "null"}]}), ["/id may now also be null"], []),
        ({**OLD, "required": ["id"]}, ["/kind may now be absent"], []),
        ({**OLD, "required": ["id", "kind", "note"]}, [], ["/note is now required"]),
        (
            _part({"width": {"type": "number"}}, ["width"]),
            ["/parts[]/size is gone"],
            ["/parts[]/size is gone", "/parts[]/width is now required"],
        ),
    ],
)
def test_what_breaks_whom(new: dict[str, Any], reader: list[str], writer: list[str]) -> None:
    assert breaks_readers(OLD, new) == reader
    assert breaks_writers(OLD, new) == writer
