"""OpenSanctions' way to describe an entity ("Follow the Money"): which of its properties say what.

Reference: https://followthemoney.tech/explorer/ and https://www.opensanctions.org/reference/. Properties are lists of
texts; what belongs to an entity may stand in it or in entities of their own that refer to it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from lists.entry import Entry, EntryKind, ListedNumber, Strength
from lists.formats.facts import unique
from lists.formats.naming import listed_names
from lists.formats.reading import mapping, sequence, words

if TYPE_CHECKING:
    from collections.abc import Iterator

_KINDS = {
    "Person": EntryKind.PERSON,
    "Vessel": EntryKind.VESSEL,
    "Airplane": EntryKind.AIRCRAFT,
    "Organization": EntryKind.ORGANISATION,
    "Company": EntryKind.ORGANISATION,
    "LegalEntity": EntryKind.ORGANISATION,
    "PublicBody": EntryKind.ORGANISATION,
    "CryptoWallet": EntryKind.ORGANISATION,
}
_NUMBERS = {
    "passportNumber": "Passport",
    "idNumber": "National identification number",
    "socialSecurityNumber": "Social security number",
    "taxNumber": "Tax number",
    "innCode": "Tax number (INN)",
    "vatCode": "V.A.T. Number",
    "registrationNumber": "Registration number",
    "ogrnCode": "Registration number (OGRN)",
    "okpoCode": "Registration number (OKPO)",
    "uscCode": "Unified Social Credit Code",
    "uniqueEntityId": "Registration number (UEI)",
    "dunsCode": "Registration number (DUNS)",
    "leiCode": "LEI",
    "swiftBic": "SWIFT/BIC",
    "bikCode": "BIK (RU)",
    "imoNumber": "IMO number",
    "mmsi": "MMSI",
    "callSign": "Call Sign",
    "serialNumber": "Serial number",
    "isin": "ISIN",
    "isinCode": "ISIN",
    "publicKey": "Wallet",
    "email": "E-mail",
    "website": "Website",
}
DATE = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?")
_COUNTRIES = ("nationality", "citizenship", "country", "jurisdiction", "mainCountry", "flag", "pastFlags")
_REMARKS = ("position", "notes", "summary")


@dataclass(slots=True)
class Beside:
    """What other entities say of one: addresses by their own id, the rest by the id of whom they belong to."""

    addresses: dict[str, str] = field(default_factory=dict)
    numbers: dict[str, list[ListedNumber]] = field(default_factory=dict)
    sanctions: dict[str, list[Mapping[str, object]]] = field(default_factory=dict)


def kind_of(schema: str) -> EntryKind:
    """What is listed; whatever is no person and no craft counts as an organisation."""
    return _KINDS.get(schema, EntryKind.ORGANISATION)


def is_target(entity: Mapping[str, object]) -> bool:
    """Whether the entity is listed itself; where the file does not say, every party and craft is."""
    target = entity.get("target")
    return target if isinstance(target, bool) else words(entity.get("schema")) in _KINDS


def keep_beside(entity: Mapping[str, object], beside: Beside) -> None:
    """Remember what this entity says of another: an address, a document, a wallet, a sanction."""
    schema, properties = words(entity.get("schema")), mapping(entity.get("properties"))
    if schema == "Address":
        beside.addresses[words(entity.get("id"))] = _address(properties)
    elif schema == "Sanction":
        for owner in _texts(properties, "entity"):
            beside.sanctions.setdefault(owner, []).append(properties)
    elif schema in {"Identification", "Passport"}:
        for owner in _texts(properties, "holder"):
            beside.numbers.setdefault(owner, []).extend(_document(schema, properties))
    elif schema == "CryptoWallet":
        for owner in _texts(properties, "holder"):
            wallets = (ListedNumber("Wallet", key) for key in _texts(properties, "publicKey"))
            beside.numbers.setdefault(owner, []).extend(wallets)


def entry_of(entity: Mapping[str, object], beside: Beside, source_id: str) -> Entry:
    """The entry of a target; what is nested in it counts as if it stood beside it."""
    properties, reference, schema = (
        mapping(entity.get("properties")),
        words(entity.get("id")),
        words(entity.get("schema")),
    )
    nested = _nested(reference, properties)
    sanctions = [*beside.sanctions.get(reference, ()), *nested.sanctions.get(reference, ())]

    def of_sanctions(*names: str) -> tuple[str, ...]:
        return unique(text for name in names for one in sanctions for text in _texts(one, name))

    return Entry(
        list=source_id,
        reference=reference,
        kind=kind_of(schema),
        names=listed_names(_names(words(entity.get("caption")), properties), _former(properties)),
        birth_dates=tuple(date for date in _texts(properties, "birthDate") if DATE.fullmatch(date)),
        birth_places=_texts(properties, "birthPlace"),
        countries=unique(code.upper() for name in _COUNTRIES for code in _texts(properties, name)),
        addresses=unique(
            (
                *_texts(properties, "address"),
                *(beside.addresses.get(one, "") for one in _texts(properties, "addressEntity")),
                *nested.addresses.values(),
            )
        ),
        numbers=tuple(
            dict.fromkeys(
                (*_own_numbers(properties), *beside.numbers.get(reference, ()), *nested.numbers.get(reference, ()))
            )
        ),
        programmes=unique(
            (
                *_texts(properties, "programId"),
                *of_sanctions("programId", "program"),
                *(words(name) for name in sequence(entity.get("datasets"))),
            )
        ),
        listed_on=min((*of_sanctions("listingDate", "startDate"), *_texts(properties, "createdAt")), default="")[:10],
        remarks=" ".join(text for name in _REMARKS for text in _texts(properties, name)),
        measures=of_sanctions("provisions"),
    )


def _texts(properties: Mapping[str, object], name: str) -> tuple[str, ...]:
    return unique(map(words, sequence(properties.get(name))))


def _nested(reference: str, properties: Mapping[str, object]) -> Beside:
    """Entities written out where a plain file has their ids (targets.nested.json)."""
    nested = Beside()
    for value in properties.values():
        for one in sequence(value):
            inner = dict(mapping(one))
            if inner:
                owned = {**mapping(inner.get("properties")), "entity": reference, "holder": reference}
                keep_beside({**inner, "properties": owned}, nested)
    return nested


def _names(caption: str, properties: Mapping[str, object]) -> Iterator[tuple[str, Strength]]:
    """The caption is the name OpenSanctions shows, one of the names; other names are as good as aliases."""
    names = _texts(properties, "name")
    yield caption if caption in names or not names else names[0], Strength.PRIMARY
    yield from ((name, Strength.STRONG) for name in (*names, *_texts(properties, "alias")))
    yield from (
        (name, Strength.WEAK) for name in (*_texts(properties, "weakAlias"), *_texts(properties, "abbreviation"))
    )


def _former(properties: Mapping[str, object]) -> Iterator[tuple[str, Strength]]:
    return ((name, Strength.STRONG) for name in _texts(properties, "previousName"))


def _address(properties: Mapping[str, object]) -> str:
    fields = ("street", "postalCode", "city", "region", "country")
    return next(iter(_texts(properties, "full")), "") or ", ".join(
        text for name in fields for text in _texts(properties, name)
    )


def _document(schema: str, properties: Mapping[str, object]) -> Iterator[ListedNumber]:
    kind = "Passport" if schema == "Passport" else next(iter(_texts(properties, "type")), "Identification")
    country = next(iter(_texts(properties, "country")), "").upper()
    yield from (ListedNumber(kind, number, country) for number in _texts(properties, "number"))
    yield from (ListedNumber(kind, number, country) for number in _texts(properties, "passportNumber"))


def _own_numbers(properties: Mapping[str, object]) -> Iterator[ListedNumber]:
    for name, kind in _NUMBERS.items():
        yield from (ListedNumber(kind, value) for value in _texts(properties, name))
