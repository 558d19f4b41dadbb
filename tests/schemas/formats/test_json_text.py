"""A text that is proved to have one reading has one, and is read as ever."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from schemas.compiled import MODULE
from schemas.formats import json_text
from schemas.formats.detect import decode
from schemas.formats.json_text import NotJsonError, json_object, only_one_reading
from schemas.formats.limits import Limits
from tests.builders import payment_json

PIECES = [
    '"a"',
    '"b"',
    '"a":1',
    '"a":',
    '"b":',
    "{",
    "}",
    "[",
    "]",
    ",",
    '{"a":1,',
    '"x}"',
    '"x,"',
    '"\\u0061":2',
    "1",
    " ",
    '"',
]
RAW = payment_json()


def objects(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    member = st.tuples(st.sampled_from(["a", "b", "aa", "\\u0061"]), inner).map(lambda one: f'"{one[0]}": {one[1]}')
    return st.lists(member, max_size=3).map(lambda members: "{" + ",".join(members) + "}") | st.lists(
        inner, max_size=3
    ).map(lambda items: "[" + ", ".join(items) + "]")


TREES = st.recursive(st.sampled_from(['"a"', "1", '"x:{"', '"],"', "null"]), objects, max_leaves=12)


@settings(max_examples=2000)
@given(st.lists(st.sampled_from(PIECES), max_size=12).map("".join) | TREES)
@example('{"a":1,"a":2}')
@example('{"a":{"a":1},"b":[{"a":1},{"a":2}]}')
@example('[{"a":1},{"a":2,"b":3,"a":4}]')
def test_what_is_proved_to_be_read_in_one_way_is(text: str) -> None:
    doubled = False

    def members(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        nonlocal doubled
        doubled = doubled or len(dict(pairs)) < len(pairs)
        return dict(pairs)

    if not only_one_reading(text.encode()):
        return
    try:
        json.loads(text, object_pairs_hook=members)
    except ValueError:
        return  # what is no JSON is refused in any case
    assert not doubled


@pytest.mark.skipif(MODULE is None, reason="no C compiler built it here")
def test_a_payment_is_proved_and_odd_ones_are_not() -> None:
    assert only_one_reading(RAW)
    assert not only_one_reading(RAW.replace(b'"EUR"', b'"\\u0045UR"'))
    assert only_one_reading(b"[" * 16 + b"]" * 16)
    assert not only_one_reading(b"[" * 17 + b"]" * 17)
    assert not only_one_reading(b"[" + b"{}," * 500 + b"{}]")
    many = [f'"{number}":1' for number in range(129)]
    assert only_one_reading(("{" + ",".join(many[:128]) + "}").encode())
    assert not only_one_reading(("{" + ",".join(many) + "}").encode())
    for broken in (b"}", b",", b'{"a', b"{", b'{"a":1}}'):
        assert not only_one_reading(broken)
    assert MODULE is not None
    with pytest.raises(TypeError):
        MODULE.unique("{}")


SPOILT = [
    RAW,
    b"{}",
    b"[]",
    b"{",
    RAW[:-1] + b',"payments":null}',
    RAW[:-1] + b',"kind":1}',
    RAW[:-1] + b',"amount":{"value":"1","currency":"EUR"}}',
    RAW[:-1] + b',"unknown":NaN}',
    RAW.replace(b'"EUR"', b'"\\ud800"'),
    RAW.replace(b'"EUR"', b'"\xff"'),
    b'{"payments":[' + RAW + b"]}",
    b'{"payments":[]}',
]


@pytest.mark.parametrize("raw", SPOILT)
@pytest.mark.parametrize("limits", [Limits(), Limits(max_text=3), Limits(max_values=3)])
def test_both_ways_read_the_same(raw: bytes, limits: Limits, monkeypatch: pytest.MonkeyPatch) -> None:
    found = decode(raw, limits)
    monkeypatch.setattr(json_text, "MODULE", None)
    assert not only_one_reading(raw)
    assert decode(raw, limits) == found


def test_a_member_that_stands_twice_is_refused() -> None:
    with pytest.raises(NotJsonError, match="twice"):
        json_object(b'{"a":1,"a":2}')
