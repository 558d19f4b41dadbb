"""Which characters a rail carries, and whether a field keeps to them.

A set belongs to a rail and a kind of field, never to everything. Code points are judged, not bytes, and nothing is
converted: the payment is forwarded as it came. A bank may agree more characters with a counterparty, until a day.
Sources: SWIFT user handbook (X), EPC217-08 (basic Latin),
CBPR+ usage guidelines (FIN-X and its extension for names, addresses and remittance); Regulation (EU) 2023/1113
Art. 7(1) and 11(1). Requirements: DET-01, INT-03, INT-04.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from functools import lru_cache

from schemas.payment import Rail

_X = r"a-zA-Z0-9/\-?:().,'+ "
_PLUS = r"""!#$%&*=^_{}~";<>@\[\\\]`|"""


@dataclass(frozen=True, slots=True)
class Convention:
    """A named set of characters. `forbidden` finds the first one outside it; `longest` 0: no limit known here.

    `slashes`: a number may not start or end with a slash, nor hold two in a row.
    """

    name: str
    forbidden: re.Pattern[str]
    longest: int = 0
    slashes: bool = True


_SWIFT_X = Convention("SWIFT X", re.compile(f"[^{_X}\r\n]"))
_EPC_NAME = Convention("EPC basic Latin", re.compile(f"[^{_X}]"), 70)
_EPC = Convention("EPC basic Latin", re.compile(f"[^{_X}]"), slashes=False)
_CBPR_NAME = Convention("CBPR+ extended FIN-X", re.compile(f"[^{_X}{_PLUS}]"), 140)
_CBPR = Convention("CBPR+ FIN-X", re.compile(f"[^{_X}]"))
# Where a rail agrees on no set, characters nobody can see are still no part of a name.
_ANY = Convention(
    "visible characters",
    re.compile(
        "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f"
        "\u2028-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\ufffd\U000e0000-\U000e0fff]"
    ),
)

# A look at a member goes through its class (a quarter of a microsecond in Python 3.11): the hot ones have own names.
_UNKNOWN, _SWIFT_MT = Rail.UNKNOWN, Rail.SWIFT_MT
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
    if rail is _UNKNOWN and message_format.upper().startswith("MT"):
        rail = _SWIFT_MT
    return (_NAMES if extended else _OTHERS).get(rail, _ANY)


@lru_cache(maxsize=256)
def extended_by(convention: Convention, characters: str, contract: str) -> Convention:
    """The set with the characters that a contract adds. Where a rail agrees on no set there is nothing to add."""
    if convention is _ANY or not characters:
        return convention
    more = convention.forbidden.pattern[:-1] + re.escape(characters) + "]"
    return replace(convention, name=f"{convention.name} with {contract}", forbidden=re.compile(more))


def inadmissible(text: str, convention: Convention) -> str:
    """What in this text is outside the convention, in words with the code point; "" when nothing is."""
    match = convention.forbidden.search(text)
    if match is not None:
        character = match[0]
        name = unicodedata.name(character, "a control character")
        twin = ", which looks like a Latin letter" if _is_twin(character) and _LATIN.search(text) else ""
        return f"U+{ord(character):04X} ({name}) at {match.start() + 1} is outside {convention.name}{twin}"
    if not text.isascii():
        mixed = _mixed(text)
        if mixed:
            return mixed
    if convention.longest and len(text) > convention.longest:
        return f"{len(text)} characters, {convention.name} has {convention.longest}"
    if not convention.slashes and _SLASHES.search(text):
        return f"a slash at an end, or two in a row, which {convention.name} has not in numbers"
    return ""


_LATIN = re.compile(r"[A-Za-z]", re.ASCII)
_SLASHES = re.compile(r"^/|/$|//")
# Cyrillic, Greek and Armenian letters that a person cannot tell from Latin ones.
_TWINS = frozenset(
    "\u0410\u0412\u0415\u041a\u041c\u041d\u041e\u0420\u0421\u0422\u0423\u0425\u0406\u0408\u0405\u0430\u0435\u043e\u0440\u0441\u0443"
    "\u0445\u0456\u0458\u0455\u04bb\u0501\u051b\u051d\u0391\u0392\u0395\u0396\u0397\u0399\u039a\u039c\u039d\u039f\u03a1\u03a4\u03a5\u03a7"
    "\u03bf\u03bd\u0555\u054f\u054d\u0578\u057d"
)
_TWIN_IN_WORD = re.compile(f"[A-Za-z][{''.join(sorted(_TWINS))}]|[{''.join(sorted(_TWINS))}][A-Za-z]")


def _is_twin(character: str) -> bool:
    return character in _TWINS


def _mixed(text: str) -> str:
    """A letter of another script inside a Latin word: nobody is named so, but sanctioned names are hidden so."""
    match = _TWIN_IN_WORD.search(text)
    if match is None:
        return ""
    place, character = next((match.start() + n, one) for n, one in enumerate(match[0]) if one in _TWINS)
    return f"U+{ord(character):04X} ({unicodedata.name(character)}) at {place + 1} looks like a Latin letter beside one"
