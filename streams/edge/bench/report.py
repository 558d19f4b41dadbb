"""The figures of one run: as a table for people, as one object for machines."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from streams.edge.bench.inprocess import Speed
from streams.edge.bench.inside import Inside
from streams.edge.bench.processes import Memory
from streams.edge.bench.traffic import Latency, Steady

if TYPE_CHECKING:
    from collections.abc import Iterator

_CORES = {
    "compiled": "The engine's costliest loops are compiled (lists/compiled).",
    "python": "The engine runs in pure Python, more slowly: it was installed without a C compiler (make install).",
    "python: stale build": "The engine runs in pure Python, more slowly: it was compiled from other sources than these "
    "(python hatch_build.py).",
}
_NOTE = "Absolute figures belong to this machine and this moment; only the ratios of one run compare."


@dataclass(frozen=True, slots=True)
class Moved:
    """What one measured process did with Kafka; what a worker counted at full and half load, None for the bare loop."""

    steady: Steady
    latency: Latency
    memory: Memory | None
    full_load: Inside | None = None
    half_load: Inside | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """One run. `worker` and `bare` are None where Kafka was left out; `machine` and `broker` in words."""

    speed: Speed
    worker: Moved | None
    bare: Moved | None
    machine: str
    broker: str
    seed: int
    lists: str

    def as_json(self) -> dict[str, Any]:
        """The last line of --json (DESIGN §4), with more; what was not measured is null."""
        speed = self.speed
        return {
            "transfers_per_second_per_core": self.worker and round(self.worker.steady.per_second, 1),
            "bare_loop_per_second": self.bare and round(self.bare.steady.per_second, 1),
            "p99_ms_at_half_load": self.worker and self.worker.latency.p99_ms,
            "bare_p99_ms_at_half_load": self.bare and self.bare.latency.p99_ms,
            "names_per_second_per_core": speed.names_per_second,
            "brute_force_names_per_second_per_core": speed.brute_force_names_per_second,
            "stages_us": speed.stages_us,
            "formats": {name: {**asdict(cost), "decode_by_lxml": cost.ratio} for name, cost in speed.formats.items()},
            "names_per_second_per_core_cold": speed.names_per_second_cold,
            "in_process_transfers_per_second_per_core": speed.transfers_per_second,
            "in_process_returning_transfers_per_second_per_core": speed.returning_transfers_per_second,
            "returning_stages_us": speed.returning_stages_us,
            "returning_share": speed.returning_share,
            "core": speed.core,
            "batch_of_64_p50_ms": speed.batch_p50_ms,
            "batch_of_64_p99_ms": speed.batch_p99_ms,
            "half_load_per_second": self.worker and self.worker.latency.rate,
            "p99_goal_ms": self._goal_ms(),
            **_inside(self.worker),
            "list_names": speed.list_names,
            "list_entries": speed.list_entries,
            "edition": speed.edition,
            "index_seconds": speed.index_seconds,
            "outcomes": speed.outcomes,
            **_moved("", self.worker),
            **_moved("bare_", self.bare),
            "machine": self.machine,
            "broker": self.broker,
            "lists": self.lists,
            "seed": self.seed,
        }

    def table(self) -> str:
        """What, figure, beside, ratio; then what the figures mean."""
        rows = [("what", "figure", "beside", "ratio"), *self._kafka_rows(), *self._core_rows()]
        widths = [max(len(row[column]) for row in rows) for column in range(4)]
        lines = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]
        rule = "-" * max(map(len, lines))
        return "\n".join([lines[0], rule, *lines[1:], rule, *self._notes()])

    def _kafka_rows(self) -> Iterator[tuple[str, str, str, str]]:
        worker, bare = self.worker, self.bare
        if worker is None or bare is None:
            return
        yield _row(
            "full transfers through Kafka, exactly once",
            worker.steady.per_second,
            bare.steady.per_second,
            "/s/core",
            "a bare consume-produce transaction loop",
        )
        rate = _load(worker)
        for name, ours, theirs in (
            ("p50", worker.latency.p50_ms, bare.latency.p50_ms),
            ("p99", worker.latency.p99_ms, bare.latency.p99_ms),
        ):
            yield _row(f"{name} {rate}, produced to readable", ours, theirs, " ms", "the bare loop, same rate")
        for name, ours_us, theirs_us in (
            ("processor time per message, process", worker.steady.cpu_us, bare.steady.cpu_us),
            ("processor time per message, broker", worker.steady.broker_cpu_us, bare.steady.broker_cpu_us),
        ):
            if ours_us is not None and theirs_us is not None:
                yield _row(name, ours_us, theirs_us, " us", "the bare loop")
        if worker.full_load is not None:
            spent, batch = worker.full_load.stages_us["commit"], worker.full_load.batch_messages
            yield ("  committing, per transfer", _shown(spent, " us"), f"in batches of {batch:,.0f}", "")
        if worker.memory is not None and bare.memory is not None:
            yield _row("memory of one worker (PSS)", worker.memory.pss_mb, bare.memory.pss_mb, " MB", "the bare loop")

    def _core_rows(self) -> Iterator[tuple[str, str, str, str]]:
        speed = self.speed
        brute = speed.brute_force_names_per_second
        what = "brute-force token_sort_ratio"
        yield _row("names screened, caches warm", speed.names_per_second, brute, "/s/core", what)
        yield _row("names screened, caches cold", speed.names_per_second_cold, brute, "/s/core", what)
        yield ("full transfers without Kafka", _shown(speed.transfers_per_second, "/s/core"), "", "")
        whole = sum(speed.stages_us.values())
        for stage, spent in speed.stages_us.items():
            share = f"{spent / whole:.0%} of {whole:,} us" if whole else ""
            yield (f"  {stage}, per transfer", _shown(spent, " us"), share, "")
        for name, cost in speed.formats.items():
            what = f"{name}, {cost.bytes:,} bytes"
            if cost.lxml_us is None:
                yield (f"  decode {what}", _shown(cost.decode_us, " us"), "", "")
            else:
                yield _row(f"  decode {what}", cost.decode_us, cost.lxml_us, " us", "a plain lxml parse")
            yield (f"  check the information of that {name}", _shown(cost.check_us, " us"), "", "")
        came = f"{speed.returning_share:.0%} of the parties' names came before"
        yield ("the same where parties return", _shown(speed.returning_transfers_per_second, "/s/core"), came, "")
        yield ("  screen, per transfer", _shown(speed.returning_stages_us.get("screen", 0), " us"), "", "")

    def _goal_ms(self) -> float | None:
        """Twice the bare loop's p99 and one batch as it was at half load, decided."""
        if self.worker is None or self.worker.half_load is None or self.bare is None:
            return None
        return round(2 * self.bare.latency.p99_ms + self.worker.half_load.batch_decided_ms, 1)

    def _notes(self) -> list[str]:
        speed = self.speed
        notes = [
            (
                f"A full transfer: 6 names, 2 addresses, a remittance text, against {speed.list_names:,} list names "
                f"({self.lists}, edition {speed.edition}, indexed in {speed.index_seconds} s)."
            ),
            _CORES[speed.core],
        ]
        goal = self._goal_ms()
        if self.worker and self.worker.half_load and goal is not None:
            batch = self.worker.half_load
            notes.append(
                f"Goal for p99: twice the bare loop's plus deciding one batch ({batch.batch_messages} messages in "
                f"{batch.batch_decided_ms} ms {_load(self.worker)}), {goal:,.1f} ms; "
                f"reached: {'yes' if self.worker.latency.p99_ms <= goal else 'no'}."
            )
        kafka = f" Kafka: {self.broker}." if self.broker else ""
        return [*notes, f"Machine: {self.machine}.{kafka} Seed {self.seed}.", _NOTE]


