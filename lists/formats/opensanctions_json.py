"""OpenSanctions' entities as JSON lines, with delta files, and its nested targets.

Publisher: https://www.opensanctions.org/docs/bulk/ (`entities.ftm.json`, `targets.nested.json`, `entities.delta.json`).
One entity a line. A delta file tells what one version changed: {"op": "ADD" | "MOD" | "DEL", "entity": {...}}. Several
delta files beside the entities are applied in the order of the versions in their names; one that changes or deletes
what is not there belongs to another version, and all is refused.
"""

from __future__ import annotations

import re
from io import BytesIO
from typing import TYPE_CHECKING

import orjson

from lists.entry import ListRefused
from lists.formats.ftm import Beside, entry_of, is_target, keep_beside
from lists.formats.parts import MAIN
from lists.formats.reading import json_value, mapping, refuse_no_text, words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from lists.entry import Entry
    from lists.formats.parts import Parts

NAME = "opensanctions_json"

_ENTITY = re.compile(rb'\s*\{"id":\s*"[^"]+",\s*"caption":')
_CHANGE = re.compile(rb'\s*\{"op":\s*"(?:ADD|MOD|DEL)",\s*"entity":')
_SEEN = re.compile(rb'"last_seen":\s*"(\d{4}-\d{2}-\d{2})')
_HEAD_BYTES = 262_144
_VERSION = re.compile(r"\d{8,14}(?:-\w{3})?")
_NO_GROUP = re.compile(r"\.(?:ftm|delta|json|jsonl)\b|[.]")
_DELTA = "delta"
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"


def matches(raw: bytes, filename: str) -> bool:
    """Whether this holds entities or changes of them, one a line."""
    is_json = filename.lower().endswith((".json", ".jsonl"))
    return is_json and (_ENTITY.match(raw) is not None or _CHANGE.match(raw) is not None)


def part(raw: bytes, filename: str) -> tuple[str, str]:
    """entities.ftm.json and 20240527194702-wnk.entities.delta.json belong together; deltas by their version."""
    version = _VERSION.search(filename)
    group = _NO_GROUP.sub("", _VERSION.sub("", filename.lower())).strip("-_")
    if _CHANGE.match(raw) is None:
        return group, MAIN
    return group, f"{_DELTA} {version.group() if version else filename}"


def source(_raw: bytes, _filename: str) -> str:
    """One source for all its collections; a lists.toml may tell them apart."""
    return "OPENSANCTIONS"


def published(parts: Parts) -> str:
    """The last day any of the first entities was seen: the day the file was made."""
    found = [day for raw in parts.values() for day in _SEEN.findall(raw[:_HEAD_BYTES])]
    return max(found).decode() if found else ""


def parse(parts: Parts, source_id: str) -> Iterator[Entry]:
    """One entry per target, after all deltas, in the order of the file."""
    if MAIN not in parts:
        raise ListRefused("a delta file alone is no list: put the entities.ftm.json it belongs to beside it")
    lines = _entities(parts[MAIN])
    for name in sorted(set(parts) - {MAIN}):
        _apply(name, parts[name], lines)
    beside = Beside()
    for place, line in lines.values():
        keep_beside(_entity(line, place), beside)
    for place, line in lines.values():
        entity = _entity(line, place)
        if is_target(entity):
            yield entry_of(entity, beside, source_id)


def _lines(raw: bytes) -> Iterator[tuple[int, bytes]]:
    refuse_no_text(raw)
    # Not decoded as a whole: 300 MB with one rare letter are a string of 1.2 GB. What is no UTF-8 is no JSON either.
    for number, line in enumerate(BytesIO(raw.removeprefix(_BYTE_ORDER_MARK)), start=1):
        if line.strip():
            yield number, line


def _entities(raw: bytes) -> dict[str, tuple[str, bytes]]:
    """Entities by id: where each stands, and its line."""
    entities: dict[str, tuple[str, bytes]] = {}
    for number, line in _lines(raw):
        where = f"line {number}: "
        key = words(_entity(line, where).get("id"))
        if key in entities:
            raise ListRefused(f"{where}entity {key} stands in it twice: the file is damaged, fetch it again")
        entities[key] = (where, line)
    return entities


def _entity(line: bytes, where: str) -> Mapping[str, object]:
    entity = mapping(json_value(line, where))
    if not words(entity.get("id")) or not words(entity.get("schema")):
        raise ListRefused(f"{where}an entity without id or schema: the file is damaged or cut short, fetch it again")
    return entity


def _apply(name: str, raw: bytes, entities: dict[str, tuple[str, bytes]]) -> None:
    for number, line in _lines(raw):
        where = f"{name}, line {number}: "
        change = mapping(json_value(line, where))
        operation, entity = words(change.get("op")), mapping(change.get("entity"))
        key = words(entity.get("id"))
        if operation not in {"ADD", "MOD", "DEL"} or not key:
            raise ListRefused(f"{where}no change (op {operation[:20]!r}): the file is damaged, fetch it again")
        if operation != "ADD" and key not in entities:
            raise ListRefused(
                f"{where}{operation} of entity {key}, which is not in the list: the delta is of another version; fetch"
                " the whole entities.ftm.json again"
            )
        if operation == "DEL":
            del entities[key]
        else:
            entities[key] = (where, orjson.dumps(entity))
