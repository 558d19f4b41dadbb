"""The fields of a text block are found in C as in Python."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from schemas.compiled import MODULE
from schemas.finding import Finding
from schemas.formats.detect import decode
from schemas.formats.fin import Field, _found, fields_in_python
from schemas.formats.limits import Limits
from schemas.payment import Message, Value

PIECES = [
    *(":20:", ":50K:", ":123A:", ":1:", ":1234:", ":20a:", ":20", "\n:20:", "\n", "\n\n", " ", "A", "\t", "\r"),
    *("\u00a0", "é", "\u2003:20:", ":", "20", "\x1c", "\x85", "😀", "٣", ":٣٣:"),
]


@settings(max_examples=1500)
@given(st.lists(st.sampled_from(PIECES), max_size=14).map("".join))
@example("")
@example(":20:")
@example("\n:20:A \n\n:20:\n:21:\n \n")
def test_both_find_the_same_fields(body: str) -> None:
    assert _found(body, Field) == fields_in_python(body, Field)


def test_lines_lose_their_blanks_and_fields_their_empty_lines() -> None:
    for find in (_found, fields_in_python):
        start, fields = find("x\n:20:A \nB\n\n \n:20:\n", Field)
        assert start == 2
        assert fields == [Field("20", ":20:", ("A", "B"), "A\nB"), Field("20", ":20[2]:", ("",), "")]


@pytest.mark.skipif(MODULE is None, reason="no C compiler built it here")
def test_another_class_is_refused() -> None:
    with pytest.raises(TypeError):
        _found(":20:A", Value)  # type: ignore[arg-type] # what must fail
    with pytest.raises(TypeError):
        _found(b":20:A", Field)  # type: ignore[arg-type] # what must fail


def test_a_long_text_block_of_good_fields_is_read() -> None:
    fields = "\r\n".join([":20:R1", ":32A:260302EUR1,", ":50K:A", ":59:B", *[":72:" + "x" * 30] * 80])
    assert len(fields) > Limits().max_values
    assert isinstance(decode(fields.encode(), Limits()), Message)
    assert isinstance(decode(fields.encode(), Limits(max_values=20)), Finding)
