"""Hostile messages, many of each format, through the whole path: decode, check, screen, decide, record, explain.

    python -m tests.bench.fuzz [--inputs 200000] [--seed 1] [--keep FOLDER] [--json]

None may raise (a surprise that the pipeline turns into `internal-error` counts as one), take more than 50 ms of
processor time (DESIGN 8; for each payment in it, or each half megabyte, since all of it is read and screened; whatever
is slower is measured twice more, and the least counts), or make the process grow: memory once half of the inputs are
through against memory at the end. Inputs are drawn by the seed from real messages of deploy/samples, of the tests'
builders and, where it is there, of ../shared; those that break something are printed and kept, and belong into the
tests of what they broke.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import sys
import time
from dataclasses import asdict, dataclass, field
from functools import cache
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

from lists.edge.editions import load
from lists.index import Index
from schemas.context import Context
from schemas.finding import Reason
from schemas.formats.detect import decode
from schemas.payment import Message
from schemas.wire import decision_record, encode
from streams.cli.explain import explanation
from streams.edge.policy_file import load_policy
from streams.pipeline import filter_message
from tests.bench.mutations import HOSTILE, spoilt
from tests.builders import mt103, pacs008, payment_json
from tests.iso_builders import every_iso
from tests.mt_builders import mt202, mt202cov
from tests.shared import SHARED

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from schemas.decision import Decisions
    from streams.policy import Policy

ROOT = Path(__file__).resolve().parents[2]
SAMPLES = ROOT / "deploy" / "samples"
BOUND_MS = 50.0
UNIT_BYTES = 500_000
GROWTH_MB = 40.0
CONTEXTS = (
    Context(received_at=dt.datetime(2026, 11, 20, 10, tzinfo=dt.UTC)),
    Context(),
)


@dataclass(slots=True)
class Figure:
    """What became of the inputs of one format; milliseconds of processor time. A unit: a payment, half a megabyte."""

    inputs: int = 0
    readable: int = 0
    payments: int = 0
    raised: int = 0
    slow: int = 0
    slowest_ms: float = 0.0
    slowest_per_unit_ms: float = 0.0


@dataclass(slots=True)
class Report:
    """All formats; `broken` are the inputs that broke something, each with what it broke."""

    figures: dict[str, Figure] = field(default_factory=dict)
    broken: list[tuple[str, bytes]] = field(default_factory=list)
    grown_mb: float = 0.0

    @property
    def good(self) -> bool:
        """Nothing raised, nothing slow, nothing grew."""
        return not self.broken and self.grown_mb <= GROWTH_MB


@cache
def engine() -> tuple[Index, Policy]:
    """The samples' lists and the policy that is shipped."""
    loaded = load(SAMPLES / "lists")
    return Index.build(loaded.entries, loaded.edition), load_policy(
        ROOT / "deploy" / "policy.toml", dt.date(2026, 11, 22)
    )


def seeds() -> dict[str, list[bytes]]:
    """Real messages by format, to be spoilt."""
    found = {
        "pacs.008": [pacs008()],
        "mt103": [mt103()],
        "json": [payment_json()],
        "mt202": [mt202(), mt202cov()],
        **{name: [raw] for name, raw in every_iso().items()},
    }
    for folder, name in (("pacs008", "pacs.008"), ("mt103", "mt103"), ("json", "json")):
        found[name] += [file.read_bytes() for file in sorted((SAMPLES / "payments" / folder).iterdir())]
    payments = SHARED / "data" / "payments"
    for file in sorted(payments.glob("[Mpc]*/*")):
        kind = file.parent.name.lower()
        name = "mt202" if kind.startswith("mt20") else kind if kind.startswith("mt") else kind[:8]
        if name in found:
            found[name].append(file.read_bytes())
    return found


def hostile_texts() -> list[bytes]:
    """Our own, and the big list of naughty strings where it is at hand."""
    naughty = SHARED / "data" / "misc" / "blns.txt"
    lines = naughty.read_bytes().split(b"\n") if naughty.exists() else []
    return [*HOSTILE, *(line for line in lines if line and not line.startswith(b"#"))]


def inputs(count: int, seed: int) -> Iterator[tuple[str, bytes]]:
    """So many spoilt messages, the formats in turn, each with its name."""
    random = Random(seed)
    real = seeds()
    every = [raw for several in real.values() for raw in several]
    texts = hostile_texts()
    names = list(real)
    for number in range(count):
        name = names[number % len(names)]
        yield name, spoilt(random.choice(real[name]), random, every, texts)


