from __future__ import annotations

import time
import tomllib
from pathlib import Path
from typing import Any

import pytest

from schemas.finding import Finding, Reason
from schemas.formats.detect import decode
from schemas.formats.limits import Limits
from schemas.payment import Message
from tests.builders import mt103, pacs008, payment_json, transaction

CASES: dict[str, dict[str, Any]] = tomllib.loads(
    (Path(__file__).parents[2] / "cases" / "messages" / "unreadable.toml").read_text()
)
LIMITS = Limits()


@pytest.mark.parametrize("name", CASES)
def test_unreadable_messages_give_a_finding_that_names_place_and_problem(name: str) -> None:
    case = CASES[name]
    raw = bytes.fromhex(case["hex"]) if "hex" in case else case["raw"].encode()
    finding = decode(raw, LIMITS)
    assert isinstance(finding, Finding)
    assert finding.reason is Reason.MESSAGE_UNREADABLE
    assert finding.path.startswith(case["path"])
    assert case["says"] in finding.detail


@pytest.mark.parametrize(
    ("raw", "name"), [(pacs008(), "pacs.008.001.08"), (mt103(), "mt103"), (payment_json(), "json")]
)
def test_the_format_is_told_by_the_bytes(raw: bytes, name: str) -> None:
    for bytes_around in (raw, b"\xef\xbb\xbf" + raw, b"\r\n  " + raw + b"\n\n"):
        message = decode(bytes_around, LIMITS)
        assert isinstance(message, Message)
        assert message.format == name
        assert [payment.format for payment in message.payments] == [name]


@pytest.mark.parametrize(
    ("raw", "hint", "agrees"),
    [
        (pacs008(), "pacs.008", True),
        (pacs008(), "pacs008", True),
        (pacs008(), "PACS.008.001.08", True),
        (pacs008(), "", True),
        (pacs008(), "mt103", False),
        (mt103(), "MT103", True),
        (mt103(), "json", False),
        (payment_json(), "json", True),
    ],
)
def test_a_hint_never_overrules_the_bytes(raw: bytes, hint: str, *, agrees: bool) -> None:
    message = decode(raw, LIMITS, hint)
    assert isinstance(message, Message) is agrees
    if isinstance(message, Finding):
        assert message.path == "format"
        assert hint in message.detail


def _too_deep(levels: int) -> bytes:
    return pacs008(after_payee="<A>" * levels + "</A>" * levels)


TOO_MUCH = {
    "bytes": (pacs008(), Limits(max_bytes=100), "byte 0", "bytes; at most 100"),
    "fin bytes": (mt103(), Limits(max_fin_bytes=100), "byte 0", "at most"),
    "fin line": (mt103({"70": "x" * 60}), Limits(max_text=50), "block 4 line", "more than is allowed"),
    "fin fields": (mt103(), Limits(max_values=3), "block 4 line", "more than is allowed"),
    "xml text": (pacs008(remittance="x" * 60), Limits(max_text=50), "/Document/F", "holds 60 characters"),
    "xml attribute": (
        pacs008(after_payee=f"<A a='{'x' * 60}'/>"),
        Limits(max_text=50),
        "/Document/FIToFICstmrCdtTrf/CdtTrfTxInf/A/@a",
        "holds 60 characters",
    ),
    "xml stray text": (
        pacs008(after_payee=f"<A>{'x' * 60}<B/></A>"),
        Limits(max_text=50),
        "/Document/FIToFICstmrCdtTrf/CdtTrfTxInf/A",
        "holds 60 characters",
    ),
    "xml depth": (_too_deep(50), LIMITS, "/Document/F", "deeper than 40"),
    "xml depth of the parser": (_too_deep(5000), LIMITS, "line 1", "not well-formed"),
    "xml envelope depth": (b"<A>" * 60 + b"</A>" * 60, LIMITS, "/A/A", "deeper than 40"),
    "xml envelope size": (b"<A>" + b"<B/>" * 60 + b"</A>", Limits(max_values=50), "/A/B[50]", "more than 50 elements"),
    "xml values": (pacs008(), Limits(max_values=10), "/Document/F", "more than 10 values"),
    "xml values in many elements": (pacs008(after_payee="<A/>" * 2000), LIMITS, "/Document/F", "more than 2000 values"),
    "xml values in one element": (
        pacs008(after_payee=f"<A>{'<B/>' * 3000}</A>"),
        LIMITS,
        "/Document/FIToFICstmrCdtTrf/CdtTrfTxInf/A",
        "more than 2000 values",
    ),
    "xml payments": (pacs008(transactions=[transaction()] * 4), Limits(max_payments=3), "/Document/F", "more than 3"),
    "json payments": (
        payment_json([{"amount": {"value": "1", "currency": "EUR"}}] * 4),
        Limits(max_payments=3),
        "/payments",
        "at most 3",
    ),
    "json members": (
        b"{" + b",".join(b'"a%d":1' % number for number in range(101)) + b"}",
        LIMITS,
        "/",
        "an object has 101 members",
    ),
    "json text": (payment_json(payer={"name": "x" * 60}), Limits(max_text=50), "/payer/name", "holds 60 characters"),
    "json values": (payment_json(), Limits(max_values=3), "/", "more than 3 values"),
    "json depth": (b'{"a":' * 5000, LIMITS, "line 1", "recursion limit"),
}


@pytest.mark.parametrize("name", TOO_MUCH)
def test_what_is_too_much_is_a_finding_at_its_place(name: str) -> None:
    raw, limits, path, says = TOO_MUCH[name]
    finding = decode(raw, limits)
    assert isinstance(finding, Finding)
    assert finding.path.startswith(path)
    assert says in finding.detail


LARGE = {
    "ten megabytes in one field": pacs008(remittance="x" * 10_000_000),
    "a hundred thousand payments": pacs008(transactions=["<CdtTrfTxInf/>" * 100_000]),
    "a hundred thousand elements": b"<Document>" + b"<a/>" * 100_000 + b"</Document>",
    "a hundred thousand attributes": b"<A " + b" ".join(b"a%d='1'" % n for n in range(100_000)) + b"/>",
    "a FIN message of a megabyte": mt103({"70": "x\n" * 500_000}),
    "a hundred thousand open braces": b"{" * 100_000,
    "a hundred thousand open brackets": b"[" * 100_000,
    "a hundred thousand open elements": b"<a>" * 100_000,
    "a million empty payments": b'{"payments":[' + b"{}," * 1_000_000 + b"{}]}",
    "a million empty texts": b'{"amount":{"value":"1","currency":"EUR"},"texts":[' + b"{}," * 1_000_000 + b"{}]}",
    "blanks": b" " * 4_000_000,
}


@pytest.mark.parametrize("name", LARGE)
def test_large_nonsense_is_refused_soon(name: str) -> None:
    start = time.process_time()
    assert isinstance(decode(LARGE[name], LIMITS), Finding)
    assert time.process_time() - start < 2, "a generous bound; some milliseconds are usual"
