"""A listed name, number or place is found wherever it stands in a message of any format, and the finding says where."""

from __future__ import annotations

import re
from functools import cache

import pytest

from lists.entry import Entry, EntryKind, ListedName, ListedNumber
from lists.index import Index
from lists.policy import ScreeningPolicy
from lists.screen import screen, screen_bytes
from schemas.decision import EditionUsed
from schemas.finding import Finding
from schemas.formats.detect import decode
from schemas.formats.limits import Limits
from schemas.payment import Message
from tests.builders import mt103, pacs008, payment_json
from tests.decoding import institution
from tests.iso_builders import every_iso
from tests.mt_builders import CUSTOMERS, mt202, mt202cov
from tests.planting import Planted, planted
from tests.shared import SHARED

NAME = "Dariusz Oktabrski Vellamonov"
NUMBER = "1BoatSLRHtKNngkdXEeobR76b53LETtpyT"
PLACE = "Pyongyang"
LONG_NAME = "Vellamo Kreditbank Quorzia Handelsgesellschaft"
POLICY = ScreeningPolicy(sanctioned_places=("KP",))

# Why a planted text need not be found there; everything else must be.
NOT_A_PLACE = {
    # Where somebody was born is not where the money goes; embargoes are about trade, not about birth.
    "BirthDt", "CityOfBirth", "CtryOfBirth", "birth_date", "birth_town", "birth_country",
    # Who issued a passport says where its holder is from, likewise.
    "country",
}  # fmt: skip
NOT_A_PLACE_IN_50F = re.compile(r":5(?:0|9)F:[4-9]")  # birth, customer and national number, as built below

RICH = pacs008(
    header=institution("InstgAgt", "CCCCDEFF"),
    before_payer="<InstdAmt Ccy='USD'>1</InstdAmt><ChrgsInf><Amt Ccy='EUR'>1</Amt>"
    + institution("Agt", "DDDDFRPP", "<ClrSysMmbId><ClrSysId><Cd>USABA</Cd></ClrSysId></ClrSysMmbId>")
    + "</ChrgsInf>"
    + institution("IntrmyAgt1", "EEEEITRR", "<PstlAdr><Ctry>IT</Ctry><AdrLine>Via 1</AdrLine></PstlAdr>"),
    payer_more="<CtryOfRes>LU</CtryOfRes><CtctDtls><EmailAdr>a@b.lu</EmailAdr></CtctDtls>",
    payee_id="<Id><OrgId><AnyBIC>AAAALULL</AnyBIC><LEI>529900T8BM49AURSDO55</LEI></OrgId></Id>",
    after_payee="<UltmtCdtr><Nm>Ann</Nm></UltmtCdtr><InstrForCdtrAgt><InstrInf>Call</InstrInf></InstrForCdtrAgt>"
    "<RgltryRptg><Dtls><Cd>1</Cd><Inf>Goods</Inf></Dtls></RgltryRptg><Purp><Prtry>Rent</Prtry></Purp>"
    "<SplmtryData><Envlp><X>y</X></Envlp></SplmtryData>",
)
NUMBERED = (
    "/LU280019400644750000\n1/A\n2/B\n3/LU/C\n4/19800229\n5/LU/D\n6/LU/E/1\n7/LU/2"  # 8/ goes on with the number before
)
MT = {
    "mt103": mt103({
        "52D": "//X1\nBANK\nPLACE", "53B": "/1\nPLACE", "70": "/ULTD/A\nB", "72": "/ACC/X\n//Y",
        "77B": "/ORDERRES/LU/X", "23E": "PHOB/1",
    }),
    "mt103 50F": mt103({"50K": None, "50F": NUMBERED}),
    "mt202": mt202(),
    "mt202cov": mt202cov(f"{CUSTOMERS}\n:72:/INS/X\n//Y\n:52D:A\nB\n:57A:/1\nX"),
}  # fmt: skip
JSON = payment_json(
    payee_account={"number": "123456", "scheme": "BBAN", "proxy": "a@b.fr", "name": "Savings"},
    ultimate_payee={
        "name": "X", "lei": "529900T8BM49AURSDO55", "bic": "AAAALULL", "residence_country": "LU",
        "birth_town": "X", "birth_date": "1980-01-01", "birth_country": "LU",
        "identifications": [{"value": "1", "scheme": "COID", "issuer": "X", "country": "LU"}],
        "address": {"lines": ["A"], "postcode": "1", "subdivision": "X"},
    },
)  # fmt: skip
MESSAGES = {"pacs.008": RICH, **every_iso(), **MT, "json": JSON}


