from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from schemas.finding import Finding, Reason
from schemas.formats.detect import decode
from schemas.formats.limits import Limits
from schemas.payment import (
    Account,
    Address,
    Amount,
    Identification,
    Institution,
    Message,
    Party,
    Payment,
    Rail,
    TextKind,
)
from tests.builders import UETR, element, pacs008, transaction

BODY = "/Document/FIToFICstmrCdtTrf"
PATH = f"{BODY}/CdtTrfTxInf"


def decoded(raw: bytes) -> list[Payment]:
    message = decode(raw, Limits())
    assert isinstance(message, Message), message
    return list(message.payments)


def one(**overrides: Any) -> Payment:
    (payment,) = decoded(pacs008(**overrides))
    return payment


def institution(name: str, bic: str | None = None, more: str = "") -> str:
    return f"<{name}><FinInstnId>{element('BICFI', bic)}{more}</FinInstnId></{name}>"


def bics(institutions: tuple[Institution, ...]) -> list[str]:
    return [step.bic.text if step.bic else step.path for step in institutions]


def texts(payment: Payment) -> dict[str, str]:
    return {text.path.removeprefix(f"{PATH}/"): text.text for text in payment.texts}


def test_a_plain_payment_has_every_value_with_its_place() -> None:
    payment = one()
    assert payment.path == PATH
    assert payment.position == 1
    assert payment.problems == ()
    assert payment.amount == Amount(Decimal("2500.00"), "EUR", f"{PATH}/IntrBkSttlmAmt")
    assert (payment.business_date, payment.business_date_path) == (date(2026, 3, 2), f"{PATH}/IntrBkSttlmDt")
    ids = payment.ids
    assert ids.message
    assert (ids.message.text, ids.message.path) == ("MSG-0815", f"{BODY}/GrpHdr/MsgId")
    assert ids.uetr
    assert (ids.uetr.text, ids.uetr.path) == (UETR, f"{PATH}/PmtId/UETR")
    assert ids.end_to_end
    assert ids.end_to_end.text == "INV-2026-0815"
    assert payment.payer
    assert payment.payer.name
    assert (payment.payer.name.text, payment.payer.name.path) == ("Claire Weber", f"{PATH}/Dbtr/Nm")
    assert payment.payer_account
    assert payment.payer_account.iban
    assert payment.payer_account.iban.path == f"{PATH}/DbtrAcct/Id/IBAN"
    assert payment.payee_institution
    assert bics((payment.payee_institution,)) == ["BBBBFRPP"]
    assert payment.payee_institution.path == f"{PATH}/CdtrAgt"
    assert texts(payment)["RmtInf/Ustrd"] == "Invoice 0815 of February"


@pytest.mark.parametrize("version", [f"{number:02}" for number in range(2, 14)])
def test_every_published_version_decodes(version: str) -> None:
    (payment,) = decoded(pacs008(version=version))
    assert payment.format == f"pacs.008.001.{version}"
    assert payment.payer
    assert payment.payer.name


@pytest.mark.parametrize("namespace", ["", "urn:example:bank", "urn:iso:std:iso:20022:tech:xsd:head.001.001.02"])
def test_the_namespace_does_not_matter(namespace: str) -> None:
    (payment,) = decoded(pacs008(namespace=namespace))
    assert payment.format == "pacs.008"
    assert payment.path == PATH


def test_prefixes_do_not_matter() -> None:
    raw = pacs008().replace(b"</", b"</p:").replace(b"<Doc", b"<p:Doc").replace(b"xmlns=", b"xmlns:p=")
    (payment,) = decoded(re.sub(rb"<([A-Z])", rb"<p:\1", raw))
    assert (payment.format, payment.path) == ("pacs.008.001.08", PATH)
    assert payment.payer
    assert payment.payer.name


