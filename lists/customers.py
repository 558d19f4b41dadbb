"""The bank's own customers and who stands behind them, read from a table and screened like the ends of a payment.

A customer's names are asked one by one, each as the payer of a payment without amount, with what the bank has verified
of birth date and nationality: what holds a payment finds the customer too, with the same evidence. All lists apply,
whatever the nexus of a payment would leave out. Beneficial owners and controllers are rows of their own, with the
customer they belong to. Requirements: SCR-13, SCR-17.
"""

from __future__ import annotations

import csv
import hashlib
import io
import re
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Final

from lists.facts import Known
from lists.screen import screen
from schemas.finding import Family
from schemas.payment import Identification, Party, Payment, PaymentIds, Value

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from lists.index import Index
    from lists.policy import ScreeningPolicy
    from schemas.finding import Finding

_REQUIRED: Final = ("id", "name")
_DATE = re.compile(r"(?:18|19|20)\d\d(?:-\d\d(?:-\d\d)?)?", re.ASCII)
_COUNTRY = re.compile(r"[A-Z]{2}", re.ASCII)
_SEVERAL: Final = "|"
_SCHEMES: Final = {"passport": "CCPT", "national": "NIDN", "tax": "TXID", "registration": "COID", "lei": "LEI"}
_OF_ORGANISATIONS: Final = frozenset({"COID", "LEI"})
ROLES: Final = ("customer", "beneficial_owner", "controller", "representative")
_HOLDING: Final = frozenset({Family.LISTED, Family.FAILURE})
_PROBLEMS_TOLD: Final = 10


def holds(finding: Finding) -> bool:
    """Whether a person must look at it: a listed party may be meant, or something could not be asked."""
    return finding.facts.family in _HOLDING


class CustomersRefused(Exception):  # noqa: N818 - it is a refusal of the whole file; `problems` says why
    """The file of customers cannot be used; `problems` has one sentence for each row that is wrong."""

    def __init__(self, problems: Sequence[str]) -> None:
        more = len(problems) - _PROBLEMS_TOLD
        super().__init__("; ".join([*problems[:_PROBLEMS_TOLD], *([f"and {more} more"] if more > 0 else [])]))
        self.problems = tuple(problems)


