from __future__ import annotations

import pytest

from schemas.payment import Party, PaymentKind, Rail
from tests.builders import UETR
from tests.decoding import bics, decoded, institution
from tests.iso_builders import BANKS, CUSTOMERS, HEADER, SENDER, cover, pacs009

PATH = "/Document/FICdtTrf/CdtTrfTxInf"
UNDERLYING = f"{PATH}/UndrlygCstmrCdtTrf"


def test_a_core_transfer_has_institutions_at_both_ends() -> None:
    (payment,) = decoded(pacs009())
    assert payment.kind is PaymentKind.INSTITUTION_CREDIT_TRANSFER
    assert (payment.format, payment.path, payment.rail) == ("pacs.009.001.08", PATH, Rail.CBPR)
    assert payment.payer
    assert payment.payer.bic
    assert (payment.payer.path, payment.payer.bic.path) == (f"{PATH}/Dbtr", f"{PATH}/Dbtr/FinInstnId/BICFI")
    assert payment.payee
    assert payment.payee.bic
    assert payment.payee.bic.text == "BBBBFRPP"
    assert payment.ids.uetr
    assert payment.ids.uetr.text == UETR
    assert payment.problems == ()


def test_an_end_is_its_own_institution_unless_another_holds_its_account() -> None:
    (payment,) = decoded(pacs009())
    assert payment.payer_institution
    assert payment.payee_institution
    assert bics((payment.payer_institution, payment.payee_institution)) == ["AAAALULL", "BBBBFRPP"]
    held = BANKS + institution("DbtrAgt", "CCCCDEFF") + institution("CdtrAgt", "DDDDFRPP")
    (payment,) = decoded(pacs009(held, more=SENDER + institution("IntrmyAgt1", "AAAALULLXXX")))
    assert payment.payer_institution
    assert payment.payee_institution
    assert bics((payment.payer_institution, payment.payee_institution)) == ["CCCCDEFF", "DDDDFRPP"]
    assert payment.intermediaries == ()  # neither the institutions nor the payer under another field


def test_an_end_that_has_only_a_name_and_a_clearing_number() -> None:
    named = (
        "<ClrSysMmbId><MmbId>021000021</MmbId></ClrSysMmbId><LEI>L-1</LEI><Nm>Some Bank</Nm><Othr><Id>O-1</Id></Othr>"
    )
    (payment,) = decoded(pacs009(institution("Dbtr", None, named)))
    payer = payment.payer
    assert payer
    assert payer.name
    assert payer.lei
    assert (payer.name.text, payer.lei.text, [value.text for value in payer.other]) == ("Some Bank", "L-1", ["O-1"])
    assert [(number.value.text, number.organisation) for number in payer.identifications] == [("021000021", True)]
    assert payment.payee == Party(f"{PATH}/Cdtr")
    assert payment.payee_institution is None
    assert decoded(pacs009(""))[0].payer == Party(f"{PATH}/Dbtr")


def test_those_behind_the_institutions() -> None:
    (payment,) = decoded(pacs009(more=institution("UltmtDbtr", "HHHHUS33") + institution("UltmtCdtr", "JJJJUS33")))
    assert payment.ultimate_payer
    assert payment.ultimate_payer.bic
    assert payment.ultimate_payee
    assert payment.ultimate_payee.bic
    assert (payment.ultimate_payer.bic.text, payment.ultimate_payee.bic.text) == ("HHHHUS33", "JJJJUS33")


