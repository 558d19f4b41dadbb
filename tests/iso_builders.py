"""One valid message of each further ISO 20022 type; a test spoils one thing. All names and numbers are invented."""

from __future__ import annotations

from tests.builders import UETR, wrapped
from tests.decoding import institution

PAYER = "<Nm>Claire Weber</Nm><PstlAdr><TwnNm>Luxembourg</TwnNm><Ctry>LU</Ctry></PstlAdr>"
PAYEE = "<Nm>Paul Martin</Nm><PstlAdr><TwnNm>Lyon</TwnNm><Ctry>FR</Ctry></PstlAdr>"
PAYER_IBAN = "<DbtrAcct><Id><IBAN>LU280019400644750000</IBAN></Id></DbtrAcct>"
PAYEE_IBAN = "<CdtrAcct><Id><IBAN>FR1420041010050500013M02606</IBAN></Id></CdtrAcct>"
IDS = f"<PmtId><InstrId>I-1</InstrId><EndToEndId>E-1</EndToEndId><TxId>T-1</TxId><UETR>{UETR}</UETR></PmtId>"
SETTLED = '<IntrBkSttlmAmt Ccy="EUR">2500.00</IntrBkSttlmAmt><IntrBkSttlmDt>2026-03-02</IntrBkSttlmDt>'
CUSTOMERS = (
    f"<Dbtr>{PAYER}</Dbtr>{PAYER_IBAN}"
    + institution("DbtrAgt", "AAAALULL")
    + institution("CdtrAgt", "BBBBFRPP")
    + f"<Cdtr>{PAYEE}</Cdtr>{PAYEE_IBAN}"
)
BANKS = institution("Dbtr", "AAAALULL") + institution("Cdtr", "BBBBFRPP")
SENDER = institution("InstgAgt", "CCCCDEFF") + institution("InstdAgt", "DDDDFRPP")
HEADER = (
    "<GrpHdr><MsgId>MSG-0815</MsgId><CreDtTm>2026-03-01T09:30:00Z</CreDtTm><NbOfTxs>1</NbOfTxs>"
    "<SttlmInf><SttlmMtd>INDA</SttlmMtd></SttlmInf></GrpHdr>"
)


def iso(family: str, body: str, inner: str, version: str) -> bytes:
    """A document of that type."""
    namespace = f"urn:iso:std:iso:20022:tech:xsd:{family}.001.{version}"
    return f'<Document xmlns="{namespace}"><{body}>{inner}</{body}></Document>'.encode()


def pacs009(  # noqa: PLR0913  every argument is one thing a test may spoil
    ends: str = BANKS, *, more: str = "", ids: str = IDS, header: str = HEADER, version: str = "08", payments: int = 1
) -> bytes:
    """An institution's transfer to another."""
    inner = f"<CdtTrfTxInf>{ids}{SETTLED}{ends}{more}</CdtTrfTxInf>"
    return iso("pacs.009", "FICdtTrf", header + inner * payments, version)


def cover(underlying: str = CUSTOMERS, more: str = "", version: str = "08") -> bytes:
    """A cover, with the customer transfer that it covers."""
    return pacs009(more=more + wrapped("UndrlygCstmrCdtTrf", underlying), version=version)


def pacs003(inner: str = CUSTOMERS, *, more: str = SENDER, settled: str = SETTLED) -> bytes:
    """A direct debit: the payee's institution asks the payer's."""
    transaction = (
        f"<DrctDbtTxInf>{IDS}{settled}<ReqdColltnDt>2026-03-03</ReqdColltnDt>"
        "<DrctDbtTx><MndtRltdInf><MndtId>M-1</MndtId></MndtRltdInf><CdtrSchmeId><Nm>Scheme Name</Nm></CdtrSchmeId>"
        f"</DrctDbtTx>{inner}{more}</DrctDbtTxInf>"
    )
    return iso("pacs.003", "FIToFICstmrDrctDbt", HEADER + transaction, "08")


RETURN_CHAIN = (
    f"<RtrChain><Dbtr><Pty>{PAYEE}</Pty></Dbtr>{institution('DbtrAgt', 'BBBBFRPP')}"
    f"{institution('IntrmyAgt1', 'EEEEITRR')}"
    f"{institution('CdtrAgt', 'AAAALULL')}<Cdtr><Pty>{PAYER}</Pty></Cdtr></RtrChain>"
)
ORIGINAL = f"<OrgnlTxRef><PmtTpInf><SvcLvl><Cd>SEPA</Cd></SvcLvl></PmtTpInf>{CUSTOMERS}</OrgnlTxRef>"
ORIGINAL_IDS = (
    "<OrgnlInstrId>I-1</OrgnlInstrId><OrgnlEndToEndId>E-1</OrgnlEndToEndId><OrgnlTxId>T-1</OrgnlTxId>"
    f"<OrgnlUETR>{UETR}</OrgnlUETR><OrgnlClrSysRef>C-1</OrgnlClrSysRef>"
)


def pacs004(
    parties: str = ORIGINAL, *, ids: str = f"<RtrId>R-1</RtrId>{ORIGINAL_IDS}", more: str = "", header: str = HEADER
) -> bytes:
    """The return of a payment from Claire Weber to Paul Martin."""
    transaction = (
        f'<TxInf>{ids}<RtrdIntrBkSttlmAmt Ccy="EUR">2490.00</RtrdIntrBkSttlmAmt>'
        "<IntrBkSttlmDt>2026-03-05</IntrBkSttlmDt>"
        f"<RtrRsnInf><AddtlInf>Account closed</AddtlInf></RtrRsnInf>{parties}{more}</TxInf>"
    )
    return iso("pacs.004", "PmtRtr", header + transaction, "10")


