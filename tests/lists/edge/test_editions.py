from __future__ import annotations

import gzip
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import orjson
import pytest

from lists.edge import store as stores
from lists.edge.editions import LoadedEdition, import_lists, load
from lists.edge.freshness import freshness
from lists.edge.gates import Refused
from lists.edge.whole_edition import own_names
from lists.entry import ListRefused
from lists.index import Index
from lists.policy import ListRule, ScreeningPolicy
from tests.lists.official import ADD, ALT, EU_XML, OFAC_XML, SDN, UN_XML
from tests.shared import SHARED

if TYPE_CHECKING:
    from pathlib import Path

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
DECLARED = """
[[list]]
source = "OFAC_SDN"
files = ["sdn.csv", "alt.csv", "add.csv"]
published = "2026-05-01"
minimum_entries = 3
minimum_names = 6

[[list]]
source = "UN"
files = ["un.xml"]
minimum_entries = 1
minimum_names = 1
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    source = tmp_path / "lists"
    source.mkdir()
    for name, raw in (("sdn.csv", SDN), ("alt.csv", ALT), ("add.csv", ADD), ("un.xml", UN_XML)):
        (source / name).write_bytes(raw)
    (source / "lists.toml").write_text(DECLARED)
    return source


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return tmp_path / "store"


def declare(folder: Path, text: str) -> None:
    (folder / "lists.toml").write_text(text)


def only_un(folder: Path, raw: bytes = UN_XML) -> None:
    for file in folder.iterdir():
        file.unlink()
    (folder / "un.xml").write_bytes(raw)
    declare(folder, '[[list]]\nsource = "UN"\nfiles = ["un.xml"]\nminimum_entries = 1\nminimum_names = 1\n')


def stale(edition: LoadedEdition, hours: float, **rules: ListRule) -> list[str]:
    return freshness(edition, ScreeningPolicy(lists=rules), NOON + timedelta(hours=hours))


def test_a_folder_is_an_edition(folder: Path) -> None:
    edition = load(folder, NOON)
    assert [(one.id, one.published, one.entries) for one in edition.lists] == [
        ("OFAC_SDN", "2026-05-01", 3),
        ("UN", "2026-02-27", 2),
    ]
    assert [entry.reference for entry in edition.entries] == ["101", "102", "103", "NLi.001", "NLe.001"]
    assert edition.imported_at == NOON
    assert [used.id for used in edition.edition.lists] == ["OFAC_SDN", "UN"]
    assert edition.skipped == ()


def test_a_store_gives_the_same_edition_as_its_files(folder: Path, store: Path) -> None:
    imported = import_lists([folder], store, max_drop=0.1, now=NOON)
    assert imported.edition == load(folder).edition
    again = load(store)
    assert (again.edition, again.entries, again.lists) == (imported.edition, imported.entries, imported.lists)
    assert again.imported_at == NOON


def test_the_same_lists_make_the_same_bytes_anywhere(folder: Path, tmp_path: Path) -> None:
    for name in ("a", "b"):
        import_lists([folder], tmp_path / name, max_drop=0.1, now=NOON)
    a, b = (
        {
            file.relative_to(tmp_path / name): file.read_bytes()
            for file in (tmp_path / name).rglob("*")
            if file.is_file()
        }
        for name in ("a", "b")
    )
    assert a == b


def test_verifying_unchanged_lists_again_makes_them_young_again(folder: Path, store: Path) -> None:
    first = import_lists([folder], store, max_drop=0.1, now=NOON - timedelta(hours=30))
    assert stale(load(store), 0, UN=ListRule()) != []
    second = import_lists([folder], store, max_drop=0.1, now=NOON)
    assert first.edition.id == second.edition.id
    assert stale(load(store), 0, UN=ListRule()) == []


@pytest.mark.requirement("SCR-11", "SCR-17")
def test_lists_that_are_not_renewed_stay_with_their_own_age(folder: Path, store: Path) -> None:
    import_lists([folder], store, max_drop=0.1, now=NOON - timedelta(hours=30))
    only_un(folder)
    edition = import_lists([folder], store, max_drop=0.1, now=NOON)
    assert [(one.id, one.imported_at) for one in edition.lists] == [
        ("OFAC_SDN", NOON - timedelta(hours=30)),
        ("UN", NOON),
    ]
    assert load(store).edition == edition.edition
    assert len(edition.entries) == 5


def test_a_list_may_be_new_to_a_store(folder: Path, store: Path) -> None:
    only_un(folder)
    import_lists([folder], store, max_drop=0.1, now=NOON)
    (folder / "eu.xml").write_bytes(EU_XML)
    declare(folder, '[[list]]\nsource = "EU"\nfiles = ["eu.xml"]\nminimum_entries = 1\nminimum_names = 1\n')
    (folder / "un.xml").unlink()
    assert [one.id for one in import_lists([folder], store, max_drop=0.1, now=NOON).lists] == ["EU", "UN"]


@pytest.mark.parametrize(
    ("raw", "says"),
    [
        (UN_XML.replace(b"ENTITY>", b"GONE>"), "would shrink from 2 entries to 1, more than the 10%"),
        (UN_XML.replace(b"2026-02-27", b"2026-02-26"), "UN of 2026-02-26 is older than the one in use"),
        (UN_XML[:-40], "no well-formed XML"),
        (b"<html>not found</html>", "is of no known format"),
        (b"", "is of no known format"),
    ],
)
def test_a_refused_list_leaves_the_edition_in_use(folder: Path, store: Path, raw: bytes, says: str) -> None:
    before = import_lists([folder], store, max_drop=0.1, now=NOON)
    only_un(folder, raw)
    with pytest.raises(ListRefused, match=says):
        import_lists([folder], store, max_drop=0.1, now=NOON)
    assert load(store).edition == before.edition


def test_part_of_a_list_that_was_never_in_use_is_left_out_of_an_import(folder: Path, store: Path) -> None:
    (folder / "excerpt.xml").write_bytes(EU_XML)
    imported = import_lists([folder], store, max_drop=0.1, now=NOON)
    assert [one.id for one in imported.lists] == ["OFAC_SDN", "UN"]
    [skipped] = imported.skipped
    assert "entries where at least" in skipped.why
    assert stores.refusals(store) == ()


def test_a_failed_check_leaves_the_edition_in_use(folder: Path, store: Path) -> None:
    def damaged(*_editions: object) -> list[Refused]:
        return [Refused("UN", "own_names", "names are damaged")]

    with pytest.raises(ListRefused, match="names are damaged"):
        import_lists([folder], store, max_drop=0.1, check=damaged)
    assert not store.exists()


def test_every_problem_is_named_at_once(folder: Path) -> None:
    (folder / "un.xml").write_bytes(UN_XML[:-40])
    (folder / "sdn.csv").write_bytes(SDN[:250])
    with pytest.raises(ListRefused) as refused:
        load(folder)
    assert [line.split(" ")[0] for line in str(refused.value).splitlines()] == ["OFAC_SDN", "UN"]


@pytest.mark.parametrize(
    ("raw", "says"),
    [
        (SDN[: SDN.index(b"103,")] + b"\x1a", "holds 2 entries where at least 3 are expected"),
        (b"\x1a", "of no known format"),
        (SDN.replace(b"103,", b"102,"), "entry 102 stands in it 2 times"),
    ],
)
def test_a_list_that_is_not_whole_is_refused(folder: Path, raw: bytes, says: str) -> None:
    declare(folder, DECLARED.replace(', "alt.csv", "add.csv"', "").replace("minimum_names = 6", "minimum_names = 1"))
    (folder / "sdn.csv").write_bytes(raw)
    with pytest.raises(ListRefused, match=says):
        load(folder)


def test_too_few_names_are_refused(folder: Path) -> None:
    declare(folder, DECLARED.replace("minimum_names = 6", "minimum_names = 60"))
    with pytest.raises(ListRefused, match="holds 7 names where at least 60 are expected"):
        load(folder)


def test_an_official_list_must_be_whole_without_any_declaration(tmp_path: Path) -> None:
    (tmp_path / "sdn.xml").write_bytes(OFAC_XML)
    with pytest.raises(ListRefused, match=r"OFAC_SDN \(.*sdn\.xml\): holds 3 entries where at least 12,000"):
        load(tmp_path)


def test_half_a_list_found_among_whole_ones_is_left_out_and_told(folder: Path) -> None:
    (folder / "official.xml").write_bytes(OFAC_XML.replace(b">CUBA<", b">NS-PLC<"))
    edition = load(folder)
    assert "OFAC_NON_SDN" not in [one.id for one in edition.lists]
    [told] = [skipped for skipped in edition.skipped if skipped.file.endswith("official.xml")]
    assert told.why.startswith("OFAC_NON_SDN (")
    assert "holds 3 entries where at least 350 are expected" in told.why


def test_nothing_usable_is_refused(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("none")
    with pytest.raises(ListRefused, match="no published list found in it"):
        load(tmp_path)


@pytest.mark.parametrize("file", ["current.json", "manifest.json", "entries.json.gz"])
def test_a_damaged_store_is_refused(folder: Path, store: Path, file: str) -> None:
    import_lists([folder], store, max_drop=0.1, now=NOON)
    damaged = next(store.rglob(file))
    damaged.write_bytes(damaged.read_bytes()[:-20])
    with pytest.raises(ListRefused, match="missing or damaged"):
        load(store)


def test_a_changed_store_is_refused(folder: Path, store: Path) -> None:
    import_lists([folder], store, max_drop=0.1, now=NOON)
    packed = next(store.rglob("entries.json.gz"))
    entries = orjson.loads(gzip.decompress(packed.read_bytes()))
    entries[0]["names"][0]["text"] = "NOBODY"
    packed.write_bytes(gzip.compress(orjson.dumps(entries)))
    with pytest.raises(ListRefused, match="were changed"):
        load(store)


def test_a_store_that_cannot_be_written_is_refused(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(ListRefused, match="cannot be written"):
        import_lists([folder], tmp_path / "file" / "store", max_drop=0.1)


def test_a_crash_while_writing_leaves_the_edition_in_use(
    folder: Path, store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = import_lists([folder], store, max_drop=0.1, now=NOON)
    only_un(folder, UN_XML.replace(b"DARIUSZ", b"DARIO"))

    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr("os.fsync", killed)
        with pytest.raises(KeyboardInterrupt):
            import_lists([folder], store, max_drop=0.1, now=NOON)
    assert load(store).edition == before.edition
    after = import_lists([folder], store, max_drop=0.1, now=NOON)
    assert load(store).edition == after.edition != before.edition


def test_freshness_names_what_is_missing_empty_or_old(folder: Path) -> None:
    edition = load(folder, NOON)
    rules = {"UN": ListRule(max_age_hours=24), "EU": ListRule(), "OFAC_NON_SDN": ListRule(required=False)}
    assert [problem.split(":")[0] for problem in stale(edition, 23, **rules)] == [
        "list EU is required and not in the edition"
    ]
    assert "list UN was verified 25 h ago, at most 24 h are allowed" in stale(edition, 25, **rules)[0]
    rules["UN"] = ListRule(max_age_hours=1.5)
    assert "list UN was verified 93 min ago, at most 90 min are allowed" in stale(edition, 1.55, **rules)[0]
    rules["UN"] = ListRule(max_age_hours=0.02)
    assert "list UN was verified 108 s ago, at most 72 s are allowed" in stale(edition, 0.03, **rules)[0]


def test_an_empty_list_is_not_fresh(folder: Path) -> None:
    only_un(folder, b'<CONSOLIDATED_LIST dateGenerated="2026-01-01"/>')
    declare(folder, '[[list]]\nsource = "UN"\nfiles = ["un.xml"]\nminimum_entries = 0\nminimum_names = 0\n')
    assert "list UN is required and empty" in stale(load(folder, NOON), 0, UN=ListRule())[0]


def test_the_names_of_an_edition_find_themselves(folder: Path) -> None:
    edition = load(folder)
    assert own_names(Index.build(edition.entries, edition.edition), 0.7) == []


def test_an_edition_whose_names_are_not_found_is_told(folder: Path) -> None:
    edition = load(folder)
    problems = own_names(Index.build(edition.entries, edition.edition), 0.999)
    assert problems
    assert all("of its own names are not found at 1.00" in problem.sentence for problem in problems)


REAL = SHARED / "data" / "lists"


@pytest.mark.shared
def test_the_folder_of_real_lists_is_an_edition_of_their_newest_versions() -> None:
    edition = load(REAL, NOON)
    assert [(one.id, one.published, one.entries) for one in edition.lists] == [
        ("EU", "2026-04-22", 5873),
        ("FR", "2026-05-31", 6212),
        ("OFAC_NON_SDN", "2025-03-28", 443),
        ("OFAC_SDN", "2026-04-22", 18758),
        ("UK_OFSI", "2018-04-13", 2106),
        ("UN", "2026-02-27", 1003),
    ]
    told = [skipped.why for skipped in edition.skipped]
    assert any(why.startswith("UK (") and "holds 2 entries where at least 4,000" in why for why in told)
    assert any(why.startswith("US_CSL (") and "cut short" in why for why in told)
    assert any("2021-07" in skipped.file for skipped in edition.skipped)


@pytest.mark.shared
def test_the_csv_files_of_one_day_are_an_edition() -> None:
    [one] = load(REAL / "ofac" / "2021-07", NOON).lists
    assert (one.id, one.published, one.entries) == ("OFAC_SDN", "2021-07", 8976)


@pytest.mark.shared
@pytest.mark.parametrize(
    ("file", "entry", "to"),
    [
        ("ofac/2021-07/sdn.csv", b"\n", "2021-07/sdn.csv"),
        ("ofac/rebuilt/sdn_rebuilt_2026-04.csv", b"\n", "sdn.csv"),
        ("ofac/rebuilt/sdn_rebuilt_2026-04.xml", b"</sdnEntry>", "sdn.xml"),
        ("un/consolidated_2026-02.xml", b"</INDIVIDUAL>", "un.xml"),
        ("eu/rebuilt/xmlFullSanctionsList_1_1_rebuilt_2026-04-22.xml", b"</sanctionEntity>", "eu.xml"),
    ],
)
def test_half_a_real_list_is_refused(file: str, entry: bytes, to: str, tmp_path: Path) -> None:
    head, *entries = (REAL / file).read_bytes().split(entry)
    half = entry.join([head, *entries[: len(entries) // 2], entries[-1]])
    (tmp_path / to).parent.mkdir(exist_ok=True)
    (tmp_path / to).write_bytes(half)
    with pytest.raises(ListRefused, match=r"at least|says it holds"):
        load(tmp_path)
