"""No bytes may make a decoder raise: hypothesis looks for some, and whatever it found stays in the cases."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from schemas.finding import Finding
from schemas.formats.detect import decode
from schemas.formats.limits import Limits
from schemas.formats.unreadable import UnreadableError
from schemas.formats.xml_parts import _Walk, parse
from schemas.payment import Message, Party
from tests.builders import mt103, pacs008, payment_dict, payment_json
from tests.iso_builders import every_iso
from tests.mt_builders import mt202, mt202cov

LIMITS = Limits()
VALID = {
    "pacs.008": pacs008(),
    "mt103": mt103(),
    "json": payment_json(),
    "mt202": mt202(),
    "mt202cov": mt202cov(),
    **every_iso(),
}
EXAMPLES = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])

# Characters that XML 1.0 can carry.
XML_TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="￾￿").filter(lambda c: c >= " "))
LINE = st.text(st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"]), min_size=1).map(str.strip)


def answer(raw: bytes) -> Message | Finding:
    """Decode; a message has payments, a finding says where and why."""
    found = decode(raw, LIMITS)
    if isinstance(found, Finding):
        assert found.path
        assert found.detail
    else:
        assert found.payments
        assert [payment.position for payment in found.payments] == list(range(1, len(found.payments) + 1))
    return found


@EXAMPLES
@given(st.binary())
@example(b"<")
@example(b"{")
@example(b":")
@example(b"{4:")
@example(b"{4:-}")
@example(b":20:\n")
@example(b'"')
@example(b'{"a":"\\ud800"}')
@example(b'{"amount": 1e999}')
@example(b'{"amount": ' + b"9" * 5000 + b"}")
def test_any_bytes(raw: bytes) -> None:
    answer(raw)


@pytest.mark.parametrize("opening", [b"<", b"<?xml ", b"<Document>", b"{1:F01", b"{4:\n:20:", b":50K:", b'{"', b"[{"])
@EXAMPLES
@given(rest=st.binary())
def test_any_bytes_after_a_promising_start(opening: bytes, rest: bytes) -> None:
    answer(opening + rest)


@pytest.mark.parametrize("name", VALID)
def test_every_truncation(name: str) -> None:
    raw = VALID[name]
    for length in range(len(raw)):
        found = answer(raw[:length])
        if not name.startswith("mt"):  # a text block that is closed is whole, whatever is missing of the trailer
            assert isinstance(found, Finding)


@pytest.mark.parametrize("name", [name for name in VALID if name.startswith("mt")])
def test_a_truncated_mt_is_never_taken_for_a_whole_one(name: str) -> None:
    whole = VALID[name]
    end = whole.index(b"-}") + 2
    assert all(isinstance(answer(whole[:length]), Finding) for length in range(end))


@pytest.mark.parametrize("name", VALID)
@EXAMPLES
@given(data=st.data())
def test_any_mutation(name: str, data: st.DataObject) -> None:
    raw = bytearray(VALID[name])
    for _ in range(data.draw(st.integers(1, 4))):
        start = data.draw(st.integers(0, len(raw)))
        end = data.draw(st.integers(start, min(len(raw), start + 20)))
        raw[start:end] = data.draw(
            st.one_of(st.binary(max_size=8), st.sampled_from([b"<", b">", b"&", b":", b"\n", b"{", b"}"]))
        )
    answer(bytes(raw))


def _payer(raw: bytes) -> Party:
    found = answer(raw)
    assert isinstance(found, Message)
    payer = found.payments[0].payer
    assert payer
    return payer


@EXAMPLES
@given(XML_TEXT.filter(lambda text: "\r" not in text))
def test_any_text_of_xml_arrives_verbatim(text: str) -> None:
    name = _payer(pacs008(payer_name=text)).name
    assert name
    assert name.text == text


@EXAMPLES
@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")))
def test_any_text_of_json_arrives_verbatim(text: str) -> None:
    for ascii_only in (True, False):
        payment = payment_dict(payer={"name": text})
        name = _payer(json.dumps(payment, ensure_ascii=ascii_only).encode()).name
        assert name
        assert name.text == text


@EXAMPLES
@given(
    LINE.filter(
        lambda text: text and text[0] not in "/:{-" and "\\n" not in text and "-}" not in text and "{4:" not in text
    )
)
def test_any_line_of_an_mt_arrives_verbatim(text: str) -> None:
    name = _payer(mt103({"50K": text})).name
    assert name
    assert name.text == text


@pytest.mark.parametrize("piece", ["<Ctry>LU</Ctry>", "<Cd>SEPA</Cd>\n", "<Id><Id>1</Id></Id>", "<Id/>"])
def test_a_part_of_very_many_values_is_refused_before_it_is_read(piece: str) -> None:
    """Found by `make fuzz`: all of two megabytes was collected first."""
    many = pacs008().replace(b"<Ctry>", f"{piece * (1_000_000 // len(piece))}<Ctry>".encode(), 1)
    root = parse(many)
    (transaction,) = root.iter("{*}CdtTrfTxInf")
    walk = _Walk(LIMITS)
    with pytest.raises(UnreadableError, match="more than 2000 values"):
        walk.gather(transaction, "", "/x", 20)
    assert len(walk.leaves) < 2 * LIMITS.max_values
    assert isinstance(answer(many), Finding)


def test_attributes_count_as_values_too() -> None:
    walk = _Walk(Limits(max_values=6))
    with pytest.raises(UnreadableError, match="more than 6 values"):
        walk.gather(parse(b"<A>" + b'<B c="1">x</B>' * 4 + b"</A>"), "", "/A", 20)


JSON: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from([*payment_dict(), "name", "x"]), inner, max_size=3)
    ),
    max_leaves=8,
)


@EXAMPLES
@given(st.dictionaries(st.sampled_from([*payment_dict(), "payments", "rail", "sender"]), JSON, max_size=4))
def test_any_json(members: dict[str, Any]) -> None:
    answer(json.dumps({**payment_dict(), **members}).encode())
