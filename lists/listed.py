"""All listed names as the engine compares them: one row a name, columns side by side."""

from __future__ import annotations

import zlib
from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
import numpy.typing as npt
from scipy import sparse

from lists.entry import EntryKind, ListedName, Strength
from lists.fathers import fathers_in, links_in
from lists.folding import fold
from lists.lookup import Lookup
from lists.memory import Memory
from lists.names import TOKENS_MAX, plain_tokens, tokens_of
from lists.rarity import TELLING_BITS, Background, Rarity
from lists.similarity import INITIAL_BITS_MAX
from lists.vocabulary import Vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from lists.entry import Entry

THINGS: Final = frozenset({EntryKind.VESSEL, EntryKind.AIRCRAFT})
_STRENGTHS: Final = {Strength.PRIMARY: 0, Strength.STRONG: 1, Strength.WEAK: 2}
_INITIAL_LETTERS: Final = "abcdefghijklmnopqrstuvwxyz0123456789"
INITIALS: Final = len(_INITIAL_LETTERS)
_WEAK, _THING, _PERSON, _OPEN, _TELLING = 1, 2, 4, 8, 4  # the last counts places
_COMPACT_LETTERS: Final = 5
_COMPACT_LETTERS_ONE_WORD: Final = 6


_ROWS: Final = 1 << 13
"""Names whose words are kept as objects: those that payments were compared with of late."""


@dataclass(frozen=True, slots=True)
class Columns:
    """Names as flat arrays: row `n` of the words goes from `starts[n]` to `starts[n + 1]`.

    `owners` are entry numbers, `places` which of its entry's names each is. `words` are ids in the order of the name,
    `by_alphabet` in that of the alphabet; `bits` are those of `words` and `totals` their sums; `flags` add up 1 for a
    weak name, 2 for a thing, 4 for a person, 8 for one whom further fathers would not contradict (none of its names
    has a father, or this one says "son of") and 16 for each telling word; `exact` are the checksums of the exact keys,
    ascending.
    """

    owners: npt.NDArray[np.int32]
    places: npt.NDArray[np.int32]
    starts: npt.NDArray[np.int32]
    words: npt.NDArray[np.int32]
    by_alphabet: npt.NDArray[np.int32]
    flags: npt.NDArray[np.int32]
    bits: npt.NDArray[np.float64]
    totals: npt.NDArray[np.float64]
    exact: npt.NDArray[np.uint32]


class ListedNames:
    """Names by number, as they are compared, cut out of the columns when they are asked for.

    `bits` are those of `tokens`, `totals` their sums, `telling` says how many of them tell.
    """

    def __init__(self, columns: Columns, words: Sequence[str], exact: Lookup) -> None:
        self.columns = columns
        self.exact = exact
        self._words = words
        self.owners: Sequence[int] = columns.owners.data
        self.places: Sequence[int] = columns.places.data
        self.totals: Sequence[float] = columns.totals.data
        self.telling: Sequence[int] = (columns.flags >> _TELLING).data
        self.weak: Sequence[int] = (columns.flags & _WEAK).data
        self.things: Sequence[int] = (columns.flags & _THING).data
        self.persons: Sequence[int] = (columns.flags & _PERSON).data
        self.open: Sequence[int] = (columns.flags & _OPEN).data
        self._starts = columns.starts.data
        self.word_ids = Memory(self._word_ids, _ROWS)
        self.tokens = Memory(self._tokens, _ROWS)
        self.bits = Memory(self._bits, _ROWS)
        self.sorted_texts = Memory(self._sorted_text, _ROWS)

    def __reduce__(self) -> tuple[type[ListedNames], tuple[Columns, Sequence[str], Lookup]]:
        """Hand over what it was made of."""
        return ListedNames, (self.columns, self._words, self.exact)

    def __len__(self) -> int:
        return len(self.owners)

    def bits_of_letters(self) -> npt.NDArray[np.float64]:
        """Give the bits each name has in single letters."""
        columns = self.columns
        single = np.fromiter((len(word) == 1 for word in self._words), np.bool_)[columns.words]
        names = np.repeat(np.arange(len(self)), np.diff(columns.starts))
        sums = np.zeros(len(self))
        np.add.at(sums, names[single], columns.bits[single])
        return sums

    def _row(self, number: int) -> slice:
        return slice(self._starts[number], self._starts[number + 1])

    def _word_ids(self, number: int) -> tuple[int, ...]:
        return tuple(self.columns.words[self._row(number)].tolist())

    def _tokens(self, number: int) -> tuple[str, ...]:
        return tuple([self._words[word] for word in self.word_ids[number]])

    def _bits(self, number: int) -> tuple[float, ...]:
        return tuple(self.columns.bits[self._row(number)].tolist())

    def _sorted_text(self, number: int) -> str:
        return " ".join([self._words[word] for word in self.columns.by_alphabet[self._row(number)].tolist()])


@dataclass(frozen=True, slots=True)
class Row:
    """One name on its way into the table."""

    owner: int
    name: ListedName
    plain: tuple[str, ...]
    tokens: tuple[str, ...]


