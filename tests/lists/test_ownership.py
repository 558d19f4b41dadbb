"""Who is owned or controlled by listed parties, under the Union's and OFAC's rule, with the chain as evidence."""

from __future__ import annotations

import itertools

import pytest

from lists.entry import Entry, EntryKind, Holding, ListedName, ListedNumber, OwnAction, OwnTerms
from lists.formats import ListRefused, ownership_csv, recognise
from lists.formats.parts import MAIN
from lists.index import Index
from lists.ownership import OWNED, with_owned
from lists.policy import ScreeningPolicy
from lists.screen import screen
from schemas.decision import EditionUsed
from schemas.payment import Party, Payment, PaymentIds, Value


def listed(name: str, reference: str) -> Entry:
    return Entry(
        name, reference, EntryKind.PERSON, (ListedName(f"Listed {name} {reference}"),), programmes=(f"P-{name}",)
    )


PARTIES = [listed("EU", "1"), listed("EU", "2"), listed("UN", "1"), listed("OFAC_SDN", "1"), listed("OFAC_SDN", "2")]
EU1, EU2, UN1, SDN1, SDN2 = "EU:1", "EU:2", "UN:1", "OFAC_SDN:1", "OFAC_SDN:2"


def company(reference: str, *owners: tuple[str, float] | tuple[str, float, bool]) -> Entry:
    holdings = tuple(Holding(tuple(owner[0].split("|")), owner[1], *owner[2:]) for owner in owners)
    names = (ListedName(f"Company {reference}"),)
    return Entry("OWNERSHIP", reference, EntryKind.ORGANISATION, names, owners=holdings)


def owned(*companies: Entry) -> dict[str, str]:
    """Each company that counts as listed, with its chain."""
    found = {one.reference: one.remarks for one in with_owned([*PARTIES, *companies]) if one.list == "OWNERSHIP"}
    for order in itertools.permutations(companies):  # the order of the file does not matter
        again = with_owned([*order, *PARTIES])
        assert {one.reference: one.remarks for one in again if one.list == "OWNERSHIP"} == found
    return found


@pytest.mark.requirement("SCR-13")
@pytest.mark.parametrize(
    ("companies", "rules"),
    [
        ([company("A", (EU1, 0.6))], {"A": "Union"}),
        ([company("A", (EU1, 0.5))], {"A": "Union"}),
        ([company("A", (EU1, 0.499))], {}),
        ([company("A", (EU1, 0.25), (EU2, 0.25), (UN1, 0.01))], {"A": "Union"}),  # 2 x 25 % + 1
        ([company("A", (EU1, 0.25), ("nobody", 0.75))], {}),
        ([company("A", (EU1, 0.3), (SDN1, 0.3))], {}),  # each rule counts its own lists
        ([company("A", (SDN1, 0.3), (SDN2, 0.2))], {"A": "OFAC"}),
        ([company("A", ("EU:1|OFAC_SDN:1", 0.5))], {"A": "Union OFAC"}),  # one owner on two lists
        ([company("A", ("EU:1|UN:1", 0.3))], {}),  # and not counted twice
        ([company("A", (EU1, 0.0, True))], {"A": "Union"}),  # control
        ([company("A", (SDN1, 0.0, True))], {}),  # control alone does not block in the United States
        ([company("A", (SDN1, 0.1, True))], {}),
        # Through a company that is itself owned: it counts in full.
        ([company("A", (SDN1, 0.5)), company("B", ("A", 0.5))], {"A": "OFAC", "B": "OFAC"}),
        ([company("A", (EU1, 0.6)), company("B", ("A", 0.6))], {"A": "Union", "B": "Union"}),
        ([company("A", (EU1, 0.0, True)), company("B", ("A", 0.0, True))], {"A": "Union", "B": "Union"}),
        # OFAC: 25 % in each of two companies owned by blocked persons make 50 %; without multiplication.
        (
            [company("A", (SDN1, 0.5)), company("B", (SDN2, 0.5)), company("C", ("A", 0.25), ("B", 0.25))],
            {"A": "OFAC", "B": "OFAC", "C": "OFAC"},
        ),
        # A minority share is lost on its way under OFAC's rule, and multiplied under the Union's.
        ([company("A", (SDN1, 0.4)), company("B", ("A", 1.0), (SDN1, 0.3))], {}),
        ([company("A", (EU1, 0.4)), company("B", ("A", 1.0), (EU1, 0.3))], {"B": "Union"}),
        ([company("A", (EU1, 0.4)), company("B", ("A", 1.0))], {}),
        # Companies that own each other.
        ([company("A", (EU1, 0.3), ("B", 0.5)), company("B", ("A", 0.5))], {}),
        ([company("A", (EU1, 0.4), ("B", 0.5)), company("B", ("A", 0.6))], {"A": "Union", "B": "Union"}),
        ([company("A", ("B", 1.0)), company("B", ("A", 1.0))], {}),
        ([company("A", ("A", 0.9), (EU1, 0.1))], {"A": "Union"}),  # it holds its own shares; the rest is EU1's
    ],
)
def test_who_is_owned(companies: list[Entry], rules: dict[str, str]) -> None:
    found = owned(*companies)
    assert {
        name: " ".join(rule for rule in ("Union", "OFAC") if f"{rule} 50 % rule" in told)
        for name, told in found.items()
    } == rules


