"""A list of the bank's own, as TOML: one [list] with what holds for all, then an [[entry]] each.

[list]
id = "OWN_FRAUDS"
published = 2026-05-01
purpose = "fraud"             # these four may stand here once, or in an entry
owner = "fraud desk"
action = "suspend"
expires = 2027-05-01

[[entry]]
reference = "F-1"
kind = "person"
name = "Mirza Oktabri"
reason = "invoice fraud, case 17/2026"
numbers = ["passport:A1234567:NO"]
"""

from __future__ import annotations

import re
import tomllib
from datetime import date
from typing import TYPE_CHECKING

from lists.entry import ListRefused
from lists.formats.own import COLUMNS, entries_of, own_id
from lists.formats.parts import MAIN, one_file
from lists.formats.reading import decoded, mapping, sequence

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from lists.entry import Entry
    from lists.formats.parts import Parts

NAME = "own_toml"

_FOR_ALL = ("purpose", "owner", "action", "expires", "reason")
_LIST_KEYS = ("id", "published", *_FOR_ALL)
_TABLE = re.compile(rb"^\s*(?:\[\s*list\s*\]|\[\[\s*entry\s*\]\])\s*(?:#.*)?$", re.MULTILINE)
_ID = re.compile(rb"^\s*id\s*=\s*[\"']([^\"']+)[\"']", re.MULTILINE)
_PUBLISHED = re.compile(rb"^\s*published\s*=\s*[\"']?(\d{4}-\d{2}-\d{2})", re.MULTILINE)
_ENTRY = re.compile(r"^\s*\[\[\s*entry\s*\]\]")


def matches(raw: bytes, filename: str) -> bool:
    """Whether this is an own list: TOML with a [list] table or entries. A lists.toml has [[list]] and is none."""
    return filename.lower().endswith(".toml") and _TABLE.search(raw[:4096]) is not None


part = one_file


def source(raw: bytes, filename: str) -> str:
    """The id in the file, else its name."""
    found = _ID.search(raw[:4096])
    return own_id(found.group(1).decode(errors="replace") if found else filename.rpartition(".")[0])


def published(parts: Parts) -> str:
    """`published`, where it is given."""
    found = _PUBLISHED.search(parts[MAIN][:4096])
    return found.group(1).decode() if found else ""


def parse(parts: Parts, source_id: str) -> Iterator[Entry]:
    """One entry per [[entry]]. Raises ListRefused naming the line it begins at where something in it is wrong."""
    text = decoded(parts[MAIN])
    try:
        content = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ListRefused(f"no TOML ({error}): correct the list and give it again; the one in use stays") from error
    head, written = mapping(content.get("list")), sequence(content.get("entry"))
    if other := [key for key in (*head, *content) if key not in {*_LIST_KEYS, "list", "entry"}]:
        raise ListRefused(
            f"{other[0]!r} is unknown in [list] or beside it: known are {', '.join(_LIST_KEYS)} and entry"
        )
    begins = [number for number, line in enumerate(text.splitlines(), start=1) if _ENTRY.match(line)]
    lines = []
    for place, (one, line) in enumerate(zip(written, (*begins, *[0] * len(written)), strict=False), start=1):
        where = f"entry {place} at line {line}" if line else f"entry {place}"
        values = {**{key: head[key] for key in _FOR_ALL if key in head}, **mapping(one)}
        lines.append((where, _texts(values, where)))
    yield from entries_of(lines, source_id)


def _texts(values: Mapping[str, object], where: str) -> dict[str, list[str]]:
    """Every value as a list of texts; dates as ISO days."""
    texts: dict[str, list[str]] = {}
    for key, value in values.items():
        if key not in COLUMNS:
            raise ListRefused(f"{where}: {key!r} is unknown: known are {', '.join(COLUMNS)}; correct the list")
        texts[key] = [text for one in sequence(value) if (text := _text(one, f"{where}: {key}"))]
    return texts


def _text(value: object, where: str) -> str:
    if isinstance(value, date):
        return value.isoformat()[:10]
    if isinstance(value, str):
        return " ".join(value.split())
    raise ListRefused(f"{where} {value!r} is no text: write it in quotation marks, or several in brackets")