def _load(worker: Moved) -> str:
    """At which rate latencies were measured; it is half of what the worker can do where nobody chose another."""
    rate = worker.latency.rate
    is_half = abs(rate - worker.steady.per_second / 2) <= 1
    return f"at half load ({rate:,.0f}/s)" if is_half else f"at {rate:,.0f}/s"


def _moved(prefix: str, moved: Moved | None) -> dict[str, Any]:
    memory = moved.memory if moved else None
    return {
        f"{prefix}messages": moved and moved.steady.messages,
        f"{prefix}p50_ms_at_half_load": moved and moved.latency.p50_ms,
        f"{prefix}latency_messages": moved and moved.latency.messages,
        f"{prefix}cpu_us_per_message": moved and moved.steady.cpu_us,
        f"{prefix}broker_cpu_us_per_message": moved and moved.steady.broker_cpu_us,
        f"{prefix}rss_mb": memory and memory.rss_mb,
        f"{prefix}pss_mb": memory and memory.pss_mb,
    }


def _inside(worker: Moved | None) -> dict[str, Any]:
    full, half = (worker.full_load, worker.half_load) if worker else (None, None)
    return {
        "worker_stages_us": full and full.stages_us,
        "worker_batch_messages": full and full.batch_messages,
        "half_load_batch_messages": half and half.batch_messages,
        "half_load_batch_decided_ms": half and half.batch_decided_ms,
    }


def _row(what: str, ours: float, theirs: float, unit: str, beside: str) -> tuple[str, str, str, str]:
    return what, _shown(ours, unit), f"{_shown(theirs, unit)}  {beside}", _ratio(ours, theirs)


def _ratio(ours: float, theirs: float) -> str:
    """Of ours to theirs, the way round that a person can picture."""
    if not ours or not theirs:
        return ""
    small = ours < theirs / 10
    return f"1 : {theirs / ours:,.0f}" if small else f"{ours / theirs:,.{0 if ours > 10 * theirs else 1}f} : 1"


def _shown(number: float, unit: str) -> str:
    return f"{number:,.{0 if number >= 100 else 1}f}{unit}"  # noqa: PLR2004 - three digits are enough for a person
