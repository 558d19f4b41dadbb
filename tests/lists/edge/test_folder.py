from __future__ import annotations

from pathlib import Path

import pytest

from lists.edge import folder as folder_module
from lists.edge.folder import find_lists
from lists.edge.sources import sources
from lists.entry import ListRefused
from lists.formats import by_name
from tests.lists.official import ADD, ALT, EU_XML, OFAC_XML, SDN, UN_XML


def put(folder: Path, files: dict[str, bytes]) -> Path:
    for name, raw in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(raw)
    return folder


def test_lists_are_found_by_their_content_anywhere_below(tmp_path: Path) -> None:
    put(
        tmp_path,
        {
            "a/SDN.CSV": SDN,
            "a/alt.csv": ALT,
            "b/2026-05-01/cons_prim.csv": SDN,
            "b/2026-05-01/cons_add.csv": ADD,
            "c/d/list.xml": UN_XML,
            "eu.xml": EU_XML,
        },
    )
    found, skipped = find_lists([tmp_path])
    assert [(one.source, one.published, sorted(one.parts)) for one in found] == [
        ("EU", "2026-04-22", ["main"]),
        ("OFAC_NON_SDN", "2026-05-01", ["add", "sdn"]),
        ("OFAC_SDN", "", ["alt", "sdn"]),
        ("UN", "2026-02-27", ["main"]),
    ]
    assert skipped == []


def test_the_newest_version_is_used_and_the_others_are_told(tmp_path: Path) -> None:
    put(
        tmp_path,
        {
            "2024-06/sdn.csv": SDN,
            "2025-12-01/sdn.csv": SDN,
            "2025-12/alt.csv": ALT,
            "old.xml": OFAC_XML,
            "undated/sdn.csv": SDN,
        },
    )
    found, skipped = find_lists([tmp_path])
    assert [(one.source, one.published) for one in found] == [("OFAC_SDN", "2025-12-01")]
    assert sorted(f"{Path(one.file).relative_to(tmp_path)}: {one.why}" for one in skipped) == [
        "2024-06/sdn.csv: version 2024-06 of OFAC_SDN; 2025-03-28 is used",
        "2025-12/alt.csv: part of OFAC_SDN without its main file beside it",
        "old.xml: version 2025-03-28 of OFAC_SDN; 2025-12-01 is used",
        "undated/sdn.csv: version without date of OFAC_SDN; 2024-06 is used",
    ]


def test_what_is_no_list_is_told(tmp_path: Path) -> None:
    put(tmp_path, {"a.json": b"{}", "b.csv": b"x,y\n", "c.xml": b"<html/>", ".hidden/d.xml": b"", ".e.xml": b""})
    found, skipped = find_lists([tmp_path])
    assert found == []
    assert [Path(one.file).name for one in skipped] == ["a.json", "b.csv", "c.xml"]


def test_single_files_may_be_given(tmp_path: Path) -> None:
    put(tmp_path, {"sdn.csv": SDN, "alt.csv": ALT, "un.xml": UN_XML})
    found, _ = find_lists([tmp_path / "sdn.csv", tmp_path / "alt.csv"])
    assert [sorted(one.parts) for one in found] == [["alt", "sdn"]]


@pytest.mark.parametrize(
    ("declared", "says"),
    [
        ('[[list]]\nsource = "UN"', "list.0.files: Field required"),
        ('[[list]]\nsource = "UN"\nsize = 3', "list.0.size"),
        ("[[list", "is no TOML"),
        ("\ufeff\u0000", "is no TOML"),
        ("", "list: Field required"),
        ('files = ["gone.xml"]', "gone.xml is not there: put it there or take the list out"),
        ('files = ["note.txt"]', "note.txt is of no known format"),
        ('files = ["un.xml"]\nformat = "pdf"', "un.xml is of no known format"),
        ('files = ["un.xml"]\npublished = "May 2026"', "published = 'May 2026' is no date"),
    ],
)
def test_a_declaration_that_does_not_hold_is_refused(tmp_path: Path, declared: str, says: str) -> None:
    put(tmp_path, {"un.xml": UN_XML, "note.txt": b"note"})
    head = '[[list]]\nsource = "UN"\nminimum_entries = 1\nminimum_names = 1\n' if declared.startswith("files") else ""
    (tmp_path / "lists.toml").write_text(head + declared)
    with pytest.raises(ListRefused) as refused:
        find_lists([tmp_path])
    assert says in str(refused.value)
    assert "lists.toml" in str(refused.value)


def test_a_declaration_may_name_the_format_and_a_list_of_ones_own(tmp_path: Path) -> None:
    put(tmp_path, {"ours.data": OFAC_XML, "un.xml": UN_XML})
    (tmp_path / "lists.toml").write_text(
        '[[list]]\nsource = "OURS"\nfiles = ["ours.data"]\nformat = "ofac_xml"\nminimum_entries = 1\n'
        "minimum_names = 1\n"
    )
    found, _ = find_lists([tmp_path])
    assert [(one.source, one.minimum_entries) for one in found] == [
        ("OURS", 1),
        ("UN", sources()["UN"].minimum[0].entries),
    ]


def test_a_path_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ListRefused, match="nowhere does not exist"):
        find_lists([tmp_path / "nowhere"])


def test_a_file_that_cannot_be_read_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = put(tmp_path, {"un.xml": UN_XML}) / "un.xml"
    monkeypatch.setattr(folder_module, "_LARGEST_BYTES", 10)
    with pytest.raises(ListRefused, match="larger than 10 bytes"):
        find_lists([file])
    with pytest.raises(ListRefused, match=r"cannot be read \(No such file"):
        folder_module.read(tmp_path / "gone.xml")


def test_every_source_is_whole_and_has_formats_we_read() -> None:
    assert set(sources()) == {
        "CH", "EU", "FR", "OFAC_NON_SDN", "OFAC_SDN", "OPENSANCTIONS", "UK", "UK_OFSI", "UN", "US_CSL",
    }  # fmt: skip
    for list_id, source in sources().items():
        assert source.id == list_id
        assert all(by_name(name) for name in source.formats)
        assert source.page.startswith("https://")
        assert all(address.startswith("https://") for address in source.addresses)
        assert all(0 < minimum.entries < minimum.names for minimum in source.minimum)
        assert not source.minimum[0].since
        assert [minimum.since for minimum in source.minimum] == sorted(minimum.since for minimum in source.minimum)
        assert source.maximum_age_hours > 0
        assert source.title
        assert source.publisher
        assert source.licence


def test_what_was_whole_five_years_ago_is_half_a_list_today() -> None:
    sdn = sources()["OFAC_SDN"]
    assert [sdn.minimum_of(day).entries for day in ("2021-07", "2024-06", "2026-04-22", "")] == [
        8_500,
        12_000,
        15_000,
        15_000,
    ]
