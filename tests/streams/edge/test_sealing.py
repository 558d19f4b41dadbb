"""Sealed records: nothing personal in clear, the same bytes again, open to the right key alone, also after rotation."""

from __future__ import annotations

import base64
import json
import os
from typing import TYPE_CHECKING

import pytest

from streams.edge.sealing import MARK, Sealer, SealRefused, load_keys, new_key
from streams.publish import Outgoing

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.requirement("DPR-04")

OLD, NEW = bytes(range(64)), bytes(range(64, 128))
PERSONAL = ("Wiktor Ostrogradyn", "LU280019400644750000", "invoice for the yacht", "E2E-OF-JANE")
RECORD = {
    "decision_id": "d1",
    "outcome": "suspend",
    "reasons": ["listed_name"],
    "findings": [
        {
            "payment": 1,
            "reason": "listed_name",
            "sentence": "A name may be that of a listed party.",
            "path": "/Document/Cdtr/Nm",
            "seen": PERSONAL[0],
            "detail": f"in {PERSONAL[2]}",
            "match": {"list": "UN", "reference": "QDi.1", "span": PERSONAL[0], "pieces": [{"query": PERSONAL[0]}]},
        }
    ],
    "payments": [
        {
            "payment": 1,
            "outcome": "suspend",
            "identifiers": {"end_to_end": PERSONAL[3], "uetr": "u-1"},
            "initiation": {"channel": "web", "name": PERSONAL[0], "number": PERSONAL[1]},
            "deadline_working_days": None,
        }
    ],
}
BYTES = json.dumps(RECORD).encode()


def _same(left: bytes, right: bytes) -> bool:
    return bool(json.loads(left) == json.loads(right))


def test_nothing_personal_stays_in_clear_and_all_else_does() -> None:
    sealed = Sealer({"a": OLD}).seal(BYTES)
    assert not [text for text in PERSONAL if text.encode() in sealed]
    shown = json.loads(sealed)
    assert shown["findings"][0]["match"]["reference"] == "QDi.1"
    assert shown["payments"][0]["identifiers"]["uetr"] == "u-1"
    assert (shown["outcome"], shown["reasons"]) == ("suspend", ["listed_name"])
    assert _same(Sealer({"a": OLD}).unseal(sealed), BYTES)


def test_a_field_nobody_thought_of_is_sealed() -> None:
    record = json.dumps({**RECORD, "findings": [{"nickname": PERSONAL[0], "nested": [PERSONAL[1]]}]}).encode()
    sealed = Sealer({"a": OLD}).seal(record)
    assert not [text for text in PERSONAL if text.encode() in sealed]


def test_the_same_record_is_the_same_bytes_and_the_same_name_elsewhere_is_not() -> None:
    sealer = Sealer({"a": OLD})
    assert sealer.seal(BYTES) == sealer.seal(BYTES)
    here = json.loads(sealer.seal(BYTES))
    other = json.loads(sealer.seal(BYTES.replace(b'"d1"', b'"d2"')))
    texts = [here["findings"][0]["seen"], other["findings"][0]["seen"], here["findings"][0]["match"]["span"]]
    assert len(set(texts)) == 3
    assert all(text.startswith(f"{MARK}a:") for text in texts)


def test_keys_rotate_and_the_old_one_opens_what_it_sealed() -> None:
    old = Sealer({"old": OLD})
    both = Sealer({"new": NEW, "old": OLD})
    assert _same(both.unseal(old.seal(BYTES)), BYTES)
    assert f"{MARK}new:".encode() in both.seal(BYTES)
    with pytest.raises(SealRefused, match="key new, which is not among the keys"):
        old.unseal(both.seal(BYTES))


def test_what_was_changed_or_moved_does_not_open() -> None:
    sealer = Sealer({"a": OLD})
    sealed = sealer.seal(BYTES)
    with pytest.raises(SealRefused, match="was changed"):
        sealer.unseal(sealed.replace(b'"d1"', b'"d2"'))
    with pytest.raises(SealRefused, match="was changed"):
        sealer.unseal(sealed.replace(f"{MARK}a:".encode(), f"{MARK}a:x".encode()))
    with pytest.raises(SealRefused, match="was changed"):
        Sealer({"a": NEW}).unseal(sealed)


def test_only_records_are_sealed_never_the_message() -> None:
    message = Outgoing("suspend", b"k", b"<xml/>", ())
    leaving = Sealer({"a": OLD}).seal_outputs([message, Outgoing("alerts", b"k", BYTES, ())])
    assert leaving[0] == message
    assert PERSONAL[0].encode() not in leaving[1].value


def test_a_key_file_as_the_command_writes_it(tmp_path: Path) -> None:
    file = tmp_path / "keys.toml"
    file.write_text(new_key("2026-11", os.urandom) + new_key("2026-10", os.urandom))
    assert f"{MARK}2026-11:".encode() in load_keys(file).seal(BYTES)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("", "holds no key"),
        ("key = 1", "holds no key"),
        ("key = [1]", "needs an id"),
        ('[[key]]\nid = "a"\nsecret = "c2hvcnQ="\n', "64 bytes"),
        ('[[key]]\nid = "a"\nsecret = "not base64!"\n', "64 bytes"),
        (f'[[key]]\nid = "a:b"\nsecret = "{base64.b64encode(OLD).decode()}"\n', "needs an id"),
        (f'[[key]]\nid = "a"\nsecret = "{base64.b64encode(OLD).decode()}"\n' * 2, "names key a twice"),
        ("[[", "not TOML"),
    ],
)
def test_unusable_keys_are_one_sentence_without_the_secret(tmp_path: Path, content: str, said: str) -> None:
    file = tmp_path / "keys.toml"
    file.write_text(content)
    with pytest.raises(SealRefused, match=said) as refused:
        load_keys(file)
    assert "PAYMENT_FILTER_SEAL_KEYS" in str(refused.value)
    assert base64.b64encode(OLD).decode() not in str(refused.value)


def test_keys_that_are_not_there(tmp_path: Path) -> None:
    with pytest.raises(SealRefused, match="cannot be read"):
        load_keys(tmp_path / "absent")
    with pytest.raises(SealRefused, match="no id for a key"):
        new_key("a b", os.urandom)
