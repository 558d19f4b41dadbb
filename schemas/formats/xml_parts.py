"""XML as payments need it: parsed with every dangerous feature off, and taken apart so that no text can get lost.

A *leaf* is one text of the message: its key (names without namespace or position, relative to the part it belongs to),
its path in the message, and the text verbatim. A *part* is a named element with all the leaves under it. A decoder
takes the parts it knows; what it leaves over is still there to be screened.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

from lxml import etree

from schemas.formats.unreadable import UnreadableError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from schemas.formats.limits import Limits

Leaf: TypeAlias = tuple[str, str, str]

_ENCODING = re.compile(rb"""\A\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([^"'>]{0,40})["']""")
_ENCODINGS = frozenset({"utf-8", "utf8", "us-ascii", "ascii", "iso-8859-1", "iso-8859-15", "windows-1252"})
_SCHEMA_INSTANCE = "{http://www.w3.org/2001/XMLSchema-instance}"


def parse(raw: bytes) -> etree._Element:
    """The root element.

    Refuses what a payment never needs and an attacker does: document types (entities, external files), rare
    encodings, huge trees. Comments and processing instructions vanish, so they cannot split a name in two.
    """
    if b"<!DOCTYPE" in raw:
        raise UnreadableError(_at(raw, raw.index(b"<!DOCTYPE")), "the XML has a DOCTYPE; payment messages have none")
    declared = _ENCODING.match(raw)
    if declared and declared[1].decode("ascii", "replace").lower() not in _ENCODINGS:
        name = declared[1].decode("ascii", "replace")
        raise UnreadableError("line 1", f"the XML says it is encoded in {name}; payment messages are in UTF-8")
    # A parser is not shared: lxml parsers keep an error log, and two messages must never see each other's.
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
        remove_blank_text=True,
        strip_cdata=True,
    )
    try:
        return etree.fromstring(raw, parser)
    except etree.XMLSyntaxError as error:
        line, column = error.position
        problem = (error.msg or "no element found").split(", line ")[0]
        raise UnreadableError(f"line {line}, column {column}", f"not well-formed XML: {problem}") from None


def _at(raw: bytes, offset: int) -> str:
    before = raw[:offset].splitlines() or [b""]
    return f"line {len(before)}, column {len(before[-1]) + 1}"


def local_name(element: etree._Element) -> str:
    """The element's name without its namespace."""
    tag = str(element.tag)
    return tag[tag.rfind("}") + 1 :]


def namespace(element: etree._Element) -> str:
    """The element's namespace, "" where it has none."""
    return etree.QName(element).namespace or ""


def children(element: etree._Element, path: str) -> Iterator[tuple[str, str, etree._Element]]:
    """Each child element as (local name, path, element); the second of the same name gets `[2]`."""
    counts: dict[str, int] = {}
    for child in element:
        name = local_name(child)
        count = counts[name] = counts.get(name, 0) + 1
        yield name, f"{path}/{name}" if count == 1 else f"{path}/{name}[{count}]", child


@dataclass(slots=True)
class Part:
    """A named element of a message and every text under it."""

    path: str
    leaves: list[Leaf] = field(default_factory=list)


Parts: TypeAlias = dict[str, list[Part]]


def parts(element: etree._Element, path: str, limits: Limits, skip: frozenset[str] = frozenset()) -> Parts:
    """The children of an element as parts by name (several where a name repeats), without those named in `skip`.

    Stray text between the children and the element's own attributes are a part of their own, named "".
    """
    found: Parts = {}
    count = 0
    for name, child_path, child in children(element, path):
        if name in skip:
            continue
        part = Part(child_path)
        _gather(child, "", child_path, part.leaves, limits)
        count += len(part.leaves)
        if count > limits.max_values:
            raise UnreadableError(path, f"holds more than {limits.max_values} values")
        found.setdefault(name, []).append(part)
    own = own_leaves(element, "", path, limits)
    if own:
        found[""] = [Part(path, own)]
    return found


def own_leaves(element: etree._Element, key: str, path: str, limits: Limits) -> list[Leaf]:
    """Text and attributes of the element itself, where ISO 20022 has none unless the element has no children."""
    leaves: list[Leaf] = []
    for stray in (element.text, *(child.tail for child in element)):
        if stray and not stray.isspace():
            _keep(leaves, key, path, stray, limits)
    _keep_attributes(element, key, path, leaves, limits)
    return leaves


def sub_part(part: Part, name: str) -> Part | None:
    """The part of that name directly inside this one, taken out of it; None where there is none."""
    prefix = name + "/"
    inside = [leaf for leaf in part.leaves if leaf[0].startswith(prefix)]
    if not inside:
        return None
    part.leaves = [leaf for leaf in part.leaves if not leaf[0].startswith(prefix)]
    return Part(f"{part.path}/{name}", [(key[len(prefix) :], path, text) for key, path, text in inside])


def _gather(element: etree._Element, key: str, path: str, leaves: list[Leaf], limits: Limits) -> None:
    """Append every text under the element, in document order; an element with nothing in it counts as a text."""
    if not len(element):
        _keep(leaves, key, path, element.text or "", limits)
        if element.keys():
            _keep_attributes(element, key, path, leaves, limits)
        return
    if path.count("/") > limits.max_depth:
        raise UnreadableError(path, f"is nested deeper than {limits.max_depth} levels")
    prefix = f"{key}/" if key else ""
    for name, child_path, child in children(element, path):
        _gather(child, prefix + name, child_path, leaves, limits)
    leaves.extend(own_leaves(element, key, path, limits))


def _keep(leaves: list[Leaf], key: str, path: str, text: str, limits: Limits) -> None:
    if len(text) > limits.max_text:
        raise UnreadableError(path, f"holds {len(text)} characters; at most {limits.max_text} are allowed")
    leaves.append((key, path, text))


def _keep_attributes(element: etree._Element, key: str, path: str, leaves: list[Leaf], limits: Limits) -> None:
    for name, text in element.items():
        if not str(name).startswith(_SCHEMA_INSTANCE):
            local = f"@{str(name).rpartition('}')[2]}"
            _keep(leaves, f"{key}/{local}" if key else local, f"{path}/{local}", str(text), limits)