def test_a_batch_is_decoded_in_order_with_positions_in_the_paths() -> None:
    payments = decoded(pacs008(transactions=[transaction(payer_name=name) for name in ("A B", "C D", "E F")]))
    assert [payment.position for payment in payments] == [1, 2, 3]
    assert [payment.path for payment in payments] == [PATH, f"{PATH}[2]", f"{PATH}[3]"]
    names = [payment.payer.name for payment in payments if payment.payer]
    assert [(name.text, name.path) for name in names if name] == [
        ("A B", f"{PATH}/Dbtr/Nm"),
        ("C D", f"{PATH}[2]/Dbtr/Nm"),
        ("E F", f"{PATH}[3]/Dbtr/Nm"),
    ]


def test_the_group_header_counts_for_every_payment() -> None:
    header = (
        institution("InstgAgt", "CCCCDEFF")
        + institution("InstdAgt", "DDDDFRPP")
        + "<PmtTpInf><SvcLvl><Cd>SEPA</Cd></SvcLvl></PmtTpInf><IntrBkSttlmDt>2026-03-03</IntrBkSttlmDt>"
    )
    payments = decoded(pacs008(header=header, transactions=[transaction(date=None), transaction(date="2026-03-04")]))
    assert [payment.business_date for payment in payments] == [date(2026, 3, 3), date(2026, 3, 4)]
    assert payments[0].business_date_path == f"{BODY}/GrpHdr/IntrBkSttlmDt"
    for payment in payments:
        assert payment.rail is Rail.SCT
        assert payment.sender
        assert payment.sender.path == f"{BODY}/GrpHdr/InstgAgt"
        assert bics(payment.intermediaries) == ["CCCCDEFF", "DDDDFRPP"]


def test_a_missing_group_header_is_no_obstacle() -> None:
    raw = b"<Document><FIToFICstmrCdtTrf>" + transaction(date=None).encode() + b"</FIToFICstmrCdtTrf></Document>"
    (payment,) = decoded(raw)
    assert payment.ids.message is None
    assert (payment.business_date, payment.business_date_path) == (None, "")


def test_the_day_the_message_was_made_counts_where_no_settlement_date_is_given() -> None:
    payment = one(date=None)
    assert (payment.business_date, payment.business_date_path) == (date(2026, 3, 2), f"{BODY}/GrpHdr/CreDtTm")


def test_payer_and_payee_always_have_a_place_even_when_absent() -> None:
    payment = one(payer_name=None, payer_address="", payer_id="", payee_name=None, payee_address="")
    assert payment.payer == Party(f"{PATH}/Dbtr")
    assert payment.payee == Party(f"{PATH}/Cdtr")
    assert one(payer_iban=None).payer_account is None


def test_an_empty_element_is_not_an_absent_one() -> None:
    payment = one(payer_name="")
    assert payment.payer
    assert payment.payer.name
    assert payment.payer.name.text == ""


SPOILT: dict[str, tuple[dict[str, Any], str, str]] = {
    "amount": ({"amount": "12,50"}, f"{PATH}/IntrBkSttlmAmt", "12,50"),
    "negative amount": ({"amount": "-1.00"}, f"{PATH}/IntrBkSttlmAmt", "-1.00"),
    "amount of nineteen digits": ({"amount": "1234567890123456789"}, f"{PATH}/IntrBkSttlmAmt", "1234567890123456789"),
    "empty amount": ({"amount": ""}, f"{PATH}/IntrBkSttlmAmt", ""),
    "no amount": ({"amount": None}, f"{PATH}/IntrBkSttlmAmt", ""),
    "no currency": ({"currency": None}, f"{PATH}/IntrBkSttlmAmt/@Ccy", ""),
    "currency in small letters": ({"currency": "eur"}, f"{PATH}/IntrBkSttlmAmt/@Ccy", "eur"),
    "date": ({"date": "02.03.2026"}, f"{PATH}/IntrBkSttlmDt", "02.03.2026"),
    "day that does not exist": ({"date": "2026-02-30"}, f"{PATH}/IntrBkSttlmDt", "2026-02-30"),
    "instructed amount": (
        {"before_payer": '<InstdAmt Ccy="USD">many</InstdAmt>'},
        f"{PATH}/InstdAmt",
        "many",
    ),
    "two payers": ({"after_payee": "<Dbtr><Nm>Another One</Nm></Dbtr>"}, f"{PATH}/Dbtr[2]", ""),
}


