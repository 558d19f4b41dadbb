"""XML as payments need it: parsed with every dangerous feature off, and taken apart so that no text can get lost.

A *leaf* is one text of the message: its key (names without namespace or position, relative to the part it belongs to),
its path in the message, and the text verbatim. A *part* is a named element with all the leaves under it. A decoder
takes the parts it knows; what it leaves over is still there to be screened.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from lxml import etree

from schemas.formats.unreadable import UnreadableError
from schemas.quick import quick

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from schemas.formats.limits import Limits

Leaf: TypeAlias = tuple[str, str, str]

_NEWLINE = b"\n"
_ENCODING = re.compile(rb"""\A\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([^"'>]{0,40})["']""")
_ENCODINGS = frozenset({"utf-8", "utf8", "us-ascii", "ascii", "iso-8859-1", "iso-8859-15", "windows-1252"})
MAX_ATTRIBUTES = 20  # ISO 20022 has one, the currency
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
    line = raw.count(_NEWLINE, 0, offset) + 1
    return f"line {line}, column {offset - raw.rfind(_NEWLINE, 0, offset)}"


def local_name(element: etree._Element) -> str:
    """The element's name without its namespace."""
    return _local(element.tag)


def _local(tag: str) -> str:
    return tag[tag.rfind("}") + 1 :]


def namespace(element: etree._Element) -> str:
    """The element's namespace, "" where it has none."""
    return element.tag[1:].partition("}")[0] if element.tag.startswith("{") else ""


def children(element: etree._Element, path: str) -> Iterator[tuple[str, str, etree._Element]]:
    """Each child element as (local name, path, element); the second of the same name gets `[2]`."""
    counts: dict[str, int] = {}
    for child in element:
        name = local_name(child)
        count = counts[name] = counts.get(name, 0) + 1
        yield name, f"{path}/{name}" if count == 1 else f"{path}/{name}[{count}]", child


@quick
@dataclass(frozen=True, slots=True)
class Part:
    """A named element of a message and every text under it.

    `known` keeps what was worked out for its shape, where that was read before (`xml_shapes`).
    """

    path: str
    leaves: list[Leaf]
    known: dict[Any, Any] | None = field(default=None, compare=False)


Parts: TypeAlias = dict[str, list[Part]]


class Standing(NamedTuple):
    """An element and where it stands."""

    path: str
    element: etree._Element


Apart: TypeAlias = dict[str, list[Standing]]


def parts(element: etree._Element, path: str, limits: Limits, apart: Apart | None = None) -> Parts:
    """The children of an element as parts by name (several where a name repeats).

    Those whose name `apart` has are not taken apart, but put into its lists, with their paths. Stray text between the
    children and the element's own attributes are a part of their own, named "".
    """
    found: Parts = {}
    walk = _Walk(limits)
    own = _Walk(limits)
    own.keep_stray(element.text, "", path)
    levels = limits.max_depth - path.count("/") - 1
    counts: dict[str, int] = {}
    count = 0
    for child in element:
        if child.tail:
            own.keep_stray(child.tail, "", path)
        name = _local(child.tag)
        number = counts[name] = counts.get(name, 0) + 1
        child_path = f"{path}/{name}" if number == 1 else f"{path}/{name}[{number}]"
        if apart is not None and name in apart:
            apart[name].append(Standing(child_path, child))
            continue
        leaves = walk.leaves = []
        walk.gather(child, "", child_path, levels)
        count += len(leaves)
        if count > limits.max_values:
            raise UnreadableError(path, f"holds more than {limits.max_values} values")
        if number == 1:
            found[name] = [Part(child_path, leaves)]
        else:
            found[name].append(Part(child_path, leaves))
    own.keep_attributes(element, "", path)
    if own.leaves:
        found[""] = [Part(path, own.leaves)]
    return found


def own_leaves(element: etree._Element, path: str, limits: Limits) -> list[Leaf]:
    """Text and attributes of the element itself: its value, or what stands between its children."""
    walk = _Walk(limits)
    walk.keep_stray(element.text, "", path)
    for child in element:
        walk.keep_stray(child.tail, "", path)
    walk.keep_attributes(element, "", path)
    return walk.leaves


def sub_part(part: Part, name: str) -> tuple[Part | None, Part]:
    """The part of that name directly inside this one, None where there is none; and what is left without it."""
    known = part.known
    split = None if known is None else known.get(name)
    if split is None:
        split = _split(part, f"{name}/")
        if known is not None:
            known[name] = split
    if not split.inside:
        return None, part
    leaves = part.leaves
    inside = [(key, leaves[number][1], leaves[number][2]) for number, key in split.inside]
    rest = [leaves[number] for number in split.rest]
    if known is None:
        return Part(f"{part.path}/{name}", inside), Part(part.path, rest)
    return Part(f"{part.path}/{name}", inside, split.of_inside), Part(part.path, rest, split.of_rest)


class _Split(NamedTuple):
    """Which leaves of a part are inside, each with its key there, and which are not; what is known of both."""

    inside: list[tuple[int, str]]
    rest: list[int]
    of_inside: dict[Any, Any]
    of_rest: dict[Any, Any]


def _split(part: Part, prefix: str) -> _Split:
    inside = [(n, key[len(prefix) :]) for n, (key, _, _) in enumerate(part.leaves) if key.startswith(prefix)]
    return _Split(inside, [n for n, (key, _, _) in enumerate(part.leaves) if not key.startswith(prefix)], {}, {})


def first_inside(keys: Sequence[tuple[str, str]]) -> str:
    """The name of the first element directly inside a part of these keys, "" where there is none."""
    return next((key.partition("/")[0] for key, _ in keys if key), "")


def inner_parts(part: Part) -> Parts:
    """The elements directly inside a part as parts by name, as `parts` gives those of an element."""
    found: Parts = {}
    start = len(part.path) + 1
    for key, path, text in part.leaves:
        name, _, rest = key.partition("/")
        end = path.find("/", start)
        where = path if end < 0 else path[:end]
        several = found.setdefault(name, [])
        if not several or several[-1].path != where:
            several.append(Part(where, []))
        several[-1].leaves.append((rest, path, text))
    return found


class _Walk:
    """Collects leaves, in document order; this is where most of the time of decoding goes."""

    __slots__ = ("leaves", "limits")

    def __init__(self, limits: Limits) -> None:
        self.leaves: list[Leaf] = []
        self.limits = limits

    def gather(self, element: etree._Element, prefix: str, path: str, levels: int) -> None:
        """Collect every text in the element; one with nothing in it counts as an empty text.

        `prefix` is its key with a slash; `levels` how deep it may still go.
        """
        if not len(element):
            self.keep(prefix[:-1], path, element.text or "")
        else:
            if element.text:
                self.keep_stray(element.text, prefix[:-1], path)
            if levels < 0:
                raise UnreadableError(path, f"is nested deeper than {self.limits.max_depth} levels")
            self._gather_children(element, prefix, path, levels)
        if element.keys():
            self.keep_attributes(element, prefix, path)

    def _gather_children(self, element: etree._Element, prefix: str, path: str, levels: int) -> None:
        counts: dict[str, int] = {}
        leaves, longest = self.leaves, self.limits.max_text
        if len(leaves) + len(element) > self.limits.max_values:  # each child has one at least: refused before the work
            raise UnreadableError(path, f"holds more than {self.limits.max_values} values")
        for child in element:
            name = _local(child.tag)
            if name in counts:
                count = counts[name] = counts[name] + 1
                child_path = f"{path}/{name}[{count}]"
            else:
                counts[name] = 1
                child_path = f"{path}/{name}"
            if len(child) or child.keys():
                self.gather(child, f"{prefix}{name}/", child_path, levels - 1)
            else:  # what `gather` would do, without the call: most elements are leaves
                text = child.text or ""
                leaves.append((prefix + name, child_path, text))
                if len(text) > longest:
                    self._too_long(child_path, text)
            if child.tail:
                self.keep_stray(child.tail, prefix[:-1], path)
        if len(leaves) > self.limits.max_values:
            raise UnreadableError(path, f"holds more than {self.limits.max_values} values")

    def keep(self, key: str, path: str, text: str) -> None:
        """Collect one text."""
        self.leaves.append((key, path, text))
        if len(text) > self.limits.max_text:
            self._too_long(path, text)

    def keep_stray(self, text: str | None, key: str, path: str) -> None:
        """Collect text that stands between elements, where ISO 20022 has none: a name could hide there."""
        if text and not text.isspace():
            self.keep(key, path, text)

    def keep_attributes(self, element: etree._Element, prefix: str, path: str) -> None:
        """Collect the attributes, except those of XML Schema itself."""
        names = element.keys()
        if len(names) > MAX_ATTRIBUTES:  # each look-up goes through all of them: a hundred thousand take a minute
            raise UnreadableError(path, f"has {len(names)} attributes; at most {MAX_ATTRIBUTES} are allowed")
        for name in names:
            if not str(name).startswith(_SCHEMA_INSTANCE):
                local = f"@{_local(str(name))}"
                self.keep(prefix + local, f"{path}/{local}", str(element.get(name)))

    def _too_long(self, path: str, text: str) -> None:
        raise UnreadableError(path, f"holds {len(text)} characters; at most {self.limits.max_text} are allowed")
