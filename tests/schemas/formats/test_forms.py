"""What is made of leaves is the same in C as in Python."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.compiled import MODULE
from schemas.formats import forms, iso_parties, xml_shapes
from schemas.formats.forms import (
    At,
    Made,
    Said,
    Several,
    Under,
    Words,
    fill,
    fill_in_python,
    keep,
    keep_in_python,
    of_shape,
)
from schemas.formats.limits import Limits
from schemas.formats.plain import CODE, NUMBER, form_of
from schemas.formats.xml_parts import Leaf, Part, parse, parts, sub_part
from schemas.payment import Address, Text, TextKind, Value
from tests.iso_builders import every_iso

if TYPE_CHECKING:
    from collections.abc import Callable

needs_what_is_compiled = pytest.mark.skipif(MODULE is None, reason="no C compiler built it here")
ANYTHING: Any = "x"
FILL: Any = fill
KEEP: Any = keep
PLANNED: Any = xml_shapes._planned
TEXTS = st.text(max_size=6) | st.sampled_from(
    [
        " EUR\u00a0",
        "true",
        "TRUE",
        "false ",
        "12:00",
        "1" * 40,
        "1" * 41,
        "ABCD",
        "ABCDE",
        "٣",
        "\u2003",
        "",
        "1\n",
        "É",
    ]
)
PLACES = ["", "/Nm", "/Id/Cd"]
LEAVES = st.lists(st.tuples(st.sampled_from(["", "Nm", "Id/Cd", "Amt"]), st.sampled_from(PLACES), TEXTS), min_size=1)


def every_form(count: int) -> st.SearchStrategy[Any]:
    number = st.integers(0, count - 1)
    speaking = st.lists(st.tuples(number, st.integers(0, 2)), max_size=4).map(tuple)
    simple = st.one_of(
        number.map(At),
        number.map(Words),
        st.sampled_from(PLACES).map(Under),
        speaking.map(Said),
        st.none(),
        st.just(()),
    )
    several = st.lists(simple, max_size=3).map(tuple)
    values = st.tuples(number.map(Words), st.just("/x")).map(lambda forms: Made(Value, forms))
    addresses = st.tuples(*[several.map(Several) if n == 1 else simple | values for n in range(9)])
    return simple | several.map(Several) | values | addresses.map(lambda forms: Made(Address, forms))


@given(LEAVES.flatmap(lambda leaves: st.tuples(st.just(leaves), every_form(len(leaves)))))
def test_a_form_is_filled_the_same_way(told: tuple[list[Leaf], Any]) -> None:
    leaves, form = told
    assert fill(form, "/a", leaves) == fill_in_python(form, "/a", leaves)


@given(LEAVES, st.integers(0, 2))
def test_what_says_something_is_the_same(leaves: list[Leaf], plain: int) -> None:
    first: list[Text] = []
    second: list[Text] = []
    numbers = tuple((number, plain) for number in range(len(leaves)))
    keep(first, TextKind.PURPOSE, leaves, numbers)
    keep_in_python(second, TextKind.PURPOSE, leaves, numbers)
    assert first == second


@pytest.mark.parametrize("name", every_iso())
def test_every_part_of_a_message_becomes_the_same(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    found = [
        part
        for element in parse(every_iso()[name]).iter()
        for several in parts(element, "/x", Limits()).values()
        for part in several
    ]
    readers = (iso_parties.party, iso_parties.institution, iso_parties.end, iso_parties.account)
    compiled = [[read(part) for read in readers] for part in found]
    monkeypatch.setattr(iso_parties, "fill", fill_in_python)
    assert compiled == [[read(part) for read in readers] for part in found]


def test_a_shape_is_asked_once() -> None:
    asked: list[Any] = []
    for _ in range(2):
        of_shape(Part("/x", [("Nm", "/x/Nm", "A")]), asked.append)
    assert asked == [[("Nm", "/Nm")]] * 2
    known: dict[Any, Any] = {}
    assert of_shape(Part("/x", [("Nm", "/x/Nm", "A")], known), len) == 1
    assert of_shape(Part("/x", [], known), len) == 1


def test_a_part_comes_apart_the_same_way_twice() -> None:
    leaves = [("Agt/Nm", "/x/Agt/Nm", "A"), ("Nm", "/x/Nm", "B"), ("Agtx/Nm", "/x/Agtx/Nm", "C")]
    known: dict[Any, Any] = {}
    for part in (Part("/x", leaves), Part("/x", leaves, known), Part("/x", leaves, known)):
        assert sub_part(part, "Agt") == (Part("/x/Agt", [("Nm", "/x/Agt/Nm", "A")]), Part("/x", leaves[1:]))
        assert sub_part(part, "Ag") == (None, part)


def test_other_rules_than_the_compiled_ones_are_not_answered_by_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(forms, "MODULE", None)
    assert forms._taught() is None
    other = SimpleNamespace(PLAIN_NUMBER=NUMBER, PLAIN_CODE="x", forms=lambda *_: True)
    monkeypatch.setattr(forms, "MODULE", other)
    assert forms._taught() is None
    other.PLAIN_CODE = CODE
    assert forms._taught() is other
    other.forms = lambda *_: False
    assert forms._taught() is None


@needs_what_is_compiled
def test_the_compiled_rules_are_those_of_plain() -> None:
    assert forms._taught() is MODULE
    assert form_of("Purp/Cd") == 2
    assert form_of("NbOfTxs") == 1


@needs_what_is_compiled
def test_what_is_handed_over_is_not_trusted() -> None:
    leaf = ("Nm", "/Nm", "A")
    missing: tuple[Callable[[], object], ...] = (
        lambda: FILL(At(1), "/", [leaf]),
        lambda: FILL(At(-1), "/", [leaf]),
        lambda: FILL(At(0), "/", [("Nm", "/Nm", 1)]),
        lambda: FILL(Said(((2, 0),)), "/", [leaf]),
        lambda: FILL(Several((Made(Value, (None, At(5))),)), "/", [leaf]),
        lambda: KEEP([], TextKind.OTHER, [leaf], ((1, 0),)),
    )
    for wrong in missing:
        with pytest.raises(IndexError):
            wrong()
    calls: tuple[Callable[[], object], ...] = (
        lambda: FILL(At(0), "/", (leaf,)),
        lambda: FILL(At(0), "/"),
        lambda: FILL(At(ANYTHING), "/", [leaf]),
        lambda: FILL(Said((ANYTHING,)), "/", [leaf]),
        lambda: FILL(Made(Value, (None,)), "/", [leaf]),
        lambda: FILL(Made(int, ()), "/", [leaf]),
        lambda: KEEP((), TextKind.OTHER, [leaf], ()),
        PLANNED,
        lambda: PLANNED((), ("a",), (), (), [], "", Part),
        lambda: PLANNED((), (), (), (), [], "", int),
        lambda: PLANNED((1,), (), (), (), [], "", Part),
    )
    for wrong in calls:
        with pytest.raises(TypeError):
            wrong()
    slots: Any = (("Nm", "/Nm", 0, 1, {}),)
    for pieces, numbers in ((((slots, ()),), (3,)), ((((("Nm", "/Nm", 0, 2, {}),), ()),), (0,))):
        with pytest.raises(IndexError):
            PLANNED(pieces, ("Nm",), ("/Nm",), numbers, ["A"], "", Part)
    with pytest.raises(KeyError):
        PLANNED((((), slots),), ("Nm",), ("/Nm",), (0,), ["A"], "", Part)


@given(st.data())
def test_a_plan_is_followed_the_same_way(data: st.DataObject) -> None:
    numbers = tuple(data.draw(st.lists(st.integers(0, 3), max_size=5)))
    keys = tuple(f"key {n}" for n in range(len(numbers)))
    places = tuple(f"/place {n}" for n in range(len(numbers)))
    ends = sorted(data.draw(st.lists(st.integers(0, len(numbers)), min_size=4, max_size=4)))
    first: Any = (("Nm", "/Nm", ends[0], ends[1], {}), ("Id", "/Id", ends[1], ends[2], {}))
    further: Any = (("Nm", "/Nm[2]", ends[2], ends[3], {}),)
    pieces = (xml_shapes._Slots(first, further), xml_shapes._Slots((), ()))
    base = data.draw(st.sampled_from(["", "/base[2]"]))
    told = [
        follow(pieces, keys, places, numbers, list("abcd"), base, Part)
        for follow in (xml_shapes._planned, xml_shapes.planned_in_python)
    ]
    assert told[0] == told[1]
    assert [list(made) for made in told[0]] == [list(made) for made in told[1]]
    assert told[0][0]["Nm"][1].known is pieces[0][1][0][4]
