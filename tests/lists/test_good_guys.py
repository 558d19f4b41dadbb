"""A good guy covers one party, one entry as it was, under the rules as they were, for a time; any change voids it."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from lists.entry import Entry, EntryKind, ListedName, ListedNumber
from lists.facts import Known
from lists.good_guys import GoodGuys, GoodGuysRefused, entry_hash, parse_good_guys, rules_version
from lists.index import Index
from lists.policy import ScreeningPolicy
from lists.screen import screen
from schemas.decision import EditionUsed
from schemas.finding import Reason
from schemas.payment import Account, Address, Identification, Party, Payment, PaymentIds, Value

ENTRY = Entry(
    "UN",
    "1",
    EntryKind.PERSON,
    (ListedName("Dariusz Oktabrski Vellamonov"),),
    numbers=(ListedNumber("Passport", "A0198761432"),),
)
ON = dt.date(2026, 11, 22)
LINE = f"""
[[good_guy]]
id = "GG-1"
name = "Dariusz Vellamonov"
account = "LU28 0019 4006 4475 0000"
birth_date = "1985-01-01"
list = "UN"
reference = "1"
entry_sha256 = "{entry_hash(ENTRY)}"
rules = "{rules_version()}"
reason = "Passport seen; born 1985 in Esch, never left Luxembourg"
approved_by = ["Ann Vell", "Bo Quorz"]
approved_on = 2026-10-01
expires = 2027-09-30
"""
GUYS = parse_good_guys(LINE.encode())
PARTY = Party("/payer", name=Value("DARIUSZ VELLAMONOV", "/payer/name"), birth_date=Value("1985-01-01", "/b"))
ACCOUNT = Account("/acct", iban=Value("LU280019400644750000", "/acct/iban"))


def covered(
    party: Party = PARTY, account: Account | None = ACCOUNT, entry: Entry = ENTRY, on: dt.date | None = ON
) -> bool:
    return GUYS.covering(party, account, entry, on) is not None


def test_the_party_is_covered() -> None:
    assert covered()
    assert covered(account=Account("/a", number=Value("lu28 00194006 4475 0000", "/n")))
    assert covered(party=replace(PARTY, birth_date=None))


@pytest.mark.parametrize(
    "changed",
    [
        {"party": replace(PARTY, name=Value("DARIUSZ VELAMONOV", "/n"))},
        {"party": replace(PARTY, name=None)},
        {"party": replace(PARTY, birth_date=Value("1961-05-03", "/b"))},
        {"account": None},
        {"account": Account("/a", iban=Value("LU930019400644750000", "/i"))},
        {"entry": replace(ENTRY, reference="2")},
        {"entry": replace(ENTRY, list="EU")},
        {"entry": replace(ENTRY, names=(*ENTRY.names, ListedName("Another")))},
        {"entry": replace(ENTRY, birth_dates=("1985",))},
        {"entry": replace(ENTRY, remarks="moved to Luxembourg")},
        {"on": dt.date(2026, 9, 30)},
        {"on": dt.date(2027, 10, 1)},
        {"on": None},
    ],
)
def test_any_change_voids_it(changed: dict[str, object]) -> None:
    assert not covered(**changed)  # type: ignore[arg-type]  # a table of cases


def test_other_rules_void_it() -> None:
    old = GoodGuys((replace(GUYS.lines[0], rules="0123456789abcdef"),))
    assert old.covering(PARTY, ACCOUNT, ENTRY, ON) is None


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ('["Ann Vell", "Bo Quorz"]', '["Ann Vell", " ann vell"]', "two different people must approve it"),
        ('["Ann Vell", "Bo Quorz"]', '["Ann Vell", ""]', "two different people must approve it"),
        ("expires = 2027-09-30", "expires = 2028-09-30", "must expire within 366 days"),
        ("expires = 2027-09-30", "expires = 2026-09-30", "must expire within 366 days"),
        ("expires = 2027-09-30", "expires = 'never'", "good guy 'GG-1': expires"),
        ('reason = "Passport', 'because = "Passport', "good guy 'GG-1'"),
        ("Passport seen; born 1985 in Esch, never left Luxembourg", " ", "it needs a reason"),
        ('account = "LU28 0019 4006 4475 0000"', 'account = " "', "name and account"),
        (entry_hash(ENTRY), "abc", "no SHA-256"),
        ("[[good_guy]]", "[[good_guys]]", "[[good_guy]] tables"),
        ("[[good_guy]]", "[good_guy]", "[[good_guy]] tables"),
        ("[[good_guy]]", "good_guy = [1]\n[x]", "[[good_guy]] tables"),
        ("[[good_guy]]", "[[good_guy", "not valid TOML"),
    ],
)
def test_a_bad_file_is_refused_with_a_sentence(old: str, new: str, sentence: str) -> None:
    assert old in LINE
    with pytest.raises(GoodGuysRefused) as refused:
        parse_good_guys(LINE.replace(old, new).encode())
    assert sentence in str(refused.value)


def test_doubled_ids_and_things_that_are_no_table_are_refused() -> None:
    with pytest.raises(GoodGuysRefused, match="'GG-1' stands more than once"):
        parse_good_guys((LINE + LINE).encode())
    with pytest.raises(GoodGuysRefused, match="good guy number 1"):
        parse_good_guys(b"good_guy = [1]")
    with pytest.raises(GoodGuysRefused, match="not valid TOML"):
        parse_good_guys(b"\xff")
    assert parse_good_guys(b"") == GoodGuys()


def found(party: Party, on: dt.date | None = ON) -> list[tuple[str, str]]:
    index = Index.build([ENTRY], EditionUsed("test"))
    policy = ScreeningPolicy(good_guys_table=GUYS)
    payment = Payment("x", 1, "/", PaymentIds(), payer=party, payer_account=ACCOUNT, ultimate_payer=party)
    [findings] = screen([payment], index, policy, [Known(on=on)])
    return [(finding.reason.value, finding.path) for finding in findings]


def test_what_is_covered_stays_in_the_record_and_names_only_are() -> None:
    lines = Address("/payer/adr", lines=(Value("Rue X", "/payer/adr/0"),))
    number = Identification(Value("A0198761432", "/payer/id"))
    told = found(replace(PARTY, address=lines, identifications=(number,)))
    assert ("listed-name-cleared", "/payer/name") in told
    assert ("listed-identifier", "/payer/id") in told
    # As ultimate payer nobody has vouched for him: that party has no account.
    assert ("listed-name", "/payer/name") in told
    assert ("listed-name", "/payer/name") in found(PARTY, on=None)
    assert Reason.LISTED_NAME_CLEARED not in {reason for reason, _ in found(PARTY, on=None)}
