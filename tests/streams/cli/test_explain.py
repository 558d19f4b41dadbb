"""`explain` on each kind of message: who pays whom, which data are required and why, what stood where, which row."""

from __future__ import annotations

from pathlib import Path

import pytest

from lists.index import Index
from schemas.context import Context
from schemas.decision import EditionUsed, ListUsed
from schemas.formats.detect import decode
from schemas.payment import Message
from streams.cli.explain import explanation
from streams.pipeline import filter_message
from tests.builders import mt103, pacs008, transaction
from tests.information_builders import SHIPPED
from tests.iso_builders import block, cover, order, pacs003, pacs004, pacs009, pain001
from tests.mt_builders import mt202, mt202cov

INDEX = Index.build([], EditionUsed("e", (ListUsed("UN", "2026-11-01", "0" * 64, 0),)))
OUT = pacs008(payer_bic="EXBKLULL")
IN = pacs008(payer_bic="AAAAUS33", payee_bic="EXBKLULL", payer_id="", payer_address="")
INSTANT = pacs008(
    payer_bic="AAAACHZZ", payee_bic="EXBKLULL", local_instrument="INST", service_level="SEPA", payer_id=""
)
BATCH = pacs008(transactions=[transaction(payer_bic="EXBKLULL"), transaction(payer_bic="EXBKLULL", payee_iban=None)])
CASH = pacs008(payer_bic="EXBKLULL", payer_iban=None)


def explained(raw: bytes, context: Context | None = None) -> list[str]:
    context = context or Context()
    decisions = filter_message(raw, context, INDEX, SHIPPED)
    message = decode(raw, SHIPPED.decoding)
    return list(explanation("m", decisions, SHIPPED, message.payments if isinstance(message, Message) else ()))


@pytest.mark.parametrize(
    ("raw", "lines"),
    [
        (
            OUT,
            (
                "because  matrix row M05: when status = complete then execute",
                "payer    Claire Weber, LU280019400644750000, at EXBKLULL",
                "payee    Paul Martin, FR1420041010050500013M02606, at BBBBFRPP",
                "required: saw 'as payer_psp: everyone who moves it is in the Union' -> ART5_1: payer.account, ",
                "payer.account: saw 'LU280019400644750000' at /Document/FIToFICstmrCdtTrf/CdtTrfTxInf/DbtrAcct/Id/IBAN",
                "fields against UN: no hits",
                "findings none: nothing that is required is missing, nothing is listed",
            ),
        ),
        (
            IN,
            (
                "matrix row M14: when defect = payer.third_element then execute_followup",
                "it comes from outside the Union, whatever the amount' -> ART4: ",
                "payer.name: saw 'Claire Weber' at ",
                "payer.third_element: saw nothing at /Document/FIToFICstmrCdtTrf/CdtTrfTxInf/Dbtr -> missing",
                "ask for  payer.third_element (RQFI/FWTR/DTOR/RQPA), within 5 working days",
            ),
        ),
        (INSTANT, ("matrix row M07: when rail = sct_inst then reject", "'LU' at ", "codes    RR02")),
        (mt103(), ("payer.account: saw ", " at :50", "rail swift_mt")),
        (cover(), ("payer    ", "required: saw 'as ", "payer.account: saw ")),
        (mt202cov(), ("payer    ", "required: saw 'as ")),
        (pacs009(), ("out of scope: exempt (Art. 2(4)(c))", "matrix row M03: when scope = out then execute")),
        (mt202(), ("exempt (Art. 2(4)(c))", "fields against UN: no hits")),
        (pain001(block(order())), ("required: saw 'as ", "payer.account: saw ")),
        (pacs003(), ("required: saw 'as ", "payee.account: saw ")),
        (pacs004(), ("exempt (Art. 3(9))", "fields against UN: no hits")),
        (
            BATCH,
            (
                "2 payment(s)",
                "Payment 1, ",
                "Payment 2, ",
                "payee.account: saw nothing at ",
                "-> missing",
                "matrix row M04",
            ),
        ),
        (b"{1:F01EXBKLULLAXXX0000000000}{2:I199AAAAUS33XXXXN}{4:\r\n:20:X\r\n-}", ("MT199 (a free message; ", "F00: ")),
    ],
    ids=range(13),
)
def test_a_person_reads_why(raw: bytes, lines: tuple[str, ...]) -> None:
    text = "\n".join(explained(raw))
    for line in lines:
        assert line in text, text


def test_an_identifier_that_stands_in_for_an_account_is_shown() -> None:
    text = "\n".join(explained(CASH, Context(payer_account_based=False)))
    assert "payer.account: saw '7a562c67-ca16-48ba-b074-65581be6f001' at " in text
    assert "UETR -> there" in text


def test_who_stands_behind_and_between_is_shown() -> None:
    through = "<IntrmyAgt1><FinInstnId><BICFI>CCCCDEFF</BICFI></FinInstnId></IntrmyAgt1>"
    more = f"<UltmtDbtr><Nm>Weber Holding</Nm></UltmtDbtr>{through}"
    text = "\n".join(explained(pacs008(payer_bic="EXBKLULL", before_payer=more)))
    assert "  behind payer Weber Holding" in text
    assert "  through  CCCCDEFF" in text


@pytest.mark.shared
def test_every_real_message_can_be_explained() -> None:
    from tests.shared import SHARED  # noqa: PLC0415 - absent on other machines

    files = [path for path in sorted((SHARED / "data" / "payments").rglob("*")) if path.suffix in {".txt", ".xml"}]
    assert len(files) > 400
    for file in files:
        assert len(explained(Path(file).read_bytes())) > 5
