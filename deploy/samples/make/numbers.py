"""Invented numbers that pass their own check digits: IBAN, IMO, LEI, wallet addresses."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from stdnum import iban as stdnum_iban

if TYPE_CHECKING:
    from deploy.samples.make.dice import Dice

# Account part by country: digits `n`, letters `a`, or fixed characters in quotes (SWIFT IBAN registry, release 99).
BBAN = {
    "LU": "nnn" + "n" * 13,
    "DE": "n" * 18,
    "FR": "n" * 23,
    "BE": "n" * 12,
    "NL": "aaaa" + "n" * 10,
    "IT": "a" + "n" * 22,
    "ES": "n" * 20,
    "AT": "n" * 16,
    "IE": "aaaa" + "n" * 14,
    "PT": "n" * 21,
    "PL": "n" * 24,
    "SE": "n" * 20,
    "FI": "n" * 14,
    "CZ": "n" * 20,
    "GR": "n" * 23,
    "GB": "aaaa" + "n" * 14,
    "CH": "n" * 17,
    "NO": "n" * 11,
    "TR": "n" * 5 + "0" + "n" * 16,
    "AE": "n" * 19,
}
_BASE58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"


def iban(country: str, dice: Dice) -> str:
    """An IBAN of this country whose international and national check digits hold."""
    while True:
        account = "".join({"n": dice.digits(1), "a": dice.letters(1)}.get(sign, sign) for sign in BBAN[country])
        number = f"{country}{_mod97(account + country)}{account}"
        if stdnum_iban.is_valid(number):
            return number


def lei(dice: Dice) -> str:
    """A legal entity identifier with its two check digits (ISO 17442); `9999` is no issuer's prefix."""
    stem = "9999" + "00" + "".join(dice.pick((dice.letters(1), dice.digits(1))) for _ in range(12))
    return stem + _mod97(stem)


def imo(stem: str) -> str:
    """A ship number: six digits and their check digit (IMO A.1117(30)). Stems from 3 on are not given to real ships."""
    return stem + str(sum(weight * int(digit) for weight, digit in zip(range(7, 1, -1), stem, strict=True)) % 10)


def bitcoin(label: str) -> str:
    """A well-formed address (Base58Check, P2PKH) whose key nobody has: its hash is that of a label."""
    body = b"\x00" + hashlib.sha256(f"payment-filter sample {label}".encode()).digest()[:20]
    body += hashlib.sha256(hashlib.sha256(body).digest()).digest()[:4]
    number, text = int.from_bytes(body, "big"), ""
    while number:
        number, rest = divmod(number, 58)
        text = _BASE58[rest] + text
    return "1" + text


def ether(label: str) -> str:
    """A well-formed Ethereum address (lower case: no checksum) that is the hash of a label."""
    return "0x" + hashlib.sha256(f"payment-filter sample {label}".encode()).hexdigest()[:40]


def _mod97(text: str) -> str:
    number = "".join(str(int(sign, 36)) for sign in text + "00")
    return f"{98 - int(number) % 97:02d}"
