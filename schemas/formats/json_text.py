"""JSON as this product accepts it: one reading only, bounded in depth, and every complaint in words with its place."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from pydantic_core import from_json

from schemas.compiled import MODULE

if TYPE_CHECKING:
    from pydantic import ValidationError

_PLACE = re.compile(r" at (line \d+ column \d+)\Z")
_MAX_OBJECTS = 200_000  # ten thousand payments have half as many
_MAX_MEMBERS = 100  # no object of ours has half as many
_WORDS = {
    "extra_forbidden": "is not a known member",
    "missing": "is missing",
    "string_type": "must be a text in quotes",
    "bool_type": "must be true or false",
    "list_type": "must be a list",
    "tuple_type": "must be a list",
    "dict_type": "must be an object",
    "model_type": "must be an object",
    "model_attributes_type": "must be an object",
    "too_short": "must not be empty",
}


class NotJsonError(ValueError):
    """The text has no single reading as a JSON object: where, and why."""

    def __init__(self, path: str, detail: str) -> None:
        super().__init__(f"{path}: {detail}")
        self.path = path
        self.detail = detail


def json_object(raw: bytes) -> dict[str, Any]:
    """The members of a JSON object, numbers as texts.

    Refuses what has no single reading: a member that stands twice in an object is taken by some readers from its first
    place and by others from its last, so that one could be screened and another be paid.
    """
    if raw.count(b"{") > _MAX_OBJECTS:
        raise NotJsonError("/", f"holds more than {_MAX_OBJECTS} objects")
    try:
        from_json(raw, allow_inf_nan=False)  # bounded in depth, unlike the json module, which sees only what passed
    except ValueError as error:
        place = _PLACE.search(str(error))
        told = _PLACE.sub("", str(error))
        raise NotJsonError(place[1] if place else "/", f"not valid JSON: {told}") from None
    made = json.loads(raw, object_pairs_hook=_unique, parse_int=str, parse_float=str)
    if not isinstance(made, dict):
        raise NotJsonError("/", "is not a JSON object")
    return made


def only_one_reading(raw: bytes) -> bool:
    """Whether it is proved that a text, if it is JSON at all, has no member twice in an object, and is no large one.

    Without what is compiled nothing is: then `json_object` looks at every object that it reads.
    """
    return MODULE is not None and bool(MODULE.unique(raw))


def _unique(members: list[tuple[str, Any]]) -> dict[str, Any]:
    if len(members) > _MAX_MEMBERS:
        raise NotJsonError("/", f"an object has {len(members)} members; at most {_MAX_MEMBERS} are allowed")
    made: dict[str, Any] = {}
    for name, value in members:
        if name in made:
            detail = f"the member {name[:40]!r} stands twice in one object; which one counts is not told"
            raise NotJsonError("/", detail)
        made[name] = value
    return made


def pointer(location: tuple[int | str, ...]) -> str:
    """The place as a JSON pointer (RFC 6901)."""
    return "".join(f"/{str(step).replace('~', '~0').replace('/', '~1')}" for step in location) or "/"


def complaints(error: ValidationError) -> list[tuple[tuple[int | str, ...], str, str]]:
    """What is wrong, as (place, the text that stood there, in words)."""
    return [
        (
            problem["loc"],
            problem["input"] if isinstance(problem["input"], str) else "",
            _WORDS.get(problem["type"], problem["msg"][:1].lower() + problem["msg"][1:]),
        )
        for problem in error.errors(include_url=False, include_context=False)
    ]
