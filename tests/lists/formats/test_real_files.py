"""Every real list file loads, and holds as many entries as counting in the raw bytes tells."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from collections import Counter
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from lists.entry import Entry, ListRefused, Strength
from lists.formats import recognise, us_csl_csv
from tests.shared import SHARED

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = pytest.mark.shared

LISTS = SHARED / "data" / "lists"
ENHANCED = "ofac/CONS_ENHANCED_2025.ZIP"
LEGACY_2025 = "ofac/consolidated_2025-03-28.xml"
ADVANCED = "ofac/cons_advanced_2020-03-17.xml"
LEGACY_2018 = "ofac/consolidated_2018_oldns.xml"
UK = "uk_fcdo/rebuilt/UK-Sanctions-List_rebuilt_2026-05.xml"
FR = "fr_tresor/rebuilt/Registrenationaldesgels_rebuilt_2026-05-31.json"
T1 = "opensanctions/yente_t1_entities.ftm.json"
DELTA = "opensanctions/delta/20240527194702-wnk.entities.delta.json"
CSL = "us_csl/csl_2023-11.csv"


@cache
def parse(*files: str) -> tuple[Entry, ...]:
    raws = {file: (LISTS / file).read_bytes() for file in files}
    first, name = raws[files[0]], Path(files[0]).name
    known = recognise(first, name)
    assert known is not None
    parts = {known.part(raw, Path(file).name)[1]: raw for file, raw in raws.items()}
    return tuple(known.parse(parts, known.source(first, name)))


def times(*marks: bytes) -> Callable[[bytes], int]:
    return lambda raw: sum(map(raw.count, marks))


def different(pattern: bytes) -> Callable[[bytes], int]:
    return lambda raw: len(set(re.findall(pattern, raw, re.MULTILINE)))


def entities_zipped(raw: bytes) -> int:
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        return archive.read(archive.namelist()[0]).count(b"<entity id=")


def not_delisted(raw: bytes) -> int:
    return sum(b'"de-listed"' not in target for target in raw.split(b"<target ")[1:])


def table_rows(raw: bytes) -> int:
    return sum(1 for _row in csv.reader(io.StringIO(raw.decode(), newline=""))) - 1


@pytest.mark.parametrize(
    ("file", "count"),
    [
        ("ofac/2021-07/sdn.csv", different(rb"^(\d+),")),
        ("ofac/2024-06/sdn.csv", different(rb"^(\d+),")),
        ("ofac/rebuilt/sdn_rebuilt_2026-04.csv", different(rb"^\"?(\d+)\"?,")),
        ("ofac/rebuilt/sdn_rebuilt_2026-04.xml", times(b"<sdnEntry>")),
        (LEGACY_2018, times(b"<sdnEntry>")),
        (LEGACY_2025, times(b"<sdnEntry>")),
        (ADVANCED, times(b"<DistinctParty ")),
        (ENHANCED, entities_zipped),
        ("un/consolidated_2018.xml", times(b"<INDIVIDUAL>", b"<ENTITY>")),
        ("un/consolidated_2025-04-19.xml", times(b"<INDIVIDUAL>", b"<ENTITY>")),
        ("un/consolidated_2026-02.xml", times(b"<INDIVIDUAL>", b"<ENTITY>")),
        ("eu/xmlFullSanctionsList_1_1_excerpt_2024-12-11.xml", times(b"<sanctionEntity ")),
        ("eu/rebuilt/xmlFullSanctionsList_1_1_rebuilt_2026-04-22.xml", times(b"<sanctionEntity ")),
        ("eu/csvFullSanctionsList_short.csv", different(rb'^"\d\d/\d\d/\d{4};(\d+);')),
        ("uk_fcdo/UK-Sanctions-List_excerpt_2026-09-02.xml", times(b"<Designation>")),
        (UK, times(b"<Designation>")),
        ("uk_ofsi/sanctionsconlist_2018-04-13.csv", different(rb",\d\d/\d\d/\d{4},(\d+)\r?$")),
        (FR, times(b'"IdRegistre"')),
        ("ch_seco/seco_excerpt_2026-08-27.xml", not_delisted),
        ("ch_seco/seco_kebalkhadka.xml", not_delisted),
        ("opensanctions/entities.ftm_sa_peps.json", times(b'"target":true', b'"target": true')),
        ("opensanctions/targets.nested_sa_peps.json", different(rb'^\{"id":"([^"]+)"')),
        (T1, times(b'"target":true')),
        ("opensanctions/targets.simple_ua_war_2026-03.csv", table_rows),
    ],
)
def test_a_file_loads_with_the_count_it_has(file: str, count: Callable[[bytes], int]) -> None:
    entries = parse(file)
    assert len(entries) == count((LISTS / file).read_bytes())
    assert max(Counter(entry.reference for entry in entries).values()) == 1
    assert all(entry.names for entry in entries)
    assert not [
        entry for entry in entries for name in entry.names if re.search(r"\b[afn]\.k\.a", name.text, re.IGNORECASE)
    ]


def test_a_delta_adds_to_the_entities_it_is_for() -> None:
    raw = (LISTS / DELTA).read_bytes()
    added = raw.count(b'{"op":"ADD"')
    assert len(parse(T1, DELTA)) == len(parse(T1)) + added == 8
    with pytest.raises(ListRefused, match="a delta file alone is no list"):
        parse(DELTA)


def test_the_screening_list_ends_in_the_middle_of_a_row_and_is_refused_for_it() -> None:
    raw = (LISTS / CSL).read_bytes()
    with pytest.raises(ListRefused, match="unexpected end of data"):
        list(us_csl_csv.parse({"main": raw}, "US_CSL"))
    whole = raw[: raw.rindex(b'\n"11476"') + 1]
    keys = {row[0] for row in csv.reader(io.StringIO(whole.decode(), newline=""))} - {"_id"}
    assert len(list(us_csl_csv.parse({"main": whole}, "US_CSL"))) == len(keys) == 4219


def test_the_register_holds_what_its_publisher_says() -> None:
    said = json.loads((LISTS / "fr_tresor/metadata.json").read_bytes())
    entries = parse(FR)
    assert len(entries) == said["count"]
    assert sorted(Counter(entry.kind for entry in entries).values()) == sorted(said["counts_by_nature"].values())


@pytest.mark.parametrize(
    ("file", "kind", "mark"),
    [
        (UK, "Passport", b"<PassportNumber>"),
        (UK, "IMO number", b"<IMONumber>"),
        (UK, "National identification number", b"<NationalIdentifierNumber>"),
        (FR, "IMO", b'"NumeroOMI"'),
        (LEGACY_2025, "SWIFT/BIC", b"<idType>SWIFT/BIC<"),
        (LEGACY_2025, "Email Address", b"<idType>Email Address<"),
        (LEGACY_2025, "Website", b"<idType>Website<"),
    ],
)
def test_as_many_numbers_as_the_file_has(file: str, kind: str, mark: bytes) -> None:
    kept = sum(number.kind == kind for entry in parse(file) for number in entry.numbers)
    assert kept >= (LISTS / file).read_bytes().count(mark) * 0.995  # a number given twice is kept once


def test_weak_former_and_foreign_names_are_kept() -> None:
    names = [name for file in (UK, FR, ENHANCED) for entry in parse(file) for name in entry.names]
    assert {"latn", "cyrl", "arab", "hani", "hang", "hebr"} <= {name.script for name in names}
    weak_in_uk = (LISTS / UK).read_bytes().count(b"low_quality_aka")
    assert sum(name.strength is Strength.WEAK for entry in parse(UK) for name in entry.names) >= weak_in_uk
    with zipfile.ZipFile(LISTS / ENHANCED) as archive:
        former = archive.read(archive.namelist()[0]).count(b">F.K.A.</aliasType>")
    assert sum(name.former for entry in parse(ENHANCED) for name in entry.names) >= former > 100


def test_legacy_and_enhanced_files_of_one_quarter_agree() -> None:
    """Ten weeks lie between them; what OFAC did not touch is the same in both, names in other scripts aside."""
    legacy, enhanced = ({entry.reference: entry for entry in parse(file)} for file in (LEGACY_2025, ENHANCED))
    assert legacy.keys() == enhanced.keys()
    names_alike = numbers_alike = 0
    for reference, entry in legacy.items():
        other = enhanced[reference]
        for field in ("kind", "name", "birth_dates", "birth_places", "countries"):
            assert getattr(entry, field) == getattr(other, field), (reference, field)
        for field in ("addresses", "programmes"):
            assert set(getattr(entry, field)) == set(getattr(other, field)), (reference, field)
        names_alike += set(entry.names) == {name for name in other.names if name.script == "latn"}
        numbers_alike += set(entry.numbers) == set(other.numbers)
    assert names_alike / len(legacy) > 0.98
    assert numbers_alike / len(legacy) > 0.99


def test_legacy_and_advanced_files_agree_on_what_two_years_left() -> None:
    legacy, advanced = ({entry.reference: entry for entry in parse(file)} for file in (LEGACY_2018, ADVANCED))
    common = sorted(legacy.keys() & advanced.keys())
    assert len(common) == 373
    for field, least in (("kind", 1), ("birth_dates", 1), ("countries", 1), ("addresses", 0.99), ("programmes", 0.99)):
        alike = sum(
            set(map(str, _values(legacy[reference], field))) == set(map(str, _values(advanced[reference], field)))
            for reference in common
        )
        assert alike / len(common) >= least, field
    # OFAC changed the case of some names, so letters are compared.
    names_alike = sum(
        {name.text.casefold() for name in legacy[reference].names}
        == {name.text.casefold() for name in advanced[reference].names}
        for reference in common
    )
    assert names_alike / len(common) > 0.9


def test_csv_and_xml_of_the_eu_say_the_same_of_whom_both_have() -> None:
    [from_xml] = parse("eu/xmlFullSanctionsList_1_1_excerpt_2024-12-11.xml")
    [from_csv] = [entry for entry in parse("eu/csvFullSanctionsList_short.csv") if entry.name == from_xml.name]
    for field in ("kind", "names", "birth_dates", "countries", "programmes", "listed_on"):
        assert getattr(from_xml, field) == getattr(from_csv, field), field


def _values(entry: Entry, field: str) -> tuple[object, ...]:
    value = getattr(entry, field)
    return value if isinstance(value, tuple) else (value,)
