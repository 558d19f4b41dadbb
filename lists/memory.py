"""Answers worked out once, one by one or in batches; the oldest are forgotten when there are too many."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Final, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

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
        self.learn(question, answer)
        return answer

    def learn(self, question: _Question, answer: _Answer) -> None:
        """Keep an answer that was worked out elsewhere."""
        _make_room(self, self._most)
        self[question] = answer


class Answers(Generic[_Question, _Answer]):
    """What was answered before: whole batches are asked, and only what is new in them is worked out, together."""

    def __init__(self, most: int) -> None:
        self._known: dict[_Question, _Answer] = {}
        self._most = most

    def of(
        self, questions: Sequence[_Question], work: Callable[[Sequence[_Question]], Sequence[_Answer]]
    ) -> list[_Answer]:
        """Give the answer to each question; `work` answers those that are new."""
        known = self._known
        new = [question for question in dict.fromkeys(questions) if question not in known]
        if not new:
            return [known[question] for question in questions]
        found = dict(zip(new, work(new), strict=True))
        if len(found) == len(questions):
            answers = [*found.values()]
        else:
            answers = [found[question] if question in found else known[question] for question in questions]
        for question, answer in found.items():
            if len(known) >= self._most:
                _make_room(known, self._most)
            known[question] = answer
        return answers


def _make_room(known: dict[_Question, _Answer], most: int) -> None:
    if len(known) >= most:
        for oldest in list(islice(known, max(1, most // _FORGOTTEN_AT_ONCE))):
            del known[oldest]
