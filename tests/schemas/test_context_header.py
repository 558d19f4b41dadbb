from __future__ import annotations

import json
from datetime import UTC, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schemas.context import Batch, Context, Direction, PriorStage
from schemas.context_header import context_of, json_schema
from schemas.finding import Reason
from schemas.payment import Rail

if TYPE_CHECKING:
    from schemas.finding import Finding

NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
FACTS: dict[str, Any] = {
    "payer_account_based": True,
    "payee_account_based": False,
    "payer_lei_given": True,
    "amount_eur": "1000.01",
    "linked_total_eur": "2000.00",
    "funding": "cash",
    "payout": "account",
    "suspicion": True,
    "batch": {"single_payer": True, "header_complete": True, "header_verified": False},
    "instrument_kind": "card",
    "instrument_facts": {"b": "2", "a": "1"},
    "indicators": ["BAD_AML_RECORD"],
    "prior_stage": "warned",
    "request_expired": True,
    "fraud_hold": True,
    "open_hit": True,
    "payer_verified_birth_date": "1980-02-29",
    "payer_verified_nationality": "LU",
}


def of(**facts: Any) -> Context:
    return context_of([("payment-filter-context", json.dumps(facts).encode())], NOW)


def only(context: Context) -> Finding:
    (problem,) = context.problems
    assert problem.reason is Reason.CONTEXT_INVALID
    return problem


def test_no_header_means_nothing_said() -> None:
    assert context_of([], NOW) == Context(received_at=NOW)
    foreign = [("traceparent", b"\xff"), ("payment-filter-outcome", b"execute"), ("payment-filter", b"x")]
    assert context_of(foreign, NOW) == Context(received_at=NOW)


def test_every_header() -> None:
    context = context_of(
        [
            ("payment-filter-direction", b"incoming"),
            ("payment-filter-channel", b" sct_inst "),
            ("payment-filter-format", b"pacs.008"),
            ("payment-filter-received-at", b"2026-03-01T23:00:00+01:00"),
            ("payment-filter-context", json.dumps(FACTS).encode()),
        ],
        NOW,
    )
    assert context == Context(
        direction=Direction.INCOMING,
        rail=Rail.SCT_INST,
        format="pacs.008",
        received_at=datetime(2026, 3, 1, 22, tzinfo=UTC),
        payer_account_based=True,
        payee_account_based=False,
        payer_lei_given=True,
        amount_eur=Decimal("1000.01"),
        linked_total_eur=Decimal("2000.00"),
        funding="cash",
        payout="account",
        suspicion=True,
        batch=Batch(single_payer=True, header_complete=True, header_verified=False),
        instrument_kind="card",
        instrument_facts=(("a", "1"), ("b", "2")),
        indicators=("BAD_AML_RECORD",),
        prior_stage=PriorStage.WARNED,
        request_expired=True,
        fraud_hold=True,
        open_hit=True,
        payer_verified_birth_date="1980-02-29",
        payer_verified_nationality="LU",
    )


def test_the_role_is_never_read_from_a_header() -> None:
    context = of(role="payee_psp")
    assert context.role is None
    assert only(context).path == "header:payment-filter-context/role"


WRONG_HEADERS = {
    "direction": (("payment-filter-direction", b"sideways"), "header:payment-filter-direction", "is none of outgoing"),
    "channel": (("payment-filter-channel", b"pigeon"), "header:payment-filter-channel", "is none of sct"),
    "no time": (("payment-filter-received-at", b"noon"), "header:payment-filter-received-at", "is not a time"),
    "no zone": (
        ("payment-filter-received-at", b"2026-03-02T09:30:00"),
        "header:payment-filter-received-at",
        "time zone",
    ),
    "no text": (("payment-filter-context", b"\xff"), "header:payment-filter-context", "byte 0 is not UTF-8"),
    "no json": (("payment-filter-context", b'{"a"'), "header:payment-filter-context", "not valid JSON"),
    "no object": (("payment-filter-context", b"[]"), "header:payment-filter-context", "is not a JSON object"),
    "twice": (("payment-filter-context", b'{"a":1,"a":2}'), "header:payment-filter-context", "'a' stands twice"),
    "too long": (("payment-filter-context", b" " * 20_000), "header:payment-filter-context", "has 20000 bytes"),
}


@pytest.mark.parametrize("name", WRONG_HEADERS)
def test_a_wrong_header_is_a_finding_and_nothing_else(name: str) -> None:
    header, path, says = WRONG_HEADERS[name]
    context = context_of([header], NOW)
    problem = only(context)
    assert problem.path == path
    assert says in problem.detail
    assert (context.direction, context.rail, context.received_at, context.suspicion) == (None, None, NOW, False)


def test_a_header_that_stands_twice() -> None:
    context = context_of([("payment-filter-channel", b"sct"), ("payment-filter-channel", b"cbpr")], NOW)
    assert context.rail is Rail.SCT
    assert "stands twice" in only(context).detail


@pytest.mark.parametrize(
    ("member", "value", "says"),
    [
        ("suspicion", "yes", "must be true or false"),
        ("suspicion", 1, "must be true or false"),
        ("amount_eur", "lots", "valid decimal"),
        ("amount_eur", -1, "greater than or equal to 0"),
        ("amount_eur", "NaN", "finite"),
        ("linked_total_eur", "1.123456", "decimal places"),
        ("funding", "", "at least 1 character"),
        ("batch", [], "must be an object"),
        ("indicators", "BAD", "must be a list"),
        ("indicators", ["x"] * 21, "at most 20"),
        ("instrument_facts", "x", "must be an object"),
        ("prior_stage", "angry", "'none'"),
    ],
)
def test_a_wrong_member_is_a_finding_and_the_others_count(member: str, value: Any, says: str) -> None:
    context = of(**{member: value, "fraud_hold": True, "request_expired": True})
    problem = only(context)
    assert problem.path == f"header:payment-filter-context/{member}"
    assert says in problem.detail
    assert (context.fraud_hold, context.request_expired) == (True, True)


def test_every_wrong_member_is_named() -> None:
    context = of(batch={"single_payer": 1, "x": 2}, nonsense=True, amount_eur=1.5)
    assert {problem.path for problem in context.problems} == {
        "header:payment-filter-context/batch/single_payer",
        "header:payment-filter-context/batch/x",
        "header:payment-filter-context/nonsense",
    }
    assert (context.batch, context.amount_eur) == (None, Decimal("1.5"))


def test_the_schema_is_valid_and_agrees() -> None:
    schema = json_schema()
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(FACTS, schema)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({"nonsense": 1}, schema)


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(["direction", "channel", "format", "received-at", "context"]), st.binary())
def test_any_bytes(name: str, raw: bytes) -> None:
    context = context_of([(f"payment-filter-{name}", raw)], NOW)
    assert all(problem.reason is Reason.CONTEXT_INVALID for problem in context.problems)


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=5,
)


@settings(max_examples=150, deadline=None)
@given(st.dictionaries(st.sampled_from([*FACTS, "x"]), VALUES))
def test_any_json(facts: dict[str, Any]) -> None:
    context = of(**facts)
    assert all(problem.path.startswith("header:payment-filter-context") for problem in context.problems)
