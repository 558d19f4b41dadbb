"""The European Union's consolidated financial sanctions list, csv: version 1.1, and 1.0 as it was until 2019.

Publisher: as eu_fsf_xml.py. Semicolons; one row per name, address, birth date, document or citizenship, each repeating
the entity. The csv does not say which aliases are weak: they all count as strong. Copies of 1.0 exist whose whole rows
were quoted by a spreadsheet program, with tabs where commas stood; they are read too.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lists.entry import Entry, EntryKind, ListedNumber, ListRefused, Strength
from lists.formats.facts import country_code, cut_date, unique
from lists.formats.mentions import numbers_in
from lists.formats.naming import listed_names
from lists.formats.parts import MAIN, one_file
from lists.formats.reading import decoded, header_of, records, rows

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from lists.formats.parts import Parts

NAME = "eu_fsf_csv"

# The columns that are read, by their names in version 1.1 -> 1.0.
_OLD = {
    "Entity_LogicalId": "Entity_logical_id",
    "Entity_EU_ReferenceNumber": "EU_ref_num",
    "Entity_SubjectType_ClassificationCode": "Subject_type",
    "Entity_Regulation_Programme": "Programme",
    "Entity_Regulation_PublicationDate": "Leba_publication_date",
    "Entity_Remark": "Entity_remark",
    "NameAlias_WholeName": "Naal_wholename",
    "NameAlias_FirstName": "Naal_firstname",
    "NameAlias_MiddleName": "Naal_middlename",
    "NameAlias_LastName": "Naal_lastname",
    "Address_Street": "Addr_street",
    "Address_ZipCode": "Addr_zipcode",
    "Address_City": "Addr_city",
    "Address_Place": "Addr_other",
    "Address_CountryDescription": "Addr_country",
    "BirthDate_BirthDate": "Birt_date",
    "BirthDate_City": "Birt_place",
    "BirthDate_CountryDescription": "Birt_country",
    "Identification_Number": "Iden_number",
    "Identification_CountryIso2Code": "Iden_country",
    "Citizenship_CountryIso2Code": "Citi_country",
}
_NEW_MARK, _OLD_MARK = "Entity_LogicalId", "Entity_logical_id"
_NAME_FIELDS = ("NameAlias_FirstName", "NameAlias_MiddleName", "NameAlias_LastName")
_PLACE_FIELDS = ("City", "Place", "Region", "CountryDescription")
_ADDRESS_FIELDS = ("Street", "PoBox", "ZipCode", *_PLACE_FIELDS)
_DATE = re.compile(rb"\n\W*(\d{2})/(\d{2})/(\d{4})")
_NO_COUNTRY = frozenset({"00", "UNKNOWN"})
_CONTACT = re.compile(r"\b(EMAIL|SWIFT|BIC|IMO|WEB)\[([^\]]+)\]")
_BRACKETED = re.compile(r"(?:\\n|\b)[A-Z]+\[[^\]]*\]")
# "AD001095 (passport-National passport) ((passport))", as version 1.0 writes a document.
_OLD_DOCUMENT = re.compile(r"(.+?)\s*\((\w+)-[^)]*\).*", re.DOTALL)
# Which language's Official Journal a place is from.
_OLD_REMARK = re.compile(r"\s*\(J\.O\. \w\w\)")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def matches(raw: bytes, filename: str) -> bool:
    """Whether this is the EU's csv, by its columns."""
    if not filename.lower().endswith(".csv"):
        return False
    header = header_of(raw, ";")
    return bool({_NEW_MARK, _OLD_MARK} & set(header[0].split(";") if len(header) == 1 else header))


part = one_file


def source(_raw: bytes, _filename: str) -> str:
    """The layout has one list."""
    return "EU"


def published(parts: Parts) -> str:
    """The day the file was made, which every row repeats."""
    date = _DATE.search(parts[MAIN][:32_768])
    return "-".join(date.group(place).decode() for place in (3, 2, 1)) if date else ""


def parse(parts: Parts, source_id: str) -> Iterator[Entry]:
    """One entry per entity, in the order of their first rows."""
    groups: dict[str, list[Mapping[str, str]]] = {}
    for line, row in _rows(parts[MAIN]):
        if not row["Entity_LogicalId"].isdecimal():
            raise ListRefused(
                f"line {line}: Entity_LogicalId {row['Entity_LogicalId'][:20]!r} is no number: the file is damaged,"
                " fetch it again"
            )
        groups.setdefault(row["Entity_LogicalId"], []).append(row)
    for group in groups.values():
        yield _entry(group, source_id)


