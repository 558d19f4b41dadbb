"""A share of `make fuzz`, by a fixed seed: hostile messages of every format never raise on the whole path."""

from __future__ import annotations

from random import Random

from tests.bench import fuzz
from tests.bench.mutations import HOSTILE, MUTATIONS


def test_hostile_messages_of_every_format_are_decided() -> None:
    report = fuzz.run(1_400, seed=7)
    assert {name: one.raised for name, one in report.figures.items()} == dict.fromkeys(fuzz.seeds(), 0)
    assert [what for what, _ in report.broken if " ms for " not in what] == []  # a busy machine may be slow
    assert all(one.readable > 0 for one in report.figures.values())  # the mutations leave enough to be judged
    assert sum(one.payments for one in report.figures.values()) >= 1_400


def test_what_breaks_is_told() -> None:
    broken = fuzz.Report(broken=[("json: raised ValueError: x", b"{}")])
    assert not broken.good
    assert "raised ValueError" in fuzz.table(broken)
    assert not fuzz.Report(grown_mb=fuzz.GROWTH_MB + 1).good
    whole = fuzz.Report()
    fuzz.one_input(whole, "json", b"{}", fuzz.CONTEXTS[0])
    assert whole.good


def test_the_same_seed_makes_the_same_inputs() -> None:
    assert list(fuzz.inputs(60, 3)) == list(fuzz.inputs(60, 3)) != list(fuzz.inputs(60, 4))


def test_every_mutation_takes_any_bytes() -> None:
    for raw in (b"", b"<", b"\xff", b"no tags at all"):
        for mutation in MUTATIONS:
            assert isinstance(mutation(raw, Random(1), HOSTILE), bytes)  # noqa: S311 # a seed, no secret
