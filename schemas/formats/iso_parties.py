"""Parties, accounts, institutions and addresses of ISO 20022 messages, the same in pacs, pain and camt.

Names of elements are those of the message definitions of 2009 to 2025 (pacs.008.001.02 to .13): `BIC` became `BICFI`,
`BICOrBEI` became `AnyBIC`, addresses grew.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from schemas.formats.ends import as_party
from schemas.formats.forms import At, Made, Said, Several, Under, Words, fill, of_shape, speaking
from schemas.formats.xml_parts import first_inside
from schemas.payment import Account, Address, Identification, Institution, Party

if TYPE_CHECKING:
    from schemas.formats.forms import Key, Speaking
    from schemas.formats.xml_parts import Part

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

    __slots__ = ("keys", "lines", "rest", "slots")

    def __init__(self, keys: list[Key], table: dict[str, str]) -> None:
        self.keys = keys
        self.slots: dict[str, At] = {}
        self.lines: list[At] = []
        self.rest: list[tuple[int, str]] = []
        for number, (key, _) in enumerate(keys):
            slot = table.get(key)
            if slot is None or slot in self.slots:
                self.rest.append((number, key))
            elif slot is _LINE:
                self.lines.append(At(number))
            else:
                self.slots[slot] = At(number)

    def address(self, prefix: str) -> Made | None:
        """The postal address, if there is anything of one; takes its other parts out of the rest."""
        other = [(number, key) for number, key in self.rest if key.startswith(prefix)]
        if other:
            self.rest = [(number, key) for number, key in self.rest if not key.startswith(prefix)]
        elif not self.lines and self.slots.keys().isdisjoint(_PLACES):
            return None
        get = self.slots.get
        parts = [get(name) for name in ("street", "building", "postcode", "town", "subdivision", "country")]
        lines = Several(tuple(self.lines)) if self.lines else ()
        return Made(Address, (Under(f"/{prefix[:-1]}"), lines, *parts, _others(other)))

    def identifications(self) -> Several | tuple[()]:
        """The numbers of a party, taken out of the rest; what belongs to no number goes back there, without its key."""
        groups: dict[str, dict[str, tuple[int, bool]]] = {}
        rest: list[tuple[int, str]] = []
        for number, key in self.rest:
            slot, levels, organisation = _NUMBERS.get(key, ("", 0, False))
            group = groups.setdefault(self.keys[number][1].rsplit("/", levels)[0], {}) if slot else {}
            if not slot or slot in group:
                rest.append((number, key))
            else:
                group[slot] = number, organisation
        made = []
        for group in groups.values():
            if "value" not in group:
                rest.extend((number, "") for number, _ in group.values())
                continue
            number, organisation = group["value"]
            scheme = Words(group["scheme"][0]) if "scheme" in group else ""
            issuer = At(group["issuer"][0]) if "issuer" in group else None
            made.append(Made(Identification, (At(number), scheme, organisation, issuer, None)))
        self.rest = rest
        return Several(tuple(made)) if made else ()


def _others(leaves: list[tuple[int, str]]) -> Said | tuple[()]:
    """What is left over and could name someone or something."""
    return Said(speaking(leaves)) if leaves else ()


def _party(keys: list[Key]) -> Made:
    found = _Sorted(keys, _PARTY)
    address = found.address("PstlAdr/")
    numbers = found.identifications()
    get = found.slots.get
    born = get("birth_date"), get("birth_town"), get("birth_country")
    ends = get("lei"), get("bic"), get("residence_country")
    return Made(Party, (Under(""), get("name"), address, *born, numbers, *ends, _others(found.rest)))


def _institution(keys: list[Key]) -> Made:
    found = _Sorted(keys, _INSTITUTION)
    address = found.address("FinInstnId/PstlAdr/")
    names = [found.slots.get(name) for name in ("bic", "lei", "clearing_id", "name")]
    return Made(Institution, (Under(""), *names, address, None, _others(found.rest)))


def _account(keys: list[Key]) -> tuple[Made, Speaking]:
    found = _Sorted(keys, _ACCOUNT)
    get = found.slots.get
    scheme = get("scheme")
    told = "" if scheme is None else Words(scheme.leaf)
    return Made(Account, (Under(""), get("iban"), get("number"), told, get("proxy"), get("name"))), speaking(found.rest)


def party(part: Part) -> Party:
    """Debtor, creditor, ultimate or initiating party (PartyIdentification)."""
    made: Party = fill(of_shape(part, _party), part.path, part.leaves)
    return made


def institution(part: Part, account: Account | None = None) -> Institution:
    """A bank (BranchAndFinancialInstitutionIdentification), with its account where the message gives one."""
    made: Institution = fill(of_shape(part, _institution), part.path, part.leaves)
    return made if account is None else replace(made, account=account)


def end(part: Part) -> Party:
    """A payer or payee that is a person, an organisation or, where `FinInstnId` says so, an institution."""
    if of_shape(part, first_inside) != "FinInstnId":
        return party(part)
    return as_party(institution(part))


def account(part: Part) -> tuple[Account, Speaking]:
    """A cash account, and the leaves that say nothing about which account it is."""
    form, rest = of_shape(part, _account)
    return fill(form, part.path, part.leaves), rest
