"""What one core does without Kafka: the stages of a transfer, names screened, and names compared by brute force.

Run as a program of its own, so that it can be bound to one core: the task as JSON in the first argument, the result as
JSON on standard output (or, with exit 2, why the lists are refused), what it is doing on standard error. Seconds are of
processor time: what else runs on the machine meanwhile does not count. The transfers it made are left in the task's
folder, for the parts that need Kafka.
"""

from __future__ import annotations

import gc
import sys
import time
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Final

import orjson
from pydantic import TypeAdapter
from rapidfuzz import fuzz, process

from lists.compiled import CORE
from lists.edge.editions import load
from lists.entry import ListRefused
from lists.index import Index
from schemas.context import Context
from streams.edge.bench.formats import Cost, costs
from streams.edge.bench.invented import Invented
from streams.edge.bench.transfers import NAMES_EACH, drawn, party_name, transfers
from streams.edge.interpreter import COLLECT_EVERY
from streams.edge.policy_file import load_policy
from streams.pipeline import filter_batch
from streams.publish import Inbound, outputs

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from streams.policy import Policy

STAGES: Final = ("decode", "screen", "decide", "publish")
BATCH: Final = 64
KNOWN_PARTIES: Final = 50_000
NAMES_AT_ONCE: Final = 384  # as a batch of 64 transfers asks, all its names together
TRANSFERS_FILE: Final = "transfers.json"
EXIT_REFUSED: Final = 2


@dataclass(frozen=True, slots=True)
class Task:
    """What to measure, on how much. Names and transfers are drawn by the seed; no name or transfer comes twice."""

    lists: str
    policy: str
    folder: str
    seed: int
    transfers: int
    stage_transfers: int
    names: int
    brute_force_names: int


@dataclass(frozen=True, slots=True)
class Speed:
    """Figures of one core. `stages_us` are microseconds per transfer in batches of 64.

    Cold names are the first an index is asked; then the same words are put together to other names, and asked warm.
    That is how a worker meets names: none is new for long, but seldom does the same one come again. `returning` are
    transfers between KNOWN_PARTIES, some far more often than others: of their names, `returning_share` came before.
    `core` says whether the compiled loops ran or their twins in Python.
    """

    list_names: int
    list_entries: int
    edition: str
    index_seconds: float
    stages_us: dict[str, int]
    batch_p50_ms: float
    batch_p99_ms: float
    transfers_per_second: float
    names_per_second_cold: float
    names_per_second: float
    brute_force_names_per_second: float
    returning_transfers_per_second: float
    returning_stages_us: dict[str, int]
    returning_share: float
    core: str
    outcomes: dict[str, int] = field(default_factory=dict)
    formats: dict[str, Cost] = field(default_factory=dict)


def main() -> int:
    """Measure what the first argument says."""
    task = TypeAdapter(Task).validate_json(sys.argv[1])
    try:
        speed = measure(task)
    except ListRefused as refused:
        sys.stdout.write(str(refused))
        return EXIT_REFUSED
    sys.stdout.buffer.write(orjson.dumps(asdict(speed)) + b"\n")
    return 0


