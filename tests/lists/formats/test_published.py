"""The real list files load, with the counts the files themselves have."""

from __future__ import annotations

import time
from collections import Counter
from pathlib import Path

import pytest

from lists.entry import Entry, EntryKind, ListRefused, Strength
from lists.formats import ofac_csv, ofac_xml, recognise
from tests.shared import SHARED

pytestmark = pytest.mark.shared

LISTS = SHARED / "data" / "lists"
PERSON, COMPANY, VESSEL, AIRCRAFT = EntryKind.PERSON, EntryKind.ORGANISATION, EntryKind.VESSEL, EntryKind.AIRCRAFT
SDN_2026 = {PERSON: 7408, COMPANY: 9547, VESSEL: 1461, AIRCRAFT: 342}


def parse(*files: str) -> list[Entry]:
    raws = {file: (LISTS / file).read_bytes() for file in files}
    first, name = raws[files[0]], Path(files[0]).name
    known = recognise(first, name)
    assert known is not None
    parts = {known.part(raw, Path(file).name)[1]: raw for file, raw in raws.items()}
    return list(known.parse(parts, known.source(first, name)))


@pytest.mark.parametrize(
    ("files", "kinds", "least_names"),
    [
        (
            [f"ofac/2021-07/{part}.csv" for part in ("sdn", "alt", "add", "sdn_comments")],
            {PERSON: 4620, COMPANY: 3673, VESSEL: 406, AIRCRAFT: 277},
            23_000,
        ),
        (
            ["ofac/2024-06/sdn.csv", "ofac/2024-06/add.csv"],
            {PERSON: 6915, COMPANY: 7252, VESSEL: 861, AIRCRAFT: 374},
            19_000,
        ),
        (["ofac/rebuilt/sdn_rebuilt_2026-04.csv"], SDN_2026, 22_000),
        (["ofac/rebuilt/sdn_rebuilt_2026-04.xml"], SDN_2026, 43_000),
        (["ofac/consolidated_2018_oldns.xml"], {PERSON: 94, COMPANY: 471, VESSEL: 74}, 1_890),
        (["ofac/consolidated_2025-03-28.xml"], {PERSON: 80, COMPANY: 363}, 1_570),
        (["un/consolidated_2018.xml"], {PERSON: 703, COMPANY: 390}, 4_300),
        (["un/consolidated_2025-04-19.xml"], {PERSON: 684, COMPANY: 193}, 4_000),
        (["un/consolidated_2026-02.xml"], {PERSON: 730, COMPANY: 273}, 4_300),
        (["eu/xmlFullSanctionsList_1_1_excerpt_2024-12-11.xml"], {PERSON: 1}, 3),
        (["eu/rebuilt/xmlFullSanctionsList_1_1_rebuilt_2026-04-22.xml"], {PERSON: 4353, COMPANY: 1520}, 29_700),
    ],
)
def test_a_published_list_loads_whole(files: list[str], kinds: dict[EntryKind, int], least_names: int) -> None:
    entries = parse(*files)
    assert Counter(entry.kind for entry in entries) == kinds
    assert sum(len(entry.names) for entry in entries) >= least_names
    assert all(entry.names for entry in entries)
    assert max(Counter(entry.reference for entry in entries).values()) == 1


def test_alias_and_address_files_without_their_main_file_are_refused() -> None:
    parts = {part: (LISTS / f"ofac/2025-12/{part}.csv").read_bytes() for part in ("alt", "add")}
    with pytest.raises(ListRefused, match="without the main file"):
        list(ofac_csv.parse(parts, "OFAC_SDN"))


def test_parts_of_different_days_are_refused() -> None:
    sdn, alt = (LISTS / "ofac/2021-07/sdn.csv").read_bytes(), (LISTS / "ofac/2025-12/alt.csv").read_bytes()
    with pytest.raises(ListRefused, match="of different days"):
        list(ofac_csv.parse({"sdn": sdn, "alt": alt}, "OFAC_SDN"))


def test_an_excerpt_that_says_it_is_more_is_refused() -> None:
    with pytest.raises(ListRefused, match="says it holds 5,704 entries and holds 4"):
        parse("ofac/fixtures/sdn_excerpt.xml")


def test_csv_and_xml_of_one_day_agree() -> None:
    """Both were rebuilt from one source; the XML lost countries, places and inexact dates on the way."""
    csv = {entry.reference: entry for entry in parse("ofac/rebuilt/sdn_rebuilt_2026-04.csv")}
    xml = {entry.reference: entry for entry in parse("ofac/rebuilt/sdn_rebuilt_2026-04.xml")}
    assert csv.keys() == xml.keys()
    numbers_alike = weak_alike = 0
    for reference, entry in csv.items():
        other = xml[reference]
        assert (entry.kind, entry.name, set(entry.programmes)) == (other.kind, other.name, set(other.programmes))
        assert all(date[:4] in " ".join(entry.birth_dates) for date in other.birth_dates)
        weak = {name.text.casefold() for name in entry.names if name.strength is Strength.WEAK}
        weak_alike += weak <= {name.text.casefold() for name in other.names}
        numbers_alike += {number.value for number in entry.numbers} == {number.value for number in other.numbers}
    assert numbers_alike / len(csv) > 0.97
    assert weak_alike / len(csv) > 0.999


def test_all_scripts_and_weak_names_are_kept() -> None:
    names = [name for entry in parse("un/consolidated_2026-02.xml") for name in entry.names]
    assert Counter(name.strength for name in names)[Strength.WEAK] > 600
    assert {"latn", "arab", "cyrl"} <= {name.script for name in names}
    assert not [name.text for name in names if ";" in name.text or "original script" in name.text]


def test_an_18_megabyte_list_loads_in_seconds() -> None:
    raw = (LISTS / "ofac/rebuilt/sdn_rebuilt_2026-04.xml").read_bytes()
    began = time.process_time()
    assert sum(len(entry.names) for entry in ofac_xml.parse({"main": raw}, "OFAC_SDN")) > 43_000
    assert time.process_time() - began < 15
