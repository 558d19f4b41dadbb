"""OFAC's comma separated lists: sdn.csv with alt.csv, add.csv and sdn_comments.csv; cons_prim.csv and its like.

Publisher's description: https://ofac.treasury.gov/sdn-list/sdn-data-formats-data-schemas ("dat_spec.txt"). No header
(some copies carry one), "-0-" for nothing, the files linked by `ent_num`, the last line a single 0x1A. Names of persons
are "LAST, First"; weak aliases stand quoted in the remarks, as do dates, places and numbers; remarks over 1,000
characters go on in the comments file.
"""

from __future__ import annotations

import csv
import re
from io import StringIO
from typing import TYPE_CHECKING

from lists.entry import Entry, EntryKind, ListedNumber, ListRefused, Strength
from lists.formats.facts import country_code, unique
from lists.formats.naming import listed_names, natural_order
from lists.formats.ofac import KINDS, REGION, Remarks, read_remarks
from lists.formats.reading import decoded

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from lists.formats.parts import Parts

NAME = "ofac_csv"

_NOTHING = "-0-"
_END = "\x1a"
_COLUMNS = {"sdn": 12, "add": 6, "alt": 5, "comments": 2}
_FORMER = "fka"
_MOST_ORPHANS = 0.05
_PART_WORDS = re.compile(r"sdn|prim|alt|add|comments|\.csv$|[_\-. ]")
_HEADER = "ent_num"


def matches(raw: bytes, filename: str) -> bool:
    """Whether this is one of OFAC's csv files, by its first row."""
    return filename.lower().endswith(".csv") and _part_of(raw) is not None


def part(raw: bytes, filename: str) -> tuple[str, str]:
    """Which list of the folder the file belongs to ("" or "cons", or what else its name holds), and as which part."""
    return _PART_WORDS.sub("", filename.lower()), _part_of(raw) or ""


def source(_raw: bytes, filename: str) -> str:
    """The consolidated (non-SDN) list is published as cons_*.csv."""
    return "OFAC_NON_SDN" if "cons" in filename.lower() else "OFAC_SDN"


def published(_parts: Parts) -> str:
    """The csv files carry no date."""
    return ""


def parse(parts: Parts, source_id: str) -> Iterator[Entry]:
    """Entries of the main file with what the other parts add. Raises ListRefused for damaged or mismatched files."""
    if "sdn" not in parts:
        raise ListRefused(f"{', '.join(sorted(parts))} without the main file: put sdn.csv (or cons_prim.csv) beside it")
    rows = _rows(parts["sdn"], "sdn")
    known = {row[0] for row in rows}
    extras = {name: _by_entry(parts[name], name, known) for name in ("alt", "add", "comments") if name in parts}
    for row in rows:
        yield _entry(row, extras, source_id)


def _part_of(raw: bytes) -> str | None:
    head = raw[:8192].removeprefix(b"\xef\xbb\xbf").decode(errors="replace")
    try:
        row = next((row for row in csv.reader(StringIO(head)) if row), [])
    except csv.Error:
        return None
    if not row or not (row[0].strip().isdigit() or row[0].strip().lower() == _HEADER):
        return None
    return next((name for name, columns in _COLUMNS.items() if columns == len(row)), None)


def _rows(raw: bytes, name: str) -> list[list[str]]:
    """The rows of one part, cells stripped, nothing as ""."""
    try:
        text = decoded(raw)
    except ListRefused as refused:
        raise ListRefused(f"part {name}: {refused}") from refused
    reader = csv.reader(StringIO(text, newline=""), strict=True)
    try:
        return [
            _checked(row, name, reader.line_num)
            for row in reader
            if row and row[0] != _END and row[0].lower() != _HEADER
        ]
    except csv.Error as error:
        raise ListRefused(
            f"part {name}, line {reader.line_num}: {error}: the file is damaged or cut short, fetch it again"
        ) from error


def _checked(row: list[str], name: str, line: int) -> list[str]:
    if len(row) != _COLUMNS[name] or not row[0].strip().isdigit():
        raise ListRefused(
            f"part {name}, line {line}: {len(row)} columns beginning {row[0][:20]!r} where {_COLUMNS[name]} beginning"
            " with a number are published: the file is damaged or cut short, fetch it again"
        )
    return ["" if (cell := value.strip()) == _NOTHING else cell for value in row]


def _by_entry(raw: bytes, name: str, known: set[str]) -> dict[str, list[list[str]]]:
    """The rows of a part by the entry they belong to. Many rows of unknown entries: the files are of different days."""
    table: dict[str, list[list[str]]] = {}
    rows = _rows(raw, name)
    for row in rows:
        table.setdefault(row[0], []).append(row)
    orphans = sum(len(found) for key, found in table.items() if key not in known)
    if orphans > _MOST_ORPHANS * max(len(rows), 1):
        raise ListRefused(
            f"{orphans:,} of {len(rows):,} rows of part {name} belong to entries the main file does not have: the main"
            " file is cut short, or the parts are of different days; fetch all parts together"
        )
    return table


def _entry(row: list[str], extras: Mapping[str, Mapping[str, list[list[str]]]], source_id: str) -> Entry:
    key, name, kind_word, programmes, _title, call_sign, _type, _tonnage, _grt, flag, _owner, remarks = row
    of = {part_name: table.get(key, []) for part_name, table in extras.items()}
    remarks += "".join(comment[1] for comment in of.get("comments", []))
    kind = KINDS.get(kind_word.lower(), EntryKind.ORGANISATION)
    facts = read_remarks(remarks)
    order = natural_order if kind is EntryKind.PERSON else str
    return Entry(
        list=source_id,
        reference=key,
        kind=kind,
        names=listed_names(
            [
                (order(name), Strength.PRIMARY),
                *((order(alias[3]), Strength.STRONG) for alias in of.get("alt", []) if alias[2] != _FORMER),
                *((order(alias), Strength.WEAK) for alias in facts.weak_names),
            ],
            [
                *((order(alias[3]), Strength.STRONG) for alias in of.get("alt", []) if alias[2] == _FORMER),
                *((order(alias), Strength.WEAK) for alias in facts.weak_former_names),
            ],
        ),
        birth_dates=unique(facts.birth_dates),
        birth_places=unique(facts.birth_places),
        countries=unique([*facts.countries, country_code(flag)]),
        addresses=unique([_address(address) for address in of.get("add", [])]),
        numbers=_numbers(facts, call_sign),
        programmes=tuple(re.split(r"\]\s*\[", programmes.strip("[]"))) if programmes else (),
        remarks=remarks,
    )


def _address(row: list[str]) -> str:
    return ", ".join(cell.removeprefix(REGION) for cell in row[2:5] if cell)


def _numbers(facts: Remarks, call_sign: str) -> tuple[ListedNumber, ...]:
    return (*facts.numbers, *((ListedNumber("Call Sign", call_sign),) if call_sign else ()))
