"""Messages spoilt at random, by seed: what a broken sender or an attacker could put on the topic.

Each mutation takes the bytes of a message and answers other bytes; several may follow each other.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from random import Random

    Mutation = Callable[[bytes, Random, "Sequence[bytes]"], bytes]

LARGEST = 60_000  # bytes of an ordinary spoilt message; huge ones are made on purpose, by `_huge`
_TAG = re.compile(rb"</?([A-Za-z][A-Za-z0-9]*)")
_PIECE = re.compile(rb"<[^<>]*>|:\d\d[A-Z]?:|\"[^\"]*\"|[^<>:\"{}\n]+|.", re.DOTALL)
_TEXT = re.compile(rb">([^<>]+)<|:\d\d[A-Z]?:([^:{}]+)|: ?\"([^\"]*)\"")
# What breaks parsers, tables of characters, numbers and dates; blns adds to it where it is at hand.
HOSTILE = (
    *(b"", b" ", b"\t\r\n", b"\0", b"\xff\xfe", b"\xef\xbb\xbf", b"\xc3\x28", b"\xed\xa0\x80", b"\xf0\x9f\x92\xa9"),
    *(b"&amp;", b"&#0;", b"&#x202e;", b"&bomb;", b"<![CDATA[A]]>", b"<!-- -->", b"<?x y?>", b"]]>", b"<!DOCTYPE a>"),
    *(b"-0", b"1e999", b"NaN", b"Infinity", b"9" * 400, b"0.00000000001", b"1,2,3", b"-1", b"999999999999999999.99999"),
    *(b"0000-00-00", b"9999-12-31", b"2026-02-30", b"260230", b"000000", b"9999999999", b"true", b"null", b"{}", b"[]"),
    *(b"EUR", b"XXX", b"eur", b"ZZZ", b"DEUTDEFF", b"AAAALULLXXX", b"LU280019400644750000", b"LU00", b"XX", b"KP"),
    *(
        "Ω≈ç√∫".encode(),
        "ﬁ".encode(),
        "İıſß".encode(),
        "\uff21\uff43\uff4d\uff45".encode(),
        "a\u0301".encode() * 60,
        "ᚠ".encode(),
    ),
    *("\u200b\u202e\ufeff".encode(), "\U000e0041".encode(), "Сбербанк".encode(), "北京".encode(), "شركة".encode()),
    *(b"{1:F01AAAALULLAXXX}", b"-}", b"{4:", b":50K:", b"/", b"//", b"1/", b"8/", b"\n:", b"\\n", b"\\", b"'", b'"'),
    *(b"UNKNOWN", b"X" * 300, b"(" * 500, b"a" * 3000, b"AB" * 2000, b"1" * 5000, b" A" * 1500, b"../../etc/passwd"),
)


def spoilt(raw: bytes, random: Random, others: Sequence[bytes], hostile: Sequence[bytes]) -> bytes:
    """The message after one to four mutations; `others` are messages to splice it with."""
    for _ in range(random.choice((1, 1, 1, 2, 2, 3, 4))):
        mutation = random.choice(MUTATIONS)
        raw = mutation(raw, random, hostile if mutation in _WITH_TEXTS else others)
        if mutation is not _huge:
            raw = raw[:LARGEST]
    return raw


def _flip(raw: bytes, random: Random, _: Sequence[bytes]) -> bytes:
    made = bytearray(raw or b" ")
    for _number in range(random.choice((1, 1, 2, 8, 40))):
        made[random.randrange(len(made))] = random.randrange(256)
    return bytes(made)


def _cut(raw: bytes, random: Random, _: Sequence[bytes]) -> bytes:
    place = random.randint(0, len(raw))
    return raw[:place] if random.random() < 0.7 else raw[place:]  # more often the end is lost


def _drop(raw: bytes, random: Random, _: Sequence[bytes]) -> bytes:
    start, end = _span(raw, random)
    return raw[:start] + raw[end:]


def _double(raw: bytes, random: Random, _: Sequence[bytes]) -> bytes:
    start, end = _span(raw, random)
    times = random.choice((1, 1, 2, 10, 100))
    return raw[:end] + raw[start:end] * times + raw[end:]


def _span(raw: bytes, random: Random) -> tuple[int, int]:
    """From one border of a piece (element, field, text) to another."""
    borders = [match.start() for match in _PIECE.finditer(raw)] or [0]
    first = random.randrange(len(borders))
    last = min(len(borders) - 1, first + random.choice((1, 2, 3, 5, 20, 60)))
    return borders[first], borders[last] if last > first else len(raw)


def _swap(raw: bytes, random: Random, _: Sequence[bytes]) -> bytes:
    """One tag bears the name of another, with or without its end."""
    found = list(_TAG.finditer(raw))
    if not found:
        return raw[::-1]
    old, new = random.choice(found)[1], random.choice(found)[1]
    if random.random() < 0.3:  # otherwise the XML stays well-formed
        return raw.replace(b"<" + old + b">", b"<" + new + b">", 1)
    return re.sub(rb"(</?)" + old + rb"\b", rb"\g<1>" + new, raw)


def _exchange(raw: bytes, random: Random, _: Sequence[bytes]) -> bytes:
    """Two spans change places."""
    (a, b), (c, d) = sorted((_span(raw, random), _span(raw, random)))
    return raw if c < b else raw[:a] + raw[c:d] + raw[b:c] + raw[a:b] + raw[d:]


def _splice(raw: bytes, random: Random, others: Sequence[bytes]) -> bytes:
    other = random.choice(others)
    start, end = _span(other, random)
    place, until = _span(raw, random)
    return raw[:place] + other[start:end] + raw[random.choice((place, until)) :]


def _say(raw: bytes, random: Random, texts: Sequence[bytes]) -> bytes:
    """A text of the message says something hostile."""
    found = list(_TEXT.finditer(raw))
    if not found:
        return raw + random.choice(texts)
    match = random.choice(found)
    start, end = match.span(match.lastindex or 0)
    return raw[:start] + random.choice(texts) + raw[end:]


def _insert(raw: bytes, random: Random, texts: Sequence[bytes]) -> bytes:
    place = random.randint(0, len(raw))
    return raw[:place] + random.choice(texts) + raw[place:]


def _huge(raw: bytes, random: Random, _: Sequence[bytes]) -> bytes:
    """One piece over and over: a huge field, deep nesting, very many elements; seldom, for it takes long."""
    if random.random() > 0.05:  # one in twenty
        return raw
    start, end = _span(raw, random)
    piece = raw[start:end][:200] or b"A"
    return raw[:end] + piece * (random.choice((20_000, 200_000, 2_000_000)) // len(piece)) + raw[end:]


MUTATIONS: tuple[Mutation, ...] = (
    *(_flip, _cut, _drop, _double, _swap, _exchange, _splice, _say, _say, _say, _insert, _huge),
)
_WITH_TEXTS = (_say, _insert)
