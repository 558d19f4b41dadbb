"""A message's markup apart from its texts, without a parser of XML.

What this says counts for nothing by itself: it is held against markup that a parser has read before (`xml_known`), to
the last byte. Such a message differs from the one that was read in its texts only, and these are taken here if every
parser reads them alike: characters of XML in UTF-8, and references to them. In all other cases the answer is None, and
the parser is asked. The twin in C is compiled/markup.h.
"""

from __future__ import annotations

import re
from typing import Any

from schemas.compiled import MODULE

MOST_TAGS = 1000
_NOT_MARKS = bytes(set(range(256)) - set(b"<>"))
_BLANKS = " \n\r\t"
# Control characters, U+FFFE and U+FFFF are none of XML's. A carriage return is one, but read as a line feed.
_ODD = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff]")
_REFERENCE = re.compile(r"&([^;]{0,9};)?")
_KNOWN = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'"}
# XML 1.0, production 2.
_CHARACTERS = ((0x9, 0xA), (0xD, 0xD), (0x20, 0xD7FF), (0xE000, 0xFFFD), (0x10000, 0x10FFFF))
_NUMBERED = re.compile(r"#(?:([0-9]+)|x([0-9a-fA-F]+))", re.ASCII)


def markup_in_python(raw: bytes) -> tuple[bytes, Any] | None:
    """All tags without their angle brackets, joined by <, and what `texts` finds the texts by.

    None where the brackets do not take turns from the first byte on: one stands in an attribute, a comment or a CDATA
    section, or the message is broken.
    """
    marks = raw.translate(None, _NOT_MARKS)
    tags = len(marks) // 2
    if not raw.startswith(b"<") or marks != b"<>" * tags or tags > MOST_TAGS:
        return None
    pieces = raw.replace(b">", b"<").split(b"<")
    return b"<".join(pieces[1::2]), pieces[::2]


def texts_in_python(_raw: bytes, pieces: Any, leaves: bytes, longest: int) -> list[str] | None:
    """The text of each leaf, and "" for each that stands between two elements and is blank; `leaves` are 1 and 0."""
    try:
        texts = b"<".join(pieces).decode().split("<")
    except UnicodeDecodeError:
        return None
    found = []
    for text, is_leaf in zip(texts, leaves, strict=True):
        if not is_leaf:
            if text.strip(_BLANKS):
                return None
            found.append("")
            continue
        meant = _meant(text) if "&" in text else text
        if meant is None or _ODD.search(text) or len(text.encode()) > longest:
            return None
        found.append(meant)
    return found


def _meant(text: str) -> str | None:
    """The text with its references resolved, None where one is not XML's own."""
    found = {reference[0]: _character((reference[1] or "")[:-1]) for reference in _REFERENCE.finditer(text)}
    return None if "" in found.values() else _REFERENCE.sub(lambda reference: found[reference[0]], text)


def _character(name: str) -> str:
    """The character that a reference means, "" where it means none."""
    numbered = _NUMBERED.fullmatch(name)
    if numbered is None:
        return _KNOWN.get(name, "")
    code = int(numbered[1]) if numbered[1] else int(numbered[2], 16)
    return chr(code) if _is_character(code) else ""


def _is_character(code: int) -> bool:
    """Whether XML 1.0 has it."""
    return any(first <= code <= last for first, last in _CHARACTERS)


markup = markup_in_python if MODULE is None else MODULE.markup
texts = texts_in_python if MODULE is None else MODULE.texts
