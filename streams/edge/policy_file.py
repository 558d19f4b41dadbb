"""Read the policy from disk, and the reference rates it names."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from schemas.information.rates import RatesRefused, parse_rates
from streams.policy import Policy, PolicyRefused, parse_policy

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path


def load_policy(path: Path, today: date) -> Policy:
    """The policy in this file, proved lawful for `today`, with its rates. Raises PolicyRefused for whatever fails."""
    policy = parse_policy(_bytes(path, "the file"), today)
    rates = rates_path(path, policy)
    if rates is None:
        return policy
    try:
        table = parse_rates(rates.name, _bytes(rates, f"information.rates.file: {rates}"))
    except RatesRefused as refused:
        raise PolicyRefused([f"information.rates.file: {refused}"]) from None
    return replace(policy, information=replace(policy.information, rate_table=table))


def rates_path(path: Path, policy: Policy) -> Path | None:
    """Where the policy in `path` says the rates are; None where it names none."""
    named = policy.information.rates.file
    return path.parent / named if named else None


def _bytes(path: Path, what: str) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise PolicyRefused([f"{what} cannot be read ({(error.strerror or str(error)).lower()})"]) from None
