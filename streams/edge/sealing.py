"""Seals the personal fields of decision records and alerts, so that only who holds the key reads them (DPR-04).

AES-SIV (RFC 5297), bound to the record's id and the field's place. It is deterministic on purpose: the same message
decided again gives the same bytes (DESIGN §1, invariant 2), also sealed; two records that hold the same name give
different bytes, so that nobody can match people across records without the key. A sealed text reads
`sealed:v1:KEY-ID:BASE64`, which is a string like the text before it: schemas stay as they are.
"""

from __future__ import annotations

import base64
import binascii
import re
import tomllib
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import orjson
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESSIV

from streams.config import PREFIX

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from streams.publish import Outgoing

SEALED_TOPICS = ("decisions", "alerts")
SEALED_PARTS = ("findings", "payments")

# Every text in these parts is sealed, except what holds our own words, codes and published list data that say nothing
# of a payment's parties. A new field is sealed until somebody puts it here.
CLEAR = frozenset(
    {
        *("reason", "family", "item", "kind", "sentence", "source", "path"),
        *("list", "reference", "entry_kind", "strength", "method", "programmes"),
        *("outcome", "row", "queue", "roles", "direction", "rail", "scope_reason", "profile", "required_set", "status"),
        *("indicators", "requests", "status_codes", "amount", "currency", "business_date", "uetr", "clearing"),
        *("channel", "provider"),
    }
)

MARK = "sealed:v1:"
KEY_BYTES = 64  # half makes the tag, half the text: AES-256
_KEY_ID = re.compile(r"^[A-Za-z0-9._-]{1,40}$")


class SealRefused(Exception):  # noqa: N818 - read as `raise SealRefused("...")`
    """Keys that cannot be used, or a sealed text that none of them opens; one sentence."""


class Sealer:
    """Seals with the first key; opens with any. Keys by id, the newest first."""

    def __init__(self, keys: Mapping[str, bytes]) -> None:
        self._ciphers = {name: AESSIV(key) for name, key in keys.items()}
        self._newest = next(iter(self._ciphers))

    def seal_outputs(self, leaving: Sequence[Outgoing]) -> list[Outgoing]:
        """What leaves, decision records and alerts sealed. The message itself is the bank's, and stays as it is."""
        return [replace(one, value=self.seal(one.value)) if one.topic in SEALED_TOPICS else one for one in leaving]

    def seal(self, record: bytes) -> bytes:
        """One record (JSON), its personal texts sealed."""
        return self._each(record, self._seal_text)

    def unseal(self, record: bytes) -> bytes:
        """The record as it was. Raises SealRefused."""
        return self._each(record, self._open_text)

    def _each(self, record: bytes, change: Callable[[str, bytes], str]) -> bytes:
        content = orjson.loads(record)
        bound = str(content.get("alert_id") or content.get("decision_id") or "")
        for part in SEALED_PARTS:
            if part in content:
                content[part] = _walk(content[part], f"{bound}/{part}", change)
        return orjson.dumps(content, option=orjson.OPT_SORT_KEYS)

    def _seal_text(self, text: str, place: bytes) -> str:
        if not text:
            return text
        sealed = self._ciphers[self._newest].encrypt(text.encode("utf-8", "surrogatepass"), [place])
        return f"{MARK}{self._newest}:{base64.urlsafe_b64encode(sealed).decode()}"

    def _open_text(self, text: str, place: bytes) -> str:
        if not text.startswith(MARK):
            return text
        name, _, sealed = text.removeprefix(MARK).partition(":")
        where = place.decode()
        if name not in self._ciphers:
            raise SealRefused(f"{where} is sealed with key {name}, which is not among the keys: add it to the file")
        try:
            opened = self._ciphers[name].decrypt(base64.urlsafe_b64decode(sealed), [place])
        except (InvalidTag, ValueError):
            raise SealRefused(f"{where} was changed, or moved from another record: it does not open") from None
        return opened.decode("utf-8", "surrogatepass")


def load_keys(path: Path) -> Sealer:
    """The keys of a file (TOML: `[[key]]` with `id` and `secret`), the newest first. Raises SealRefused."""
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8")).get("key", [])
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        why = getattr(error, "strerror", None) or "it is not TOML"
        raise SealRefused(f"{PREFIX}SEAL_KEYS: {path} cannot be read: {why}") from None
    keys: dict[str, bytes] = {}
    for number, table in enumerate(tables if isinstance(tables, list) else [], start=1):
        name, secret = _key(table, f"{PREFIX}SEAL_KEYS: key {number} of {path}")
        if name in keys:
            raise SealRefused(f"{PREFIX}SEAL_KEYS: {path} names key {name} twice")
        keys[name] = secret
    if not keys:
        raise SealRefused(f"{PREFIX}SEAL_KEYS: {path} holds no key: make one with `payment-filter audit new-key`")
    return Sealer(keys)


def new_key(name: str, random: Callable[[int], bytes]) -> str:
    """A key as the file takes it. `random` gives that many unpredictable bytes."""
    if not _KEY_ID.match(name):
        raise SealRefused(f"{name!r} is no id for a key: letters, digits, dot, dash and underscore, 40 at most")
    secret = base64.b64encode(random(KEY_BYTES)).decode()
    return f'[[key]]\nid = "{name}"\nsecret = "{secret}"\n'


def _key(table: Any, where: str) -> tuple[str, bytes]:
    name, secret = (str(table.get(one, "")) for one in ("id", "secret")) if isinstance(table, dict) else ("", "")
    try:
        content = base64.b64decode(secret, validate=True)
    except (binascii.Error, ValueError):
        content = b""
    if not _KEY_ID.match(name) or len(content) != KEY_BYTES:
        raise SealRefused(f"{where} needs an id and a secret of {KEY_BYTES} bytes in base64")
    return name, content


def _walk(node: Any, place: str, change: Callable[[str, bytes], str], name: str = "") -> Any:
    if name in CLEAR:
        return node
    if isinstance(node, dict):
        return {key: _walk(value, f"{place}/{key}", change, key) for key, value in node.items()}
    if isinstance(node, list):
        return [_walk(value, f"{place}/{number}", change) for number, value in enumerate(node)]
    return change(node, place.encode()) if isinstance(node, str) else node
