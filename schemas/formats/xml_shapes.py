"""Parts of an element as `xml_parts.parts` gives them, quicker: how a shape comes apart is worked out only once.

Messages of one sender look alike but for their texts. A shape is everything but the texts: all tags with their
attributes, as libxml2 writes them. Its plan says which text becomes which leaf. What is out of the ordinary (text
astray between elements, large elements) is walked every time, and whoever makes a plan has walked: `parts` alone knows
the rules, a plan only repeats its answer.
"""

from __future__ import annotations

import re
from operator import itemgetter
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from lxml import etree

from schemas.compiled import MODULE
from schemas.formats.xml_parts import Part, Parts, local_name, parts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from schemas.formats.limits import Limits

Picker: TypeAlias = "Callable[[list[str]], tuple[str, ...]]"
_Shape: TypeAlias = tuple[str | None, int, int, str]
# Of a part its name, its path, from where to where its leaves stand among all of them, and what is known of its shape.
_Slot: TypeAlias = tuple[str, str, int, int, dict[Any, Any]]


class _Slots(NamedTuple):
    """The parts of one element: the first of each name, and the others."""

    first: tuple[_Slot, ...]
    further: tuple[_Slot, ...]


class Plan(NamedTuple):
    """How some elements of a shape come apart: of each its parts, and of all leaves the key, the place and the text.

    `numbers` are those of the texts; `constants` stand behind them and belong to the shape: values of attributes.
    `between` picks the places of no text. Where an element is one of several of its name, each has another path, and
    places are those below the element's.
    """

    pieces: tuple[_Slots, ...]
    keys: tuple[str, ...]
    places: tuple[str, ...]
    numbers: tuple[int, ...]
    constants: list[str]
    between: Picker


_PLANS: dict[_Shape, Plan] = {}
_MOST_PLANS = 512
# Together they bound the memory that plans can take, whatever the messages are like.
_LARGEST = 800  # tags
LONGEST = 40_000  # characters

_ESCAPED = re.compile("&(?:amp|lt|gt|#13);")  # all that libxml2 writes in a text, since ours are not bytes
_MEANT = {"&amp;": "&", "&lt;": "<", "&gt;": ">", "&#13;": "\r"}


class Written(NamedTuple):
    """An element as libxml2 writes it: its tags in one text, and the texts between them."""

    tags: str
    texts: list[str]


def written(element: etree._Element, limits: Limits) -> Written | None:
    """The element's tags apart from its texts; None where it is too large to plan for."""
    whole = etree.tostring(element, encoding="unicode", with_tail=False)
    if len(whole) > LONGEST:
        return None
    # Neither < nor > stands anywhere but around tags: libxml2 escapes them in texts and in attributes.
    pieces = whole.replace(">", "<").split("<")
    texts = pieces[::2]
    if "&" in whole:
        texts = [_ESCAPED.sub(_meant, text) if "&" in text else text for text in texts]
    if len(whole) > limits.max_text and max(map(len, texts)) > limits.max_text:
        return None
    return Written("<".join(pieces[1::2]), texts)


def _meant(escaped: re.Match[str]) -> str:
    return _MEANT[escaped[0]]


def quick_parts(element: etree._Element, path: str, limits: Limits) -> Parts:
    """What `parts` answers for an element none of whose children stand apart."""
    seen = written(element, limits)
    if seen is None:
        return parts(element, path, limits)
    several = path.endswith("]")
    levels = limits.max_depth - path.count("/")
    shape = (None if several else path, levels, limits.max_values, seen.tags)
    plan = _PLANS.get(shape)
    if plan is None:
        found = parts(element, path, limits)
        plan = plan_of([(element, found)], seen, path if several else "")
        if plan is not None:
            keep(_PLANS, shape, plan)
        return found
    if astray(plan, seen.texts):
        return parts(element, path, limits)
    return planned(plan, path if several else "", seen.texts)[0]


def keep(plans: dict[Any, Any], shape: Any, plan: Any) -> None:
    """Keep a plan for its shape; the oldest ones make room."""
    while len(plans) >= _MOST_PLANS:
        del plans[next(iter(plans))]
    plans[shape] = plan


