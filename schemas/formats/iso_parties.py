"""Parties, accounts, institutions and addresses of ISO 20022 messages, the same in pacs, pain and camt.

Names of elements are those of the message definitions of 2009 to 2025 (pacs.008.001.02 to .13): `BIC` became `BICFI`,
`BICOrBEI` became `AnyBIC`, addresses grew.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemas.formats.plain import is_plain
from schemas.payment import Account, Address, Identification, Institution, Party, Value

if TYPE_CHECKING:
    from schemas.formats.xml_parts import Leaf, Part

_ADDRESS = {
    "StrtNm": "street",
    "BldgNb": "building",
    "PstCd": "postcode",
    "TwnNm": "town",
    "CtrySubDvsn": "subdivision",
    "Ctry": "country",
}
_PARTY = {
    "Nm": "name",
    "CtryOfRes": "residence_country",
    "Id/OrgId/LEI": "lei",
    "Id/OrgId/AnyBIC": "bic",
    "Id/OrgId/BICOrBEI": "bic",
    "Id/PrvtId/DtAndPlcOfBirth/BirthDt": "birth_date",
    "Id/PrvtId/DtAndPlcOfBirth/CityOfBirth": "birth_town",
    "Id/PrvtId/DtAndPlcOfBirth/CtryOfBirth": "birth_country",
}
_INSTITUTION = {
    "FinInstnId/BICFI": "bic",
    "FinInstnId/BIC": "bic",
    "FinInstnId/LEI": "lei",
    "FinInstnId/Nm": "name",
    "FinInstnId/ClrSysMmbId/MmbId": "clearing_id",
}
_ACCOUNT = {
    "Id/IBAN": "iban",
    "Id/Othr/Id": "number",
    "Id/Othr/SchmeNm/Cd": "scheme",
    "Id/Othr/SchmeNm/Prtry": "scheme",
    "Prxy/Id": "proxy",
    "Nm": "name",
}
# Of `Id/PrvtId/Othr` and `Id/OrgId/Othr`: what the text is, and how many levels below the identification it stands.
_IDENTIFICATION = {
    "Id": ("value", 1),
    "SchmeNm/Cd": ("scheme", 2),
    "SchmeNm/Prtry": ("scheme", 2),
    "Issr": ("issuer", 1),
}
_PERSON_OTHER = "Id/PrvtId/Othr/"
_ORGANISATION_OTHER = "Id/OrgId/Othr/"
_POSTAL = "PstlAdr/"
_INSTITUTION_POSTAL = "FinInstnId/PstlAdr/"


class _Sorted:
    """Leaves sorted into slots by key. What has no slot, or a slot that is taken, is left over."""

    def __init__(self, leaves: list[Leaf], slots: dict[str, str]) -> None:
        self.slots: dict[str, Value] = {}
        self.rest: list[Leaf] = []
        for leaf in leaves:
            slot = slots.get(leaf[0])
            if slot is None or slot in self.slots:
                self.rest.append(leaf)
            else:
                self.slots[slot] = Value(leaf[2], leaf[1])

    def take(self, prefix: str) -> list[Leaf]:
        """Remove and return what stands under the prefix, keys relative to it."""
        inside = [leaf for leaf in self.rest if leaf[0].startswith(prefix)]
        if inside:
            self.rest = [leaf for leaf in self.rest if not leaf[0].startswith(prefix)]
        return [(key[len(prefix) :], path, text) for key, path, text in inside]

    def others(self) -> tuple[Value, ...]:
        """What is left over and could name someone or something."""
        return _others(self.rest)


def _others(leaves: list[Leaf]) -> tuple[Value, ...]:
    return tuple(Value(text, path) for key, path, text in leaves if text.strip() and not is_plain(key, text))


def party(part: Part) -> Party:
    """Debtor, creditor, ultimate or initiating party (PartyIdentification)."""
    found = _Sorted(part.leaves, _PARTY)
    postal = found.take(_POSTAL)
    numbers = (
        *_identifications(found, _PERSON_OTHER, organisation=False),
        *_identifications(found, _ORGANISATION_OTHER, organisation=True),
    )
    slots = found.slots
    return Party(
        path=part.path,
        name=slots.get("name"),
        address=_address(postal, f"{part.path}/PstlAdr"),
        birth_date=slots.get("birth_date"),
        birth_town=slots.get("birth_town"),
        birth_country=slots.get("birth_country"),
        identifications=numbers,
        lei=slots.get("lei"),
        bic=slots.get("bic"),
        residence_country=slots.get("residence_country"),
        other=found.others(),
    )


def institution(part: Part, account: Account | None = None) -> Institution:
    """A bank (BranchAndFinancialInstitutionIdentification), with its account where the message gives one."""
    found = _Sorted(part.leaves, _INSTITUTION)
    postal = found.take(_INSTITUTION_POSTAL)
    slots = found.slots
    return Institution(
        path=part.path,
        bic=slots.get("bic"),
        lei=slots.get("lei"),
        clearing_id=slots.get("clearing_id"),
        name=slots.get("name"),
        address=_address(postal, f"{part.path}/FinInstnId/PstlAdr"),
        account=account,
        other=found.others(),
    )


def account(part: Part) -> tuple[Account, list[Leaf]]:
    """A cash account, and the leaves that say nothing about which account it is."""
    found = _Sorted(part.leaves, _ACCOUNT)
    slots = found.slots
    scheme = slots.get("scheme")
    return Account(
        path=part.path,
        iban=slots.get("iban"),
        number=slots.get("number"),
        scheme="" if scheme is None else scheme.text,
        proxy=slots.get("proxy"),
        name=slots.get("name"),
    ), found.rest


def _address(leaves: list[Leaf], path: str) -> Address | None:
    if not leaves:
        return None
    found = _Sorted([leaf for leaf in leaves if leaf[0] != "AdrLine"], _ADDRESS)
    slots = found.slots
    return Address(
        path=path,
        lines=tuple(Value(text, path) for key, path, text in leaves if key == "AdrLine"),
        street=slots.get("street"),
        building=slots.get("building"),
        postcode=slots.get("postcode"),
        town=slots.get("town"),
        subdivision=slots.get("subdivision"),
        country=slots.get("country"),
        other=found.others(),
    )


def _identifications(found: _Sorted, prefix: str, *, organisation: bool) -> tuple[Identification, ...]:
    groups: dict[str, dict[str, Value]] = {}
    for leaf in found.take(prefix):
        key, path, text = leaf
        slot, levels = _IDENTIFICATION.get(key, ("", 1))
        group = groups.setdefault(path.rsplit("/", levels)[0], {})
        if not slot or slot in group:
            found.rest.append(leaf)
        else:
            group[slot] = Value(text, path)
    made = []
    for group in groups.values():
        if "value" not in group:
            found.rest.extend(("", value.path, value.text) for value in group.values())
            continue
        scheme = group.get("scheme")
        scheme_text = "" if scheme is None else scheme.text
        made.append(Identification(group["value"], scheme_text, organisation, group.get("issuer")))
    return tuple(made)
