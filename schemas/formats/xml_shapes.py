"""Parts of an element as `xml_parts.parts` gives them, quicker: how a shape comes apart is worked out only once.

Messages of one sender look alike but for their texts. A shape is everything but the texts that decides the keys and
places of an element's leaves: names, nesting, names of attributes. Its plan says which text becomes which leaf. What
is out of the ordinary (text astray between elements, large elements) is walked every time, and whoever makes a plan
has walked: `parts` alone knows the rules, a plan only repeats its answer.
"""

from __future__ import annotations

from itertools import compress, islice
from typing import TYPE_CHECKING, TypeAlias

from schemas.formats.xml_parts import MAX_ATTRIBUTES, Part, Parts, local_name, parts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml import etree

    from schemas.formats.limits import Limits

# For each part its name, its path, and its leaves: key, path, number of text. Where an element is one of several of its
# name, each has another path, and paths are those below the element's.
_Slots: TypeAlias = tuple[tuple[str, str, int], ...]
_Plan: TypeAlias = tuple[tuple[str, str, _Slots], ...]
_Shape: TypeAlias = tuple[object, ...]

_PLANS: dict[_Shape, _Plan] = {}
_MOST_PLANS = 512
# Together they bound the memory that plans can take, whatever the messages are like.
_LARGEST = 400  # elements
_LONGEST = 40_000  # characters of all names


def quick_parts(element: etree._Element, path: str, limits: Limits) -> Parts:
    """What `parts` answers for an element none of whose children stand apart."""
    nodes = list(islice(element.iter(), _LARGEST + 1))
    texts = [node.text or "" for node in nodes]
    shape = _shape(nodes, texts, limits, path)
    if shape is None:
        return parts(element, path, limits)
    plan = _PLANS.get(shape)
    if plan is None:
        found = parts(element, path, limits)
        _remember(shape, nodes, texts, found, path)
        return found
    return _planned(plan, path, texts)


def _planned(plan: _Plan, path: str, texts: list[str]) -> Parts:
    made: Parts = {}
    base = path if path.endswith("]") else ""
    for name, where, slots in plan:
        part = Part(base + where, [(key, base + place, texts[number]) for key, place, number in slots])
        if name in made:
            made[name].append(part)
        else:
            made[name] = [part]
    return made


def _shape(nodes: list[etree._Element], texts: list[str], limits: Limits, path: str) -> _Shape | None:
    """The shape of an element, None where it must be walked; the values of attributes are added to the texts."""
    sizes = tuple(map(len, nodes))
    tails = [node.tail for node in nodes[1:]]
    if len(nodes) > _LARGEST or not sizes[0] or any(compress(texts, sizes)) or any(tails):
        return None
    names = [node.keys() for node in nodes]
    attributed = [number for number, found in enumerate(names) if found]
    for number in attributed:
        if sizes[number] or len(names[number]) > MAX_ATTRIBUTES:
            return None
        texts.extend(map(str, nodes[number].values()))
    if max(map(len, texts)) > limits.max_text:
        return None
    keys = tuple([(number, *names[number]) for number in attributed])
    levels = limits.max_depth - path.count("/")
    base = "" if path.endswith("]") else path
    return base, levels, limits.max_values, sizes, tuple([node.tag for node in nodes]), keys


def _remember(shape: _Shape, nodes: list[etree._Element], texts: list[str], found: Parts, path: str) -> None:
    """Keep how this shape came apart, if every leaf is a text of it, in order; the oldest plan makes room."""
    if sum(len(node.tag) for node in nodes) > _LONGEST:
        return
    values = _leaf_texts(nodes)
    each = {name: iter(several) for name, several in found.items()}
    start = len(path) if path.endswith("]") else 0
    made: list[tuple[str, str, _Slots]] = []
    for child in nodes[0]:
        name = local_name(child)
        part = next(each[name])
        slots = tuple([(key, place[start:], next(values, 0)) for key, place, _ in part.leaves])
        made.append((name, part.path[start:], slots))
    plan = tuple(made)
    if next(values, None) is None and _planned(plan, path, texts) == found:
        while len(_PLANS) >= _MOST_PLANS:
            del _PLANS[next(iter(_PLANS))]
        _PLANS[shape] = plan


def _leaf_texts(nodes: list[etree._Element]) -> Iterator[int]:
    """The numbers of the texts that are leaves, in the order of the message: an element's own, then its attributes."""
    attribute = len(nodes)
    for number, node in enumerate(nodes):
        if not len(node):
            yield number
            for _ in range(len(node.attrib)):
                yield attribute
                attribute += 1
