"""The customer base: read whole or not at all, every name and owner asked as a payment's ends are."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from lists.customers import Customer, CustomersRefused, holds, parse_customers, screen_customers
from lists.entry import Entry, EntryKind, ListedName, ListedNumber
from lists.index import Index
from lists.policy import ListRule, ScreeningPolicy
from schemas.decision import EditionUsed
from schemas.finding import Reason

ENTRY = Entry(
    "UN",
    "1",
    EntryKind.PERSON,
    (ListedName("Dariusz Oktabrski Vellamonov"),),
    birth_dates=("1961-04-12",),
    countries=("PL",),
    numbers=(ListedNumber("Passport", "A0198761432"),),
)
INDEX = Index.build([ENTRY], EditionUsed("e"))
TODAY = dt.date(2026, 11, 22)
HEAD = "id,name,other_names,role,of,birth_date,nationality,numbers\n"


def found(customer: Customer, policy: ScreeningPolicy | None = None) -> list[tuple[Reason, str, bool]]:
    [findings] = screen_customers([customer], INDEX, policy or ScreeningPolicy(lists={"UN": ListRule()}), TODAY)
    return [(one.reason, one.path, holds(one)) for one in findings]


def test_a_whole_row_is_read() -> None:
    rows = HEAD + (
        "7,Ann Vell,A. Vell | Anna Vell,,,1980-02,lu,passport: X1 | 99\n,,,,,,,\n8,Bo Quorz,,beneficial_owner,7,,,\n"
    )
    assert parse_customers(b"\xef\xbb\xbf" + rows.encode()) == [
        Customer(
            "7", "Ann Vell", ("A. Vell", "Anna Vell"), "customer", "", "1980-02", "LU", (("passport", "X1"), ("", "99"))
        ),
        Customer("8", "Bo Quorz", role="beneficial_owner", of="7"),
    ]
    assert parse_customers(b"id;name\r\n1;Vell, Ann\r\n") == [Customer("1", "Vell, Ann")]


@pytest.mark.parametrize(
    ("raw", "sentence"),
    [
        (b"", "no column id and name"),
        (b"id,name\n", "no row"),
        (b"id,surname\n1,Vell\n", "no column name"),
        (b"id,name,iban\n1,Vell,LU\n", "column 'iban' is not known"),
        (b"id,name\n1,\n", "row 2 (1): it needs a name"),
        (b"id,name\n,Vell\n", "row 2 (no id): it needs an id"),
        (b"id,name\n1,Vell,Ann\n", "row 2 has more cells"),
        (b"id,name\n1,Vell\n1,Quorz\n", "'1' stands more than once"),
        (b"id,name,role\n1,Vell,friend\n", "role 'friend'"),
        (b"id,name,role\n1,Vell,controller\n", "needs the id of its customer"),
        (b"id,name,of\n1,Vell,\n2,Quorz,1\n", "a customer belongs to nobody"),
        (b"id,name,role,of\n1,Vell,controller,9\n", "1 belongs to '9', which is not in the file"),
        (b"id,name,birth_date\n1,Vell,12.4.1961\n", "'12.4.1961' is not YYYY"),
        (b"id,name,nationality\n1,Vell,Poland\n", "'POLAND' is no ISO code"),
        (b"id,name,numbers\n1,Vell,shoe:44\n", "number shoe:44"),
        (b"id,name,numbers\n1,Vell,passport:\n", "number passport:"),
        ("id,name\n1,Véll\n".encode("latin-1"), "not UTF-8"),
        (b'id,name\n1,"Vell\n', "no table"),
    ],
)
def test_what_is_wrong_is_said_and_nobody_is_left_out(raw: bytes, sentence: str) -> None:
    with pytest.raises(CustomersRefused) as refused:
        parse_customers(raw)
    assert sentence in str(refused.value)


def test_many_problems_are_told_in_part() -> None:
    with pytest.raises(CustomersRefused, match=r"and 90 more$") as refused:
        parse_customers(b"id,name\n" + b"".join(b"%d,\n" % number for number in range(100)))
    assert len(refused.value.problems) == 100


@pytest.mark.requirement("SCR-13")
def test_an_owner_is_screened_like_a_customer() -> None:
    owner = Customer("8", "Vellamonov Dariusz Oktabrski", role="beneficial_owner", of="7")
    assert found(owner) == [(Reason.LISTED_NAME, "/name", True)]
    assert found(replace(owner, name="Ann Vell")) == []


def test_every_name_and_number_is_asked() -> None:
    assert found(Customer("1", "Ann Vell", other_names=("A. V.", "DARIUSZ OKTABRSKI VELLAMONOV"))) == [
        (Reason.LISTED_NAME, "/other_names/2", True)
    ]
    assert found(Customer("1", "Ann Vell", numbers=(("passport", "A0198761432"),))) == [
        (Reason.LISTED_IDENTIFIER, "/numbers", True)
    ]
    assert found(Customer("1", "Ann Vell", numbers=(("lei", "529900T8BM49AURSDO55"), ("", "44")))) == []


def test_what_the_bank_verified_counts_and_a_namesake_is_told() -> None:
    namesake = Customer("1", "Dariusz Oktabrski Vellamonov", birth_date="1999-01-01", nationality="LU")
    [finding] = screen_customers([namesake], INDEX, ScreeningPolicy(lists={"UN": ListRule()}), TODAY)[0]
    assert holds(finding)
    assert "birth date and nationality both differ, may be cleared" in finding.detail


def test_a_list_without_nexus_to_a_payment_still_holds_a_customer() -> None:
    policy = ScreeningPolicy(lists={"UN": ListRule(currencies=("USD",))})
    assert found(Customer("1", "Dariusz Oktabrski Vellamonov"), policy)


def test_changed_data_is_another_hash() -> None:
    one = Customer("1", "Ann Vell")
    assert one.sha256 == Customer("1", "Ann Vell").sha256
    assert len({one.sha256, replace(one, birth_date="1980").sha256, replace(one, other_names=("A",)).sha256}) == 3