@pytest.mark.parametrize("name", SPOILT)
def test_a_field_that_makes_no_sense_is_a_problem_and_the_rest_is_decoded(name: str) -> None:
    overrides, path, seen = SPOILT[name]
    payment = one(**overrides)
    assert [(problem.reason, problem.path, problem.seen) for problem in payment.problems] == [
        (Reason.FIELD_UNREADABLE, path, seen)
    ]
    assert payment.problems[0].detail
    assert payment.payer
    assert payment.payer.name
    assert payment.payer.name.text == "Claire Weber"


def test_what_stands_in_a_spoilt_field_is_screened() -> None:
    assert "Evil Person" in texts(one(amount="Evil Person")).values()
    assert "Evil Person" in texts(one(after_payee="<Dbtr><Nm>Evil Person</Nm></Dbtr>")).values()


def test_a_problem_of_the_header_is_one_of_each_payment() -> None:
    header = "<IntrBkSttlmDt>soon</IntrBkSttlmDt><InstgAgt/><InstgAgt/>"
    payments = decoded(pacs008(header=header, transactions=[transaction(date=None), transaction()]))
    doubled = f"{BODY}/GrpHdr/InstgAgt[2]"
    assert [[problem.path for problem in payment.problems] for payment in payments] == [
        [f"{BODY}/GrpHdr/IntrBkSttlmDt", doubled],
        [doubled],
    ]
    assert payments[0].business_date == date(2026, 3, 2)


def test_parties_with_all_that_can_be_said_of_them() -> None:
    more = (
        "<CtryOfRes>LU</CtryOfRes><CtctDtls><Nm>Contact Person</Nm><EmailAdr>c@example.lu</EmailAdr>"
        "<PrefrdMtd>MAIL</PrefrdMtd></CtctDtls>"
    )
    address = (
        "<PstlAdr><AdrTp><Cd>ADDR</Cd></AdrTp><CareOf>Other Person</CareOf><StrtNm>Rue</StrtNm><BldgNb>1</BldgNb>"
        "<PstBx>99</PstBx><PstCd>1234</PstCd><TwnNm>Luxembourg</TwnNm><CtrySubDvsn>Sud</CtrySubDvsn><Ctry>LU</Ctry>"
        "<AdrLine>first</AdrLine><AdrLine>second</AdrLine></PstlAdr>"
    )
    payer = one(payer_address=address, payer_more=more).payer
    assert payer
    assert payer.birth_date
    assert payer.birth_date.text == "1980-02-29"
    assert payer.birth_town
    assert payer.birth_country
    assert payer.residence_country
    assert payer.residence_country.text == "LU"
    assert [value.text for value in payer.other] == ["Contact Person", "c@example.lu"]
    assert isinstance(payer.address, Address)
    assert payer.address.path == f"{PATH}/Dbtr/PstlAdr"
    assert [line.path for line in payer.address.lines] == [
        f"{PATH}/Dbtr/PstlAdr/AdrLine",
        f"{PATH}/Dbtr/PstlAdr/AdrLine[2]",
    ]
    assert [value.text for value in payer.address.other] == ["Other Person", "99"]
    assert payer.address.subdivision
    assert payer.address.subdivision.text == "Sud"


NUMBERS = (
    "<Id><OrgId><AnyBIC>GGGGLULL</AnyBIC><LEI>529900T8BM49AURSDO55</LEI>"
    "<Othr><Id>B123</Id><SchmeNm><Cd>COID</Cd></SchmeNm><Issr>RCS</Issr></Othr>"
    "<Othr><Id>77</Id><SchmeNm><Prtry>HOUSE</Prtry></SchmeNm></Othr>"
    "<Othr><SchmeNm><Cd>CUST</Cd></SchmeNm><Issr>Issuer Without Number</Issr></Othr>"
    "<Othr><Id>1</Id><Id>Second Number</Id><Nt>Note</Nt></Othr></OrgId></Id>"
)