@dataclass(frozen=True, slots=True)
class Customer:
    """One row. `of` is the id of the customer that a beneficial owner, controller or representative belongs to.

    `birth_date` is ISO 8601, perhaps cut (1961, 1961-04); `nationality` ISO alpha-2; `numbers` are kind and number.
    """

    id: str
    name: str
    other_names: tuple[str, ...] = ()
    role: str = ROLES[0]
    of: str = ""
    birth_date: str = ""
    nationality: str = ""
    numbers: tuple[tuple[str, str], ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """Every name that is asked."""
        return (self.name, *self.other_names)

    @property
    def sha256(self) -> bytes:
        """What the row says, as a hash: changed data is screened anew. The name itself need not be kept to see it."""
        return hashlib.sha256(repr(self).encode()).digest()


COLUMNS: Final = tuple(one.name for one in fields(Customer))


def parse_customers(raw: bytes) -> list[Customer]:
    """Read a CSV (commas or semicolons) with the columns of `Customer`; several values in a cell stand apart by |.

    Raises CustomersRefused with everything that is wrong: a customer left out by a slip would never be screened.
    """
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise CustomersRefused([f"it is not UTF-8 (byte {error.start + 1}); save it as UTF-8"]) from None
    head = text.partition("\n")[0]
    reader = csv.DictReader(io.StringIO(text), delimiter=";" if head.count(";") > head.count(",") else ",", strict=True)
    try:
        _refuse_head([name.strip() for name in reader.fieldnames or []])
        rows = [(number, row) for number, row in enumerate(reader, start=2) if any(filter(None, row.values()))]
    except csv.Error as error:
        raise CustomersRefused([f"it is no table ({error})"]) from None
    problems: list[str] = []
    customers = [_customer(number, row, problems) for number, row in rows]
    problems += _twice_or_nobody(customers)
    if not customers:
        problems.append("it has no row below its head")
    if problems:
        raise CustomersRefused(problems)
    return customers


def _refuse_head(named: Sequence[str]) -> None:
    missing = [name for name in _REQUIRED if name not in named]
    unknown = [name for name in named if name not in COLUMNS]
    if missing:
        raise CustomersRefused(
            [f"the first line has no column {' and '.join(missing)}; columns are {', '.join(COLUMNS)}"]
        )
    if unknown:
        raise CustomersRefused([f"column {unknown[0]!r} is not known; columns are {', '.join(COLUMNS)}"])


def _customer(number: int, row: dict[str, str | None], problems: list[str]) -> Customer:
    said = {name.strip(): (text or "").strip() for name, text in row.items() if isinstance(name, str)}
    if None in row:
        problems.append(f"row {number} has more cells than the first line")
    numbers = tuple(_number(one) for one in _several(said.get("numbers", "")))
    customer = Customer(
        id=said["id"],
        name=said["name"],
        other_names=_several(said.get("other_names", "")),
        role=said.get("role", "").lower() or ROLES[0],
        of=said.get("of", ""),
        birth_date=said.get("birth_date", ""),
        nationality=said.get("nationality", "").upper(),
        numbers=numbers,
    )
    problems += [f"row {number} ({customer.id or 'no id'}): {sentence}" for sentence in _wrong(customer)]
    return customer


def _several(cell: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in cell.split(_SEVERAL) if part.strip())


def _number(cell: str) -> tuple[str, str]:
    kind, colon, number = cell.partition(":")
    return (kind.strip().lower(), number.strip()) if colon else ("", cell)


def _wrong(customer: Customer) -> Iterator[str]:
    if not customer.id:
        yield "it needs an id"
    if not customer.name:
        yield "it needs a name"
    if customer.role not in ROLES:
        yield f"role {customer.role!r} is not one of {', '.join(ROLES)}"
    if bool(customer.of) is (customer.role == ROLES[0]):
        yield "a customer belongs to nobody, and whoever is not one needs the id of its customer in column of"
    if customer.birth_date and not _DATE.fullmatch(customer.birth_date):
        yield f"birth_date {customer.birth_date!r} is not YYYY, YYYY-MM or YYYY-MM-DD"
    if customer.nationality and not _COUNTRY.fullmatch(customer.nationality):
        yield f"nationality {customer.nationality!r} is no ISO code of two letters"
    for kind, number in customer.numbers:
        if (kind and kind not in _SCHEMES) or not number:
            yield f"number {kind}:{number} should be one of {', '.join(_SCHEMES)}, a colon and the number"


def _twice_or_nobody(customers: Sequence[Customer]) -> Iterator[str]:
    known: set[str] = set()
    for one in customers:
        if one.id in known:
            yield f"id {one.id!r} stands more than once"
        known.add(one.id)
    for one in customers:
        if one.of and one.of not in known:
            yield f"{one.id} belongs to {one.of!r}, which is not in the file"


def screen_customers(
    customers: Sequence[Customer], index: Index, policy: ScreeningPolicy, on: date
) -> list[tuple[Finding, ...]]:
    """What the lists say of each customer; `on` is the day, for everything that expires."""
    asked = [(place, payment) for place, one in enumerate(customers) for payment in _questions(one)]
    known = [
        Known(on=on, payer_birth_date=customers[place].birth_date, payer_nationality=customers[place].nationality)
        for place, _ in asked
    ]
    answers = screen([payment for _, payment in asked], index, policy, known, every_list=True)
    found: list[list[Finding]] = [[] for _ in customers]
    for (place, _), findings in zip(asked, answers, strict=True):
        # What was discounted or cleared stays to be seen, with its reason.
        found[place] += [one for one in findings if one.match is not None or one.facts.family in _HOLDING]
    return [tuple(findings) for findings in found]


def _questions(customer: Customer) -> Iterator[Payment]:
    for place, name in enumerate(customer.names):
        path = "/name" if not place else f"/other_names/{place}"
        # Numbers are the customer's, not the name's: they are asked once.
        identifications = tuple(_identification(*one) for one in customer.numbers) if not place else ()
        party = Party(path, Value(name, path), identifications=identifications)
        yield Payment("customer", 1, path, PaymentIds(), payer=party)


def _identification(kind: str, number: str) -> Identification:
    scheme = _SCHEMES.get(kind, "")
    return Identification(Value(number, "/numbers"), scheme, scheme in _OF_ORGANISATIONS)
