"""A message of a shape that was read before gives what the walk gives, whatever its texts are."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schemas.formats import xml_known, xml_shapes
from schemas.formats.detect import decode
from schemas.formats.limits import Limits
from schemas.formats.xml_known import known_message
from tests.builders import pacs008
from tests.iso_builders import every_iso

if TYPE_CHECKING:
    from collections.abc import Iterator

    from schemas.finding import Finding
    from schemas.payment import Message

LIMITS = Limits()
HEADER = (
    b'<Envelope><AppHdr xmlns="urn:iso:std:iso:20022:tech:xsd:head.001.001.02"><Fr><FIId><FinInstnId>'
    b"<BICFI>BNCHFRPP</BICFI></FinInstnId></FIId></Fr><BizMsgIdr>M1</BizMsgIdr></AppHdr>"
)
BARE = pacs008().partition(b"?>")[2]
WRAPPED = HEADER + BARE + b"</Envelope>"
TEXTS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=40)


@pytest.fixture(autouse=True)
def _forget() -> Iterator[None]:
    xml_known._MESSAGES.clear()
    yield
    xml_known._MESSAGES.clear()


def walked(raw: bytes, limits: Limits = LIMITS) -> Message | Finding:
    """What comes of a message while nothing is known."""
    known = dict(xml_known._MESSAGES)
    xml_known._MESSAGES.clear()
    found = decode(raw, limits)
    xml_known._MESSAGES.clear()
    xml_known._MESSAGES.update(known)
    return found


def is_known(raw: bytes, limits: Limits = LIMITS) -> bool:
    return known_message(raw, limits) is not None


def escaped(text: str) -> bytes:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").encode()


@settings(max_examples=200, deadline=None)
@given(TEXTS, TEXTS, st.sampled_from([BARE, WRAPPED]))
def test_any_texts_come_apart_the_same_way(name: str, city: str, raw: bytes) -> None:
    decode(raw, LIMITS)
    assert is_known(raw)
    other = raw.replace(b"<Nm>", b"<Nm>" + escaped(name)).replace(b"</TwnNm>", escaped(city) + b"</TwnNm>")
    other = other.replace(b"BNCHFRPP", escaped(city or name or "x")).replace(b"EUR", b"CHF")
    assert decode(other, LIMITS) == walked(other)


@pytest.mark.parametrize("name", every_iso())
def test_every_kind_of_message_is_read_the_same_way_twice(name: str) -> None:
    raw = every_iso()[name]
    first = walked(raw)
    for _ in range(3):
        assert decode(raw, LIMITS) == first


@pytest.mark.parametrize(
    "raw", [BARE, WRAPPED, b"<?xml version='1.0'  encoding='utf-8' standalone='yes' ?>\r\n" + BARE + b"\n"]
)
def test_an_ordinary_message_is_known_the_next_time(raw: bytes) -> None:
    assert not is_known(raw)
    first = decode(raw, LIMITS)
    assert is_known(raw)
    assert decode(raw, LIMITS) == first
    assert not is_known(raw, Limits(max_depth=12))


UNUSUAL = {
    "two payments": pacs008(transactions=["<CdtTrfTxInf/>"] * 2),
    "no header": BARE.replace(b"<GrpHdr>", b"<GrpHdx>").replace(b"</GrpHdr>", b"</GrpHdx>"),
    "a sibling": BARE.replace(b"</GrpHdr>", b"</GrpHdr><SplmtryData><Nm>OSAMA</Nm></SplmtryData>"),
    "a text between": BARE.replace(b"</GrpHdr>", b"</GrpHdr>OSAMA"),
    "an attribute of an envelope": b'<Envelope Nm="OSAMA">' + BARE + b"</Envelope>",
    "a text of an envelope": b"<Envelope>OSAMA" + BARE + b"</Envelope>",
    "an element of an envelope": b"<Envelope><Nm>OSAMA</Nm>" + BARE + b"</Envelope>",
    "two headers": HEADER + HEADER.removeprefix(b"<Envelope>") + BARE + b"</Envelope>",
    "a header behind": b"<Envelope>" + BARE + HEADER.removeprefix(b"<Envelope>") + b"</Envelope>",
    "a sealed header": WRAPPED.replace(b"</AppHdr>", b"<Sgntr><X>seal</X></Sgntr></AppHdr>"),
    "a text astray in the payment": BARE.replace(b"<Cdtr>", b"OSAMA<Cdtr>"),
    "a large message": BARE.replace(b"<Cdtr>", b"<Splm>" + b"<Nm>A</Nm>" * 500 + b"</Splm><Cdtr>"),
    "more tags than a plan may have": BARE.replace(b"<Cdtr>", b"<Splm>" + b"<Nm>A</Nm>" * 400 + b"</Splm><Cdtr>"),
    "a message with many blanks": BARE.replace(b"<GrpHdr>", b" " * xml_known.LARGEST_KNOWN + b"<GrpHdr>"),
    "long markup": BARE.replace(b"<Nm>", b'<Nm xmlns:x="' + b"A" * xml_shapes.LONGEST + b'">'),
    "a comment": BARE.replace(b"<Nm>", b"<Nm><!-- A -->"),
    "an instruction": BARE.replace(b"<Nm>", b"<Nm><?A?>"),
    "a CDATA section": BARE.replace(b"<Nm>", b"<Nm><![CDATA[A]]>"),
    "an angle bracket in an attribute": BARE.replace(b"<CdtTrfTxInf>", b'<CdtTrfTxInf xmlns:x="a>b">'),
    "another encoding": b'<?xml version="1.0" encoding="ISO-8859-1"?>' + BARE.replace(b"<Nm>", b"<Nm>\xfc"),
    "another encoding, plain": b"<?xml version='1.0' encoding='us-ascii'?>" + BARE,
    "markup that is no UTF-8": b'<?xml version="1.0" encoding="ISO-8859-1"?>' + BARE.replace(b"Nm>", b"N\xfc>"),
    "a text only the parser reads": BARE.replace(b"<Nm>", b"<Nm>\r\n"),
}


@pytest.mark.parametrize("what", UNUSUAL)
def test_an_unusual_message_is_walked_every_time(what: str) -> None:
    raw = UNUSUAL[what]
    first = decode(raw, LIMITS)
    assert decode(raw, LIMITS) == first == walked(raw)
    assert not is_known(raw)


def test_a_text_astray_in_a_known_shape_is_not_lost() -> None:
    decode(BARE, LIMITS)
    raw = BARE.replace(b"</GrpHdr>", b"</GrpHdr>OSAMA")
    assert "OSAMA" in repr(decode(raw, LIMITS))
    assert decode(raw, LIMITS) == walked(raw)


@pytest.mark.parametrize(
    "text", ["&amp;", "&#252;", "&nbsp;", "\x01", "\ufffe", "a\rb", "\r\n", " ", "&#13;", "&", "]]>"]
)
def test_a_text_in_a_known_shape_is_read_as_the_parser_reads_it(text: str) -> None:
    decode(BARE, LIMITS)
    raw = BARE.replace(b"<Nm>", b"<Nm>" + text.encode())
    assert decode(raw, LIMITS) == walked(raw)


@pytest.mark.parametrize("text", [b"\xff", b"\xed\xa0\x80", b"\xc3\xbc"])
def test_bytes_in_a_known_shape_are_read_as_the_parser_reads_them(text: bytes) -> None:
    decode(BARE, LIMITS)
    raw = BARE.replace(b"<Nm>", b"<Nm>" + text)
    assert decode(raw, LIMITS) == walked(raw)


def test_a_text_that_is_too_long_is_refused_in_a_known_shape() -> None:
    decode(BARE, LIMITS)
    raw = BARE.replace(b"<Nm>", b"<Nm>" + b"A" * 20_001)
    assert decode(raw, LIMITS) == walked(raw)


def test_known_shapes_never_fill_the_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xml_shapes, "_MOST_PLANS", 3)
    for number in range(6):
        decode(BARE.replace(b"<RmtInf>", b"<New%d>x</New%d><RmtInf>" % (number, number)), LIMITS)
    assert len(xml_known._MESSAGES) == 3
