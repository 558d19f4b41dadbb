"""How large a message may be before it is a finding: bounds on bytes, depth, payments and text. Part of the policy."""

from __future__ import annotations

from dataclasses import dataclass

from pydantic import ConfigDict


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds of one message; `max_text` in characters of one value, `max_values` texts kept per payment.

    `max_fin_bytes` bounds a SWIFT FIN message (10,000 characters by the User Handbook).
    """

    __pydantic_config__ = ConfigDict(extra="forbid")

    max_bytes: int = 5_000_000
    max_depth: int = 40
    max_payments: int = 10_000
    max_text: int = 20_000
    max_values: int = 2_000
    max_fin_bytes: int = 20_000