def test_numbers_of_an_organisation() -> None:
    payer = one(payer_id=NUMBERS).payer
    assert payer
    assert payer.bic
    assert payer.lei
    where = f"{PATH}/Dbtr/Id/OrgId/Othr"
    assert [
        (number.value.text, number.value.path, number.scheme, number.organisation, number.issuer and number.issuer.text)
        for number in payer.identifications
    ] == [
        ("B123", f"{where}/Id", "COID", True, "RCS"),
        ("77", f"{where}[2]/Id", "HOUSE", True, None),
        ("1", f"{where}[4]/Id", "", True, None),
    ]
    assert [value.text for value in payer.other] == ["Second Number", "Note", "CUST", "Issuer Without Number"]


def test_numbers_of_a_person() -> None:
    payer = one().payer
    assert payer
    (number,) = payer.identifications
    assert isinstance(number, Identification)
    assert (number.scheme, number.organisation) == ("NIDN", False)


def test_the_bic_of_the_oldest_version() -> None:
    payer = one(payer_id="<Id><OrgId><BICOrBEI>GGGGLULL</BICOrBEI></OrgId></Id>").payer
    assert payer
    assert payer.bic
    payment = one(after_payee="<IntrmyAgt1><FinInstnId><BIC>HHHHCHZZ</BIC></FinInstnId></IntrmyAgt1>")
    assert bics(payment.intermediaries) == ["HHHHCHZZ"]


def test_accounts_other_than_iban() -> None:
    account = (
        "<Id><Othr><Id>12345</Id><SchmeNm><Cd>BBAN</Cd></SchmeNm><Issr>Some Issuer</Issr></Othr></Id><Ccy>EUR</Ccy>"
        "<Nm>Account Name</Nm><Prxy><Tp><Cd>EMAL</Cd></Tp><Id>p@example.fr</Id></Prxy>"
    )
    payment = one(payee_iban=None, payee_account=account)
    found = payment.payee_account
    assert isinstance(found, Account)
    assert found.number
    assert (found.iban, found.number.text, found.scheme) == (None, "12345", "BBAN")
    assert found.proxy
    assert found.name
    assert found.proxy.text == "p@example.fr"
    assert texts(payment)["CdtrAcct/Id/Othr/Issr"] == "Some Issuer"
    plain = one(payee_iban=None, payee_account="<Id><Othr><Id>9</Id></Othr></Id>").payee_account
    assert plain
    assert plain.scheme == ""


def test_everyone_behind_the_two_ends() -> None:
    payment = one(
        before_payer="<UltmtDbtr><Nm>Ultimate Payer</Nm></UltmtDbtr><InitgPty><Nm>Initiator</Nm></InitgPty>",
        after_payee="<UltmtCdtr><Nm>Ultimate Payee</Nm></UltmtCdtr>",
    )
    parties = (payment.ultimate_payer, payment.initiating_party, payment.ultimate_payee)
    assert [party and party.name and party.name.text for party in parties] == [
        "Ultimate Payer",
        "Initiator",
        "Ultimate Payee",
    ]


