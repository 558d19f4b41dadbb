"""Which texts of a batch may hold a listed name: most hold none, and the compiled sieve says so of them all at once.

It answers as `windows_of()` and `Bounds` together would, from the same words, weights and sums. What it does not read
(other letters than ASCII, letters joined by marks, "servant of" names, misspelt legal forms) is cut into words here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from lists.compiled import engine_for
from lists.memory import MOST
from lists.names import one_legal_form, repaired_legal_word, tokenize, with_generic_forms
from lists.sieve import CUT_RULES
from lists.tables import WORDS
from lists.windows import JOIN_LETTERS, LETTERS_MAX, MARGIN, NUMBER_LETTERS, OVERLAP, WINDOW, halves, only_exactly

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from lists.compiled import Engine
    from lists.expansion import Expander
    from lists.sieve import Sieve
    from lists.windows import Bounds

# What compiled/texts.h calls them.
_TEXT_WORD: Final = 1
_REPAIRED: Final = 2
_MAY_HOLD: Final = 1
_TO_BE_CUT: Final = 2
_NEW_WORDS: Final = 3

SHAPE: Final = (WINDOW, OVERLAP, NUMBER_LETTERS, JOIN_LETTERS.start, JOIN_LETTERS.stop - 1)
"""What the compiled sieve has to know of windows and of neighbours written as one word."""

_ROUNDS: Final = 6
"""Words, their halves and neighbours are learned one after the other. What a core still does not know is hostile: words
made up to push each other out of its memory. Such a text is searched without it."""

_BETWEEN: Final = "\0"
"""Stands in no text that is folded plainly, and in no legal form."""


class TextSieve:
    """A compiled core that is taught every word once; `holding` gives the numbers of the texts that may hold a name."""

    def __init__(self, core: Engine, names: Sieve, expander: Expander, ordinary: Collection[str]) -> None:
        self._core = core
        self._names = names
        self._expander = expander
        self._ordinary = ordinary

    def holding(self, texts: Sequence[str], floor: float) -> list[int]:
        """Sift texts: as they stand where that can be told apart from a second reading, else by their words."""
        self._core.forget(MOST)
        texts = [text[:LETTERS_MAX] for text in texts]
        lines = self._in_generic_forms(self._core.fold(texts))
        plain = [(number, line) for number, line in enumerate(lines) if line is not None]
        held, repaired = self._sifted(plain, floor, as_it_stands=True)
        to_be_cut = [*(number for number, line in enumerate(lines) if line is None), *repaired]
        more, _ = self._sifted([(number, " ".join(tokenize(texts[number]))) for number in to_be_cut], floor)
        return sorted([*held, *more])

    def _in_generic_forms(self, lines: list[str | None]) -> list[str | None]:
        """Write legal forms in their generic spelling, where there are any: the table is asked of all lines at once."""
        together = _BETWEEN.join(line for line in lines if line is not None)
        replaced = with_generic_forms(together)
        if replaced != together:
            after = iter(replaced.split(_BETWEEN))
            changed = [number for number, line in enumerate(lines) if line is not None and next(after) != line]
            again = self._core.fold([one_legal_form(str(lines[number])) for number in changed])
            for number, line in zip(changed, again, strict=True):
                lines[number] = line
        return lines

    def _sifted(
        self, lines: Sequence[tuple[int, str]], floor: float, *, as_it_stands: bool = False
    ) -> tuple[list[int], list[int]]:
        """Give the numbers of those that may hold a name, and of those with a misspelt legal form."""
        held: list[int] = []
        to_be_cut: list[int] = []
        for _ in range(_ROUNDS):
            if not lines:
                break
            answers, words, pairs = self._core.sift([line for _, line in lines], floor - MARGIN, as_it_stands)
            told = list(zip(lines, answers, strict=True))
            held += [number for (number, _), answer in told if answer == _MAY_HOLD]
            to_be_cut += [number for (number, _), answer in told if answer == _TO_BE_CUT]
            lines = [line for line, answer in told if answer == _NEW_WORDS]
            self._teach(dict.fromkeys(words), dict.fromkeys(pairs))
        return [*held, *(number for number, _ in lines)], to_be_cut

    def _teach(self, words: Iterable[str], pairs: Iterable[str]) -> None:
        """Look new words up together, and tell the core what they may stand for."""
        expander, ordinary = self._expander, self._ordinary
        expanded = [word for word in words if not only_exactly(word, ordinary)]
        for word in expanded:
            meant = self._names.meant(word)
            if meant is not None:
                expander.remember(word, meant)
        expander.look_up(expanded, pairs)
        for word in words:
            expansion = expander.exactly(word) if only_exactly(word, ordinary) else expander.of_word(word)
            first, *second = halves(word, expander, ordinary)
            what = _TEXT_WORD * (word in WORDS.text_words) | _REPAIRED * (repaired_legal_word(word) != word)
            self._core.learn(word, what, len(first) if second else 0, expansion)
        for pair in pairs:
            self._core.learn_pair(pair, expander.of_joined(pair))


def text_sieve_of(
    names: Sieve | None, bounds: Bounds, matrix: Engine | None, expander: Expander, ordinary: Collection[str]
) -> TextSieve | None:
    """Make the sieve of an index beside that of its names; None where the Python answers alone."""
    engine = engine_for(CUT_RULES, "CUT_RULES")
    if names is None or engine is None:
        return None
    core = engine.Texts(matrix, expander.compiled_words, *bounds.rules, SHAPE)
    return TextSieve(core, names, expander, ordinary)
