"""One listed party or thing, as its publisher describes it, whatever the list's format."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class ListRefused(Exception):  # noqa: N818 - it is a refusal, not a fault of the program
    """A published list that must not be used: one sentence naming the thing, the place and the way out."""


class EntryKind(StrEnum):
    """What is listed."""

    PERSON = "person"
    ORGANISATION = "organisation"
    VESSEL = "vessel"
    AIRCRAFT = "aircraft"


class Strength(StrEnum):
    """How much the publisher trusts a name: its own first name, an alias, or a weak (low quality) alias."""

    PRIMARY = "primary"
    STRONG = "strong"
    WEAK = "weak"


@dataclass(frozen=True, slots=True)
class ListedName:
    """One name of an entry, in one script (ISO 15924 in lower case: latn, cyrl, arab, hani, ...).

    `former`: the publisher says it is no longer borne (f.k.a.). It is screened all the same.
    """

    text: str
    strength: Strength = Strength.PRIMARY
    script: str = "latn"
    former: bool = False


@dataclass(frozen=True, slots=True)
class ListedNumber:
    """A number the list gives: passport, tax number, IMO, BIC, wallet address, ... `kind` as the publisher words it."""

    kind: str
    value: str
    country: str = ""


class OwnAction(StrEnum):
    """What the bank's own list asks for when one of its entries is found in a payment."""

    SUSPEND = "suspend"
    REVIEW = "review"


@dataclass(frozen=True, slots=True)
class OwnTerms:
    """Why an entry stands on the bank's own list, who answers for it, and until when (the last ISO day in force)."""

    purpose: str
    owner: str
    reason: str
    action: OwnAction
    expires: str


@dataclass(frozen=True, slots=True)
class Holding:
    """One owner of a company in an ownership file (lists.ownership).

    `owner` are its keys, any of which may be known: `LIST:REFERENCE` of a listed party, or the reference of another
    company of the file. `share` 0..1 of the company, `control` whether the owner decides there, `source` where from.
    """

    owner: tuple[str, ...]
    share: float
    control: bool = False
    source: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of one list.

    `list` is the source's id (`lists/sources/*.toml`), `reference` the publisher's own key (unique in the list).
    `birth_dates` are ISO dates, possibly cut (`1961`, `1961-05`), approximate (`1961~`) or intervals (`1961/1963`), as
    ISO 8601-2 writes them; `countries` ISO 3166 alpha-2 where known, else as written. `measures` are what is imposed
    ("Asset freeze", "Travel Ban", "SDN List"), `programmes` under which regime, both in the publisher's words. `terms`
    stand on entries of the bank's own lists alone, `owners` on companies of an ownership file.
    """

    list: str
    reference: str
    kind: EntryKind
    names: tuple[ListedName, ...]
    birth_dates: tuple[str, ...] = ()
    birth_places: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()
    numbers: tuple[ListedNumber, ...] = ()
    programmes: tuple[str, ...] = ()
    listed_on: str = ""
    remarks: str = ""
    measures: tuple[str, ...] = ()
    terms: OwnTerms | None = None
    owners: tuple[Holding, ...] = ()

    @property
    def name(self) -> str:
        """The first name the publisher gives."""
        return self.names[0].text if self.names else ""

    def in_force_on(self, day: str) -> bool:
        """Whether the entry counts on this ISO day. Official ones always do, own ones to the end of their last day."""
        return self.terms is None or day <= self.terms.expires
