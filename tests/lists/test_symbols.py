"""The shipped table of symbols says what rigour says, without the six seconds rigour takes."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

import pytest

from lists.symbols import Symbol, is_place, symbols
from lists.tables import NICKNAMES, SortedLines, read_frequencies
from tests.bench.make_symbols import LATIN, rigour_symbols

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

LINES = SortedLines("!\tabout\nab\t1 2\nabc\t3\nzoë\t4\n".encode())


@pytest.mark.parametrize(
    ("key", "value"), [("ab", "1 2"), ("abc", "3"), ("zoë", "4"), ("a", ""), ("abd", ""), ("zz", ""), ("", "")]
)
def test_sorted_lines_are_found_where_they_lie(key: str, value: str) -> None:
    assert LINES[key] == value
    assert not SortedLines(b"")[key]


def test_spellings_of_one_name_share_an_item_in_any_script() -> None:
    assert set(symbols("mohammed")) & set(symbols("muhammed")) & set(symbols("محمد"))
    assert not set(symbols("mohammed")) & set(symbols("trading"))
    assert symbols("qqqq") == ()


def test_places_and_company_words_are_known() -> None:
    assert is_place("moscow")
    assert not is_place("mohammed")
    assert any(kind == "SYMBOL" for kind, _ in symbols("holding"))


def test_the_table_joins_the_same_words_as_rigour() -> None:
    words = [
        *list(filter(LATIN.fullmatch, read_frequencies().counts))[::4],
        *NICKNAMES,
        *["محمد", "احمد", "علي", "حسين", "فاطمة", "יוסף", "דוד", "שרה", "שָׁלוֹם", "אברהם"],
    ]
    ours, theirs = _joined(words, symbols), _joined(words, rigour_symbols)
    assert ours == theirs
    assert len(ours) > 200


def _joined(words: Iterable[str], symbols_of: Callable[[str], Iterable[Symbol]]) -> dict[Symbol, set[str]]:
    """The words of each symbol that several of them have."""
    words_of: defaultdict[Symbol, set[str]] = defaultdict(set)
    for word in words:
        for symbol in symbols_of(word):
            words_of[symbol].add(word)
    return {symbol: found for symbol, found in words_of.items() if len(found) > 1 and any(map(LATIN.fullmatch, found))}
