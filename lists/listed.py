"""All listed names as the engine compares them: one row a name, columns side by side."""

from __future__ import annotations

import zlib
from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
import numpy.typing as npt
from scipy import sparse

from lists.compare import INITIAL_BITS_MAX
from lists.entry import EntryKind, ListedName, Strength
from lists.folding import fold
from lists.lookup import Lookup
from lists.names import TOKENS_MAX, plain_tokens, tokens_of
from lists.rarity import TELLING_BITS, Background, Rarity
from lists.vocabulary import Vocabulary

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lists.entry import Entry

THINGS: Final = frozenset({EntryKind.VESSEL, EntryKind.AIRCRAFT})
_STRENGTHS: Final = {Strength.PRIMARY: 0, Strength.STRONG: 1, Strength.WEAK: 2}
_INITIAL_LETTERS: Final = "abcdefghijklmnopqrstuvwxyz0123456789"
INITIALS: Final = len(_INITIAL_LETTERS)
_COMPACT_LETTERS: Final = 5
_COMPACT_LETTERS_ONE_WORD: Final = 6


@dataclass(frozen=True, slots=True)
class Columns:
    """The same as flat arrays, for the compiled core: row `n` of the words goes from `starts[n]` to `starts[n + 1]`.

    `words` are ids in the order of the name, `by_alphabet` in that of the alphabet; `flags` add up 1 for a weak name, 2
    for a thing, 4 for a person and 8 for each telling word; `exact` are the checksums of the exact keys, ascending.
    """

    starts: npt.NDArray[np.int32]
    words: npt.NDArray[np.int32]
    by_alphabet: npt.NDArray[np.int32]
    flags: npt.NDArray[np.int32]
    bits: npt.NDArray[np.float64]
    totals: npt.NDArray[np.float64]
    exact: npt.NDArray[np.uint32]


@dataclass(frozen=True, slots=True)
class ListedNames:
    """Names by number, as they are compared.

    `owners` are entry numbers, `places` which of its entry's names each is; `bits` those of `tokens`, `totals` their
    sums, `telling` how many of them tell.
    """

    owners: tuple[int, ...]
    places: tuple[int, ...]
    tokens: tuple[tuple[str, ...], ...]
    word_ids: tuple[tuple[int, ...], ...]
    bits: tuple[tuple[float, ...], ...]
    totals: tuple[float, ...]
    sorted_texts: tuple[str, ...]
    telling: tuple[int, ...]
    weak: tuple[bool, ...]
    things: tuple[bool, ...]
    persons: tuple[bool, ...]
    exact: Lookup


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
    bits = tuple(
        tuple(
            map(rarity.of_person if entries[row.owner].kind is EntryKind.PERSON else rarity.of_organisation, row.tokens)
        )
        for row in rows
    )
    names = ListedNames(
        owners=tuple(row.owner for row in rows),
        places=tuple(entries[row.owner].names.index(row.name) for row in rows),
        tokens=tuple(row.tokens for row in rows),
        word_ids=tuple(tuple(vocabulary.ids[word] for word in row.tokens) for row in rows),
        bits=bits,
        totals=tuple(sum(row) for row in bits),
        sorted_texts=tuple(" ".join(sorted(row.tokens)) for row in rows),
        telling=tuple(sum(value > TELLING_BITS for value in row) for row in bits),
        weak=tuple(row.name.strength is Strength.WEAK for row in rows),
        things=tuple(entries[row.owner].kind in THINGS for row in rows),
        persons=tuple(entries[row.owner].kind is EntryKind.PERSON for row in rows),
        exact=Lookup.of(_exact_table(rows)),
    )
    return names, vocabulary, rarity


def columns_of(names: ListedNames) -> Columns:
    """Write the names as flat arrays."""
    rows = zip(names.tokens, names.word_ids, strict=True)
    by_alphabet = (word for tokens, ids in rows for _, word in sorted(zip(tokens, ids, strict=True)))
    kinds = zip(names.weak, names.things, names.persons, names.telling, strict=True)
    return Columns(
        starts=np.cumsum([0, *map(len, names.tokens)]).astype(np.int32),
        words=np.fromiter((word for row in names.word_ids for word in row), np.int32),
        by_alphabet=np.fromiter(by_alphabet, np.int32),
        flags=np.fromiter((weak + 2 * thing + 4 * person + 8 * tell for weak, thing, person, tell in kinds), np.int32),
        bits=np.fromiter((value for row in names.bits for value in row), np.float64),
        totals=np.array(names.totals, np.float64),
        exact=np.unique(np.fromiter((zlib.crc32(key.encode()) for key in names.exact), np.uint32)),
    )


def _exact_table(rows: Sequence[Row]) -> dict[str, list[int]]:
    table: defaultdict[str, list[int]] = defaultdict(list)
    for number, row in enumerate(rows):
        for key in exact_keys(row.plain, row.tokens):
            table[key].append(number)
    return table


def word_matrix(names: ListedNames, words: int) -> sparse.csr_matrix[np.float32]:
    """Give bits by word (row) and name (column); after the words a row for each initial, with what it may prove."""
    ids = np.fromiter((word for row in names.word_ids for word in row), np.int32)
    initials = np.fromiter((initial_row(word[0], words) for row in names.tokens for word in row), np.int32)
    columns = np.repeat(np.arange(len(names.bits), dtype=np.int32), [len(row) for row in names.bits])
    bits: npt.NDArray[np.float32] = np.fromiter((value for row in names.bits for value in row), np.float32)
    matrix = sparse.csr_matrix(
        (
            np.concatenate((bits, np.minimum(bits, np.float32(INITIAL_BITS_MAX)))),
            (np.concatenate((ids, initials)), np.concatenate((columns, columns))),
        ),
        shape=(words + INITIALS, len(names.bits)),
        dtype=np.float32,
    )
    matrix.sum_duplicates()
    return matrix


def initial_row(letter: str, words: int) -> int:
    """Give the row of the matrix for a first letter or digit of folded words."""
    return words + _INITIAL_LETTERS.index(letter)
