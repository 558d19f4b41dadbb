from __future__ import annotations

from schemas.payment import Account, Address, Identification
from tests.builders import pacs008
from tests.decoding import BODY, PATH, bics, decoded, institution, one, texts


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


def test_ends_named_by_the_payment_and_by_the_group_header() -> None:
    header = institution("InstgAgt", "CCCCDEFF") + institution("InstdAgt", "DDDDFRPP")
    own = institution("InstgAgt", "EEEEITRR") + institution("InstdAgt", "DDDDFRPPXXX")
    (payment,) = decoded(pacs008(header=header, before_payer=own))
    assert payment.sender
    assert payment.receiver
    assert bics((payment.sender, payment.receiver)) == ["EEEEITRR", "DDDDFRPPXXX"]
    assert bics(payment.intermediaries) == ["EEEEITRR", "CCCCDEFF", "DDDDFRPPXXX"]
    assert bics(payment.institutions) == ["DDDDFRPP"]