def test_the_chain_of_institutions_in_order() -> None:
    before = (
        institution("PrvsInstgAgt1", "EEEEGB2L")
        + institution("PrvsInstgAgt2", "FFFFCHZZ")
        + institution("InstgAgt", "CCCCDEFF")
        + institution("InstdAgt", "DDDDFRPP")
        + institution("IntrmyAgt1", "GGGGITRR")
        + "<IntrmyAgt1Acct><Id><Othr><Id>900</Id></Othr></Id></IntrmyAgt1Acct>"
        + institution("IntrmyAgt2", None, "<Nm>Bank of Nowhere</Nm><PstlAdr><Ctry>PT</Ctry></PstlAdr>")
    )
    settlement = (
        institution("InstgRmbrsmntAgt", "HHHHUS33")
        + "<InstgRmbrsmntAgtAcct><Id><Othr><Id>901</Id></Othr></Id></InstgRmbrsmntAgtAcct>"
        + "<ThrdRmbrsmntAgtAcct><Id><Othr><Id>902</Id></Othr></Id></ThrdRmbrsmntAgtAcct>"
        + "<SttlmAcct><Id><Othr><Id>903</Id></Othr></Id></SttlmAcct><ClrSys><Prtry>Clearing House</Prtry></ClrSys>"
    )
    payment = one(before_payer=before, header=f"<SttlmInf>{settlement}</SttlmInf>")
    assert [problem.path for problem in payment.problems] == [f"{BODY}/GrpHdr/SttlmInf[2]"]
    (payment,) = decoded(pacs008(before_payer=before).replace(b"<SttlmMtd>CLRG</SttlmMtd>", settlement.encode()))
    assert payment.problems == ()
    assert bics(payment.intermediaries) == [
        "EEEEGB2L",
        "FFFFCHZZ",
        "CCCCDEFF",
        "DDDDFRPP",
        "GGGGITRR",
        f"{PATH}/IntrmyAgt2",
        "HHHHUS33",
    ]
    accounts = [step.account.number.text for step in payment.intermediaries if step.account and step.account.number]
    assert accounts == ["900", "901"]
    assert bics(payment.institutions) == [f"{BODY}/GrpHdr/SttlmInf/ThrdRmbrsmntAgt"]
    found = texts(payment)
    assert found[f"{BODY}/GrpHdr/SttlmInf/SttlmAcct/Id/Othr/Id"] == "903"
    assert found[f"{BODY}/GrpHdr/SttlmInf/ClrSys/Prtry"] == "Clearing House"


def test_an_institution_that_is_one_end_under_another_name_is_no_intermediary() -> None:
    payment = one(
        before_payer=institution("PrvsInstgAgt1", "AAAALULLXXX")
        + institution("InstgAgt", "AAAALULL003")
        + institution("InstdAgt", "BBBBFRPPXXX")
    )
    assert payment.intermediaries == ()
    assert bics(payment.institutions) == ["AAAALULLXXX"]
    assert payment.sender
    assert payment.receiver
    assert bics((payment.sender, payment.receiver)) == ["AAAALULL003", "BBBBFRPPXXX"]


def test_sender_and_receiver_stand_for_institutions_that_are_not_named() -> None:
    payment = one(
        payer_bic=None,
        payee_bic=None,
        before_payer=institution("InstgAgt", "CCCCDEFF") + institution("InstdAgt", "DDDDFRPP"),
    )
    assert (payment.payer_institution, payment.payee_institution, payment.intermediaries) == (None, None, ())


def test_an_account_without_its_institution() -> None:
    payment = one(payee_bic=None, after_payee="<CdtrAgtAcct><Id><Othr><Id>5</Id></Othr></Id></CdtrAgtAcct>")
    assert payment.payee_institution
    assert payment.payee_institution.path == f"{PATH}/CdtrAgt"
    assert payment.payee_institution.account


def test_who_took_charges_is_named() -> None:
    amount = '<Amt Ccy="EUR">1.00</Amt>'
    charges = f"<ChrgsInf>{amount}{institution('Agt', 'CCCCDEFF')}</ChrgsInf>"
    older = f"<ChrgsInf>{amount}{institution('Pty', 'DDDDFRPP')}<Tp><Prtry>Odd Charge</Prtry></Tp></ChrgsInf>"
    payment = one(before_payer=charges + older + f"<ChrgsInf>{amount}</ChrgsInf>")
    assert bics(payment.institutions) == ["CCCCDEFF", "DDDDFRPP"]
    assert [step.path for step in payment.institutions] == [f"{PATH}/ChrgsInf/Agt", f"{PATH}/ChrgsInf[2]/Pty"]
    assert texts(payment)["ChrgsInf[2]/Tp/Prtry"] == "Odd Charge"