def _rows(raw: bytes) -> Iterator[tuple[int, Mapping[str, str]]]:
    """The rows under the column names of version 1.1."""
    text = decoded(raw, windows=True)
    if text.startswith('"') and ";" in text.partition('"\n')[0].split('"', 2)[1]:
        table = _unwrapped(text)
    else:
        table = rows(text, ";")
    old = _OLD_MARK in text[:400]
    for line, row in records(table, [_OLD_MARK if old else _NEW_MARK]):
        yield line, {new: row.get(name, "") for new, name in _OLD.items()} if old else row


def _unwrapped(text: str) -> Iterator[tuple[int, list[str]]]:
    for line, row in rows(text):
        for _line, inner in rows(row[0].rstrip("\t").replace("\r", " ").replace("\n", " "), ";"):
            yield line, [_plain(cell) for cell in inner]


def _plain(cell: str) -> str:
    return re.sub(r"\s*\t\s*", ", ", cell.strip())


def _entry(group: Sequence[Mapping[str, str]], source_id: str) -> Entry:
    def column(name: str) -> tuple[str, ...]:
        return unique(row.get(name, "") for row in group)

    first, remarks = group[0], " ".join(column("Entity_Remark"))
    regulations = [date for date in column("Entity_Regulation_PublicationDate") if _DAY.fullmatch(date)]
    kinds = {code.upper()[:1] for code in column("Entity_SubjectType_ClassificationCode")}
    return Entry(
        list=source_id,
        reference=next(iter(column("Entity_EU_ReferenceNumber")), "") or first["Entity_LogicalId"],
        kind=EntryKind.PERSON if "P" in kinds else EntryKind.ORGANISATION,
        names=listed_names(_names(group)),
        birth_dates=unique(map(_birth_date, group)),
        birth_places=unique(_joined(row, "BirthDate", _PLACE_FIELDS) for row in group),
        countries=unique(map(_country, column("Citizenship_CountryIso2Code"))),
        addresses=unique(_joined(row, "Address", _ADDRESS_FIELDS) for row in group),
        numbers=tuple(dict.fromkeys((*_numbers(group), *numbers_in(remarks)))),
        programmes=column("Entity_Regulation_Programme"),
        listed_on=next(iter(column("Entity_DesignationDate")), "") or min(regulations, default=""),
        remarks=remarks,
    )


def _names(group: Sequence[Mapping[str, str]]) -> Iterator[tuple[str, Strength]]:
    best = Strength.PRIMARY
    for row in group:
        name = row.get("NameAlias_WholeName", "") or " ".join(
            part for field in _NAME_FIELDS if (part := row.get(field, ""))
        )
        if name:
            yield name, best
            best = Strength.STRONG
    for row in group:
        yield row.get("Identification_NameOnDocument", ""), Strength.WEAK


def _birth_date(row: Mapping[str, str]) -> str:
    def cell(name: str) -> str:
        return row.get(f"BirthDate_{name}", "")

    if first := cut_date(cell("YearRangeFrom"), "", ""):
        return f"{first}/{cut_date(cell('YearRangeTo'), '', '') or first}"
    whole = cell("BirthDate")
    date = whole if _DAY.fullmatch(whole) else cut_date(cell("Year") or whole[:4], cell("Month"), cell("Day"))
    return f"{date}~" if date and cell("Circa").lower() == "true" else date


def _numbers(group: Sequence[Mapping[str, str]]) -> Iterator[ListedNumber]:
    for row in group:
        value = row.get("Identification_Number", "") or row.get("Identification_LatinNumber", "")
        kind = row.get("Identification_TypeCode", "") or row.get("Identification_TypeDescription", "")
        if not kind and (old := _OLD_DOCUMENT.fullmatch(value)) is not None:
            value, kind = old.group(1), old.group(2)
        if value:
            yield ListedNumber(kind or "other", value, _country(row.get("Identification_CountryIso2Code", "")))
    for row in group:
        for key, contact in _CONTACT.findall(row.get("Address_ContactInfo", "") or row.get("Address_Place", "")):
            yield ListedNumber("website" if key == "WEB" else key.lower(), contact.strip())


def _country(code: str) -> str:
    return "" if code in _NO_COUNTRY else country_code(code)


def _joined(row: Mapping[str, str], group: str, fields: tuple[str, ...]) -> str:
    cells = (_BRACKETED.sub("", _OLD_REMARK.sub("", row.get(f"{group}_{field}", ""))) for field in fields)
    values = (" ".join(cell.split()) for cell in cells)
    return ", ".join(value for value in values if value and value not in {"UNKNOWN", "-"})
