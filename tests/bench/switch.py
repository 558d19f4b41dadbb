"""What a switch of editions costs a worker: how long the threads that decide stand still, and how much memory it takes.

    python -m tests.bench.switch [--lists FOLDER_OR_STORE]

Builds the index in a process of its own, takes it over twice and lets the first one go, beside a thread that works all
the time. A pause is counted in the processor's time, so that a busy machine is not taken for a slow one.
"""

from __future__ import annotations

import argparse
import tempfile
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING, Self

import psutil
from rich.console import Console
from rich.table import Table

from lists.rarity import Background
from streams.config import Settings
from streams.edge import handover
from streams.edge.edition_feed import breathe
from streams.edge.index_builder import Job, build
from streams.edge.interpreter import set_up_interpreter

if TYPE_CHECKING:
    from collections.abc import Callable

SAMPLES = Path(__file__).resolve().parents[2] / "deploy" / "samples" / "lists"


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
    table = Table("step", "seconds", "longest pause (ms)", "memory after (MB)", title=f"A switch of editions: {lists}")

    def row(step: str, action: Callable[[], object]) -> None:
        began = time.perf_counter()
        with Watch() as watch:
            action()
        memory = psutil.Process().memory_info().rss / 1e6
        table.add_row(step, f"{time.perf_counter() - began:.2f}", f"{watch.worst * 1000:.1f}", f"{memory:,.0f}")

    with tempfile.TemporaryDirectory() as folder:
        job = Job(Settings.model_validate({"index_cache": folder}), path=lists)
        Background.shipped()  # once a process, and so are the imports of the first search
        began = time.perf_counter()
        built = build(job)
        table.add_row("build the index in another process", f"{time.perf_counter() - began:.2f}", "", "")
        indexes = [handover.read(built.file, breathe)[0]]
        indexes[0].search(["once a process"], 0.9)
        row("take an edition over beside the one in use", lambda: indexes.append(handover.read(built.file, breathe)[0]))
        row("let the old one go", lambda: handover.let_go(indexes.pop(0), breathe))
        row("take the next over", lambda: indexes.append(handover.read(built.file, breathe)[0]))
        row("let the old one go", lambda: handover.let_go(indexes.pop(0), breathe))
        names = f"{indexes[0].names:,} names, {built.file.stat().st_size / 1e6:,.0f} MB handed over"
    console = Console()
    console.print(table)
    console.print(names)


if __name__ == "__main__":
    main()
