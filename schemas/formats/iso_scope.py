"""The parts of one element of an ISO 20022 message as they are being used up; what nobody takes becomes a text."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from schemas.formats import iso_parties
from schemas.formats.forms import keep, of_shape, speaking
from schemas.formats.unreadable import unreadable_field
from schemas.formats.values import currency, iso_amount, iso_date
from schemas.formats.xml_parts import Part, first_inside, inner_parts, sub_part
from schemas.payment import Amount, TextKind, Value

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from schemas.finding import Finding
    from schemas.formats.forms import Key, Speaking
    from schemas.formats.xml_parts import Parts
    from schemas.payment import Account, Institution, Party, Text


# A look at a member goes through its class (a quarter of a microsecond in Python 3.11): the hot ones have own names.
_OTHER = TextKind.OTHER
_DAY = frozenset({"", "Dt", "DtTm"})
_CHOICE = frozenset({"Pty", "Agt"})


def _all(keys: list[Key]) -> Speaking:
    return speaking((number, key) for number, (key, _) in enumerate(keys))


def _named(part: Part, name: str) -> Speaking:
    """Every leaf, the part's own text under that name: that of its element, which is the same in all of a shape."""
    found: Speaking | None = None if part.known is None else part.known.get(_named)
    if found is None:
        found = speaking((number, key or name) for number, (key, _, _) in enumerate(part.leaves))
        if part.known is not None:
            part.known[_named] = found
    return found


@cache
def _or_their_accounts(names: tuple[str, ...]) -> frozenset[str]:
    return frozenset([*names, *[f"{name}Acct" for name in names]])


class Day(NamedTuple):
    """A date and where it stands."""

    date: date
    path: str


