"""Whatever a message says somewhere can be found in what is decoded from it: nothing goes unscreened."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from lxml import etree

from schemas.formats.detect import decode
from schemas.formats.limits import Limits
from schemas.payment import Message
from tests.builders import MT103_FIELDS, mt103, pacs008
from tests.decoding import institution
from tests.shared import SHARED

if TYPE_CHECKING:
    from pathlib import Path

MARK = "Evil Person"
_XS = "{http://www.w3.org/2001/XMLSchema}"
_SCHEMAS = SHARED / "data" / "payments" / "xsd"

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


def test_a_text_in_any_element_of_a_pacs008() -> None:
    for number in range(len(list(etree.fromstring(RICH).iter()))):
        root = etree.fromstring(RICH)
        element = list(root.iter())[number]
        element.text = MARK
        assert MARK in said(etree.tostring(root)), element.tag
        element.tail = "Hidden " if number else None
        assert number == 0 or "Hidden " in said(etree.tostring(root)), element.tag
        element.set("note", "Noted Person")
        assert "Noted Person" in said(etree.tostring(root)), element.tag


def test_an_element_in_any_place_of_a_pacs008() -> None:
    for number in range(len(list(etree.fromstring(RICH).iter()))):
        root = etree.fromstring(RICH)
        element = list(root.iter())[number]
        if etree.QName(element).localname != "Document":  # a second child of Document is another message
            etree.SubElement(element, "Whatever").text = MARK
            assert MARK in said(etree.tostring(root)), element.tag


def test_a_text_in_any_line_of_an_mt103() -> None:
    fields = {**MT103_FIELDS, "52D": "//X1\nBANK\nPLACE", "53B": "/1\nPLACE", "72": "/ACC/X\n//Y", "50K": None}
    fields["50F"] = "/1\n1/A\n2/B\n3/LU/C\n4/19800229\n5/LU/D\n6/LU/E/1\n7/LU/2\n8/3"
    for tag, text in fields.items():
        lines = [] if text is None else text.split("\n")
        for number in range(len(lines)):
            spoilt = "\n".join([*lines[:number], lines[number] + MARK, *lines[number + 1 :]])
            assert MARK in said(mt103({**fields, tag: spoilt})), (tag, number)
        assert MARK in said(mt103({**fields, tag: "\n".join([*lines, MARK])})), tag


@pytest.mark.shared
@pytest.mark.parametrize("version", [f"{number:02}" for number in range(2, 14)])
def test_every_element_of_every_published_version(version: str) -> None:
    raw, marks = _filled(_SCHEMAS / f"pacs.008.001.{version}.xsd")
    assert len(marks) > 500
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
