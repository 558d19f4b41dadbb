"""An order as pacs.008 of any version: what its XML schema allows, in its order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lxml import etree

if TYPE_CHECKING:
    from collections.abc import Sequence

    from deploy.samples.make.orders import End, Order

_NAMESPACE = "urn:iso:std:iso:20022:tech:xsd:pacs.008.001."
_UETR_SINCE = 8
_BICFI_SINCE = 3
_LEI_SINCE = 8
VERSIONS = tuple(range(2, 14))


class Node:
    """Builds XML by path: `node.add("SttlmInf/SttlmMtd", "CLRG")` makes what is missing on the way."""

    def __init__(self, element: etree._Element, version: int) -> None:
        self.element = element
        self.version = version

    def child(self, name: str) -> Node:
        """A new element."""
        return Node(etree.SubElement(self.element, name), self.version)

    def add(self, path: str, text: str | None, **attributes: str) -> None:
        """A text under nested elements; nothing where there is no text (None). An empty text makes an empty element."""
        if text is None:
            return
        *outer, last = path.split("/")
        node = self
        for name in outer:
            node = node.child(name)
        leaf = etree.SubElement(node.element, last, attributes)
        leaf.text = text or None

    def bank(self, name: str, bic: str) -> None:
        """An institution by its BIC."""
        self.add(f"{name}/FinInstnId/{'BICFI' if self.version >= _BICFI_SINCE else 'BIC'}", bic)


def pacs008(orders: Sequence[Order], version: int) -> bytes:
    """One message with these payments."""
    root = etree.fromstring(f'<Document xmlns="{_NAMESPACE}{version:02d}"/>')
    body = Node(root, version).child("FIToFICstmrCdtTrf")
    first = orders[0]
    header = body.child("GrpHdr")
    header.add("MsgId", f"M{first.number}")
    header.add("CreDtTm", f"{first.day}T09:{int(first.number[-2:]) % 60:02d}:00")
    header.add("NbOfTxs", str(len(orders)))
    header.add("IntrBkSttlmDt", first.day)
    header.add("SttlmInf/SttlmMtd", "CLRG" if first.rail != "cbpr" else "INDA")
    header.bank("InstgAgt", first.sender)
    header.bank("InstdAgt", first.receiver)
    for order in orders:
        _transaction(body.child("CdtTrfTxInf"), order)
    etree.cleanup_namespaces(root)
    etree.indent(root, space=" ")
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8") + b"\n"


def _transaction(node: Node, order: Order) -> None:
    ids = node.child("PmtId")
    ids.add("InstrId", order.number)
    ids.add("EndToEndId", order.number if order.end_to_end is None else order.end_to_end)
    ids.add("TxId", f"T{order.number}" if order.transaction_id is None else order.transaction_id)
    if node.version >= _UETR_SINCE and order.uetr:
        ids.add("UETR", order.uetr)
    if order.rail != "cbpr":
        kind = node.child("PmtTpInf")
        kind.add("SvcLvl/Cd", "SEPA")
        kind.add("LclInstrm/Cd", "INST" if order.rail == "sct_inst" else None)
    node.add("IntrBkSttlmAmt", order.amount, Ccy=order.currency)
    node.add("ChrgBr", "SLEV" if order.rail != "cbpr" else "SHAR")
    for place, bank in enumerate(order.chain[1:-1], start=1):
        if bank not in {order.sender, order.receiver}:
            node.bank(f"IntrmyAgt{place}", bank)
    node.add("UltmtDbtr/Nm", order.ultimate_payer or None)
    _party(node.child("Dbtr"), order.payer)
    _account(node, "DbtrAcct", order.payer.account)
    node.bank("DbtrAgt", order.payer.bank)
    node.bank("CdtrAgt", order.payee.bank)
    _party(node.child("Cdtr"), order.payee)
    _account(node, "CdtrAcct", order.payee.account)
    node.add("UltmtCdtr/Nm", order.ultimate_payee or None)
    node.add("InstrForNxtAgt/InstrInf", order.instruction or None)
    node.add("Purp/Cd", order.purpose or None)
    node.add("RgltryRptg/Dtls/Inf", order.regulatory or None)
    node.add("RmtInf/Ustrd", order.remittance or None)


def _party(node: Node, end: End) -> None:
    node.add("Nm", end.name)
    if end.has_address:
        address = node.child("PstlAdr")
        address.add("StrtNm", end.street or None)
        address.add("BldgNb", end.building or None)
        address.add("PstCd", end.postcode or None)
        address.add("TwnNm", end.town)
        address.add("Ctry", end.country)
    if end.birth or end.numbers or end.lei:
        _identification(node.child("Id").child("OrgId" if end.organisation else "PrvtId"), end)


def _identification(node: Node, end: End) -> None:
    if end.lei and node.version >= _LEI_SINCE:
        node.add("LEI", end.lei)
    if end.birth:
        birth = node.child("DtAndPlcOfBirth")
        birth.add("BirthDt", end.birth[0])
        birth.add("CityOfBirth", end.birth[1])
        birth.add("CtryOfBirth", end.birth[2])
    for scheme, value in end.numbers:
        other = node.child("Othr")
        other.add("Id", value)
        other.add("SchmeNm/Cd", scheme)


def _account(node: Node, name: str, account: str | None) -> None:
    if account is not None:
        node.add(f"{name}/Id/IBAN" if account[:2].isalpha() else f"{name}/Id/Othr/Id", account)
