"""Read the policy from disk, and the files it names."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from lists.good_guys import GoodGuysRefused, parse_good_guys
from schemas.information.rates import RatesRefused, parse_rates
from streams.policy import Policy, PolicyRefused, parse_policy

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path


def load_policy(path: Path, today: date) -> Policy:
    """The policy in this file, proved lawful for `today`, with the files it names: reference rates and good guys.

    Raises PolicyRefused for whatever fails.
    """
    return _with_good_guys(path, _with_rates(path, parse_policy(_bytes(path, "the file"), today)))


def _with_rates(path: Path, policy: Policy) -> Policy:
    if not policy.information.rates.file:
        return policy
    rates = path.parent / policy.information.rates.file
    try:
        table = parse_rates(rates.name, _bytes(rates, f"information.rates.file: {rates}"))
    except RatesRefused as refused:
        raise PolicyRefused([f"information.rates.file: {refused}"]) from None
    return replace(policy, information=replace(policy.information, rate_table=table))


def _with_good_guys(path: Path, policy: Policy) -> Policy:
    named = policy.screening.good_guys.file
    if not named:
        return policy
    file = path.parent / named
    try:
        table = parse_good_guys(_bytes(file, f"screening.good_guys.file: {file}"))
    except GoodGuysRefused as refused:
        raise PolicyRefused([f"screening.good_guys.file: {one}" for one in refused.problems]) from None
    return replace(policy, screening=replace(policy.screening, good_guys_table=table))


def named_files(path: Path, policy: Policy) -> tuple[Path, ...]:
    """The files that the policy in `path` names: reference rates and good guys, as far as it names any."""
    named = (policy.information.rates.file, policy.screening.good_guys.file)
    return tuple(path.parent / name for name in named if name)


def _bytes(path: Path, what: str) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise PolicyRefused([f"{what} cannot be read ({(error.strerror or str(error)).lower()})"]) from None
