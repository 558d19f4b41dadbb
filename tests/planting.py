"""Plant a text in each place of a message in turn, whatever its format; the places are told as findings tell them."""

from __future__ import annotations

import json
import re
from copy import deepcopy
from typing import TYPE_CHECKING, Any, NamedTuple

from lxml import etree

if TYPE_CHECKING:
    from collections.abc import Iterator

_TAG = re.compile(r":(\d{2,3}[A-Z]?):")
_CODED = re.compile(r"[1-8]/(?:[A-Z]{2}/)?|//|/[A-Z]{3,8}/|/")


class Planted(NamedTuple):
    """A message with a text planted at one place; `name` is the element, tag or member there."""

    where: str
    name: str
    raw: bytes


def planted(raw: bytes, text: str) -> Iterator[Planted]:
    """The message once for each place that holds a text, with this text there instead."""
    start = raw.lstrip()[:3]
    if start.startswith(b"<"):
        yield from _in_xml(raw, text)
    elif start in {b"{1:", b"{4:"} or start.startswith(b":"):
        yield from _in_fin(raw, text)
    else:
        yield from _in_json(raw, text)


def _in_xml(raw: bytes, text: str) -> Iterator[Planted]:
    root = etree.fromstring(raw)
    count = len(list(root.iter("{*}*")))
    for number in range(count):
        tree = deepcopy(root)
        element = list(tree.iter("{*}*"))[number]
        if len(element) == 0:
            element.text = text
            yield Planted(_path(element), etree.QName(element).localname, etree.tostring(tree))


def _path(element: etree._Element) -> str:
    steps = []
    at: etree._Element | None = element
    while at is not None:
        name, before = etree.QName(at).localname, at.itersiblings("{*}" + etree.QName(at).localname, preceding=True)
        count = 1 + sum(1 for _ in before)
        steps.append(name if count == 1 else f"{name}[{count}]")
        at = at.getparent()
    return "/" + "/".join(reversed(steps))


def _in_fin(raw: bytes, text: str) -> Iterator[Planted]:
    lines = raw.decode().replace("\r\n", "\n").split("\n")
    counts: dict[str, int] = {}
    where = ""
    number = 0
    yield from _in_heads(raw.decode(), text)
    for place, line in enumerate(lines):
        found = _TAG.match(line)
        if found:
            count = counts[found[1]] = counts.get(found[1], 0) + 1
            where, number = f":{found[1]}:" if count == 1 else f":{found[1]}[{count}]:", 0
        if line.startswith("-}"):
            for trailer in (f"{{5:{{PDE:{text}}}}}", f"{{5:{{CHK:0123456789AB}}}}{{S:{{SAC:}}{{COP:{text}}}}}", text):
                yield Planted("{5:}", "5", "\n".join([*lines[:place], f"-}}{trailer}", *lines[place + 1 :]]).encode())
            return
        if not where:
            continue
        number += 1
        head = found[0] if found else ""
        coded = _CODED.match(line[len(head) :])
        for prefix in dict.fromkeys((head, head + coded[0] if coded else head)):
            spoilt = "\n".join([*lines[:place], prefix + text, *lines[place + 1 :]])
            yield Planted(f"{where}{number}", where.strip(":"), spoilt.encode())


def _in_heads(message: str, text: str) -> Iterator[Planted]:
    """Before the text block: between the blocks, and in block 3 as a tag, as a tag again, and outside every tag."""
    before, opening, rest = message.partition("{4:")
    for planted in (
        f"{before}{text}",
        f"{before}{{3:{{108:{text}}}{{108:REF}}}}",
        f"{before}{{3:{{108:REF}}{text}}}",
        f"{before}{{9:{text}}}",
    ):
        yield Planted("{3:}", "3", f"{planted}{opening}{rest}".encode())


def _in_json(raw: bytes, text: str) -> Iterator[Planted]:
    document = json.loads(raw)
    for steps in _strings(document, ()):
        spoilt = deepcopy(document)
        inside: Any = spoilt
        for step in steps[:-1]:
            inside = inside[step]
        inside[steps[-1]] = text
        yield Planted("".join(f"/{step}" for step in steps), str(steps[-1]), json.dumps(spoilt).encode())


def _strings(value: Any, steps: tuple[Any, ...]) -> Iterator[tuple[Any, ...]]:
    if isinstance(value, str):
        yield steps
    pairs = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for step, inner in pairs:
        yield from _strings(inner, (*steps, step))
