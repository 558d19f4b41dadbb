"""One published format per file; FORMATS is tried in order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lists.entry import ListRefused
from lists.formats import eu_fsf_xml, ofac_csv, ofac_xml, un_xml

if TYPE_CHECKING:
    from lists.formats.parts import ListFormat

__all__ = ["FORMATS", "ListRefused", "by_name", "recognise"]

FORMATS: tuple[ListFormat, ...] = (ofac_csv, ofac_xml, un_xml, eu_fsf_xml)


def recognise(raw: bytes, filename: str) -> ListFormat | None:
    """The format of a file, by its first bytes and its name; None where it is no list of a known format."""
    return next((known for known in FORMATS if known.matches(raw, filename)), None)


def by_name(name: str) -> ListFormat | None:
    """The format of this module name; None where there is none."""
    return next((known for known in FORMATS if name == known.NAME), None)