def test_a_cover_is_the_payment_of_the_customers() -> None:
    more = "<UltmtDbtr><Nm>Ultimate Payer</Nm></UltmtDbtr><InitgPty><Nm>Who Asked</Nm></InitgPty>"
    said = '<InstdAmt Ccy="USD">2600.00</InstdAmt><RmtInf><Ustrd>Invoice 0815</Ustrd></RmtInf>'
    (payment,) = decoded(cover(CUSTOMERS + more + said, SENDER))
    assert payment.kind is PaymentKind.COVER
    assert payment.payer
    assert payment.payer.name
    assert (payment.payer.name.text, payment.payer.name.path) == ("Claire Weber", f"{UNDERLYING}/Dbtr/Nm")
    assert payment.payee
    assert payment.payee.name
    assert payment.payee.name.text == "Paul Martin"
    assert payment.payer_account
    assert payment.payer_account.iban
    assert payment.payer_account.iban.path == f"{UNDERLYING}/DbtrAcct/Id/IBAN"
    assert payment.ultimate_payer
    assert payment.ultimate_payer.name
    assert payment.initiating_party
    assert payment.initiating_party.name
    assert (payment.ultimate_payer.name.text, payment.initiating_party.name.text) == ("Ultimate Payer", "Who Asked")
    assert payment.instructed_amount
    assert (payment.instructed_amount.currency, payment.instructed_amount.path) == ("USD", f"{UNDERLYING}/InstdAmt")
    assert payment.amount
    assert payment.amount.currency == "EUR"
    assert ("Invoice 0815", f"{UNDERLYING}/RmtInf/Ustrd") in [(text.text, text.path) for text in payment.texts]


def test_the_institutions_of_both_chains_of_a_cover_count() -> None:
    inner = CUSTOMERS + institution("PrvsInstgAgt1", "EEEEITRR") + institution("IntrmyAgt1", "HHHHUS33")
    (payment,) = decoded(cover(inner, SENDER + institution("DbtrAgt", "JJJJUS33")))
    assert payment.payer_institution
    assert payment.payee_institution
    assert bics((payment.payer_institution, payment.payee_institution)) == ["AAAALULL", "BBBBFRPP"]
    assert bics(payment.intermediaries) == ["CCCCDEFF", "DDDDFRPP", "EEEEITRR", "HHHHUS33", "JJJJUS33"]
    assert bics(payment.institutions) == ["AAAALULL", "BBBBFRPP"]  # the same ones as ends of the cover


def test_an_empty_underlying_transfer_still_makes_a_cover() -> None:
    (payment,) = decoded(cover("<RmtInf/>"))
    assert payment.kind is PaymentKind.COVER
    assert payment.payer == Party(f"{UNDERLYING}/Dbtr")
    assert payment.payee == Party(f"{UNDERLYING}/Cdtr")


def test_a_problem_inside_is_one_of_the_payment() -> None:
    (payment,) = decoded(cover(CUSTOMERS + "<Dbtr><Nm>Second Payer</Nm></Dbtr>"))
    assert [problem.path for problem in payment.problems] == [f"{UNDERLYING}/Dbtr[2]"]
    assert "Second Payer" in [text.text for text in payment.texts]


@pytest.mark.parametrize("version", [f"{number:02}" for number in range(2, 13)])
def test_every_published_version_decodes(version: str) -> None:
    first, second = decoded(pacs009(version=version, payments=2))
    assert first.format == f"pacs.009.001.{version}"
    assert (second.position, second.path) == (2, f"{PATH}[2]")


def test_an_older_name_of_the_bic_and_the_header_of_the_message() -> None:
    older = BANKS.replace("BICFI", "BIC")
    (payment,) = decoded(pacs009(older, header=HEADER.replace("</GrpHdr>", SENDER + "</GrpHdr>")))
    assert payment.sender
    assert bics((payment.sender,)) == ["CCCCDEFF"]
    assert bics(payment.intermediaries) == ["CCCCDEFF", "DDDDFRPP"]
    assert payment.payer
    assert payment.payer.bic


@pytest.mark.parametrize(
    ("service", "kind"),
    [
        ("<BizSvc>swift.cbprplus.cov.02</BizSvc>", PaymentKind.COVER),
        ("<BizSvc>swift.cbprplus.02</BizSvc>", PaymentKind.INSTITUTION_CREDIT_TRANSFER),
        ("<BizSvc/>", PaymentKind.INSTITUTION_CREDIT_TRANSFER),
    ],
)
def test_a_cover_that_names_no_customer_is_a_cover_all_the_same(service: str, kind: PaymentKind) -> None:
    (payment,) = decoded(f"<Envelope><AppHdr>{service}</AppHdr>".encode() + pacs009() + b"</Envelope>")
    assert payment.kind is kind
    path = f"/Envelope{UNDERLYING}/Dbtr" if kind is PaymentKind.COVER else f"/Envelope{PATH}/Dbtr"
    assert payment.payer
    assert payment.payer.path == path
