from __future__ import annotations

from typing import TYPE_CHECKING

from lists.memory import Answers, Memory

if TYPE_CHECKING:
    from collections.abc import Sequence


def test_an_answer_is_worked_out_once() -> None:
    asked: list[str] = []

    def length(word: str) -> int:
        asked.append(word)
        return len(word)

    memory = Memory(length)
    assert "vympel" not in memory
    assert [memory["vympel"], memory["vympel"], memory["abc"]] == [6, 6, 3]
    assert "vympel" in memory
    assert asked == ["vympel", "abc"]


def test_the_oldest_are_forgotten_and_answers_stay_the_same() -> None:
    memory = Memory(str, most=16)
    assert [memory[number] for number in range(100)] == [str(number) for number in range(100)]
    assert len(memory) <= 16
    assert 99 in memory
    assert 0 not in memory
    assert memory[0] == "0"


def test_a_memory_of_one_works() -> None:
    memory = Memory(str, most=1)
    assert [memory[number] for number in (1, 2, 2, 1)] == ["1", "2", "2", "1"]
    assert len(memory) == 1


def test_only_what_is_new_in_a_batch_is_worked_out() -> None:
    batches: list[list[int]] = []

    def squares(numbers: Sequence[int]) -> list[int]:
        batches.append([*numbers])
        return [number * number for number in numbers]

    answers: Answers[int, int] = Answers(4)
    assert answers.of([1, 2, 2, 3], squares) == [1, 4, 4, 9]
    assert answers.of([3, 1], squares) == [9, 1]
    assert answers.of([1, 4, 5, 6], squares) == [1, 16, 25, 36]
    assert answers.of([], squares) == []
    assert answers.of([1, 2, 3, 4], squares) == [1, 4, 9, 16]
    assert batches[:2] == [[1, 2, 3], [4, 5, 6]]
    assert len(batches) == 3
