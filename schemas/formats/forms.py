"""What is made of the leaves of a part, told by their keys and places alone: which leaf is the name, which the street.

A form is worked out once for all parts of a shape (`xml_shapes`) and then filled with the texts of each. It is a tree:
a class with a form for each field, a leaf as a value or as a text, and everything that is none of these is itself. The
twin in C is compiled/forms.h.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias, TypeVar

from schemas.compiled import MODULE
from schemas.formats.plain import CODE, NUMBER, form_of, says_something
from schemas.payment import Text, TextKind, Value

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from schemas.formats.xml_parts import Leaf, Part

T = TypeVar("T")
Form: TypeAlias = Any
Key: TypeAlias = tuple[str, str]  # of a leaf: its key, and its place below the part's
Speaking: TypeAlias = tuple[tuple[int, int], ...]  # leaves that may say something, and the plain forms they may have


class At(NamedTuple):
    """The value at a leaf."""

    leaf: int


class Words(NamedTuple):
    """The text of a leaf."""

    leaf: int


class Under(NamedTuple):
    """A place below the part's."""

    place: str


class Several(NamedTuple):
    """A tuple of what each of these says."""

    forms: tuple[Form, ...]


class Said(NamedTuple):
    """The values at those leaves that say something."""

    leaves: Speaking


class Made(NamedTuple):
    """An instance, with a form for each of its fields."""

    cls: type
    forms: tuple[Form, ...]


def of_shape(part: Part, form: Callable[[list[Key]], T]) -> T:
    """What a function says of the leaves of this part; asked once for all parts of a shape."""
    known = part.known
    if known is None:
        return form(_keys(part))
    found: T | None = known.get(form)
    if found is None:
        found = known[form] = form(_keys(part))
    return found


def _keys(part: Part) -> list[Key]:
    start = len(part.path)
    return [(key, place[start:]) for key, place, _ in part.leaves]


def speaking(keys: Iterable[tuple[int, str]]) -> Speaking:
    """Those leaves, each given by number and key."""
    return tuple((number, form_of(key)) for number, key in keys)


def fill_in_python(form: Form, path: str, leaves: list[Leaf]) -> Any:
    """What the form says of these leaves of a part that stands at that path."""
    match form:
        case Made(cls, forms):
            return cls(*[fill_in_python(one, path, leaves) for one in forms])
        case Several(forms):
            return tuple(fill_in_python(one, path, leaves) for one in forms)
        case At(number):
            return _value(leaves[number])
        case Said(numbers):
            return tuple(_value(leaves[n]) for n, plain in numbers if says_something(plain, leaves[n][2]))
        case Words() | Under():
            return path + form.place if isinstance(form, Under) else leaves[form.leaf][2]
    return form


def _value(leaf: Leaf) -> Value:
    _, path, text = leaf
    return Value(text, path)


def keep_in_python(into: list[Text], kind: TextKind, leaves: list[Leaf], numbers: Speaking) -> None:
    """Keep as texts what is neither empty nor a mere date, amount or code."""
    for number, plain in numbers:
        _, path, text = leaves[number]
        if says_something(plain, text):
            into.append(Text(kind, text, path))


def _taught() -> Any:
    """What is compiled, if it follows these very rules."""
    if MODULE is None or (MODULE.PLAIN_NUMBER, MODULE.PLAIN_CODE) != (NUMBER, CODE):
        return None
    return MODULE if MODULE.forms(Value, Text, At, Words, Under, Several, Said, Made) else None


_COMPILED = _taught()
fill = fill_in_python if _COMPILED is None else _COMPILED.fill
keep = keep_in_python if _COMPILED is None else _COMPILED.keep