def test_the_chain_is_told_from_the_company_to_the_listed_parties() -> None:
    found = owned(
        company("A", (EU1, 0.6), (UN1, 0.1, True)), company("B", ("A", 0.55), ("C", 0.45)), company("C", (EU2, 0.2))
    )
    assert found["A"] == (
        "Union 50 % rule: 70 % owned, 60 % by Listed EU 1 (EU:1) and 10 % and control by Listed UN 1 (UN:1)"
    )
    assert (
        found["B"].startswith("Union 50 % rule: 55 % owned, 55 % by Company A (70 % owned") or "Company C" in found["B"]
    )
    [a] = [one for one in with_owned([*PARTIES, company("A", (EU1, 0.6), (UN1, 0.1))]) if one.reference == "A"]
    assert a.programmes == (OWNED, "P-EU", "P-UN")
    assert a.owners == ()


def test_multiplied_chains_tell_what_is_in_listed_hands() -> None:
    told = owned(company("A", (EU1, 0.4), ("nobody", 0.6)), company("B", ("A", 1.0), (EU1, 0.3)))["B"]
    assert told == (
        "Union 50 % rule: 70 % owned, 100 % by Company A (40 % in listed hands) and 30 % by Listed EU 1 (EU:1)"
    )


def test_a_ring_has_an_end() -> None:
    told = owned(company("A", (EU1, 0.4), ("B", 0.5)), company("B", ("A", 0.6)))
    assert all("EU:1" in chain for chain in told.values())
    assert all(len(chain) < 500 for chain in told.values())


def test_a_chain_of_a_thousand_companies_is_told_as_far_as_a_person_reads() -> None:
    chain = [company("0", (EU1, 0.9)), *(company(str(number), (str(number - 1), 0.9)) for number in range(1, 1_000))]
    found = [one for one in with_owned([*PARTIES, *chain]) if one.owners == () and one.list == "OWNERSHIP"]
    assert len(found) == 1_000
    assert all(len(one.remarks) < 1_000 for one in found)
    assert all(one.programmes == (OWNED, "P-EU") for one in found)


def test_own_lists_block_nobody_else() -> None:
    terms = OwnTerms("fraud", "compliance", "closed account", OwnAction.SUSPEND, "2027-01-01")
    own = Entry("OWN_FRAUD", "1", EntryKind.PERSON, (ListedName("Ann Vell"),), terms=terms)
    assert with_owned([own, company("A", ("OWN_FRAUD:1", 1.0))]) == (own,)


