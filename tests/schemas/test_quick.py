"""A quicker `__init__` changes nothing else of a frozen dataclass."""

from __future__ import annotations

import inspect
from dataclasses import FrozenInstanceError, dataclass, fields, replace

import pytest

from schemas import assessment, finding, payment
from schemas.quick import quick


@quick
@dataclass(frozen=True, slots=True)
class Pair:
    first: str
    second: tuple[int, ...] = (1,)


@dataclass(frozen=True, slots=True)
class Slow:
    first: str
    second: tuple[int, ...] = (1,)


def test_it_is_made_by_place_name_and_default() -> None:
    assert (Pair("a").first, Pair("a").second) == ("a", (1,))
    assert Pair("a", (2,)) == Pair(second=(2,), first="a") == replace(Pair("a"), second=(2,))
    assert hash(Pair("a")) == hash(Pair("a", (1,)))
    assert repr(Pair("a")) == repr(Slow("a")).replace("Slow", "Pair")
    assert str(inspect.signature(Pair)) == str(inspect.signature(Slow)).replace("Slow", "Pair")


def test_it_stays_frozen() -> None:
    with pytest.raises(FrozenInstanceError):
        Pair("a").first = "b"  # type: ignore[misc] # what must fail


def test_a_missing_or_unknown_value_is_refused() -> None:
    with pytest.raises(TypeError, match="first"):
        Pair()  # type: ignore[call-arg] # what must fail
    with pytest.raises(TypeError, match="third"):
        Pair("a", third=1)  # type: ignore[call-arg] # what must fail


def test_every_field_of_a_payment_arrives_in_its_slot() -> None:
    for one in (payment.Payment, payment.Party, payment.Institution, finding.Finding, assessment.Assessment):
        names = [field.name for field in fields(one)]
        whole = one(**{name: name for name in names})  # type: ignore[arg-type] # any value shows where it goes
        assert [getattr(whole, name) for name in names] == names
