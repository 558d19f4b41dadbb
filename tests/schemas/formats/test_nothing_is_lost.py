"""Whatever a message says somewhere can be found in what is decoded from it: nothing goes unscreened."""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING

import pytest
from lxml import etree

from schemas.formats.detect import decode
from schemas.formats.limits import Limits
from schemas.formats.plain import form_of, says_something
from schemas.payment import Message
from tests.builders import MT103_FIELDS, mt103, pacs008
from tests.decoding import institution
from tests.iso_builders import every_iso
from tests.mt_builders import CUSTOMERS, mt202, mt202cov
from tests.shared import SHARED

if TYPE_CHECKING:
    from pathlib import Path

MARK = "Evil Person"
_XS = "{http://www.w3.org/2001/XMLSchema}"
_SCHEMAS = SHARED / "data" / "payments" / "xsd"
# Versions of 2006 to 2009 whose body bears the name of the message (`<pacs.009.001.01>`); no system sends them.
OLDEST = {"pacs.008.001.01", "pacs.009.001.01", "pain.001.001.01", "pain.001.001.02"}

RICH = pacs008(
    header=institution("InstgAgt", "CCCCDEFF"),
    before_payer="<InstdAmt Ccy='USD'>1</InstdAmt><ChrgsInf><Amt Ccy='EUR'>1</Amt>"
    + institution("Agt", "DDDDFRPP", "<ClrSysMmbId><ClrSysId><Cd>USABA</Cd></ClrSysId></ClrSysMmbId>")
    + "</ChrgsInf>"
    + institution("IntrmyAgt1", "EEEEITRR", "<PstlAdr><Ctry>IT</Ctry><AdrLine>Via 1</AdrLine></PstlAdr>"),
    after_payee="<RgltryRptg><Dtls><Cd>1</Cd></Dtls></RgltryRptg><SplmtryData><Envlp><X/></Envlp></SplmtryData>",
)


def said(raw: bytes, limits: Limits | None = None) -> str:
    message = decode(raw, limits or Limits())
    assert isinstance(message, Message), message
    return repr(message)


XML = {"pacs.008": RICH, **every_iso()}


@pytest.mark.parametrize("name", XML)
def test_a_text_in_any_element(name: str) -> None:
    raw = XML[name]
    for number in range(len(list(etree.fromstring(raw).iter()))):
        root = etree.fromstring(raw)
        element = list(root.iter())[number]
        element.text = MARK
        assert MARK in said(etree.tostring(root)), element.tag
        element.tail = "Hidden " if number else None
        assert number == 0 or "Hidden " in said(etree.tostring(root)), element.tag
        element.set("note", "Noted Person")
        assert "Noted Person" in said(etree.tostring(root)), element.tag


@pytest.mark.parametrize("name", XML)
def test_an_element_in_any_place(name: str) -> None:
    raw = XML[name]
    for number in range(len(list(etree.fromstring(raw).iter()))):
        root = etree.fromstring(raw)
        element = list(root.iter())[number]
        if etree.QName(element).localname != "Document":  # a second child of Document is another message
            etree.SubElement(element, "Whatever").text = MARK
            assert MARK in said(etree.tostring(root)), element.tag


@pytest.mark.parametrize("name", every_iso())
def test_an_element_twice(name: str) -> None:
    raw = XML[name]
    for number in range(len(list(etree.fromstring(raw).iter()))):
        root = etree.fromstring(raw)
        element = list(root.iter())[number]
        parent = element.getparent()
        if parent is None or etree.QName(element).localname in {"GrpHdr", "Assgnmt"} or element.getparent() is root:
            continue  # two headers and two messages are refused
        twin = deepcopy(element)
        for leaf in twin.iter():
            if not len(leaf):
                leaf.text = MARK
        parent.insert(parent.index(element), twin)
        found = said(etree.tostring(root))
        assert MARK in found, element.tag
        for leaf in element.iter():
            if leaf.text and says_something(form_of(etree.QName(leaf).localname), leaf.text):
                assert leaf.text in found, element.tag


def test_a_text_in_any_line_of_an_mt103() -> None:
    fields = {**MT103_FIELDS, "52D": "//X1\nBANK\nPLACE", "53B": "/1\nPLACE", "72": "/ACC/X\n//Y", "50K": None}
    fields["50F"] = "/1\n1/A\n2/B\n3/LU/C\n4/19800229\n5/LU/D\n6/LU/E/1\n7/LU/2\n8/3"
    for tag, text in fields.items():
        lines = [] if text is None else text.split("\n")
        for number in range(len(lines)):
            spoilt = "\n".join([*lines[:number], lines[number] + MARK, *lines[number + 1 :]])
            assert MARK in said(mt103({**fields, tag: spoilt})), (tag, number)
        assert MARK in said(mt103({**fields, tag: "\n".join([*lines, MARK])})), tag


@pytest.mark.parametrize("raw", [mt202(), mt202cov(), mt202cov(f"{CUSTOMERS}\n:72:/INS/X\n//Y\n:52D:A\nB\n:57A:/1\nX")])
def test_a_text_in_any_line_of_an_mt202(raw: bytes) -> None:
    lines = raw.decode().split("\r\n")
    for number in range(1, len(lines) - 1):
        for spoilt in (lines[number] + MARK, f"{lines[number]}\r\n{MARK}"):
            text = "\r\n".join([*lines[:number], spoilt, *lines[number + 1 :]])
            assert MARK in said(text.encode()), lines[number]


PUBLISHED = sorted(
    file.stem
    for file in _SCHEMAS.glob("*.xsd")
    if file.stem[:8] in {"pacs.004", "pacs.008", "pacs.009", "camt.056", "pain.001"} and file.stem not in OLDEST
)


@pytest.mark.shared
@pytest.mark.parametrize("name", PUBLISHED)
def test_every_element_of_every_published_version(name: str) -> None:
    raw, marks = _filled(_SCHEMAS / f"{name}.xsd")
    assert len(marks) > 100
    found = said(raw, Limits(max_values=100_000))
    assert [mark for mark in marks if mark not in found] == []


def _filled(schema: Path) -> tuple[bytes, list[str]]:
    """A message with every element of its schema once, all sides of every choice, a mark in each that holds a text."""
    root = etree.parse(schema).getroot()
    types = {str(kind.get("name")): kind for kind in root.iter(f"{_XS}complexType")}
    marks: list[str] = []

    def fill(name: str, kind: str) -> str:
        inner = "".join(
            fill(str(child.get("name")), str(child.get("type")))
            for child in (types[kind].iter(f"{_XS}element") if kind in types else ())
        )
        if not inner:
            marks.append(f"Mark {len(marks)}.")
            inner = marks[-1]
        return f"<{name}>{inner}</{name}>"

    return fill("Document", "Document").encode(), marks
