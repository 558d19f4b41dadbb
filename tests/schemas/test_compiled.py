"""What is compiled gives the answers of its twin in Python."""

from __future__ import annotations

import copy
import gc
import json
import pickle
import weakref
from dataclasses import MISSING, FrozenInstanceError, dataclass, fields, replace
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas import assessment, finding, payment
from schemas.compiled import CORE, MODULE
from schemas.payment import Address, Party, Payment, PaymentIds, Text, TextKind, Value
from schemas.quick import quick

if TYPE_CHECKING:
    from collections.abc import Callable

needs_what_is_compiled = pytest.mark.skipif(MODULE is None, reason="no C compiler built it here")
CLASSES = (payment.Value, payment.Address, payment.Party, payment.Payment, finding.Finding, assessment.Assessment)


@quick
@dataclass(frozen=True, slots=True)
class Pair:
    first: object
    second: object = ()


class Further(Pair):
    """With a dictionary of its own."""


def in_python(cls: Any, *values: object, **named: object) -> object:
    """What the class's own __init__ makes."""
    made = object.__new__(cls)
    cls.__init__(made, *values, **named)
    return made


def outcome(make: Callable[..., object], *values: object, **named: object) -> tuple[object, str]:
    """What comes of a call, told in words too."""
    try:
        made = make(*values, **named)
    except TypeError as error:
        return TypeError, str(error)
    return made, repr(made)


@needs_what_is_compiled
def test_it_is_in_use() -> None:
    assert CORE == "compiled"


@given(st.data())
def test_any_call_makes_what_its_init_makes(data: st.DataObject) -> None:
    cls = data.draw(st.sampled_from(CLASSES))
    names = [one.name for one in fields(cls)]
    by_place = data.draw(st.integers(0, len(names) + 1))
    named = data.draw(st.lists(st.sampled_from([*names, "unknown"]), unique=True))
    values = [f"value {number}" for number in range(by_place)]
    calls = dict.fromkeys(named, "by name")
    assert outcome(cls, *values, **calls) == outcome(in_python, cls, *values, **calls)


def test_a_name_need_not_be_the_same_object() -> None:
    name = json.loads('"first"')
    assert Pair(**{name: 1}) == Pair(1)


def test_what_is_made_is_copied_pickled_replaced_and_frozen() -> None:
    made = Payment("a", 1, "/", PaymentIds(), payer=Party("/p", name=Value("A", "/n")), texts=())
    assert pickle.loads(pickle.dumps(made)) == made == copy.deepcopy(made) == copy.copy(made)  # noqa: S301 # our own
    assert replace(made, path="/x") == in_python(Payment, "a", 1, "/x", PaymentIds(), payer=made.payer)
    assert hash(made) == hash(replace(made))
    with pytest.raises(FrozenInstanceError):
        made.path = "b"  # type: ignore[misc] # what must fail
    with pytest.raises(TypeError):
        weakref.ref(made)


def test_a_subclass_is_made_as_ever() -> None:
    made = Further(1, second=2)
    made.__dict__["more"] = 3
    assert (made.first, made.second, type(made)) == (1, 2, Further)


@needs_what_is_compiled
def test_the_collector_need_not_look_at_what_holds_texts_only() -> None:
    value = Value("A", "/n")
    for one in (value, Text(TextKind.OTHER, "a", "/"), Party("/p", name=value), Address("/", town=value)):
        assert not gc.is_tracked(one)
    assert gc.is_tracked(Pair([]))
    assert gc.is_tracked(Pair(Pair([])))
    assert gc.is_tracked(Pair(Further(1)))


def test_a_cycle_through_one_is_still_found() -> None:
    class Seen:
        """Can be referred to weakly."""

    ring: list[object] = [Seen()]
    told = weakref.ref(ring[0])
    ring.append(Pair(ring))
    del ring
    gc.collect()
    assert told() is None


@needs_what_is_compiled
def test_only_slots_and_nothing_else_are_filled() -> None:
    @dataclass
    class Open:
        first: int

    @dataclass(frozen=True, slots=True)
    class Based(Pair):
        third: int = 1

    @dataclass(frozen=True, slots=True, weakref_slot=True)
    class Weak:
        first: int

    @dataclass(frozen=True, slots=True)
    class Good:
        first: int

    assert MODULE is not None
    for cls in (Open, Based, Weak, int, Pair):
        assert not MODULE.teach(cls, ("first",), (MISSING,), MISSING)
    assert not MODULE.teach(Good, ("other",), (MISSING,), MISSING)
    assert not MODULE.teach(Good, ("first", "more"), (MISSING, MISSING), MISSING)
    assert not MODULE.teach(Good, ("first",), (), MISSING)
    assert MODULE.teach(Good, ("first",), (MISSING,), MISSING)
    assert Good(1) == in_python(Good, 1)
