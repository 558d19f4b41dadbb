"""Birth dates, nationalities and kinds: where a party and an entry contradict each other, and what follows from it.

A fact counts only where both sides tell it. Listed dates are ISO 8601-2: cut (`1961`), approximate (`1961~`) or
intervals (`1961/1963`). A contradiction lowers a score by a bounded share (policy `discounts`); a namesake is told only
where birth date *and* nationality are known on both sides and both differ. Requirements: SCR-16.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

from lists.entry import EntryKind
from schemas.finding import Piece
from schemas.payment import Rail
from schemas.quick import quick

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lists.entry import Entry
    from lists.policy import Discounts
    from schemas.payment import Party

_YEAR = re.compile(r"(?<!\d)((?:18|19|20)\d\d)(?:-(\d\d))?(?:-(\d\d))?(?!\d)")
_COUNTRY = re.compile(r"[A-Z]{2}", re.ASCII)
_EXACT_YEARS: Final = 1
_CIRCA_YEARS: Final = 5
_DIGITS: Final = 4
_OF_A_STATE = frozenset({"CCPT", "NIDN", "ARNU"})
_PERSON_SCHEMES = frozenset({"CCPT", "NIDN", "ARNU", "DRLC", "SOSE"})


@quick
@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a payment beside its message.

    `on` is the day it is decided, for everything that expires; birth date and nationality are the payer's, verified.
    """

    rail: Rail | None = None
    on: date | None = None
    payer_birth_date: str = ""
    payer_nationality: str = ""


NOTHING_KNOWN: Final = Known()


@dataclass(frozen=True, slots=True)
class Contradiction:
    """One fact that does not fit: `here` in the payment, `listed` on the list."""

    fact: str
    here: str
    listed: str


@dataclass(frozen=True, slots=True)
class Facts:
    """What a payment tells of one party; "" where it does not. `nationality` is ISO alpha-2."""

    birth_date: str = ""
    nationality: str = ""
    verified_nationality: bool = False
    kind: EntryKind | None = None

    @classmethod
    def of(cls, party: Party, known: Known, *, payer: bool) -> Facts:
        """The party's facts; for the payer those the bank has verified come first."""
        birth_date = party.birth_date.text if party.birth_date is not None else ""
        verified = known.payer_nationality.strip().upper() if payer else ""
        return cls(
            birth_date=(known.payer_birth_date if payer else "") or birth_date,
            nationality=verified or _document_country(party),
            verified_nationality=bool(verified),
            kind=_kind(party),
        )


def _document_country(party: Party) -> str:
    """The country of a passport or national number: whoever has one is its national, or a resident."""
    told = {one.country.text.strip().upper() for one in party.identifications if one.country and one.scheme == "CCPT"}
    found = {country for country in told if _COUNTRY.fullmatch(country)}
    return found.pop() if len(found) == 1 else ""


def _kind(party: Party) -> EntryKind | None:
    """What the party certainly is; None where both or neither could be said."""
    person = party.birth_date is not None or any(one.scheme in _PERSON_SCHEMES for one in party.identifications)
    organisation = (
        party.lei is not None or party.bic is not None or any(one.organisation for one in party.identifications)
    )
    if person is organisation:
        return None
    return EntryKind.PERSON if person else EntryKind.ORGANISATION


def contradictions(facts: Facts, entry: Entry) -> tuple[Contradiction, ...]:
    """Every fact known on both sides that does not fit."""
    return tuple(_contradictions(facts, entry))


def _contradictions(facts: Facts, entry: Entry) -> Iterator[Contradiction]:
    if _born_otherwise(facts.birth_date, entry.birth_dates, years_only=True):
        yield Contradiction("birth_year", facts.birth_date, " or ".join(entry.birth_dates))
    if _of_another_state(facts.nationality, entry.countries):
        yield Contradiction("nationality", facts.nationality, " or ".join(entry.countries))
    people = {EntryKind.PERSON, EntryKind.ORGANISATION}
    if facts.kind is not None and entry.kind in people and facts.kind is not entry.kind:
        yield Contradiction("kind", facts.kind.value, entry.kind.value)


def homonym(facts: Facts, entry: Entry) -> tuple[Contradiction, ...]:
    """Birth date and nationality, where both are known on both sides and both differ; else nothing (SCR-16).

    A listed year alone fits every day of it; a nationality counts only as verified, and only against codes.
    """
    born = _born_otherwise(facts.birth_date, entry.birth_dates, years_only=False)
    other_state = facts.verified_nationality and _of_another_state(facts.nationality, entry.countries)
    if entry.kind is not EntryKind.PERSON or not (born and other_state):
        return ()
    return (
        Contradiction("birth_date", facts.birth_date, " or ".join(entry.birth_dates)),
        Contradiction("nationality", facts.nationality, " or ".join(entry.countries)),
    )


def _of_another_state(here: str, listed: tuple[str, ...]) -> bool:
    """Whether both sides tell codes and none agrees; a country that is no code may be any."""
    known = bool(here and listed) and all(_COUNTRY.fullmatch(country) for country in listed)
    return known and here not in listed


def _born_otherwise(here: str, listed: tuple[str, ...], *, years_only: bool) -> bool:
    """Whether no listed date can be that of the party. A date that cannot be read fits every date."""
    found = _YEAR.search(here)
    if found is None or not listed:
        return False
    return not any(_may_be(found, date, years_only=years_only) for date in listed)


def _may_be(here: re.Match[str], listed: str, *, years_only: bool) -> bool:
    found = list(_YEAR.finditer(listed))
    if not found or ".." in listed:
        return True
    year = int(here[1])
    years = [int(one[1]) for one in found]
    if len(found) > 1 or "~" in listed or "?" in listed:
        slack = _CIRCA_YEARS if "~" in listed or "?" in listed else _EXACT_YEARS
        return min(years) - slack <= year <= max(years) + slack
    if years_only:
        return abs(year - years[0]) <= _EXACT_YEARS
    # Day and month may have been swapped; a part that one side does not tell agrees with every other.
    return year == years[0] and _parts_agree((here[2], here[3]), (found[0][2], found[0][3]))


def _parts_agree(here: tuple[str | None, str | None], listed: tuple[str | None, str | None]) -> bool:
    if all(here) and all(listed) and here == listed[::-1]:
        return True
    return all(one is None or other is None or one == other for one, other in zip(here, listed, strict=True))


def discounted(score: float, found: tuple[Contradiction, ...], discounts: Discounts) -> tuple[float, tuple[Piece, ...]]:
    """The score less what the contradictions take off, with one piece each that says so (points out of 100)."""
    left, pieces = discounts.most, []
    for one in found:
        share = min(float(getattr(discounts, one.fact)), left)
        if share > 0:
            left -= share
            told = f"({one.fact.replace('_', ' ')} {one.listed})"
            pieces.append(Piece(one.here, told, 0.0, 0.0, round(-100 * score * share, 2)))
    lower = round(score + sum(piece.points for piece in pieces) / 100, _DIGITS)
    return lower, tuple(pieces)
