"""The accuracy workload: real lists, real aliases held out of them, seeded distortions, clean names, texts.

Built from ../shared (tests.shared); every random choice is seeded. Each kind is parted in a tuning half (even
places) and a reporting half (odd places); weights are tuned on the first only.
"""

from __future__ import annotations

import dataclasses
import random
import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Generic, TypeVar

from rapidfuzz.distance import JaroWinkler

from lists.entry import Entry, EntryKind, Strength
from lists.folding import fold
from lists.formats import recognise
from lists.mutations import ANYONE, MUTATIONS, ORGANISATION, PERSON, mutate_until
from lists.names import plain_tokens
from tests.bench import ordinary
from tests.shared import SHARED

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from lists.entry import ListedName
    from lists.mutations import Mutation

SEED = ordinary.SEED
LISTS = (
    ("OFAC", "ofac/rebuilt/sdn_rebuilt_2026-04.xml"),
    ("UN", "un/consolidated_2026-02.xml"),
    ("EU", "eu/rebuilt/xmlFullSanctionsList_1_1_rebuilt_2026-04-22.xml"),
)
EU_PART = 3
"""One EU entry in three is taken: with it the list side has about 57,000 names, the size the targets are set for."""

NON_LATIN = re.compile(r"[^\u0000-\u024f\u1e00-\u1eff\u2000-\u206f\u2100-\u214f]")

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Query:
    """A name of a payment: its class, and the entry it is about (-1: nobody listed)."""

    kind: str
    text: str
    entry: int = -1


@dataclass(frozen=True, slots=True)
class Half(Generic[_T]):
    """The two halves of one kind of questions."""

    tuning: Sequence[_T]
    reporting: Sequence[_T]

    @classmethod
    def of(cls, items: Sequence[_T]) -> Half[_T]:
        """Part by place, after a shuffle: even for tuning, odd for the report."""
        return cls(items[::2], items[1::2])


@dataclass(slots=True)
class Workload:
    """Entries without the held-out names, and the questions."""

    entries: list[Entry]
    positives: Half[Query] = field(default_factory=lambda: Half((), ()))
    clean: Half[Query] = field(default_factory=lambda: Half((), ()))
    hard: Half[Query] = field(default_factory=lambda: Half((), ()))
    texts: Half[Query] = field(default_factory=lambda: Half((), ()))
    planted: Half[Query] = field(default_factory=lambda: Half((), ()))
    un: Sequence[Query] = ()
    un_treated: Sequence[Query] = ()


def is_latin(text: str) -> bool:
    """Whether a name is written in Latin letters only."""
    return NON_LATIN.search(text) is None


def load_entries(*, everything: bool = False) -> list[Entry]:
    """Entries of the real lists; all of the EU's on demand."""
    entries: list[Entry] = []
    for source, path in LISTS:
        parsed = entries_in(path, source)
        entries += parsed[::EU_PART] if source == "EU" and not everything else parsed
    return entries


def entries_in(path: str, source: str) -> list[Entry]:
    """The entries of one real file under data/lists, as those of a list of this name."""
    raw = (SHARED / "data" / "lists" / path).read_bytes()
    found = recognise(raw, path.rsplit("/", 1)[1])
    assert found is not None, f"{path} is not a list we read"
    return list(found.parse({"main": raw}, source))


def build(*, everything: bool = False, seed: int = SEED) -> Workload:
    """Build the whole workload."""
    dice = random.Random(seed)
    entries = load_entries(everything=everything)
    entries, real = _hold_out(entries, dice)
    positives = [*real, *_distorted(entries, dice)]
    dice.shuffle(positives)
    clean = [Query(kind, name) for kind, name in ordinary.clean_names(dice)]
    latin = [query.text for query in clean if is_latin(query.text)]
    texts = [Query("text", text) for text in ordinary.clean_texts(latin, dice)]
    planted = list(_planted(entries, dice))
    untreated = _un_untreated(entries)
    return Workload(
        entries=entries,
        positives=Half.of(positives),
        clean=Half.of(clean),
        hard=Half.of(_recombined(entries, dice)),
        texts=Half.of(texts),
        planted=Half.of(planted),
        un=untreated,
        un_treated=_treated(untreated, dice),
    )


# --- real aliases held out of the list -------------------------------------------------------------------------------

