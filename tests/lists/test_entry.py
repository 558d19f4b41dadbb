from __future__ import annotations

from lists.entry import Entry, EntryKind, ListedName


def test_an_entry_goes_by_the_first_name_its_publisher_gives() -> None:
    assert Entry("L", "1", EntryKind.PERSON, (ListedName("A"), ListedName("B"))).name == "A"
    assert not Entry("L", "1", EntryKind.PERSON, ()).name
