"""One immutable edition, ready for questions: the entries a name, or a text, may be about."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from lists import text as texts_in
from lists.candidates import Candidates
from lists.compare import align, nothing_aligned
from lists.compiled import ENGINE
from lists.entry import Entry, ListedName
from lists.expansion import Expander
from lists.listed import listed_names, word_matrix
from lists.memory import Answers
from lists.numbers import NumberIndex
from lists.ownership import with_owned
from lists.question import all_readings, ask, is_long
from lists.rarity import Background
from lists.score import exact_floor, explain, judge
from lists.shelf import Shelf
from lists.sieve import sieve_of
from lists.text_sieve import text_sieve_of
from lists.windows import Bounds, windows_of
from schemas.finding import Piece

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from lists.asked import Question
    from lists.compare import Alignment
    from lists.listed import ListedNames
    from lists.rarity import Rarity
    from lists.score import Judgement
    from lists.vocabulary import Vocabulary
    from lists.windows import Window
    from schemas.decision import EditionUsed

__all__ = ["Background", "Hit", "Index"]

_BATCH: Final = 384

_REMEMBERED: Final = 1 << 15
"""Whole names, and texts, whose answers are kept: banks, employers and shops come again and again."""


@dataclass(frozen=True, slots=True)
class Hit:
    """An entry a name or text may be about: under which name, how likely (0..1), by which words.

    `method` is exact, name or text; `span` the part of the field that matched; the points of `pieces` add up to 100
    times the score.
    """

    entry: Entry
    name: ListedName
    score: float
    method: str
    span: str
    pieces: tuple[Piece, ...]


class Index:
    """All entries of an edition with everything a question needs; answers depend on nothing but name and edition."""

    def __init__(  # noqa: PLR0913, PLR0917 - made by build() alone
        self,
        entries: tuple[Entry, ...],
        edition: EditionUsed,
        names: ListedNames,
        vocabulary: Vocabulary,
        rarity: Rarity,
        background: Background,
    ) -> None:
        self.entries = Shelf.of(entries)
        self.edition = edition
        self.numbers = NumberIndex.build(entries, self.entries)
        self._names = names
        self._rarity = rarity
        self._ordinary = background.text_words
        self._expander = Expander(vocabulary, rarity)
        self._matrix = word_matrix(names.columns, vocabulary.words)
        self._make_ready()

    def _make_ready(self) -> None:
        """Make what cannot be handed to another process, quickly, from what can."""
        names, matrix = self._names, self._matrix
        compiled = ENGINE.Matrix(matrix.indptr, matrix.indices, matrix.data, len(names)) if ENGINE else None
        self._candidates = Candidates(matrix, names.totals, compiled)
        self._sieve = sieve_of(names.columns, self._candidates, compiled, self._expander, self._rarity)
        self._text_bounds = Bounds(names, matrix, compiled)
        self._text_sieve = text_sieve_of(self._sieve, self._text_bounds, compiled, self._expander, self._ordinary)
        self._names_asked: Answers[tuple[str, float], list[Hit]] = Answers(_REMEMBERED)
        self._texts_asked: Answers[tuple[str, float], list[Hit]] = Answers(_REMEMBERED)

    def __getstate__(self) -> dict[str, Any]:
        made_ready = {"_candidates", "_sieve", "_text_bounds", "_text_sieve", "_names_asked", "_texts_asked"}
        return {name: value for name, value in vars(self).items() if name not in made_ready}

    def __setstate__(self, state: dict[str, Any]) -> None:
        vars(self).update(state)
        self._make_ready()

    @classmethod
    def build(cls, entries: Sequence[Entry], edition: EditionUsed, background: Background | None = None) -> Index:
        """Make the index of an edition; without a background the product's own table of ordinary words is used."""
        entries = with_owned(entries)
        known = Background.shipped() if background is None else background
        names, vocabulary, rarity = listed_names(entries, known)
        return cls(tuple(entries), edition, names, vocabulary, rarity, known)

    @property
    def names(self) -> int:
        """How many different names are compared."""
        return len(self._names)

    def learn(self, words: Sequence[str]) -> None:
        """Work out ahead what folded words may stand for. It is handed over with the index, and changes no answer."""
        self._expander.learn(words)

    def search(self, names: Sequence[str], floor: float) -> list[list[Hit]]:
        """Find the entries each name may be about: one list a name, best first, one hit an entry, scores >= floor."""
        return [[*hits] for hits in self._names_asked.of([(name, floor) for name in names], self._search_new)]

    def _search_new(self, asked: Sequence[tuple[str, float]]) -> list[list[Hit]]:
        """Search names that were not asked before, or not of late; the floor is that of the whole call."""
        floor = asked[0][1]
        names = [name for name, _ in asked]
        left = self._sieve.left(names, floor) if self._sieve else range(len(names))
        found: list[list[Hit]] = [[] for _ in names]
        for number, hits in zip(left, self._search_all([names[number] for number in left], floor), strict=True):
            found[number] = hits
        return found

    def _search_all(self, names: Sequence[str], floor: float) -> list[list[Hit]]:
        """Search names, whatever they are."""
        read = [(number, reading) for number, name in enumerate(names) for reading in all_readings(name)]
        best: list[dict[int, Hit]] = [{} for _ in names]
        for start in range(0, len(read), _BATCH):
            batch = read[start : start + _BATCH]
            for (number, _), hits in zip(batch, self._search([r for _, r in batch], floor), strict=True):
                for owner, hit in hits:
                    _keep(best[number], owner, hit)
        long = [number for number, name in enumerate(names) if is_long(name)]
        for number, hits in zip(long, self._search_texts([names[number] for number in long], floor), strict=True):
            for owner, hit in hits:
                _keep(best[number], owner, hit)
        return [_ranked(hits.values()) for hits in best]

    def search_texts(self, texts: Sequence[str], floor: float) -> list[list[Hit]]:
        """Find the entries named inside each text: one list a text, best first, one hit an entry, scores >= floor."""
        return [[*hits] for hits in self._texts_asked.of([(text, floor) for text in texts], self._search_new_texts)]

    def _search_new_texts(self, asked: Sequence[tuple[str, float]]) -> list[list[Hit]]:
        found = self._search_texts([text for text, _ in asked], asked[0][1])
        return [_ranked(hit for _, hit in hits) for hits in found]

    def _search(self, names: Sequence[str], floor: float) -> list[list[tuple[int, Hit]]]:
        questions = ask(names, self._expander, self._rarity)
        return [
            self._answer(name, question, numbers, floor)
            for name, question, numbers in zip(names, questions, self._candidates.of(questions), strict=True)
        ]

    def _answer(self, name: str, question: Question, candidates: Sequence[int], floor: float) -> list[tuple[int, Hit]]:
        """Judge the exact names and the candidates of one question; explain those that reach the floor."""
        floors = self._exact(question)
        hits = []
        for number in (*floors, *(number for number in candidates if number not in floors)):
            alignment = align(question, self._names, number)
            if alignment is None:
                # Candidates always share a word; a name of the exact floor may share its letters only.
                alignment = nothing_aligned(question, self._names, number)
            judged = judge(question, self._names, number, alignment, floors.get(number, 0.0))
            if judged.score >= floor:
                hits.append((self._names.owners[number], self._hit(name, question, number, alignment, judged)))
        return hits

    def _hit(self, name: str, question: Question, number: int, alignment: Alignment, judged: Judgement) -> Hit:
        entry, listed = self._listed(number)
        return Hit(
            entry=entry,
            name=listed,
            score=judged.score,
            method="exact" if judged.floor else "name",
            span=name,
            pieces=explain(question, self._names, number, alignment, judged),
        )

    def _exact(self, question: Question) -> dict[int, float]:
        """Give the names that are this very name, with the least score each must get."""
        floors: dict[int, float] = {}
        for key in question.exact_keys:
            for number in self._names.exact.get(key, ()):
                least = exact_floor(self._names, number, glued=key[:1] == "=")
                floors[number] = max(least, floors.get(number, 0.0))
        return floors

    def _search_texts(self, texts: Sequence[str], floor: float) -> list[list[tuple[int, Hit]]]:
        """Find what the texts hold; most hold nothing, and where the core is compiled it says so first."""
        if self._text_sieve is None:
            return self._find_in_texts(texts, floor)
        holding = self._text_sieve.holding(texts, floor)
        found = dict(zip(holding, self._find_in_texts([texts[number] for number in holding], floor), strict=True))
        return [found.get(number, []) for number in range(len(texts))]

    def _find_in_texts(self, texts: Sequence[str], floor: float) -> list[list[tuple[int, Hit]]]:
        """Find each text's best place of each entry; only these are explained."""
        windows = windows_of(texts, self._expander, self._ordinary)
        best: list[dict[int, tuple[Window, int, texts_in.Found]]] = [{} for _ in texts]
        for window, numbers in self._text_bounds.strongest(windows, floor):
            stands = texts_in.stands(window, self._names, numbers)
            for number in numbers:
                found = texts_in.find(window, self._names, number, stands)
                owner = self._names.owners[number]
                known = best[window.text].get(owner)
                if found.score >= floor and (known is None or self._better(number, found, known[1], known[2])):
                    best[window.text][owner] = window, number, found
        return [
            [(owner, self._text_hit(text, *finding)) for owner, finding in findings.items()]
            for text, findings in zip(texts, best, strict=True)
        ]

    def _better(self, number: int, found: texts_in.Found, other: int, known: texts_in.Found) -> bool:
        if found.score != known.score:
            return found.score > known.score
        return self._listed(number)[1].text < self._listed(other)[1].text

    def _listed(self, number: int) -> tuple[Entry, ListedName]:
        entry = self.entries[self._names.owners[number]]
        return entry, entry.names[self._names.places[number]]

    def _text_hit(self, text: str, window: Window, number: int, found: texts_in.Found) -> Hit:
        entry, listed = self._listed(number)
        return Hit(
            entry=entry,
            name=listed,
            score=found.score,
            method="text",
            span=texts_in.span_of(text, window, self._names.bits[number], found),
            pieces=texts_in.explain_found(window, self._names, number, found),
        )


def _keep(best: dict[int, Hit], owner: int, hit: Hit) -> None:
    """Keep the better hit of an entry; of equals the name that comes first in the alphabet."""
    known = best.get(owner)
    if known is None or (-hit.score, hit.name.text) < (-known.score, known.name.text):
        best[owner] = hit


def _ranked(hits: Iterable[Hit]) -> list[Hit]:
    return sorted(hits, key=lambda hit: (-hit.score, hit.entry.list, hit.entry.reference, hit.name.text))
