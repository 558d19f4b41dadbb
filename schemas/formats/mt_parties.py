"""Parties and institutions of SWIFT MT fields, by option letter.

Source: SWIFT Standards MT General Information and Category 1, fields 50a, 59a and 52a to 57a. In a party field the
first line may be an account (`/34x`); option A then gives a BIC, option F numbered lines (`1/` name, `2/` address,
`3/` country and town, `4/` birth date, `5/` place of birth, `6/` customer number, `7/` national number, `8/` more of
a number), option K and 59 without option a name and up to three lines of address.
"""

from __future__ import annotations

import itertools
import re
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

from schemas.identifiers import has_ibans
from schemas.payment import Account, Address, Identification, Institution, Party, Value

if TYPE_CHECKING:
    from schemas.formats.fin import Field

_LINE = 35  # characters of a line of FIN text
_IBAN = re.compile(r"[A-Z]{2}\d{2}[A-Z0-9]{11,30}", re.ASCII)
_NUMBERS = frozenset("12345678")
_PARTY_IDENTIFIER = re.compile(r"(ARNU|CCPT|CUST|DRLC|EMPL|NIDN|SOSE|TXID)/([A-Z]{2})/(.+)", re.ASCII)
_WITH_ISSUER = frozenset({"CUST", "DRLC", "EMPL"})
_DEBIT_OR_CREDIT = re.compile(r"/[CD]/", re.ASCII)


def party(field: Field) -> tuple[Party, Account | None]:
    """Payer or payee with the account, from 50A/F/K or 59/59A/59F."""
    option, path, lines = field.tag[2:], field.path, field.lines
    account, first = None, 0
    if lines[0].startswith("/"):
        account, first = _account(path, Value(lines[0], f"{path}1")), 1
    if option == "F":
        return _numbered_party(field, first), account
    values = [Value(lines[number], f"{path}{number + 1}") for number in range(first, len(lines))]
    if option == "A":
        return Party(field.path, bic=values[0] if values else None, other=tuple(values[1:])), account
    name, rest = _wrapped_name(values)
    return Party(field.path, name=name, address=Address(field.path, lines=rest) if rest else None), account


def institution(field: Field) -> Institution:
    """An institution, from 51A to 57D. Correspondents come back all day; nothing long is ever kept in a cache."""
    read = _institution if len(field.text) <= _LONGEST_KEPT else _institution.__wrapped__
    return read(field.tag[2:], field.path, field.text)


_LONGEST_KEPT = 200


@lru_cache(maxsize=4096)
def _institution(option: str, path: str, text: str) -> Institution:
    values = [Value(line, f"{path}{number}") for number, line in enumerate(text.split("\n"), start=1) if line]
    account = clearing = None
    if values and values[0].text.startswith("//"):
        first = values.pop(0)
        clearing = Value(first.text[2:], first.path)
    elif values and values[0].text.startswith("/"):
        account = _account(path, values.pop(0))
    if option == "A":
        bic = values[0] if values else None
        return Institution(path, bic=bic, clearing_id=clearing, account=account, other=tuple(values[1:]))
    if option == "D":
        name, rest = _wrapped_name(values)
        address = Address(path, lines=rest) if rest else None
        return Institution(path, clearing_id=clearing, name=name, address=address, account=account)
    return Institution(path, clearing_id=clearing, account=account, other=tuple(values))


def _account(path: str, line: Value) -> Account:
    """`/34x`, or `/C/34x` and `/D/34x` where the side is told."""
    text = line.text[3:] if _DEBIT_OR_CREDIT.match(line.text) else line.text[1:]
    value = Value(text, line.path)
    if _IBAN.fullmatch(text) and has_ibans(text[:2]):
        return Account(path, iban=value)
    return Account(path, number=value)


def _wrapped_name(values: list[Value]) -> tuple[Value | None, tuple[Value, ...]]:
    """The name and the lines after it.

    A line of full length was cut by the sender's system: the next one goes on with the name, unless it has a digit,
    as lines of an address do and names hardly ever. One that ends with + was cut for good (translation from ISO 20022).
    """
    if not values:
        return None, ()
    name, used = values[0], 1
    while used < len(values) and _goes_on(values[used - 1]) and not _has_digit(values[used].text):
        name = Value(name.text + values[used].text, name.path)
        used += 1
    return name, tuple(values[used:])


