from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from schemas.finding import Reason
from schemas.formats.detect import decode
from schemas.formats.limits import Limits
from schemas.payment import Amount, Institution, Message, Party, Payment, PaymentKind, Rail, TextKind
from tests.builders import MT103_FIELDS, UETR, mt103

if TYPE_CHECKING:
    from collections.abc import Iterable


def decoded(raw: bytes) -> Payment:
    message = decode(raw, Limits())
    assert isinstance(message, Message), message
    (payment,) = message.payments
    return payment


def one(fields: dict[str, str | None] | None = None) -> Payment:
    return decoded(mt103(fields))


def payer(field: str, tag: str = "50F") -> Party:
    party = one({"50K": None, tag: field}).payer
    assert party
    return party


def told(values: Iterable[object]) -> list[tuple[str, str]]:
    return [(value.text, value.path) for value in values]  # type: ignore[attr-defined]  # Value, or None in a failure


def test_a_plain_payment_has_every_value_with_its_place() -> None:
    payment = one()
    assert (payment.format, payment.position, payment.path) == ("mt103", 1, "block 4")
    assert payment.rail is Rail.SWIFT_MT
    assert payment.problems == ()
    assert payment.amount == Amount(Decimal("2500.00"), "EUR", ":32A:1")
    assert payment.instructed_amount == Amount(Decimal("2500.00"), "EUR", ":33B:1")
    assert (payment.business_date, payment.business_date_path) == (date(2026, 3, 2), ":32A:1")
    assert payment.payer
    assert payment.payer.address
    assert told([payment.payer.name]) == [("CLAIRE WEBER", ":50K:2")]
    assert told(payment.payer.address.lines) == [("12 RUE DU MOULIN", ":50K:3"), ("1234 LUXEMBOURG LU", ":50K:4")]
    assert payment.payer_account
    assert told([payment.payer_account.iban]) == [("LU280019400644750000", ":50K:1")]
    assert payment.payee
    assert told([payment.payee.name]) == [("PAUL MARTIN", ":59:2")]
    assert told([payment.ids.instruction, payment.ids.uetr]) == [("REF0815", ":20:1"), (UETR, "{3:{121:}}")]
    assert [(text.kind, text.path) for text in payment.texts] == [
        (TextKind.REFERENCE, ":20:"),
        (TextKind.REMITTANCE, ":70:"),
    ]


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("trailer", ["", "{5:{CHK:0123456789AB}}", "{5:{MAC:0123ABCD}}{S:{SAC:}{COP:P}}"])
def test_line_ends_and_trailers_do_not_matter(newline: str, trailer: str) -> None:
    assert decoded(mt103(newline=newline, trailer=trailer)) == one()


def test_written_out_line_ends() -> None:
    for written in (b"\\n", b"\\r\\n"):
        assert decoded(mt103(newline="\n").replace(b"\n", written) + b"\n") == one()


def test_blanks_at_line_ends_do_not_matter() -> None:
    assert decoded(mt103(newline="\n").replace(b"\n", b"  \n")) == one()
    assert decoded(mt103().replace(b"\r\n-}", b"-}")) == one()


def test_a_text_block_alone() -> None:
    fields = "\n".join(f":{tag}:{text}" for tag, text in MT103_FIELDS.items())
    for raw in (fields, f"{fields}\n-", f"{{4:\n{fields}\n-}}"):
        payment = decoded(raw.encode())
        assert payment.payer == one().payer
        assert (payment.sender, payment.receiver) == (None, None)


