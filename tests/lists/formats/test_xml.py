from __future__ import annotations

import pytest

from lists.entry import ListRefused
from lists.formats.xml import begins_with, elements, found, local_name, text

BOMB = b"""<?xml version="1.0"?><!DOCTYPE list [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]>
<list><item>&b;&b;</item></list>"""
OUTSIDE = b"""<?xml version="1.0"?><!DOCTYPE list SYSTEM "file:///etc/passwd"><list><item>x</item></list>"""


def test_each_element_is_given_once_and_then_forgotten() -> None:
    raw = b'<list xmlns="urn:x"><item>  a\n b </item><other/><item><name>c</name></item></list>'
    seen = []
    for element in elements(raw, "list", ("item",)):
        seen.append((local_name(element), (element.text or "").split(), text(element, "name")))
        last = element
    assert seen == [("list", [], ""), ("item", ["a", "b"], ""), ("item", [], "c")]
    assert not list(found(last, "name"))


@pytest.mark.parametrize(
    ("raw", "says"),
    [
        (BOMB, "declares a document type"),
        (OUTSIDE, "declares a document type"),
        (b"<other><list/></other>", "does not begin with <list>"),
        (b"<other/>", "does not begin with <list>"),
        (b"<item/>", "does not begin with <list>"),
        (b"<list><item></list>", "no well-formed XML"),
        (b"<list><item/>", "no well-formed XML"),
        (b"\x00\x01", "no well-formed XML"),
        (b"<list>" + b"<item>" * 300 + b"</item>" * 300 + b"</list>", "no well-formed XML"),
        (b"<list><item>&undeclared;</item></list>", "no well-formed XML"),
    ],
    ids=["bomb", "outside", "inner", "other", "item", "crossed", "cut", "bytes", "deep", "entity"],
)
def test_what_is_no_sound_list_is_refused(raw: bytes, says: str) -> None:
    with pytest.raises(ListRefused, match=says):
        list(elements(raw, "list", ("item",)))


def test_the_first_bytes_tell() -> None:
    assert begins_with(b"\xef\xbb\xbf \n<?xml version='1.0'?><list>", "list")
    assert not begins_with(b"list", "list")
    assert not begins_with(b"<html><body>list</body></html>", "list")
