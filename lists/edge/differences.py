"""What changed between two editions: entries that came, went, or say something else, field by field."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any, Final

from lists.entry import Entry

if TYPE_CHECKING:
    from lists.edge.loaded import LoadedEdition

_KEYS: Final = frozenset({"list", "reference"})
FIELDS: Final = tuple(field.name for field in fields(Entry) if field.name not in _KEYS)


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field of an entry: what it lost and what it gained. A field of one value loses the old and gains the new."""

    field: str
    removed: tuple[Any, ...]
    added: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class EntryChange:
    """One entry that both editions hold, with what is different."""

    list: str
    reference: str
    name: str
    fields: tuple[FieldChange, ...]


@dataclass(frozen=True, slots=True)
class Differences:
    """From one edition to the other; entries in the order of list and reference, `lists` by id (was, is) published."""

    before: str
    after: str
    lists: Mapping[str, tuple[str | None, str | None]]
    added: tuple[Entry, ...]
    removed: tuple[Entry, ...]
    changed: tuple[EntryChange, ...]


def differences(before: LoadedEdition, after: LoadedEdition) -> Differences:
    """Compare two editions entry by entry; an entry is known by its list and the publisher's reference."""
    old = {(entry.list, entry.reference): entry for entry in before.entries}
    new = {(entry.list, entry.reference): entry for entry in after.entries}
    pairs = [(old[key], new[key]) for key in sorted(old.keys() & new.keys()) if old[key] != new[key]]
    was = {one.id: one.published for one in before.lists}
    now = {one.id: one.published for one in after.lists}
    return Differences(
        before.edition.id,
        after.edition.id,
        {name: (was.get(name), now.get(name)) for name in sorted(was | now)},
        tuple(new[key] for key in sorted(new.keys() - old.keys())),
        tuple(old[key] for key in sorted(old.keys() - new.keys())),
        tuple(EntryChange(a.list, a.reference, b.name, _changes(a, b)) for a, b in pairs),
    )


def _changes(old: Entry, new: Entry) -> tuple[FieldChange, ...]:
    found = []
    for name in FIELDS:
        was, now = _values(getattr(old, name)), _values(getattr(new, name))
        if was != now:
            lost, gained = Counter(was) - Counter(now), Counter(now) - Counter(was)
            # The same values in another order is a change too: the first name is the one shown.
            whole = not lost and not gained
            found.append(FieldChange(name, was if whole else tuple(lost), now if whole else tuple(gained)))
    return tuple(found)


def _values(value: Any) -> tuple[Any, ...]:
    return value if isinstance(value, tuple) else () if value in {"", None} else (value,)
