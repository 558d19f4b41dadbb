"""A publisher's files and the lists job of a demo: real commands, run again and again as the CronJob would.

Each run takes the lists of OFAC and the UN with one command and the EU's with another: what is refused leaves the
others as they are.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from typing import TYPE_CHECKING, Final

from lxml import etree

from lists.edge.store import refusals
from streams.edge.child import tied

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

BROKEN: Final = "EU"
_FOLDERS: Final = {BROKEN: ("eu",), "OFAC and UN": ("ofac", "un")}
_FILE: Final = "eu/xmlFullSanctionsList_1_1.xml"
_DECLARATION: Final = "lists.toml"
_STOP_SECONDS: Final = 10.0
_COMMAND: Final = (sys.executable, "-c", "from streams.cli.main import main; main()", "lists", "import")


class Publisher:
    """The samples' lists as their publishers give them today: one folder for the EU, one for the others."""

    def __init__(self, samples: Path, folder: Path) -> None:
        self._samples = samples
        self.folders = {name: folder / name.split()[0].lower() for name in _FOLDERS}
        declared = (samples / _DECLARATION).read_text(encoding="utf-8")
        head, *tables = declared.split("[[list]]")
        for name, parts in _FOLDERS.items():
            for part in parts:
                shutil.copytree(samples / part, self.folders[name] / part)
            ours = [table for table in tables if any(f'"{part}/' in table for part in parts)]
            text = "[[list]]".join([head, *ours])
            (self.folders[name] / _DECLARATION).write_text(text, encoding="utf-8")

    def cut_in_half(self) -> tuple[int, int]:
        """The EU's file loses every other entry, and stays well-formed; gives how many it held and holds."""
        tree = etree.parse(self._samples / _FILE)
        entries = [node for node in tree.getroot() if etree.QName(node).localname == "sanctionEntity"]
        for entry in entries[::2]:
            tree.getroot().remove(entry)
        tree.write(self.folders[BROKEN] / _FILE, encoding="UTF-8", xml_declaration=True)
        return len(entries), len(entries) - len(entries[::2])

    def mend(self) -> None:
        """The EU's file is whole again."""
        shutil.copyfile(self._samples / _FILE, self.folders[BROKEN] / _FILE)


class ListsJob:
    """`payment-filter lists import --publish`, in processes that end with the demo."""

    def __init__(self, publisher: Publisher, store: Path, policy: Path, told: Mapping[str, str], log: Path) -> None:
        self._options = ("--store", str(store), "--policy", str(policy), "--publish")
        self._store = store
        self._folders = publisher.folders
        self._environment = {**os.environ, **told}
        self._log = log
        self._waiting: list[str] = []
        self._running: tuple[str, subprocess.Popen[bytes]] | None = None
        self._results: dict[str, str] = {}

    def first(self) -> str:
        """Everything in one command, for a store that is empty; waits for it. Gives what went wrong, or ""."""
        self._running = ("all", self._start(*self._folders))
        self._running[1].wait()
        return (self.ended() or {})["all"]

    def begin(self, *names: str) -> bool:
        """Begin a run for these folders (without any: for all), unless one is under way; whether it has begun."""
        if self._running is not None:
            return False
        self._results, self._waiting = {}, list(names) or [*reversed(self._folders)]  # the EU's comes last
        self._next()
        return True

    def ended(self) -> dict[str, str] | None:
        """What became of the run by folder, "" for well; once, when it has ended, else None."""
        if self._running is None or self._running[1].poll() is None:
            return None
        name, process = self._running
        self._running = None
        self._results[name] = "" if process.returncode == 0 else self._why(process.returncode)
        if self._waiting:
            self._next()
            return None
        return self._results

    def close(self) -> None:
        """End what is under way."""
        if self._running is not None:
            process = self._running[1]
            process.terminate()
            try:
                process.wait(_STOP_SECONDS)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()

    def _next(self) -> None:
        name = self._waiting.pop(0)
        self._running = (name, self._start(name))

    def _start(self, *names: str) -> subprocess.Popen[bytes]:
        folders = [str(self._folders[name]) for name in names]
        with self._log.open("ab") as output:
            return subprocess.Popen(
                tied([*_COMMAND, *folders, *self._options], signal.SIGTERM),
                env=self._environment,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                start_new_session=True,
            )

    def _why(self, code: int) -> str:
        """Which gate said no; where none did, its last words."""
        if gates := [f"{one.list} is refused by the gate {one.gate!r}" for one in refusals(self._store)]:
            return f"{' and '.join(gates)} (exit {code}); what is in use stays"
        lines = self._log.read_text(encoding="utf-8", errors="replace").strip().splitlines()
        return lines[-1].removeprefix("payment-filter: ") if lines else f"it ended with exit code {code}"