def test_without_an_ownership_file_nothing_changes() -> None:
    assert with_owned(PARTIES) == tuple(PARTIES)


HEAD = "entity,name,owner,percent,control,aliases,country,numbers,source\n"
FILE = (
    HEAD
    + "A,Gorvandel Trustworx Ypsilon,EU:1|UN:1,60,,Gorvandel Ypsilon|GTY Holding,Luxembourg,"
    + "LEI=529900T8BM49AURSDO55|B12345,RCS 2026-01\n"
    + 'B,Quorzia Handel,A,"50,5 %",yes,,,,\n'
    + "B,Quorzia Handel,Somebody,0,yes,,,,\n"
)


def test_an_ownership_file_is_read() -> None:
    raw = FILE.encode()
    assert recognise(raw, "owners.csv") is ownership_csv
    assert recognise(raw, "owners.txt") is None
    assert ownership_csv.part(raw, "owners.csv") == ("owners.csv", MAIN)
    assert ownership_csv.source(raw, "owners.csv") == "OWNERSHIP"
    assert ownership_csv.published({MAIN: raw}) == ""
    first, second = ownership_csv.parse({MAIN: raw}, "OWNERSHIP")
    assert first.owners == (Holding(("EU:1", "UN:1"), 0.6, source="RCS 2026-01"),)
    assert [name.text for name in first.names] == ["Gorvandel Trustworx Ypsilon", "Gorvandel Ypsilon", "GTY Holding"]
    assert first.countries == ("LU",)
    assert first.numbers == (ListedNumber("LEI", "529900T8BM49AURSDO55"), ListedNumber("Registration Number", "B12345"))
    assert second.owners == (Holding(("A",), 0.505, control=True), Holding(("Somebody",), 0.0, control=True))
    assert (
        list(ownership_csv.parse({MAIN: FILE.replace(",", ";").replace('"50;5', '"50,5').encode()}, "X"))[1]
        .owners[0]
        .share
        == 0.505
    )


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("A,,EU:1,60,,,,,", "line 2: entity, name and owner must all be there"),
        ("A,Ann,EU:1,101,,,,,", "line 2: percent '101' is no number from 0 to 100"),
        ("A,Ann,EU:1,half,,,,,", "line 2: percent 'half' is no number"),
        ("A,Ann,EU:1,-1,,,,,", "line 2: percent '-1' is no number"),
        ("A,Ann,EU:1,nan,,,,,", "line 2: percent 'nan' is no number"),
        ("A,Ann,EU:1,60,maybe,,,,", "line 2: control 'maybe' is neither yes nor no"),
        ("A,Ann,EU:1,,no,,,,", "line 2: neither a percentage nor control is told"),
        ("", "names no company"),
    ],
)
def test_a_bad_ownership_file_is_refused_with_a_sentence(line: str, sentence: str) -> None:
    with pytest.raises(ListRefused, match=sentence):
        list(ownership_csv.parse({MAIN: (HEAD + line).encode()}, "OWNERSHIP"))


@pytest.mark.requirement("SCR-13")
def test_a_payment_to_an_owned_company_is_held_with_the_chain() -> None:
    entries = [*PARTIES, *ownership_csv.parse({MAIN: FILE.encode()}, "OWNERSHIP")]
    index = Index.build(entries, EditionUsed("test"))
    payee = Party("/Cdtr", name=Value("Quorzia Handel", "/Cdtr/Nm"))
    [findings] = screen([Payment("x", 1, "/", PaymentIds(), payee=payee)], index, ScreeningPolicy())
    [finding] = findings
    assert finding.match is not None
    assert finding.match.reference == "B"
    assert finding.match.programmes[0] == OWNED
    assert "Gorvandel Trustworx Ypsilon (60 % owned, 60 % by Listed EU 1 (EU:1) [RCS 2026-01])" in finding.detail
