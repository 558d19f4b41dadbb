"""The samples of the demo are what the generator writes, follow the official layouts, and get the outcomes promised."""

from __future__ import annotations

import csv
import re
from collections import Counter
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any

import pytest
from lxml import etree
from stdnum import iban, imo

from deploy.samples import generate
from deploy.samples.make.listed import everyone
from deploy.samples.make.payments import Line
from lists.edge.editions import LoadedEdition, load
from lists.index import Index
from schemas.context import Context
from schemas.finding import REASONS, Family
from streams.edge.policy_file import load_policy
from streams.pipeline import filter_batch
from tests.shared import SHARED

if TYPE_CHECKING:
    from pathlib import Path

    from schemas.decision import Decisions

LISTS = generate.HERE / "lists"
PAYMENTS = generate.HERE / "payments"
POLICY = generate.HERE.parent / "policy.toml"
FOLDER_LIMIT = 3_000_000


@cache
def manifest() -> tuple[Line, ...]:
    with (PAYMENTS / "manifest.csv").open(encoding="utf-8", newline="") as file:
        return tuple(Line(**row) for row in csv.DictReader(file))


@cache
def edition() -> LoadedEdition:
    return load(LISTS)


@cache
def decided() -> dict[str, Decisions]:
    policy = load_policy(POLICY, date(2026, 11, 22))
    index = Index.build(edition().entries, edition().edition)
    questions = [((PAYMENTS / line.file).read_bytes(), Context()) for line in manifest()]
    answers = filter_batch(questions, index, policy)
    return dict(zip((line.file for line in manifest()), answers, strict=True))


def test_files_are_what_the_generator_writes() -> None:
    assert generate.differences(generate.everything()) == []


def test_generator_is_deterministic() -> None:
    assert generate.everything() == generate.everything()


def test_a_file_that_differs_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(generate, "HERE", tmp_path)
    (tmp_path / "payments").mkdir()
    (tmp_path / "payments/a.xml").write_bytes(b"old")
    (tmp_path / "payments/c.xml").write_bytes(b"c")
    wanted = {"payments/a.xml": b"new", "payments/b.xml": b"b"}
    assert [line.partition(":")[0] for line in generate.differences(wanted)] == [
        "payments/b.xml",
        "payments/a.xml",
        "payments/c.xml",
    ]
    generate.write(wanted)
    assert generate.differences(wanted) == []


def test_samples_are_many_in_all_formats_and_small() -> None:
    formats = Counter(line.format for line in manifest())
    assert formats.total() >= 640
    assert min(formats[form] for form in ("pacs008", "mt103", "json")) >= 100
    assert sum(path.stat().st_size for path in generate.HERE.rglob("*") if path.is_file()) < FOLDER_LIMIT


def test_most_payments_are_executed() -> None:
    outcomes = Counter(line.outcome for line in manifest())
    assert 0.75 <= outcomes["execute"] / outcomes.total() <= 0.85
    assert outcomes["reject"] > 30
    assert outcomes["suspend"] > 60


def test_every_version_of_pacs008_is_there() -> None:
    names = {re.search(rb"pacs\.008\.001\.(\d\d)", path.read_bytes()) for path in (PAYMENTS / "pacs008").glob("*.xml")}
    assert {int(found[1]) for found in names if found} == set(range(2, 14))


@pytest.mark.parametrize("scenario", sorted({line.scenario for line in manifest()}))
def test_scenario_gets_the_outcome_and_first_reason_it_promises(scenario: str) -> None:
    promised = {line.file: (line.outcome, line.reason) for line in manifest() if line.scenario == scenario}
    got = {file: _outcome_and_reason(decided()[file]) for file in promised}
    assert got == promised


def _outcome_and_reason(decisions: Decisions) -> tuple[str, str]:
    findings = [one for one in decisions.deciding.findings if REASONS[one.reason].family is not Family.RECORD]
    return decisions.outcome.label, str(findings[0].reason) if findings else ""


def test_lists_load_with_all_their_entries_and_nothing_skipped() -> None:
    loaded = edition()
    assert {one.id for one in loaded.lists} == {"EU", "OFAC_NON_SDN", "OFAC_SDN", "UN"}
    assert loaded.skipped == ()
    assert len(loaded.entries) == sum(len(one.lists) for one in everyone())


def test_own_scripts_reach_the_entries() -> None:
    scripts = {name.script for entry in edition().entries for name in entry.names}
    assert {"latn", "cyrl", "arab", "hani", "hang"} <= scripts


def test_invented_numbers_pass_their_check_digits() -> None:
    ships = [value for one in everyone() for kind, value, _ in one.numbers if kind == "IMO"]
    assert len(ships) == len(set(ships))
    assert all(imo.is_valid(ship) for ship in ships)
    files = (path for path in (PAYMENTS / "mt103").glob("*.txt") if "cut-off" not in path.name)
    texts = "".join(path.read_text(errors="replace") for path in files)
    accounts = re.findall(r":5[09][A-Z]?:/([A-Z]{2}\d\d\w+)", texts)
    assert len(accounts) > 150
    assert [account for account in accounts if not iban.is_valid(account)] == []


def _damaged(name: str) -> bool:
    return any(word in name for word in ("cut-off", "entity-bomb", "not-a-payment", "no-amount"))


@pytest.mark.shared
def test_pacs008_samples_are_valid_by_their_published_schemas() -> None:
    @cache
    def schema(version: str) -> Any:
        return etree.XMLSchema(etree.parse(SHARED / "data/payments/xsd" / f"pacs.008.001.{version}.xsd"))

    for file in sorted((PAYMENTS / "pacs008").glob("*.xml")):
        if not _damaged(file.name):
            document = etree.parse(file)
            version = document.getroot().tag.partition("}")[0][-2:]
            assert schema(version).validate(document), f"{file.name}: {schema(version).error_log}"


@pytest.mark.shared
@pytest.mark.parametrize(
    ("published", "written"),
    [
        ("eu/schema/xmlFullSanctionsList_1_1.xsd", "eu/xmlFullSanctionsList_1_1.xml"),
        ("un/schema/sc-sanctions.xsd", "un/consolidated.xml"),
    ],
)
def test_lists_are_valid_by_their_published_schemas(published: str, written: str) -> None:
    schema = etree.XMLSchema(etree.parse(SHARED / "data/lists" / published))
    assert schema.validate(etree.parse(LISTS / written)), schema.error_log


@pytest.mark.shared
def test_nobody_in_the_samples_is_really_listed() -> None:
    real = " ".join(
        (SHARED / "data/lists" / name).read_text(encoding="utf-8", errors="ignore").casefold()
        for name in (
            "ofac/2024-06/sdn.csv",
            "ofac/2025-12/alt.csv",
            "un/consolidated_2026-02.xml",
            "eu/rebuilt/xmlFullSanctionsList_1_1_rebuilt_2026-04-22.xml",
        )
    )
    coined = [(one.family or one.name).casefold() for one in everyone()]
    ordinary = {
        "zhuge",
        "situ",
        "dongfang",
        "huangfu",
        "shangguan",
        "ouyang",
    }  # families there are, with coined given names
    assert [name for name in coined if name in real and name not in ordinary] == []
    numbers = [value.casefold() for one in everyone() for _, value, _ in one.numbers]
    assert [number for number in numbers if number in real] == []