def rows_of(entries: Sequence[Entry]) -> list[Row]:
    """Cut every name into words; names of one entry that come out the same are one, the strongest."""
    rows: list[Row] = []
    for owner, entry in enumerate(entries):
        seen: set[tuple[tuple[str, ...], tuple[str, ...]]] = set()
        for name in sorted(entry.names, key=lambda name: _STRENGTHS[name.strength]):
            folded = fold(name.text)
            plain, tokens = tuple(plain_tokens(folded)), tuple(tokens_of(folded))[:TOKENS_MAX]
            if tokens and (plain, tokens) not in seen:
                seen.add((plain, tokens))
                rows.append(Row(owner, name, plain, tokens))
    return rows


def entries_with_word(rows: Sequence[Row]) -> Counter[str]:
    """Count the entries that have a word in any of their names."""
    return Counter(word for _, word in dict.fromkeys((row.owner, word) for row in rows for word in row.tokens))


def exact_keys(plain: Sequence[str], tokens: Sequence[str]) -> tuple[str, ...]:
    """Give the keys of the exact floor: all words in any order, as they stand and with one legal form; all glued."""
    keys = [" ".join(sorted(plain)), " ".join(sorted(tokens))]
    glued = "".join(plain)
    if len(glued) >= (_COMPACT_LETTERS if len(plain) > 1 else _COMPACT_LETTERS_ONE_WORD):
        keys.append(f"={glued}")
    return tuple(dict.fromkeys(keys))


def listed_names(entries: Sequence[Entry], background: Background) -> tuple[ListedNames, Vocabulary, Rarity]:
    """Build the table of names, their vocabulary and the rarity of every word."""
    rows = rows_of(entries)
    entries_with = entries_with_word(rows)
    rarity = Rarity(entries_with, len(entries), background)
    vocabulary = Vocabulary(list(dict.fromkeys(word for row in rows for word in row.tokens)), entries_with)
    exact = Lookup.of(_exact_table(rows))
    columns = _columns(rows, entries, vocabulary, rarity, exact)
    return ListedNames(columns, vocabulary.words, exact), vocabulary, rarity


def _columns(
    rows: Sequence[Row], entries: Sequence[Entry], vocabulary: Vocabulary, rarity: Rarity, exact: Iterable[str]
) -> Columns:
    kinds = [entries[row.owner].kind for row in rows]
    bits = [
        [*map(rarity.of_person if kind is EntryKind.PERSON else rarity.of_organisation, row.tokens)]
        for kind, row in zip(kinds, rows, strict=True)
    ]
    ids = vocabulary.ids
    with_fathers = {row.owner for row in rows if fathers_in(row.tokens)}
    flags = (
        _WEAK * (row.name.strength is Strength.WEAK)
        + _THING * (kind in THINGS)
        + _PERSON * (kind is EntryKind.PERSON)
        + _OPEN * (kind is EntryKind.PERSON and (row.owner not in with_fathers or links_in(row.tokens) > 0))
        + (sum(value > TELLING_BITS for value in values) << _TELLING)
        for row, kind, values in zip(rows, kinds, bits, strict=True)
    )
    return Columns(
        owners=np.fromiter((row.owner for row in rows), np.int32),
        places=np.fromiter((entries[row.owner].names.index(row.name) for row in rows), np.int32),
        starts=np.cumsum([0, *(len(row.tokens) for row in rows)]).astype(np.int32),
        words=np.fromiter((ids[word] for row in rows for word in row.tokens), np.int32),
        by_alphabet=np.fromiter((ids[word] for row in rows for word in sorted(row.tokens)), np.int32),
        flags=np.fromiter(flags, np.int32),
        bits=np.fromiter((value for values in bits for value in values), np.float64),
        totals=np.fromiter(map(sum, bits), np.float64),
        exact=np.unique(np.fromiter((zlib.crc32(key.encode()) for key in exact), np.uint32)),
    )


def _exact_table(rows: Sequence[Row]) -> dict[str, list[int]]:
    table: defaultdict[str, list[int]] = defaultdict(list)
    for number, row in enumerate(rows):
        for key in exact_keys(row.plain, row.tokens):
            table[key].append(number)
    return table


def word_matrix(columns: Columns, words: Sequence[str]) -> sparse.csr_matrix[np.float32]:
    """Give bits by word (row) and name (column); after the words a row for each initial, with what it may prove."""
    ids, bits = columns.words, columns.bits.astype(np.float32)
    initials = np.fromiter((initial_row(word[0], len(words)) for word in words), np.int32)[ids]
    names = np.repeat(np.arange(len(columns.owners), dtype=np.int32), np.diff(columns.starts))
    matrix = sparse.csr_matrix(
        (
            np.concatenate((bits, np.minimum(bits, np.float32(INITIAL_BITS_MAX)))),
            (np.concatenate((ids, initials)), np.concatenate((names, names))),
        ),
        shape=(len(words) + INITIALS, len(columns.owners)),
        dtype=np.float32,
    )
    matrix.sum_duplicates()
    return matrix


def initial_row(letter: str, words: int) -> int:
    """Give the row of the matrix for a first letter or digit of folded words."""
    return words + _INITIAL_LETTERS.index(letter)