def _goes_on(line: Value) -> bool:
    return len(line.text) >= _LINE and not line.truncated


def _has_digit(text: str) -> bool:
    return any(character.isdigit() for character in text)


def _numbered_party(field: Field, first: int) -> Party:
    """Option F, from a line on.

    A line without a number goes on with the line before; lines of the same number belong together.
    """
    by_number: dict[str, list[Value]] = {}
    other: list[Value] = []
    identifications: list[Identification] = []
    number, path, lines = "", field.path, field.lines
    for place in range(first, len(lines)):
        line, where = lines[place], f"{path}{place + 1}"
        if line[1:2] == "/" and line[0] in _NUMBERS:
            number = line[0]
            if number in by_number:
                by_number[number].append(Value(line[2:], where))
            else:
                by_number[number] = [Value(line[2:], where)]
        elif number:
            by_number[number].append(Value(line, where))
        else:
            other.extend(_party_identifier(Value(line, where), identifications))
    get = by_number.get
    town, country = _country_and_rest(get("3"))
    birth_town, birth_country = _country_and_rest(get("5"))
    identifications += [_number("CUST", value) for value in get("6", ())]
    identifications += [_number("NIDN", value) for value in get("7", ())]
    more = get("8")
    if more and identifications:
        identifications[-1] = _continued(identifications[-1], more)
    elif more:
        other.extend(more)
    street = tuple(get("2", ()))
    return Party(
        path=field.path,
        name=_joined(get("1")),
        address=Address(field.path, lines=street, town=town, country=country) if street or town or country else None,
        birth_date=_joined(get("4")),
        birth_town=birth_town,
        birth_country=birth_country,
        identifications=tuple(identifications),
        other=tuple(other),
    )


def _continued(number: Identification, lines: list[Value]) -> Identification:
    """Line 8 goes on with the number of the party identifier, of line 6 or of line 7, whichever stands last."""
    text = "".join(line.text for line in (number.value, *lines))
    return replace(number, value=Value(text, number.value.path))


def _party_identifier(value: Value, identifications: list[Identification]) -> list[Value]:
    """First line of option F that is no account: `CODE/CC/number`; anything else is kept as it is."""
    coded = _PARTY_IDENTIFIER.fullmatch(value.text)
    if coded is None:
        return [value]
    identifications.append(_number(coded[1], Value(f"{coded[2]}/{coded[3]}", value.path)))
    return []


def _number(scheme: str, value: Value) -> Identification:
    """`CC/number`, or `CC/issuer/number` where the scheme has an issuer."""
    path = value.path
    country, slash, rest = value.text.partition("/")
    if not slash:
        country, rest = "", value.text
    issuer = ""
    if scheme in _WITH_ISSUER and "/" in rest:
        issuer, _, rest = rest.partition("/")
    return Identification(
        Value(rest, path),
        scheme,
        issuer=Value(issuer, path) if issuer else None,
        country=Value(country, path) if country else None,
    )


def _country_and_rest(values: list[Value] | None) -> tuple[Value | None, Value | None]:
    """`CC/TOWN`, gone on with on further lines, as (town, country)."""
    if not values:
        return None, None
    first = values[0]
    country, _, town = first.text.partition("/")
    lines = [Value(town, first.path), *values[1:]] if town else values[1:]
    return _joined(lines), Value(country, first.path)


def _joined(values: list[Value] | None) -> Value | None:
    """One value of several lines; a line of full length was cut inside a word, a shorter one between two."""
    if not values:
        return None
    if len(values) == 1:
        return values[0]
    text = values[0].text
    for before, after in itertools.pairwise(values):
        # 33: the line without its number and slash.
        text += ("" if len(before.text) >= _LINE - 2 else " ") + after.text
    return Value(text, values[0].path)