def run(count: int, seed: int, progress: bool = False) -> Report:  # noqa: FBT001, FBT002 # the command's own switch
    """Decide and explain them all."""
    report = Report()
    before = 0.0
    for number, (name, raw) in enumerate(inputs(count, seed)):
        one_input(report, name, raw, CONTEXTS[number % 7 == 0])
        if number == count // 2:
            before = resident_mb()
        if progress and number % 10_000 == 0:
            sys.stderr.write(f"{number:,} of {count:,} inputs, {resident_mb():.0f} MB, {len(report.broken)} broken\n")
    report.grown_mb = round(resident_mb() - before, 1)
    return report


def one_input(report: Report, name: str, raw: bytes, context: Context) -> None:
    """Put one message through the whole path and add what became of it."""
    figure = report.figures.setdefault(name, Figure())
    figure.inputs += 1
    try:
        decisions, spent = _decided(raw, context)
    except Exception as error:  # noqa: BLE001 # whatever it is, it is what we look for
        figure.raised += 1
        report.broken.append((f"{name}: raised {type(error).__name__}: {error}", raw))
        return
    each, units = len(decisions.decisions), max(len(decisions.decisions), len(raw) / UNIT_BYTES, 1)
    figure.readable += decisions.format != "unreadable"
    figure.payments += each
    for problem in _internal_errors(decisions):
        figure.raised += 1
        report.broken.append((f"{name}: internal error: {problem}", raw))
    for _ in range(2):
        if spent / units > BOUND_MS:  # perhaps the machine was busy elsewhere
            spent = min(spent, _decided(raw, context)[1])
    if spent / units > BOUND_MS:
        figure.slow += 1
        report.broken.append((f"{name}: {spent:.0f} ms for {each} payment(s), {len(raw):,} bytes", raw))
    figure.slowest_ms = max(figure.slowest_ms, round(spent, 1))
    figure.slowest_per_unit_ms = max(figure.slowest_per_unit_ms, round(spent / units, 1))


def _decided(raw: bytes, context: Context) -> tuple[Decisions, float]:
    """The decisions, and the milliseconds they took; what a person and a topic get is made too, off the clock."""
    index, policy = engine()
    began = time.process_time()
    decisions = filter_message(raw, context, index, policy)
    spent = 1e3 * (time.process_time() - began)
    encode(decision_record(decisions))
    message = decode(raw, policy.decoding, context.format)
    payments = message.payments if isinstance(message, Message) else ()
    "\n".join(explanation("-", decisions, policy, payments)).encode()
    return decisions, spent


def _internal_errors(decisions: Decisions) -> list[str]:
    return [
        finding.detail
        for decision in decisions.decisions
        for finding in decision.findings
        if finding.reason is Reason.INTERNAL_ERROR
    ]


def resident_mb() -> float:
    """What the process holds in memory."""
    for line in Path("/proc/self/status").read_text(encoding="ascii").splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1024
    return 0.0


def table(report: Report) -> str:
    """For people."""
    titles = ("format", "inputs", "readable", "payments", "raised", "slow", "slowest ms", "per unit ms")
    rows = [
        titles,
        *((name, *(f"{value:,}" for value in asdict(one).values())) for name, one in report.figures.items()),
    ]
    widths = [max(len(row[column]) for row in rows) for column in range(len(titles))]
    lines = ["  ".join(cell.rjust(width) for cell, width in zip(row, widths, strict=True)) for row in rows]
    grown = f"grown by {report.grown_mb} MB over the second half of the inputs (bound {GROWTH_MB:.0f})"
    return "\n".join([*lines, grown, *(what for what, _ in report.broken[:50])])


def _keep(broken: Sequence[tuple[str, bytes]], folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for number, (what, raw) in enumerate(broken):
        (folder / f"{number:04d}-{what.partition(':')[0]}.txt").write_bytes(raw)


def main() -> int:
    """Print the table; 1 when something broke."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--inputs", type=int, default=200_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", type=Path, help="folder for the inputs that broke something")
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args()
    report = run(asked.inputs, asked.seed, progress=True)
    if asked.keep and report.broken:
        _keep(report.broken, asked.keep)
    figures = {name: asdict(figure) for name, figure in report.figures.items()}
    told = json.dumps({"formats": figures, "broken": [what for what, _ in report.broken], "grown_mb": report.grown_mb})
    print(told if asked.json else table(report))
    return 0 if report.good else 1


if __name__ == "__main__":
    sys.exit(main())
