"""Read the policy from disk."""

from __future__ import annotations

from typing import TYPE_CHECKING

from streams.policy import Policy, PolicyRefused, parse_policy

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path


def load_policy(path: Path, today: date) -> Policy:
    """The policy in this file, proved lawful for `today`. Raises PolicyRefused, also where it cannot be read."""
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise PolicyRefused([f"the file cannot be read ({(error.strerror or str(error)).lower()})"]) from None
    return parse_policy(raw, today)