RAILS: dict[str, tuple[dict[str, Any], Rail]] = {
    "sepa": ({"service_level": "SEPA"}, Rail.SCT),
    "instant": ({"service_level": "SEPA", "local_instrument": "INST"}, Rail.SCT_INST),
    "uetr": ({}, Rail.CBPR),
    "bics": ({"uetr": None}, Rail.CBPR),
    "nothing": ({"uetr": None, "payee_bic": None}, Rail.UNKNOWN),
}


@pytest.mark.parametrize("name", RAILS)
def test_the_rail_as_far_as_the_message_tells(name: str) -> None:
    overrides, rail = RAILS[name]
    assert one(**overrides).rail is rail


@pytest.mark.parametrize(("system", "rail"), [("TGT", Rail.TARGET2), ("FDN", Rail.DOMESTIC), ("ZZZ", Rail.CBPR)])
def test_the_rail_by_clearing_system(system: str, rail: Rail) -> None:
    raw = pacs008().replace(b"<SttlmMtd>CLRG</SttlmMtd>", f"<ClrSys><Cd>{system}</Cd></ClrSys>".encode())
    assert decoded(raw)[0].rail is rail


ELSEWHERE = {
    "instruction": ("<InstrForNxtAgt><InstrInf>{}</InstrInf></InstrForNxtAgt>", TextKind.INSTRUCTION),
    "regulator": ("<RgltryRptg><Authrty><Nm>{}</Nm></Authrty></RgltryRptg>", TextKind.REGULATORY),
    "country of a report": ("<RgltryRptg><Dtls><Ctry>IR</Ctry><Inf>{}</Inf></Dtls></RgltryRptg>", TextKind.REGULATORY),
    "purpose": ("<Purp><Prtry>{}</Prtry></Purp>", TextKind.PURPOSE),
    "invoicer": (
        "<RltdRmtInf><RmtLctnDtls><ElctrncAdr>{}</ElctrncAdr></RmtLctnDtls></RltdRmtInf>",
        TextKind.REMITTANCE,
    ),
    "tax": ("<Tax><Cdtr><TaxId>{}</TaxId></Cdtr></Tax>", TextKind.REGULATORY),
    "unknown element": ("<Whatever><Deep><Er>{}</Er></Deep></Whatever>", TextKind.OTHER),
    "supplementary data": ("<SplmtryData><Envlp><X>{}</X></Envlp></SplmtryData>", TextKind.OTHER),
    "stray text in a part": ("<Whatever>{}<X/></Whatever>", TextKind.OTHER),
    "stray text after an element": ("<Whatever><X/>{}</Whatever>", TextKind.OTHER),
    "stray text in the payment": ("{}", TextKind.OTHER),
    "attribute": ('<Whatever a="{}"/>', TextKind.OTHER),
    "attribute of a text": ('<Whatever a="{}">x</Whatever>', TextKind.OTHER),
    "attribute deeper": ('<Whatever><X a="{}"><Y/></X></Whatever>', TextKind.OTHER),
    "number of payments": ("<Deep><NbOfTxs>{}</NbOfTxs></Deep>", TextKind.OTHER),
    "code": ("<Deep><Cd>{}</Cd></Deep>", TextKind.OTHER),
    "character data": ("<Whatever><![CDATA[{}]]></Whatever>", TextKind.OTHER),
    "second end-to-end id": ("<PmtId><EndToEndId>{}</EndToEndId></PmtId>", TextKind.OTHER),
}


@pytest.mark.parametrize("name", ELSEWHERE)
def test_a_name_is_screened_wherever_it_stands(name: str) -> None:
    xml, kind = ELSEWHERE[name]
    payment = one(after_payee=xml.format("Evil Person"))
    assert [text.kind for text in payment.texts if text.text == "Evil Person"] == [kind]


