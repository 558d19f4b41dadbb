from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from schemas.formats.detect import decode
from schemas.formats.limits import Limits
from schemas.payment import Amount, Message, Party, PaymentKind, Rail, TextKind
from tests.builders import UETR
from tests.decoding import bics, decoded
from tests.mt_builders import CORE, CUSTOMERS, mt202, mt202cov


@pytest.mark.parametrize("kind", ["202", "205"])
def test_a_core_transfer_has_institutions_at_both_ends(kind: str) -> None:
    (payment,) = decoded(mt202(kind=kind))
    assert (payment.format, payment.kind) == (f"mt{kind}", PaymentKind.INSTITUTION_CREDIT_TRANSFER)
    assert (payment.rail, payment.position, payment.path) == (Rail.SWIFT_MT, 1, "block 4")
    assert payment.amount == Amount(Decimal("2500.00"), "EUR", ":32A:1")
    assert (payment.business_date, payment.business_date_path) == (date(2026, 3, 2), ":32A:1")
    assert payment.payer
    assert payment.payer.bic
    assert (payment.payer.bic.text, payment.payer.bic.path) == ("AAAALULL", ":52A:1")
    assert payment.payee
    assert payment.payee.bic
    assert (payment.payee.bic.text, payment.payee.bic.path) == ("BBBBFRPP", ":58A:2")
    assert payment.payee_account
    assert payment.payee_account.number
    assert payment.payee_account.number.text == "123"
    assert payment.payer_institution
    assert payment.payee_institution
    assert bics((payment.payer_institution, payment.payee_institution)) == ["AAAALULL", "BBBBFRPP"]
    assert bics(payment.intermediaries) == ["CCCCDEFFXXX", "DDDDFRPPXXX"]
    assert payment.institutions == ()
    assert payment.ids.uetr
    assert payment.ids.uetr.text == UETR
    assert [(text.kind, text.path) for text in payment.texts] == [
        (TextKind.REFERENCE, ":20:"),
        (TextKind.REFERENCE, ":21:"),
    ]
    assert payment.problems == ()


def test_without_52a_the_sender_pays() -> None:
    (payment,) = decoded(mt202(CORE.replace(":52A:AAAALULL\n", "")))
    assert payment.payer
    assert payment.payer.bic
    assert (payment.payer.path, payment.payer.bic.text) == ("{1:}", "CCCCDEFFXXX")
    assert payment.payer_institution is None
    assert bics(payment.intermediaries) == ["DDDDFRPPXXX"]


def test_absent_ends_have_a_place() -> None:
    (payment,) = decoded(b"{1:F01}{2:I202N}{4:\n:20:REF\n-}")
    assert (payment.payer, payment.payee) == (Party(":52a:"), Party(":58a:"))
    assert (payment.payer_account, payment.payee_account, payment.payee_institution) == (None, None, None)
    assert [problem.path for problem in payment.problems] == [":32A:"]


def test_another_institution_may_hold_the_account_of_the_payee() -> None:
    more = ":53B:/D/901\n:54A:EEEEITRR\n:56D:BANK IN BETWEEN\nZURICH\n:57A:HHHHUS33\n:72:/INS/JJJJUS33"
    (payment,) = decoded(mt202(f"{CORE}\n{more}"))
    assert payment.payee_institution
    assert bics((payment.payee_institution,)) == ["HHHHUS33"]
    assert bics(payment.intermediaries) == ["CCCCDEFFXXX", "DDDDFRPPXXX", ":56D:", "EEEEITRR", "JJJJUS33"]
    assert [step.path for step in payment.institutions] == [":53B:"]


@pytest.mark.parametrize(("kind", "variant"), [("202", "COV"), ("205", "COV"), ("202", "STP"), ("202", "")])
def test_a_cover_is_the_payment_of_the_customers(kind: str, variant: str) -> None:
    (payment,) = decoded(mt202cov(kind=kind, variant=variant))
    assert (payment.format, payment.kind) == (f"mt{kind}cov", PaymentKind.COVER)
    assert payment.payer
    assert payment.payer.name
    assert (payment.payer.name.text, payment.payer.name.path) == ("CLAIRE WEBER", ":50K:2")
    assert payment.payee
    assert payment.payee.name
    assert payment.payee.name.text == "PAUL MARTIN"
    assert payment.payer_account
    assert payment.payer_account.iban
    assert payment.payer_institution
    assert payment.payee_institution
    assert bics((payment.payer_institution, payment.payee_institution)) == ["AAAALULL", "BBBBFRPP"]
    assert payment.instructed_amount == Amount(Decimal("2600.00"), "USD", ":33B:1")
    assert payment.ids.end_to_end
    assert payment.ids.end_to_end.text == "INV 1"
    assert payment.problems == ()