_SCRIPTS = (("cyr", re.compile(r"[\u0400-\u04ff]")), ("arab", re.compile(r"[\u0600-\u06ff]")),
            ("cjk", re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")))  # fmt: skip
_LATIN_RUN = re.compile(r"[A-Za-z]{3}")
_ALIASES = 450
_ALIKE = 0.70
_SHORT = 3


def _hold_out(entries: Sequence[Entry], dice: random.Random) -> tuple[list[Entry], list[Query]]:
    """Take real names off the list and ask for them: originals in other scripts, and real transliterations."""
    queries: list[Query] = []
    held: dict[int, Sequence[str]] = {}
    for number, kind, text, names in [*_originals(entries, dice), *_transliterations(entries, dice)]:
        if number in held:
            continue
        held[number] = names
        queries.append(Query(kind, text, number))
    kept = [
        dataclasses.replace(entry, names=tuple(name for name in entry.names if name.text not in held.get(number, ())))
        for number, entry in enumerate(entries)
    ]
    return kept, queries


def _originals(entries: Sequence[Entry], dice: random.Random) -> Iterator[tuple[int, str, str, Sequence[str]]]:
    taken: Counter[str] = Counter()
    for number in dice.sample(range(len(entries)), len(entries)):
        entry = entries[number]
        others = sorted({name.text for name in entry.names if not is_latin(name.text)})
        pure = sorted(set(originals(entry)))
        if not pure or all(name.text in others for name in entry.names):
            continue
        text = min(pure, key=len)
        kind = kind_of(entry, text)
        if taken[kind] < (150 if "_cyr" in kind else 70):
            taken[kind] += 1
            yield number, kind, text, others


def originals(entry: Entry) -> Iterator[str]:
    """The names of an entry that are written in other letters throughout."""
    for name in entry.names:
        if not is_latin(name.text) and len(name.text) > _SHORT and not _LATIN_RUN.search(name.text):
            yield name.text


def kind_of(entry: Entry, text: str) -> str:
    """The class of a name in another script: by its letters, and whether a person bears it."""
    script = next((name for name, letters in _SCRIPTS if letters.search(text)), "oth")
    return f"nonlatin_{script}{'' if entry.kind is EntryKind.PERSON else '_org'}"


def _transliterations(entries: Sequence[Entry], dice: random.Random) -> Iterator[tuple[int, str, str, Sequence[str]]]:
    taken = 0
    for number in dice.sample(range(len(entries)), len(entries)):
        entry = entries[number]
        alias = _another_spelling(entry, dice) if entry.kind is EntryKind.PERSON else None
        if alias is not None and taken < _ALIASES:
            taken += 1
            yield number, "translit_real", alias, (alias,)


def _another_spelling(entry: Entry, dice: random.Random) -> str | None:
    """A listed alias that spells another listed name differently, word by word."""
    latin = {name.text: plain_tokens(fold(name.text)) for name in entry.names if is_latin(name.text)}
    for text in dice.sample(sorted(latin), len(latin)):
        words, others = latin[text], [tokens for other, tokens in latin.items() if other != text]
        if len(words) < 2 or any(_letters(words) == _letters(other) for other in others):
            continue
        if any(len(other) == len(words) and _alike(words, other) >= _ALIKE for other in others):
            return text
    return None


def _letters(words: Sequence[str]) -> str:
    return "".join(sorted("".join(words)))


def _alike(words: Sequence[str], others: Sequence[str]) -> float:
    """The least similarity of the words paired greedily."""
    left = list(others)
    least = 1.0
    for word in words:
        best = max(left, key=lambda other: JaroWinkler.similarity(word, other))
        least = min(least, JaroWinkler.similarity(word, best))
        left.remove(best)
    return least


# --- seeded distortions ----------------------------------------------------------------------------------------------


def _pool(entries: Sequence[Entry], whom: str) -> list[int]:
    kinds = {
        PERSON: {EntryKind.PERSON},
        ORGANISATION: {EntryKind.ORGANISATION},
        ANYONE: {EntryKind.PERSON, EntryKind.ORGANISATION},
    }.get(whom, {EntryKind.VESSEL, EntryKind.AIRCRAFT})
    return [number for number, entry in enumerate(entries) if entry.kind in kinds and _good_names(entry)]


def _good_names(entry: Entry) -> list[ListedName]:
    """Strong Latin names of at least two words and seven letters: what a distortion leaves recognisable."""
    return [
        name
        for name in entry.names
        if name.strength is not Strength.WEAK and is_latin(name.text) and _long_enough(plain_tokens(fold(name.text)))
    ]


def _long_enough(tokens: Sequence[str]) -> bool:
    return len(tokens) >= 2 and sum(map(len, tokens)) >= 7


def _surname_first(name: str) -> str:
    """Write "Given SURNAME" as lists print it: "SURNAME, Given"."""
    words = name.split()
    last = [word for word in words if word.isupper()]
    given = [word for word in words if not word.isupper()]
    return f"{' '.join(last)}, {' '.join(given)}" if last and given else name


_FOLD = 2
"""Both halves get the full number of distorted names, so that a figure is good to about a hundredth."""


def _distorted(entries: Sequence[Entry], dice: random.Random) -> Iterator[Query]:
    for kind, (whom, count, mutation) in MUTATIONS.items():
        pool = _pool(entries, whom)
        for _ in range(_FOLD * count):
            yield _one_distorted(kind, entries, pool, mutation, dice)


def _one_distorted(
    kind: str, entries: Sequence[Entry], pool: Sequence[int], mutation: Mutation, dice: random.Random
) -> Query:
    while True:
        number = dice.choice(pool)
        name = dice.choice(_good_names(entries[number])).text
        base = _surname_first(name) if entries[number].kind is EntryKind.PERSON and dice.random() < 0.4 else name
        distorted = mutate_until(base, mutation, dice)
        if distorted is not None and _long_enough([*plain_tokens(fold(distorted)), ""]):
            return Query(kind, distorted, number)


def _recombined(entries: Sequence[Entry], dice: random.Random, count: int = 3000) -> list[Query]:
    """Given names and surnames of listed people of one programme, newly paired: the hardest clean names there are."""
    groups: defaultdict[tuple[str, ...], list[tuple[str, str]]] = defaultdict(list)
    listed = set()
    for entry in entries:
        for name in entry.names:
            listed.add(" ".join(sorted(plain_tokens(fold(name.text)))))
        words = entry.name.split()
        if entry.kind is EntryKind.PERSON and 2 <= len(words) <= 4 and is_latin(entry.name):
            groups[entry.programmes[:1]].append((" ".join(words[:-1]), words[-1]))
    big = [group for group in groups.values() if len(group) > 30]
    found: list[Query] = []
    while len(found) < count:
        group = dice.choices(big, [len(group) for group in big])[0]
        pairing = f"{dice.choice(group)[0]} {dice.choice(group)[1]}"
        if " ".join(sorted(plain_tokens(fold(pairing)))) not in listed:
            found.append(Query("hard", pairing))
    return found


# --- listed names in texts -------------------------------------------------------------------------------------------

_PLANTED = 2400
_PLANT: tuple[tuple[str, Callable[[str, random.Random], str | None] | None], ...] = (
    ("planted_exact", None), ("planted_typo", MUTATIONS["typo1"][2]), ("planted_translit", MUTATIONS["translit"][2]),
)  # fmt: skip


def _planted(entries: Sequence[Entry], dice: random.Random) -> Iterator[Query]:
    """Payment references with a listed name in capitals, as it stands or distorted."""
    pool = _pool(entries, ANYONE)
    made = 0
    while made < _PLANTED:
        kind, mutation = _PLANT[made % len(_PLANT)]
        number = dice.choice(pool)
        name = dice.choice(_good_names(entries[number])).text
        shown = name if mutation is None else mutate_until(name, mutation, dice)
        if shown is not None:
            made += 1
            yield Query(kind, ordinary.reference_naming(shown.upper(), dice), number)


# --- the UN's names --------------------------------------------------------------------------------------------------


def _un_untreated(entries: Sequence[Entry]) -> list[Query]:
    """683 UN names; each about the UN entry that has the very name, -1 where the list in hand has it no longer."""
    known: dict[str, int] = {}
    for number, entry in enumerate(entries):
        for name in entry.names if entry.list == "UN" else ():
            known.setdefault(" ".join(sorted(plain_tokens(fold(name.text)))), number)
    return [
        Query("un", text, known.get(" ".join(sorted(plain_tokens(fold(text)))), -1))
        for text in ordinary.names_csv("yente_positives_un_untreated.csv")
    ]


def _treated(untreated: Sequence[Query], dice: random.Random) -> list[Query]:
    """The same names as payments carry them: one seeded distortion each."""
    kinds = ("typo1", "reorder", "translit", "initial", "concat", "diacritics", "noise_person", "exact")
    treated = []
    for query in untreated:
        mutation = MUTATIONS[dice.choice(kinds)][2]
        treated.append(dataclasses.replace(query, text=mutate_until(query.text, mutation, dice) or query.text))
    return [query for query in treated if query.entry >= 0]