@pytest.mark.parametrize("slot", ["end_to_end", "transaction_id", "uetr"])
def test_a_name_in_a_reference_is_screened(slot: str) -> None:
    payment = one(**{slot: "Evil Person"})
    assert [text.kind for text in payment.texts if text.text == "Evil Person"] == [TextKind.REFERENCE]


def test_a_name_in_the_references_of_a_payment_twice() -> None:
    raw = pacs008().replace(b"<PmtId>", b"<PmtId><EndToEndId>first</EndToEndId>")
    (payment,) = decoded(raw)
    assert [text.text for text in payment.texts if text.path.endswith("EndToEndId[2]")] == ["INV-2026-0815"]


def test_a_payment_without_any_reference() -> None:
    ids = one(end_to_end=None, transaction_id=None, uetr=None).ids
    assert (ids.end_to_end, ids.transaction, ids.uetr, ids.instruction, ids.clearing) == (None,) * 5


def test_dates_amounts_and_codes_are_no_texts() -> None:
    payment = one(
        before_payer='<InstdAmt Ccy="USD">2600.00</InstdAmt><XchgRate>1.04</XchgRate>',
        after_payee="<Purp><Cd>GDDS</Cd></Purp><InstrForCdtrAgt><Cd>PHOB</Cd></InstrForCdtrAgt>",
        service_level="SEPA",
    )
    assert set(texts(payment)) == {"PmtId/EndToEndId", "PmtId/TxId", "RmtInf/Ustrd", f"{BODY}/GrpHdr/MsgId"}


@pytest.mark.parametrize(
    "name", ["Ev<!-- x -->il", "Ev<?x y?>il", "<![CDATA[Evil]]>", "Ev<![CDATA[il]]>", "&#69;vil", "E&#x76;il"]
)
def test_no_trick_splits_a_name(name: str) -> None:
    raw = pacs008(payer_name="@").replace(b"@", name.encode())
    (payment,) = decoded(raw)
    assert payment.payer
    assert payment.payer.name
    assert payment.payer.name.text == "Evil"


def test_elements_inside_a_name_hide_nothing() -> None:
    raw = pacs008(payer_name="@").replace(b"@", b"Evil <b>Person</b> Limited")
    (payment,) = decoded(raw)
    assert payment.payer
    assert [value.text for value in payment.payer.other] == ["Person", " Limited"]
    assert payment.payer.name
    assert payment.payer.name.text == "Evil "


def test_what_stands_beside_the_payments_is_screened_with_each() -> None:
    raw = pacs008(transactions=[transaction(), transaction()]).replace(
        b"</FIToFICstmrCdtTrf>",
        b"<SplmtryData><Envlp>Evil Person</Envlp></SplmtryData></FIToFICstmrCdtTrf>",
    )
    for payment in decoded(raw):
        assert "Evil Person" in {text.text for text in payment.texts}


def test_values_that_are_empty_are_no_texts() -> None:
    payment = one(remittance=" ", end_to_end="", after_payee="<Whatever/>")
    assert set(texts(payment)) == {"PmtId/TxId", f"{BODY}/GrpHdr/MsgId"}


def test_a_message_id_with_something_inside() -> None:
    raw = pacs008().replace(b"<MsgId>MSG-0815</MsgId>", b"<MsgId a='Evil Person'>M<x>Inner</x></MsgId>")
    (payment,) = decoded(raw)
    assert payment.ids.message
    assert payment.ids.message.text == "M"
    assert {"Evil Person", "Inner"} <= {text.text for text in payment.texts}


def test_schema_locations_are_no_texts() -> None:
    xsi = b' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="urn:x y.xsd"'
    (payment,) = decoded(pacs008().replace(b"<Document", b"<Document" + xsi))
    assert not any("y.xsd" in text.text for text in payment.texts)


def test_a_finding_is_returned_not_raised_for_a_message_without_payments() -> None:
    assert isinstance(decode(pacs008(transactions=[]), Limits()), Finding)
