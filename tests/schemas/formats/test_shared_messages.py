"""Every real message: decoded with sane contents, or a finding that is the message's own fault."""

from __future__ import annotations

import re
import time
from typing import TYPE_CHECKING

import pytest

from schemas.finding import Finding, Reason
from schemas.formats.detect import decode
from schemas.formats.limits import Limits
from schemas.payment import Message, Payment, PaymentKind
from tests.builders import mt103, pacs008, payment_json
from tests.shared import SHARED

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.shared

LIMITS = Limits()
PAYMENTS = SHARED / "data" / "payments"
DECODED = re.compile(r"pacs\.00[489]\.|camt\.056\.|pain\.001\.|MT(103|20[25](COV)?)\Z")

# Looked at one by one: what is wrong with each of these files of a type that is decoded.
UNREADABLE = {
    "prowide__prowide-core__MxSwiftMessageTest__e9602d.xml": "no ISO 20022 message",  # an empty Document
    "prowide__prowide-iso20022__ZuluOffsetDateTimeAdapterMarshallingTest__df388e.xml": "no ISO 20022 message",
    "prowide__prowide-iso20022__MxParseUtilsTest__292824.xml": "stands where",  # Document/A
    "prowide__prowide-iso20022__MxParseUtilsTest__6509be.xml": "stands where",
    "prowide__prowide-iso20022__IssueJira3251Test__95290f.xml": "holds no payment",  # a group header only
    "prowide__prowide-iso20022__MxParseUtilsTest__05409c.xml": "holds no payment",
    "prowide__prowide-iso20022__MxParseUtilsTest__95c3dd.xml": "holds no payment",
    "moov-io__iso20022__pacs_test__9cf8f6.xml": "holds no payment",
    "moov-io__iso20022__pacs_test__f11f44.xml": "holds no payment",
    "prowide__prowide-iso20022__MxWriteTest__33671c.xml": "holds no payment",
    "prowide__prowide-iso20022__MxWriteTest__6c817f.xml": "holds no payment",
    "prowide__prowide-iso20022__MxWriteTest__a31dcb.xml": "holds no payment",
    "moov-io__iso20022__pain_test__86c096.xml": "holds no payment",
    "prowide__prowide-iso20022__Issue24__6295f9.xml": "holds no payment",  # a block with nothing to pay
    "prowide__prowide-integrator-examples__MxCreationExample__8487c6.xml": "holds no payment",
    "prowide__prowide-iso20022-examples__MxCreation1Example__17b2de.xml": "holds no payment",
    "sebastienrousseau__pain001__data_updated__e00ca5.xml": "holds no payment",  # a template, half filled in
    # Cut out of program comments, each line with its ` * `.
    "prowide__prowide-core-examples__MessageCreation1Example__8758f2.txt": "is not a field",
    "prowide__prowide-core-examples__MessageCreation3Example__911c4a.txt": "is not a field",
    "prowide__prowide-integrator-examples__MessageValidationNAKCreationExample__029835.txt": "is not a field",
    "prowide__prowide-integrator-examples__MessageValidationNAKCreationExample__c4c0ff.txt": "is not a field",
    # Each line ends in a backslash.
    "prowide__prowide-core__CalendarJsonSerializationTest__8bc9d7.txt": "is not a field",
}


def messages(*, decoded: bool) -> list[Path]:
    folders = [
        folder
        for folder in sorted(PAYMENTS.glob("*"))
        if folder.is_dir() and folder.name[0] not in "_rx" and bool(DECODED.match(folder.name)) is decoded
    ]
    return [file for folder in folders for file in sorted(folder.iterdir())]


def timed(raw: bytes) -> Message | Finding:
    start = time.process_time()
    found = decode(raw, LIMITS)
    assert time.process_time() - start < 0.05, "50 ms is the bound for one message"
    return found


def sane(payment: Payment) -> None:
    assert payment.payer
    assert payment.payee
    assert payment.amount or payment.problems or payment.kind is PaymentKind.CANCELLATION_REQUEST
    for problem in payment.problems:
        assert problem.path
        assert problem.detail
    if payment.payer.name:
        assert payment.payer.name.text.strip()


@pytest.mark.parametrize("file", messages(decoded=True), ids=lambda file: file.name)
def test_every_message_of_a_decoded_type(file: Path) -> None:
    found = timed(file.read_bytes())
    if isinstance(found, Finding):
        assert UNREADABLE[file.name] in found.detail
        return
    assert file.name not in UNREADABLE
    for payment in found.payments:
        sane(payment)


@pytest.mark.parametrize("file", messages(decoded=False), ids=lambda file: file.name)
def test_every_message_of_another_type_is_named_by_its_type(file: Path) -> None:
    found = timed(file.read_bytes())
    assert isinstance(found, Finding)
    assert found.detail.endswith("is not a payment this filter decides yet")
    name = file.parent.name.removesuffix("COV")
    assert name.rsplit(".", 1)[0] in found.detail


def test_every_rendered_message() -> None:
    for file in sorted((PAYMENTS / "rendered_goplasmatic").rglob("*")):
        if file.is_file():
            found = timed(file.read_bytes())
            if isinstance(found, Message):
                for payment in found.payments:
                    sane(payment)
            else:
                assert "decides yet" in found.detail, file


def test_every_malformed_fragment() -> None:
    files = sorted((PAYMENTS / "_malformed").iterdir())
    assert files
    for file in files:
        found = timed(file.read_bytes())
        assert isinstance(found, Finding), file
        assert (found.reason, bool(found.path), bool(found.detail)) == (Reason.MESSAGE_UNREADABLE, True, True)


def hostile() -> list[str]:
    lines = (SHARED / "data" / "misc" / "blns.txt").read_text(encoding="utf-8").split("\n")
    return [line for line in lines if line and not line.startswith("#")]


def test_every_hostile_string_as_a_message_and_as_a_name() -> None:
    strings = hostile()
    assert len(strings) > 400
    for text in strings:
        assert isinstance(timed(text.encode()), Finding), text
        for raw in (pacs008(payer_name=text), mt103({"50K": text}), payment_json(payer={"name": text})):
            found = timed(raw)
            if isinstance(found, Message):
                sane_name = found.payments[0].payer
                assert sane_name, text
            else:
                assert found.detail, text
