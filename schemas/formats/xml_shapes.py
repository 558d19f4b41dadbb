"""Parts of an element as `xml_parts.parts` gives them, quicker: how a shape comes apart is worked out only once.

Messages of one sender look alike but for their texts. A shape is everything but the texts: all tags with their
attributes, as libxml2 writes them. Its plan says which text becomes which leaf. What is out of the ordinary (text
astray between elements, characters that XML must escape, large elements) is walked every time, and whoever makes a plan
has walked: `parts` alone knows the rules, a plan only repeats its answer.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from lxml import etree

from schemas.formats.xml_parts import Part, Parts, local_name, parts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from schemas.formats.limits import Limits

# Of each part its name, its path, and its leaves: key, path, number of the text. Where an element is one of several of
# its name, each has another path, and paths are those below the element's.
_Slots: TypeAlias = tuple[tuple[str, str, int], ...]
_Shape: TypeAlias = tuple[object, ...]


class _Plan(NamedTuple):
    """`constants` are the texts that belong to the shape: values of attributes; `between` the places of no text."""

    parts: tuple[tuple[str, str, _Slots], ...]
    constants: list[str]
    between: tuple[int, ...]


_PLANS: dict[_Shape, _Plan] = {}
_MOST_PLANS = 512
# Together they bound the memory that plans can take, whatever the messages are like.
_LARGEST = 800  # tags
_LONGEST = 40_000  # characters


def quick_parts(element: etree._Element, path: str, limits: Limits) -> Parts:
    """What `parts` answers for an element none of whose children stand apart."""
    written = etree.tostring(element, encoding="unicode", with_tail=False)
    if "&" in written or len(written) > _LONGEST:
        return parts(element, path, limits)
    # Neither < nor > stands anywhere but around tags: libxml2 escapes them in texts and in attributes.
    pieces = written.replace(">", "<").split("<")
    texts = pieces[::2]
    several = path.endswith("]")
    levels = limits.max_depth - path.count("/")
    shape = (None if several else path, levels, limits.max_values, *pieces[1::2])
    plan = _PLANS.get(shape)
    if plan is None:
        found = parts(element, path, limits)
        _remember(shape, element, texts, found, len(path) if several else 0)
        return found
    astray = [texts[number] for number in plan.between]
    if any(astray) or max(map(len, texts)) > limits.max_text:
        return parts(element, path, limits)
    return _planned(plan, path if several else "", texts)


def _planned(plan: _Plan, base: str, texts: list[str]) -> Parts:
    made: Parts = {}
    texts += plan.constants
    for name, where, slots in plan.parts:
        part = Part(base + where, [(key, base + place, texts[number]) for key, place, number in slots])
        if name in made:
            made[name].append(part)
        else:
            made[name] = [part]
    return made


def _remember(shape: _Shape, element: etree._Element, texts: list[str], found: Parts, start: int) -> None:
    """Keep how this shape came apart, if the plan gives the same answer; the oldest plan makes room.

    `start` is where a path begins to be that below the element's.
    """
    tags = [str(tag) for tag in shape[3:]]
    if len(tags) > _LARGEST:
        return
    leaves = list(_leaf_texts(tags))
    plan = _plan(element, found, leaves, len(texts), start)
    path = next(iter(found.values()))[0].path if found else ""
    if plan is not None and _planned(plan, path[:start], [*texts]) == found:
        while len(_PLANS) >= _MOST_PLANS:
            del _PLANS[next(iter(_PLANS))]
        _PLANS[shape] = plan


def _plan(element: etree._Element, found: Parts, leaves: list[int], count: int, start: int) -> _Plan | None:
    """The plan, if there are as many leaves as texts for them; the constants are numbered after the texts."""
    made: list[tuple[str, str, _Slots]] = []
    constants: list[str] = []
    numbers = iter(leaves)
    each = {name: iter(several) for name, several in found.items()}
    for child in element:
        name = local_name(child)
        part = next(each[name])
        slots = []
        for key, place, text in part.leaves:
            is_attribute = key[key.rfind("/") + 1 :].startswith("@")
            if is_attribute:
                constants.append(text)
            slots.append((key, place[start:], count + len(constants) - 1 if is_attribute else next(numbers, -1)))
        made.append((name, part.path[start:], tuple(slots)))
    if next(numbers, None) is not None:
        return None
    return _Plan(tuple(made), constants, tuple(sorted({*range(count)}.difference(leaves))))


def _leaf_texts(tags: list[str]) -> Iterator[int]:
    """The numbers of the texts that are leaves: what stands between a start tag and its end, nothing in an empty one.

    The first text stands before the first tag: it is that of no element, and empty.
    """
    for number, tag in enumerate(tags):
        if tag.endswith("/"):
            yield 0
        elif tag.startswith("/") and not tags[number - 1].startswith("/") and not tags[number - 1].endswith("/"):
            yield number
