"""Which format a message is in, told by its bytes; then its decoder."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from schemas.formats import (
    camt056,
    fin,
    mt103,
    mt202,
    pacs003,
    pacs004,
    pacs008,
    pacs009,
    pain001,
    pain008,
    payment_json,
)
from schemas.formats.envelope import BODIES, known_envelope, open_envelope
from schemas.formats.other_types import not_decided
from schemas.formats.unreadable import UnreadableError
from schemas.formats.xml_known import known_message
from schemas.formats.xml_parts import local_name, parse
from schemas.payment import Message

if TYPE_CHECKING:
    from schemas.finding import Finding
    from schemas.formats.envelope import Body, Envelope
    from schemas.formats.limits import Limits

_ISO = (camt056, pacs003, pacs004, pacs008, pacs009, pain001, pain008)
_DECODERS = {module.BODY: module.decode_body for module in _ISO}
_ELEMENTS = {BODIES[name]: name for name in _DECODERS}
_DECODERS[pacs009.OLD_BODY] = pacs009.decode_body
_FIN = {
    "": mt103.decode_message,
    "103": mt103.decode_message,
    "202": mt202.decode_message,
    "205": mt202.decode_message,
}
_NOT_ALPHANUMERIC = re.compile(r"[^a-z0-9]")
_BOM = b"\xef\xbb\xbf"


def decode(raw: bytes, limits: Limits, format_hint: str | None = None) -> Message | Finding:
    """The payments in a message, or the one finding that says where and why it cannot be read.

    Total over all bytes: no input raises. `format_hint` names the format the hub believes in (`pacs.008`, `mt103`,
    `json`); it never overrules the bytes, but a message of another format is then refused.
    """
    try:
        message = _decode(raw, limits)
        if format_hint:
            _agree(message, format_hint)
    except UnreadableError as error:
        return error.finding()
    return message


def _agree(message: Message, format_hint: str) -> None:
    hint = _NOT_ALPHANUMERIC.sub("", format_hint.lower())
    if not _NOT_ALPHANUMERIC.sub("", message.format).startswith(hint):
        raise UnreadableError("format", f"the message is {message.format}; the hub says it is {format_hint}")


def _decode(raw: bytes, limits: Limits) -> Message:
    if len(raw) > limits.max_bytes:
        raise UnreadableError("byte 0", f"the message has {len(raw)} bytes; at most {limits.max_bytes} are allowed")
    zero = raw.find(b"\0")
    if zero >= 0:
        raise UnreadableError(f"byte {zero}", "holds a zero byte: UTF-16, UTF-32 or binary; payments travel in UTF-8")
    start = raw.removeprefix(_BOM).lstrip()
    if start.startswith(b"<"):
        return _decode_xml(start, limits)
    if start.startswith((b"{1:", b"{4:", b":")):
        return _decode_fin(start, limits)
    if start.startswith((b"{", b"[")):
        return payment_json.decode(start, limits)
    seen = start[:40].decode("utf-8", "replace")
    raise UnreadableError("byte 0", "is neither XML (<), nor a FIN message ({1:), nor JSON ({)", seen)


def _decode_fin(raw: bytes, limits: Limits) -> Message:
    message = fin.parse(raw, limits)
    decoder = _FIN.get(message.type)
    if decoder is None:
        variant = "COV" if message.user.get("119") == "COV" else ""
        raise not_decided("block 2", f"MT{message.type}{variant}")
    payment = decoder(message)
    return Message(payment.format, (payment,))


def _decode_xml(raw: bytes, limits: Limits) -> Message:
    known = known_message(raw, limits)
    if known is not None:
        return _decoded(known_envelope(known, raw), limits)
    root = parse(raw)
    envelope = open_envelope(root, limits, raw)
    if not envelope.bodies:
        raise UnreadableError(
            f"/{local_name(root)}", "this XML holds no ISO 20022 message (a Document with something in it)"
        )
    for body in envelope.bodies:
        _refuse_other_types(body)
    if len(envelope.bodies) > 1:
        raise UnreadableError(envelope.bodies[1].path, "is a second message; send each in a record of its own")
    return _decoded(envelope, limits)


def _decoded(envelope: Envelope, limits: Limits) -> Message:
    body = envelope.bodies[0]
    return Message(body.name, _DECODERS[body.local](body, envelope, limits))


def _refuse_other_types(body: Body) -> None:
    name = body.local
    if name in _DECODERS:
        return
    family = body.name[:8]
    if family in _ELEMENTS and name != body.name:
        raise UnreadableError(body.path, f"stands where {_ELEMENTS[family]} should: this is no {body.name}")
    raise not_decided(body.path, body.name)