def measure(task: Task) -> Speed:
    """The whole report of one core."""
    policy = load_policy(Path(task.policy), datetime.now(UTC).date())
    _say(f"loading the lists of {task.lists}")
    edition = load(Path(task.lists))
    began = time.process_time()
    index = Index.build(edition.entries, edition.edition)
    built = time.process_time() - began
    _collect_as_a_worker()
    _say(f"{index.names:,} names indexed in {built:.1f} s; inventing {task.transfers:,} transfers")
    listed = [entry.name for entry in index.entries]
    messages = transfers(task.seed, task.transfers, policy.information.own_bics[0], listed)
    _leave_for_kafka(messages, Path(task.folder))
    names = _names(task.seed + 1, listed)
    _say("measuring one core: names, stages, brute force")
    fresh = list(islice(names, task.names))
    cold = _names_per_second(fresh, index, policy)
    warm = _names_per_second(_recombined(fresh), index, policy)
    clock = _stages(messages[: task.stage_transfers], index, policy)
    brute = _brute_force(list(islice(names, task.brute_force_names)), index)
    returning = transfers(task.seed, task.stage_transfers, policy.information.own_bics[0], listed, KNOWN_PARTIES)
    again = _stages(returning, index, policy)
    return Speed(
        list_names=index.names,
        list_entries=len(index.entries),
        edition=index.edition.id,
        index_seconds=round(built, 1),
        stages_us=clock.stages_us(),
        batch_p50_ms=round(1e3 * quantile(clock.batches, 0.50), 1),
        batch_p99_ms=round(1e3 * quantile(clock.batches, 0.99), 1),
        transfers_per_second=clock.per_second(),
        names_per_second_cold=round(cold, 1),
        names_per_second=round(warm, 1),
        brute_force_names_per_second=round(brute, 2),
        returning_transfers_per_second=again.per_second(),
        returning_stages_us=again.stages_us(),
        returning_share=_returning_share(task, listed),
        core=CORE,
        outcomes=clock.outcomes,
        formats=costs(task.seed + 2, max(200, task.stage_transfers // 4), policy, listed),
    )


def _collect_as_a_worker() -> None:
    """A worker spares the collector the index, which never changes (streams.edge.edition_feed, .interpreter)."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(*COLLECT_EVERY)


def quantile(values: Sequence[float], share: float) -> float:
    """The value that this share of the values does not exceed."""
    return sorted(values)[min(len(values) - 1, int(len(values) * share))]


def read_transfers(folder: Path) -> list[bytes]:
    """The transfers a measurement left behind."""
    texts: list[str] = orjson.loads((folder / TRANSFERS_FILE).read_bytes())
    return [text.encode() for text in texts]


def _leave_for_kafka(messages: Sequence[bytes], folder: Path) -> None:
    (folder / TRANSFERS_FILE).write_bytes(orjson.dumps([message.decode() for message in messages]))


def _returning_share(task: Task, listed: Sequence[str]) -> float:
    """Of the names of payers and payees in the half that is measured, those that stood in a transfer before."""
    transfers_drawn = islice(drawn(task.seed, "", listed, KNOWN_PARTIES), task.stage_transfers)
    named = [name for transfer in transfers_drawn for name in transfer.names[: NAMES_EACH - 2]]
    half = len(named) // 2
    measured = named[half:]
    new = len(set(named)) - len(set(named[:half]))
    return round(1 - new / len(measured), 2)


def _names(seed: int, listed: Sequence[str]) -> Iterator[str]:
    invented = Invented(seed)
    while True:
        yield party_name(invented, listed)


def _recombined(names: Sequence[str]) -> list[str]:
    """As many other names of the same words: the head of each with the tail of the next."""
    return [
        " ".join([one.partition(" ")[0], other.partition(" ")[2]])
        for one, other in zip(names, [*names[1:], names[0]], strict=True)
    ]


def _names_per_second(names: Sequence[str], index: Index, policy: Policy) -> float:
    began = time.process_time()
    for start in range(0, len(names), NAMES_AT_ONCE):
        index.search(names[start : start + NAMES_AT_ONCE], policy.screening.name_threshold)
    return len(names) / (time.process_time() - began)


def _brute_force(names: Sequence[str], index: Index) -> float:
    """The reference: every name compared with every listed name, as rapidfuzz does it fastest, on one core."""
    listed = [name.text.lower() for entry in index.entries for name in entry.names]
    asked = [name.lower() for name in names]
    began = time.process_time()
    process.cdist(asked, listed, scorer=fuzz.token_sort_ratio, workers=1)
    return len(asked) / (time.process_time() - began)


class _Clock:
    """Adds up the time between marks, by stage."""

    def __init__(self) -> None:
        self.seconds = dict.fromkeys(STAGES, 0.0)
        self.batches: list[float] = []
        self.transfers = 0
        self.outcomes: dict[str, int] = {}
        self._last = time.process_time()

    def mark(self, stage: str) -> None:
        """The stage has ended, the next one begins."""
        now = time.process_time()
        self.seconds[stage] += now - self._last
        self._last = now

    def stages_us(self) -> dict[str, int]:
        """Microseconds a transfer, by stage."""
        return {stage: round(1e6 * self.seconds[stage] / self.transfers) for stage in STAGES}

    def per_second(self) -> float:
        """Transfers a second."""
        return round(self.transfers / sum(self.seconds.values()), 1)

    def start(self) -> None:
        """A batch begins."""
        self._last = time.process_time()


def _stages(messages: Sequence[bytes], index: Index, policy: Policy) -> _Clock:
    """Decide in batches of 64, as a worker would; the first half only warms up."""
    clock = _Clock()
    first = len(messages) // 2 // BATCH * BATCH
    for start in range(0, len(messages), BATCH):
        if start == first:
            clock = _Clock()
        batch = messages[start : start + BATCH]
        began = time.process_time()
        clock.start()
        decided = filter_batch([(raw, Context()) for raw in batch], index, policy, clock.mark)
        for number, (raw, decisions) in enumerate(zip(batch, decided, strict=True)):
            outputs(Inbound(raw, b"key", (), "payments.inbound", 0, start + number, 0), decisions)
        clock.mark("publish")
        clock.batches.append(time.process_time() - began)
        clock.transfers += len(batch)
        for decisions in decided:
            label = decisions.outcome.label
            clock.outcomes[label] = clock.outcomes.get(label, 0) + 1
    return clock


def _say(sentence: str) -> None:
    sys.stderr.write(f"payment-filter: {sentence}\n")
    sys.stderr.flush()


if __name__ == "__main__":
    sys.exit(main())
