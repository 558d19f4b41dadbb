"""Which characters a rail carries, and whether a field keeps to them.

A set belongs to a rail and a kind of field, never to everything. Code points are judged, not bytes, and nothing is
converted: the payment is forwarded as it came. Sources: SWIFT user handbook (X), EPC217-08 (basic Latin),
CBPR+ usage guidelines (FIN-X and its extension for names, addresses and remittance); Regulation (EU) 2023/1113
Art. 7(1) and 11(1).
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from schemas.payment import Rail

_X = r"a-zA-Z0-9/\-?:().,'+ "
_PLUS = r"""!#$%&*=^_{}~";<>@\[\\\]`|"""


@dataclass(frozen=True, slots=True)
class Convention:
    """A named set of characters. `forbidden` finds the first one outside it; `longest` 0: no limit known here."""

    name: str
    forbidden: re.Pattern[str]
    longest: int = 0


_SWIFT_X = Convention("SWIFT X", re.compile(f"[^{_X}\r\n]"))
_EPC_NAME = Convention("EPC basic Latin", re.compile(f"[^{_X}]"), 70)
_EPC = Convention("EPC basic Latin", re.compile(f"[^{_X}]"))
_CBPR_NAME = Convention("CBPR+ extended FIN-X", re.compile(f"[^{_X}{_PLUS}]"), 140)
_CBPR = Convention("CBPR+ FIN-X", re.compile(f"[^{_X}]"))
# Where a rail agrees on no set, characters nobody can see are still no part of a name.
_ANY = Convention(
    "visible characters",
    re.compile(
        "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\ufffd]"
    ),
)

_NAMES = {
    Rail.SWIFT_MT: _SWIFT_X,
    Rail.SCT: _EPC_NAME,
    Rail.SCT_INST: _EPC_NAME,
    Rail.CBPR: _CBPR_NAME,
    Rail.TARGET2: _CBPR_NAME,
}
_OTHERS = {
    Rail.SWIFT_MT: _SWIFT_X,
    Rail.SCT: _EPC,
    Rail.SCT_INST: _EPC,
    Rail.CBPR: _CBPR,
    Rail.TARGET2: _CBPR,
}


def convention_of(rail: Rail, message_format: str, *, extended: bool) -> Convention:
    """The set for a field. `extended`: a name, an address or a place of birth, which CBPR+ gives more characters."""
    if rail is Rail.UNKNOWN and message_format.upper().startswith("MT"):
        rail = Rail.SWIFT_MT
    return (_NAMES if extended else _OTHERS).get(rail, _ANY)


def inadmissible(text: str, convention: Convention) -> str:
    """What in this text is outside the convention, in words with the code point; "" when nothing is."""
    match = convention.forbidden.search(text)
    if match is not None:
        character = match[0]
        name = unicodedata.name(character, "a control character")
        return f"U+{ord(character):04X} ({name}) at {match.start() + 1} is outside {convention.name}"
    if convention.longest and len(text) > convention.longest:
        return f"{len(text)} characters, {convention.name} has {convention.longest}"
    return ""
