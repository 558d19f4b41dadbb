"""What a switch of editions costs a worker: how long the threads that decide stand still, and how much memory it takes.

    python -m tests.bench.switch [--lists FOLDER_OR_STORE]

Builds the index in a process of its own, takes it over twice and lets the first one go, beside a thread that works all
the time, and beside a second worker that has the same index mapped. A pause is counted in the processor's time, so that
a busy machine is not taken for a slow one. Memory is what the kernel counts as this process' own (written pages), and
its share of all it has mapped (PSS).
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Self

from rich.console import Console
from rich.table import Table

from lists.rarity import Background
from streams.config import Settings
from streams.edge import handover
from streams.edge.edition_feed import breathe
from streams.edge.index_builder import Job, build
from streams.edge.interpreter import set_up_interpreter

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from lists.index import Index

SAMPLES = Path(__file__).resolve().parents[2] / "deploy" / "samples" / "lists"


_SECOND_WORKER = """
import sys
from pathlib import Path
from streams.edge import handover
index = handover.read(Path(sys.argv[1]), lambda: None)[0]
index.search([entry.name for entry in index.entries[:2_000]], 0.7)
print("ready", flush=True)
sys.stdin.read()
"""


def memory() -> tuple[float, float]:
    """Memory that is this process' own, and its proportional share of all, in MB."""
    lines = (line.split() for line in Path("/proc/self/smaps_rollup").read_text("ascii").splitlines()[1:])
    kilobytes = {line[0]: int(line[1]) for line in lines}
    return kilobytes["Private_Dirty:"] / 1e3, kilobytes["Pss:"] / 1e3


@contextmanager
def second_worker(file: Path) -> Iterator[None]:
    """Another process of the machine that uses the same index."""
    other = subprocess.Popen(
        [sys.executable, "-c", _SECOND_WORKER, str(file)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    with other:
        assert other.stdout is not None
        other.stdout.readline()
        yield
        other.communicate()


class Watch:
    """A thread that never rests; `worst`: how long others kept it from the interpreter, in processor seconds."""

    def __enter__(self) -> Self:
        self.worst = 0.0
        self._over = False
        self._thread = threading.Thread(target=self._work, daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over = True
        self._thread.join()

    def _work(self) -> None:
        last = time.process_time()
        while not self._over:
            sum(range(300))
            now = time.process_time()
            self.worst, last = max(self.worst, now - last), now


def main() -> None:
    """Print one row a step."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--lists", type=Path, default=SAMPLES)
    lists = parser.parse_args().lists
    set_up_interpreter()
    columns = ("step", "seconds", "longest pause (ms)", "own memory after (MB)", "PSS (MB)")
    table = Table(*columns, title=f"A switch of editions: {lists}")

    def row(step: str, action: Callable[[], object]) -> None:
        began = time.perf_counter()
        with Watch() as watch:
            action()
        seconds = time.perf_counter() - began
        table.add_row(step, f"{seconds:.2f}", f"{watch.worst * 1000:.1f}", *(f"{figure:,.0f}" for figure in memory()))

    with tempfile.TemporaryDirectory() as folder:
        job = Job(Settings.model_validate({"index_cache": folder}), path=lists)
        Background.shipped()  # once a process, and so are the imports of the first search
        began = time.perf_counter()
        built = build(job)
        table.add_row("build the index in another process", f"{time.perf_counter() - began:.2f}", "", "", "")
        indexes: list[Index] = []

        def take() -> None:
            index, shared[0] = handover.read(built.file, breathe)
            index.search(["once a process"], 0.9)
            indexes.append(index)

        shared = [0]
        with second_worker(built.file):
            row("nothing yet", Background.shipped)
            row("take the first edition over", take)
            row("take an edition over beside the one in use", take)
            row("let the old one go", lambda: handover.let_go(indexes.pop(0), breathe))
            row("take the next over", take)
            row("let the old one go", lambda: handover.let_go(indexes.pop(0), breathe))
        size = built.file.stat().st_size / 1e6
        names = f"{indexes[0].names:,} names, {size:,.0f} MB handed over, {shared[0] / 1e6:,.0f} of them shared pages"
    console = Console()
    console.print(table)
    console.print(names)


if __name__ == "__main__":
    main()
