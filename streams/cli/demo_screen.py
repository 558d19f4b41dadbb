"""How long work shows itself: a live line on a terminal, plain lines elsewhere; on stderr, the report on stdout."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Self

from rich.console import Console
from rich.text import Text

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.status import Status

_NAME_WIDTH = 9
_BAR_WIDTH = 30
_QUIET_SECONDS = 5.0  # between two plain lines on the same step
_PLAIN_WIDTH = 130  # of a report that goes to a file or a pipe


class Screen:
    """Steps with a name; each begins with what is being done and ends with what came of it."""

    def __init__(self) -> None:
        self._progress = Console(stderr=True, highlight=False, soft_wrap=True)
        self._report = Console(highlight=False)
        if not self._report.is_terminal:
            self._report = Console(highlight=False, width=_PLAIN_WIDTH)
        self._live: Status | None = None
        self._name = ""
        self._told = 0.0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._end_live()

    def step(self, name: str, doing: str) -> None:
        """Begin a step."""
        self._end_live()
        self._name, self._told = name, 0.0
        if self._progress.is_terminal:
            self._live = self._progress.status(self._line(doing))
            self._live.start()
        else:
            self._progress.print(self._line(f"{doing} ..."))

    def tell(self, doing: str) -> None:
        """How far the step is. Without a terminal a line every few seconds says so."""
        if self._live is not None:
            self._live.update(self._line(doing))
        elif time.monotonic() - self._told >= _QUIET_SECONDS:
            self._told = time.monotonic()
            self._progress.print(self._line(doing))

    def part(self, count: int, total: int, what: str) -> None:
        """How many of how many."""
        full = _BAR_WIDTH * count // max(1, total)
        bar = f"{'━' * full}{'╌' * (_BAR_WIDTH - full)} " if self._live is not None else ""
        self.tell(f"{bar}{count} of {total} {what}")

    def done(self, result: str) -> None:
        """End the step."""
        self._end_live()
        self._progress.print(self._line(result))

    def show(self, *renderables: RenderableType) -> None:
        """A part of the report, on stdout."""
        self._end_live()
        for renderable in renderables:
            self._report.print()
            self._report.print(renderable)
        self._report.file.flush()  # with --keep a reader of a pipe must not wait until the end

    def row(self, renderable: RenderableType) -> None:
        """A line of the report while the step goes on."""
        live, self._live = self._live, None
        if live is not None:
            live.stop()
        self._report.print(renderable)
        self._report.file.flush()
        if live is not None:
            self._live = self._progress.status(live.status)
            self._live.start()

    def going(self, doing: str) -> None:
        """How far a step is whose rows tell enough where there is no terminal."""
        if self._live is None and self._progress.is_terminal:
            self.step(self._name, doing)
        elif self._live is not None:
            self.tell(doing)

    def _line(self, text: str) -> Text:
        return Text.assemble((f"{self._name:<{_NAME_WIDTH}} ", "bold"), text)

    def _end_live(self) -> None:
        if self._live is not None:
            self._live.stop()
            self._live = None
