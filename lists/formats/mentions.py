"""Numbers that stand in what a publisher writes about an entry: only those whose form or label leaves no doubt."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lists.entry import ListedNumber

if TYPE_CHECKING:
    from collections.abc import Iterator

# Bitcoin (both forms), Ethereum and what is made like it, Tron.
WALLET = re.compile(
    r"\b(?:bc1[a-z0-9]{25,60}|[13][A-HJ-NP-Za-km-z1-9]{25,39}|0x[0-9a-fA-F]{40}|T[1-9A-HJ-NP-Za-km-z]{33})\b"
)
EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
SITE = re.compile(r"\b(?:https?://|www\.)[^\s;,()\[\]]+", re.IGNORECASE)

# Sites that tell about the entry and are none of its own.
_NOT_THEIRS = re.compile(r"interpol\.int|\bun\.org|\.gov\b|europa\.eu|\bgov\.uk|legislation", re.IGNORECASE)
_KINDS = (
    ("Wallet", WALLET),
    ("E-mail", EMAIL),
    ("Website", SITE),
    ("IMO number", re.compile(r"\bIMO[ -]?(?:numbers?|no\.?)?[ :]*(\d{7})\b", re.IGNORECASE)),
    ("MMSI", re.compile(r"\bMMSI[ -]?(?:numbers?|no\.?)?[ :]*(\d{9})\b", re.IGNORECASE)),
    # A label that ends in a colon or the word "code": "Swift Investments" is no BIC.
    (
        "SWIFT/BIC",
        re.compile(r"\b(?:SWIFT|Swift|BIC)[/\w ]{0,12}(?:codes?|:)[ :]*([A-Z]{6}[A-Z0-9]{2}(?:[A-Z0-9]{3})?)\b"),
    ),
    ("LEI", re.compile(r"\bLEI[^A-Z0-9]{1,10}([A-Z0-9]{18}\d\d)\b")),
    ("Tax number (INN)", re.compile(r"\bINN[^\w]{1,4}(\d{10}|\d{12})\b")),
    ("Registration number (OGRN)", re.compile(r"\bOGRN[^\w]{1,4}(\d{13}|\d{15})\b")),
)


def numbers_in(text: str) -> Iterator[ListedNumber]:
    """Wallets, e-mail addresses, sites, IMO, MMSI, BIC, LEI and Russian tax and registration numbers in a text."""
    for kind, pattern in _KINDS:
        for value in pattern.findall(text):
            if kind != "Website" or _NOT_THEIRS.search(value) is None:
                yield ListedNumber(kind, value.rstrip("."))
