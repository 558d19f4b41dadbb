"""Who is owned or controlled by listed parties: entries of an ownership file become listed, with the chain as evidence.

An ownership file (`formats/ownership_csv.py`) is a list of companies with their owners. `with_owned` keeps of it those
that the listed parties of the same edition own, under two rules:

- *Union* (and every other list but OFAC's): shares of all listed owners together reach 50 %, directly, through
  companies that are themselves owned so, or multiplied along the chain; or a listed party controls it. Source: Council,
  "Best Practices for the effective implementation of restrictive measures", ownership and control. Exactly 50 % counts:
  the stricter reading, as the other rule has it.
- *OFAC*: blocked persons together hold 50 % or more; a company owned so is itself blocked and counts in full as an
  owner of the next (no multiplication); control alone does not block. Source: OFAC, "Revised Guidance on Entities
  Owned by Persons Whose Property and Interests in Property Are Blocked" (13 August 2014).

Pure: entries in, entries out. Requirements: SCR-13.
"""

from __future__ import annotations

from collections import defaultdict, deque
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, NamedTuple

from lists.entry import Entry, Holding
from lists.shares import Shares

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

OWNED: Final = "owned-or-controlled"
"""The first programme of an entry that is listed for its owners; its remarks tell the chain."""
HALF: Final = 0.5
_ROUNDING: Final = 1e-6
_CHAIN_LETTERS: Final = 600
"""Chains of many owners are told from the company on, as far as a person reads."""
_HEADS: Final = 20
_LOOKED_AT: Final = 200
"""Companies above one that are gone through for the parties at the heads of its chains; the nearest come first."""
_OFAC: Final = ("OFAC", "US_")


@dataclass(frozen=True, slots=True)
class Rule:
    """How one regime counts: whose lists, whether shares multiply along a chain, whether control suffices."""

    name: str
    ofac: bool
    multiplies: bool
    by_control: bool

    def counts(self, owner: Entry) -> bool:
        """Whether an entry blocks what it owns; the bank's own lists do not."""
        return owner.terms is None and not owner.owners and owner.list.startswith(_OFAC) is self.ofac


RULES: Final = (
    Rule("Union 50 % rule", ofac=False, multiplies=True, by_control=True),
    Rule("OFAC 50 % rule", ofac=True, multiplies=False, by_control=False),
)


@dataclass(frozen=True, slots=True)
class Owned:
    """Why a company counts as listed: the chain in words, and the listed parties at its head."""

    chain: str
    parties: tuple[Entry, ...]


def with_owned(entries: Sequence[Entry]) -> tuple[Entry, ...]:
    """All entries but those of ownership files, and after them the companies there that listed parties own."""
    companies = [entry for entry in entries if entry.owners]
    if not companies:
        return tuple(entries)
    listed = {f"{entry.list}:{entry.reference}": entry for entry in entries if not entry.owners}
    owns = _by_owner(companies)
    answers = [_Regime(rule, companies, owns, listed).owned() for rule in RULES]
    return (*listed.values(), *_as_listed(companies, answers))


def _as_listed(companies: Iterable[Entry], answers: Sequence[Mapping[str, Owned]]) -> Iterator[Entry]:
    for company in companies:
        name = company.reference
        found = [(rule, owned[name]) for rule, owned in zip(RULES, answers, strict=True) if name in owned]
        if found:
            parties = [party for _, owned in found for party in owned.parties]
            programmes = dict.fromkeys(programme for party in parties for programme in party.programmes)
            told = "; ".join(f"{rule.name}: {owned.chain}" for rule, owned in found)
            yield replace(company, programmes=(OWNED, *programmes), remarks=told, owners=())


class _Part(NamedTuple):
    """What one owner counts for: `weight` 1 for a listed party or a company owned so, less for a chain multiplied."""

    holding: Holding
    owner: str
    weight: float