def group_return(total: str = '<TtlRtrdIntrBkSttlmAmt Ccy="EUR">9.00</TtlRtrdIntrBkSttlmAmt>') -> bytes:
    """The return of a whole message, with no payment named."""
    header = HEADER.replace("</GrpHdr>", f"<GrpRtr>true</GrpRtr>{total}</GrpHdr>")
    return iso("pacs.004", "PmtRtr", header + "<OrgnlGrpInf><OrgnlMsgId>MSG-1</OrgnlMsgId></OrgnlGrpInf>", "10")


REQUEST = f"<TxInf><CxlId>X-1</CxlId>{ORIGINAL_IDS}{ORIGINAL}</TxInf>"


def camt056(underlying: str = f"<Undrlyg>{REQUEST}</Undrlyg>", version: str = "08") -> bytes:
    """A request to cancel a payment."""
    assignment = (
        f"<Assgnmt><Id>A-1</Id><Assgnr>{institution('Agt', 'CCCCDEFF')}</Assgnr>"
        f"<Assgne>{institution('Agt', 'DDDDFRPP')}</Assgne><CreDtTm>2026-03-04T09:30:00Z</CreDtTm></Assgnmt>"
    )
    case = "<Case><Id>K-1</Id></Case>"
    return iso("camt.056", "FIToFIPmtCxlReq", assignment + case + underlying, version)


ORDERED = '<Amt><InstdAmt Ccy="EUR">2500.00</InstdAmt></Amt>'
OTHER_END = institution("CdtrAgt", "BBBBFRPP") + f"<Cdtr>{PAYEE}</Cdtr>{PAYEE_IBAN}"
ORDERER = f"<Dbtr>{PAYER}</Dbtr>{PAYER_IBAN}" + institution("DbtrAgt", "AAAALULL")
_PAIN_IDS = f"<PmtId><EndToEndId>E-1</EndToEndId><UETR>{UETR}</UETR></PmtId>"
_PAIN_HEADER = (
    "<GrpHdr><MsgId>MSG-0815</MsgId><CreDtTm>2026-03-01T09:30:00Z</CreDtTm><NbOfTxs>1</NbOfTxs>"
    f"<InitgPty><Nm>Weber Trust</Nm></InitgPty>{institution('FwdgAgt', 'GGGGLULL')}</GrpHdr>"
)


def order(amount: str = ORDERED, end: str = OTHER_END, more: str = "") -> str:
    """One transfer of a customer's order."""
    return f"<CdtTrfTxInf>{_PAIN_IDS}{amount}{end}{more}</CdtTrfTxInf>"


def block(
    *orders: str, side: str = ORDERER, day: str = "<ReqdExctnDt><Dt>2026-03-02</Dt></ReqdExctnDt>", more: str = ""
) -> str:
    """One block of a customer's order: whose account, when, and the transfers."""
    ids = "<PmtInfId>P-1</PmtInfId><PmtMtd>TRF</PmtMtd><PmtTpInf><SvcLvl><Cd>SEPA</Cd></SvcLvl></PmtTpInf>"
    return f"<PmtInf>{ids}{day}{side}{more}{''.join(orders)}</PmtInf>"


def pain001(*blocks: str, header: str = _PAIN_HEADER, version: str = "001.09") -> bytes:
    """A customer's order of credit transfers."""
    namespace = f"urn:iso:std:iso:20022:tech:xsd:pain.001.{version}"
    inner = header + "".join(blocks or (block(order()),))
    return f'<Document xmlns="{namespace}"><CstmrCdtTrfInitn>{inner}</CstmrCdtTrfInitn></Document>'.encode()


def pain008() -> bytes:
    """A customer's order of direct debits."""
    one = (
        f'<DrctDbtTxInf>{_PAIN_IDS}<InstdAmt Ccy="EUR">25.00</InstdAmt><DrctDbtTx><MndtRltdInf><MndtId>M-1</MndtId>'
        f"</MndtRltdInf></DrctDbtTx>{institution('DbtrAgt', 'AAAALULL')}<Dbtr>{PAYER}</Dbtr>{PAYER_IBAN}</DrctDbtTxInf>"
    )
    payee = f"<Cdtr>{PAYEE}</Cdtr>{PAYEE_IBAN}" + institution("CdtrAgt", "BBBBFRPP")
    inner = (
        "<PmtInf><PmtInfId>P-1</PmtInfId><PmtMtd>DD</PmtMtd><ReqdColltnDt>2026-03-02</ReqdColltnDt>"
        f"{payee}<CdtrSchmeId><Nm>Scheme Name</Nm></CdtrSchmeId>{one}</PmtInf>"
    )
    return iso("pain.008", "CstmrDrctDbtInitn", _PAIN_HEADER + inner, "08")


def every_iso() -> dict[str, bytes]:
    """One valid message of each type in here, by name."""
    return {
        "pacs.003": pacs003(),
        "pacs.004": pacs004(),
        "pacs.004 with its chain": pacs004(RETURN_CHAIN + ORIGINAL),
        "pacs.004 of a group": group_return(),
        "pacs.009": pacs009(),
        "pacs.009 cover": cover(),
        "camt.056": camt056(),
        "pain.001": pain001(),
        "pain.001 batch": pain001(block(order(), order()), block(order())),
        "pain.008": pain008(),
    }
