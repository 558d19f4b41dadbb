"""Other scorers on the same questions, in the same run: rapidfuzz's by brute force, and nomenklatura's logic-v2."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING, Any

from tests.bench import logic_v2, workload
from tests.bench.brute_force import SCORERS, BruteForce

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from lists.entry import Entry
    from tests.bench.workload import Query

    Rows = Callable[[Sequence[Query], Sequence[Query], list[float], list[float]], dict[str, Any]]

CLEAN = 1_000
"""Clean Latin names the slower scorers are asked: 5 of them may alert."""
POSITIVES = 1_200
"""Distorted names logic-v2 is asked."""
NEAREST = 30
"""Entries logic-v2 compares a clean name with."""


def every(queries: Sequence[Query], most: int) -> Sequence[Query]:
    """So many of the questions, evenly spread."""
    return queries[:: max(1, len(queries) // most)][:most]


def scorers(entries: Sequence[Entry], positives: Sequence[Query], clean: Sequence[Query], rows: Rows) -> Any:
    """One row a scorer of rapidfuzz but the first, which is asked everything elsewhere."""
    latin = every([query for query in clean if workload.is_latin(query.text)], CLEAN)
    for name in list(SCORERS)[1:]:
        force = BruteForce(entries, name)
        row = rows(positives, latin, force.own(positives), force.best(latin))
        yield {"scorer": name, "clean": len(latin), "names_per_second": force.names_per_second, **row}


def nomenklatura(
    entries: Sequence[Entry], positives: Sequence[Query], clean: Sequence[Query], found: Any, rows: Rows
) -> dict[str, Any]:
    """The row of logic-v2; `found` gives the entries the engine itself finds. A note where it cannot be installed."""
    latin = every([query for query in clean if workload.is_latin(query.text)], CLEAN)
    asked = every([query for query in positives if not query.kind.startswith("nonlatin")], POSITIVES)
    near = BruteForce(entries).nearest(latin, NEAREST)
    candidates = [list(dict.fromkeys([*numbers, *found(query)])) for query, numbers in zip(latin, near, strict=True)]
    try:
        own, _ = logic_v2.best(entries, [(query.text, [query.entry]) for query in asked])
        best, speed = logic_v2.best(entries, list(zip((query.text for query in latin), candidates, strict=True)))
    except (subprocess.SubprocessError, OSError) as error:
        return {"scorer": "logic-v2", "note": f"nomenklatura's logic-v2 could not be asked: {error}"}
    row = rows(asked, latin, own, best)
    return {"scorer": "nomenklatura logic-v2", "clean": len(latin), "names_per_second": speed / NEAREST, **row}
