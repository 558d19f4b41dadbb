"""Answers worked out once: a dictionary that asks where it has no answer, and forgets the oldest when full."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Final, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

_Question = TypeVar("_Question")
_Answer = TypeVar("_Answer")

MOST: Final = 1 << 17
_FORGOTTEN_AT_ONCE: Final = 8  # an eighth: forgetting one by one would cost time with every new question


class Memory(dict[_Question, _Answer]):
    """`memory[question]` is `work(question)`; at most `most` answers are kept.

    Unlike functools.lru_cache it can say whether it knows an answer (`in`), so that the unknown ones of a whole batch
    are worked out together.
    """

    def __init__(self, work: Callable[[_Question], _Answer], most: int = MOST) -> None:
        super().__init__()
        self._work = work
        self._most = most

    def __missing__(self, question: _Question) -> _Answer:
        """Work the answer out and keep it."""
        answer = self._work(question)
        if len(self) >= self._most:
            for oldest in list(islice(self, max(1, self._most // _FORGOTTEN_AT_ONCE))):
                del self[oldest]
        self[question] = answer
        return answer
