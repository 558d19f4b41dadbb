"""Honest organisations in other scripts (tests/bench): many, always the same, nobody of them listed."""

from __future__ import annotations

from collections import Counter

from lists.entry import Entry, EntryKind, ListedName
from tests.bench.clean_organisations import Organisation, everyone, honest
from tests.bench.workload import is_latin

LEAST = {"Cyrillic": 800, "Arabic": 340, "Persian, Urdu": 300, "Chinese": 350, "Korean": 200, "Japanese": 190}


def test_there_are_many_of_every_script_and_half_of_them_is_never_looked_at() -> None:
    names = everyone()
    of_script = Counter(one.script for one in names)
    assert all(of_script[script] >= least for script, least in LEAST.items()), of_script
    assert len({one.text for one in names}) >= 0.98 * len(names) > 2_350
    unseen = sum(one.unseen for one in names)
    assert 0.45 <= unseen / len(names) <= 0.55


def test_no_name_is_latin_or_half_written() -> None:
    assert [one.text for one in everyone() if is_latin(one.text) or set("{}") & set(one.text)] == []


def test_the_same_names_each_time() -> None:
    assert everyone() == everyone()


def test_the_very_name_of_a_listed_organisation_is_left_out_but_for_legal_forms() -> None:
    names = [Organisation("Cyrillic", text, unseen=False) for text in ("ЕООД «Рассвет»", "ЕООД «Рассвет-Дом»", "Маяк")]
    listed = [
        Entry("L", "1", EntryKind.ORGANISATION, (ListedName("LIMITED LIABILITY COMPANY RASSVET"),)),
        Entry("L", "2", EntryKind.VESSEL, (ListedName("MAYAK"),)),
    ]
    assert [one.text for one in honest(names, listed)] == ["ЕООД «Рассвет-Дом»", "Маяк"]
