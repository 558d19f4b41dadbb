"""Published XML, plain or zipped, one entry at a time: no document type, entities or network, bounded memory."""

from __future__ import annotations

import re
from io import BytesIO
from typing import TYPE_CHECKING

from lxml import etree

from lists.entry import ListRefused
from lists.formats.packed import is_packed, unpacked
from lists.formats.reading import refuse_no_list

if TYPE_CHECKING:
    from collections.abc import Iterator

_SNIFFED_BYTES = 4096
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"


def begins_with(raw: bytes, root: str) -> bool:
    """Whether these bytes look like XML with this root element (by local name, unprefixed)."""
    start = head(raw).removeprefix(_BYTE_ORDER_MARK).lstrip()
    return start.startswith(b"<") and re.search(rb"<%s[\s>/]" % root.encode(), start) is not None


def head(raw: bytes) -> bytes:
    """The first bytes of the XML, unzipped where it is zipped; nothing of what is no sound archive."""
    if not is_packed(raw):
        return raw[:_SNIFFED_BYTES]
    try:
        return unpacked(raw, _SNIFFED_BYTES)
    except ListRefused:
        return b""


def local_name(element: etree._Element) -> str:
    """The element's name without its namespace."""
    return str(element.tag).rpartition("}")[2]


def text(element: etree._Element, child: str) -> str:
    """The text of the first child with this local name, white space tidied; "" where there is none."""
    first = next(found(element, child), None)
    return "" if first is None else " ".join((first.text or "").split())


def found(element: etree._Element, child: str) -> Iterator[etree._Element]:
    """The children with this local name."""
    return element.iterchildren(f"{{*}}{child}")


def whole(element: etree._Element) -> str:
    """The element's own text, white space tidied."""
    return " ".join((element.text or "").split())


def below(element: etree._Element, *path: str) -> Iterator[etree._Element]:
    """The elements at the end of this path of local names, under all that lead there."""
    if not path:
        yield element
        return
    for child in found(element, path[0]):
        yield from below(child, *path[1:])


def elements(raw: bytes, root: str, tags: tuple[str, ...]) -> Iterator[etree._Element]:
    """The root at its start, then each element with one of these local names at its end, freed once the next is read.

    Raises ListRefused where the bytes are no well-formed XML, carry a document type, or have another root.
    """
    raw = unpacked(raw)
    refuse_no_list(raw)
    # huge_tree stays off: libxml2 then bounds depth and text size by itself. Entities cannot be declared without a
    # document type, and one is refused before its first element is read.
    parser = etree.iterparse(
        BytesIO(raw),
        events=("start", "end"),
        tag=tuple(f"{{*}}{tag}" for tag in (root, *tags)),
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
    )
    try:
        yield _root_of(parser, root)
        for event, element in parser:
            if event == "end" and local_name(element) != root:
                yield element
                _free(element)
    except etree.XMLSyntaxError as error:
        said = " ".join(str(error.msg).split())
        raise ListRefused(f"no well-formed XML ({said}): the file is damaged or cut short, fetch it again") from error


def _root_of(parser: Iterator[tuple[str, etree._Element]], root: str) -> etree._Element:
    for _event, element in parser:
        if element.getparent() is not None or local_name(element) != root:
            break
        if element.getroottree().docinfo.internalDTD is not None:
            raise ListRefused("the file declares a document type, which no publisher of lists does: fetch it again")
        return element
    raise ListRefused(f"the file does not begin with <{root}>: it is another list, or no list")


def _free(element: etree._Element) -> None:
    """Forget what was read: an 18 MB list otherwise takes 400 MB as a tree."""
    element.clear()
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]
