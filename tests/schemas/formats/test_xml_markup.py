"""Markup apart from its texts: in C as in Python, and as the parser reads it wherever it answers at all."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from lxml import etree

from schemas.compiled import MODULE
from schemas.formats.xml_markup import MOST_TAGS, markup, markup_in_python, texts, texts_in_python
from schemas.formats.xml_parts import parse

SNIPPETS = st.sampled_from(
    [
        *(
            b"&amp;",
            b"&lt;",
            b"&gt;",
            b"&quot;",
            b"&apos;",
            b"&#65;",
            b"&#x1F600;",
            b"&#xD800;",
            b"&#0;",
            b"&#x110000;",
        ),
        *(b"&#13;", b"&#x;", b"&#;", b"&;", b"&", b"&#9999999999;", b"&#00000065;", b"&nbsp;", b"&#x41;", b"&#X41;"),
        *(
            b" ",
            b"\n",
            b"\r\n",
            b"\t",
            b"\x00",
            b"\x01",
            b"\x7f",
            b"\xc2\x85",
            b"\xc2\xa0",
            b"\xef\xbf\xbe",
            b"\xef\xbf\xbd",
        ),
        *(
            b"\xff",
            b"\xed\xa0\x80",
            b"\xf0\x9f\x98\x80",
            b"\xc3\xbc",
            b"\xc3",
            b"]]>",
            b"<![CDATA[x]]>",
            b"<!-- -->",
            b"A",
        ),
    ]
)
CONTENT = st.lists(SNIPPETS, max_size=4).map(b"".join)


def seen(raw: bytes, leaves: bytes, longest: int = 100) -> list[list[str] | None]:
    """What is read in Python, and in C where that was compiled."""
    found = []
    for apart, read in ((markup_in_python, texts_in_python), (markup, texts)):
        told = apart(raw)
        assert told is not None
        found.append(read(raw, told[1], leaves, longest))
    return found


@settings(max_examples=600, deadline=None)
@given(st.binary(max_size=30) | st.lists(st.sampled_from([b"<", b">", b"a", b"/", b" "]), max_size=12).map(b"".join))
@example(b"<>")
@example(b"<a>")
@example(b"<a><b")
@example(b"<a>x>y")
def test_both_see_the_same_markup(raw: bytes) -> None:
    first, second = markup_in_python(raw), markup(raw)
    assert (first is None) == (second is None)
    if first and second:
        assert first[0] == second[0]
        count = len(first[1])
        for leaves in (bytes(count), b"\1" * count):
            both = seen(raw, leaves)
            assert both[0] == both[1]


@settings(max_examples=2000, deadline=None)
@given(CONTENT, CONTENT, CONTENT)
def test_a_text_is_read_as_the_parser_reads_it(between: bytes, inside: bytes, after: bytes) -> None:
    raw = b"<a>" + between + b"<b>" + inside + b"</b>" + after + b"</a>"
    if markup(raw) is None or markup(raw) != markup(raw) or (markup(raw) or (b"",))[0] != b"a<b</b</a":
        return
    first, second = seen(raw, b"\0\0\1\0\0")
    assert first == second
    if first is not None:
        root = parse(raw)
        assert (root[0].text or "") == first[2]
        assert not (root.text or "").strip()
        assert not (root[0].tail or "").strip()


def test_a_text_is_not_longer_than_is_allowed() -> None:
    assert seen(b"<a>" + b"x" * 9 + b"</a>", b"\0\1\0", 9) == [["", "x" * 9, ""]] * 2
    assert seen(b"<a>" + b"x" * 10 + b"</a>", b"\0\1\0", 9) == [None, None]


def test_a_message_of_very_many_tags_is_none() -> None:
    assert markup(b"<a/>" * MOST_TAGS) is not None
    assert markup_in_python(b"<a/>" * MOST_TAGS) is not None
    assert markup(b"<a/>" * (MOST_TAGS + 1)) is markup_in_python(b"<a/>" * (MOST_TAGS + 1)) is None


def test_what_is_handed_over_is_not_trusted() -> None:
    if MODULE is None:
        pytest.skip("no C compiler built it here")
    raw = b"<a>x</a>"
    places = (markup(raw) or (b"", b""))[1]
    for message, where, leaves in (
        (raw, places, b"\0\1"),
        (raw[:3], places, b"\0\1\0"),
        (raw, places[:-4] + b"\xff\xff\xff\xff", b"\0\1\0"),
    ):
        with pytest.raises(ValueError, match="text"):
            texts(message, where, leaves, 9)
    with pytest.raises(TypeError):
        markup("<a>")  # type: ignore[arg-type] # what must fail


def test_whatever_the_parser_refuses_is_never_read() -> None:
    for raw in (b"<a>\x01</a>", b"<a>&nbsp;</a>", b"<a>\xff</a>", b"<a>]]></a>"):
        with pytest.raises(etree.XMLSyntaxError):
            etree.fromstring(raw)
        told = markup(raw)
        assert told is None or texts(raw, told[1], b"\0\1\0", 99) is None