@pytest.mark.parametrize(
    ("headers", "sender", "receiver"),
    [
        ("{1:F01AAAALULLAXXX0000000000}{2:I103BBBBFRPPX001N}", "AAAALULLXXX", "BBBBFRPP001"),
        (
            "{1:F01BBBBFRPPA0010000000000}{2:O1031200260302AAAALULLAXXX00000000002603021200N}",
            "AAAALULLXXX",
            "BBBBFRPP001",
        ),
        ("{1:F01AAAALULL0000000000}{2:I103BBBBFRPPXXXXN}", "AAAALULL", "BBBBFRPPXXX"),
    ],
)
def test_who_sends_to_whom(headers: str, sender: str, receiver: str) -> None:
    raw = mt103(uetr=None).decode()
    payment = decoded((headers + raw[raw.index("{4:") :]).encode())
    assert payment.sender
    assert payment.receiver
    ends = ("{1:}", "{2:}") if "{2:I" in headers else ("{2:}", "{1:}")
    assert told([payment.sender.bic, payment.receiver.bic]) == [(sender, ends[0]), (receiver, ends[1])]
    assert payment.intermediaries == ()
    assert payment.institutions == ()


SPOILT: dict[str, tuple[dict[str, str | None], str, str | None]] = {
    "date": ({"32A": "260230EUR1,00"}, ":32A:1", "260230EUR1,00"),
    "short date": ({"32A": "26030XEUR1,00"}, ":32A:1", "26030XEUR1,00"),
    "amount": ({"32A": "260302EUR1.00"}, ":32A:1", "260302EUR1.00"),
    "no amount": ({"32A": "260302EUR"}, ":32A:1", "260302EUR"),
    "amount of sixteen digits": ({"32A": "260302EUR1234567890123456,"}, ":32A:1", "260302EUR1234567890123456,"),
    "currency": ({"32A": "260302eur1,00"}, ":32A:1", "260302eur1,00"),
    "absent": ({"32A": None}, ":32A:", ""),
    "instructed": ({"33B": "many"}, ":33B:1", "many"),
    "two payers": ({"50F": "/1\n1/OTHER"}, ":50K:", None),
    "two options": ({"52A": "AAAALULL", "52D": "OTHER BANK"}, ":52D:", "OTHER BANK"),
}


@pytest.mark.parametrize("name", SPOILT)
def test_a_field_that_makes_no_sense_is_a_problem_and_the_rest_is_decoded(name: str) -> None:
    fields, path, seen = SPOILT[name]
    payment = one(fields)
    (problem,) = payment.problems
    assert (problem.reason, problem.path) == (Reason.FIELD_UNREADABLE, path)
    assert seen in {problem.seen, None}
    assert problem.detail
    assert payment.payee
    assert payment.payee.name


def test_a_field_twice_is_a_problem_and_both_are_screened() -> None:
    raw = mt103().replace(b":71A:SHA", b":70:EVIL PERSON\r\n:71A:SHA\r\n:71F:EUR1,00\r\n:71F:EUR2,00")
    payment = decoded(raw)
    assert [(problem.path, problem.seen) for problem in payment.problems] == [(":70[2]:", "EVIL PERSON")]
    assert [(text.text, text.path) for text in payment.texts if text.kind is TextKind.REMITTANCE] == [
        ("INVOICE 0815 OF FEBRUARY", ":70:"),
        ("EVIL PERSON", ":70[2]:"),
    ]


def test_absent_ends_have_a_place() -> None:
    payment = one({"50K": None, "59": None})
    assert payment.payer == Party(":50a:")
    assert payment.payee == Party(":59a:")
    assert (payment.payer_account, payment.payee_account) == (None, None)


def test_option_a_names_by_bic() -> None:
    payment = one({"59": None, "59A": "/123\nCCCCDEFF\nMORE"})
    assert payment.payee
    assert payment.payee_account
    assert told([payment.payee.bic, *payment.payee.other]) == [("CCCCDEFF", ":59A:2"), ("MORE", ":59A:3")]
    assert told([payment.payee_account.number]) == [("123", ":59A:1")]
    assert payer("/123", "50A").bic is None


