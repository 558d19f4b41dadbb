"""What stands around an ISO 20022 message: application header, business envelope, SAA data PDU, anything.

The business message is found wherever it is: the child of an element named Document, or an element that bears the name
of a known message body. Everything outside it is kept, because an envelope is no place to hide a name either.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from schemas.formats import iso_parties
from schemas.formats.iso_scope import Scope
from schemas.formats.unreadable import UnreadableError
from schemas.formats.xml_parts import Part, Standing, children, local_name, namespace, own_leaves, parts, sub_part
from schemas.formats.xml_shapes import quick_parts
from schemas.payment import Institution, Text, TextKind

if TYPE_CHECKING:
    from lxml import etree

    from schemas.formats.limits import Limits
    from schemas.formats.xml_known import Known

# Names of message bodies (child of Document), for messages without a namespace that tells.
BODIES = {
    "FIToFICstmrCdtTrf": "pacs.008",
    "FinInstnCdtTrf": "pacs.009",  # 02 and 03
    "FICdtTrf": "pacs.009",
    "FIToFIPmtStsRpt": "pacs.002",
    "FIToFICstmrDrctDbt": "pacs.003",
    "PmtRtr": "pacs.004",
    "FIToFIPmtRvsl": "pacs.007",
    "FIDrctDbt": "pacs.010",
    "FIToFIPmtStsReq": "pacs.028",
    "MltltrlSttlmReq": "pacs.029",
    "FIToFIPmtCxlReq": "camt.056",
    "RsltnOfInvstgtn": "camt.029",
    "CstmrPmtCxlReq": "camt.055",
    "InvstgtnReq": "camt.110",
    "InvstgtnRspn": "camt.111",
    "CstmrCdtTrfInitn": "pain.001",
    "CstmrPmtStsRpt": "pain.002",
    "CstmrPmtRvsl": "pain.007",
    "CstmrDrctDbtInitn": "pain.008",
    "CdtrPmtActvtnReq": "pain.013",
    "CdtrPmtActvtnReqStsRpt": "pain.014",
}
# A look at a member goes through its class (a quarter of a microsecond in Python 3.11): the hot ones have own names.
_OTHER = TextKind.OTHER
_MESSAGE_NAME = re.compile(r"(?:\A|[^a-z0-9])([a-z]{4}\.\d{3}\.\d{3}\.\d{2})(?!\d)", re.ASCII)
_SEAL = "{*}Sgntr"
# "pacs.008.001.08", "swift.cbprplus.02"; whatever does not look like that is kept as a text.
_NAMED = re.compile(r"[A-Za-z0-9]{0,8}|(?:[A-Za-z0-9_+-]{1,16}\.){1,9}[A-Za-z0-9_+-]{1,16}", re.ASCII)
_SIGNATURES = "http://www.w3.org/2000/09/xmldsig#"


class Body(NamedTuple):
    """One business message: its name (`pacs.008.001.08`, or as much of it as the message tells) and where it stands.

    `local` is the name of its element; `known` what is in it, where a message of its shape was read before: then it has
    no element.
    """

    name: str
    path: str
    element: etree._Element | None
    local: str
    known: Known | None = None


@dataclass(slots=True)
class Envelope:
    """The bodies found, and what the envelope says itself; `services` as `swift.cbprplus.cov.02`.

    `headers` are the application headers, as far as they bear no seal; `raw` are the bytes of the whole message.
    """

    raw: bytes

    bodies: list[Body] = field(default_factory=list)
    senders: list[Institution] = field(default_factory=list)
    receivers: list[Institution] = field(default_factory=list)
    texts: list[Text] = field(default_factory=list)
    services: list[str] = field(default_factory=list)
    headers: list[Standing] = field(default_factory=list)
    elements: int = 0

    def count(self, path: str, limits: Limits) -> None:
        """One more element; refuses when there are too many."""
        self.elements += 1
        if self.elements > limits.max_values:
            raise UnreadableError(path, f"more than {limits.max_values} elements stand around the message")


def known_envelope(known: Known, raw: bytes) -> Envelope:
    """The envelope of a message whose shape was read before."""
    envelope = Envelope(raw, [Body(known.name, known.body_path, None, known.body, known)])
    if known.header is not None:
        _read_header(Scope(known.header), envelope)
    return envelope


def open_envelope(root: etree._Element, limits: Limits, raw: bytes) -> Envelope:
    """Find the bodies and read the envelope of the message in these bytes."""
    envelope = Envelope(raw)
    _walk(root, f"/{local_name(root)}", envelope, limits)
    return envelope


def _walk(element: etree._Element, path: str, envelope: Envelope, limits: Limits) -> None:
    name = local_name(element)
    envelope.count(path, limits)
    if path.count("/") > limits.max_depth:
        raise UnreadableError(path, f"is nested deeper than {limits.max_depth} levels")
    if name in BODIES:
        envelope.bodies.append(_body(element, path))
    elif name == "AppHdr":
        _open_header(element, path, envelope, limits)
    elif namespace(element) != _SIGNATURES:
        for _, child_path, child in children(element, path):
            if name == "Document":
                envelope.count(child_path, limits)
                envelope.bodies.append(_body(child, child_path))
            else:
                _walk(child, child_path, envelope, limits)
        leaves = own_leaves(element, path, limits)
        if leaves:
            scope = Scope({name: [Part(path, leaves)]})
            scope.keep_rest({})
            envelope.texts.extend(scope.texts)


def _body(element: etree._Element, path: str) -> Body:
    name = local_name(element)
    told = _MESSAGE_NAME.search(namespace(element))
    family = BODIES.get(name, "")
    if told and told[1].startswith(family):
        return Body(told[1], path, element, name)
    return Body(family or name, path, element, name)


def _open_header(element: etree._Element, path: str, envelope: Envelope, limits: Limits) -> None:
    """The seal over the header names nobody."""
    if element.find(_SEAL) is not None:
        found = parts(element, path, limits, {"Sgntr": []})
    else:
        found = quick_parts(element, path, limits)
        envelope.headers.append(Standing(path, element))
    _read_header(Scope(found), envelope)


def _read_header(scope: Scope, envelope: Envelope) -> None:
    """Business application header (head.001): who sends to whom. Institutions only; an OrgId stays as texts.

    The message's own type and its service name nobody, if they look like what they are.
    """
    services = scope.take_all("BizSvc")
    envelope.services.extend(text for part in services for key, _, text in part.leaves if not key)
    for part in (*scope.take_all("MsgDefIdr"), *services):
        strange = [(at, text) for key, at, text in part.leaves if key or _NAMED.fullmatch(text.strip()) is None]
        envelope.texts.extend(Text(_OTHER, text, at) for at, text in strange)
    _read_end(scope, "Fr", envelope.senders)
    _read_end(scope, "To", envelope.receivers)
    scope.keep_rest({"BizMsgIdr": TextKind.REFERENCE})
    envelope.texts.extend(scope.texts)


def _read_end(scope: Scope, name: str, ends: list[Institution]) -> None:
    for part in scope.take_all(name):
        institution, rest = sub_part(part, "FIId")
        scope.keep_named(rest, name, _OTHER)
        if institution is not None:
            ends.append(iso_parties.institution(institution))