def test_the_institutions_of_both_sequences_count() -> None:
    inner = f"{CUSTOMERS}\n:52A:HHHHUS33\n:56A:JJJJUS33\n:57A:KKKKUS33\n:72:/INS/LLLLUS33"
    (payment,) = decoded(mt202cov(inner, outer=f"{CORE}\n:51A:MMMMUS33\n:56A:EEEEITRR"))
    assert payment.payer_institution
    assert payment.payee_institution
    assert bics((payment.payer_institution, payment.payee_institution)) == ["HHHHUS33", "KKKKUS33"]
    assert (payment.payer_institution.path, payment.payee_institution.path) == (":52A[2]:", ":57A:")
    chain = ["CCCCDEFFXXX", "DDDDFRPPXXX", "AAAALULL", "EEEEITRR", "BBBBFRPP", "JJJJUS33", "LLLLUS33"]
    assert bics(payment.intermediaries) == chain
    assert bics(payment.institutions) == ["MMMMUS33"]


def test_those_behind_the_customers() -> None:
    (payment,) = decoded(mt202cov(f"{CUSTOMERS.replace('/ROC/INV 1/INVOICE', '/ULTD/BEHIND')}"))
    assert payment.ultimate_payer
    assert payment.ultimate_payer.name
    assert payment.ultimate_payer.name.text == "BEHIND"
    assert payment.ultimate_payee is None


def test_customers_in_the_midst_of_sequence_a() -> None:
    text = ":20:REF\n:32A:260302EUR1,00\n:50A:/1\nEEEEITRR\n:52A:AAAALULL\n:58A:BBBBFRPP\n:59:PAUL MARTIN"
    (payment,) = decoded(mt202(text))
    assert payment.kind is PaymentKind.COVER
    assert payment.payer
    assert payment.payer.bic
    assert payment.payee
    assert payment.payee.name
    assert (payment.payer.bic.text, payment.payee.name.text) == ("EEEEITRR", "PAUL MARTIN")
    assert payment.payer_institution
    assert payment.payee_institution
    assert bics((payment.payer_institution, payment.payee_institution)) == ["AAAALULL", "BBBBFRPP"]


def test_a_cover_that_names_no_customer_is_a_cover_all_the_same() -> None:
    (payment,) = decoded(mt202(variant="COV"))
    assert (payment.format, payment.kind) == ("mt202cov", PaymentKind.COVER)
    assert (payment.payer, payment.payee) == (Party(":50a:"), Party(":59a:"))


@pytest.mark.parametrize("raw", [mt202(f"{CORE}\n:72:/RETN/99\n/AC01/"), mt202cov(f"{CUSTOMERS}\n:72:/REJT/99")])
def test_returns(raw: bytes) -> None:
    assert decoded(raw)[0].kind is PaymentKind.RETURN


def test_a_field_twice_in_one_sequence_is_a_problem_and_in_two_is_none() -> None:
    (payment,) = decoded(mt202cov(f"{CUSTOMERS}\n:72:/ACC/X", outer=f"{CORE}\n:72:/ACC/Y"))
    assert payment.problems == ()
    (payment,) = decoded(mt202cov(f"{CUSTOMERS}\n:59A:EEEEITRR"))
    assert [problem.path for problem in payment.problems] == [":59A:"]
    assert "EEEEITRR" in {text.text for text in payment.texts}


def test_the_hint_of_the_hub() -> None:
    assert isinstance(decode(mt202cov(), Limits(), "MT202COV"), Message)
    assert isinstance(decode(mt202cov(), Limits(), "mt202"), Message)
    assert not isinstance(decode(mt202(), Limits(), "mt202cov"), Message)