def test_a_name_without_account_and_nothing_at_all() -> None:
    payment = one({"50K": "CLAIRE WEBER", "59": ""})
    assert payment.payer
    assert told([payment.payer.name]) == [("CLAIRE WEBER", ":50K:1")]
    assert (payment.payer.address, payment.payer_account) == (None, None)
    assert payment.payee
    assert told([payment.payee.name]) == [("", ":59:1")]
    only_account = one({"50K": "/123"})
    assert only_account.payer == Party(":50K:")


FULL_LINE = "INTERNATIONAL TRADING AND CARGO COM"


def test_a_name_that_fills_the_line_goes_on_in_the_next() -> None:
    party = payer(f"/1\n{FULL_LINE}\nPANY LIMITED\n12 HARBOUR STREET", "50K")
    assert party.address
    assert told([party.name]) == [(FULL_LINE + "PANY LIMITED", ":50K:2")]
    assert told(party.address.lines) == [("12 HARBOUR STREET", ":50K:4")]


def test_a_full_line_before_an_address_stays_the_name() -> None:
    party = payer(f"{FULL_LINE}\n12 HARBOUR STREET", "50K")
    assert told([party.name]) == [(FULL_LINE, ":50K:1")]
    everything = payer(f"{FULL_LINE}\nCOMPANY", "50K")
    assert everything.address is None


def test_numbered_lines() -> None:
    payment = one(
        {
            "50K": None,
            "50F": "/LU280019400644750000\n1/CLAIRE\n1/WEBER\n2/12 RUE\n3/LU/LUXEMBOURG\n4/19800229\n5/LU/ESCH",
        }
    )
    party = payment.payer
    assert party
    assert payment.payer_account
    assert payment.payer_account.iban
    assert party.address
    assert told([party.name]) == [("CLAIRE WEBER", ":50F:2")]
    assert told(party.address.lines) == [("12 RUE", ":50F:4")]
    assert told([party.address.country, party.address.town]) == [("LU", ":50F:5"), ("LUXEMBOURG", ":50F:5")]
    assert told([party.birth_date, party.birth_country, party.birth_town]) == [
        ("19800229", ":50F:6"),
        ("LU", ":50F:7"),
        ("ESCH", ":50F:7"),
    ]


def test_numbered_lines_of_a_payee() -> None:
    payment = one({"59": None, "59F": "/123\n1/PAUL MARTIN\n2/3 QUAI DES BRUMES\n3/FR/LYON\n3/69000"})
    assert payment.payee
    assert payment.payee.address
    assert told([payment.payee.name, payment.payee.address.town]) == [
        ("PAUL MARTIN", ":59F:2"),
        ("LYON 69000", ":59F:4"),
    ]


def test_numbered_lines_cut_inside_a_word() -> None:
    assert told([payer(f"/1\n1/{FULL_LINE[:33]}\n1/X LIMITED").name]) == [(FULL_LINE[:33] + "X LIMITED", ":50F:2")]


def test_a_line_without_number_goes_on_with_the_one_before() -> None:
    assert told([payer("/1\n1/CLAIRE\nWEBER\n3/LU").name]) == [("CLAIRE WEBER", ":50F:2")]
    address = payer("/1\n1/A\n3/LU\n3/ESCH").address
    assert address
    assert told([address.country, address.town]) == [("LU", ":50F:3"), ("ESCH", ":50F:4")]
    assert payer("/1\n1/A\n3/LU").address
    assert told(payer("NO NUMBER\n1/A").other) == [("NO NUMBER", ":50F:1")]


NUMBERS = {
    "CCPT/LU/X123\n1/A": ("CCPT", "X123", "LU", None),
    "DRLC/BE/BRUSSELS/D4/56\n1/A": ("DRLC", "D4/56", "BE", "BRUSSELS"),
    "CUST/LU/77\n1/A": ("CUST", "77", "LU", None),
    "/1\n1/A\n6/DE/BANK OF X/1234": ("CUST", "1234", "DE", "BANK OF X"),
    "/1\n1/A\n7/LU/19800229": ("NIDN", "19800229", "LU", None),
    "/1\n1/A\n7/19800229": ("NIDN", "19800229", None, None),
}