class Scope:
    """The parts of one element (group header or transaction) as they are being used up."""

    def __init__(self, found: Parts) -> None:
        self.found = found
        self.problems: list[Finding] = []
        self.texts: list[Text] = []

    def take(self, name: str) -> Part | None:
        """The part of that name; further ones of an element that stands once are a problem, and stay as texts."""
        several = self.found.get(name)
        if not several:
            return None
        part = several.pop(0)
        if several:
            self.problems.append(unreadable_field(several[0].path, "", f"{name} stands more than once"))
        return part

    def take_all(self, name: str) -> list[Part]:
        """Every part of that name."""
        return self.found.pop(name, [])

    def value(self, name: str) -> Value | None:
        """The text of an element that holds nothing but text."""
        part = self.take(name)
        return None if part is None else self.only(part)

    def only(self, part: Part) -> Value | None:
        """The text of the part itself; whatever else is inside stays as texts."""
        if len(part.leaves) == 1 and part.leaves[0][0] == "":
            _, path, text = part.leaves[0]
            return Value(text, path)
        value = None
        for number, (key, path, text) in enumerate(part.leaves):
            if key == "" and value is None:
                value = Value(text, path)
            else:
                keep(self.texts, _OTHER, part.leaves, speaking([(number, key)]))
        return value

    def enter(self, name: str, path: str) -> Scope:
        """The element of that name as a scope of its own, empty where it is absent; `absorb` it when done.

        `path` is that of this scope's element.
        """
        part = self.take(name)
        return Scope(inner_parts(Part(f"{path}/{name}", []) if part is None else part))

    def absorb(self, inner: Scope, kinds: Mapping[str, TextKind]) -> None:
        """Everything that is left in an inner scope, and its problems, become this one's."""
        inner.keep_rest(kinds)
        self.texts.extend(inner.texts)
        self.problems.extend(inner.problems)

    def end(self, name: str) -> Party | None:
        """The party of that name, which may be an institution or a choice of both (`Pty`, `Agt`)."""
        part = self.take(name)
        if part is None:
            return None
        choice = of_shape(part, first_inside)
        inside, rest = sub_part(part, choice) if choice in _CHOICE else (None, part)
        if inside is None:
            return iso_parties.end(part)
        self.keep_named(rest, name, _OTHER)
        return iso_parties.end(inside)

    def account(self, name: str) -> Account | None:
        """The account of that name; what does not identify it becomes texts."""
        part = self.take(name)
        return None if part is None else self.as_account(part)

    def as_account(self, part: Part) -> Account:
        """The part as an account."""
        account, rest = iso_parties.account(part)
        if rest:
            keep(self.texts, _OTHER, part.leaves, rest)
        return account

    def institution(self, name: str) -> Institution | None:
        """The institution of that name, with the account it has in `<name>Acct`."""
        of_account = f"{name}Acct"
        if name not in self.found and of_account not in self.found:
            return None
        part, account = self.take(name), self.account(of_account)
        if part is None:
            part = Part("" if account is None else account.path.removesuffix("Acct"), [])
        return iso_parties.institution(part, account)

    def institution_inside(self, name: str, choice: str) -> Institution | None:
        """The institution that stands one level below (`Fr/FIId`, `Assgnr/Agt`); the rest there becomes texts."""
        part = self.take(name)
        if part is None:
            return None
        inside, rest = sub_part(part, choice)
        self.keep_named(rest, name, _OTHER)
        return None if inside is None else iso_parties.institution(inside)

    def institutions(self, names: tuple[str, ...]) -> list[Institution]:
        """Those of the named institutions that are there."""
        if self.found.keys().isdisjoint(_or_their_accounts(names)):
            return []
        here = self.found
        there = [name for name in names if name in here or f"{name}Acct" in here]
        return [found for name in there if (found := self.institution(name)) is not None]

    def keep(self, part: Part, kind: TextKind) -> None:
        """Keep as texts what is neither empty nor a mere date, amount or code."""
        keep(self.texts, kind, part.leaves, of_shape(part, _all))

    def amount(self, name: str, *, required_at: str = "") -> Amount | None:
        """The amount of that name; None, and a problem, where it cannot be read or is required and absent."""
        part = self.take(name)
        if part is None:
            if required_at:
                self.problems.append(unreadable_field(f"{required_at}/{name}", "", "the payment has no amount"))
            return None
        return self.as_amount(part, name)

    def as_amount(self, part: Part, name: str) -> Amount | None:
        """The part as an amount; None, and a problem, where it cannot be read."""
        found = {key: text for key, _, text in part.leaves}
        seen, code = found.get("", ""), found.get("@Ccy", "")
        self.keep_named(part, name, _OTHER)
        number = iso_amount(seen)
        if isinstance(number, str):
            self.problems.append(unreadable_field(part.path, seen, f"the amount {number}"))
        elif currency(code) is None:
            detail = "the currency is not three capital letters"
            self.problems.append(unreadable_field(f"{part.path}/@Ccy", code, detail))
        else:
            return Amount(number, code, part.path)
        return None

    def day(self, name: str) -> Day | Finding | None:
        """The date of that name, or the problem with it; a date and time counts by its day.

        Newer versions of some dates are a choice of `Dt` and `DtTm`.
        """
        part = self.take(name)
        if part is None:
            return None
        path, seen = next(((path, text) for key, path, text in part.leaves if key in _DAY), (part.path, ""))
        self.keep_named(part, name, _OTHER)
        day = iso_date(seen)
        return unreadable_field(path, seen, f"the date {day}") if isinstance(day, str) else Day(day, path)

    def keep_named(self, part: Part, name: str, kind: TextKind) -> None:
        """Keep what is in a part, its own text under the part's name."""
        keep(self.texts, kind, part.leaves, _named(part, name))

    def keep_rest(self, kinds: Mapping[str, TextKind]) -> None:
        """Everything that was not taken becomes texts, of the kind that is given for the part's name."""
        for name, several in self.found.items():
            kind = kinds.get(name, _OTHER)
            for part in several:
                self.keep_named(part, name, kind)
        self.found = {}
