"""One valid payment and one bank; a test spoils one thing and sees what the information rules say."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from schemas.context import Context
from schemas.information.policy import InformationPolicy
from schemas.payment import (
    Account,
    Address,
    Amount,
    Identification,
    Institution,
    Party,
    Payment,
    PaymentIds,
    Rail,
    Value,
)
from streams.policy import parse_policy

OURS = "AAAALULL"
POLICY = InformationPolicy(country="LU", own_bics=(OURS,))
SHIPPED = parse_policy(
    (Path(__file__).resolve().parents[1] / "deploy" / "policy.toml").read_bytes(), date(2026, 11, 22)
)
"""The whole policy of the product's example, for what its matrix makes of a payment."""
NO_CONTEXT = Context()
OLD_LAW = date(2024, 6, 3)
NEW_LAW = date(2026, 3, 2)
LEI = "213800KUD8LAJWSQ9D15"
UETR = "6f1c2b7e-3a56-4c1d-9f0e-5b7a2f9c1d11"


def value(text: str | None, path: str = "/somewhere") -> Value | None:
    """A value, or none."""
    return None if text is None else Value(text, path)


def institution(bic: str | None, path: str = "/institution") -> Institution:
    """An institution known by its BIC."""
    return Institution(path, bic=value(bic, f"{path}/bic"))


def account(number: str | None, path: str = "/account") -> Account:
    """An account: an IBAN where it starts with letters, else another number."""
    if number is not None and number[:2].isalpha():
        return Account(path, iban=Value(number, f"{path}/iban"))
    return Account(path, number=value(number, f"{path}/number"))


def address(*lines: str, **parts: str) -> Address:
    """An address of lines and structured parts."""
    structured: dict[str, Any] = {name: Value(text, f"/address/{name}") for name, text in parts.items()}
    return Address("/address", lines=tuple(Value(line, "/address/line") for line in lines), **structured)


def number(text: str, scheme: str = "", *, organisation: bool = False) -> Identification:
    """A number that identifies a party."""
    return Identification(Value(text, "/id"), scheme, organisation=organisation)


PAYER = Party(
    "/payer",
    name=Value("Claire Weber", "/payer/name"),
    birth_date=Value("1979-03-02", "/payer/birth_date"),
    birth_town=Value("Esch-sur-Alzette", "/payer/birth_town"),
)
PAYEE = Party("/payee", name=Value("Urs Keller", "/payee/name"))

OUTGOING = Payment(
    format="pacs.008.001.08",
    position=0,
    path="/payment",
    ids=PaymentIds(),
    rail=Rail.CBPR,
    business_date=NEW_LAW,
    business_date_path="/date",
    amount=Amount(Decimal("5000.00"), "EUR", "/amount"),
    payer=PAYER,
    payer_account=account("LU280019400644750000", "/payer_account"),
    payer_institution=institution(OURS, "/payer_institution"),
    payee=PAYEE,
    payee_account=account("CH9300762011623852957", "/payee_account"),
    payee_institution=institution("AAAACHZZ", "/payee_institution"),
)
"""Complete under both laws: to Switzerland, with the payer's date and place of birth."""

INCOMING = replace(
    OUTGOING,
    payer_account=account("0532013000", "/payer_account"),
    payer_institution=institution("AAAAUS33", "/payer_institution"),
    payee_account=account("LU280019400644750000", "/payee_account"),
    payee_institution=institution(OURS, "/payee_institution"),
)
"""Complete under both laws: from the United States."""

TRANSIT = replace(
    INCOMING,
    payee_account=account("0039012345", "/payee_account"),
    payee_institution=institution("AAAASGSG", "/payee_institution"),
    intermediaries=(institution(OURS, "/intermediary"),),
)
"""Complete under both laws: from the United States to Singapore through us."""

INTRA_UNION = replace(
    OUTGOING,
    payee_account=account("FR1420041010050500013M02606", "/payee_account"),
    payee_institution=institution("AAAAFRPP", "/payee_institution"),
)
"""Complete under both laws: to France, the whole chain in the Union."""