@pytest.mark.parametrize("field", NUMBERS)
def test_numbers_of_a_party(field: str) -> None:
    party = payer(field)
    (number,) = party.identifications
    found = (number.scheme, number.value.text, number.country, number.issuer)
    assert (*found[:2], *(value and value.text for value in found[2:])) == NUMBERS[field]
    assert told([party.name])[0][0] == "A"


@pytest.mark.parametrize("field", ["/1\n1/A\n7/LU/123\n8/45", "CUST/LU/BANK/123\n1/A\n8/4\n8/5"])
def test_line_8_goes_on_with_a_number(field: str) -> None:
    party = payer(field)
    assert [number.value.text for number in party.identifications] == ["12345"]
    assert party.other == ()


def test_line_8_without_a_number_is_kept() -> None:
    assert told(payer("/1\n1/A\n8/45").other) == [("45", ":50F:3")]


def test_a_name_that_was_cut_for_good_does_not_go_on() -> None:
    party = payer(f"/1\n{FULL_LINE[:34]}+\nHARBOUR STREET", "50K")
    assert party.name
    assert party.name.truncated
    assert party.address
    assert told(party.address.lines) == [("HARBOUR STREET", ":50K:3")]
    assert not payer(f"/1\n{FULL_LINE}", "50K").name.truncated  # type: ignore[union-attr]  # the name is there


RETURNS = {
    "/RETN/99\n/AC01/X\n/MREF/REF": PaymentKind.RETURN,
    "/REJT/99\n/AC01/X": PaymentKind.RETURN,
    "/RETN/": PaymentKind.RETURN,
    "/ACC/RETURN\n/RETN/99": PaymentKind.CUSTOMER_CREDIT_TRANSFER,  # the code word must come first
    "/RET/ACCOUNT CLOSED": PaymentKind.CUSTOMER_CREDIT_TRANSFER,
    "RETN": PaymentKind.CUSTOMER_CREDIT_TRANSFER,
}


@pytest.mark.parametrize("text", RETURNS)
def test_a_return_in_the_form_of_a_transfer(text: str) -> None:
    assert one({"72": text}).kind is RETURNS[text]


def test_those_behind_payer_and_payee() -> None:
    payment = one({"70": "/ROC/E2E 1\n/ULTB/BEHIND THE\n// PAYEE/LYON\n/ULTD/BEHIND THE PAYER"})
    assert payment.ultimate_payee
    assert payment.ultimate_payer
    assert told([payment.ultimate_payee.name, payment.ultimate_payer.name]) == [
        ("BEHIND THE PAYEE", ":70:2"),
        ("BEHIND THE PAYER", ":70:4"),
    ]
    assert (one().ultimate_payer, one({"70": None}).ultimate_payee) == (None, None)


def test_countries_of_residence() -> None:
    payment = one({"77B": "/ORDERRES/BE//MERELBEKE\n/BENEFRES/IR\n/ORDERRES/X"})
    assert payment.payer
    assert payment.payee
    assert told([payment.payer.residence_country, payment.payee.residence_country]) == [
        ("BE", ":77B:1"),
        ("IR", ":77B:2"),
    ]
    assert one({"77B": "//X\n/BENEFRES/IRAN"}).payee == one().payee


