"""What a dense register of owners costs an edition: seconds, memory, and how many companies count as owned.

    python -m tests.bench.ownership [--edges 1000000]

The register is invented from a seed: chains, companies of many owners, and rings, for one edge in `_BACK` leads back to
a company further down. Three registers: few listed heads, many, and one whose rings lie below listed heads with shares
under a half, where every share is multiplied along every ring until it settles.
"""

from __future__ import annotations

import argparse
import random
import resource
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rich.console import Console
from rich.table import Table

from lists.entry import Entry, EntryKind, Holding, ListedName
from lists.ownership import with_owned

if TYPE_CHECKING:
    from collections.abc import Iterator

_SEED = 1409
_OWNERS_EACH = 2.5
_BACK = 5
_NEAR = 5_000


@dataclass(frozen=True, slots=True)
class Shape:
    """How a register looks: of so many companies one has a listed owner, and no share is above `most`."""

    name: str
    one_in: int
    most: float


SHAPES = (
    Shape("few listed heads", 5_000, 0.9),
    Shape("many listed heads", 50, 0.9),
    Shape("rings of small shares below listed heads", 50, 0.4),
)


def register(edges: int, shape: Shape) -> Iterator[Entry]:
    """Listed heads, and companies with about so many owners together."""
    rng = random.Random(_SEED)
    companies = int(edges / _OWNERS_EACH)
    for head in range(max(1, companies // shape.one_in)):
        yield Entry("UN" if head % 2 else "OFAC_SDN", f"L{head}", EntryKind.PERSON, (ListedName(f"Head {head}"),))
    for number in range(companies):
        owners = tuple(_holding(rng, number, companies, shape) for _ in range(rng.choice((1, 2, 2, 3, 3, 4))))
        yield Entry(
            "OWNERSHIP", f"c{number}", EntryKind.ORGANISATION, (ListedName(f"Company {number}"),), owners=owners
        )


def _holding(rng: random.Random, number: int, companies: int, shape: Shape) -> Holding:
    share = round(rng.uniform(0.05, shape.most), 2)
    if rng.randrange(shape.one_in) == 0:
        head = rng.randrange(max(1, companies // shape.one_in))
        return Holding((f"{'UN' if head % 2 else 'OFAC_SDN'}:L{head}",), share, source="register")
    near = rng.randrange(1, _NEAR)
    owner = (number + near if rng.randrange(_BACK) == 0 else number - near) % companies
    return Holding((f"c{owner}",), share, control=rng.randrange(50) == 0, source="register")


def main() -> None:
    """Print one row a register."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--edges", type=int, default=1_000_000)
    asked = parser.parse_args().edges
    table = Table("register", "companies", "edges", "owned", "seconds", "most memory (MB)", title="Ownership")
    for shape in SHAPES:
        entries = tuple(register(asked, shape))
        edges = sum(len(entry.owners) for entry in entries)
        companies = sum(bool(entry.owners) for entry in entries)
        began = time.process_time()
        owned = sum(entry.list == "OWNERSHIP" for entry in with_owned(entries))
        seconds = time.process_time() - began
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3
        row = (f"{companies:,}", f"{edges:,}", f"{owned:,}", f"{seconds:.1f}", f"{memory:,.0f}")
        table.add_row(shape.name, *row)
    Console().print(table)


if __name__ == "__main__":
    main()
