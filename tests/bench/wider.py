"""Names in other scripts of lists the workload does not ask about: many more than it holds, for the small classes.

The workload holds a third of the EU's entries and eight names in Chinese. The other two thirds, the French register and
Ukraine's list (OpenSanctions' copy) name thousands. An entry or name that has anything to do with the reporting half is
left out. The rest is parted by entry: one half was looked at when vocabulary was written, the other (`unseen`) only
ever as a figure.
"""

from __future__ import annotations

import dataclasses
import hashlib
import random
from collections import defaultdict
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING, Final

from rapidfuzz import fuzz, process

from lists.abjad import ALIKE
from lists.entry import Entry
from lists.folding import fold
from lists.names import plain_tokens
from tests.bench import workload

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tests.bench.workload import Workload

LISTS: Final = (
    ("EU", "eu/rebuilt/xmlFullSanctionsList_1_1_rebuilt_2026-04-22.xml"),
    ("FR", "fr_tresor/rebuilt/Registrenationaldesgels_rebuilt_2026-05-31.json"),
    ("OS", "opensanctions/targets.simple_ua_war_2026-03.csv"),
)
WIDER: Final = "wider "
"""Before the name of a list here: the EU's entries stand in the workload too."""
MOST: Final = 1_500
SLIP_LETTERS: Final = 5
"""Letters of a word that a slip is put in."""
RELATED: Final = 88
"""Names so like one of the reporting half (rapidfuzz's token_set_ratio) are left out."""


@dataclass(frozen=True, slots=True)
class Wider:
    """A name in another script, its class, its entry without such names, and whether nobody looked at it."""

    kind: str
    text: str
    entry: Entry
    unseen: bool


def names_of(load: Workload, *, unseen: bool) -> list[Wider]:
    """At most 1,500 names of each class."""
    classes: defaultdict[str, list[Wider]] = defaultdict(list)
    for one in _unrelated(load):
        if one.unseen is unseen:
            classes[one.kind].append(one)
    dice = random.Random(workload.SEED)
    return [one for _, found in sorted(classes.items()) for one in dice.sample(found, min(MOST, len(found)))]


def with_one_letter_wrong(names: Sequence[Wider]) -> list[Wider]:
    """Names in Arabic script, a longer word of each with a slip: other dots, a letter lost or doubled, two changed."""
    dice = random.Random(workload.SEED)
    slips = ((one, _slipped(one.text, dice)) for one in names if "_arab" in one.kind)
    return [dataclasses.replace(one, kind=f"{one.kind}_typo", text=text) for one, text in slips if text]


def _slipped(text: str, dice: random.Random) -> str:
    """Write a name with one letter wrong; "" where no word is long enough."""
    words = text.split()
    places = [place for place, word in enumerate(words) if len(word) >= SLIP_LETTERS]
    if not places:
        return ""
    place = dice.choice(places)
    word = words[place]
    at = dice.randrange(len(word) - 1)
    head, one, two, rest = word[:at], word[at], word[at + 1], word[at + 2 :]
    dots = ALIKE.get(one, "")
    written = dice.choice((two, one + one + two, two + one, *(dice.choice(dots) + two for _ in dots[:1])))
    return " ".join((*words[:place], head + written + rest, *words[place + 1 :]))


def is_about(entry: Entry, one: Wider) -> bool:
    """Whether an entry is the name's own, or one of another list with one of its Latin names."""
    own = (entry.list, entry.reference) == (one.entry.list, one.entry.reference)
    return own or bool(_latin(entry) & _latin(one.entry))


def _unrelated(load: Workload) -> Iterator[Wider]:
    reported = [query for query in load.positives.reporting if query.kind.startswith("nonlatin")]
    texts = [_words(query.text) for query in reported]
    latin = {words for query in reported for words in _latin(load.entries[query.entry])}
    seen = set(texts)
    for entry in chain.from_iterable(workload.entries_in(path, f"{WIDER}{name}") for name, path in LISTS):
        names = tuple(name for name in entry.names if workload.is_latin(name.text))
        bare = dataclasses.replace(entry, names=names)
        if not names or _latin(bare) & latin:
            continue
        for text in workload.originals(entry):
            words = _words(text)
            if words in seen:
                continue
            seen.add(words)
            if process.extractOne(words, texts, scorer=fuzz.token_set_ratio, score_cutoff=RELATED) is None:
                yield Wider(workload.kind_of(entry, text), text, bare, _unseen(entry))


def _unseen(entry: Entry) -> bool:
    key = f"{entry.list.removeprefix(WIDER)}{entry.reference}"
    return hashlib.md5(key.encode(), usedforsecurity=False).digest()[0] % 2 == 0


def _words(text: str) -> str:
    return " ".join(sorted(set(plain_tokens(fold(text)))))


def _latin(entry: Entry) -> set[str]:
    return {_words(name.text) for name in entry.names if workload.is_latin(name.text)}


def entries_of(names: Sequence[Wider]) -> list[Entry]:
    """Each entry once."""
    return list({(one.entry.list, one.entry.reference): one.entry for one in names}.values())
