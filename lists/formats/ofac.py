"""What OFAC's files share: kinds of entry, the words for numbers, and facts that stand in the remarks of the csv.

Words for numbers are OFAC's own "ID types" as the files and https://sanctionslist.ofac.treas.gov use them. Anything
not known to be something else is kept as a number: a new ID type must not go unscreened.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lists.entry import EntryKind, ListedNumber
from lists.formats.facts import country_code, iso_date

KINDS = {
    "individual": EntryKind.PERSON,
    "vessel": EntryKind.VESSEL,
    "aircraft": EntryKind.AIRCRAFT,
    "entity": EntryKind.ORGANISATION,
}

# What the legacy files write before the name of a region in an address.
REGION = "Region: "
# How OFAC's newer files name the parts of an address, in the order an address has, and the features that are countries.
ADDRESS_ORDER = ("ADDRESS1", "ADDRESS2", "ADDRESS3", "CITY", "STATE/PROVINCE", "POSTAL CODE", "REGION")
COUNTRY_FEATURES = frozenset(
    {"Nationality Country", "Citizenship Country", "Nationality of Registration", "Vessel Flag", "Other Vessel Flag"}
)

# Remarks and ID types that tell something else than a number identifying the entry.
_NO_NUMBER = re.compile(
    r"gender|birthdate|place of birth|location$|secondary sanctions|additional sanctions"
    r"|transactions prohibited|organi[sz]ation (?:est|type)|target type"
    r"|executive order|for more info|for further|effective date|listing date|purchase/sales|linked to"
    r"|phone|telephone|fax|mobile|president|senior|officer|named in|temporary"
    r"|aircraft (?:model|manufacture date|operator|mode|type)|vessel (?:year|flag|type|owner|build)|former vessel"
    r"|other vessel|issuer name|equity ticker|caatsa|chinese commercial code|title\b|position"
    r"|member of|loss of|all offices|individual'?s? primary|date of|deceased|born|married|father|mother|husband|wife"
    r"|section \d|subject to|not on the|c/o |alternate spelling|www\.|https?:",
    re.IGNORECASE,
)

# ID types whose value carries no digit of its own, or begins with a word that is part of the value.
_WORDED_KINDS = re.compile(
    r"(SWIFT/BIC|Website|Digital Currency Address - \w+|Email Address|(?:Previous )?Aircraft Tail Number"
    r"|Vessel Registration Identification|Passport|Identification Number|Registration Number|Company Number|License"
    r"|National ID No\.|Tax ID No\.|Registration ID|V\.A\.T\. Number|Trade License No\.):?\s+(\S.*)"
)
_LETTERS_ONLY = re.compile(r"SWIFT/BIC|Website|Email Address|.*Tail Number|Digital Currency")
_KIND_THEN_VALUE = re.compile(r"(\D*?(?:\([^)]*\))?\D*?)\s*((?:\S*\d\S*)(?:\s+\S*\d\S*)*)")
_TAIL = re.compile(r"\s+(?:issued|expires|expired|date of issue)\b.*$", re.IGNORECASE)
_COUNTRY = re.compile(r"\s*\(([^()]*)\)\s*$")
_QUOTED_NAME = re.compile(r"([afn])\.k\.a\.,? '(.+?)'?$")
_ALTERNATIVE = re.compile(r"^\(?(?:alt\.|alternate) ", re.IGNORECASE)
_LONGEST_KIND = 70


@dataclass(slots=True)
class Remarks:
    """What the remarks of one csv row hold, in the order they stand."""

    weak_names: list[str] = field(default_factory=list)
    weak_former_names: list[str] = field(default_factory=list)
    birth_dates: list[str] = field(default_factory=list)
    birth_places: list[str] = field(default_factory=list)
    countries: list[str] = field(default_factory=list)
    numbers: list[ListedNumber] = field(default_factory=list)


def is_number_kind(kind: str) -> bool:
    """Whether an ID type names a number that identifies the entry."""
    return bool(kind) and _NO_NUMBER.search(kind) is None


def read_remarks(text: str) -> Remarks:
    """The facts in the remarks of a csv row: "DOB 07 Oct 1954; alt. DOB 1955; Passport A1 (Iran); a.k.a. 'BNC'."."""
    remarks = Remarks()
    for piece in text.removesuffix(".").split("; "):
        _read_piece(remarks, _ALTERNATIVE.sub("", piece.strip()))
    return remarks


def _read_piece(remarks: Remarks, piece: str) -> None:
    word, _, rest = piece.partition(" ")
    if (quoted := _QUOTED_NAME.match(piece)) is not None:
        former = quoted.group(1) == "f"
        (remarks.weak_former_names if former else remarks.weak_names).append(quoted.group(2))
    elif word == "DOB":
        remarks.birth_dates.append(iso_date(rest))
    elif word == "POB":
        remarks.birth_places.append(rest)
    elif word in {"nationality", "citizen"}:
        remarks.countries.append(country_code(rest))
    elif piece.startswith("Nationality of Registration "):
        remarks.countries.append(country_code(piece.removeprefix("Nationality of Registration ")))
    elif (number := _number(piece)) is not None:
        remarks.numbers.append(number)


def _number(piece: str) -> ListedNumber | None:
    """The number in "Tax ID No. 7744001497 (Russia) issued 2002"; None where the remark is about something else."""
    if _NO_NUMBER.match(piece):
        return None
    text = _TAIL.sub("", piece)
    country = _COUNTRY.search(text)
    text = _COUNTRY.sub("", text)
    found = _WORDED_KINDS.fullmatch(text) or _KIND_THEN_VALUE.fullmatch(text)
    if found is None:
        return None
    kind, value = found.group(1).strip(" :"), found.group(2).strip(" ,")
    if not kind or len(kind) > _LONGEST_KIND or not (any(map(str.isdigit, value)) or _LETTERS_ONLY.match(kind)):
        return None
    return ListedNumber(kind, value, country_code(country.group(1)) if country else "")
