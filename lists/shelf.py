"""Entries put away as bytes, which all processes of a machine may share; only those that are found become objects."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, Final, overload

import numpy as np
import orjson

from lists.entry import Entry, EntryKind, Holding, ListedName, ListedNumber, OwnAction, OwnTerms, Strength
from lists.lookup import ends_of
from lists.memory import Memory

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import numpy.typing as npt

    from lists.lookup import Ends

_IN_HAND: Final = 2_048
"""Entries kept as objects: those that payments were found to be about of late."""


class Shelf(Sequence[Entry]):
    """The entries of an edition, by number. An entry asked for twice may be two objects, equal in everything."""

    __slots__ = ("_ends", "_in_hand", "_records")

    def __init__(self, records: npt.NDArray[np.uint8], ends: Ends) -> None:
        self._records = records
        self._ends = ends
        # Not a method: nothing here holds itself, so that it goes when nobody uses it any more.
        self._in_hand = Memory(partial(_read, records, ends), _IN_HAND)

    @classmethod
    def of(cls, entries: Iterable[Entry]) -> Shelf:
        """Put entries away, in their order."""
        records = [_record_of(entry) for entry in entries]
        return cls(np.frombuffer(b"".join(records), np.uint8), ends_of(records))

    def __reduce__(self) -> tuple[type[Shelf], tuple[npt.NDArray[np.uint8], Ends]]:
        """Hand the bytes over, which pickle leaves where they are."""
        return Shelf, (self._records, self._ends)

    def __len__(self) -> int:
        return len(self._ends) - 1

    def __iter__(self) -> Iterator[Entry]:
        """Read all, keeping none."""
        return map(partial(_read, self._records, self._ends), range(len(self)))

    @overload
    def __getitem__(self, number: int) -> Entry: ...
    @overload
    def __getitem__(self, number: slice) -> Sequence[Entry]: ...
    def __getitem__(self, number: int | slice) -> Entry | Sequence[Entry]:
        places = range(len(self))[number]
        return self._in_hand[places] if isinstance(places, int) else [self._in_hand[place] for place in places]


def _read(records: npt.NDArray[np.uint8], ends: Ends, number: int) -> Entry:
    return _entry_of(orjson.loads(records.data[ends[number] : ends[number + 1]]))


def _record_of(entry: Entry) -> bytes:
    """Values without the names of their fields, which would be half of all bytes; test_shelf.py asks for each."""
    terms = entry.terms
    return orjson.dumps(
        (
            (entry.list, entry.reference, entry.kind),
            [(name.text, name.strength, name.script, name.former) for name in entry.names],
            (entry.birth_dates, entry.birth_places, entry.countries, entry.addresses),
            [(number.kind, number.value, number.country) for number in entry.numbers],
            (entry.programmes, entry.measures),
            (entry.listed_on, entry.remarks),
            terms and (terms.purpose, terms.owner, terms.reason, terms.action, terms.expires),
            [(one.owner, one.share, one.control, one.source) for one in entry.owners],
        )
    )


def _entry_of(record: list[Any]) -> Entry:
    (listed, reference, kind), names, places, numbers, regimes, (listed_on, remarks), terms, owners = record
    birth_dates, birth_places, countries, addresses = map(tuple, places)
    programmes, measures = map(tuple, regimes)
    return Entry(
        list=listed,
        reference=reference,
        kind=EntryKind(kind),
        names=tuple([ListedName(text, Strength(strength), *rest) for text, strength, *rest in names]),
        birth_dates=birth_dates,
        birth_places=birth_places,
        countries=countries,
        addresses=addresses,
        numbers=tuple([ListedNumber(*number) for number in numbers]),
        programmes=programmes,
        listed_on=listed_on,
        remarks=remarks,
        measures=measures,
        terms=terms and _terms_of(*terms),
        owners=tuple([Holding(tuple(owner), *rest) for owner, *rest in owners]),
    )


def _terms_of(purpose: str, owner: str, reason: str, action: str, expires: str) -> OwnTerms:
    return OwnTerms(purpose, owner, reason, OwnAction(action), expires)
