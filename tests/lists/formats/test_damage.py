"""Whatever is wrong with a file, a format says so as ListRefused and in no other way."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from lists.entry import ListRefused
from lists.formats import FORMATS, recognise
from lists.formats.parts import MAIN, ListFormat
from tests.lists import official, official_europe, official_ofac, official_others
from tests.shared import SHARED

SAMPLES: dict[str, tuple[str, bytes]] = {
    "ofac_csv": ("sdn.csv", official.SDN),
    "ofac_xml": ("sdn.xml", official.OFAC_XML),
    "ofac_enhanced_xml": ("sdn.zip", official_ofac.zipped(official_ofac.ENHANCED)),
    "ofac_advanced_xml": ("sdn_advanced.xml", official_ofac.ADVANCED),
    "un_xml": ("un.xml", official.UN_XML),
    "eu_fsf_xml": ("eu.xml", official.EU_XML),
    "eu_fsf_csv": ("eu.csv", official_europe.EU_CSV),
    "uk_fcdo_xml": ("uk.xml", official_europe.UK_XML),
    "uk_ofsi_csv": ("ConList.csv", official_europe.UK_OFSI),
    "fr_gels_json": ("fr.json", official_europe.FR_JSON),
    "ch_seco_xml": ("ch.xml", official_europe.CH_XML),
    "us_csl_csv": ("csl.csv", official_others.CSL),
    "opensanctions_json": ("entities.ftm.json", official_others.FTM),
    "opensanctions_csv": ("targets.simple.csv", official_others.SIMPLE),
    "own_csv": ("own.csv", official_others.OWN_CSV),
    "own_toml": ("own.toml", official_others.OWN_TOML),
    "ownership_csv": ("owners.csv", b"entity,name,owner,percent\nC1,Vell Fund,EU:EU.1.11,60\nC2,Vell Sons,C1,51.5\n"),
}
HTML = b"<!DOCTYPE html>\n<html><head><title>Sign in</title></head><body>Please sign in.</body></html>"
BOMB = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]><x>&b;</x>'
EXCERPTS = (
    "ofac/cons_advanced_2020-03-17.xml",
    "ofac/CONS_ENHANCED_2025.ZIP",
    "eu/csvFullSanctionsList_short.csv",
    "uk_ofsi/sanctionsconlist_2018-04-13.csv",
    "ch_seco/seco_excerpt_2026-08-27.xml",
    "uk_fcdo/UK-Sanctions-List_excerpt_2026-09-02.xml",
    "opensanctions/yente_t1_entities.ftm.json",
)


def damaged(raw: bytes, rng: random.Random) -> bytes:
    """The file cut short, with bytes turned, a piece left out, said twice, or overwritten."""
    place, length = rng.randrange(len(raw)), rng.randrange(1, 40)
    piece = raw[place : place + length]
    return rng.choice(
        [
            raw[:place],
            raw[place:],
            raw[:place] + bytes([raw[place] ^ (1 << rng.randrange(8))]) + raw[place + 1 :],
            raw[:place] + raw[place + length :],
            raw[:place] + piece + raw[place:],
            raw[:place] + rng.randbytes(length) + raw[place + length :],
            raw.replace(piece, rng.choice([b"", b"\x00", b'"', b"\xff", b"{", b"\n", "٣".encode(), "²".encode()])),
        ]
    )


def only_refused(known: ListFormat, raw: bytes, name: str) -> None:
    """Ask a format everything there is to ask of these bytes."""
    known.matches(raw, name)
    known.part(raw, name)
    known.source(raw, name) if known.matches(raw, name) else None
    main = "sdn" if known.NAME == "ofac_csv" else MAIN
    known.published({main: raw})
    entries, refusal = [], ""
    try:
        entries = list(known.parse({main: raw}, "X"))
    except ListRefused as refused:
        refusal = str(refused)
    assert "\n" not in refusal
    assert all(entry.reference for entry in entries)


def test_every_format_has_a_sample() -> None:
    assert [known.NAME for known in FORMATS] == sorted(SAMPLES, key=[known.NAME for known in FORMATS].index)


@pytest.mark.parametrize("known", FORMATS, ids=lambda known: known.NAME)
def test_a_sample_is_recognised_and_loads(known: ListFormat) -> None:
    name, raw = SAMPLES[known.NAME]
    assert recognise(raw, name) is known
    assert len(list(known.parse({"sdn" if known.NAME == "ofac_csv" else MAIN: raw}, "X"))) > 1


@pytest.mark.parametrize("known", FORMATS, ids=lambda known: known.NAME)
def test_no_damage_ends_in_anything_but_a_refusal(known: ListFormat) -> None:
    name, raw = SAMPLES[known.NAME]
    rng = random.Random(known.NAME)  # noqa: S311 - damage, no secret
    for _ in range(250):
        only_refused(known, damaged(raw, rng), name)


@pytest.mark.parametrize("known", FORMATS, ids=lambda known: known.NAME)
@pytest.mark.parametrize(
    ("raw", "says"),
    [
        (b"", "empty"),
        (b" \r\n", "empty"),
        (HTML, "HTML page"),
        (b"\xef\xbb\xbf" + HTML.lower(), "HTML page"),
        ("name,kind".encode("utf-16"), "UTF-16|no well-formed XML|no UTF-8"),
        (BOMB, "document type|not begin|no JSON|no TOML|column|no UTF-8|unexpected end"),
    ],
    ids=["empty", "blank", "html", "html-lower", "utf-16", "bomb"],
)
def test_what_a_failed_download_leaves_is_named(known: ListFormat, raw: bytes, says: str) -> None:
    with pytest.raises(ListRefused, match=says):
        list(known.parse({"sdn" if known.NAME == "ofac_csv" else MAIN: raw}, "X"))


@pytest.mark.shared
@pytest.mark.parametrize("file", EXCERPTS)
def test_no_damage_to_a_real_file_ends_in_anything_but_a_refusal(file: str) -> None:
    raw, name = (SHARED / "data" / "lists" / file).read_bytes(), Path(file).name
    known = recognise(raw, name)
    assert known is not None
    raw = raw if name.endswith(".ZIP") else raw[:60_000]
    rng = random.Random(file)  # noqa: S311 - damage, no secret
    for _ in range(15 if name.endswith(".ZIP") else 60):
        only_refused(known, damaged(raw, rng), name)
