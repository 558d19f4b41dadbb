"""Parties, accounts, institutions and addresses of ISO 20022 messages, the same in pacs, pain and camt.

Names of elements are those of the message definitions of 2009 to 2025 (pacs.008.001.02 to .13): `BIC` became `BICFI`,
`BICOrBEI` became `AnyBIC`, addresses grew.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemas.formats.ends import as_party
from schemas.formats.plain import says_something
from schemas.formats.xml_parts import first_inside
from schemas.payment import Account, Address, Identification, Institution, Party, Value

if TYPE_CHECKING:
    from schemas.formats.xml_parts import Leaf, Part

_LINE = "line"
_ADDRESS = {
    "AdrLine": _LINE,
    "StrtNm": "street",
    "BldgNb": "building",
    "PstCd": "postcode",
    "TwnNm": "town",
    "CtrySubDvsn": "subdivision",
    "Ctry": "country",
}
_PLACES = frozenset(_ADDRESS.values())
_PARTY = {
    "Nm": "name",
    "CtryOfRes": "residence_country",
    "Id/OrgId/LEI": "lei",
    "Id/OrgId/AnyBIC": "bic",
    "Id/OrgId/BICOrBEI": "bic",
    "Id/PrvtId/DtAndPlcOfBirth/BirthDt": "birth_date",
    "Id/PrvtId/DtAndPlcOfBirth/CityOfBirth": "birth_town",
    "Id/PrvtId/DtAndPlcOfBirth/CtryOfBirth": "birth_country",
    **{f"PstlAdr/{key}": slot for key, slot in _ADDRESS.items()},
}
_INSTITUTION = {
    "FinInstnId/BICFI": "bic",
    "FinInstnId/BIC": "bic",
    "FinInstnId/LEI": "lei",
    "FinInstnId/Nm": "name",
    "FinInstnId/ClrSysMmbId/MmbId": "clearing_id",
    **{f"FinInstnId/PstlAdr/{key}": slot for key, slot in _ADDRESS.items()},
}
_ACCOUNT = {
    "Id/IBAN": "iban",
    "Id/Othr/Id": "number",
    "Id/Othr/SchmeNm/Cd": "scheme",
    "Id/Othr/SchmeNm/Prtry": "scheme",
    "Prxy/Id": "proxy",
    "Nm": "name",
}
# Of an `Othr` identification: what the text is, and how many levels below the identification it stands.
_NUMBER = {"Id": ("value", 1), "SchmeNm/Cd": ("scheme", 2), "SchmeNm/Prtry": ("scheme", 2), "Issr": ("issuer", 1)}
_NUMBERS = {
    f"Id/{kind}/Othr/{key}": (slot, levels, organisation)
    for kind, organisation in (("PrvtId", False), ("OrgId", True))
    for key, (slot, levels) in _NUMBER.items()
}


class _Sorted:
    """Leaves sorted into slots by key. What has no slot, or a slot that is taken, is left over."""

    __slots__ = ("lines", "rest", "slots")

    def __init__(self, leaves: list[Leaf], table: dict[str, str]) -> None:
        self.slots: dict[str, Value] = {}
        self.lines: list[Value] = []
        self.rest: list[Leaf] = []
        slots = self.slots
        for leaf in leaves:
            slot = table.get(leaf[0])
            if slot is None or slot in slots:
                self.rest.append(leaf)
            elif slot is _LINE:
                self.lines.append(Value(leaf[2], leaf[1]))
            else:
                slots[slot] = Value(leaf[2], leaf[1])

    def address(self, path: str, prefix: str) -> Address | None:
        """The postal address, if there is anything of one; takes its other parts out of the rest."""
        other = [leaf for leaf in self.rest if leaf[0].startswith(prefix)] if self.rest else []
        if other:
            self.rest = [leaf for leaf in self.rest if not leaf[0].startswith(prefix)]
        elif not self.lines and self.slots.keys().isdisjoint(_PLACES):
            return None
        get = self.slots.get
        street, building, postcode, town = get("street"), get("building"), get("postcode"), get("town")
        subdivision, country = get("subdivision"), get("country")
        return Address(
            f"{path}/{prefix[:-1]}",
            tuple(self.lines),
            street,
            building,
            postcode,
            town,
            subdivision,
            country,
            _others(other),
        )

    def identifications(self) -> tuple[Identification, ...]:
        """The numbers of a party, taken out of the rest; what belongs to no number goes back there."""
        groups: dict[str, dict[str, Value]] = {}
        organisations: set[str] = set()
        rest: list[Leaf] = []
        for leaf in self.rest:
            key, path, text = leaf
            slot, levels, organisation = _NUMBERS.get(key, ("", 0, False))
            group = groups.setdefault(path.rsplit("/", levels)[0], {}) if slot else {}
            if not slot or slot in group:
                rest.append(leaf)
                continue
            group[slot] = Value(text, path)
            if organisation:
                organisations.add(group[slot].path)
        made = []
        for group in groups.values():
            number, scheme = group.get("value"), group.get("scheme")
            if number is None:
                rest.extend(("", value.path, value.text) for value in group.values())
                continue
            told = "" if scheme is None else scheme.text
            made.append(Identification(number, told, number.path in organisations, group.get("issuer")))
        self.rest = rest
        return tuple(made)


def _others(leaves: list[Leaf]) -> tuple[Value, ...]:
    """What is left over and could name someone or something."""
    if not leaves:
        return ()
    return tuple(Value(text, path) for key, path, text in leaves if says_something(key, text))


def party(part: Part) -> Party:
    """Debtor, creditor, ultimate or initiating party (PartyIdentification)."""
    found = _Sorted(part.leaves, _PARTY)
    address = found.address(part.path, "PstlAdr/")
    numbers = found.identifications() if found.rest else ()
    get = found.slots.get
    return Party(
        path=part.path,
        name=get("name"),
        address=address,
        birth_date=get("birth_date"),
        birth_town=get("birth_town"),
        birth_country=get("birth_country"),
        identifications=numbers,
        lei=get("lei"),
        bic=get("bic"),
        residence_country=get("residence_country"),
        other=_others(found.rest),
    )


def institution(part: Part, account: Account | None = None) -> Institution:
    """A bank (BranchAndFinancialInstitutionIdentification), with its account where the message gives one."""
    found = _Sorted(part.leaves, _INSTITUTION)
    address = found.address(part.path, "FinInstnId/PstlAdr/")
    get = found.slots.get
    return Institution(
        path=part.path,
        bic=get("bic"),
        lei=get("lei"),
        clearing_id=get("clearing_id"),
        name=get("name"),
        address=address,
        account=account,
        other=_others(found.rest),
    )


def end(part: Part) -> Party:
    """A payer or payee that is a person, an organisation or, where `FinInstnId` says so, an institution."""
    if first_inside(part) != "FinInstnId":
        return party(part)
    return as_party(institution(part))


def account(part: Part) -> tuple[Account, list[Leaf]]:
    """A cash account, and the leaves that say nothing about which account it is."""
    found = _Sorted(part.leaves, _ACCOUNT)
    get = found.slots.get
    scheme = get("scheme")
    told = "" if scheme is None else scheme.text
    return Account(part.path, get("iban"), get("number"), told, get("proxy"), get("name")), found.rest
