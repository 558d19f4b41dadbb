"""The part of the bank's policy that screening obeys: which lists for whom, how fresh, from what score on."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from pydantic import ConfigDict

from lists.entry import EntryKind, Strength
from lists.good_guys import GoodGuys

if TYPE_CHECKING:
    from lists.entry import Entry

MINIMUM_LISTS = ("UN", "EU", "OFAC_SDN")
"""Always required, whatever the policy says, beside the national list of each of our entities (SCR-11)."""

MOST_DISCOUNT = 0.15
"""No contradiction of facts ever takes more off a score than this share."""


class ScreenedField(StrEnum):
    """The kinds of field that have a threshold of their own (SCR-05)."""

    NAME = "name"  # of a party or account
    INSTITUTION = "institution"  # name of an institution
    TEXT = "text"  # free text
    LINES = "lines"  # name and unstructured address lines of one party
    ADDRESS = "address"  # structured address


class Homonyms(StrEnum):
    """What happens to a namesake whose birth date and nationality are both known and both differ (SCR-16)."""

    OFF = "off"
    PROPOSE = "propose"  # the finding stays and says so
    CLEAR = "clear"  # the finding goes into the record only


@dataclass(frozen=True, slots=True)
class ListRule:
    """What the bank demands of one list. `threshold` 0 means: the default for the field.

    Without `entities`, `currencies` and `countries` a list applies to every payment. `entities` narrows it to payments
    of these entities of ours, `currencies` and `countries` to payments with that nexus (either suffices).
    `max_age_hours` counts from verification; a part of an hour is one.
    `skip_instant_ends`: payer and payee of an instant transfer are not asked about (Regulation (EU) 260/2012
    Art. 5d(2) as inserted by (EU) 2024/886: lists of Union targeted restrictive measures only).
    """

    __pydantic_config__ = ConfigDict(extra="forbid")

    required: bool = True
    max_age_hours: int | float = 24
    threshold: float = 0.0
    entities: tuple[str, ...] = ()
    currencies: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    skip_instant_ends: bool = False

    @property
    def narrowed(self) -> bool:
        """Whether there are payments it does not apply to."""
        return bool(self.entities or self.currencies or self.countries)


@dataclass(frozen=True, slots=True)
class EntityRule:
    """One of our legal entities: its BICs, and the national list that its country obliges it to use."""

    __pydantic_config__ = ConfigDict(extra="forbid")

    bics: tuple[str, ...]
    national: str = ""


@dataclass(frozen=True, slots=True)
class Threshold:
    """A threshold for what fits every selector given, with the reason for it. Of several that fit the first counts.

    `single_word`: names of the list that are one word.
    """

    __pydantic_config__ = ConfigDict(extra="forbid")

    threshold: float
    reason: str
    list: str = ""
    field: ScreenedField | None = None
    kind: EntryKind | None = None
    strength: Strength | None = None
    single_word: bool | None = None


@dataclass(frozen=True, slots=True)
class Discounts:
    """What a contradiction takes off a name's score, as a share; all together at most `most`. 0 is off.

    Only contradictions count, never a fact that one side does not tell. `birth_year`: no birth date of the entry is
    near the party's; `nationality`: the party's passport or verified nationality is none of the entry's; `kind`: the
    party is a person and the entry an organisation, or the other way round.
    """

    __pydantic_config__ = ConfigDict(extra="forbid")

    birth_year: float = 0.0
    nationality: float = 0.0
    kind: float = 0.0
    most: float = 0.0


@dataclass(frozen=True, slots=True)
class OtherMeasures:
    """Measures of a list that leave a party's funds free: what is listed for nothing else is shown, and not held.

    In the publisher's words ("Travel Ban"), whatever their case. An entry that has any other measure, or tells none, is
    held as ever; so is every entry where the policy names no measures.
    """

    __pydantic_config__ = ConfigDict(extra="forbid")

    list: str
    measures: tuple[str, ...]
    reason: str

    def covers(self, entry: Entry) -> bool:
        """Whether this entry is listed for such measures alone."""
        known = {measure.casefold() for measure in self.measures}
        return entry.list == self.list and bool(entry.measures) and known.issuperset(map(str.casefold, entry.measures))


@dataclass(frozen=True, slots=True)
class FactsFile:
    """A file beside the policy."""

    __pydantic_config__ = ConfigDict(extra="forbid")

    file: str = ""


@dataclass(frozen=True, slots=True)
class ScreeningPolicy:
    """Thresholds are on the engine's own scale, 0..1, set by measured recall (`make accuracy`)."""

    __pydantic_config__ = ConfigDict(extra="forbid")

    lists: dict[str, ListRule] = field(default_factory=dict)
    entities: dict[str, EntityRule] = field(default_factory=dict)
    name_threshold: float = 0.71
    text_threshold: float = 0.67
    address_threshold: float = 0.80
    thresholds: tuple[Threshold, ...] = ()
    minimum_recall: float = 0.90
    minimum_text_recall: float = 0.85
    discounts: Discounts = Discounts()
    homonyms: Homonyms = Homonyms.PROPOSE
    other_measures: tuple[OtherMeasures, ...] = ()
    good_guys: FactsFile = FactsFile()
    good_guys_table: GoodGuys | None = None
    max_drop: float = 0.10
    max_findings_per_field: int = 5
    sanctioned_places: tuple[str, ...] = ()
