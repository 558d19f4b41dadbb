"""The bank's own lists: what a line must and may say, whichever way it is written (own_csv.py, own_toml.py).

An own list stops an honest person's money on the bank's word alone. So each entry says what for, who answers for it,
why, what is to be done and until when; a line that does not is named by its number, and the list is refused. Entries
past their day stay in the list: whether one is in force is asked of it for a given day (Entry.in_force_on).
"""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from lists.entry import Entry, EntryKind, ListedNumber, ListRefused, OwnAction, OwnTerms, Strength
from lists.formats.facts import country_code, iso_date, unique
from lists.formats.naming import listed_names

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

REQUIRED = ("reference", "kind", "name", "purpose", "owner", "reason", "expires", "action")
OPTIONAL = (
    "aliases",
    "weak_names",
    "former_names",
    "birth_dates",
    "birth_places",
    "countries",
    "addresses",
    "numbers",
    "listed_on",
    "remarks",
)
COLUMNS = (*REQUIRED, *OPTIONAL)

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_KINDS = tuple(str(kind) for kind in EntryKind)
_ACTIONS = tuple(str(action) for action in OwnAction)


def own_id(name: str) -> str:
    """The id of an own list of this name: OWN_ before it, so that it is never taken for a published one."""
    plain = re.sub(r"[^A-Z0-9]+", "_", name.upper()).strip("_")
    return plain if plain.startswith("OWN_") else f"OWN_{plain}"


def entries_of(lines: Sequence[tuple[str, Mapping[str, Sequence[str]]]], source_id: str) -> Iterator[Entry]:
    """An entry of each (place, column -> values). Raises ListRefused naming the first wrong place and how many more."""
    problems = [f"{place}: {problem}" for place, values in lines if (problem := _problem(values))]
    problems += _repeated(lines)
    if problems:
        more = f" (and {len(problems) - 1} more)" if len(problems) > 1 else ""
        raise ListRefused(f"{problems[0]}{more}: correct the list and give it again; the one in use stays")
    if not lines:
        raise ListRefused("the list has no entry: write one, or take the file away")
    for _place, values in lines:
        yield _entry(values, source_id)


def unknown_columns(names: Sequence[str]) -> str:
    """What is wrong with these columns; "" where they are all known and the required ones there."""
    if absent := [name for name in REQUIRED if name not in names]:
        return f"{absent[0]} is missing"
    if other := [name for name in names if name not in COLUMNS]:
        return f"{other[0]!r} is unknown, known are {', '.join(COLUMNS)}"
    return ""


def _problem(values: Mapping[str, Sequence[str]]) -> str:
    if empty := [name for name in REQUIRED if not _one(values, name)]:
        return f"{empty[0]} is empty"
    for name, words in (("kind", _KINDS), ("action", _ACTIONS)):
        if (word := _one(values, name)) not in words:
            return f"{name} {word!r} is none of {', '.join(words)}"
    for name in ("expires", "listed_on"):
        if (day := _one(values, name)) and not _is_day(day):
            return f"{name} {day!r} is no date: write it as 2026-12-31"
    for name, means_something, way_out in _READABLE:
        if wrong := [text for text in values.get(name, ()) if not means_something(text)]:
            return f"{name} {wrong[0]!r} {way_out}"
    return ""


def _repeated(lines: Sequence[tuple[str, Mapping[str, Sequence[str]]]]) -> list[str]:
    first: dict[str, str] = {}
    problems = []
    for place, values in lines:
        reference = _one(values, "reference")
        if first.setdefault(reference, place) != place:
            problems.append(f"{place}: reference {reference!r} stands in {first[reference]} already")
    return problems


def _one(values: Mapping[str, Sequence[str]], name: str) -> str:
    return next(iter(values.get(name, ())), "")


def _is_day(text: str) -> bool:
    if _DAY.fullmatch(text) is None:
        return False
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _birth_date(text: str) -> str:
    return text if _is_day(text) or re.fullmatch(r"\d{4}-\d{2}", text) else iso_date(text)


def _number(text: str) -> ListedNumber:
    """A number written "passport:A1234567:NO"; a wallet or site may hold colons of its own."""
    kind, _colon, rest = text.partition(":")
    value, _colon, country = rest.rpartition(":")
    if value and re.fullmatch(r"[A-Za-z]{2}", country.strip()):
        return ListedNumber(kind.strip(), value.strip(), country.strip().upper())
    return ListedNumber(kind.strip(), rest.strip() if kind.strip() else "")


def _is_name(text: str) -> bool:
    return bool(listed_names([(text, Strength.PRIMARY)]))


# Columns whose values must mean something, how that is found out, and what to do where they do not.
_READABLE = (
    ("name", _is_name, "is no name: it needs two letters"),
    ("numbers", lambda text: bool(_number(text).value), "does not say what it is: write it as passport:A1234567:NO"),
    ("birth_dates", lambda text: bool(_birth_date(text)), "is no date: write it as 1961-05-03, 1961 or circa 1961"),
)


def _entry(values: Mapping[str, Sequence[str]], source_id: str) -> Entry:
    names = [
        *((name, Strength.PRIMARY) for name in values["name"]),
        *((name, Strength.STRONG) for name in values.get("aliases", ())),
        *((name, Strength.WEAK) for name in values.get("weak_names", ())),
    ]
    return Entry(
        list=source_id,
        reference=_one(values, "reference"),
        kind=EntryKind(_one(values, "kind")),
        names=listed_names(names, ((name, Strength.STRONG) for name in values.get("former_names", ()))),
        birth_dates=unique(map(_birth_date, values.get("birth_dates", ()))),
        birth_places=unique(values.get("birth_places", ())),
        countries=unique(map(country_code, values.get("countries", ()))),
        addresses=unique(values.get("addresses", ())),
        numbers=tuple(dict.fromkeys(map(_number, values.get("numbers", ())))),
        programmes=unique([_one(values, "purpose")]),
        listed_on=_one(values, "listed_on"),
        remarks=" ".join(values.get("remarks", ())),
        measures=unique([_one(values, "action")]),
        terms=OwnTerms(
            purpose=_one(values, "purpose"),
            owner=_one(values, "owner"),
            reason=_one(values, "reason"),
            action=OwnAction(_one(values, "action")),
            expires=_one(values, "expires"),
        ),
    )
