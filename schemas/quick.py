"""Frozen dataclasses that are made quickly: a payment is a hundred of them.

The `__init__` of a frozen dataclass sets each field through `object.__setattr__`, which looks the name up again. Ours
sets the slots themselves, and where it is compiled (`schemas.compiled`, make.h) a call of the class does not even get
there. All else stays what `dataclass` made, and the instance is as frozen as before.
"""

from __future__ import annotations

from dataclasses import MISSING, fields
from typing import Any, TypeVar

from schemas.compiled import MODULE

T = TypeVar("T")
_teach: Any = (lambda *_: False) if MODULE is None else MODULE.teach


def quick(cls: type[T]) -> type[T]:
    """The same frozen, slotted dataclass, made more quickly; for classes whose defaults are plain values."""
    old: Any = cls.__init__
    names: dict[str, Any] = {}
    arguments, body = ["self"], []
    told = fields(cls)  # type: ignore[arg-type] # whatever is decorated is a dataclass
    for one in told:
        names[f"set_{one.name}"] = cls.__dict__[one.name].__set__
        names[f"default_{one.name}"] = one.default
        arguments.append(one.name if one.default is MISSING else f"{one.name}=default_{one.name}")
        body.append(f"    set_{one.name}(self, {one.name})")
    exec("\n".join([f"def __init__({', '.join(arguments)}):", *body]), names)  # noqa: S102 - as dataclass itself does
    made = names["__init__"]
    made.__qualname__, made.__annotations__, made.__module__ = old.__qualname__, old.__annotations__, cls.__module__
    cls.__init__ = made  # type: ignore[method-assign] # the point of it all
    _teach(cls, tuple(one.name for one in told), tuple(one.default for one in told), MISSING)
    return cls