@cache
def index() -> Index:
    wallet = ListedNumber("Digital Currency Address - XBT", NUMBER)
    entries = [
        Entry("UN", "1", EntryKind.PERSON, (ListedName(NAME),), numbers=(wallet,)),
        Entry("EU", "2", EntryKind.ORGANISATION, (ListedName(LONG_NAME),)),
    ]
    return Index.build(entries, EditionUsed("test"))


def found_at(raw: bytes) -> list[str] | None:
    """Where the lists found something; None in a message nobody can read, if they found something in its bytes."""
    message = decode(raw, Limits())
    if isinstance(message, Finding):
        assert any(finding.match for finding in screen_bytes(raw, index(), POLICY))
        return None
    assert isinstance(message, Message)
    screened = screen(message.payments, index(), POLICY)
    return [finding.path for findings in screened for finding in findings if finding.match]


def is_told(place: Planted, paths: list[str]) -> bool:
    """Whether one path is the place, or what it is a part of."""
    if any(path and place.where.startswith(path) for path in paths):
        return True
    if "/SchmeNm/" in place.where or place.name == "scheme":  # told at the number whose scheme it is
        number = re.sub(r"(?:/SchmeNm/\w+|/scheme)\Z", "", place.where)
        return any(path in {f"{number}/Id", f"{number}/value"} for path in paths)
    # A line of option F without a number of its own goes on with the one before.
    field, _, line = place.where.rpartition(":")
    return place.name.endswith("F") and any(path in {f"{field}:{int(line) - 1}", f"{field}:"} for path in paths)


def missed(raw: bytes, text: str) -> list[str]:
    """The places where a text is not found, or told in another place."""
    names = []
    for place in planted(raw, text):
        paths = found_at(place.raw)
        if paths is None or is_told(place, paths):
            continue
        if text == PLACE and (place.name in NOT_A_PLACE or NOT_A_PLACE_IN_50F.match(place.where)):
            continue
        names.append(f"{place.where}: {paths}")
    return names


@pytest.mark.requirement("SCR-01")
@pytest.mark.parametrize("text", [NAME, NUMBER, PLACE])
@pytest.mark.parametrize("name", MESSAGES)
def test_a_listed_name_number_or_place_in_any_element(name: str, text: str) -> None:
    assert missed(MESSAGES[name], text) == []


def _cut(text: str) -> list[str]:
    return [text[start : start + 35] for start in range(0, len(text), 35)]


@pytest.mark.parametrize(
    ("tag", "head"), [("50K", ["/123456"]), ("59", []), ("52D", []), ("70", []), ("72", []), ("77B", [])]
)
def test_a_name_wrapped_over_lines_of_35_characters(tag: str, head: list[str]) -> None:
    paths = found_at(mt103({tag: "\n".join([*head, *_cut(LONG_NAME.upper())])}))
    assert paths is not None
    assert any(path.startswith(f":{tag}:") for path in paths)


@pytest.mark.parametrize("tag", ["50K", "59", "52D", "70", "72", "77B"])
def test_a_name_cut_off_after_35_characters(tag: str) -> None:
    paths = found_at(mt103({tag: LONG_NAME[:35].upper()}))
    assert paths is not None
    assert any(path.startswith(f":{tag}:") for path in paths)


REAL = sorted((SHARED / "data" / "payments").rglob("*.*")) if SHARED.is_dir() else []


@cache
def richest() -> dict[str, bytes]:
    """Of each kind of real message the one with the most elements that can be read."""
    best: dict[str, bytes] = {}
    for file in REAL:
        if not file.is_file() or file.suffix == ".xsd" or "_malformed" in file.parts or file.stat().st_size > 30_000:
            continue
        raw = file.read_bytes()
        kind = file.parent.name
        if _size(raw) > _size(best.get(kind, b"")) and isinstance(decode(raw, Limits()), Message):
            best[kind] = raw
    return best


def _size(raw: bytes) -> int:
    return raw.count(b"</") or raw.count(b"\n")


@pytest.mark.shared
@pytest.mark.timeout(300)
@pytest.mark.requirement("SCR-01")
@pytest.mark.parametrize("text", [NAME, NUMBER])
def test_a_listed_name_or_number_in_any_element_of_real_messages(text: str) -> None:
    assert len(richest()) >= 30
    assert {kind: places for kind, raw in richest().items() if (places := missed(raw, text))} == {}


@pytest.mark.shared
@pytest.mark.timeout(300)
def test_a_sanctioned_place_in_any_element_of_real_messages() -> None:
    xml = {kind: raw for kind, raw in richest().items() if raw.lstrip().startswith(b"<")}
    assert {kind: places for kind, raw in xml.items() if (places := missed(raw, PLACE))} == {}
