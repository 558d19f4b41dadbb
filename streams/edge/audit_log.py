"""A log of who opened personal data and why: each line carries the hash of the one before (DPR-02, SEC-04).

A line that is changed, removed or put in breaks the chain at that line. Cutting off the end does not, so `head` is what
to keep elsewhere (a ticket, another machine) and hand to `verify`.
"""

from __future__ import annotations

import fcntl
import hashlib
from typing import TYPE_CHECKING

import orjson

if TYPE_CHECKING:
    from pathlib import Path

START = "0" * 64


class AuditLogBroken(Exception):  # noqa: N818 - read as `raise AuditLogBroken("...")`
    """The log was tampered with, or cannot be written; one sentence with the line."""


def append(path: Path, **facts: str) -> str:
    """Add a line for this action; gives its hash. Raises AuditLogBroken, and then nothing may be done unlogged."""
    try:
        with path.open("a+b") as log:
            fcntl.flock(log, fcntl.LOCK_EX)
            log.seek(0)
            before = _head(log.read().splitlines(), path)
            line = orjson.dumps({**facts, "before": before}, option=orjson.OPT_SORT_KEYS)
            log.write(line + b"\n")
            log.flush()
            return _hash(line)
    except OSError as error:
        raise AuditLogBroken(f"the audit log {path} cannot be written: {error.strerror}") from None


def verify(path: Path, head: str | None = None) -> tuple[int, str]:
    """Number of lines and hash of the last. Raises AuditLogBroken; also where the last line's hash is not `head`."""
    try:
        lines = path.read_bytes().splitlines()
    except OSError as error:
        raise AuditLogBroken(f"the audit log {path} cannot be read: {error.strerror}") from None
    found = _head(lines, path)
    if head is not None and found != head:
        raise AuditLogBroken(f"the audit log {path} does not end where it did: lines were removed or added at its end")
    return len(lines), found


def _head(lines: list[bytes], path: Path) -> str:
    expected = START
    for number, line in enumerate(lines, start=1):
        try:
            before = orjson.loads(line)["before"]
        except (orjson.JSONDecodeError, KeyError, TypeError):
            before = None
        if before != expected:
            raise AuditLogBroken(f"the chain of the audit log {path} is broken before line {number}")
        expected = _hash(line)
    return expected


def _hash(line: bytes) -> str:
    return hashlib.sha256(line).hexdigest()
