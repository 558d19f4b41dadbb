"""Whole messages of a shape that was read before: where each part stands need not be looked for again.

Most messages are an envelope, a header and one payment. Where the walk has read one so, and nothing stands around
these three, the next message with the same tags is taken apart at once (see `xml_shapes`): everything but the texts is
the same, and no text may stand elsewhere.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from schemas.formats.xml_parts import Parts, Standing, local_name, own_leaves, parts
from schemas.formats.xml_shapes import Plan, astray, keep, plan_of, planned, written

if TYPE_CHECKING:
    from lxml import etree

    from schemas.formats.limits import Limits

_Shape: TypeAlias = tuple[str, "Limits"]


class Known(NamedTuple):
    """A message taken apart.

    The local name of its body, its name, the paths of body and payment, and the parts of the application header (None
    where there is none), of the group header and of the payment.
    """

    body: str
    name: str
    body_path: str
    payment_path: str
    header: Parts | None
    group: Parts
    payment: Parts


class _Message(NamedTuple):
    """The plan of a message, and what of it is the same in all of its shape."""

    plan: Plan
    body: str
    name: str
    body_path: str
    payment_path: str


LARGEST_KNOWN = 160_000
"""Bytes of a message, blanks between its elements among them; it costs too much to write a larger one out in vain."""
_MESSAGES: dict[_Shape, _Message] = {}


def known_message(root: etree._Element, limits: Limits) -> Known | None:
    """The message taken apart, if one of its shape was read under these limits and no text is astray."""
    seen = written(root, limits)
    message = None if seen is None else _MESSAGES.get((seen.tags, limits))
    if seen is None or message is None or astray(message.plan, seen.texts):
        return None
    *headers, group, payment = planned(message.plan, "", seen.texts)
    header = headers[0] if headers else None
    return Known(message.body, message.name, message.body_path, message.payment_path, header, group, payment)


def remember(name: str, body: Standing, headers: list[Standing], found: list[Standing], limits: Limits) -> None:
    """Keep how a message came apart, which the walk has read under that name: `found` are its header and its payment.

    Not where anything else stands in it, or where the parts stand in an unusual order.
    """
    wrappers = [*body.element.iterancestors(), body.element]
    pieces = [*headers, *found]
    elements = [one.element for one in pieces]
    inside = [child for wrapper in wrappers for child in wrapper if child not in wrappers]
    root = body.element.getroottree().getroot()
    if len(headers) > 1 or len(inside) != len(elements) or [one for one in root.iter() if one in inside] != elements:
        return
    if any(own_leaves(wrapper, body.path, limits) for wrapper in wrappers):
        return
    seen = written(root, limits)
    if seen is None:
        return
    apart = [(one.element, parts(one.element, one.path, limits)) for one in pieces]
    plan = plan_of(apart, seen, "")
    if plan is not None:
        message = _Message(plan, local_name(body.element), name, body.path, found[-1].path)
        keep(_MESSAGES, (seen.tags, limits), message)