class _Regime:
    """One rule at work on one edition.

    Companies found at one level rest on those of the levels before, never on each other: the order of the file does not
    matter, and a chain of evidence has an end even where companies own each other.
    """

    def __init__(
        self, rule: Rule, companies: Sequence[Entry], owns: Mapping[str, Sequence[str]], listed: Mapping[str, Entry]
    ) -> None:
        self.rule = rule
        self.owns = owns
        self.listed = {key: entry for key, entry in listed.items() if rule.counts(entry)}
        reached = _below(self.listed, owns)
        self.companies = {one.reference: one for one in companies if one.reference in reached}
        self.found: dict[str, Owned] = {}
        self._shares: Mapping[str, float] = {}

    def owned(self) -> dict[str, Owned]:
        """Every company that counts as listed under the rule."""
        self._spread(self.companies)
        if self.rule.multiplies:
            shares = Shares(self.companies, self.listed)
            while True:
                self._shares = shares.settled(self.found)
                # No other has half: what is held of a company is what has settled, but for rounding.
                near = [name for name, share in self._shares.items() if share >= HALF - 2 * _ROUNDING]
                if not self._spread(near):
                    break
        return self.found

    def _spread(self, names: Iterable[str]) -> bool:
        """Judge these companies, then those that the found ones own, and so on; say whether any was found."""
        before = len(self.found)
        waiting = list(names)
        while waiting:
            judged = {name: self._judged(self.companies[name]) for name in waiting if name not in self.found}
            more = {name: owned for name, owned in judged.items() if owned is not None}
            self.found.update(more)
            waiting = list(dict.fromkeys(below for name in more for below in self.owns.get(name, ())))
        return len(self.found) > before

    def _judged(self, company: Entry) -> Owned | None:
        held = [part for holding in company.owners if (part := self._part(holding)) is not None]
        total = sum(part.holding.share * part.weight for part in held)
        if total >= HALF - _ROUNDING:
            return self._told(f"{_percent(total)} owned", [part for part in held if part.holding.share])
        controlling = [part for part in held if part.holding.control and part.weight == 1]
        return self._told("controlled", controlling) if self.rule.by_control and controlling else None

    def _part(self, holding: Holding) -> _Part | None:
        for name in holding.owner:
            if name in self.listed or name in self.found:
                return _Part(holding, name, 1.0)
        owner = max(holding.owner, key=lambda name: self._shares.get(name, 0.0), default="")
        share = self._shares.get(owner, 0.0)
        return _Part(holding, owner, share) if share > 0 else None

    def _told(self, head: str, parts: Sequence[_Part]) -> Owned:
        told = f"{head}, "
        for place, part in enumerate(parts):
            told += f"{' and ' if place else ''}{_share(part.holding)} {self._named(part)}{_source(part.holding)}"
            if len(told) > _CHAIN_LETTERS:
                told = f"{told[:_CHAIN_LETTERS]}…"
                break
        return Owned(told, tuple(self.listed[name] for name in self._first_heads(parts)))

    def _first_heads(self, parts: Iterable[_Part]) -> dict[str, None]:
        """The first listed parties at the heads of these chains: as many as a person reads."""
        names: dict[str, None] = {}
        for name in (name for part in parts for name in self._heads(part.owner)):
            names[name] = None
            if len(names) == _HEADS:
                break
        return names

    def _named(self, part: _Part) -> str:
        if part.owner in self.listed:
            return f"{self.listed[part.owner].name} ({part.owner})"
        name = self.companies[part.owner].name
        if part.owner in self.found:
            return f"{name} ({self.found[part.owner].chain})"
        return f"{name} ({_percent(part.weight)} in listed hands)"

    def _heads(self, owner: str) -> Iterator[str]:
        """The listed parties at the head of the chains that lead to an owner, nearest first."""
        seen = {owner}
        waiting = deque(seen)
        while waiting and len(seen) < _LOOKED_AT:
            name = waiting.popleft()
            if name in self.listed:
                yield name
            elif name in self.found:
                yield from (f"{party.list}:{party.reference}" for party in self.found[name].parties)
            elif self._shares.get(name, 0.0):
                above = (one for holding in self.companies[name].owners for one in holding.owner if one not in seen)
                more = list(dict.fromkeys(above))
                seen.update(more)
                waiting.extend(more)


def _by_owner(companies: Sequence[Entry]) -> dict[str, list[str]]:
    """What each owner owns."""
    owns: defaultdict[str, list[str]] = defaultdict(list)
    for company in companies:
        for name in dict.fromkeys(name for holding in company.owners for name in holding.owner):
            owns[name].append(company.reference)
    return dict(owns)


def _below(heads: Iterable[str], owns: Mapping[str, Sequence[str]]) -> set[str]:
    """The companies that some chain of owners leads to from these: of a register, very few."""
    reached: set[str] = set()
    waiting = list(heads)
    while waiting:
        fresh = [name for name in owns.get(waiting.pop(), ()) if name not in reached]
        reached.update(fresh)
        waiting.extend(fresh)
    return reached


def _share(holding: Holding) -> str:
    if not holding.share:
        return "control by"
    return f"{_percent(holding.share)} and control by" if holding.control else f"{_percent(holding.share)} by"


def _percent(share: float) -> str:
    return f"{100 * share:.4g} %"


def _source(holding: Holding) -> str:
    return f" [{holding.source}]" if holding.source else ""
