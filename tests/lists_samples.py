"""Listed parties that several tests share. All names and numbers are invented."""

from __future__ import annotations

from lists.entry import Entry, EntryKind, ListedName, ListedNumber

PERSON = Entry(
    "UN",
    "NLi.001",
    EntryKind.PERSON,
    (ListedName("Dariusz Oktabrski Vellamonov"),),
    birth_dates=("1961-05-03",),
    countries=("IR", "RU"),
    numbers=(ListedNumber("Passport", "A0198761432"),),
)
