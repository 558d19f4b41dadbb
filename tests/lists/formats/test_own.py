"""The bank's own lists: two ways to write them, the same entries; a wrong line is named; expiry is asked for a day."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from lists.entry import EntryKind, ListedName, ListedNumber, ListRefused, OwnAction, OwnTerms, Strength
from lists.formats import own_csv, own_toml, recognise
from lists.formats.own import own_id
from tests.lists.official_others import OWN_COLUMNS, OWN_CSV, OWN_TOML

if TYPE_CHECKING:
    from lists.formats.parts import ListFormat


def test_csv_and_toml_give_the_same_entries() -> None:
    from_csv = list(own_csv.parse({"main": OWN_CSV}, "OWN_FRAUDS"))
    assert from_csv == list(own_toml.parse({"main": OWN_TOML}, "OWN_FRAUDS"))
    person, company = from_csv
    assert (person.reference, person.kind, person.listed_on, person.remarks) == (
        "F-1",
        EntryKind.PERSON,
        "2026-01-02",
        "Seen; twice",
    )
    assert person.names == (
        ListedName("Mirza Oktabri"),
        ListedName("Oktabri Mirza"),
        ListedName("Mirsa Oktabri", Strength.STRONG),
        ListedName("Mirza Vell", Strength.STRONG, "latn", former=True),
        ListedName("Heron", Strength.WEAK),
    )
    assert person.birth_dates == ("1976-10-20", "1977~", "1978-01")
    assert (person.birth_places, person.countries) == (("Vallin",), ("Norland", "IR"))
    assert person.addresses == ("1 Quay", "2 Quay")
    assert person.numbers == (ListedNumber("passport", "A1234567", "NO"), ListedNumber("wallet", "bc1:qxy"))
    assert (person.programmes, person.measures) == (("fraud",), ("suspend",))
    assert person.terms == OwnTerms("fraud", "fraud desk", "case 17/2026, invoices", OwnAction.SUSPEND, "2027-05-01")
    assert company.terms is not None
    assert company.terms.action is OwnAction.REVIEW


def test_whether_an_entry_is_in_force_is_asked_for_a_day() -> None:
    person, company = own_csv.parse({"main": OWN_CSV}, "OWN_FRAUDS")
    assert [company.in_force_on(day) for day in ("2026-12-30", "2026-12-31", "2027-01-01")] == [True, True, False]
    assert person.in_force_on("2027-01-01")
    assert replace(company, terms=None).in_force_on("9999-12-31")


def test_a_spreadsheet_may_write_semicolons_and_windows_letters() -> None:
    raw = "\n".join(
        line.replace("Mirsa", "Renée").replace(",", ";").replace('"case 17/2026; invoices"', "case 17")
        for line in OWN_CSV.decode().splitlines()
    )
    raw = raw.replace("Seen; twice", '"Seen; twice"')
    entries = list(own_csv.parse({"main": raw.encode("cp1252")}, "X"))
    assert [entry.reference for entry in entries] == ["F-1", "F-2"]
    assert "Renée Oktabri" in [name.text for name in entries[0].names]


@pytest.mark.parametrize(
    ("known", "raw", "name", "source", "published"),
    [
        (own_csv, OWN_CSV, "own-frauds 2.csv", "OWN_FRAUDS_2", ""),
        (own_csv, OWN_CSV, "frauds.csv", "OWN_FRAUDS", ""),
        (own_toml, OWN_TOML, "x.toml", "OWN_FRAUDS", "2026-05-01"),
        (own_toml, OWN_TOML.replace(b"id = ", b"# id = "), "x.toml", "OWN_X", "2026-05-01"),
    ],
)
def test_each_is_known_by_its_content(known: ListFormat, raw: bytes, name: str, source: str, published: str) -> None:
    assert recognise(raw, name) is known
    assert not known.matches(raw, "x.pdf")
    assert not known.matches(b"name,kind\nX,person\n", "x.csv")
    assert not known.matches(b"[[list]]\nsource = 'UN'\n", "lists.toml")
    assert known.part(raw, name) == (name, "main")
    assert known.source(raw, name) == source
    assert known.published({"main": raw}) == published
    assert not known.published({"main": b"x"})


def test_an_own_list_never_has_the_id_of_a_published_one() -> None:
    assert [own_id(name) for name in ("EU", "own-frauds", "Ä b", "OWN_X")] == ["OWN_EU", "OWN_FRAUDS", "OWN_B", "OWN_X"]


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        (",fraud,fraud desk,", ",,fraud desk,", "line 2: purpose is empty"),
        (",fraud desk,", ", ,", "line 2: owner is empty"),
        ("F-1,person,", "F-1,human,", "line 2: kind 'human' is none of person, organisation, vessel, aircraft"),
        (",review", ",block", "line 3: action 'block' is none of suspend, review"),
        ("2026-12-31", "31.12.2026", "line 3: expires '31.12.2026' is no date: write it as 2026-12-31"),
        ("2026-12-31", "2026-02-30", "line 3: expires '2026-02-30' is no date"),
        ("2026-01-02", "yesterday", "line 2: listed_on 'yesterday' is no date"),
        ("passport:A1234567:no", "A1234567", "line 2: numbers 'A1234567' does not say what it is"),
        ("passport:A1234567:no", ":A1234567", "line 2: numbers ':A1234567' does not say what it is"),
        ("circa 1977", "long ago", "line 2: birth_dates 'long ago' is no date"),
        ("Vellamo Lines", "-", "line 3: name '-' is no name"),
        ("F-2", "F-1", "line 3: reference 'F-1' stands in line 2 already"),
        (",suspend", ",stop", r"line 2: action 'stop' .* \(and 1 more\): correct the list"),
        (",review", "", "line 3: 17 columns"),
        ("aliases", "alias", "line 1: column 'alias' is unknown"),
        (",expires,", ",until,", "line 1: column expires is missing"),
        ("F-2", '"F-2', "unexpected end of data"),
    ],
)
def test_a_wrong_line_is_named(old: str, new: str, says: str) -> None:
    raw = OWN_CSV.decode().replace(old, new)
    if "1 more" in says:
        raw = raw.replace(",review", ",stop")
    with pytest.raises(ListRefused, match=says) as refused:
        list(own_csv.parse({"main": raw.encode()}, "X"))
    assert "\n" not in str(refused.value)


def test_a_list_without_entries_is_refused() -> None:
    with pytest.raises(ListRefused, match="the list has no entry"):
        list(own_csv.parse({"main": OWN_COLUMNS.encode()}, "X"))
    with pytest.raises(ListRefused, match="the list has no entry"):
        list(own_toml.parse({"main": b"[list]\n"}, "X"))


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        (b'"fraud"', b'"fraud', "no TOML"),
        (b'kind = "organisation"', b'kind = "firm"', "entry 2 at line 26: kind 'firm' is none of"),
        (b'kind = "organisation"', b'sort = "x"', "entry 2 at line 26: 'sort' is unknown"),
        (b'kind = "organisation"', b"kind = 7", "entry 2 at line 26: kind 7 is no text"),
        (b"id = ", b"name = ", r"'name' is unknown in \[list\] or beside it"),
        (b"[list]", b"x = 1\n[list]", "'x' is unknown"),
        (b'"review"', b'"\xff"', "is no UTF-8"),
    ],
)
def test_a_wrong_entry_of_a_toml_list_is_named(old: bytes, new: bytes, says: str) -> None:
    with pytest.raises(ListRefused, match=says) as refused:
        list(own_toml.parse({"main": OWN_TOML.replace(old, new)}, "X"))
    assert "\n" not in str(refused.value)


def test_an_entry_whose_line_cannot_be_told_is_named_by_its_place() -> None:
    raw = b'entry = [{reference = "F-1"}]\n[list]\nid = "X"\n'
    with pytest.raises(ListRefused, match=r"^entry 1: kind is empty"):
        list(own_toml.parse({"main": raw}, "X"))