def astray(plan: Plan, texts: list[str]) -> bool:
    """Whether a text stands where the shape has none: only the walk knows what to do with it."""
    return "".join(plan.between(texts)) != ""


def planned(plan: Plan, base: str, texts: list[str]) -> list[Parts]:
    """The parts of each element of the plan, whose places stand below `base`. Uses up the texts."""
    texts += plan.constants
    return _planned(plan.pieces, plan.keys, plan.places, plan.numbers, texts, base, Part)


def planned_in_python(  # noqa: PLR0913, PLR0917 - as in C, which knows no plans
    pieces: tuple[_Slots, ...],
    keys: tuple[str, ...],
    places: Sequence[str],
    numbers: tuple[int, ...],
    texts: list[str],
    base: str,
    part: type[Part],
) -> list[Parts]:
    """The reference; compiled/forms.h does the same."""
    places = [base + place for place in places] if base else places
    leaves = list(zip(keys, places, map(texts.__getitem__, numbers), strict=True))
    found = []
    for slots in pieces:
        made: Parts = {
            name: [part(base + where, leaves[start:stop], known)] for name, where, start, stop, known in slots.first
        }
        for name, where, start, stop, known in slots.further:
            made[name].append(part(base + where, leaves[start:stop], known))
        found.append(made)
    return found


_planned = planned_in_python if MODULE is None else MODULE.planned


def plan_of(elements: Sequence[tuple[etree._Element, Parts]], seen: Written, base: str) -> Plan | None:
    """The plan of elements, in the order of the message, that the walk has taken apart; None if it would err.

    No text may be astray, there must be as many leaves as texts for them, and the plan must give the walk's own answer.
    `base` is the part of the paths that other elements of this shape need not share.
    """
    tags = seen.tags.split("<")
    if len(tags) > _LARGEST:
        return None
    leaves = list(leaf_texts(tags))
    plan = _plan(elements, leaves, len(seen.texts), len(base))
    if plan is None or astray(plan, seen.texts):
        return None
    return plan if planned(plan, base, [*seen.texts]) == [found for _, found in elements] else None


def _plan(elements: Sequence[tuple[etree._Element, Parts]], numbers: list[int], count: int, start: int) -> Plan | None:
    """`numbers` are those of the texts that are leaves; the constants are numbered after all `count` texts."""
    pieces: list[_Slots] = []
    all_leaves: list[tuple[str, str, int]] = []
    constants: list[str] = []
    left = iter(numbers)
    for element, found in elements:
        each = {name: iter(several) for name, several in found.items()}
        first: dict[str, _Slot] = {}
        further: list[_Slot] = []
        for name in map(local_name, element):
            part, begin = next(each[name]), len(all_leaves)
            for key, place, text in part.leaves:
                if key[key.rfind("/") + 1 :].startswith("@"):
                    constants.append(text)
                    number = count + len(constants) - 1
                else:
                    number = next(left, -1)
                all_leaves.append((key, place[start:], number))
            slot: _Slot = (name, part.path[start:], begin, len(all_leaves), {})
            if first.setdefault(name, slot) is not slot:
                further.append(slot)
        pieces.append(_Slots(tuple(first.values()), tuple(further)))
    if next(left, None) is not None or any(number < 0 for _, _, number in all_leaves):
        return None
    return Plan(
        tuple(pieces),
        tuple([key for key, _, _ in all_leaves]),
        tuple([place for _, place, _ in all_leaves]),
        tuple([number for _, _, number in all_leaves]),
        constants,
        _picker(sorted({*range(count)}.difference(numbers))),
    )


def _picker(numbers: list[int]) -> Picker:
    """Picks those texts, and after them twice the first, which is empty: `itemgetter` gives no tuple of one."""
    return itemgetter(*numbers, 0, 0)


def leaf_texts(tags: list[str]) -> Iterator[int]:
    """The numbers of the texts that are leaves: what stands between a start tag and its end, nothing in an empty one.

    The first text stands before the first tag: it is that of no element, and empty.
    """
    for number, tag in enumerate(tags):
        if tag.endswith("/"):
            yield 0
        elif tag.startswith("/") and not tags[number - 1].startswith("/") and not tags[number - 1].endswith("/"):
            yield number
