"""Measured processes: started on their cores, watched through /proc, gone when the report ends, however it ends."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from streams.edge.child import tied

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

STOP_SECONDS = 30.0
_PROC = Path("/proc")


def one_core() -> frozenset[int]:
    """The core that what is measured gets for itself; none where the system cannot bind processes (not Linux)."""
    if not hasattr(os, "sched_setaffinity"):
        return frozenset()
    return frozenset({max(os.sched_getaffinity(0))})


def launch(  # noqa: PLR0913 - what a process is made of
    program: Sequence[str],
    cores: Collection[int],
    *,
    environment: Mapping[str, str] | None = None,
    folder: Path | None = None,
    output: int | None = None,
    errors: int | None = None,
) -> subprocess.Popen[bytes]:
    """Start a Python program on these cores; Ctrl-C in the terminal does not reach it."""
    return subprocess.Popen(
        tied([sys.executable, *program], cores=cores),
        env=None if environment is None else {**os.environ, **environment},
        cwd=folder,
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=errors,
        start_new_session=True,
    )


def end(process: subprocess.Popen[bytes]) -> None:
    """Ask the process to end, and kill it if it does not."""
    if process.poll() is None:
        process.send_signal(signal.SIGTERM)
    try:
        with suppress(subprocess.TimeoutExpired):
            process.wait(STOP_SECONDS)
    finally:
        if process.poll() is None:  # it does not end, or we were interrupted while waiting
            process.kill()
            process.wait()


@contextmanager
def running(
    program: Sequence[str], cores: Collection[int], environment: Mapping[str, str], log: Path
) -> Iterator[subprocess.Popen[bytes]]:
    """A process for the time of the block, writing to `log`."""
    with log.open("ab") as stream:
        process = launch(
            program,
            cores,
            environment=environment,
            folder=log.parent,
            output=stream.fileno(),
            errors=stream.fileno(),
        )
    try:
        yield process
    finally:
        end(process)


def cpu_seconds(pids: Collection[int]) -> float | None:
    """Processor time these processes have used; None where the system does not tell, or there is none."""
    try:
        return sum(map(_cpu_seconds, pids)) if pids else None
    except OSError:
        return None


def _cpu_seconds(pid: int) -> float:
    fields = (_PROC / str(pid) / "stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True)
class Memory:
    """Of one process, in megabytes: all it holds, and its part where pages are shared."""

    rss_mb: float
    pss_mb: float


def memory(pid: int) -> Memory | None:
    """What the process holds now; None where the system does not tell."""
    try:
        lines = (_PROC / str(pid) / "smaps_rollup").read_text().splitlines()
    except OSError:
        return None
    sizes = {line.partition(":")[0]: int(line.split()[1]) / 1024 for line in lines if line.endswith("kB")}
    return Memory(round(sizes["Rss"], 1), round(sizes["Pss"], 1))


def pids_mentioning(text: str) -> frozenset[int]:
    """Processes with this in their command line, but not this one: the broker, by the folder of its data."""
    found = set()
    for folder in _PROC.glob("[0-9]*"):
        try:
            line = (folder / "cmdline").read_bytes().decode(errors="replace")
        except OSError:
            continue  # it ended meanwhile
        if text in line and int(folder.name) != os.getpid():
            found.add(int(folder.name))
    return frozenset(found)
