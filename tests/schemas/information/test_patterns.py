from __future__ import annotations

import pytest

from schemas.information import patterns


@pytest.mark.parametrize(
    ("compact", "expected"),
    [("xxx", True), ("xx", False), ("xxxx", True), ("aaab", False), ("xxxxy", True), ("xxxlutz", False),
     ("0000000", True), ("anna", False), ("婷婷婷", False), ("ххх", True)],  # noqa: RUF001 - Cyrillic letters repeat like Latin ones
)  # fmt: skip
def test_repeat(compact: str, *, expected: bool) -> None:
    assert patterns.is_repeat(compact, set(compact)) is expected


@pytest.mark.parametrize(
    ("compact", "expected"),
    [("abcd", True), ("abc", False), ("zyxwvu", True), ("1234567890", True), ("0987654321", True), ("abcdx", True),
     ("abcdxyz", False), ("abcsa", False), ("abdc", False), ("mnopqr1", True), ("stefan", False), ("cdcdcd", False)],
)  # fmt: skip
def test_sequence(compact: str, *, expected: bool) -> None:
    assert patterns.is_sequence(compact) is expected


def test_a_sequence_may_have_to_be_whole_and_long() -> None:
    assert not patterns.is_sequence("b123456", cover=1.0)
    assert not patterns.is_sequence("1234567", cover=1.0, run=8)
    assert patterns.is_sequence("12345678", cover=1.0, run=8)


@pytest.mark.parametrize(
    ("compact", "expected"),
    [("qwerty", True), ("qwertz", True), ("azerty", True), ("asdf", True), ("lkjhgf", True), ("1qaz2wsx", True),
     ("qwertyltd", False), ("asdfasdf", True), ("wert", False), ("asd", False), ("werner", False), ("asdx", False),
     ("qweqx", False)],
)  # fmt: skip
def test_keyboard_walk(compact: str, *, expected: bool) -> None:
    assert patterns.is_keyboard_walk(compact) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [("lalala", True), ("tralalala", True), ("bla bla bla", True), ("nana nana", False), ("abab", False),
     ("jojo", False), ("hahaha x", False), ("blablax", False), ("abcdefabcdefabcdef", False)],
)  # fmt: skip
def test_repeated_group(text: str, *, expected: bool) -> None:
    assert patterns.is_repeated_group(text.split(), set(text.replace(" ", ""))) is expected


@pytest.mark.parametrize(
    ("word", "expected"),
    [("dfghjk", True), ("sncf", False), ("krk", False), ("schwyz", False), ("bcd12", False), ("بتثجح", False)],
)
def test_unpronounceable(word: str, *, expected: bool) -> None:
    assert patterns.is_unpronounceable(word) is expected
