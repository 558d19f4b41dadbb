"""What a worker can tell of itself beside its metrics: lists, policy, what was refused lately, and how fast it is."""

from __future__ import annotations

import threading
import time
from collections import deque
from dataclasses import dataclass
from datetime import date, datetime

from schemas.decision import PolicyUsed

PACE_SECONDS = 60.0
REFUSALS_KEPT = 5


@dataclass(frozen=True, slots=True)
class ListInUse:
    """One list: verified `age_seconds` ago; `maximum_age_seconds` is what the policy allows, None: no limit."""

    id: str
    published: str
    entries: int
    age_seconds: float
    maximum_age_seconds: float | None
    required: bool


@dataclass(frozen=True, slots=True)
class Refused:
    """An edition or a policy that was not taken into use: when (UTC), and one sentence for each problem."""

    at: datetime
    what: str
    problems: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class EngineState:
    """What decides at this moment. `refused` begins with the latest."""

    edition: str = ""
    lists: tuple[ListInUse, ...] = ()
    policy: PolicyUsed | None = None
    review_before: date | None = None
    refused: tuple[Refused, ...] = ()
    messages_per_second: float = 0.0


class Pace:
    """How many messages were committed in the last minute; for any thread."""

    def __init__(self) -> None:
        self._began = time.monotonic()
        self._seen: deque[tuple[float, int]] = deque()
        self._lock = threading.Lock()

    def add(self, messages: int) -> None:
        """So many were committed now."""
        with self._lock:
            self._seen.append((time.monotonic(), messages))
            self._forget()

    def per_second(self) -> float:
        """The mean over the last minute, or since the start where that is less."""
        with self._lock:
            self._forget()
            total = sum(messages for _, messages in self._seen)
        return total / max(1.0, min(PACE_SECONDS, time.monotonic() - self._began))

    def _forget(self) -> None:
        oldest = time.monotonic() - PACE_SECONDS
        while self._seen and self._seen[0][0] < oldest:
            self._seen.popleft()
