"""Good guys: customers whom two people have told apart from an entry, in writing and for a limited time.

One line holds for one party (name *and* account, birth date too where the line has one), one entry *with the contents
it had*, and one version of the matching rules. Whatever changes of these voids the line, and so does its expiry: the
name is held again. It never covers a listed number, only names, and what it covers stays in the record. Source:
EBA/GL/2024/15 4.1.3 (documented reasons, reviewed at once on a new measure or change of customer data).
"""

from __future__ import annotations

import hashlib
import tomllib
from dataclasses import asdict, dataclass, fields
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Final

import orjson
from pydantic import ConfigDict, TypeAdapter, ValidationError

from lists.folding import fold
from lists.score import WEIGHTS

if TYPE_CHECKING:
    from lists.entry import Entry
    from schemas.payment import Account, Party

MAX_VALIDITY: Final = timedelta(days=366)
_APPROVERS: Final = 2
_RULES_REVISION: Final = 1
"""Raise it when names are compared otherwise without a change of the weights: all good guys are looked at anew."""
_SHORTEST_HASH: Final = 64


class GoodGuysRefused(Exception):  # noqa: N818 - it is a refusal; `problems` says why
    """The file cannot be used. `problems` names every reason, one sentence each."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("; ".join(problems))
        self.problems = problems


@dataclass(frozen=True, slots=True)
class GoodGuy:
    """One line of the file. `account` is an IBAN or another number, `entry_sha256` that of `entry_hash`."""

    __pydantic_config__ = ConfigDict(extra="forbid")

    id: str
    name: str
    account: str
    list: str
    reference: str
    entry_sha256: str
    rules: str
    reason: str
    approved_by: tuple[str, ...]
    approved_on: date
    expires: date
    birth_date: str = ""


@dataclass(frozen=True, slots=True)
class GoodGuys:
    """All lines of the file, in its order."""

    lines: tuple[GoodGuy, ...] = ()

    def covering(self, party: Party, account: Account | None, entry: Entry, on: date | None) -> GoodGuy | None:
        """The line that holds for this party and entry on this day; None where there is none, or no day is known."""
        if party.name is None or on is None:
            return None
        numbers = _numbers_of(account)
        return next((line for line in self.lines if _holds(line, party, numbers, entry, on)), None)


def _holds(line: GoodGuy, party: Party, numbers: frozenset[str], entry: Entry, on: date) -> bool:
    same_entry = (line.list, line.reference) == (entry.list, entry.reference)
    if not same_entry or party.name is None or not line.approved_on <= on <= line.expires:
        return False
    born = party.birth_date.text.strip() if party.birth_date is not None else ""
    return (
        _number(line.account) in numbers
        and fold(line.name).split() == fold(party.name.text).split()
        and (not line.birth_date or not born or line.birth_date == born)
        and line.rules == rules_version()
        and line.entry_sha256 == entry_hash(entry)
    )


def _numbers_of(account: Account | None) -> frozenset[str]:
    values = () if account is None else (account.iban, account.number)
    return frozenset(_number(value.text) for value in values if value is not None)


def _number(text: str) -> str:
    return "".join(text.split()).upper()


def entry_hash(entry: Entry) -> str:
    """SHA-256 of all an entry says, in hexadecimal: any change of it is another hash."""
    return hashlib.sha256(orjson.dumps(asdict(entry), option=orjson.OPT_SORT_KEYS)).hexdigest()


def rules_version() -> str:
    """The version of the matching rules: it changes with every weight of the score."""
    weights = orjson.dumps({"revision": _RULES_REVISION, **asdict(WEIGHTS)}, option=orjson.OPT_SORT_KEYS)
    return hashlib.sha256(weights).hexdigest()[:16]


_LINE: TypeAdapter[GoodGuy] = TypeAdapter(GoodGuy)
_KEYS = ", ".join(one.name for one in fields(GoodGuy))


def parse_good_guys(raw: bytes) -> GoodGuys:
    """Read the file: TOML with `[[good_guy]]` tables. Raises GoodGuysRefused with everything that is wrong."""
    try:
        document = tomllib.loads(raw.decode())
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise GoodGuysRefused([f"not valid TOML: {error}"]) from None
    tables = document.get("good_guy", [])
    if set(document) - {"good_guy"} or not isinstance(tables, list):
        raise GoodGuysRefused([f"a file of good guys has [[good_guy]] tables with {_KEYS} and nothing else"])
    problems: list[str] = []
    lines = [line for place, one in enumerate(tables, start=1) if (line := _line(one, place, problems)) is not None]
    ids = [line.id for line in lines]
    problems += [
        f"good guy {name!r} stands more than once" for name in sorted({one for one in ids if ids.count(one) > 1})
    ]
    if problems:
        raise GoodGuysRefused(problems)
    return GoodGuys(tuple(lines))


def _line(table: Any, place: int, problems: list[str]) -> GoodGuy | None:
    name = f"good guy {table.get('id', f'number {place}')!r}" if isinstance(table, dict) else f"good guy number {place}"
    try:
        line = _LINE.validate_python(table)
    except ValidationError as error:
        problems += [f"{name}: {'.'.join(map(str, one['loc']))}: {one['msg']}" for one in error.errors()]
        return None
    problems += [f"{name}: {sentence}" for sentence in _wrong(line)]
    return line


def _wrong(line: GoodGuy) -> list[str]:
    found = []
    if len({name.strip().casefold() for name in line.approved_by if name.strip()}) < _APPROVERS:
        found.append("two different people must approve it")
    if not line.reason.strip():
        found.append("it needs a reason")
    if line.expires < line.approved_on or line.expires - line.approved_on > MAX_VALIDITY:
        found.append(f"it must expire within {MAX_VALIDITY.days} days of its approval")
    if not (line.name.strip() and line.account.strip()):
        found.append("it needs the party's name and account")
    if len(line.entry_sha256) != _SHORTEST_HASH:
        found.append("entry_sha256 is no SHA-256 in hexadecimal (payment-filter policy good-guy prints it)")
    return found