def test_institutions_by_option() -> None:
    payment = one(
        {
            "51A": "/9\nGGGGDEFF",
            "52D": "//CH123456\nBANK OF X\nZURICH",
            "53B": "/D/901",
            "54A": "/C/902\nHHHHUS33\nMORE",
            "56C": "//FW021",
            "57D": "BANK OF Y",
        }
    )
    payer_institution, payee_institution = payment.payer_institution, payment.payee_institution
    assert payer_institution
    assert payer_institution.address
    assert told([payer_institution.clearing_id, payer_institution.name, *payer_institution.address.lines]) == [
        ("CH123456", ":52D:1"),
        ("BANK OF X", ":52D:2"),
        ("ZURICH", ":52D:3"),
    ]
    assert payee_institution == Institution(":57D:", name=payee_institution.name if payee_institution else None)
    assert [step.path for step in payment.intermediaries] == ["{1:}", "{2:}", ":56C:", ":54A:"]
    last = payment.intermediaries[-1]
    assert last.account
    assert told([last.account.number, last.bic, *last.other]) == [
        ("902", ":54A:1"),
        ("HHHHUS33", ":54A:2"),
        ("MORE", ":54A:3"),
    ]
    assert [step.path for step in payment.institutions] == [":53B:", ":51A:"]
    assert payment.problems == ()


def test_institutions_that_are_no_institutions() -> None:
    payment = one({"52A": "", "53B": "LUXEMBOURG", "56D": "/1"})
    assert payment.payer_institution == Institution(":52A:")
    assert told([text for step in payment.institutions for text in step.other]) == [("LUXEMBOURG", ":53B:1")]


def test_the_payers_institution_under_other_fields_is_no_intermediary() -> None:
    payment = one({"52A": "AAAALULL", "53A": "AAAALULLXXX", "57A": "BBBBFRPP"})
    assert payment.intermediaries == ()
    assert [step.path for step in payment.institutions] == [":53A:"]


def test_institutions_named_in_field_72() -> None:
    payment = one({"72": "/INS/CCCCDEFF\n/INTA/DDDDFRPPXXX\n/INS/PROCESS SAME DAY\n/ACC/EEEEITRR"})
    assert [step.path for step in payment.intermediaries] == [":72:1", ":72:2"]
    assert [text.kind for text in payment.texts if text.path == ":72:"] == [TextKind.INSTRUCTION]


def test_references() -> None:
    payment = decoded(
        mt103({"70": "/ROC/E2E 1/INV 2", "21": "REL"}).replace(b"{3:", b"{3:{108:MUR1}{103:TGT}{113:URGENT}")
    )
    ids = payment.ids
    assert told([ids.message, ids.end_to_end]) == [("MUR1", "{3:{108:}}"), ("E2E 1", ":70:")]
    assert {text.path for text in payment.texts} == {":20:", ":21:", ":70:", "{3:{108:}}", "{3:{113:}}"}
    bare = decoded(mt103({"20": None, "70": None}, uetr=None)).ids
    assert (bare.instruction, bare.end_to_end, bare.uetr, bare.message) == (None, None, None, None)


@pytest.mark.parametrize(
    ("tag", "plain"),
    [
        ("13C", "/SNDTIME/1200+0100"),
        ("23B", "SPRI"),
        ("36", "1,25"),
        ("71A", "OUR"),
        ("71F", "EUR1,"),
        ("71G", "USD2,5"),
    ],
)
def test_codes_are_no_texts_but_a_name_in_their_place_is(tag: str, plain: str) -> None:
    assert f":{tag}:" not in {text.path for text in one({tag: plain}).texts}
    assert f":{tag}:" in {text.path for text in one({tag: "EVIL PERSON"}).texts}


@pytest.mark.parametrize("tag", ["23E", "26T", "50C", "77B", "77T", "99", "121"])
def test_every_other_field_is_screened(tag: str) -> None:
    assert "EVIL\nPERSON" in {text.text for text in one({tag: "EVIL\nPERSON"}).texts}


def test_blank_lines_at_the_end_of_a_field_do_not_count() -> None:
    assert decoded(mt103({"70": "INVOICE 0815 OF FEBRUARY\n\n"})) == one()
    assert "{5:" not in str(one())


def test_an_empty_block_3_value_is_no_text() -> None:
    payment = decoded(mt103().replace(b"{3:", b"{3:{108:}"))
    assert "{3:{108:}}" not in {text.path for text in payment.texts}
